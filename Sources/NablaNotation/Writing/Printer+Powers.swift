import NablaBasics

/// Powers, folds and elements: what is raised and lowered.
extension Printer {
  func pieces(ofPower base: Form, _ exponent: Form, at place: Place) -> [Piece] {
    if let (call, raised) = onFunctionName(base, exponent) {
      return pieces(ofApplication: call, raised: raised, at: Place(minimum: .power, isInBars: place.isInBars))
    }
    let inner = Place(minimum: .or, isInBars: place.isInBars)
    var left = Place(minimum: .postfix, isInBars: place.isInBars, isFollowed: true)
    if isOpenRoot(base) { left.minimum = .atom }
    if case .framed(let before, let between, let after) = format.exponent {
      return [.raw(before), .form(base, left), .raw(between), .form(exponent, .free), .raw(after)]
    }
    if let raised = raisedExponent(exponent) { return [.form(base, left), .text(raised, .value, .number)] }
    guard case .inline(let caret) = format.exponent else { return [] }
    if isBareExponent(exponent) { return [.form(base, left), sign(caret), .form(exponent, inner)] }
    return [.form(base, left), sign(caret), open("("), .form(exponent, inner), close(")")]
  }

  /// Whether a form is a root sign without an end, which would take a power for its own.
  func isOpenRoot(_ form: Form) -> Bool {
    guard case .root(let index, _) = form, let root = format.root(index) else { return false }
    return root.close == nil
  }

  /// sin²(x): the call and the raised exponent, where the exponent stands on the function's name.
  func onFunctionName(_ base: Form, _ exponent: Form) -> (Form.Application, String)? {
    guard format.raisesFunctionNames, case .application(let call) = base, call.takesExponent,
      call.arguments.count == 1,
      case .number(let digits, _) = exponent, digits != "1", let raised = format.raised(digits),
      call.function.utf8.allSatisfy({ $0 >= UInt8(ascii: "a") })
    else { return nil }
    return (call, raised)
  }

  /// Whether an exponent can stand behind a caret without brackets.
  func isBareExponent(_ form: Form) -> Bool {
    switch form {
    case .number, .name, .eulersNumber, .pi: true
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
    case .number(let digits, _): return digits.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? digits : nil
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

  func pieces(ofElement name: Name, _ index: Form) -> [Piece] {
    let family = format.spell(name).text
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
    let inner = Place(minimum: .or, isInBars: place.isInBars)
    if let marks = foldMarks(fold) {
      var body = Place(minimum: .product, isInBars: place.isInBars, isFollowed: true)
      if case .fold = fold.body { body.isFollowed = false }
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

/// Labels: the names of derivatives.
extension Printer {
  func pieces(of label: Form.Label) -> [Piece] {
    switch label {
    case .function(let canonical, let arguments):
      let name = shown(canonical)
      return [.text(name, .function, .name), open("(")] + list(arguments, .free, separator: comma) + [
        close(")")
      ]
    case .gradient(let name): return [mark(format.marks.nabla + shown(name))]
    case .prime(let canonical, let order, let arguments):
      let name = shown(canonical)
      let primes = String(repeating: format.marks.prime, count: max(0, order))
      guard !arguments.isEmpty else { return [mark(name + primes)] }
      return [mark(name + primes), open("(")] + list(arguments, .free, separator: comma) + [close(")")]
    case .partial(let name, let variables):
      return quotient(shown(name), variables)
    }
  }

  /// A function's name as variables are spelled: a₂ for a_2.
  private func shown(_ name: String) -> String { Form.variable(name).text(format) }

  private func mark(_ text: String) -> Piece { .text(text, .keyword, .name) }

  /// ∂²f/∂x∂y, ∂²f/∂x².
  private func quotient(_ name: String, _ variables: [Form]) -> [Piece] {
    let order = variables.count
    let upper = [mark(format.marks.partial + (order > 1 ? raisedOrder(order) : "") + name)]
    var lower: [Piece] = []
    var place = 0
    while place < order {
      var next = place + 1
      while next < order, variables[next] == variables[place] { next += 1 }
      if place > 0, format.marks.partial == "d" { lower.append(.raw(" ")) }
      lower += [mark(format.marks.partial), .form(variables[place], .free)]
      if next > place + 1 { lower.append(mark(raisedOrder(next - place))) }
      place = next
    }
    switch format.fraction {
    case .inline(let slash): return upper + [mark(slash)] + lower
    case .framed(let before, let between, let after):
      return [.raw(before)] + upper + [.raw(between)] + lower + [.raw(after)]
    }
  }

  private func raisedOrder(_ order: Int) -> String {
    if let raised = format.raised(String(order)) { return raised }
    switch format.exponent {
    case .inline(let caret): return caret + String(order)
    case .framed(let before, let between, let after): return before + between + String(order) + after
    }
  }
}
