import NablaBasics
import Testing

@testable import NablaAlgebra

private let x = Expr("x")
private let y = Expr("y")

/// Every rule and every condition, at points: the start is fixed, so that a failure can be run again.
@Suite struct RuleLawTests {
  /// Rules that compute what they make, each with what it is for.
  static let examples: [(rule: String, expression: Expr)] = [
    ("power of zero", pow(.call(.ln, [x]), 0)), ("cancel the common factor", x / x),
    ("cancel the common factor", x * x.squareRoot.reciprocal), ("powers of one base", x * x.squareRoot),
    ("powers of one base", .product([pow(x, y), pow(x, y)])),
    ("symbolic power of a power", pow(x, y).squared), ("symbolic power of a power", pow(pow(x, y), -3)),
    ("cancel the symbolic power", .product([pow(x, y + 1), pow(x, y).reciprocal])),
    (
      "radicand out of the power of a root",
      .product([2, .pi, y, pow(2 * .pi * y.squared, .rational(-3, 2)), x])
    ),
    ("roots of numbers together", .product([Expr(2).squareRoot, Expr(3).squareRoot])),
    ("roots of numbers together", .product([Expr(10).squareRoot, Expr(5).squareRoot.reciprocal])),
    ("(1 ± cos 2u)/2 is a square", (1 + .call(.cos, [2 * x])) / 2),
    ("(1 ± cos 2u)/2 is a square", .product([.rational(3, 2), y, 1 - .call(.cos, [2 * x])])),
    ("(1 ± cos 2u)/2 is a square", y / 2 - y * .call(.cos, [4 * x]) / 2),
    ("(1 ± cos 2u)/2 is a square", .call(.cosh, [2 * x]) / 2 - .rational(1, 2)),
    ("power of a power", x.squared.squareRoot), ("power of a power", x.reciprocal.reciprocal),
    ("numbers across a root", 6 / Expr(3).squareRoot),
    ("cube of a cube root", pow(.call(.cbrt, [x]), 5)), ("cube of a cube root", pow(.call(.cbrt, [x]), -3)),
    ("square of a hypotenuse", hypot(x, y).squared), ("square of a hypotenuse", pow(hypot(x, 3), 4)),
    ("cube root beside its radicand", x * pow(.call(.cbrt, [x.squared]), -2)),
    ("cube root beside its radicand", .product([x.squared, y, pow(.call(.cbrt, [x.squared]), -5)])),
    ("cube root beside its radicand", x / .call(.cbrt, [x])),
    ("cube root beside its radicand", pow(.call(.cbrt, [x]), 4) / x),
    (
      "choice beside what it chooses",
      .product([.call(.if, [.call(.lessOrEqual, [0, x]), 0, y]), .call(.min, [0, x]).squared])
    ),
    (
      "choice beside what it chooses",
      .product([.call(.if, [.call(.greaterOrEqual, [x, 0]), y, 0]), .call(.max, [x, 0])])
    ),
    (
      "choice beside what it chooses",
      .product([
        .call(.if, [.call(.lessOrEqual, [x, y]), 0, 1]), .call(.if, [.call(.lessOrEqual, [x, y]), 0, x]),
      ])
    ),
    (
      "choice beside what it chooses",
      .product([.call(.if, [.call(.greater, [x, 0]), y, 0]), .call(.relu, [x])])
    ),
    ("sign beside what vanishes with it", x * .call(.sign, [x.squared])),
    ("sign beside what vanishes with it", .product([x, y.squared, .call(.sign, [x.squared * pow(y, 4)])])),
    ("sign beside what vanishes with it", y * .call(.sign, [x.squared + 3 * y.squared])),
    ("logarithm of a power", .call(.ln, [pow(x, x)])),
    (
      "choice inside a choice",
      .call(.if, [.call(.less, [x, 1]), .call(.if, [.call(.less, [y, x]), x, 3]), 3])
    ),
    ("bound of the larger or the smaller", .call(.lessOrEqual, [.call(.max, [x, 0]), 1])),
    ("bound of the larger or the smaller", .call(.greater, [.call(.min, [x, 2]), 1])),
    ("root beside its radicand", x * y / (x * y).squareRoot),
    ("root beside its radicand", .product([x, y, pow(x * y, y - 1)])),
    (
      "number under a root beside a number's root",
      .product([
        Expr(2).squareRoot.reciprocal, (x.squared + 1) / 2, pow((x.squared + 1) / 2, -.rational(1, 2)),
      ])
    ),
    (
      "number under a root beside a number's root",
      .product([Expr(2).squareRoot, (x / 2 + 3).squareRoot])
    ),
    ("logarithm of an exponential", .call(.ln, [exp(x)])),
    ("exponential of a logarithm", exp(y * .call(.ln, [x]))),
    ("logarithm of a power beside that of its base", .call(.ln, [x.squared]) - 3 * .call(.ln, [x])),
    ("function of an inverse", .call(.sin, [.call(.arcsin, [x])])),
    ("function of an inverse", .call(.cos, [.call(.arcsin, [x])])),
    ("function of an inverse", .call(.tan, [.call(.arccos, [x])])),
    ("function of an inverse", .call(.cot, [.call(.arccos, [x])])),
    ("function of an inverse", .call(.csc, [.call(.arctan, [x])])),
    ("function of an inverse", .call(.sec, [.call(.arcsin, [x])])),
    ("function of an inverse", .call(.cos, [.call(.arctan, [x])])),
    ("function of an inverse", .call(.sin, [2 * .call(.arctan, [x])])),
    ("function of an inverse", .call(.cos, [2 * .call(.arctan, [x])])),
    ("function of an inverse", .call(.tan, [2 * .call(.arctan, [x])])),
    ("function of an inverse", .call(.sin, [2 * .call(.arccos, [x])])),
    ("function of an inverse", .call(.cos, [2 * .call(.arccos, [x])])),
    ("function of an inverse", .call(.cos, [2 * .call(.arcsin, [x])])),
    ("function of an inverse", .call(.cosh, [.call(.acosh, [x])])),
    ("function of an inverse", .call(.coth, [.call(.asinh, [x])])),
    ("function of an inverse", .call(.sinh, [.call(.atanh, [x])])),
    ("absolute value of what is not negative", .call(.abs, [x.squared])),
    ("sign of what is positive", .call(.sign, [x.squared + 1])),
    ("positive factors leave a sign", .call(.sign, [x * exp(y)])),
    ("factors that are not negative leave an absolute value", .call(.abs, [x * y.squared])),
    ("even power of an absolute value", Expr.call(.abs, [x]).squared),
    ("even power of a sign", Expr.call(.sign, [x]).squared),
    ("absolute value times sign", .call(.abs, [x]) * .call(.sign, [x])),
    ("number times its sign", x * .call(.sign, [x])), ("zero times", 0 / x),
    ("sign into the bracket", -2 * (1 - x)), ("sign out of the bracket", .product([y, -x - 1])),
    ("opposite brackets", .product([x - y, pow(y - x, -3)])),
    ("common number out of the bracket", 3 * (2 * x + 4)),
    ("common number out of the power of a bracket", pow(2 * x + 4, 3)),
    ("quarter turns", .call(.sin, [x + Expr.pi / 2])),
    ("quarter turns", .call(.cos, [2 * x - 3 * Expr.pi / 2])),
    ("quarter turns", .call(.tan, [Expr.pi - x])), ("quarter turns", .call(.csc, [x + y + 3 * Expr.pi])),
    ("quarter turns", .call(.sec, [x + Expr.pi / 2])), ("quarter turns", .call(.cot, [x - Expr.pi / 2])),
    ("e^u and e^(−u) as hyperbolic functions", y * exp(2 * x) - y * exp(-2 * x) + 1),
    ("sigmoid(u) + sigmoid(−u) = 1", y * .call(.sigmoid, [x]) + 2 + y * .call(.sigmoid, [-x])),
    ("sum of logarithms", .call(.ln, [3 * x]) + .call(.ln, [y])),
    ("sum of logarithms", y * .call(.ln, [x]) / 3 + y * .call(.ln, [x + 1]) / 3),
    ("sum of logarithms", .call(.ln, [6]) - .call(.ln, [2]) + x),
    ("logarithms of powers of one number", x * .call(.ln, [8]) / .call(.ln, [Expr.rational(1, 4)])),
    ("powers of numbers", .product([.power(4, x), .power(2, -x)])),
    ("powers of numbers", .product([.power(2, x), .power(3, x)])),
    ("powers of numbers", .product([.power(6, x), .power(3, -x)])),
    ("powers of numbers", .product([.power(4, x), .power(2, y - 2 * x)])),
    ("logarithm in an exponent", exp(y + 2 * .call(.ln, [x]))),
    ("power to a quotient of logarithms", .power(x, .call(.ln, [y]) / .call(.ln, [x]))),
    ("power to a quotient of logarithms", .power(x, y / .call(.ln, [x]))),
    ("root of a number and a root", (3 + 2 * Expr(2).squareRoot).squareRoot),
    ("root of a number and a root", (5 - 2 * Expr(6).squareRoot).squareRoot),
    ("brackets of numbers and roots", (Expr(5).squareRoot + 1).squared / 4),
    ("no root under the line", x / (Expr(2).squareRoot - 1)),
    (
      "sum of powers of the index",
      .fold(.sum, index: .openIndex("i"), from: -2, through: 5, x * pow(.variable(.openIndex("i")), 3) + y)
    ),
    (
      "number out of a sum over an index",
      .fold(.sum, index: .openIndex("i"), from: 1, through: 3, 2 * x * .variable(.openIndex("i")))
    ),
  ]

