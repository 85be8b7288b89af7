import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaEvaluation

@Suite struct HessianTests {
  struct Row {
    let formula: Expr
    let at: [Double]
    let hessian: [Double]
  }

  static let half = Expr.number(.half)
  static let rows: [Row] = [
    Row(formula: 3 * x.squared + 8 * x * y - 3 * pow(y, 5), at: [1, -1], hessian: [6, 8, 8, 60]),
    Row(formula: 7 * x - y, at: [1, 2], hessian: [0, 0, 0, 0]),
    Row(formula: 5, at: [1, 2], hessian: [0, 0, 0, 0]),
    Row(formula: x / y, at: [3, 2], hessian: [0, -0.25, -0.25, 0.75]),
    Row(formula: exp(x * y), at: [0, 2], hessian: [4, 1, 1, 0]),
    Row(formula: x.squareRoot, at: [4, 0], hessian: [-1.0 / 32, 0, 0, 0]),
    Row(formula: call("abs", x) * y, at: [-2, 3], hessian: [0, -1, -1, 0]),
    Row(formula: call("max", x.squared, y), at: [3, 1], hessian: [2, 0, 0, 0]),
    Row(formula: call("if", call(">", x, 0), pow(x, 3), y.squared), at: [2, 1], hessian: [12, 0, 0, 0]),
    Row(formula: call("sin", x) * call("floor", y), at: [0.5, 3.5], hessian: [-3 * Libm.sin(0.5), 0, 0, 0]),
    Row(formula: pow(x, 3) * pow(y, 2), at: [0, 0], hessian: [0, 0, 0, 0]),
    Row(formula: call("ln", x), at: [-1, 0], hessian: [.nan, .nan, .nan, .nan]),
    Row(formula: x * y.squareRoot, at: [1, 4], hessian: [0, 0.25, 0.25, -1.0 / 32]),
  ]

  /// A vertex that meets d of 60 others gets a colour of its own from the same d on as was recorded.
  @Test func coloursOfBandsWithAHub() throws {
    let lines = (0...4).map { width in
      let colourings = (0..<60).map { degree in
        var pairs: [UInt64] = []
        for row in 0..<60 {
          for column in max(0, row - width)...row { pairs.append(UInt64(row) << 32 | UInt64(column)) }
        }
        for other in 0..<degree where other != 30 {
          pairs.append(UInt64(max(30, other)) << 32 | UInt64(min(30, other)))
        }
        return HessianColouring(HessianPattern(size: 60, pairs: pairs))
      }
      let places = Digest("\(colourings.map { "\($0.colours) \($0.sources)" })").text
      return "\(width): " + colourings.map { "\($0.colours.count)" }.joined(separator: " ") + " [\(places)]"
    }
    #expect(try Record(name: "colourings.txt").differences(from: lines) == [])
  }

  /// Of hundreds of variables in two groups that all meet, each gets a colour of its own; of fewer, two share one.
  @Test(arguments: [(100, 100), (400, 800)]) func groupsThatMeet(group: Int, colours: Int) {
    var pairs: [UInt64] = []
    for row in 0..<2 * group {
      for column in (row / group * group)...row { pairs.append(UInt64(row) << 32 | UInt64(column)) }
    }
    let pattern = HessianPattern(size: 2 * group, pairs: pairs)
    let colouring = HessianColouring(pattern)
    #expect(colouring.colours.count == colours && colouring.colours.joined().sorted() == Array(0..<2 * group))
  }

  /// Where each variable has a colour of its own, the entries stand where they belong.
  @Test func manyVariablesThatMeet() throws {
    let variables = (1...500).map { Variable("u\($0)") }
    let linear = Expr.sum(variables.enumerated().map { .integer($0 + 1) * .variable($1) })
    let hessian = try CompiledFunction(linear.squared, variables: variables).secondDerivatives()
    #expect(hessian.productCount == 500)
    let dense = hessian.dense(at: (1...500).map { 1 / Double($0) })
    #expect(dense == (1...500).flatMap { row in (1...500).map { Double(2 * row * $0) } })
  }

