import NablaBasics
import Testing

@testable import NablaAlgebra

@Suite struct PostfixValueTests {
  private static let letters = [Variable("x"), Variable("y")]

  @Test("Steps over a stack give the value of a walk over the tree", arguments: 0..<40)
  func agreesWithTheTree(start: Int) {
    var expressions = RandomExpr(start: UInt64(start))
    for _ in 0..<25 {
      let expression = expressions.next()
      guard let steps = PostfixValue(expression, letters: Self.letters) else {
        #expect(expression.size > 100)
        continue
      }
      let point = (0..<2).map { _ in Double.random(in: -3...3, using: &expressions.random) }
      let value = steps(at: point)
      let expected = expression.value([Variable("x"): point[0], Variable("y"): point[1]])
      // Outside the domain of a function the walk asks the function alone; the steps ask its row.
      guard !value.isNaN else { continue }
      let gap = (value - expected).magnitude
      #expect(
        value == expected || gap <= 1e-13 * expected.magnitude,
        "\(expression.debugText) at \(point): \(value), not \(expected)")
    }
  }

  @Test("A negative base has its real root, a logarithm its domain, a branch its condition")
  func keepsTheRows() {
    let x = Expr("x")
    let root = pow(x, .integer(1) / .integer(3))
    #expect(value(root, at: -8) == -2)
    let logarithm = Expr.call(.ln, [x])
    #expect(value(logarithm, at: -1)?.isNaN == true)
    let branch = Expr.call(.if, [.call(.less, [x, .zero]), logarithm, x * x])
    #expect(value(branch, at: 3) == 9)
  }

  @Test("What is large, summed over an index or of another letter has no steps")
  func refusesTheRest() {
    let many = Expr.sum((1...101).map { pow(Expr("x"), .integer($0)) })
    #expect(PostfixValue(many, letters: Self.letters) == nil)
    #expect(PostfixValue(Expr("z"), letters: Self.letters) == nil)
  }

  private func value(_ expression: Expr, at x: Double) -> Double? {
    PostfixValue(expression, letters: Self.letters)?(at: [x, 0])
  }
}
