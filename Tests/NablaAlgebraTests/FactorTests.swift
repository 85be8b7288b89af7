import NablaBasics
import Testing

@testable import NablaAlgebra

private let x = Expr("x")
private let y = Expr("y")
private let a = Expr("a")
private func rational(_ p: Int, _ q: Int) -> Expr { .integer(p) / .integer(q) }

@Suite struct FactorTests {
  /// 1 + u + u² + …, of so many terms.
  private static func powers(_ count: Int) -> KernelPolynomial {
    (0..<count).reduce(.zero) { $0 + KernelPolynomial(kernel: 0, power: $1) }
  }

  /// Every term of one times every term of the other, up to six hundred products and a hundred and fifty terms.
  @Test func productsOfManyTerms() throws {
    for (a, b) in [(1, 150), (4, 147), (24, 25), (20, 30), (147, 4), (3, 3)] {
      let product = try #require(Self.powers(a).multiplied(by: Self.powers(b)))
      #expect(product.count == a + b - 1)
      let products = product.terms.reduce(Number.zero) { $0 + $1.coefficient }
      #expect(products == Number(a * b))
    }
    for (a, b) in [(1, 151), (4, 148), (25, 25), (151, 1)] {
      #expect(Self.powers(a).multiplied(by: Self.powers(b)) == nil, "\(a), \(b)")
    }
  }

  /// Coefficients of four thousand bits at most are multiplied.
  @Test func productsOfLongCoefficients() throws {
    func power(_ bits: Int) throws -> KernelPolynomial {
      let number = try #require(Number(2).power(Number(bits), maximumDigits: 2000))
      return KernelPolynomial(kernel: 0).scaled(by: number)
    }
    for (a, b, isShort) in [
      (2000, 2000, true), (10, 4000, true), (2100, 2100, false), (10, 4200, false), (4200, 10, false),
    ] {
      #expect((try power(a).multiplied(by: power(b)) != nil) == isShort, "\(a), \(b)")
    }
  }

  /// (uⁿ)' = n·uⁿ⁻¹ and (p·q)' = p'q + pq'.
  @Test func derivativesOfPolynomials() throws {
    for n in 1...9 {
      let power = KernelPolynomial(kernel: 2, power: n)
      #expect(power.derivative(by: 2) == KernelPolynomial(kernel: 2, power: n - 1).scaled(by: Number(n)))
      #expect(power.derivative(by: 1).isZero)
    }
    let p = Self.powers(5) + KernelPolynomial(kernel: 1, power: 3).scaled(by: Number(7))
    let q = Self.powers(3) + KernelPolynomial(kernel: 1).scaled(by: Number(-2))
    for kernel in 0...2 {
      let whole = try #require(p.multiplied(by: q)).derivative(by: kernel)
      let first = try #require(p.derivative(by: kernel).multiplied(by: q))
      let second = try #require(p.multiplied(by: q.derivative(by: kernel)))
      #expect(whole == first + second)
    }
  }

  /// Functions become kernels until there are sixteen; those that are kernels stay so.
  @Test func sixteenKernels() throws {
    var kernels = try #require(Kernels(of: []))
    let sine = try #require(Function.named("sin"))
    for place in 0..<KernelPolynomial.mostKernels {
      #expect(kernels.place(of: sine, at: Expr("x_\(place)")) == place)
    }
    #expect(kernels.place(of: sine, at: Expr("y")) == nil)
    #expect(kernels.place(of: sine, at: Expr("x_3")) == 3)
  }

  static let rows: [(Expr, Expr)] = [
    (pow(x, 4) - 1, (x - 1) * (x + 1) * (x.squared + 1)),
    (x.squared - y.squared, (x - y) * (x + y)),
    (pow(x, 3) + pow(y, 3), (x + y) * (x.squared - x * y + y.squared)),
    (6 * x.squared + 5 * x + 1, (2 * x + 1) * (3 * x + 1)),
    (pow(x, 4) + x.squared + 1, (x.squared + x + 1) * (x.squared - x + 1)),
    (a * x + a * y + 2 * x + 2 * y, (a + 2) * (x + y)),
    (x.squared * exp(x) - exp(x), exp(x) * (x - 1) * (x + 1)),
    (x.squared + 2 * x * y + y.squared - 1, (x + y - 1) * (x + y + 1)),
    (x.squared - 2, x.squared - 2),
    (1 / x + 1 / y, (x + y) / (x * y)),
    ((x.squared - 1) / (x.squared - 4), (x - 1) * (x + 1) / ((x - 2) * (x + 2))),
    (pow(x, 3) + 3 * x.squared + 3 * x + 1, pow(x + 1, 3)),
  ]

