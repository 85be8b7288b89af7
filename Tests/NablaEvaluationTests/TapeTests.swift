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
    #expect(tape.constants.sorted() == [-15, 3, 6, 8])
  }

  /// Two neighbours of a short tape in one step, where nothing that the second needs stands between them.
  @Test(arguments: [
    (x * y * z, [StepCode.twoProducts, .twoProducts]), (x / y, [.quotientAndSlopes]),
    (1 / (x / y + z), [.divide, .add, .divide, .negatedProduct, .ratioAndProduct]),
    ((x + y) * (x - y) + z, [.sumAndDifference, .multiplyAdd, .multiply, .negatedProduct]),
    (call("sin", x * y) * z, [.multiply, .sineCosine, .twoProducts, .twoProducts]),
  ])
  func neighboursShareAStep(formula: Expr, codes: [StepCode]) throws {
    let tape = try Self.tape(formula, ["x", "y", "z"])
    #expect((0..<tape.stepCount).map { tape.steps[$0].code } == codes)
  }

  /// −x² − y² is made of the x² + y² that stands beside it.
  @Test func whatIsNegativeAsAWholeIsAddedUp() throws {
    let formula = call("exp", -x.squared - y.squared) + call("log1p", x.squared + y.squared)
    let program = try CompiledFunctions([formula], variables: ["x", "y"]).operations
    #expect(program == 7)
    let signs = try CompiledFunction(-x - y + z - 1, variables: ["x", "y", "z"])
    #expect(signs([2, 3, 4]) == -2 && signs.gradient(at: [2, 3, 4]) == [-1, -1, 1])
  }

  @Test func anAngleIsReducedOnce() throws {
    let formula = call("sin", 3 * x) * call("cos", 2 * y)
    let compiled = try CompiledFunction(formula, variables: ["x", "y"]).storage.compiled
    let block = try #require(compiled.block(withPartials: true))
    for tape in [block.tape, compiled.withValuesAndPartials { $0.tape }] {
      let codes = (0..<tape.stepCount).map { tape.steps[$0].code }
      #expect(codes.count { $0 == .sineCosine } == 2 && !codes.contains(.sine) && !codes.contains(.cosine))
    }
  }

  /// Bit for bit, or a formula would change with its gradient.
  @Test func sineAndCosineTogetherAreThoseAlone() {
    var numbers = (0..<20_000).map { Double($0) * 0.0137 - 137 }
    numbers += [0, -0.0, .leastNonzeroMagnitude, 1e-300, .pi, -.pi / 2, 1e5, 1e22, .greatestFiniteMagnitude]
    for number in numbers {
      let (sine, cosine) = Libm.sinAndCos(number)
      #expect(sine.bitPattern == Libm.sin(number).bitPattern, "sin \(number)")
      #expect(cosine.bitPattern == Libm.cos(number).bitPattern, "cos \(number)")
    }
    for number in [Double.nan, .infinity] {
      #expect(Libm.sinAndCos(number).sin.isNaN && Libm.sinAndCos(number).cos.isNaN)
    }
  }

  /// Coordinates go in and slopes come out in the caller's order, whatever order the formula reads them in, and whether
  /// it reads them all.
  @Test(arguments: [["x", "y", "z"], ["z", "y", "x"], ["y", "w", "x", "z"]])
  func slopesAreInTheOrderOfTheVariables(names: [String]) throws {
    let function = try CompiledFunction(z * y.squared + 5 * x, variables: names.map { Variable($0) })
    let point = ["x": 2.0, "y": 3, "z": 4, "w": 1]
    let slopes = ["x": 5.0, "y": 24, "z": 9, "w": 0]
    var gradient = [Double](repeating: 7, count: names.count)
    #expect(function.valueAndGradient(at: names.map { point[$0] ?? 0 }, into: &gradient) == 46)
    #expect(gradient == names.map { slopes[$0] })
  }

  /// Slopes whose sum is not finite are looked at one by one.
  @Test func largeSlopesAreFinite() throws {
    let function = try CompiledFunction(1e308.exact * x + 1.5e308.exact * y, variables: ["x", "y"])
    var gradient: [Double] = []
    #expect(function.valueAndGradient(at: [0, 0], into: &gradient) == 0)
    #expect(gradient == [1e308, 1.5e308])
    let infinite = try CompiledFunction(1e308.exact * x - 1e308.exact * y.squared, variables: ["x", "y"])
    #expect(infinite.valueAndGradient(at: [0, 10], into: &gradient) == -.infinity)
    #expect(gradient == [1e308, -.infinity])
  }

  @Test func aLogisticLossTakesOneExponentialInLanes() throws {
    let formula = call("ln", 1 + exp(-1 * x * y))
    let compiled = try CompiledFunction(formula, variables: ["x", "y"]).storage.compiled
    let block = try #require(compiled.block(withPartials: true))
    let codes = (0..<block.tape.stepCount).map { block.tape.steps[$0].code }
    #expect(codes.contains(.softplusSigmoid) && !codes.contains(.softplus) && !codes.contains(.sigmoid))
  }

  /// 3(2x) is 6x, as 3·2 is exact; 0.3(0.1x) stays as it is.
  @Test func constantsOfAdjointsAreJoined() throws {
    #expect(try Self.tape(3 * x.squared, ["x"]).constants.sorted() == [3, 6])
    let scope = Scope()
    let input = scope.input(.variable(0))
    let tenth = scope.multiply(scope.constant(0.1), input)
    #expect(scope.multiply(tenth, scope.constant(4)) == scope.multiply(input, scope.constant(0.4)))
    #expect(scope.instructions.count == 2)
    _ = scope.multiply(tenth, scope.constant(0.3))
    #expect(scope.instructions.count == 3)
    #expect(scope.multiply(scope.constant(2), scope.multiply(input, scope.constant(0.5))) == input)
  }

  /// ∂√(x² + y²)/∂x = x/√…: the ½ of the root and the 2 of the square are 1.
  @Test func aNormHasNoConstants() throws {
    let norm = pow(x.squared + y.squared, 1 / 2)
    #expect(try Self.tape(norm, ["x", "y"]).constants == [1])
    let function = try CompiledFunction(norm, variables: ["x", "y"])
    let inverse = 1 / 5.0
    #expect(function.gradient(at: [3, 4]) == [3 * inverse, 4 * inverse])
    #expect(function.gradient(at: [0, 0]).allSatisfy { $0.isNaN })
  }

  /// The steps of results leave them with positive zeros, and constants stand last in their products.
  @Test func stepsOfLanesKnowConstantsAndResults() throws {
    let compiled = try CompiledFunction(
      3 * x.squared + 8 * x * y - 3 * pow(y, 5), variables: ["x", "y"]
    ).storage.compiled
    let tape = try #require(compiled.block(withPartials: true)).tape
    #expect(tape.settledSlots == Set(tape.outputs[1...]))
    let traits = (0..<tape.stepCount).map { tape.steps[$0].traits }
    #expect(traits.count { $0.intersection(.constants) == .bd } == 2)
    #expect(traits.allSatisfy { $0 == .none || !$0.isDisjoint(with: .constants) })
    // A partial derivative that others are computed from stays as it is until the end.
    let shared = try CompiledFunction(x * y * z, variables: ["x", "y", "z"]).storage.compiled
    let other = try #require(shared.block(withPartials: true)).tape
    for slot in other.settledSlots {
      let place = try #require((0..<other.stepCount).last { Int(other.steps[$0].result) == slot })
      for later in place + 1..<max(place + 1, other.stepCount) {
        let step = other.steps[later]
        #expect((0..<step.code.arity).allSatisfy { Int(step[operand: $0]) != slot })
      }
    }
  }

  /// What is the same in all rows is no row: kernels keep parameters in registers as they keep constants.
  @Test func stepsOfLanesKnowParameters() throws {
    let model = Expr("a") * x + Expr("b") * y
    let function = try CompiledFunction(
      model, variables: ["x", "y", "a", "b"], parameters: ["a", "b"], limits: .standard)
    let tape = try #require(function.storage.compiled.block(withPartials: false)).tape
    #expect((0..<tape.stepCount).map { tape.steps[$0].traits } == [.bd])
    let free = try CompiledFunction(model, variables: ["x", "y", "a", "b"]).storage.compiled
    let other = try #require(free.block(withPartials: false)).tape
    #expect((0..<other.stepCount).map { other.steps[$0].traits } == [.none])
  }

  /// A slope that is not finite is looked at by a tape that knows adjoints of 0; where all are finite it is never made.
  @Test func carefulTapesAreMadeWhereTheyAreNeeded() throws {
    let letters = members(60)
    let long: Expr = .sum(letters.map { Expr.variable($0).squareRoot * y })
    for (formula, variables) in [
      (x.squareRoot * y, ["x", "y"]), (x.squareRoot * y, ["x", "z", "y"]), (long, letters + ["y"]),
    ] as [(Expr, [Variable])] {
      let function = try CompiledFunction(formula, variables: variables)
      let block = try #require(function.storage.compiled.block(withPartials: true))
      func isCareful() -> (Bool, Bool) {
        (
          function.storage.compiled.withValuesAndPartials { $0.deciding.value != nil },
          block.deciding.value != nil
        )
      }
      for (first, expected) in [(4.0, false), (0.0, true)] {
        let point = [first] + variables.dropFirst().map { _ in 2.0 }
        _ = function.gradient(at: point)
        _ = function.valuesAndGradients(columns: point.map { [$0, $0, $0] })
        #expect(isCareful() == (expected, expected), "\(variables.count), \(first)")
      }
    }
  }

  /// Four pieces of memory are kept as they were given back, and taken before a new one is made.
  @Test func memoryThatIsGivenBackIsTakenAgain() throws {
    let tape = try Self.tape(3 * x, ["x"])
    let capacity = tape.slotCount + 8
    let scratch = Scratch(capacity: capacity, for: tape)
    for round in 1...3 {
      let pieces = (0..<5).map { _ in scratch.take() }
      #expect(Set(pieces).count == 5)
      #expect(pieces.count { $0[capacity - 1] == Double(round - 1) } == (round == 1 ? 5 : 4))
      for piece in pieces { piece[capacity - 1] = Double(round) }
      for piece in pieces { scratch.give(piece) }
    }
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
