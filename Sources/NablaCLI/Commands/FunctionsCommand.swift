import NablaAlgebra
import NablaBasics
import NablaNotation

extension Command {
  static let functions: Command = .init(
    name: "functions", operands: "[NAME]", summary: "the functions that formulas may use, or one of them",
    options: [.json, .format], examples: ["functions", "functions arcsin"]
  ) { invocation throws(Failure) in
    try invocation.allow(values: 1)
    guard let name = invocation.arguments.values.first else {
      if invocation.isJSON {
        invocation.console.answer(
          json: FunctionsAnswer(functions: Function.all.map(FunctionsAnswer.Row.init)))
        return .answered
      }
      var grid = Grid(columns: [.left, .left], gap: 2)
      for row in Function.all {
        grid.add([Styled(row.signature, .function), Styled(invocation.glyphs.worded(row.summary))])
      }
      for line in grid.lines { invocation.console.answer(line) }
      return .answered
    }
    let rows = Function.all.filter { $0.name == name.text || $0.aliases.contains(name.text) }
    guard !rows.isEmpty else {
      let names = Function.all.flatMap { [$0.name] + $0.aliases }
      let near = closest(to: name.text, among: names)
      throw .usage(
        UsageError(
          .unknownName(name.text, what: "function"), at: name.argument,
          fix: near.map { "did you mean \($0)?" }))
    }
    if invocation.isJSON {
      invocation.console.answer(json: FunctionsAnswer(functions: rows.map(FunctionsAnswer.Row.init)))
    } else {
      for (place, row) in rows.enumerated() {
        if place > 0 { invocation.console.answer() }
        for line in invocation.lines(about: row) { invocation.console.answer(line) }
      }
    }
    return .answered
  }
}

extension Function {
  /// atan2(y, x), x < y, p and q
  fileprivate var signature: String {
    if argumentNames.count == 2, name == "and" || name == "or" || name.first?.isLetter == false {
      return "\(argumentNames[0]) \(name) \(argumentNames[1])"
    }
    return name == "not" ? "not \(argumentNames[0])" : "\(name)(\(argumentNames.joined(separator: ", ")))"
  }

  /// The derivatives by its arguments: 1/x; for several arguments by argument.
  fileprivate func derivativeTexts(_ glyphs: Glyphs) -> [String] {
    switch derivative {
    case .zero: return ["0 where it has one"]
    case .selects: return ["that of the argument it equals"]
    case .partials(let template):
      let names = argumentNames.map { Expr($0) }
      var budget = Budget()
      return zip(argumentNames, template(names, .call(self, names))).map { name, partial in
        let shown = (try? Simplifier().simplify(partial, budget: &budget).expression) ?? partial
        // A template that divides by zero says that there is no derivative by this argument.
        if shown == .power(.zero, .minusOne) { return "none by \(name)" }
        let text = Form(shown).text(glyphs == .unicode ? .unicode : .plain)
        return arity == 1 ? text : "\(text) by \(name)"
      }
    }
  }

  /// Where it is defined, as formulas: x > 0.
  fileprivate var conditions: [String] { domain.map { $0.text(argumentNames[$0.argument]) } }
}

extension Invocation {
  fileprivate func lines(about row: Function) -> [Styled] {
    var grid = Grid(columns: [.left, .left], gap: 2)
    if !row.aliases.isEmpty { grid.add(["also", row.aliases.joined(separator: ", ")]) }
    if !row.conditions.isEmpty { grid.add(["for", glyphs.worded(row.conditions.joined(separator: ", "))]) }
    for line in row.derivativeTexts(glyphs) { grid.add(["derivative", line]) }
    grid.add(["example", glyphs.worded("\(row.example.formula) = \(row.example.result)")])
    let title = Styled(row.signature, .function) + Styled("  " + glyphs.worded(row.summary))
    return [title] + grid.lines.map { Styled("  ") + $0 }
  }
}

/// The answer of `functions`.
private struct FunctionsAnswer: Encodable {
  struct Row: Encodable {
    var name: String
    var aliases: [String]
    var arity: Int
    var summary: String
    var domain: [String]
    var derivative: [String]
    var example: [String]

    init(_ row: Function) {
      name = row.name
      aliases = row.aliases
      arity = row.arity
      summary = row.summary
      domain = row.conditions.map(Glyphs.plain.worded)
      derivative = row.derivativeTexts(.plain)
      example = [row.example.formula, row.example.result]
    }
  }

  var schema = "nabla.functions.1"
  var functions: [Row]
}
