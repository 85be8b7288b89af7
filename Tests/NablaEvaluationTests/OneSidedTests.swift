import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// What is said of points where a formula bends, jumps or has only a limit.
@Suite struct OneSidedTests {
  struct KinkRow {
    let formula: Expr
    let at: [Double]
    /// Variable, slope and value below, slope and value above.
    let kinks: [(Variable, Double, Double, Double, Double)]
  }

  static let kinkRows: [KinkRow] = [
    KinkRow(formula: call("abs", x), at: [0, 1], kinks: [("x", -1, 0, 1, 0)]),
    KinkRow(formula: call("abs", x), at: [1e-300, 1], kinks: []),
    KinkRow(formula: x * call("abs", x), at: [0, 1], kinks: []),
    KinkRow(formula: call("abs", x.squared), at: [0, 1], kinks: []),
    KinkRow(formula: call("abs", x - y), at: [2, 2], kinks: [("x", -1, 0, 1, 0), ("y", -1, 0, 1, 0)]),
    KinkRow(formula: call("max", x.squared, x), at: [1, 1], kinks: [("x", 1, 1, 2, 1)]),
    KinkRow(formula: call("min", x, 2 - x) * y, at: [1, 3], kinks: [("x", 3, 3, -3, 3)]),
    KinkRow(formula: call("floor", x) * x, at: [2, 0], kinks: [("x", 1, 2, 2, 4)]),
    KinkRow(formula: call("round", x), at: [2.5, 0], kinks: [("x", 0, 2, 0, 3)]),
    KinkRow(formula: call("ceil", x), at: [2, 0], kinks: [("x", 0, 2, 0, 3)]),
    KinkRow(formula: call("mod", x, 3), at: [6, 0], kinks: [("x", 1, 3, 1, 0)]),
    KinkRow(formula: call("sign", x), at: [0, 0], kinks: [("x", 0, -1, 0, 1)]),
    KinkRow(formula: call("relu", x), at: [0, 0], kinks: [("x", 0, 0, 1, 0)]),
    KinkRow(formula: call("clamp", x, 0, 5), at: [5, 0], kinks: [("x", 1, 5, 0, 5)]),
    KinkRow(
      formula: call("if", call("<", x, 1), x.squared, 3 - x), at: [1, 0], kinks: [("x", 2, 1, -1, 2)]),
    // The kink stands in the branch that is not taken, or under a constant.
    KinkRow(formula: call("if", call("<", x, 1), x.squared, call("abs", y)), at: [0, 0], kinks: []),
    KinkRow(formula: call("abs", call("abs", x) - 1), at: [1, 0], kinks: [("x", -1, 0, 1, 0)]),
    KinkRow(
      formula: call("abs", call("max", x, y)), at: [0, 0], kinks: [("x", 0, 0, 1, 0), ("y", 0, 0, 1, 0)]),
    KinkRow(formula: call("hypot", x, y), at: [0, 0], kinks: [("x", -1, 0, 1, 0), ("y", -1, 0, 1, 0)]),
    KinkRow(formula: call("hypot", x, y), at: [0, 1], kinks: []),
    KinkRow(formula: call("atan2", y, x), at: [-2, 0], kinks: [("y", -0.5, -.pi, -0.5, .pi)]),
    KinkRow(formula: call("atan2", y, x), at: [2, 0], kinks: []),
  ]

  @Test(arguments: kinkRows.indices) func kinks(row: Int) throws {
    let row = Self.kinkRows[row]
    let function = try CompiledFunction(row.formula, variables: ["x", "y"])
    let found = function.kinks(at: row.at)
    #expect(found.map(\.variable) == row.kinks.map { $0.0 })
    for (kink, expected) in zip(found, row.kinks) {
      #expect(kink.below == Kink.Side(value: expected.2, slope: expected.1))
      #expect(kink.above == Kink.Side(value: expected.4, slope: expected.3))
      #expect(kink.here.value == function(row.at))
    }
  }

  /// However fast values come near to their limit, it is known to ten digits.
  @Test func limitsAreNear() throws {
    let wave = call("sin", x) / x
    let rows: [(Expr, Double, Double)] = [
      (wave, 1, 1), (wave + x, 1, 1), (wave - 3 * x + x.squared, 1, 1), (2 * wave + exp(x), 3, 3),
      (x / call("abs", x) + x / 3, -1, 1), (call("arctan", x.reciprocal) - x, -.pi / 2, .pi / 2),
      (x / call("abs", x) + call("sin", 5 * x), -1, 1), (wave * call("sqrt", 4 + x), 2, 2),
    ]
    for (formula, below, above) in rows {
      let limit = try CompiledFunction(formula, variables: ["x"]).limit(at: [0])
      for (found, expected) in [(limit?.below, below), (limit?.above, above)] {
        let found = try #require(found, "\(formula.debugText)")
        #expect((found - expected).magnitude <= 1e-10 * expected.magnitude, "\(formula.debugText): \(found)")
      }
    }
  }

  @Test func kinksUnderASum() throws {
    let norm = fold(.sum, 1...5) { x, _ in call("abs", x(0)) }
    let function = try CompiledFunction(norm, variables: members(5))
    let found = function.kinks(at: [1, 0, -2, 0, 3])
    #expect(found.map(\.variable) == ["x_2", "x_4"])
    #expect(found.first?.below?.slope == -1 && found.first?.above?.slope == 1)
    #expect(found.first?.isJump == false)
  }

