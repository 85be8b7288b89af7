import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Long and deep formulas stay cheap.
@Suite struct SizeTests {
  @Test func aProductOfAThousandCostsThreeTimesItsLength() throws {
    let count = 1000
    let formula = Expr.product(members(count).map { .variable($0) })
    let function = try CompiledFunction(formula, variables: members(count))
    #expect(function.operations <= 3 * count)
    var point = (0..<count).map { 1 + Double($0 % 7 - 3) / 100 }
    let gradient = function.gradient(at: point)
    let value = function(point)
    for place in [0, 1, 500, 999] { #expect(agree(gradient[place], value / point[place], within: 1e-12)) }
    point[500] = 0
    let slopes = function.gradient(at: point)
    #expect(slopes[0] == 0 && slopes[500] != 0)
  }

  /// The sweep of a product keeps its factors, that of a sum nothing: of the two the product alone has a limit.
  @Test func productsOverAnIndexHaveALimit() throws {
    var limits = Limits.standard
    limits.expressionSize = 100
    for (kind, count) in [(Fold.Kind.product, 100), (.sum, 101), (.product, 101)] {
      let formula = fold(kind, 1...count) { _, i in call("sin", i * y) }
      let isTooLarge = kind == .product && count > 100
      if isTooLarge {
        #expect(throws: CompilationError.overrun(.tooLarge("expressionSize"))) {
          try CompiledFunction(formula, variables: ["y"], limits: limits)
        }
      } else {
        _ = try CompiledFunction(formula, variables: ["y"], limits: limits).gradient(at: [0.5])
      }
    }
  }

  @Test func sineNestedTwoHundredDeep() throws {
    var formula = x
    for _ in 0..<200 { formula = call("sin", formula) }
    let function = try CompiledFunction(formula, variables: ["x"])
    #expect(function.operations <= 600)
    var (value, slope) = (1.3, 1.0)
    for _ in 0..<200 { (value, slope) = (Libm.sin(value), slope * Libm.cos(value)) }
    #expect(function([1.3]) == value)
    #expect(agree(function.gradient(at: [1.3])[0], slope, within: 1e-13, size: 0))
  }

  @Test func chainedRosenbrockWrittenOut() throws {
    let count = 1000
    let formula = FoldTests.written(
      fold(.sum, 1...count - 1) { x, _ in 100 * (x(1) - x(0).squared).squared + (1 - x(0)).squared })
    let value = try CompiledFunctions([formula], variables: members(count))
    let function = try CompiledFunction(formula, variables: members(count))
    #expect(function.operations <= 3 * value.operations)
    let point = (0..<count).map { Double($0 % 5) / 4 }
    #expect(function(point) == value(point)[0])
  }

  /// f and its gradient take at most three times the operations of f.
  @Test(arguments: ["typed as a sum", "written out", "product", "nested sines"])
  func aGradientCostsThreeValues(name: String) throws {
    let chained = fold(.sum, 1...999) { x, _ in 100 * (x(1) - x(0).squared).squared + (1 - x(0)).squared }
    let (formula, variables): (Expr, [Variable]) =
      switch name {
      case "typed as a sum": (chained, members(1000))
      case "written out": (FoldTests.written(chained), members(1000))
      case "product": (Expr.product(members(1000).map { .variable($0) }), members(1000))
      default: ((0..<200).reduce(x) { inner, _ in call("sin", inner) }, ["x"])
      }
    let value = try CompiledFunctions([formula], variables: variables)
    let function = try CompiledFunction(formula, variables: variables)
    #expect(function.operations <= 3 * value.operations, "\(function.operations) of \(value.operations)")
  }

  @Test func aChainFarBeyondAnyStack() throws {
    var formula = x
    for _ in 0..<20_000 { formula = call("sin", formula + 1) }
    let function = try CompiledFunction(formula, variables: ["x"])
    #expect(function([0.5]).isFinite)
    #expect(function.gradient(at: [0.5]) == [0])
  }

  @Test func sharedPartsAreComputedOnce() throws {
    var formula = x
    for _ in 0..<100 { formula = call("sin", formula) * call("cos", formula) }
    let function = try CompiledFunctions([formula], variables: ["x"])
    #expect(function.operations <= 300)
    let powers = try CompiledFunctions([pow(x, 2), pow(x, 4), pow(x, 8), -3 * pow(x, 4)], variables: ["x"])
    #expect(powers.operations == 5)
    #expect(powers([2]) == [4, 16, 256, -48])
  }

  @Test func manyTasksAtOnce() async throws {
    let function = try CompiledFunction(FoldTests.rosenbrock, variables: members(8))
    let expected = (0..<64).map { start in function.gradient(at: Self.point(start)) }
    await withTaskGroup(of: (Int, [Double]).self) { group in
      for start in 0..<64 {
        group.addTask {
          var gradient: [Double] = []
          for _ in 0..<50 { _ = function.valueAndGradient(at: Self.point(start), into: &gradient) }
          return (start, gradient)
        }
      }
      for await (start, gradient) in group { #expect(gradient == expected[start]) }
    }
  }

  private static func point(_ start: Int) -> [Double] { (0..<8).map { Double(start * 8 + $0) / 100 } }
}
