import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// A vertical tangent: x = 0 for ∛x at 0.
struct VerticalTangentText: ThreefoldText {
  let subject: Subject
  let point: Subject.Point

  /// Nil where the tangent is not vertical.
  init?(subject: Subject, point: Subject.Point) {
    guard subject.variables.count == 1, subject.formula.hasVerticalTangent(at: point.values[0]) else {
      return nil
    }
    (self.subject, self.point) = (subject, point)
  }

  private var tangent: Expr { .call(.equal, [.variable(subject.variables[0]), point.exact[0]]) }

  /// The value of f at the point.
  private var height: Expr {
    let value = subject.expression.substituting([subject.variables[0]: point.exact[0]])
    return value.constantValue == nil
      ? .number(Number(approximate: subject.value(of: value, at: point))) : value
  }

  /// y = f(a), where y is free.
  private var normal: Expr? {
    let y = Variable("y")
    return (subject.variables + subject.formula.parameters).contains(y)
      ? nil : .call(.equal, [.variable(y), height])
  }

  func show() {
    subject.invocation.console.answer(subject.echo + Styled("   at " + subject.place(point)))
    subject.invocation.console.answer()
    var grid = Grid(columns: [.left, .left], gap: 1)
    grid.add([Styled("tangent line  "), Styled(subject.text(tangent) + "      vertical")])
    if let normal { grid.add([Styled("normal line  "), Styled(subject.text(normal))]) }
    for line in grid.lines { subject.invocation.console.answer(line) }
  }

  var block: Equations {
    var block = Equations(subject.invocation.format)
    for equation in [tangent, normal].compactMap({ $0 }) {
      guard case .call(_, let sides) = equation.shape else { continue }
      block.add(subject.marked(sides[0]), .equal, subject.marked(sides[1]))
    }
    return block
  }

  var answer: TangentAnswer {
    TangentAnswer(
      formula: subject.plainEcho, variables: subject.plainNames, point: JSONNumber.list(point.values),
      tangent: subject.plainText(tangent), expanded: subject.plainText(tangent),
      value: subject.plainText(height), slopes: [], notes: subject.noticesOrNil)
  }
}
