import NablaBasics

/// The one walk that prints a form in every mathematical format: it decides brackets and product signs.
///
///     var printer = Printer(.plain, limit: 1000)
///     try printer.print(.power(.sum([.plus(x), .plus(.integer(1))]), .integer(2))).plain   // "(x + 1)^2"
///
/// It keeps its own stack of what is still to be printed, so that neither deep nor long forms cost thread stack, and
/// stops as soon as the limit is reached, so that shared parts are never written out without end.
struct Printer {
  /// Where a form stands.
  struct Place {
    /// What holds less tightly gets brackets.
    var minimum: Binding
    /// Whether a bar is open, so that another bar would close it.
    var isInBars = false
    /// Whether a factor or a slash follows, which a sign without brackets would swallow.
    var isFollowed = false
    /// Whether a function may stand without brackets although the place is tight: as the last factor, and before
    /// another function.
    var takesBareCall = false

    /// A place inside brackets or between commas.
    static let free = Place(minimum: .or)
  }

  /// Something still to be printed.
  enum Piece {
    case text(String, Styled.Role, Format.Token)
    case raw(String)
    case form(Form, Place)
  }

  let format: Format
  private let limit: Int
  private var length = 0
  private var output = Styled()
  private var pending: [Piece] = []

  init(_ format: Format, limit: Int) { (self.format, self.limit) = (format, limit) }

  /// The text of a form.
  mutating func print(_ form: Form) throws(Budget.Overrun) -> Styled {
    pending.append(.form(form, .free))
    while let piece = pending.popLast() {
      switch piece {
      case .text(let text, let role, let token): try emit(format.wrap(text, token), role)
      case .raw(let text): try emit(text, .text)
      case .form(let form, let place): pending += pieces(of: form, at: place).reversed()
      }
      // Every piece prints at least a character in the end, so that more pieces than characters are too many.
      if pending.count > limit - length { throw .tooLarge("printedLength") }
    }
    return output
  }

  private mutating func emit(_ text: String, _ role: Styled.Role) throws(Budget.Overrun) {
    length += text.unicodeScalars.count
    if length > limit { throw .tooLarge("printedLength") }
    output.append(text, role)
  }

  /// The binding that a form has in this format: what is written as a call holds together like one.
  func binding(of form: Form) -> Binding {
    if case .fold(let fold) = form, foldMarks(fold) == nil { return .postfix }
    return form.binding
  }

  private func pieces(of form: Form, at place: Place) -> [Piece] {
    if binding(of: form) < place.minimum {
      return [open("(")] + pieces(of: form, inside: Place(minimum: .or, isInBars: place.isInBars)) + [
        close(")")
      ]
    }
    return pieces(of: form, inside: place)
  }

  /// The pieces of a form that needs no brackets around it.
  private func pieces(of form: Form, inside place: Place) -> [Piece] {
    let loose = Place(minimum: .or, isInBars: place.isInBars)
    switch form {
    case .number(let digits, _): return [number(digits)]
    case .name(let name): return [.text(format.spell(name).text, .variable, .name)]
    case .eulersNumber: return [.text(format.eulersNumber.text, .value, .name)]
    case .pi: return [.text(format.pi.text, .value, .name)]
    case .ellipsis: return [.text(format.ellipsis, .text, .separator)]
    case .negative(let inner): return [sign(format.minus), .form(inner, loose.needing(.product, as: place))]
    case .sum(let terms): return pieces(ofSum: terms, at: place)
    case .product(let factors): return pieces(ofProduct: factors, at: place)
    case .fraction(let upper, let lower): return pieces(ofFraction: upper, lower, at: place)
    case .power(let base, let exponent): return pieces(ofPower: base, exponent, at: place)
    case .root(let index, let radicand): return pieces(ofRoot: index, radicand, at: place)
    case .application(let application): return pieces(ofApplication: application, raised: nil, at: place)
    case .enclosed(let enclosure, let inner): return pieces(of: enclosure, inner, at: place)
    case .factorial(let inner): return [.form(inner, loose.needing(.atom)), sign("!")]
    case .comparison(let first, let rest):
      return [.form(first, loose.needing(.sum))]
        + rest.flatMap {
          [spacedSign(format.relation($0.relation)), .form($0.form, loose.needing(.sum))]
        }
    case .not(let inner): return [word("not "), .form(inner, loose.needing(.not))]
    case .and(let forms): return list(forms, loose.needing(.not), separator: word(" and "))
    case .or(let forms): return list(forms, loose.needing(.and), separator: word(" or "))
    case .piecewise(let cases, let otherwise): return pieces(ofCases: cases, otherwise, at: loose)
    case .fold(let fold): return pieces(ofFold: fold, at: place)
    case .element(let name, let index): return pieces(ofElement: name, index)
    case .point(let forms): return [open("(")] + list(forms, .free, separator: comma) + [close(")")]
    case .vector(let forms):
      return [open(format.vector.open)] + list(forms, .free, separator: comma) + [close(format.vector.close)]
    case .label(let label): return pieces(of: label)
    }
  }

  private func pieces(ofSum terms: [Form.Term], at place: Place) -> [Piece] {
    var result: [Piece] = []
    result.reserveCapacity(2 * terms.count)
    for (position, term) in terms.enumerated() {
      if position > 0 {
        result.append(spacedSign(term.isNegative ? format.minus : "+"))
      } else if term.isNegative {
        result.append(sign(format.minus))
      }
      result.append(.form(term.form, Place(minimum: .product, isInBars: place.isInBars)))
    }
    return result
  }

