import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Command {
  static let simplify: Command = .init(
    name: "simplify", operands: "FORMULA", summary: "the formula in its shortest form",
    details: """
      Collected, over one denominator or in factors; with sums of angles and logarithms, powers of numbers and hyperbolic
      functions taken together. Where something cancels that could be zero, the answer says so.
      """,
    options: Option.ofFormulas,
    examples: [
      "simplify '(x^2 - 1)/(x - 1)'", "simplify 'r sin(t)^2 + r cos(t)^2'", "simplify 'sin(x + pi)'",
      "simplify 'sqrt(8) + 1/x - 2/x'",
    ]
  ) { invocation throws(Failure) in
    try Subject(invocation).showRewriting { formula throws(FormulaError) in try formula.simplified() }
  }

  static let expand: Command = .init(
    name: "expand", operands: "FORMULA", summary: "the formula with its brackets multiplied out",
    options: Option.ofFormulas, examples: ["expand '(x + 1)^3'", "expand '(a + b)(a - b)'"]
  ) { invocation throws(Failure) in
    try Subject(invocation).showRewriting { formula throws(FormulaError) in try formula.expanded() }
  }

  static let factor: Command = .init(
    name: "factor", operands: "FORMULA", summary: "the formula as a product",
    details: """
      Factors with whole coefficients: common factors, powers, and what linear and quadratic factors there are.
      """,
    options: Option.ofFormulas,
    examples: ["factor 'x^4 - 1'", "factor 'x^2 e^x - e^x'", "factor 'x^2 - y^2'"]
  ) { invocation throws(Failure) in
    try Subject(invocation).showRewriting { formula throws(FormulaError) in try formula.factored() }
  }
}

extension Subject {
  fileprivate func showRewriting(
    _ rewrite: (Formula) throws(FormulaError) -> Rewriting
  ) throws(Failure) -> Command.Exit {
    let result: Rewriting
    do throws(FormulaError) { result = try rewrite(formula) } catch { throw Failure(error) }
    let console = invocation.console
    if invocation.isJSON {
      console.answer(
        json: RewritingAnswer(
          formula: plainEcho, variables: plainNames, result: plainText(result.expression),
          conditions: result.conditions.isEmpty ? nil : result.conditions.map(plainText),
          complete: result.isComplete, notes: noticesOrNil))
      return .answered
    }
    if invocation.format.isMarkup {
      var block = echoed()
      block.add(marked(heading), .equal, marked(result.expression), remark: remark(result.conditions))
      invocation.answer(block)
      return .answered
    }
    console.answer(echoWithDomain)
    console.answer()
    var line = Styled(heading.text(format), .keyword) + Styled(" = ", .operator)
    line.append(text(result.expression))
    if !result.conditions.isEmpty {
      line.append("      for " + result.conditions.map(text).joined(separator: ", "), .hint)
    }
    console.answer(line)
    if !result.isComplete { console.hint("the formula is too large for more than collecting like terms") }
    return .answered
  }
}

/// The answer of `simplify`, `expand` and `factor`.
struct RewritingAnswer: Encodable {
  var schema = "nabla.rewriting.1"
  var formula: String
  var variables: [String]
  /// The new form in the plain format.
  var result: String
  /// What must hold because something cancelled.
  var conditions: [String]?
  /// Whether everything was tried.
  var complete: Bool
  var notes: [NoticeAnswer]?
}
