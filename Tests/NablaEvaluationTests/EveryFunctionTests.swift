import NablaAlgebra
import NablaBasics
import Testing

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