  /// A point that is rounded lies beside its kink, on either side of it.
  @Test func besideAKink() throws {
    for off in [0.9e-9, -0.9e-9, 0.2e-9] {
      let bend = try CompiledFunction(call("abs", x - off.exact), variables: ["x"])
      #expect(bend.kinks(at: [0]).isEmpty)
      let kink = try #require(bend.kinks(at: [0], within: 1e-9).first)
      #expect(!kink.isJump && kink.below?.slope == -1 && kink.above?.slope == 1)
      let angle = try CompiledFunction(call("atan2", x - off.exact, Expr.integer(-2)), variables: ["x"])
      let turn = try #require(angle.kinks(at: [0], within: 1e-9).first)
      #expect(turn.isJump)
      #expect(agree(try #require(turn.below?.value), -.pi, within: 1e-8))
      #expect(agree(try #require(turn.above?.value), .pi, within: 1e-8))
    }
  }

  @Test func aSideWithoutAValue() throws {
    let formula = call("if", call(">", x, 0), call("ln", x), x)
    let kink = try #require(try CompiledFunction(formula, variables: ["x"]).kinks(at: [0]).first)
    #expect(kink.above == nil)
    #expect(kink.below == Kink.Side(value: 0, slope: 1))
  }

  struct LimitRow {
    let formula: Expr
    let at: Double
    let below: Double?
    let above: Double?
  }

  static let limitRows: [LimitRow] = [
    LimitRow(formula: call("sin", x) / x, at: 0, below: 1, above: 1),
    LimitRow(formula: x * call("ln", x), at: 0, below: nil, above: 0),
    LimitRow(formula: call("arctan", 1 / x), at: 0, below: -.pi / 2, above: .pi / 2),
    LimitRow(formula: (1 / x).reciprocal, at: 0, below: 0, above: 0),
    LimitRow(formula: call("tanh", 1 / x), at: 0, below: -1, above: 1),
    LimitRow(formula: call("min", 1 / x, 2), at: 0, below: nil, above: 2),
    LimitRow(formula: (1 - call("cos", x)) / x.squared, at: 0, below: 0.5, above: 0.5),
    LimitRow(formula: (x.squared - 1) / (x - 1), at: 1, below: 2, above: 2),
    LimitRow(formula: (exp(x) - 1) / x, at: 0, below: 1, above: 1),
    LimitRow(formula: exp(-1 / x.squared), at: 0, below: 0, above: 0),
    LimitRow(formula: 1 / x, at: 0, below: nil, above: nil),
    LimitRow(formula: call("ln", x), at: 0, below: nil, above: nil),
    LimitRow(formula: call("sin", 1 / x), at: 0, below: nil, above: nil),
    LimitRow(formula: 1 + 1e-9.exact / x, at: 0, below: nil, above: nil),
    LimitRow(formula: 1 / call("ln", x), at: 0, below: nil, above: nil),
    LimitRow(formula: call("ln", x), at: -1, below: nil, above: nil),
  ]

  @Test(arguments: limitRows.indices) func limits(row: Int) throws {
    let row = Self.limitRows[row]
    let function = try CompiledFunction(row.formula, variables: ["x"])
    #expect(!function([row.at]).isFinite)
    let limit = function.limit(at: [row.at])
    for (found, expected) in [(limit?.below, row.below), (limit?.above, row.above)] {
      #expect((found == nil) == (expected == nil), "\(String(describing: found))")
      guard let found, let expected else { continue }
      #expect((found - expected).magnitude <= 1e-7)
      if expected == 0 { #expect(found == 0) }
    }
  }

  /// What seems to be a limit until the value moves on by more than a millionth of its size is none.
  @Test func limitsThatAreLeft() throws {
    for (late, isLimit) in [(1e-7, true), (5e-6, false), (-5e-6, false)] {
      let bend = late.exact * 1e-6.exact / (1e-6.exact + call("abs", x))
      let function = try CompiledFunction(call("sin", x) / x + bend, variables: ["x"])
      #expect((function.limit(at: [0])?.common != nil) == isLimit, "\(late)")
    }
  }

  /// 10⁻⁴⁰⁰/x grows without bound at 0, though its values are 0 to every computer; ⌊x/9⌋/x has true zeros above.
  @Test func zerosTooSmallForANumberAreNoLimit() throws {
    let tiny = exp(-500 * (x.squared + 1))
    #expect(try CompiledFunction(tiny * tiny / x, variables: ["x"]).limit(at: [0]) == nil)
    let steps = try CompiledFunction(call("floor", x / 9) / x, variables: ["x"]).limit(at: [0])
    #expect(steps?.above == 0 && steps?.below == nil)
  }

  @Test func alongTheVariableThatIsAtFault() throws {
    let function = try CompiledFunction(y + call("sin", x) / x, variables: ["y", "x"])
    let limit = try #require(function.limit(at: [2, 0]))
    #expect(limit.variable == "x")
    #expect(agree(try #require(limit.common), 3, within: 1e-9))
    #expect(try CompiledFunction(1 / (x - y), variables: ["x", "y"]).limit(at: [1, 1]) == nil)
    #expect(function.limit(at: [1, 1]) == nil)
  }
}
