import Nabla
import NablaAlgebra
import Testing

/// What always holds is not told, and an index does not leave its sum.
@Suite struct KnownDomainTests {
  @Test(arguments: [
    ("sum(k,1,4,x^k/k)", ""), ("sum(k,1,3,sqrt(k) x)", ""), ("sum(k,1,3,ln(k x))", "x > 0"),
    ("sum(k,1,1000,ln(k x))", "x > 0"), ("sum(k,1,3,ln(k + x))", "x > −1"),
    ("sum(i,1,3,sum(j,1,3,ln(i j x)))", "x > 0"), ("sum(k,0,3,if(k > 0, ln(k), 0) x)", ""),
    ("sum(k,0,3,if(k > 1, ln(x - k), x))", "x > 3"), ("sum(k,1,3,ln(x[k]))", "xₖ > 0"),
    ("-y ln(sigmoid(z)) - (1-y) ln(1 - sigmoid(z))", ""), ("atanh(tanh x)", ""), ("ln(x^x)", "x > 0"),
    ("(x^x)^x", "x > 0"), ("ln((x y)^x)", "xy > 0"), ("f(x) = ln(x^n)", "xⁿ > 0"),
    ("sqrt(x + 1/x) + ln x", "x > 0"), ("if(x > 0 and y > 0, ln(x y), 0)", ""), ("sqrt(2 - erfc(x))", ""),
    ("arcsin(e^(-x^2))", ""), ("ln(1 - tanh(x)^2)", ""), ("sqrt(max(x, 0))", ""),
    ("ln(2 - sech x)", ""), ("ln(1 - sech x)", "sech x < 1"), ("sqrt(1 - 2sigmoid(x))", "2 sigmoid(x) ≤ 1"),
    ("ln(if(x > 0, 1, 2))", ""), ("ln(if(x > 0, 1, 0))", "{x > 0: 1; 0} > 0"),
  ])
  func domains(_ formula: String, _ domain: String) throws {
    let f = try Formula(formula)
    #expect(f.domain.map { f.text(of: $0) }.joined(separator: ", ") == domain)
  }

  @Test("Many conditions, two on each letter that are one comparison")
  func manyConditions() {
    let letters = (0..<3_000).map { Expr.variable(Variable("x_\($0)")) }
    let logarithms = Expr.sum(letters.map { .call(.ln, [$0]) })
    #expect(Formula(logarithms).domain.count == letters.count)
    let both = Expr.sum(letters.prefix(300).flatMap { [.call(.ln, [$0]), .call(.ln, [1 - $0])] })
    #expect(Formula(both).domain.count == 300)
  }

  @Test(arguments: ["sum(k,1,4,x^k/k)", "sum(k,1,3,ln(k x))", "sum(i,1,3,sum(j,1,3,ln(i j x)))"])
  func noIndexBesideADerivative(_ formula: String) throws {
    #expect(try Formula(formula).gradient().partials[0].conditions.isEmpty)
  }

  /// The first term has no value: 0/0 and ln 0.
  @Test(arguments: ["sum(k,0,3,x/k)", "sum(k,0,3,ln(k) x)", "sum(k,0,3,ln(k x))"])
  func noValues(_ formula: String) throws { #expect(try Formula(formula).hasNoValues) }
}
