/// A power of a kernel as it stands in a product: key^exponent, where the key is a base with the part of the
/// exponent that is no number.
///
///     e^(2x)      the key e^x to the power of 2
///     x^(n − 1)   the key xⁿ to the power of 1, and the key x to the power of −1
struct KernelPower {
  let key: KernelKey
  let exponent: Number
}

/// What a power is a power of: a base, and the symbolic part of the exponent.
struct KernelKey: Hashable {
  let base: Expr
  /// What the exponent is a number of times; 1 for x², n for x^(3n).
  let symbol: Expr

  /// The key to a power.
  func power(_ exponent: Number) -> Expr {
    symbol == .one ? .power(base, .number(exponent)) : .power(base, .product([.number(exponent), symbol]))
  }

  /// The same with the opposite exponent: e^(−x) for e^x.
  var opposite: KernelKey { KernelKey(base: base, symbol: symbol.negated) }
}

extension Expr {
  /// The number of a term, and its other factors as powers of keys.
  var numberAndKernelPowers: (number: Number, powers: [KernelPower]) {
    let (number, factors) = coefficientAndFactors
    var powers: [KernelPower] = []
    for factor in factors { factor.appendKernelPowers(to: &powers) }
    return (number, powers)
  }

  private func appendKernelPowers(to powers: inout [KernelPower]) {
    guard case .power(let base, let exponent) = shape else {
      return powers.append(KernelPower(key: KernelKey(base: self, symbol: .one), exponent: .one))
    }
    if let number = exponent.asNumber {
      guard number.isExact else {
        return powers.append(KernelPower(key: KernelKey(base: self, symbol: .one), exponent: .one))
      }
      return powers.append(KernelPower(key: KernelKey(base: base, symbol: .one), exponent: number))
    }
    let wide = exponent.size <= 60 ? exponent.expanded(highestPower: 2) ?? exponent : exponent
    guard case .sum(let terms) = wide.shape, terms.count <= 6, base.asNumber == nil else {
      return powers.append(Self.kernelPower(base, wide))
    }
    for term in terms { powers.append(Self.kernelPower(base, term)) }
  }

  private static func kernelPower(_ base: Expr, _ exponent: Expr) -> KernelPower {
    let (number, rest) = exponent.coefficientAndRest
    guard number.isExact, !number.isZero, rest != .one else {
      return KernelPower(
        key: KernelKey(base: base, symbol: rest == .one ? .one : exponent),
        exponent: rest == .one ? number : .one)
    }
    let symbol = number.isNegative ? rest.negated : rest
    return KernelPower(key: KernelKey(base: base, symbol: symbol), exponent: number.magnitude)
  }
}
