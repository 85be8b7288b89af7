@testable import NablaAlgebra
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

  /// Sums that cancel at a place and quotients 0/0, by their series; slopes too.
  static let near: [Row] = [
    Row(
      formula: (1 - cos(x)) / x.squared, at: [1e-5, 0], value: 0.4999999999958333,
      gradient: [-8.33333333327778e-07, 0]),
    Row(
      formula: (exp(x) - 1 - x) / x.squared, at: [1e-5, 0], value: 0.5000016666708334,
      gradient: [0.16666750000250004, 0]),
    Row(
      formula: (x - sin(x)) / Expr.power(x, 3), at: [1e-5, 0], value: 0.16666666666583334,
      gradient: [-1.6666666666587303e-07, 0]),
    Row(formula: sin(x) / x, at: [1e-5, 0], value: 0.9999999999833333, gradient: [-3.3333333333e-06, 0]),
    Row(
      formula: 1 / x - call("cot", x), at: [1e-5, 0], value: 3.3333333333555555e-06,
      gradient: [0.33333333334, 0]),
    Row(
      formula: call("ln", call("cosh", x)), at: [1e-5, 0], value: 4.9999999999166664e-11,
      gradient: [9.999999999666667e-06, 0]),
    Row(
      formula: 1 - cos(x * y), at: [1e-4, 1e-3], value: 4.999999999999995e-15,
      gradient: [9.999999999999984e-11, 9.999999999999984e-12]),
    Row(
      formula: (1 + x).squareRoot - 1, at: [1e-12, 0], value: 4.99999999999875e-13,
      gradient: [0.49999999999975, 0]),
    Row(
      formula: Expr.power(1 + x, 3) - 1, at: [1e-12, 0], value: 3.000000000003e-12,
      gradient: [3.000000000006, 0]),
    Row(
      formula: (Expr.power(x, 3) - 1) / (x - 1), at: [1.0 + 0x1p-30, 0], value: 3.0000000027939677,
      gradient: [3.0000000018626451, 0]),
    // With a name for x − 1 there is a term more.
    Row(
      formula: exp(sin(x - 1)) - x, at: [1.0 + 0x1p-20, 0], value: 4.5474735088636072e-13,
      gradient: [9.5367431640581632e-07, 0]),
    // A zero of the divisor that nobody wrote.
    Row(
      formula: call("ln", x) / (x.squared - x), at: [1.0 + 0x1p-30, 0], value: 0.9999999986030161397,
      gradient: [-1.4999999965851506, 0]),
    Row(
      formula: sin(x + 2) / (x.squared + x - 2), at: [-2 + 0x1p-28, 0], value: -0.3333333337472544773,
      gradient: [-0.1111111109731374, 0]),
  ]
  /// Other sums that cancel, and logarithms of what is near 1.
  static let others: [Row] = [
    Row(
      formula: 1 - call("tanh", x), at: [30, 0], value: 1.7513021525393041e-26,
      gradient: [-3.5026043050786081e-26, 0]),
    Row(
      formula: 1 - call("erf", x), at: [5, 0], value: 1.5374597944280349e-12,
      gradient: [-1.5670866531017336e-11, 0]),
    Row(
      formula: call("ln", call("sigmoid", x)), at: [50, 0], value: -1.9287498479639178e-22,
      gradient: [1.9287498479639178e-22, 0]),
    Row(
      formula: call("log10", 1 + x), at: [1e-12, 0], value: 4.342944819030347e-13,
      gradient: [0.4342944819028175, 0]),
    Row(
      formula: Expr.power(10, x) - 1, at: [1e-12, 0], value: 2.3025850929966962e-12,
      gradient: [2.302585092999347, 0]),
    Row(
      formula: call("ln", 1 - exp(x)), at: [-1e-10, 0], value: -23.025850929990458,
      gradient: [-9999999999.5, 0]),
    Row(formula: call("ln", exp(x) - 1), at: [800, 0], value: 800, gradient: [1, 0]),
    Row(formula: (x.squared + 1).squareRoot - x, at: [1e8, 0], value: 5e-9, gradient: [-5e-17, 0]),
    Row(
      formula: call("ln", x + (x.squared + 1).squareRoot), at: [-1e8, 0], value: -19.113827924512310,
      gradient: [9.9999999999999995e-09, 0]),
    Row(
      formula: x / (x.squared + y.squared).squareRoot, at: [1e10, 1], value: 1, gradient: [1e-30, -1e-20]),
    Row(
      formula: Expr.power(1 + x, y) - 1, at: [1e-9, 2.5], value: 2.500000001875e-09,
      gradient: [2.50000000375, 1.000000002e-09]),
    Row(
      formula: call("beta", x, y), at: [3, 1e-8], value: 99999998.5,
      gradient: [-0.39493406015364648, -9999999999999998]),
  ]

  @Test(arguments: (near + others).indices) func keepsTheDigitsOfDifferences(row: Int) throws {
    try keepsItsDigits(Self.near + Self.others, row)
  }

  @Test(arguments: rows.indices) func keepsItsDigits(row: Int) throws { try keepsItsDigits(Self.rows, row) }

  private func keepsItsDigits(_ rows: [Row], _ row: Int) throws {
    let row = rows[row]
    let function = try CompiledFunction(row.formula, variables: ["x", "y"])
    #expect(agree(function(row.at), row.value, within: 1e-15, size: 0), "\(function(row.at))")
    for (a, b) in zip(function.gradient(at: row.at), row.gradient) {
      #expect(agree(a, b, within: 1e-14, size: 0), "\(a) \(b)")
    }
  }

  /// Where the typed form has no value it gets none, and further away it is computed as it was typed.
  @Test func awayFromTheSeries() throws {
    let quotient = try CompiledFunction((1 - cos(x)) / x.squared, variables: ["x"])
    #expect(quotient([0]).isNaN)
    #expect(quotient([3]) == (1 - Libm.cos(3)) / 9)
    #expect(try CompiledFunction(1 - cos(x), variables: ["x"])([0]) == 0)
    // No series where the formula has none, nor where it goes on beyond the terms that are kept.
    for formula in [1 - x.squareRoot, 1 - cos(x) + Expr.power(x, 40), 1 - call("abs", x)] {
      #expect(formula.cancellationForm == nil)
    }
  }

  /// Second derivatives where the slopes of slopes cancel, against mpmath at 50 digits.
  @Test func secondDerivatives() throws {
    let sigmoid = try CompiledFunction(call("sigmoid", x), variables: ["x"])
    for (at, value) in [(1e-10, -1.25e-11), (50, -1.9287498479639178e-22), (-50, 1.9287498479639178e-22)] {
      #expect(agree(try sigmoid.hessian(at: [at])[0], value, within: 1e-14, size: 0))
    }
    for distance in [(x.squared + y.squared).squareRoot, call("hypot", x, y)] {
      let function = try CompiledFunction(distance, variables: ["x", "y"])
      let near = try function.hessian(at: [1, 1e-10])
      #expect(zip(near, [1e-20, -1e-10, -1e-10, 1]).allSatisfy { agree($0, $1, within: 1e-14, size: 0) })
      let small = try function.hessian(at: [3e-200, 4e-200])
      #expect(
        zip(small, [1.28e199, -9.6e198, -9.6e198, 7.2e198]).allSatisfy {
          agree($0, $1, within: 1e-14, size: 0)
        })
    }
    let beta = try CompiledFunction(call("beta", x, y), variables: ["x", "y"]).hessian(at: [5, 1e-8])
    #expect(agree(beta[0], 0.0487897317306, within: 1e-7, size: 0), "\(beta[0])")
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

  /// Where a part has no value, neither has the series around it.
  @Test(arguments: [
    y + y / y - 1, y + sin(y) / y - 1, x * (exp(y) + y / y - 2), exp(y) - 1 - 1 / (1 / y) + y,
    call("ln", y + y / y),
  ])
  func holesStay(formula: Expr) throws {
    let function = try CompiledFunction(formula, variables: ["x", "y"])
    #expect(function([1, 0]).isNaN && function.gradient(at: [1, 0])[1].isNaN)
    #expect((function([1, 1e-9]) - 1e-9).magnitude < 1e-17)
  }

  /// Half of an exponent 0 is 0 again: u⁰, which stays where u has no value, is not taken for a square.
  @Test func ofAPowerZeroThereIsNoRoot() throws {
    for undefined in [1 / Expr.zero, call("ln", -1), call("atanh", 3)] {
      let difference = Expr.power(undefined, .zero) - 1
      try #require(difference.stableStep(for: .values) == nil)
      #expect(try CompiledFunction(difference * x, variables: ["x"])([2]).isNaN)
    }
  }

  /// Stable forms have the values of what they stand for.
  @Test(arguments: 0..<20) func agreesWithTheTypedForm(start: Int) throws {
    var formulas = RandomFormulas(start: 12_000 + UInt64(start))
    for number in 0..<40 {
      let drawn = formulas.next(depth: 5)
      // Of x and x − 1 together, one is seldom the part that all depends on.
      let formula = number % 2 == 0 ? drawn : drawn.substituting(["y": x - 1])
      let point = formulas.point()
      let stable = formula.stableForm(for: .values)
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