  private static let all: [Rule] = {
    var rules: [Rule] = []
    let groups = Rule.all + Rule.finishing + [Rule.ofHalfAngles, Rule.ofReciprocals, Rule.ofShortening]
    for rule in groups.flatMap(\.rules) where !rules.contains(where: { $0.name == rule.name }) {
      rules.append(rule)
    }
    return rules
  }()

  /// What a rule is tried on: its own pattern over several parts, or its examples.
  private static func cases(of rule: Rule) -> [Expr] {
    guard let (pattern, _) = rule.sides else {
      return examples.filter { $0.rule == rule.name }.map(\.expression)
    }
    let parts = [x, 2 * x + 1, x * y, x.squared + y]
    return parts.map { part in
      let found = pattern.substituting([Variable("?u"): part, Variable("?v"): y, Variable("?r"): y + 2])
      // A common multiplier of all terms, a factor beside all factors.
      return (y * found).expanded() ?? found
    }
  }

  @Test(arguments: all.map(\.name))
  func holdsAtTwentyPoints(name: String) throws {
    let rule = try #require(Self.all.first { $0.name == name })
    let cases = Self.cases(of: rule)
    #expect(!cases.isEmpty, "nothing to try \(name) on")
    var random = SplitMix64(start: 2026)
    var isUsed = false
    for before in cases {
      let applied = rule.apply(before)
      #expect(applied != nil || rule.sides != nil, "\(name) does not apply to \(before.debugText)")
      guard let result = applied else { continue }
      isUsed = true
      guard before.foldLevel == 0 else { continue }
      var points = 0
      for _ in 0..<2_000 where points < 20 {
        let point = [
          Variable("x"): Double.random(in: -3...3, using: &random),
          Variable("y"): Double.random(in: -3...3, using: &random),
        ]
        let isAllowed = result.conditions.allSatisfy { condition in
          let value = condition.subject.value(point)
          switch condition.kind {
          case .nonzero: return value != 0
          case .positive: return value > 0
          case .nonnegative: return value >= 0
          }
        }
        let (a, b) = (before.value(point), result.expression.value(point))
        guard isAllowed, a.isFinite, a.magnitude < 1e8 else { continue }
        points += 1
        #expect(
          (a - b).magnitude <= 1e-8 * max(1, a.magnitude),
          "\(name): \(before.debugText) and \(result.expression.debugText) at \(point)")
      }
      #expect(
        points == 20 || before.freeVariables.isEmpty, "\(name) on \(before.debugText): \(points) points")
    }
    #expect(isUsed, "\(name) applies to none of its examples")
  }

  /// What cancels, and what must hold for it.
  static let conditions: [(Expr, Rule.Condition)] = [
    (x / x, .init(subject: x, kind: .nonzero)),
    (x.squareRoot.squared, .init(subject: x, kind: .nonnegative)),
    (exp(.call(.ln, [x])), .init(subject: x, kind: .positive)),
    (x / .call(.abs, [x]), .init(subject: x, kind: .nonzero)),
    ((x.squared - 1) / (x - 1), .init(subject: x - 1, kind: .nonzero)),
    (.call(.tan, [x]) * .call(.cos, [x]), .init(subject: .call(.cos, [x]), kind: .nonzero)),
    (
      (1 - .call(.cos, [x])) / Expr.call(.sin, [x]).squared,
      .init(subject: .call(.sin, [x]), kind: .nonzero)
    ),
  ]

  @Test(arguments: conditions.indices)
  func conditionIsRecorded(row: Int) throws {
    var budget = Budget()
    let outcome = try TextbookForm().form(of: Self.conditions[row].0, budget: &budget)
    #expect(outcome.conditions.contains(Self.conditions[row].1), "\(outcome.conditions)")
  }

  @Test func patternsMeetPartsOfSumsAndProducts() throws {
    let sin = Expr.call(.sin, [x])
    let cos = Expr.call(.cos, [x])
    let rows: [(Expr, Expr)] = [
      (y * sin.squared + 3 + y * cos.squared, y + 3), (5 * sin.squared + 5 * cos.squared, 5),
      (sin.squared + cos.squared + sin, 1 + sin),
      (sin.squared + 2 * cos.squared, sin.squared + 2 * cos.squared),
    ]
    for (before, after) in rows {
      var budget = Budget()
      #expect(try Simplifier().simplify(before, budget: &budget).expression.debugText == after.debugText)
    }
  }
}
