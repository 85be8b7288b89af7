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
    /// Whether it is a whole term, where another bar opens all the same: |1 − |x||.
    var isTerm = false
    /// Whether it is raised or lowered, where everything is small and tight.
    var isRaised = false
    /// Whether a factor or a slash follows, which a sign without brackets would swallow.
    var isFollowed = false
    /// Whether what follows is a slash, which no one reads as part of a root: √3/2.
    var isOverSlash = false
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
  private var endsInCommand = false
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
    if format.endsCommands {
      if endsInCommand, let first = text.utf8.first, (first | 0x20) &- 97 < 26 { output.append(" ", .text) }
      if !text.isEmpty { endsInCommand = Self.endsInCommand(text) }
    }
    length += text.unicodeScalars.count
    if length > limit { throw .tooLarge("printedLength") }
    output.append(text, role)
  }

  /// Whether letters would join the command at the end of a text: `\\pi`, but not `\\}`.
  private static func endsInCommand(_ text: String) -> Bool {
    let word = text.utf8.reversed().prefix { ($0 | 0x20) &- 97 < 26 }
    guard !word.isEmpty, word.count < text.utf8.count else { return false }
    return text.utf8.dropLast(word.count).last == UInt8(ascii: "\\")
  }

  /// The binding that a form has in this format: what is written as a call holds together like one, and a fraction
  /// in a frame like a power.
  func binding(of form: Form, isRaised: Bool) -> Binding {
    switch form {
    case .fold(let fold): format.bounds == nil && foldMarks(fold) == nil ? .postfix : form.binding
    case .fraction: isFramed(isRaised: isRaised) ? .power : form.binding
    case .piecewise: if case .rows = format.conditions { .or } else { form.binding }
    default: form.binding
    }
  }

  /// Whether fractions have a frame.
  func isFramed(isRaised: Bool) -> Bool {
    if isRaised, format.raisedFraction != nil { return false }
    if case .framed = format.fraction { return true }
    return false
  }

  private func pieces(of form: Form, at place: Place) -> [Piece] {
    let form = shaped(form, isRaised: place.isRaised)
    guard binding(of: form, isRaised: place.isRaised) < place.minimum else {
      return pieces(of: form, inside: place)
    }
    let inner = Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)
    return bracketed(pieces(of: form, inside: inner), around: [form], isRaised: place.isRaised)
  }

  /// Pieces between brackets, tall ones around what is tall.
  func bracketed(
    _ inner: [Piece], _ brackets: (open: String, close: String) = ("(", ")"), around forms: [Form],
    isRaised: Bool
  ) -> [Piece] {
    guard let tall = format.tall, isTall(forms, isRaised: isRaised) else {
      return [open(brackets.open)] + inner + [close(brackets.close)]
    }
    return [open(tall(brackets.open, true))] + inner + [close(tall(brackets.close, false))]
  }

  /// The pieces of a form that needs no brackets around it.
  private func pieces(of form: Form, inside place: Place) -> [Piece] {
    let loose = Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)
    switch form {
    case .number(let digits, _): return [number(digits)]
    case .name(let name): return [.text(format.spell(name).text, .variable, .name)]
    case .eulersNumber: return [.text(format.eulersNumber.text, .value, .name)]
    case .pi: return [.text(format.pi.text, .value, .name)]
    case .ellipsis: return [.text(format.ellipsis, .text, .separator)]
    case .negative(let inner): return [minus, .form(inner, loose.needing(.product, as: place))]
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
          [spacedSign(format.relation($0.relation), place), .form($0.form, loose.needing(.sum))]
        }
    case .not(let inner): return [word(format.words.not), .form(inner, loose.needing(.not))]
    case .and(let forms): return list(forms, loose.needing(.not), separator: word(format.words.and))
    case .or(let forms): return list(forms, loose.needing(.and), separator: word(format.words.or))
    case .piecewise(let cases, let otherwise): return pieces(ofCases: cases, otherwise, at: loose)
    case .fold(let fold): return pieces(ofFold: fold, at: place)
    case .element(let name, let index): return pieces(ofElement: name, index)
    case .point(let forms):
      return bracketed(list(forms, .free, separator: comma), around: forms, isRaised: false)
    case .vector(let forms):
      let inner = list(forms, .free, separator: comma)
      return bracketed(inner, format.vector, around: forms, isRaised: false)
    case .label(let label): return pieces(of: label)
    }
  }

  private func pieces(ofSum terms: [Form.Term], at place: Place) -> [Piece] {
    var result: [Piece] = []
    result.reserveCapacity(2 * terms.count)
    for (position, term) in terms.enumerated() {
      if position > 0 {
        result.append(spacedSign(term.isNegative ? format.minus : "+", place))
      } else if term.isNegative {
        result.append(minus)
      }
      result.append(
        .form(
          term.form,
          Place(minimum: .product, isInBars: place.isInBars, isTerm: true, isRaised: place.isRaised)))
    }
    return result
  }

  private func pieces(ofFraction upper: Form, _ lower: Form, at place: Place) -> [Piece] {
    let upper = shaped(upper, isRaised: place.isRaised)
    let layout = place.isRaised ? format.raisedFraction ?? format.fraction : format.fraction
    switch layout {
    case .framed(let before, let between, let after):
      return [.raw(before), .form(upper, .free), .raw(between), .form(lower, .free), .raw(after)]
    case .inline(let slash):
      var left = Place(minimum: .power, isInBars: place.isInBars, isRaised: place.isRaised, isFollowed: true)
      left.isOverSlash = true
      if case .product = upper { left.minimum = .product }
      let right = Place(
        minimum: .power, isInBars: place.isInBars, isRaised: place.isRaised, isFollowed: place.isFollowed,
        takesBareCall: !place.isFollowed)
      return [.form(upper, left), sign(slash), .form(lower, right)]
    }
  }

  private func pieces(ofRoot index: Int, _ radicand: Form, at place: Place) -> [Piece] {
    guard let root = format.root(index) else {
      let call = Form.Application(index == 3 ? "cbrt" : "sqrt", [radicand])
      return pieces(ofApplication: call, raised: nil, at: place)
    }
    if let close = root.close {
      let inner = Place(minimum: .or, isRaised: place.isRaised)
      return [.raw(root.open), .form(radicand, inner), .raw(close)]
    }
    let isBare = (!place.isFollowed || place.isOverSlash) && isBareRadicand(radicand)
    return [
      sign(root.open),
      .form(radicand, Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)),
    ].bracketingLast(
      !isBare)
  }

  private func isBareRadicand(_ form: Form) -> Bool {
    // √2.5·10⁴ would be √2.5 times 10⁴.
    switch shaped(form, isRaised: false) {
    case .number, .pi, .eulersNumber: true
    case .name(let name): format.spell(name).kind != .word
    default: false
    }
  }

  /// A call; `raised` is an exponent that stands on the name.
  func pieces(ofApplication call: Form.Application, raised: String?, at place: Place) -> [Piece] {
    if let special = pieces(ofNamedOperator: call, at: place) { return special }
    if let logarithm = pieces(ofLogarithm: call, at: place) { return logarithm }
    var name: [Piece] = [.text(format.functionName(call.function), .function, .function)]
    if let raised { name = pieces(of: name, raisedBy: raised) }
    let isLoose = place.takesBareCall || (!place.isFollowed && place.minimum <= .product)
    if call.isBare, isLoose, let only = call.arguments.first, call.arguments.count == 1, isBareArgument(only)
    {
      let inner = Place(minimum: .product, isInBars: place.isInBars, isRaised: place.isRaised)
      // log10|x| would be the logarithm of 10.
      let endsInDigit = call.function.utf8.last?.isDigit ?? false
      let isTouching = opensBar(only, at: place) && !endsInDigit && format.besides.isEmpty
      return name + [.raw(isTouching ? "" : format.applies.bare), .form(only, inner)]
    }
    let inner = Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)
    return name + [.raw(format.applies.bracketed)]
      + bracketed(
        list(call.arguments, inner, separator: comma), around: call.arguments, isRaised: place.isRaised)
  }

  private func opensBar(_ form: Form, at place: Place) -> Bool {
    guard case .enclosed(.absolute, _) = form else { return false }
    return format.enclosure(.absolute) != nil && !place.isInBars
  }

  private func pieces(of enclosure: Form.Enclosure, _ inner: Form, at place: Place) -> [Piece] {
    var bars = Place.free
    bars.isInBars = place.isInBars || enclosure == .absolute
    bars.isRaised = place.isRaised
    let isHidden = enclosure == .absolute && place.isInBars && !place.isTerm
    if let brackets = format.enclosure(enclosure), !isHidden {
      return bracketed([.form(inner, bars)], brackets, around: [inner], isRaised: place.isRaised)
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
    let colon: Piece = .text(format.isSpaced ? ": " : ":", .text, .separator)
    let semicolon: Piece = .text(format.isSpaced ? "; " : ";", .text, .separator)
    switch format.conditions {
    case .rows(let open, let between, let next, let last, let close):
      for (position, part) in cases.enumerated() {
        if position > 0 { result.append(.raw(next)) }
        result += [.form(part.value, .free), .raw(between), .form(part.condition, .free)]
      }
      if let otherwise { result += [.raw(next), .form(otherwise, .free), .raw(last)] }
      return [.raw(open)] + result + [.raw(close)]
    case .calls where otherwise != nil:
      for part in cases {
        result += [.text("if", .function, .function), open("("), .form(part.condition, inner), comma]
        result += [.form(part.value, inner), comma]
      }
      result += otherwise.map { [.form($0, inner)] } ?? []
      return result + cases.map { _ in close(")") }
    case .calls, .braces:
      for (position, part) in cases.enumerated() {
        if position > 0 { result.append(semicolon) }
        result += [.form(part.condition, inner), colon, .form(part.value, inner)]
      }
      if let otherwise { result += [semicolon, .form(otherwise, inner)] }
      return [open("{")] + result + [close("}")]
    }
  }
}

extension Printer.Place {
  /// The same place with another minimum; what follows `outer` follows here too.
  func needing(_ minimum: Binding, as outer: Printer.Place? = nil) -> Printer.Place {
    Printer.Place(
      minimum: minimum, isInBars: isInBars, isRaised: isRaised, isFollowed: outer?.isFollowed ?? false)
  }
}

extension [Printer.Piece] {
  /// The pieces with brackets around the last one.
  fileprivate func bracketingLast(_ isNeeded: Bool) -> [Printer.Piece] {
    guard isNeeded, let last else { return self }
    return dropLast() + [.text("(", .text, .open), last, .text(")", .text, .close)]
  }
}