  private func pieces(ofFraction upper: Form, _ lower: Form, at place: Place) -> [Piece] {
    switch format.fraction {
    case .framed(let before, let between, let after):
      return [.raw(before), .form(upper, .free), .raw(between), .form(lower, .free), .raw(after)]
    case .inline(let slash):
      var left = Place(minimum: .power, isInBars: place.isInBars, isFollowed: true)
      if case .product = upper { left.minimum = .product }
      let right = Place(
        minimum: .power, isInBars: place.isInBars, isFollowed: place.isFollowed,
        takesBareCall: !place.isFollowed)
      return [.form(upper, left), sign(slash), .form(lower, right)]
    }
  }

  private func pieces(ofRoot index: Int, _ radicand: Form, at place: Place) -> [Piece] {
    guard let root = format.root(index) else {
      let call = Form.Application(index == 3 ? "cbrt" : "sqrt", [radicand])
      return pieces(ofApplication: call, raised: nil, at: place)
    }
    if let close = root.close { return [.raw(root.open), .form(radicand, .free), .raw(close)] }
    let isBare = !place.isFollowed && isBareRadicand(radicand)
    return [sign(root.open), .form(radicand, Place(minimum: .or, isInBars: place.isInBars))].bracketingLast(
      !isBare)
  }

  private func isBareRadicand(_ form: Form) -> Bool {
    switch form {
    case .number, .pi, .eulersNumber: true
    case .name(let name): format.spell(name).kind != .word
    default: false
    }
  }

  /// A call; `raised` is an exponent that stands on the name.
  func pieces(ofApplication call: Form.Application, raised: String?, at place: Place) -> [Piece] {
    let name: Piece = .text(format.functionName(call.function), .function, .function)
    let power: [Piece] = raised.map { [.text($0, .value, .number)] } ?? []
    let isLoose = place.takesBareCall || (!place.isFollowed && place.minimum <= .product)
    if call.isBare, isLoose, let only = call.arguments.first, call.arguments.count == 1, isBareArgument(only)
    {
      let inner = Place(minimum: .product, isInBars: place.isInBars)
      // log10|x| would be the logarithm of 10.
      let endsInDigit = call.function.utf8.last.map { $0 &- 48 < 10 } ?? false
      let isTouching = opensBar(only, at: place) && !endsInDigit
      return [name] + power + [.raw(isTouching ? "" : " "), .form(only, inner)]
    }
    let inner = Place(minimum: .or, isInBars: place.isInBars)
    return [name] + power + [open("(")] + list(call.arguments, inner, separator: comma) + [close(")")]
  }

  private func opensBar(_ form: Form, at place: Place) -> Bool {
    guard case .enclosed(.absolute, _) = form else { return false }
    return format.enclosure(.absolute) != nil && !place.isInBars
  }

  private func pieces(of enclosure: Form.Enclosure, _ inner: Form, at place: Place) -> [Piece] {
    var bars = Place.free
    bars.isInBars = place.isInBars || enclosure == .absolute
    if let brackets = format.enclosure(enclosure), !(enclosure == .absolute && place.isInBars) {
      return [open(brackets.open), .form(inner, bars), close(brackets.close)]
    }
    let function =
      switch enclosure {
      case .absolute: "abs"
      case .floor: "floor"
      case .ceiling: "ceil"
      }
    return pieces(ofApplication: Form.Application(function, [inner]), raised: nil, at: place)
  }

  private func pieces(ofCases cases: [Form.Case], _ otherwise: Form?, at inner: Place) -> [Piece] {
    var result: [Piece] = []
    let colon: Piece = format.isSpaced ? .text(": ", .text, .separator) : .text(":", .text, .separator)
    let semicolon: Piece = format.isSpaced ? .text("; ", .text, .separator) : .text(";", .text, .separator)
    guard format.bracesConditions || otherwise == nil else {
      for part in cases {
        result += [.text("if", .function, .function), open("("), .form(part.condition, inner), comma]
        result += [.form(part.value, inner), comma]
      }
      result += otherwise.map { [.form($0, inner)] } ?? []
      return result + cases.map { _ in close(")") }
    }
    for (position, part) in cases.enumerated() {
      if position > 0 { result.append(semicolon) }
      result += [.form(part.condition, inner), colon, .form(part.value, inner)]
    }
    if let otherwise { result += [semicolon, .form(otherwise, inner)] }
    return [open("{")] + result + [close("}")]
  }
}

extension Printer {
  func number(_ digits: String) -> Piece { .text(digits, .value, .number) }
  func sign(_ text: String) -> Piece { .text(text, .operator, .sign) }
  func open(_ text: String) -> Piece { .text(text, .text, .open) }
  func close(_ text: String) -> Piece { .text(text, .text, .close) }
  func word(_ text: String) -> Piece { .text(text, .keyword, .sign) }
  func spacedSign(_ text: String) -> Piece { sign(format.isSpaced ? " \(text) " : text) }
  var comma: Piece { .text(format.isSpaced ? ", " : ",", .text, .separator) }

  /// Forms at one kind of place with a separator between them.
  func list(_ forms: [Form], _ place: Place, separator: Piece) -> [Piece] {
    var result: [Piece] = []
    for (position, form) in forms.enumerated() {
      if position > 0 { result.append(separator) }
      result.append(.form(form, place))
    }
    return result
  }
}

extension Printer.Place {
  /// The same place with another minimum; what follows `outer` follows here too.
  func needing(_ minimum: Binding, as outer: Printer.Place? = nil) -> Printer.Place {
    Printer.Place(minimum: minimum, isInBars: isInBars, isFollowed: outer?.isFollowed ?? false)
  }
}

extension [Printer.Piece] {
  /// The pieces with brackets around the last one.
  fileprivate func bracketingLast(_ isNeeded: Bool) -> [Printer.Piece] {
    guard isNeeded, let last else { return self }
    return dropLast() + [.text("(", .text, .open), last, .text(")", .text, .close)]
  }
}
