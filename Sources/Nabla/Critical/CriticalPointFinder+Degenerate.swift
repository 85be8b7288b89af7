import NablaAlgebra
import NablaBasics

// What the terms of higher order say where second derivatives do not decide.
extension CriticalPointFinder {
  /// A term of the Taylor polynomial beyond the constant.
  private struct Term {
    let exponents: [Int]
    let coefficient: Expr
    let value: Double

    var degree: Int { exponents.reduce(0, +) }
  }

  /// The largest formula that is expanded, and the orders that are tried.
  private static let (largestExpanded, orders) = (300, [8, 6, 4])

  /// The kind of a point in several variables by its Taylor polynomial; nil where that does not decide either.
  ///
  ///     x⁴ + y⁴ at 0          a minimum: on each axis the lowest power is even, and nothing is stronger
  ///     x² + y³ at 0          a saddle: along y the sign changes
  ///     x⁴ − 3x²y² + y⁴       a saddle: on x = y it is below 0
  ///     (y − x²)(y − 2x²)     a saddle: between the two parabolas it is below 0, on no line
  func kindByTaylorPolynomial(at point: [Expr]) -> CriticalPoint.Kind? {
    guard variables.count > 1, variables.count <= 4, formula.expression.size <= Self.largestExpanded else {
      return nil
    }
    for order in Self.orders {
      guard let polynomial = try? formula.taylor(about: point, order: order) else { continue }
      var terms: [Term] = []
      for term in polynomial.terms where term.degree > 0 {
        guard let value = term.coefficient.constantValue, value.isFinite else { return nil }
        if term.coefficient.isZeroUpToRounding { continue }
        terms.append(Term(exponents: term.exponents, coefficient: term.coefficient, value: value))
      }
      return kind(of: terms)
    }
    return nil
  }

  /// The lowest degree of the Taylor polynomial at a point beyond the constant; nil where no term is found.
  func lowestDegree(at point: [Expr]) -> Int? {
    guard formula.expression.size <= Self.largestExpanded, variables.count <= 4,
      let order = Self.orders.last, let polynomial = try? formula.taylor(about: point, order: order)
    else { return nil }
    return polynomial.terms.filter { $0.degree > 0 && !$0.coefficient.isZeroUpToRounding }.map(\.degree).min()
  }

  private func kind(of terms: [Term]) -> CriticalPoint.Kind? {
    let signs = Set(directions.compactMap { sign(of: terms, along: $0) })
    // Along a line the sign changes, or it is another one along another line: no extremum.
    if signs.contains(0) || signs.isSuperset(of: [-1, 1]) { return .saddle }
    guard let sign = signs.first, let isDefinite = isDefinite(terms, sign: sign) else { return nil }
    return !isDefinite ? .saddle : sign > 0 ? .localMinimum : .localMaximum
  }

  /// Lines through the point: the axes, the diagonals, and some between.
  private var directions: [[Int]] {
    var result: [[Int]] = [[]]
    for _ in variables { result = result.flatMap { head in [-2, -1, 0, 1, 2].map { head + [$0] } } }
    return result.filter { $0.contains { $0 != 0 } }
  }

  /// The sign of the lowest power along a line, 0 where that power is odd; nil where all terms vanish there.
  private func sign(of terms: [Term], along direction: [Int]) -> Int? {
    let degrees = Set(terms.map(\.degree)).sorted()
    for degree in degrees {
      var (sum, size) = (0.0, 0.0)
      for term in terms where term.degree == degree {
        let product = zip(direction, term.exponents).reduce(term.value) { value, power in
          value * (0..<power.1).reduce(1) { product, _ in product * Double(power.0) }
        }
        sum += product
        size += product.magnitude
      }
      if sum.magnitude <= 1e-12 * size { continue }
      return degree % 2 == 1 ? 0 : sum > 0 ? 1 : -1
    }
    return nil
  }

  /// Whether the lowest powers on the axes are even and outweigh all mixed terms near the point; not so where these
  /// have the other sign on curves through the point, and nil where it is open.
  ///
  /// With the weights 1/dᵢ for the lowest powers xᵢ^dᵢ, terms of a weight above 1 do not count near the point, and those
  /// of the weight 1 make one form with the powers themselves.
  private func isDefinite(_ terms: [Term], sign: Int) -> Bool? {
    var lowest: [Int] = []
    for place in variables.indices {
      let pure = terms.filter { $0.exponents[place] == $0.degree }.min { $0.degree < $1.degree }
      guard let pure, pure.degree % 2 == 0, (pure.value > 0) == (sign > 0) else { return nil }
      lowest.append(pure.degree)
    }
    // Over one denominator, so that weights are compared exactly.
    let whole = lowest.reduce(1, *)
    let weight = { (term: Term) in
      zip(term.exponents, lowest).reduce(0) { $0 + $1.0 * (whole / $1.1) }
    }
    let mixed = terms.filter { term in !variables.indices.contains { term.exponents[$0] == term.degree } }
    if mixed.contains(where: { weight($0) < whole }) { return nil }
    let level = mixed.filter { weight($0) == whole }
    let areAllEven = level.allSatisfy { term in
      term.exponents.allSatisfy { $0 % 2 == 0 } && (term.value > 0) == (sign > 0)
    }
    if areAllEven { return true }
    guard variables.count == 2 else { return nil }
    // The form on the lines x = ±1; on x = 0 its power of y alone is left.
    let form = level + terms.filter { weight($0) == whole && $0.exponents.contains(0) }
    let y = variables[1]
    let charts = [-1, 1].compactMap { side -> SignChart? in
      let line = Expr.sum(
        form.map { term in
          .product([
            .integer(sign), .power(.integer(side), .integer(term.exponents[0])), term.coefficient,
            .power(.variable(y), .integer(term.exponents[1])),
          ])
        })
      return SignChart(of: line, in: y)
    }
    if charts.contains(where: { !$0.solutions(of: .below).isEmpty }) { return false }
    return charts.count == 2 && charts.allSatisfy { $0.solutions(of: .atMost).isEmpty } ? true : nil
  }
}
