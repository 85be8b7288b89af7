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
  private struct Line {
    var name: String?
    var nameSpan: Span
    var parameters: [String]?
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
    while parser.errors.isEmpty {
      while parser.current.kind == .newline { parser.advance() }
      if parser.current.kind == .end { break }
      let firstNode = parser.builder.nodes.count
      lines.append(parser.line())
      if parser.isStopped { break }
      if parser.current.kind == .newline { parser.keepUndefined(lines[lines.count - 1], from: firstNode) }
    }
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
    (isFirstRun, lastKind, lastWord) = (true, .newline, nil)
    endedIndices = []
    line.body = expression()
    if current.kind != .end, current.kind != .newline { complainOfToken() }
    names = outer
    checkEquation(line)
    settleNotes(from: firstNode)
    guard let name = line.name else { return line }
    noteDefinition(of: name, line.nameSpan)
    if line.parameters?.contains(name) != true, holds(variable: name, from: firstNode) {
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
    guard tokens[at].kind == .leftRound else { return nil }
    var list: [Int] = []
    repeat {
      at += 1
      guard tokens[at].kind == .letters else { return nil }
      list.append(at)
      at = afterName(at)
    } while tokens[at].kind == .comma || (tokens[at].kind == .semicolon && options.readsDecimalCommas)
    guard tokens[at].kind == .rightRound, tokens[at + 1].kind == .assign else { return nil }
    return Head(name: name, list: list, equals: at + 1)
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

  private func nameSpan(_ at: Int) -> Span {
    characters.span(Int(tokens[at].start), Int(tokens[afterName(at) - 1].end))
  }

  private func take(_ head: Head, into line: inout Line) {
    let name = fullName(head.name)
    line.name = name
    line.nameSpan = nameSpan(head.name)
    if FunctionNames.known(name) != nil, !Greek.isName(name) {
      complain(.definesFunctionName(name), line.nameSpan, hint: "choose another name")
    }
    noteWholeName(head.name)
    if let list = head.list {
      var parameters: [String] = []
      var seen: NameSet = []
      for at in list {
        let parameter = fullName(at)
        if !seen.insert(parameter) { complain(.repeatedParameter(parameter), nameSpan(at)) }
        parameters.append(parameter)
        noteWholeName(at)
      }
      line.parameters = parameters
      for parameter in parameters { names.declare(variable: parameter) }
    }
    place = head.equals
    current = tokens[place]
    advance()
  }

  /// Left of `=` a run is one name, even where it would split elsewhere.
  private func noteWholeName(_ at: Int) {
    let (start, end) = (Int(tokens[at].start), Int(tokens[at].end))
    guard end - start > 1 else { return }
    let reading = names.reading(of: characters, start, end, before: .other)
    guard reading.count > 1, reading.rule == .chain || reading.rule == .covered else { return }
    let name = characters.text(start, end)
    note(.definedAsOneName(name), characters.span(start, end))
  }

  // MARK: After the line

  /// A name that had a value, or that lines above use as a variable.
  private func noteDefinition(of name: String, _ place: Span) {
    if !defined.insert(name) || name == "e" || name == "pi" {
      note(.redefined(NameText.shown(name)), place, hint: "give one of the two another name")
    } else if let earlier = undefinedUses[name] {
      note(
        .usedBeforeDefined(NameText.shown(name)), earlier,
        hint: "definitions stand above the lines that use them")
    }
  }

  /// Keeps in mind what a line uses without a definition, for the lines below.
  private func keepUndefined(_ line: Line, from first: Int) {
    for node in builder.nodes[first...] {
      guard case .variable(let name) = node.kind, undefinedUses[name] == nil, !defined.contains(name),
        line.parameters?.contains(name) != true
      else { continue }
      undefinedUses[name] = node.span
    }
  }

  /// Whether what a line defines still holds letters without a value, its own list apart.
  private func mentionsLetters(_ line: Line, from first: Int) -> Bool {
    builder.nodes[first...].contains { node in
      switch node.kind {
      case .variable(let name):
        (!defined.contains(name) || names.open.contains(name)) && line.parameters?.contains(name) != true
      case .call(.defined(let name), _): names.open.contains(String(name.prefix { $0 != "'" }))
      default: false
      }
    }
  }

  /// `f(x, y) = x^2 + z`: a letter beside the listed ones that they leave out, where it looks like one of them.
  private func noteUnlisted(_ line: Line, from first: Int) {
    guard let list = line.parameters else { return }
    for place in first..<builder.nodes.count {
      let node = builder.nodes[place]
      guard case .variable(let name) = node.kind, !list.contains(name), !names.isDeclared(name),
        !defined.contains(name), list.contains(where: { Self.areAlike($0, name) })
      else { continue }
      let shown = NameText.shown(name)
      let typed = (list + [name]).map(NameText.shown).joined(separator: ", ")
      note(
        .notListed(shown), node.span,
        hint: "to differentiate by it, write \(NameText.shown(line.name ?? "f"))(\(typed))")
    }
  }

  /// Whether two names are variables of one formula by their looks: x and z, x₁ and x₃.
  private static func areAlike(_ left: String, _ right: String) -> Bool {
    let coordinates = ["x", "y", "z"]
    if coordinates.contains(left), coordinates.contains(right) { return true }
    let (head, other) = (left.prefix { $0 != "_" }, right.prefix { $0 != "_" })
    return head == other && head.count < left.count && other.count < right.count
  }

  /// A line that nothing can use, above the last one.
  private func complainOfNamelessLine(_ line: Line, before next: Line) {
    let start = next.nameSpan.start
    let goesOn = ["+", "-", "−", "–"].contains(
      sourceText(of: Span(start, min(source.count, start + 3))).prefix(1))
    let place = builder.span(line.body)
    errors.append(
      Diagnostic(
        .lineWithoutName, place,
        hint: goesOn
          ? "to go on in the next line, write brackets around all of it"
          : "to use it in the lines below, write a = in front"))
  }

  private func checkEquation(_ line: Line) {
    guard !isStopped, !options.readsEquations else { return }
    var body = line.body
    while case .group = builder.kind(body) { body = builder.child(body, 0) }
    guard builder.kind(body) == .comparison,
      let part = builder.parts(of: body).first(where: { $0.link == .equal })
    else { return }
    let whole = builder.span(body)
    let left = sourceText(of: builder.span(builder.child(body, 0)))
    var fixes: [Diagnostic.Fix] = []
    var hint = ""
    if builder.count(body) == 2 {
      let node = builder.child(body, 1)
      let text = sourceText(of: builder.span(node))
      let right = builder.kind(node) == .sum || builder.kind(node) == .comparison ? "(" + text + ")" : text
      let difference = right == "0" ? left : "\(left) - \(right)"
      fixes = [fix(whole, difference, "for their difference, write \(difference)")]
      hint = fixes[0].label
      if holds(variable: "x", from: 0), holds(variable: "y", from: 0) {
        hint += "; for dy/dx, use nabla implicit"
      } else if holdsTwoVariables {
        hint += "; for the derivative of one letter by another, use nabla implicit"
      }
    }
    complain(.equation, part.span, hint: hint, fixes: fixes)
  }

  private func holds(variable name: String, from first: Int) -> Bool {
    builder.nodes[first...].contains { $0.kind == .variable(name) }
  }

  private var holdsTwoVariables: Bool {
    var first: String?
    for node in builder.nodes {
      guard case .variable(let name) = node.kind else { continue }
      if first ?? name != name { return true }
      first = name
    }
    return false
  }

  private func settleNotes(from first: Int) {
    let nodes = builder.nodes
    notes.settle {
      var counts: [String: Int] = [:]
      for node in nodes[first...] {
        switch node.kind {
        case .variable(let name): counts[name, default: 0] += 1
        case .element(let name): (counts[name + "_", default: 0], counts[name + "_i", default: 0]) = (1, 1)
        default: break
        }
      }
      return counts
    }
  }
}
