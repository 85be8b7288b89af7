import NablaBasics
import Testing

@testable import NablaAlgebra
@testable import NablaEvaluation

/// Every function of the list, compiled: at a point, over rows, over ranges, with its bound of rounding.
@Suite struct EveryFunctionTests {
  private static let numbers: [Double] = [-2.5, -1, -0.5, 0, 0.25, 1, 2, 3.75]
  private static let variables: [Variable] = ["x", "y", "z"]

  private static func value(_ function: Function, _ u: [Double]) -> Double {
    switch function.value {
    case .unary(let f): f(u[0])
    case .binary(let f): f(u[0], u[1])
    case .ternary(let f): f(u[0], u[1], u[2])
    }
  }

  /// Functions that no list has, with derivatives by each argument.
  private static let others: [Function] = [
    .init(
      "half", .unary { $0 / 2 }, derivative: .partials { _, _ in [Expr(1) / 2] }, summary: "",
      example: ("", "")),
    .init(
      "mean", .binary { ($0 + $1) / 2 }, derivative: .partials { _, _ in [Expr(1) / 2, Expr(1) / 2] },
      summary: "",
      example: ("", "")),
    .init(
      "blend", .ternary { $0 + ($1 - $0) * $2 },
      derivative: .partials { u, _ in [1 - u[2], u[2], u[1] - u[0]] },
      summary: "", example: ("", "")),
    .init(
      "middle", .ternary { ($0 + $1 + $2) / 4 },
      derivative: .partials { _, _ in [Expr(1) / 4, Expr(1) / 4, Expr(1) / 4] }, summary: "",
      example: ("", "")),
  ]

  /// Beside 0 the slope of an even function, and an odd one, are as small as x: what they are of x is the same however
  /// small x is, for a point, in lanes and in enclosures.
  @Test func theyAreStraightBesideZero() throws {
    let x = Expr("x")
    let smooth = Function.all.filter { $0.arity == 1 && $0.parity != .none && ![.cbrt, .abs].contains($0) }
    let ofOrder = [1, 2, 3, 6, 7].map { Expr.call(.polysinc, [.integer($0), x]) }
    let formulas = smooth.map { Expr.call($0, [x]) } + ofOrder + [.call(.besselj, [1, x])]
    let points = [1e-9, 1e-300, 1e-200, 1e-100, 1e-30, 1e-20, 1e-17, 1e-16, 1e-12, -1e-20]
    for formula in formulas {
      let function = try CompiledFunction(formula, variables: ["x"])
      let (values, slopes) = function.valuesAndGradients(columns: [points])
      let (value, slope) = (function(points[..<1].map { $0 }), function.gradient(at: [1e-9])[0])
      guard (value / 1e-9).magnitude < 10 || slope.magnitude < 1e-6 else { continue }
      let isOdd = value.magnitude < 1e-6
      let rate = (isOdd ? value : slope) / 1e-9
      for (place, point) in points.enumerated() {
        let expected = rate * point
        let enclosed = function.gradientEnclosure(of: [Interval(point)])
        let found = isOdd ? function([point]) : function.gradient(at: [point])[0]
        let inLanes = isOdd ? values[place] : slopes[0][place]
        let box = isOdd ? enclosed.value : enclosed.gradient[0]
        for number in [found, inLanes] {
          #expect(
            (number - expected).magnitude <= 1e-6 * expected.magnitude, "\(formula.debugText) at \(point)")
        }
        #expect(
          box.lower <= expected + 1e-6 * expected.magnitude
            && box.upper >= expected - 1e-6 * expected.magnitude,
          "\(formula.debugText) at \(point): \(box)")
      }
    }
  }

  /// A row of its own is all that a function of up to three arguments needs.
  @Test func rowsOfOtherFunctions() throws {
    let (half, mean) = (Expr.call(Self.others[0], [x]), Expr.call(Self.others[1], [x * y, z]))
    let (blend, middle) = (Expr.call(Self.others[2], [x, y, z]), Expr.call(Self.others[3], [x, y * y, z]))
    let function = try CompiledFunction(half * mean + blend * middle, variables: Self.variables)
    let written =
      x / 2 * ((x * y + z) / 2) + (x + (y - x) * z) * ((x + y * y + z) / 4)
    let plain = try CompiledFunction(written, variables: Self.variables)
    let points = [[0.3, -1.5, 2], [4, 0.1, -0.7], [-2, 3, 0.5]]
    let rows = function.values(columns: (0..<3).map { place in points.map { $0[place] } })
    for (point, row) in zip(points, rows) {
      #expect(agree(function(point), plain(point), within: 1e-14) && agree(row, plain(point), within: 1e-14))
      for (a, b) in zip(function.gradient(at: point), plain.gradient(at: point)) {
        #expect(agree(a, b, within: 1e-13))
      }
    }
  }

  /// All that are not written as powers when they are read.
  private static let names = Function.all.map(\.name).filter { $0 != "pow" && $0 != "root" }

  @Test(arguments: names) func compiled(name: String) throws {
    let function = try #require(Function.named(name))
    let variables = Array(Self.variables.prefix(function.arity))
    let arguments = [x, y, z].prefix(function.arity)
    // Another function of the same kind stands before it.
    let other = Function.all.last { $0.arity == function.arity && $0.name != name } ?? function
    let formula = Expr.call(function, Array(arguments))
    let alone = try CompiledFunction(formula, variables: variables)
    let behind = try CompiledFunction(
      0 * .call(other, arguments.map { 0 * $0 + 1 }) + formula, variables: variables)
    var points = Self.numbers.map { [$0] }
    for _ in 1..<function.arity { points = points.flatMap { point in Self.numbers.map { point + [$0] } } }
    let rows = alone.values(columns: variables.indices.map { place in points.map { $0[place] } })
    for (point, row) in zip(points, rows) {
      let exact = Self.value(function, point)
      #expect(ulps(alone(point), exact) <= 4, "\(name) \(point): \(alone(point)), not \(exact)")
      #expect(ulps(row, exact) <= 4, "\(name) \(point): \(row), not \(exact)")
      let later = behind(point)
      #expect(later.isNaN || ulps(later, exact) <= 4, "\(name) \(point): \(later), not \(exact)")
      if exact.isFinite {
        let enclosure = alone.enclosure(of: point.map { Interval($0) })
        #expect(enclosure.contains(exact), "\(name) \(point): \(exact) outside \(enclosure)")
      }
    }
  }
}
