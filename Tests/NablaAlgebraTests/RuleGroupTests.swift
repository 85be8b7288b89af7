import NablaBasics
import Testing

@testable import NablaAlgebra

/// Groups of rules that are passed over where no function is called.
@Suite struct RuleGroupTests {
  static let withoutCalls: [Expr] = {
    let (x, y) = (Expr("x"), Expr("y"))
    return [
      x, x.squared + 1, 1 - x.squared, x.squared - y.squared, x / y, x * y.reciprocal * x, pow(x, 3) / x,
      (x + y).squared / (x + y), pow(x.squared, Expr(1) / 2), .power(.constant(.e), x + y),
      .power(.constant(.e), 2 * x) * y, 2 * (x + y) * (x - y), .power(x, y), x.squareRoot / x,
    ]
  }()

  @Test func `rules that need a call have nothing to say without one`() {
    for group in Rule.all + Rule.finishing where group.needsCalls {
      for rule in group.rules {
        for expression in Self.withoutCalls {
          #expect(!expression.hasCalls)
          #expect(rule.apply(expression) == nil, "\(rule.name)")
        }
        if let pattern = rule.sides?.pattern { #expect(pattern.hasCalls, "\(rule.name)") }
      }
    }
  }

  @Test func `every kind of node is one of its own`() {
    let kinds: [Rule.Kinds] = [.sum, .product, .power, .call, .fold]
    for (place, kind) in kinds.enumerated() {
      #expect(!kind.isEmpty && kinds[..<place].allSatisfy { $0.isDisjoint(with: kind) })
    }
  }

  @Test func `a rule has nothing to say of the kinds that it does not name`() {
    var source = RandomExpr(start: 41)
    let groups = Rule.all + Rule.finishing + [Rule.ofHalfAngles, Rule.ofReciprocals, Rule.ofShortening]
    let rules = groups.flatMap(\.rules)
    for _ in 0..<200 {
      for part in source.next().distinctSubexpressions() {
        for rule in rules where rule.kinds.isDisjoint(with: Rule.Kinds(of: part)) {
          #expect(rule.apply(part) == nil, "\(rule.name): \(part.debugText)")
        }
      }
    }
  }

  @Test func `a call is seen at any depth`() {
    let x = Expr("x")
    let call = Expr.call(.sin, [x])
    #expect(call.hasCalls)
    #expect((pow(call, 2) * x + 1).hasCalls)
    #expect(
      Expr.fold(.sum, index: .openIndex("i"), from: 1, through: 3, call * .variable(.openIndex("i"))).hasCalls
    )
  }
}
