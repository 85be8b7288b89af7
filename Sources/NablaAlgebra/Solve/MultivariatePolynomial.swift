/// A polynomial in several variables with rational coefficients, written out in monomials.
///
///     x² + y² − 1   has the monomials   x², y², 1, the highest first
struct MultivariatePolynomial: Hashable {
  /// A coefficient and the exponents of the variables.
  struct Monomial: Hashable {
    var exponents: [Int]
    var coefficient: Rational

    var degree: Int { exponents.reduce(0, +) }

    /// By degree, then by the exponents of the first variables.
    func isAbove(_ other: Monomial) -> Bool {
      degree != other.degree
        ? degree > other.degree : other.exponents.lexicographicallyPrecedes(exponents)
    }
  }

  let variables: [Variable]
  /// The monomials that are not zero, the highest first.
  private(set) var monomials: [Monomial]

  /// The most monomials that are worked with.
  static let mostMonomials = 500

  /// Collects monomials.
  init(_ monomials: [Monomial], in variables: [Variable]) {
    var sums: [[Int]: Rational] = [:]
    for monomial in monomials {
      sums[monomial.exponents] = (sums[monomial.exponents] ?? 0) + monomial.coefficient
    }
    self.variables = variables
    self.monomials = sums.filter { !$0.value.isZero }
      .map { Monomial(exponents: $0.key, coefficient: $0.value) }
      .sorted { $0.isAbove($1) }
  }

  /// The polynomial that an expression is, multiplied out; nil for anything else, and for one that is too long.
  init?(_ expression: Expr, in variables: [Variable]) {
    guard let wide = expression.expanded(highestPower: 24, maximumTerms: Self.mostMonomials) else {
      return nil
    }
    var found: [Monomial] = []
    let terms: [Expr]
    if case .sum(let parts) = wide.shape { terms = parts } else { terms = [wide] }
    for term in terms {
      let (coefficient, factors) = term.coefficientAndFactors
      guard let number = coefficient.rational else { return nil }
      var exponents = [Int](repeating: 0, count: variables.count)
      for factor in factors {
        let (base, exponent) = factor.baseAndExponent
        guard case .variable(let variable) = base.shape, let place = variables.firstIndex(of: variable),
          let power = exponent.asNumber?.small, power > 0, power <= 10_000
        else { return nil }
        exponents[place] += power
      }
      found.append(Monomial(exponents: exponents, coefficient: number))
    }
    self.init(found, in: variables)
  }

  /// Whether there is no monomial.
  var isZero: Bool { monomials.isEmpty }

  /// The polynomial as an expression.
  var expression: Expr {
    .sum(
      monomials.map { monomial in
        .product(
          [.number(Number(monomial.coefficient))]
            + zip(variables, monomial.exponents).map { pow(.variable($0), .integer($1)) })
      })
  }

  /// What is left when multiples of another polynomial are taken off, as in long division; nil where that takes too
  /// many steps.
  func remainder(dividingBy divisor: MultivariatePolynomial) -> MultivariatePolynomial? {
    guard let lead = divisor.monomials.first else { return nil }
    var (rest, result) = (self, [Monomial]())
    var steps = 0
    while let first = rest.monomials.first {
      steps += 1
      guard steps < 1_000, rest.monomials.count <= Self.mostMonomials else { return nil }
      let exponents = zip(first.exponents, lead.exponents).map { $0 - $1 }
      guard exponents.allSatisfy({ $0 >= 0 }), let share = first.coefficient.divided(by: lead.coefficient)
      else {
        result.append(first)
        rest.monomials.removeFirst()
        continue
      }
      let multiple = divisor.monomials.map { monomial in
        Monomial(
          exponents: zip(monomial.exponents, exponents).map { $0 + $1 },
          coefficient: -(monomial.coefficient * share))
      }
      rest = MultivariatePolynomial(rest.monomials + multiple, in: variables)
    }
    return MultivariatePolynomial(result, in: variables)
  }
}