  @Test(arguments: rows.indices) func dense(row: Int) throws {
    let row = Self.rows[row]
    let found = try CompiledFunction(row.formula, variables: ["x", "y"]).hessian(at: row.at)
    for (a, b) in zip(found, row.hessian) { #expect(ulps(a, b) <= 4, "\(found)") }
  }

  /// Random formulas: forward and reverse sweeps against the symbolic second derivatives.
  @Test(arguments: 0..<20) func agreesWithSymbolicSecondDerivatives(start: Int) throws {
    var formulas = RandomFormulas(start: 5000 + UInt64(start))
    var compared = 0
    for _ in 0..<25 {
      let formula = formulas.next(depth: 4)
      let point = formulas.point()
      let function = try CompiledFunction(formula, variables: LawTests.variables)
      guard function(point).isFinite, function(point).magnitude < 1e6 else { continue }
      var budget = Budget()
      let first = try formula.partials(by: LawTests.variables, budget: &budget)
      let second = try first.flatMap { try $0.partials(by: LawTests.variables, budget: &budget) }
      let expected = try CompiledFunctions(second, variables: LawTests.variables)(point)
      let found = try function.hessian(at: point)
      let size = expected.filter(\.isFinite).reduce(1) { max($0, $1.magnitude) }
      for (a, b) in zip(found, expected) where b.isFinite && size < 1e8 && a.isFinite {
        compared += 1
        #expect((a - b).magnitude <= 1e-7 * size, "\(formula.debugText) at \(point): \(a), not \(b)")
      }
    }
    #expect(compared > 50)
  }

  @Test(arguments: FoldTests.folds.indices) func throughLoops(row: Int) throws {
    let formula = FoldTests.folds[row]
    var random = SplitMix64(start: UInt64(row) + 77)
    let variables = (members(8) + ["y"]).shuffled(using: &random)
    let point = variables.map { _ in Double.random(in: 0.2...1.8, using: &random) }
    let direction = variables.map { _ in Double.random(in: -1...1, using: &random) }
    let looped = try CompiledFunction(formula, variables: variables)
    let plain = try CompiledFunction(FoldTests.written(formula), variables: variables)
    let dense = try looped.hessian(at: point)
    for (a, b) in zip(dense, try plain.hessian(at: point)) { #expect(agree(a, b, within: 1e-11)) }
    let product = try looped.hessianTimes(direction, at: point)
    for row in variables.indices {
      let expected = variables.indices.reduce(0) { $0 + dense[row * variables.count + $1] * direction[$1] }
      #expect(agree(product[row], expected, within: 1e-11))
    }
  }

  /// What chooses between its arguments bends none of them.
  @Test func choicesHaveNoSecondDerivatives() throws {
    let condition = call("<", x, y)
    for formula in [
      call("max", x, y), call("min", x, 2 * y), call("abs", x - y), call("if", condition, x, z),
      call("sign", x) * 3, call("floor", x) + y,
    ] {
      let function = try CompiledFunction(formula, variables: ["x", "y", "z"])
      #expect(try function.secondDerivatives().pattern.count == 0, "\(formula)")
    }
    let bent = try CompiledFunction(call("max", x.squared, y * z), variables: ["x", "y", "z"])
    #expect(try bent.secondDerivatives().pattern.count == 2)
  }

  @Test func patternsAreSparse() throws {
    let count = 1000
    let chained = fold(.sum, 1...count - 1) { x, _ in
      100 * (x(1) - x(0).squared).squared + (1 - x(0)).squared
    }
    for formula in [chained, FoldTests.written(chained)] {
      let hessian = try CompiledFunction(formula, variables: members(count)).secondDerivatives()
      #expect(hessian.pattern.count == 2 * count - 1)
      #expect(hessian.pattern.bandwidth == 1)
      #expect(hessian.productCount == 3)
      let values = hessian.values(at: (0..<count).map { Double($0 % 3) })
      // ∂²f/∂x₁² = 1200x₁² − 400x₂ + 2, ∂²f/∂x₂∂x₁ = −400x₁
      #expect(values[0] == -398)
      #expect(values[1] == 0)
    }
    let arrow = fold(.sum, 1...count) { x, _ in call("sin", x(0) * y) }
    let hessian = try CompiledFunction(arrow, variables: ["y"] + members(count)).secondDerivatives()
    #expect(hessian.productCount == 2)
    #expect(hessian.pattern.count == 2 * count + 1)
  }

  @Test func whatIsLinearHasNoEntries() throws {
    let formula = x + 3 * y + call("floor", x * y) + call("abs", z)
    let hessian = try CompiledFunction(formula, variables: ["x", "y", "z"]).secondDerivatives()
    #expect(hessian.pattern.count == 0)
    #expect(hessian.dense(at: [1, 2, 3]) == Array(repeating: 0, count: 9))
    #expect(hessian.times([1, 1, 1], at: [1, 2, 3]) == [0, 0, 0])
  }
}

@Suite struct RoundingLevelTests {
  @Test func cancellationIsSeen() throws {
    let formula = (1e20.exact + x).squareRoot - 1e10.exact
    let level = try CompiledFunction(formula, variables: ["x"]).roundingLevel(at: [0])
    #expect(level.value > 5e-7 && level.value < 5e-6)
  }

  @Test func aSumThatIsExactHasALevelOfItsSize() throws {
    let level = try CompiledFunction(x + y, variables: ["x", "y"]).roundingLevel(at: [1, 2])
    #expect(level.value == 3 * RoundedNumber.unit)
    #expect(level.gradient == [0, 0])
  }

  /// 0.1 and ⅓ are rounded before anything is done with them, ¾ is not: 3 is nine thirds or hardly less, of three
  /// quarters 3 is four.
  @Test func constantsThatAreRoundedSaySo() throws {
    let level = { (constant: Expr, point: Double) in
      try CompiledFunction(call("mod", x, constant), variables: ["x"]).roundingLevel(at: [point]).value
    }
    let third = Expr.integer(1) / 3
    #expect(try level(third, 3) > 0.3)
    #expect(try level(third, 3.1) < 1e-14)
    #expect(try level(.integer(3) / 4, 3) == 0)
    #expect(try CompiledFunction(third, variables: []).roundingLevel(at: []).value == RoundedNumber.unit / 3)
  }

  /// A sum of products against the same sum in twice the digits.
  @Test(arguments: 0..<20) func coversTheErrorOfRearrangedSums(start: Int) throws {
    var random = SplitMix64(start: UInt64(start) + 9)
    let variables = members(40)
    let point = variables.map { _ in Double.random(in: -1...1, using: &random) * 1e6 }
    let terms = (0..<40).map { Expr.variable(variables[$0]) * .variable(variables[($0 * 7 + 3) % 40]) }
    let total = try CompiledFunction(Expr.sum(terms), variables: variables)
    var exact = 0.0
    var correction = 0.0
    for place in 0..<40 {
      // Two-product and Neumaier's sum give the sum to twice the digits.
      let (a, b) = (point[place], point[(place * 7 + 3) % 40])
      let product = a * b
      let low = (-product).addingProduct(a, b)
      let next = exact + product
      correction += exact.magnitude >= product.magnitude ? (exact - next) + product : (product - next) + exact
      correction += low
      exact = next
    }
    let level = total.roundingLevel(at: point)
    #expect((total(point) - (exact + correction)).magnitude <= level.value)
    #expect(level.value < 0.1)
  }

  @Test func loopsAndBranches() throws {
    let formula = fold(.sum, 1...100) { x, i in call("if", call(">", x(0), 0), call("sin", x(0)), i) }
    let function = try CompiledFunction(formula, variables: members(100))
    let level = function.roundingLevel(at: (0..<100).map { Double($0 % 3 - 1) })
    #expect(level.value > 0 && level.value < 1e-10)
    #expect(level.gradient.allSatisfy { $0 >= 0 && $0 < 1e-14 })
    #expect(function.valueRoundingLevel(at: Array(repeating: 1, count: 100)) > 0)
    let logarithm = try CompiledFunction(call("ln", x), variables: ["x"])
    #expect(logarithm.roundingLevel(at: [-1]).value.isNaN)
  }

  /// A weight of 1 or 0 is rounded as one beside it.
  @Test func levelsOfWeightedSlopes() throws {
    let function = try CompiledFunction(exp(x * y) * z + x * y * z, variables: ["x", "y", "z"])
    for weight in [1.0, 2, -1, 0.5] {
      let level = function.roundingLevel(at: [0.7, 1.3, weight])
      let beside = function.roundingLevel(at: [0.7, 1.3, weight * (1 + 1e-9)])
      for place in 0..<3 {
        #expect(
          level.gradient[place] > 0
            && agree(level.gradient[place], beside.gradient[place], within: 1e-6, size: 0))
      }
    }
  }

  @Test func ofNoVariables() throws {
    let second = try CompiledFunction(Expr.integer(3), variables: []).secondDerivatives()
    #expect(second.dense(at: []).isEmpty && second.times([], at: []).isEmpty && second.productCount == 0)
  }
}
