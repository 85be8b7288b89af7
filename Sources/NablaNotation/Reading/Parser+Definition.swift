import NablaBasics

/// What the parser makes of a text: its lines, and what there is to say about them.
package struct Parsed: Sendable {
  /// The lines that could be read, in order.
  package var definitions: [Definition]
  /// Errors and notes in the order of the text.
  package var diagnostics: [Diagnostic]
  /// Whether the text ends where something is still missing, so that a next line may complete it.
  package var isIncomplete: Bool

  /// Whether there is a reading.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

extension Parser {
  /// A line before the tree is finished.
  struct Line {
    var name: String?
    var nameSpan: Span
    var parameters: [String]?
    /// What stands in the list behind `;` or a bar.
    var given: [String] = []
    var body: Int32
  }

  /// `text = { line }`, each line one definition; names are known from their line on.
  static func parse(_ source: SourceText, names: Names, options: ParsingOptions) -> Parsed {
    guard source.count <= options.limits.sourceLength else {
      let said = Diagnostic(.sourceTooLong(limit: options.limits.sourceLength), Span(0, 0))
      return Parsed(definitions: [], diagnostics: [said], isIncomplete: false)
    }
    let parser = Parser(source, names: names, options: options)
    var lines: [Line] = []
    var firsts: [Int] = []
    while parser.errors.isEmpty {
      while parser.current.kind == .newline { parser.advance() }
      if parser.current.kind == .end { break }
      let firstNode = parser.builder.nodes.count
      lines.append(parser.line())
      firsts.append(firstNode)
      if parser.isStopped { break }
      if parser.current.kind == .newline { parser.keepUndefined(lines[lines.count - 1], from: firstNode) }
    }
    parser.noteUnused(lines, firsts)
    for (line, next) in zip(lines, lines.dropFirst()) where line.name == nil {
      parser.complainOfNamelessLine(line, before: next)
    }
    if lines.isEmpty, parser.errors.isEmpty {
      parser.errors.append(Diagnostic(.emptyFormula, Span(0, 0), hint: "write one, for example x^2"))
    }
    let tree = SyntaxTree(nodes: parser.builder.nodes, parts: parser.builder.parts)
    let errors = parser.errors.sorted { $0.span.start < $1.span.start }
    return Parsed(
      definitions: lines.map {
        Definition(
          name: $0.name, nameSpan: $0.nameSpan, parameters: $0.parameters,
          body: Syntax(tree: tree, index: Int($0.body)))
      },
      diagnostics: errors + parser.notes.inOrder, isIncomplete: parser.isIncomplete)
  }

  /// `line = [ name [ "(" name { "," name } ")" ] ("=" | ":=") ] expression`
  private func line() -> Line {
    let firstNode = builder.nodes.count
    let start = span(current).start
    var line = Line(name: nil, nameSpan: Span(start, start), parameters: nil, body: 0)
    let outer = names
    if let head = definitionHead() { take(head, into: &line) }
    isDefinition = line.name != nil
    lineName = line.name
    (isFirstRun, lastKind, lastWord) = (true, .newline, nil)
    endedIndices = []
    line.body = expression()
    if current.kind != .end, current.kind != .newline { complainOfToken() }
    names = outer
    checkEquation(line)
    settleNotes(from: firstNode)
    guard let name = line.name else { return line }
    noteDefinition(of: name, line.nameSpan)
    if line.parameters?.contains(name) != true,
      holds(variable: name, from: firstNode) || applies(name, from: firstNode)
    {
      complain(.definedByItself(name), line.nameSpan)
    }
    noteUnlisted(line, from: firstNode)
    let isOpen = current.kind == .newline && mentionsLetters(line, from: firstNode)
    if let parameters = line.parameters {
      names.declare(function: name, arity: parameters.count, isOpen: isOpen)
    } else {
      names.declare(variable: name, isOpen: isOpen)
    }
    return line
  }

  // MARK: Left of the equals sign

  /// The tokens left of `=`, where they are a name with or without a list.
  private struct Head {
    var name: Int
    /// Where each name of the list begins; nil where there is no list.
    var list: [Int]?
    /// How many of them stand before `;` or a bar.
    var leading = Int.max
    /// The token `=`.
    var equals: Int
  }

  private func definitionHead() -> Head? {
    guard queue.isEmpty, current.kind == .letters else { return nil }
    let name = place
    // sin(xy) = x is an equation where one is asked for, and nowhere a definition of sin.
    let word = fullName(name)
    if options.readsEquations, FunctionNames.known(word) != nil, !Greek.isName(word) { return nil }
    var at = afterName(name)
    if tokens[at].kind == .assign {
      // Where an equation is asked for, the last line is one: y = x + sin y.
      let isEquation = options.readsEquations && !tokens[at...].contains { $0.kind == .newline }
      return isEquation ? nil : Head(name: name, list: nil, equals: at)
    }
    let isSquare = tokens[at].kind == .leftSquare
    guard isSquare || tokens[at].kind == .leftRound else { return nil }
    var list: [Int] = []
    var leading = Int.max
    repeat {
      if leading == Int.max, at > afterName(name), separatesGiven(tokens[at]) { leading = list.count }
      at += 1
      guard tokens[at].kind == .letters else { return nil }
      list.append(at)
      at = afterName(at)
      // Of \sigma^2 among the parameters the letter is the name.
      if leading < Int.max, tokens[at].kind == .caret, tokens[at + 1].kind == .number { at += 2 }
    } while tokens[at].kind == .comma || tokens[at].kind == .semicolon
      || (leading == Int.max && separatesGiven(tokens[at]))
    guard tokens[at].kind == (isSquare ? .rightSquare : .rightRound), tokens[at + 1].kind == .assign,
      !isSquare || list.allSatisfy(isPattern)
    else { return nil }
    return Head(name: name, list: list, leading: leading, equals: at + 1)
  }

  /// Whether what follows in a list is given: `f(x; a)`, `p(x | μ, σ)`.
  private func separatesGiven(_ token: Token) -> Bool {
    token.kind == .bar || (token.kind == .semicolon && !options.readsDecimalCommas)
  }

  /// Whether a name ends in `_`, as Mathematica writes the variables of a definition: `f[x_] := x^2`.
  private func isPattern(_ at: Int) -> Bool { isBareUnderscore(tokens[afterName(at) - 1]) }

  private func isBareUnderscore(_ token: Token) -> Bool {
    token.kind == .lowered && token.end - token.start == 1
  }

  /// The token after a run of letters and what touches it.
  private func afterName(_ name: Int) -> Int {
    var at = name + 1
    while !tokens[at].isSpaced, tokens[at].kind == .lowered || tokens[at].kind == .number { at += 1 }
    return at
  }

  /// The canonical name that begins at a token.
  private func fullName(_ at: Int) -> String {
    var name = characters.name(Int(tokens[at].start), Int(tokens[at].end))
    for place in at + 1..<afterName(at) {
      name += "_" + (simpleSubscript(tokens[place]) ?? text(tokens[place]))
    }
    return name
  }

  /// `a_{n+1} = …`
  private func checkSubscripts(_ at: Int) {
    for place in at + 1..<afterName(at) where simpleSubscript(tokens[place]) == nil {
      complainOfSubscript(nameSpan(at))
    }
  }

  private func nameSpan(_ at: Int) -> Span {
    characters.span(Int(tokens[at].start), Int(tokens[afterName(at) - 1].end))
  }

  private func take(_ head: Head, into line: inout Line) {
    let name = fullName(head.name)
    line.name = name
    line.nameSpan = nameSpan(head.name)
    for at in [head.name] + (head.list ?? []) { checkSubscripts(at) }
    if FunctionNames.known(name) != nil, !Greek.isName(name) {
      complain(.definesFunctionName(name), line.nameSpan, hint: "choose another name")
    }
    noteWholeName(head.name)
    if let list = head.list {
      var parameters: [String] = []
      var seen: NameSet = []
      let rest = tokens[head.equals...].prefix { $0.kind != .newline }
      let areNames = rest.contains(where: isBareUnderscore)
      for (number, at) in list.enumerated() {
        let typed = fullName(at)
        let parameter = isPattern(at) && !areNames ? String(typed.dropLast()) : typed
        if !seen.insert(parameter) { complain(.repeatedParameter(parameter), nameSpan(at)) }
        number < head.leading ? parameters.append(parameter) : line.given.append(parameter)
        noteWholeName(at)
      }
      line.parameters = parameters
      for parameter in parameters + line.given { names.declare(variable: parameter) }
      if head.leading < list.count { noteGiven(list[head.leading...], parameters, line) }
    }
    place = head.equals
    current = tokens[place]
    advance()
  }

  /// `f(x; a, b)`: the gradient is for what stands in front.
  private func noteGiven(_ list: ArraySlice<Int>, _ parameters: [String], _ line: Line) {
    guard let first = list.first, let last = list.last else { return }
    let shown = line.given.map(NameText.shown)
    let all = (parameters.map(NameText.shown) + shown).joined(separator: ", ")
    note(
      .parametersInList(shown.map { "‘\($0)’" }.joined(separator: ", ")),
      nameSpan(first).joined(nameSpan(last)),
      hint: "to differentiate by all of them, write \(NameText.shown(line.name ?? "f"))(\(all))")
  }

  /// Left of `=` a run is one name, even where it would split elsewhere.
  private func noteWholeName(_ at: Int) {
    let (start, end) = (Int(tokens[at].start), Int(tokens[at].end))
    guard end - start > 1, tokens[at].piece != Token.word else { return }
    let reading = names.reading(of: characters, start, end, before: .other)
    guard reading.count > 1, reading.rule == .chain || reading.rule == .covered else { return }
    let name = characters.text(start, end)
    note(.definedAsOneName(name), characters.span(start, end))
  }
}