  @Test(arguments: rows.indices)
  func factors(row: Int) throws {
    var budget = Budget()
    let (before, after) = Self.rows[row]
    #expect(try before.factored(budget: &budget).expression.debugText == after.debugText)
  }

  /// (1 + x + y)ⁿ-like products: what is multiplied out is found again, and divisors divide.
  @Test func divisorsDivide() throws {
    var random = SplitMix64(start: 77)
    let some = { () -> KernelPolynomial in
      var result = KernelPolynomial(Number(Int.random(in: 1...5, using: &random)))
      for place in 0..<3 {
        let power = Int.random(in: 0...2, using: &random)
        let factor = Number(Int.random(in: -4...4, using: &random))
        result = result + KernelPolynomial(kernel: place, power: power).scaled(by: factor)
      }
      return result
    }
    for _ in 0..<200 {
      let (f, g, h) = (some(), some(), some())
      guard !f.isConstant, let u = f.multiplied(by: g), let v = f.multiplied(by: h) else { continue }
      #expect(u.dividedExactly(by: f) == g)
      guard let shared = KernelPolynomial.gcd(u, v) else { continue }
      #expect(u.dividedExactly(by: shared) != nil && v.dividedExactly(by: shared) != nil)
      #expect(shared.dividedExactly(by: f.primitive) != nil)
    }
  }

  /// 0.2x² − 0.04x + 0.002 is 0.2·(x − 0.1)², whatever numbers the divisors of decimals come with.
  @Test func factorsOfDecimalsMultiplyToTheWhole() throws {
    var random = SplitMix64(start: 78)
    let some = { (places: Int) -> KernelPolynomial in
      var result = KernelPolynomial(
        try #require(Number(decimal: "\(Int.random(in: 1...9, using: &random)).5")))
      for place in 0..<places {
        let factor = try #require(Number(decimal: "0.\(Int.random(in: 1...99, using: &random))"))
        result = result + KernelPolynomial(kernel: place).scaled(by: factor)
      }
      return result
    }
    var squares = 0
    for round in 0..<60 {
      let (f, g) = (try some(1 + round % 2), try some(2))
      let whole = try #require(
        f.multiplied(by: f)?.multiplied(by: round % 3 == 0 ? f : .one)?.multiplied(by: g))
      let (number, factors) = whole.squareFreeFactors
      var product: KernelPolynomial? = KernelPolynomial(number)
      for factor in factors {
        product = product?.multiplied(by: try #require(factor.polynomial.power(factor.power)))
      }
      #expect(product == whole, "\(factors)")
      if factors.contains(where: { $0.power > 1 }) { squares += 1 }
    }
    #expect(squares > 30)
  }

  /// Products of two quadratics, of a linear and a cubic, and of the same in two variables come apart again, whatever the
  /// signs of their coefficients.
  @Test func productsComeApart() throws {
    func quadratic(_ b: Int, _ c: Int, _ y: Expr) -> Expr {
      x.squared + .integer(b) * x * y + .integer(c) * y.squared
    }
    var seen = 0
    for (b, c) in [(1, 1), (-1, 1), (1, 3), (-3, 5), (2, 7), (0, 2)] {
      for (d, e) in [(1, 2), (-1, 2), (3, 4), (-2, 5), (0, 3), (5, 11)] {
        for (u, other) in [
          (Expr.one, quadratic(d, e, .one)), (y, quadratic(d, e, y)),
          (.one, pow(x, 3) + .integer(d) * x - .integer(e)),
        ] {
          let product = quadratic(b, c, u) * other
          let whole = try #require(product.expanded())
          var budget = Budget()
          let found = try whole.factored(budget: &budget).expression
          let count = found.factors.reduce(0) { $0 + ($1.baseAndExponent.exponent.asNumber?.small ?? 1) }
          #expect(count >= 2 && found.expanded() == whole, "\(whole.debugText): \(found.debugText)")
          seen += 1
        }
      }
    }
    #expect(seen == 108)
  }

  @Test func largeSumsAreLeftAlone() throws {
    var budget = Budget(5_000_000)
    let long = Expr.sum((1...1_000).map { .call(.sin, [.integer($0) * x]) * pow(x, .integer($0)) })
    let outcome = try TextbookForm().form(of: long, budget: &budget)
    #expect(!outcome.isWhole)
  }
}
