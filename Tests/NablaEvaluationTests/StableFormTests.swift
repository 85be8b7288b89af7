import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Values that the formula as typed would lose, against mpmath at 50 digits.
@Suite struct StableFormTests {
  struct Row {
    let formula: Expr
    let at: [Double]
    let value: Double
    let gradient: [Double]
  }

  static let half = Expr.number(.half)
  static let rows: [Row] = [
    Row(formula: call("ln", 1 + exp(x)), at: [1000, 0], value: 1000, gradient: [1, 0]),
    Row(
      formula: call("ln", 1 + exp(x)), at: [-40, 0], value: 4.248354255291589e-18,
      gradient: [4.248354255291589e-18, 0]),
    Row(
      formula: call("ln", 1 + x), at: [1e-12, 0], value: 9.999999999995e-13, gradient: [0.999999999999, 0]),
    Row(formula: exp(x) - 1, at: [1e-12, 0], value: 1.0000000000005e-12, gradient: [1.000000000001, 0]),
    Row(formula: 2 * exp(x) - 2 + x, at: [1e-9, 0], value: 3.000000001e-09, gradient: [3.000000002, 0]),
    Row(
      formula: (x.squared + y.squared).squareRoot, at: [3e200, 4e200], value: 4.9999999999999995e+200,
      gradient: [0.6, 0.8]),
    Row(formula: 1 / (1 + exp(x)), at: [800, 0], value: 0, gradient: [0, 0]),
    Row(formula: exp(x) / (1 + exp(x)), at: [800, 0], value: 1, gradient: [0, 0]),
    Row(
      formula: call("ln", exp(x) + exp(y)), at: [1000, 1001], value: 1001.3132616875182,
      gradient: [0.2689414213699951, 0.7310585786300049]),
    Row(formula: call("ln", exp(x) + exp(y)), at: [-100_000, 1.5], value: 1.5, gradient: [0, 1]),
    Row(formula: call("ln", exp(x) + exp(y)), at: [7, 7], value: 7.693147180559945, gradient: [0.5, 0.5]),
    Row(
      formula: call("ln", exp(x) + exp(y) + exp(x + y)), at: [800, 2], value: 802.126928011043,
      gradient: [1, 0.8807970779778823]),
    Row(
      formula: x.squared - y.squared, at: [1.0000001, 1], value: 2.0000001011677345e-07,
      gradient: [2.0000002, -2]),
    Row(
      formula: (1 - x.squared).squareRoot, at: [1 - 1e-12, 0], value: 1.4141979198679218e-06,
      gradient: [-707114.6025249383, 0]),
    // The slopes of squares are not those of their factors, of which the larger would hide them.
    Row(formula: 1 - Expr.power(x, 4), at: [1e-6, 0], value: 1, gradient: [-4e-18, 0]),
    Row(formula: x.squared - y.squared, at: [1, 1e17], value: -1e34, gradient: [2, -2e17]),
    Row(
      formula: Expr.power(x, 4) - Expr.power(y, 4), at: [1e-4, 7.5], value: -3164.0625,
      gradient: [4e-12, -1687.5]),
    Row(formula: (x - y) * (x + y), at: [1e-9, 1], value: -1, gradient: [2e-9, -2]),
    Row(formula: call("sigmoid", x), at: [50, 0], value: 1, gradient: [1.9287498479639178e-22, 0]),
    Row(
      formula: 1 - call("sigmoid", x), at: [50, 0], value: 1.928749847963918e-22,
      gradient: [-1.9287498479639178e-22, 0]),
  ]

  @Test(arguments: rows.indices) func keepsItsDigits(row: Int) throws {
    let row = Self.rows[row]
    let function = try CompiledFunction(row.formula, variables: ["x", "y"])
    #expect(agree(function(row.at), row.value, within: 1e-15, size: 0), "\(function(row.at))")
    for (a, b) in zip(function.gradient(at: row.at), row.gradient) {
      #expect(agree(a, b, within: 1e-14, size: 0), "\(a) \(b)")
    }
  }

  /// In a sum over an index too.
  @Test func insideLoops() throws {
    let loss = fold(.sum, 1...3) { x, _ in call("ln", 1 + exp(x(0))) }
    let function = try CompiledFunction(loss, variables: members(3))
    #expect(function([1000, 2000, -1000]) == 3000)
    let squares = fold(.sum, 1...3) { x, _ in 1 - x(0).squared }
    let slopes = try CompiledFunction(squares, variables: members(3)).gradient(at: [1e-17, 1e-9, 2])
    #expect(slopes == [-2e-17, -2e-9, -4])
    #expect(function.gradient(at: [1000, 2000, -1000]) == [1, 1, 0])
  }

  /// 0/0 is no slope: the distance has none at the origin.
  @Test func theOriginOfADistance() throws {
    let distance = try CompiledFunction((x.squared + y.squared).squareRoot, variables: ["x", "y"])
    #expect(distance([0, 0]) == 0)
    let slopes = distance.gradient(at: [0, 0])
    #expect(slopes[0].isNaN && slopes[1].isNaN)
    #expect(distance.gradient(at: [0, 2]) == [0, 1])
  }

  /// Half of an exponent 0 is 0 again: u⁰, which stays where u has no value, is not taken for a square.
  @Test func ofAPowerZeroThereIsNoRoot() throws {
    for undefined in [1 / Expr.zero, call("ln", -1), call("atanh", 3)] {
      let difference = Expr.power(undefined, .zero) - 1
      try #require(difference.stableStep(splittingSquares: true) == nil)
      #expect(try CompiledFunction(difference * x, variables: ["x"])([2]).isNaN)
    }
  }

  /// Stable forms have the values of what they stand for.
  @Test(arguments: 0..<20) func agreesWithTheTypedForm(start: Int) throws {
    var formulas = RandomFormulas(start: 12_000 + UInt64(start))
    for _ in 0..<40 {
      let formula = formulas.next(depth: 5)
      let point = formulas.point()
      let stable = formula.stableForm(splittingSquares: true)
      let values = Dictionary(zip(LawTests.variables, point), uniquingKeysWith: { first, _ in first })
      let (a, b) = (TreeWalker(values: values).value(formula), TreeWalker(values: values).value(stable))
      let level = try CompiledFunction(formula, variables: LawTests.variables).valueRoundingLevel(at: point)
      guard a.isFinite, a.magnitude < 1e100, level.isFinite else { continue }
      #expect(
        (a - b).magnitude <= 1e-9 * max(1, a.magnitude) + 100 * level,
        "\(formula.debugText) at \(point): \(a), not \(b)")
    }
  }
}
