import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Formulas of the four operations, of which the steps are fused in every way: the same bits at a point, in lanes, in long
/// programs and instruction by instruction.
@Suite struct ArithmeticLawTests {
  struct Source {
    var random: SplitMix64
    let variables: [Variable]

    mutating func leaf() -> Expr {
      if Int.random(in: 0..<8, using: &random) == 0 {
        return Expr.integer(Int.random(in: -5...7, using: &random)) / 4
      }
      return .variable(variables[Int.random(in: 0..<variables.count, using: &random)])
    }

    /// Products of up to four leaves, among them sums.
    mutating func product(_ depth: Int) -> Expr {
      let factors = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        depth > 0 && Int.random(in: 0..<4, using: &random) == 0 ? sum(depth - 1) : leaf()
      }
      let product = Expr.product(factors)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: return -product
      case 1: return product / leaf()
      case 2: return product.squared
      default: return product
      }
    }

    mutating func sum(_ depth: Int) -> Expr {
      let count = Int.random(in: 0..<6, using: &random) == 0 ? 20 : Int.random(in: 2...4, using: &random)
      return .sum((0..<count).map { _ in Bool.random(using: &random) ? product(depth) : -product(depth) })
    }
  }

  @Test(arguments: 0..<30) func sameBits(start: Int) throws {
    var source = Source(
      random: SplitMix64(start: 3000 + UInt64(start)), variables: ["a", "b", "c", "d", "x", "y", "z"])
    let count = source.variables.count
    for number in 0..<Environment.runs(20) {
      let formula = source.sum(2)
      let function = try CompiledFunction(formula, variables: source.variables)
      guard AgreementTests.isArithmetic(function) else { continue }
      let points = (0..<11).map { _ in
        (0..<count).map { _ in Double.random(in: -3...3, using: &source.random) }
      }
      let columns = (0..<count).map { place in points.map { $0[place] } }
      let rows = function.valuesAndGradients(columns: columns)
      let values = function.values(columns: columns)
      for (row, point) in points.enumerated() {
        let place = "start \(start), number \(number): \(formula.debugText) at \(point)"
        let plain = AgreementTests.plain(function, at: point)
        var gradient: [Double] = []
        let value = function.valueAndGradient(at: point, into: &gradient)
        #expect(
          AgreementTests.same(value, plain.value) && AgreementTests.same(function(point), value), "\(place)")
        #expect(
          AgreementTests.same(rows.values[row], value) && AgreementTests.same(values[row], value), "\(place)")
        for (partial, slope) in gradient.enumerated() {
          #expect(AgreementTests.same(slope, plain.gradient[partial]), "\(place), \(partial)")
          #expect(AgreementTests.same(rows.gradients[partial][row], slope), "\(place), \(partial)")
        }
      }
    }
  }

  /// Thousands of steps are run in another order, by levels, with chains of additions.
  @Test(arguments: 0..<6) func longPrograms(start: Int) throws {
    let variables = members(40)
    var source = Source(random: SplitMix64(start: 3500 + UInt64(start)), variables: variables)
    let formula = Expr.sum((0..<400).map { _ in source.product(1) })
    let function = try CompiledFunction(formula, variables: variables)
    let points = (0..<9).map { _ in variables.map { _ in Double.random(in: -2...2, using: &source.random) } }
    let rows = function.valuesAndGradients(
      columns: variables.indices.map { place in points.map { $0[place] } })
    for (row, point) in points.enumerated() {
      let plain = AgreementTests.plain(function, at: point)
      var gradient: [Double] = []
      let value = function.valueAndGradient(at: point, into: &gradient)
      #expect(AgreementTests.same(value, plain.value) && AgreementTests.same(function(point), value))
      #expect(AgreementTests.same(rows.values[row], value))
      for (partial, slope) in gradient.enumerated() {
        #expect(AgreementTests.same(slope, plain.gradient[partial]), "\(partial)")
        #expect(AgreementTests.same(rows.gradients[partial][row], slope), "\(partial)")
      }
    }
  }

  /// One rounding loses half a unit in the last place at most, and what operands carry is passed on.
  @Test func levelsOfSingleOperations() throws {
    let unit = 0x1p-53
    let point = [1.75, -3.5]
    func level(_ formula: Expr) throws -> (value: Double, gradient: [Double]) {
      try CompiledFunction(formula, variables: ["x", "y"]).roundingLevel(at: point)
    }
    #expect(try level(x + y).value == 1.75 * unit)
    #expect(try level(x * y).value == 6.125 * unit)
    #expect(try level(x / y).value == 0.5 * unit)
    #expect(try level(x.squareRoot).value == 1.75.squareRoot() * unit)
    #expect(try level(x).value == 0 && level(-x).value == 0 && level(call("abs", y)).value == 0)
    #expect(try level(x * y).gradient == [0, 0])
    let sum = try level((x + y) * (x - y)).value
    #expect(sum >= 3 * 9.1875 * unit && sum < 3.001 * 9.1875 * unit)
  }
}
