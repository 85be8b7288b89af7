/// Factors with whole coefficients, found by values at small whole numbers and by square roots of discriminants.
extension KernelPolynomial {
  /// A number and factors of which it is the product, taken apart as far as linear and quadratic factors go.
  ///
  ///     x⁴ − 1        (x − 1)·(x + 1)·(x² + 1)
  ///     x² − y²       (x − y)·(x + y)
  var factorization: (number: Number, factors: [Factor]) {
    let (number, factors) = squareFreeFactors
    var result: [Factor] = []
    var total = number
    for factor in factors {
      var parts: [Self] = []
      factor.polynomial.takeApart(into: &parts)
      for part in parts {
        if part.isConstant, let only = part.terms.first {
          total = total * (only.coefficient.power(Number(factor.power)) ?? .one)
        } else if let known = result.firstIndex(where: { $0.polynomial == part }) {
          result[known].power += factor.power
        } else {
          result.append(Factor(polynomial: part, power: factor.power))
        }
      }
    }
    return (total, result)
  }

  private func takeApart(into parts: inout [Self]) {
    guard count > 1, parts.count < 60, let divisor = properDivisor?.primitive,
      let rest = dividedExactly(by: divisor)
    else { return parts.append(self) }
    divisor.takeApart(into: &parts)
    rest.takeApart(into: &parts)
  }

  /// A factor that is neither a number nor the whole; nil where none is found.
  private var properDivisor: Self? {
    let kernels = kernels
    if kernels.count == 1 { return smallDivisor(in: kernels[0]) }
    if kernels.count == 2, let found = homogeneousDivisor(kernels[0], kernels[1]) { return found }
    for place in kernels {
      if let found = quadraticDivisor(in: place) { return found }
    }
    return nil
  }

  /// A linear or quadratic factor of a polynomial in one kernel (Kronecker's method).
  private func smallDivisor(in place: Int) -> Self? {
    let degree = Int(degrees[place])
    guard degree > 1, degree <= 100 else { return nil }
    let values = [0, 1, -1].map { value(at: $0, place) }
    for (point, value) in zip([0, 1, -1], values) where value?.isZero == true {
      return Self(kernel: place) - Self(Number(point))
    }
    let lists = values.map { $0.flatMap { $0.small }.map(Self.divisors) ?? [] }
    guard lists.allSatisfy({ !$0.isEmpty }) else { return nil }
    var tries = 0
    let x = Self(kernel: place)
    for atZero in lists[0] where atZero > 0 {
      for atOne in lists[1] {
        tries += 1
        let linear = x.scaled(by: Number(atOne - atZero)) + Self(Number(atZero))
        if !linear.isConstant, isDivisible(by: linear) { return linear }
      }
    }
    guard degree > 3 else { return nil }
    for atZero in lists[0] where atZero > 0 {
      for atOne in lists[1] {
        for atMinusOne in lists[2] where (atOne + atMinusOne) % 2 == 0 {
          tries += 1
          if tries > 4_000 { return nil }
          let square = (atOne + atMinusOne) / 2 - atZero
          guard square != 0 else { continue }
          let quadratic =
            Self(kernel: place, power: 2).scaled(by: Number(square))
            + x.scaled(by: Number((atOne - atMinusOne) / 2)) + Self(Number(atZero))
          if isDivisible(by: quadratic) { return quadratic }
        }
      }
    }
    return nil
  }

  private func isDivisible(by divisor: Self) -> Bool {
    guard let own = terms.first?.coefficient, let lead = divisor.terms.first?.coefficient,
      own.divided(by: lead)?.isInteger == true
    else { return false }
    return dividedExactly(by: divisor) != nil
  }

  private func value(at point: Int, _ place: Int) -> Number? {
    var sum = Number.zero
    for term in terms {
      let sign = point == -1 && term.exponents[place] % 2 == 1 ? -term.coefficient : term.coefficient
      if point != 0 || term.exponents[place] == 0 { sum = sum + sign }
    }
    return sum
  }

  /// The divisors of a whole number below a million, of both signs.
  private static func divisors(of number: Int) -> [Int] {
    let size = Int(clamping: number.magnitude)
    guard size > 0, size < 1_000_000 else { return [] }
    var result: [Int] = []
    var candidate = 1
    while candidate * candidate <= size {
      if size % candidate == 0 {
        result += [candidate, -candidate]
        if candidate != size / candidate { result += [size / candidate, 0 - size / candidate] }
      }
      candidate += 1
    }
    return result.sorted { $0.magnitude < $1.magnitude || ($0.magnitude == $1.magnitude && $0 > $1) }
  }

  /// A factor of a polynomial whose terms all have one degree in two kernels: of the one with the second as 1.
  private func homogeneousDivisor(_ first: Int, _ second: Int) -> Self? {
    guard let degree = terms.first.map({ Int($0.exponents[first]) + Int($0.exponents[second]) }),
      degree < 1_000,
      terms.allSatisfy({ Int($0.exponents[first]) + Int($0.exponents[second]) == degree })
    else { return nil }
    let inOne = Self(
      collecting: terms.map { term in
        var term = term
        term.exponents[second] = 0
        return term
      })
    guard let divisor = inOne.smallDivisor(in: first) else { return nil }
    let high = divisor.degrees[first]
    return Self(
      collecting: divisor.terms.map { term in
        var term = term
        term.exponents[second] = high - term.exponents[first]
        return term
      })
  }

  /// A linear factor of a·k² + b·k + c where b² − 4ac is a square.
  private func quadraticDivisor(in place: Int) -> Self? {
    guard degrees[place] == 2 else { return nil }
    let parts = coefficients(of: place)
    guard let square = parts[1].multiplied(by: parts[1]), let product = parts[2].multiplied(by: parts[0]),
      let root = (square - product.scaled(by: 4)).squareRoot
    else { return nil }
    let linear = parts[2].scaled(by: 2).raised(place, by: 1) + parts[1] - root
    guard let shared = Self.gcd(self, linear), !shared.isConstant, shared.degrees[place] == 1 else {
      return nil
    }
    return shared
  }

  /// The polynomial whose square this is.
  private var squareRoot: Self? {
    if isZero { return .zero }
    let (number, factors) = squareFreeFactors
    guard let root = number.power(.half) else { return nil }
    var result: Self? = Self(root)
    for factor in factors {
      guard factor.power % 2 == 0, let part = factor.polynomial.power(factor.power / 2) else { return nil }
      result = result?.multiplied(by: part)
    }
    return result
  }
}
