import NablaBasics

/// Powers, folds and elements: what is raised and lowered.
extension Printer {
  func pieces(ofPower base: Form, _ exponent: Form, at place: Place) -> [Piece] {
    if let (call, raised) = onFunctionName(base, exponent) {
      return pieces(
        ofApplication: call, raised: raised,
        at: Place(minimum: .power, isInBars: place.isInBars, isRaised: place.isRaised))
    }
    let inner = Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)
    var left = Place(
      minimum: .postfix, isInBars: place.isInBars, isRaised: place.isRaised, isFollowed: true)
    if isOpenRoot(base) { left.minimum = .atom }
    if case .framed(let before, let between, let after) = format.exponent {
      if let raise = format.shortRaise, isShortExponent(exponent), !isLiteral(base) {
        return [.form(base, left), .raw(raise), .form(exponent, .free)]
      }
      let raised = Place(minimum: .or, isRaised: true)
      return [.raw(before), .form(base, left), .raw(between), .form(exponent, raised), .raw(after)]
    }
    if let raised = raisedExponent(exponent) { return [.form(base, left), .text(raised, .value, .number)] }
    guard case .inline(let caret) = format.exponent else { return [] }
    if isBareExponent(exponent) { return [.form(base, left), sign(caret), .form(exponent, inner)] }
    return [.form(base, left), sign(caret), open("("), .form(exponent, inner), close(")")]
  }

  /// Whether a form is a root sign, beside whose end a power would seem to belong under it.
  func isOpenRoot(_ form: Form) -> Bool {
    guard case .root(let index, _) = form else { return false }
    return format.root(index) != nil
  }

  /// One digit.
  private func isShortExponent(_ form: Form) -> Bool {
    if case .number(let digits, _) = form { digits.utf8.count == 1 } else { false }
  }

  private func isLiteral(_ form: Form) -> Bool {
    switch form {
    case .number, .eulersNumber, .pi: true
    default: false
    }
  }

  /// Pieces of a name with an exponent on it.
  func pieces(of name: [Piece], raisedBy digits: String) -> [Piece] {
    switch format.exponent {
    case .inline: return name + [.text(format.raised(digits) ?? digits, .value, .number)]
    case .framed(let before, let between, let after):
      if let raise = format.shortRaise, digits.utf8.count == 1 {
        return name + [.raw(raise), .text(digits, .value, .number)]
      }
      return [.raw(before)] + name + [.raw(between), .text(digits, .value, .number), .raw(after)]
    }
  }

  /// sin²(x): the call and the raised exponent, where the exponent stands on the function's name.
  func onFunctionName(_ base: Form, _ exponent: Form) -> (Form.Application, String)? {
    guard format.raisesFunctionNames, case .application(let call) = base, call.takesExponent,
      call.arguments.count == 1,
      case .number(let digits, _) = exponent, digits != "1", canStandOnName(digits),
      call.function.utf8.allSatisfy({ $0 >= UInt8(ascii: "a") }), !isGreek(call.function)
    else { return nil }
    return (call, digits)
  }

  /// Whether a function is shown by a Greek letter, on which an exponent is one of the letter: ψ².
  private func isGreek(_ function: String) -> Bool {
    let shown = format.functionName(function)
    return Glyphs.greek(function) != nil
      || (shown.first == "\\" && Glyphs.greek(String(shown.dropFirst())) != nil)
  }

  /// Whether digits can stand on a name: sin²; 1e-3 would be read as a product there.
  private func canStandOnName(_ digits: String) -> Bool {
    guard digits.utf8.allSatisfy(\.isDigit) else { return false }
    return switch format.exponent {
    case .inline: format.raised(digits) != nil
    case .framed: true
    }
  }

  /// Whether an exponent can stand behind a caret without brackets.
  func isBareExponent(_ form: Form) -> Bool {
    switch form {
    // x^1e21y would be read with a note.
    case .number(let digits, _): !digits.contains("e")
    case .name, .eulersNumber, .pi: true
    default: false
    }
  }

  /// The exponent in raised characters: an integer, a letter, minus one of these, or a short sum of them.
  func raisedExponent(_ form: Form) -> String? {
    guard case .inline = format.exponent, let text = shortText(form) else { return nil }
    return format.raised(text)
  }

  /// The ASCII text of an integer, a letter or a short sum of these.
  private func shortText(_ form: Form) -> String? {
    switch form {
    case .number(let digits, _): return digits.utf8.allSatisfy(\.isDigit) ? digits : nil
    case .name(let name) where name.subscripts.isEmpty && name.stem.utf8.count == 1: return name.stem
    case .negative(let inner):
      if case .negative = inner { return nil }
      if case .sum = inner { return nil }
      return shortText(inner).map { "-" + $0 }
    case .sum(let terms) where terms.count <= 3:
      var text = ""
      for (position, term) in terms.enumerated() {
        if case .negative = term.form { return nil }
        if case .sum = term.form { return nil }
        guard let part = shortText(term.form) else { return nil }
        text += (term.isNegative ? "-" : position > 0 ? "+" : "") + part
      }
      return text
    default: return nil
    }
  }

  /// xᵢ₊₁: the lowered index, where family and index have one.
  func loweredIndex(_ name: Name, _ index: Form) -> String? {
    guard name.subscripts.isEmpty, format.spell(name).kind == .letter, let text = shortText(index) else {
      return nil
    }
    return format.lowered(text)
  }

  /// Whether the index of an element stands below the family.
  func isLowered(_ name: Name, _ index: Form) -> Bool {
    if format.lowering != nil { return name.subscripts.isEmpty && format.spell(name).kind == .letter }
    return loweredIndex(name, index) != nil
  }

  func pieces(ofElement name: Name, _ index: Form) -> [Piece] {
    let family = format.spell(name).text
    if let lowering = format.lowering, isLowered(name, index) {
      return [
        .raw(lowering.before), .text(family, .variable, .name), .raw(lowering.open),
        .form(index, Place(minimum: .or, isRaised: true)), .raw(lowering.close),
      ]
    }
    if let lowered = loweredIndex(name, index) { return [.text(family + lowered, .variable, .name)] }
    return [.text(family, .variable, .name), open("["), .form(index, .free), close("]")]
  }

  /// What stands around Σ: the sign, and the bounds below and above it.
  func foldMarks(_ fold: Form.Repetition) -> (sign: String, lower: String, upper: String)? {
    guard let sign = format.fold(fold.kind), let index = shortText(.name(fold.index)),
      let from = shortText(fold.lower), let lower = format.lowered(index + "=" + from),
      let to = shortText(fold.upper), let upper = format.raised(to)
    else { return nil }
    return (sign, lower, upper)
  }

  func pieces(ofFold fold: Form.Repetition, at place: Place) -> [Piece] {
    let inner = Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)
    var body = Place(minimum: .product, isInBars: place.isInBars, isRaised: place.isRaised, isFollowed: true)
    if case .fold = fold.body { body.isFollowed = false }
    if let bounds = format.bounds, let sign = format.fold(fold.kind) {
      let small = Place(minimum: .or, isRaised: true)
      return [
        .raw(bounds.before), self.sign(sign), .raw(bounds.open), .form(.name(fold.index), small),
        spacedSign(format.relation(.equal), small), .form(fold.lower, small), .raw(bounds.between),
        .form(fold.upper, small), .raw(bounds.close), .form(fold.body, body),
      ]
    }
    if let marks = foldMarks(fold) {
      return [
        .text(marks.sign + marks.lower + marks.upper, .operator, .sign), .raw(" "), .form(fold.body, body),
      ]
    }
    let name = fold.kind == .sum ? "sum" : "prod"
    let index: Form = .name(fold.index)
    return [.text(name, .function, .function), open("(")]
      + list([index, fold.lower, fold.upper, fold.body], inner, separator: comma) + [close(")")]
  }
}
