import NablaBasics

/// What is said of a line when all of it has been read.
extension Parser {
  /// A name that had a value, or that lines above use as a variable.
  func noteDefinition(of name: String, _ place: Span) {
    if !defined.insert(name) || name == "e" || name == "pi" {
      note(.redefined(NameText.shown(name)), place, hint: "give one of the two another name")
    } else if let earlier = undefinedUses[name] {
      note(
        .usedBeforeDefined(NameText.shown(name)), earlier,
        hint: "definitions stand above the lines that use them")
    }
  }

  /// Keeps in mind what a line uses without a definition, for the lines below.
  func keepUndefined(_ line: Line, from first: Int) {
    let listed = Set(line.parameters ?? [])
    for node in builder.nodes[first...] {
      guard case .variable(let name) = node.kind, undefinedUses[name] == nil, !defined.contains(name),
        !listed.contains(name), !line.given.contains(name)
      else { continue }
      undefinedUses[name] = node.span
    }
  }

  /// Whether what a line defines still holds letters without a value, its own list apart.
  func mentionsLetters(_ line: Line, from first: Int) -> Bool {
    let listed = Set(line.parameters ?? [])
    return builder.nodes[first...].contains { node in
      switch node.kind {
      case .variable(let name):
        (!defined.contains(name) || names.open.contains(name)) && !listed.contains(name)
      case .call(.defined(let name), _): names.open.contains(String(name.prefix { $0 != "'" }))
      default: false
      }
    }
  }

  /// `f(x, y) = x^2 + z`: a letter beside the listed ones that they leave out, where it looks like one of them.
  func noteUnlisted(_ line: Line, from first: Int) {
    guard let list = line.parameters, line.given.isEmpty else { return }
    let listed = Set(list)
    let looks = Set(list.compactMap(Self.look))
    for place in first..<builder.nodes.count {
      let node = builder.nodes[place]
      guard case .variable(let name) = node.kind, !listed.contains(name), !names.isDeclared(name),
        !defined.contains(name), let look = Self.look(name), looks.contains(look)
      else { continue }
      let shown = NameText.shown(name)
      let short = list.count > 8 ? [list[0], "…", list[list.count - 1]] : list
      let typed = (short + [name]).map(NameText.shown).joined(separator: ", ")
      note(
        .notListed(shown), node.span,
        hint: "to differentiate by it, write \(NameText.shown(line.name ?? "f"))(\(typed))")
    }
  }

  /// What variables of one formula have in common by their looks: x and z are coordinates, x₁ and x₃ have one letter.
  private static func look(_ name: String) -> Substring? {
    if ["x", "y", "z"].contains(name) { return "" }
    let head = name.prefix { $0 != "_" }
    return head.utf8.count < name.utf8.count ? head : nil
  }

  /// `f(x) = x^2`, and below it `3x` alone: nothing uses what stands directly above a last line without a name. A blank
  /// line sets apart what is not meant for it.
  func noteUnused(_ lines: [Line], _ firsts: [Int]) {
    guard let last = lines.last, last.name == nil, lines.count > 1, errors.isEmpty,
      firsts.count == lines.count
    else { return }
    var used = NameSet()
    for node in builder.nodes {
      switch node.kind {
      case .variable(let name), .element(let name): used.insert(name)
      case .call(.defined(let name), _): used.insert(String(name.prefix { $0 != "'" }))
      case .derivative(let names): names.forEach { used.insert($0) }
      default: break
      }
    }
    var below = last.nameSpan.start
    for line in lines.dropLast().reversed() {
      let start = builder.span(line.body).end
      let between = source.slice(Span(start, below)).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if between.dropFirst().dropLast().contains(where: { $0.allSatisfy(\.isWhitespace) }) { return }
      below = line.nameSpan.start
      guard let name = line.name, !used.contains(name) else { continue }
      note(
        .unusedDefinition(NameText.shown(name)), line.nameSpan,
        hint: "if the formula goes on in the next line, write brackets around all of it")
    }
  }

  /// A line that nothing can use, above the last one.
  func complainOfNamelessLine(_ line: Line, before next: Line) {
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

  func checkEquation(_ line: Line) {
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

  func holds(variable name: String, from first: Int) -> Bool {
    builder.nodes[first...].contains { $0.kind == .variable(name) }
  }

  /// Whether a function or a derivative of it is applied.
  func applies(_ name: String, from first: Int) -> Bool {
    builder.nodes[first...].contains { node in
      guard case .call(.defined(let callee), _) = node.kind, callee.hasPrefix(name) else { return false }
      return callee.dropFirst(name.count).allSatisfy { $0 == "'" }
    }
  }

  var holdsTwoVariables: Bool {
    var first: String?
    for node in builder.nodes {
      guard case .variable(let name) = node.kind else { continue }
      if first ?? name != name { return true }
      first = name
    }
    return false
  }

  func settleNotes(from first: Int) {
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
