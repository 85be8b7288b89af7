import NablaBasics

/// Labels: the names of derivatives.
extension Printer {
  func pieces(of label: Form.Label) -> [Piece] {
    switch label {
    case .function(let canonical, let arguments):
      return [.text(shown(canonical), .function, .name), .raw(format.applies.bracketed)]
        + bracketed(list(arguments, .free, separator: comma), around: arguments, isRaised: false)
    case .gradient(let name): return [mark(format.marks.nabla), mark(shown(name))]
    case .prime(let canonical, let order, let arguments):
      let name = format.primed(shown(canonical), max(0, order))
      guard !arguments.isEmpty else { return [mark(name)] }
      return [mark(name), .raw(format.applies.bracketed)]
        + bracketed(list(arguments, .free, separator: comma), around: arguments, isRaised: false)
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
    let blank: [Piece] = format.endsCommands && order > 1 ? [.raw(" ")] : []
    let upper = raised([mark(format.marks.partial)], order) + blank + [mark(name)]
    var lower: [Piece] = []
    var place = 0
    while place < order {
      var next = place + 1
      while next < order, variables[next] == variables[place] { next += 1 }
      if place > 0, format.marks.partial == "d" || format.endsCommands { lower.append(.raw(" ")) }
      lower.append(mark(format.marks.partial))
      lower += raised([.form(variables[place], .free)], next - place)
      place = next
    }
    return divided(upper, lower)
  }

  private func divided(_ upper: [Piece], _ lower: [Piece]) -> [Piece] {
    switch format.fraction {
    case .inline(let slash): upper + [mark(slash)] + lower
    case .framed(let before, let between, let after):
      [.raw(before)] + upper + [.raw(between)] + lower + [.raw(after)]
    }
  }

  private func raised(_ base: [Piece], _ order: Int) -> [Piece] {
    if order < 2 { return base }
    if case .inline(let caret) = format.exponent {
      return base + [mark(format.raised(String(order)) ?? caret + String(order))]
    }
    return pieces(of: base, raisedBy: String(order))
  }

  /// `log_b(2)`: of a number the base stands below, because `log(2, b)` is what people write who mean base 2.
  func pieces(ofLogarithm call: Form.Application, at place: Place) -> [Piece]? {
    guard format.lowering == nil, call.function == "log", call.arguments.count == 2,
      case .number = call.arguments[0]
    else { return nil }
    if case .number = call.arguments[1] { return nil }
    var isShort = false
    if case .name(let name) = call.arguments[1] { isShort = name.subscripts.isEmpty }
    let inner = Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)
    return [
      .text("log", .function, .function), .raw(isShort ? "_" : "_{"), .form(call.arguments[1], .free),
      .raw(isShort ? "" : "}"), open("("), .form(call.arguments[0], inner), close(")"),
    ]
  }

  /// Calls that a format with frames writes otherwise: d/dx of something, a logarithm to a base.
  func pieces(ofNamedOperator call: Form.Application, at place: Place) -> [Piece]? {
    guard case .framed = format.fraction else { return nil }
    let inner = Place(minimum: .or, isInBars: place.isInBars, isRaised: place.isRaised)
    if let head = Form.derivativeHead(call.function), call.arguments.count == 1 {
      let isPartial = head != "d/d"
      let d = mark(isPartial ? format.marks.partial : format.spell(Name("d")).text)
      let name = Name(String(call.function.dropFirst(head.count)))
      let blank: [Piece] = isPartial && format.endsCommands ? [.raw(" ")] : []
      return divided([d], [d] + blank + [.form(.name(name), .free)])
        + bracketed([.form(call.arguments[0], inner)], around: call.arguments, isRaised: place.isRaised)
    }
    guard let lowering = format.lowering, call.function == "log", call.arguments.count == 2 else {
      return nil
    }
    let name: Piece = .text(format.functionName("log"), .function, .function)
    return [
      .raw(lowering.before), name, .raw(lowering.open),
      .form(call.arguments[1], Place(minimum: .or, isRaised: true)), .raw(lowering.close),
      .raw(format.applies.bracketed),
    ]
      + bracketed(
        [.form(call.arguments[0], inner)], around: [call.arguments[0]], isRaised: place.isRaised)
  }
}
