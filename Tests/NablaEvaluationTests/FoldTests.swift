import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

@Suite struct FoldTests {
  static let rosenbrock: Expr = fold(.sum, 1...7) { x, _ in
    100 * (x(1) - x(0).squared).squared + (1 - x(0)).squared
  }

  /// Folds with all that may stand in one.
  static let folds: [Expr] = [
    rosenbrock,
    fold(.sum, 1...8) { x, i in i * x(0).squared + y * x(0) },
    fold(.sum, 2...7) { x, _ in exp(x(-1) * x(1)) / (1 + x(0).squared) },
    fold(.product, 1...8) { x, _ in x(0) },
    fold(.product, 1...8) { x, i in x(0).squared + y / i },
    y * fold(.sum, 1...8) { x, _ in x(0) } * fold(.product, 2...5) { x, _ in x(0) + y },
    fold(.sum, 1...8) { x, _ in x(0).squared }.squareRoot,
    exp(fold(.sum, 1...3) { x, i in call("sin", x(0) * i) }),
    // Nested: Σᵢ Σⱼ x[i]·x[j]·(i − j), and Πᵢ (1 + Σⱼ x[i]²·x[j + 1]·y).
    nested(.sum, .sum) { inner, outer, i, j in inner(0) * outer(0) * (i - 2 * j) },
    nested(.product, .sum) { inner, outer, _, j in outer(0).squared * inner(1) * y + j },
    nested(.sum, .product) { inner, outer, i, _ in outer(0) + inner(2) * i },
    nested(.product, .product) { inner, outer, _, j in outer(0) + inner(2) * y + j },
    fold(.sum, 1...8) { x, _ in fold(.sum, 1...8) { x, _ in x(0) } * x(0) },
    fold(.sum, 1...8) { x, _ in call("max", x(0), y) + call("abs", x(0)) },
  ]

  static func nested(
    _ outer: Fold.Kind, _ inner: Fold.Kind, _ body: ((Int) -> Expr, (Int) -> Expr, Expr, Expr) -> Expr
  ) -> Expr {
    let (i, j, family) = (Variable.openIndex("i"), Variable.openIndex("j"), Family("x"))
    let term = body(
      { .element(family, Index(j, offset: $0)) }, { .element(family, Index(i, offset: $0)) },
      .variable(i), .variable(j))
    return .fold(
      outer, index: i, from: 1, through: 4, .fold(inner, index: j, from: 2, through: 5, term))
  }

  /// The same with every sum and product written out.
  static func written(_ expression: Expr) -> Expr {
    expression.rebuilt { part in
      guard case .fold(let fold) = part.shape, fold.body.foldLevel == 0 || fold.index.indexLevel > 1 else {
        return nil
      }
      let terms = (fold.lower...fold.upper).map { written(fold.term(at: $0)) }
      return fold.kind == .sum ? .sum(terms) : .product(terms)
    }
  }

  @Test(arguments: folds.indices) func likeTheWrittenOutSum(row: Int) throws {
    let formula = Self.folds[row]
    var random = SplitMix64(start: UInt64(row))
    // Not in their order: the members are found by name.
    let variables = (members(8) + ["y"]).shuffled(using: &random)
    let point = variables.map { _ in Double.random(in: 0.2...1.8, using: &random) }
    let looped = try CompiledFunction(formula, variables: variables)
    let plain = try CompiledFunction(Self.written(formula), variables: variables)
    let values = Dictionary(zip(variables, point), uniquingKeysWith: { a, _ in a })
    #expect(agree(looped(point), TreeWalker(values: values).value(formula), within: 1e-13))
    #expect(agree(looped(point), plain(point), within: 1e-13))
    for (a, b) in zip(looped.gradient(at: point), plain.gradient(at: point)) {
      #expect(agree(a, b, within: 1e-12), "\(a) \(b)")
    }
  }

  @Test func aProductWithZerosKeepsItsSlopes() throws {
    let product = fold(.product, 1...4) { x, _ in x(0) }
    let function = try CompiledFunction(product, variables: members(4))
    #expect(function.gradient(at: [2, 0, 3, 4]) == [0, 24, 0, 0])
    #expect(function.gradient(at: [2, 0, 0, 4]) == [0, 0, 0, 0])
  }

  /// Two values from outside, one of which has an adjoint already: each gets its own share.
  @Test func valuesFromOutsideKeepTheirAdjoints() throws {
    let loop = fold(.sum, 1...3) { x, _ in x(0) * call("sin", y) * exp(z) }
    let formula = loop + call("sin", y) + exp(z)
    let function = try CompiledFunction(formula, variables: members(3) + ["y", "z"])
    let gradient = function.gradient(at: [1, 2, 3, 0.5, 0.25])
    let (sine, power) = (Libm.sin(0.5), Libm.exp(0.25))
    #expect(agree(gradient[3], Libm.cos(0.5) * (6 * power + 1), within: 1e-14))
    #expect(agree(gradient[4], power * (6 * sine + 1), within: 1e-14))
  }

