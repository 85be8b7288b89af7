/// Functions as programs write them, which are definitions here.
///
///     lambda x, y: x**2 + y      is refused, with f(x, y) = x**2 + y
extension Parser {
  /// The parts of a function of another language.
  private struct Written {
    var name: String?
    var list: String
    /// Where what it computes begins.
    var body: Int
  }

  /// Refuses the function of another language that the text begins with.
  func complainOfPrograms() {
    guard let first = tokens.first(where: { $0.kind != .newline }), let written = writtenFunction() else {
      return
    }
    let head = characters.span(Int(first.start), Int(tokens[written.body].start))
    let name = written.name ?? "f"
    let definition = "\(name)(\(written.list)) = "
    let typed = Self.trimmed(String(sourceText(of: head).prefix { !$0.isNewline }))
    errors.append(
      Diagnostic(
        .unexpectedToken(typed), head,
        hint: "to define a function, write \(definition)…",
        fixes: [fix(head, definition, "write \(definition)…")]))
  }

  private func writtenFunction() -> Written? {
    var start = tokens.firstIndex { $0.kind != .newline } ?? 0
    var name: String?
    // f = …, f <- …
    if tokens[start].kind == .letters, let behind = assigned(start + 1), opensFunction(behind) {
      name = text(tokens[start])
      start = behind
    }
    guard opensFunction(start) else { return nil }
    var at = start
    if tokens[at].kind == .letters, ["lambda", "def", "function"].contains(text(tokens[at])) {
      at += 1
      if tokens[at].kind == .letters, tokens[at + 1].kind == .leftRound {
        name = text(tokens[at])
        at += 1
      }
    } else if tokens[at].kind == .unknown {
      at += 1
    }
    guard let (list, behind) = listOfNames(at) else { return nil }
    at = behind
    if let arrow = arrowEnd(at) {
      at = arrow
    } else if tokens[at].kind == .colon {
      at += 1
    }
    while tokens[at].kind == .newline { at += 1 }
    if tokens[at].kind == .letters, stands("return", at: tokens[at]) { at += 1 }
    guard tokens[at].startsOperand || tokens[at].kind == .minus else { return nil }
    return Written(name: name, list: list, body: at)
  }

  /// The place behind `=` or `<-`.
  private func assigned(_ place: Int) -> Int? {
    if tokens[place].kind == .assign { return place + 1 }
    return tokens[place].kind == .less && tokens[place + 1].kind == .minus && !tokens[place + 1].isSpaced
      ? place + 2 : nil
  }

  /// Whether `lambda x:`, `@(x)`, `function(x)`, `x =>`, `(x, y) ->` begins there.
  private func opensFunction(_ place: Int) -> Bool {
    let token = tokens[place]
    switch token.kind {
    case .unknown: return characters.at(Int(token.start)) == 0x40 && tokens[place + 1].kind == .leftRound
    case .letters where ["lambda", "def"].contains(text(token)):
      guard tokens[place + 1].kind == .letters, !names.isDeclared(text(token)) else { return false }
      guard let (_, behind) = listOfNames(place + (stands("def", at: token) ? 2 : 1)) else { return false }
      return tokens[behind].kind == .colon
    case .letters where stands("function", at: token):
      let open = tokens[place + 1].kind == .letters ? place + 2 : place + 1
      return tokens[open].kind == .leftRound && listOfNames(open) != nil
    case .letters, .leftRound: return listOfNames(place).flatMap { arrowEnd($0.behind) } != nil
    default: return false
    }
  }

  /// `x`, `x, y` or `(x, y)` as text, and the place behind.
  private func listOfNames(_ place: Int) -> (text: String, behind: Int)? {
    guard place < tokens.count else { return nil }
    let isRound = tokens[place].kind == .leftRound
    var at = isRound ? place + 1 : place
    let first = at
    while tokens[at].kind == .letters {
      at += 1
      while !tokens[at].isSpaced, tokens[at].kind == .lowered || tokens[at].kind == .number { at += 1 }
      guard tokens[at].kind == .comma else { break }
      at += 1
    }
    guard at > first, tokens[at - 1].kind != .comma, !isRound || tokens[at].kind == .rightRound else {
      return nil
    }
    let list = characters.text(Int(tokens[first].start), Int(tokens[at - 1].end))
    return (list, isRound ? at + 1 : at)
  }

  /// The place behind `->`, `=>`, `→` or `\mapsto`.
  private func arrowEnd(_ place: Int) -> Int? {
    guard place < tokens.count else { return nil }
    let token = tokens[place]
    switch token.kind {
    case .minus, .assign:
      let head = tokens[min(place + 1, tokens.count - 1)]
      return head.kind == .greater && !head.isSpaced ? place + 2 : nil
    case .unknown:
      return [0x21A6, 0x2192, 0x21D2].contains(characters.at(Int(token.start))) ? place + 1 : nil
    case .command: return text(token) == "\\mapsto" ? place + 1 : nil
    default: return nil
    }
  }

  // MARK: np.exp, std::sqrt

  /// The module in front of a name, with the sign behind it, where one stands at a place of a line.
  func moduleEnd(_ place: Int, _ end: Int) -> Int? {
    guard place + 2 < end, tokens[place].kind == .letters else { return nil }
    var at = place + 1
    switch tokens[at].kind {
    case .unknown where characters.at(Int(tokens[at].start)) == 0x2E: at += 1
    case .colon where tokens[at + 1].kind == .colon: at += 2
    default: return nil
    }
    guard at < end, tokens[at].kind == .letters, (place + 1...at).allSatisfy({ !tokens[$0].isSpaced }),
      Self.modules.contains(text(tokens[place]))
    else { return nil }
    return at
  }

  private static let modules: Set<String> = [
    "np", "numpy", "jnp", "math", "Math", "std", "torch", "tf", "sp", "sympy", "scipy", "cmath",
  ]
}
