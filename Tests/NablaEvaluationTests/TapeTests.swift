import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// What programs become before they run.
@Suite struct TapeTests {
  static func tape(_ formula: Expr, _ variables: [Variable]) throws -> Tape {
    try CompiledFunction(formula, variables: variables).storage.compiled.withValuesAndPartials { $0.tape }
  }

  @Test func neighboursAreFused() throws {
    let tape = try Self.tape(3 * x.squared + 8 * x * y - 3 * pow(y, 5), ["x", "y"])
    #expect(tape.stepCount == 5, "\(tape.steps(described: ()))")
    #expect(tape.constants.sorted() == [-3, 2, 3, 5, 8])
  }

  @Test func anAngleIsReducedOnceInLanes() throws {
    let formula = call("sin", 3 * x) * call("cos", 2 * y)
    let compiled = try CompiledFunction(formula, variables: ["x", "y"]).storage.compiled
    let block = try #require(compiled.block(withPartials: true))
    let codes = (0..<block.tape.stepCount).map { block.tape.steps[$0].code }
    #expect(codes.count { $0 == .sineCosine } == 2 && !codes.contains(.sine) && !codes.contains(.cosine))
  }

  @Test func aLogisticLossTakesOneExponentialInLanes() throws {
    let formula = call("ln", 1 + exp(-1 * x * y))
    let compiled = try CompiledFunction(formula, variables: ["x", "y"]).storage.compiled
    let block = try #require(compiled.block(withPartials: true))
    let codes = (0..<block.tape.stepCount).map { block.tape.steps[$0].code }
    #expect(codes.contains(.softplusSigmoid) && !codes.contains(.softplus) && !codes.contains(.sigmoid))
  }

  @Test func longSumsBecomeRuns() throws {
    let count = 1000
    let chained = fold(.sum, 1...count - 1) { x, _ in
      100 * (x(1) - x(0).squared).squared + (1 - x(0)).squared
    }
    let tape = try Self.tape(FoldTests.written(chained), members(count))
    // The terms of the sum come by turns from two kinds, so that its additions stay single; the rest is rows.
    #expect(tape.stepCount < 2 * count + 30, "\(tape.steps(described: ()).prefix(60))")
  }
}

extension Tape {
  func steps(described: Void) -> [String] {
    (0..<stepCount).map { place in
      let s = steps[place]
      return "\(s.code)/\(s.inner) ×\(s.count) m\(s.moving) \(s.result) ← \(s.a) \(s.b) \(s.c) \(s.d)\n"
    }
  }
}