  /// ∛x and ⁵√x have values below 0: an index in the exponent's denominator does not take them away.
  @Test func oddRootsByAnIndex() throws {
    let sums = [
      fold(.sum, 1...5) { x, i in pow(x(0), 1 / i) },
      fold(.product, 3...5) { x, i in pow(pow(x(0), 1 / i), -2 * i / 3) },
      Self.nested(.sum, .sum) { inner, outer, i, j in pow(inner(0) * outer(0), i / j) },
      fold(.sum, 1...4) { x, i in pow(x(0), 2 * i - 3) + pow(x(0).squared, 1 / i) + pow(2, i / 3) },
    ]
    for sum in sums {
      let looped = try CompiledFunction(sum, variables: members(8))
      let plain = try CompiledFunction(Self.written(sum), variables: members(8))
      for sign in [1.0, -1] {
        let point = (1...8).map { sign * Double($0) / 3 * ($0.isMultiple(of: 2) ? 1 : sign) }
        #expect(
          AgreementTests.same(looped(point), plain(point))
            || agree(looped(point), plain(point), within: 1e-14))
        for (a, b) in zip(looped.gradient(at: point), plain.gradient(at: point)) {
          #expect(AgreementTests.same(a, b) || agree(a, b, within: 1e-13), "\(sum.debugText): \(a), not \(b)")
        }
      }
    }
    #expect(try !CompiledFunction(sums[3], variables: members(8)).storage.compiled.program.loops.isEmpty)
    let odd =
      fold(.sum, 3...3) { x, i in pow(x(0), 1 / i) }
      + fold(.sum, 3...5) { x, i in pow(x(0), i / (2 * i - 1)) }
    #expect(try CompiledFunction(odd, variables: members(8))([0, 0, -8, -1, -1, 0, 0, 0]).isFinite)
  }

  @Test func aMissingMemberIsNamed() {
    let missing: (Int, [Variable]) -> Void = { number, variables in
      #expect(throws: CompilationError.unknownVariable(Family("x").member(number))) {
        try CompiledFunction(Self.rosenbrock, variables: variables)
      }
    }
    missing(8, members(7))
    missing(1, Array(members(8).dropFirst()))
    missing(4, members(8).filter { $0 != "x_4" })
    missing(1, [])
    missing(2, ["x_1", "x_1000000000000"])
  }

  @Test func endlessWorkIsRefused() {
    let long = fold(.sum, 1...Int.max / 4) { _, i in call("sin", i * y) }
    #expect(throws: CompilationError.overrun(.tooLarge("work"))) {
      try CompiledFunction(long, variables: ["y"])
    }
  }

  /// A sum inside that does not see the index outside is taken out of the loop: 240 loops of two terms, not 2²⁴⁰.
  @Test func innerSumsThatStandStillRunOnce() throws {
    var nested = y
    for _ in 0..<240 {
      let index = Variable.openIndex("i")
      nested = .fold(.sum, index: index, from: 1, through: 2, .variable(index) * nested)
    }
    let function = try CompiledFunction(nested, variables: ["y"])
    #expect(agree(function([1]), Libm.pow(3, 240), within: 1e-13, size: 0))
    #expect(agree(function.gradient(at: [1])[0], Libm.pow(3, 240), within: 1e-13, size: 0))
  }

  @Test func sumsThatDependOnEachOther() throws {
    let nested = { (levels: Int) -> Expr in
      let indices = (0..<levels).map { Variable.openIndex("i\($0)") }
      let body = y * .product(indices.map { .variable($0) })
      return indices.reduce(body) { .fold(.sum, index: $1, from: 1, through: 2, exp($0 / 1000) * $0) }
    }
    let function = try CompiledFunction(nested(3), variables: ["y"])
    let value = TreeWalker(values: ["y": 0.5]).value(nested(3))
    #expect(agree(function([0.5]), value, within: 1e-14))
    #expect(throws: CompilationError.overrun(.tooLarge("work"))) {
      try CompiledFunction(nested(40), variables: ["y"])
    }
  }

  @Test func aHundredThousandVariables() throws {
    let count = 100_000
    let formula = fold(.sum, 1...count - 1) { x, _ in
      100 * (x(1) - x(0).squared).squared + (1 - x(0)).squared
    }
    let function = try CompiledFunction(formula, variables: members(count))
    let point = [Double](repeating: 1.1, count: count)
    var gradient: [Double] = []
    let value = function.valueAndGradient(at: point, into: &gradient)
    #expect(agree(value, Double(count - 1) * (100 * 0.11 * 0.11 + 0.01), within: 1e-9))
    #expect(agree(gradient[count / 2], 400 * 1.1 * 0.11 + 0.2 - 200 * 0.11, within: 1e-12))
    #expect(agree(gradient[0], 400 * 1.1 * 0.11 + 0.2, within: 1e-12))
    #expect(agree(gradient[count - 1], -200 * 0.11, within: 1e-12))
  }
}
