import NablaAlgebra

extension Compiler {
  /// A product as one numerator over one denominator, its sign apart.
  func product(
    _ factors: [Expr], in scope: Scope, _ known: KnownValues
  ) -> (isNegative: Bool, value: Value) {
    if let multiple = multiple(factors, in: scope, known) { return multiple }
    let parts = quotient(factors, in: scope, known)
    let one = scope.constant(1)
    let above = multiplied(parts.above, in: scope)
    let below = multiplied(parts.below, in: scope)
    guard let below else { return (parts.isNegative, above ?? one) }
    return (parts.isNegative, scope.divide(above ?? one, below))
  }

  /// c·u and c·uⁿ, the commonest products, without lists of factors; nil for others.
  private func multiple(
    _ factors: [Expr], in scope: Scope, _ known: KnownValues
  ) -> (isNegative: Bool, value: Value)? {
    guard factors.count == 2, case .number(let coefficient) = factors[0].shape else { return nil }
    var value: Value
    switch factors[1].shape {
    case .number: return nil
    case .power(let base, let exponent):
      guard !base.isE, case .number(let number) = exponent.shape, !number.isNegative else { return nil }
      value = power(known[base] ?? scope.constant(.nan), number, in: scope)
    case .constant, .variable, .element, .sum, .product, .call, .fold:
      value = known[factors[1]] ?? scope.constant(.nan)
    }
    let (before, after, divisor) = Compiler.parts(of: coefficient.magnitude)
    if let before { value = scope.multiply(scope.constant(before), value) }
    if let after { value = scope.multiply(value, scope.constant(after)) }
    if let divisor { value = scope.divide(value, scope.constant(divisor)) }
    return (coefficient.isNegative, value)
  }

  private func multiplied(_ factors: [Value], in scope: Scope) -> Value? {
    guard var result = factors.first else { return nil }
    for factor in factors.dropFirst() { result = scope.multiply(result, factor) }
    return result
  }

  /// The factors above and below the line, a fraction's two parts among them, last.
  func quotient(
    _ factors: [Expr], in scope: Scope, _ known: KnownValues
  ) -> (isNegative: Bool, above: [Value], below: [Value]) {
    var (above, below): ([Value], [Value]) = ([], [])
    above.reserveCapacity(factors.count + 1)
    var (powersAbove, powersBelow): ([Power], [Power]) = ([], [])
    var coefficient = Number.one
    for factor in factors {
      switch factor.shape {
      case .number(let number): coefficient = coefficient * number
      case .power(let base, let exponent):
        if base.isE {
          above.append(scope.emit(.exponential, known[exponent] ?? scope.constant(.nan)))
        } else if case .number(let number) = exponent.shape {
          let value = known[base] ?? scope.constant(.nan)
          if number.isNegative {
            powersBelow.append((base: value, exponent: number.magnitude))
          } else {
            powersAbove.append((base: value, exponent: number))
          }
        } else {
          let (a, b) = (known[base] ?? scope.constant(.nan), known[exponent] ?? scope.constant(.nan))
          above.append(scope.emit(.power, a, b))
        }
      case .constant, .variable, .element, .sum, .product, .call, .fold:
        above.append(known[factor] ?? scope.constant(.nan))
      }
    }
    if !powersBelow.isEmpty { below = paired(&powersAbove, powersBelow, in: scope) }
    for power in powersAbove { above.append(self.power(power.base, power.exponent, in: scope)) }
    let (before, after, divisor) = Compiler.parts(of: coefficient.magnitude)
    if let before { above.insert(scope.constant(before), at: 0) }
    if let after { above.append(scope.constant(after)) }
    if let divisor { below.append(scope.constant(divisor)) }
    return (coefficient.isNegative, above, below)
  }

  /// The powers below the line that stay there; a²/b² becomes (a/b)², as squares might leave the range where the
  /// quotient does not.
  private func paired(_ above: inout [Power], _ below: [Power], in scope: Scope) -> [Value] {
    var rest: [Value] = []
    for power in below {
      // Only small powers: the rounding of a/b counts n times in (a/b)ⁿ.
      let isSmall = power.exponent.small.map { (2...4).contains($0) } ?? false
      if isSmall, let twin = above.firstIndex(where: { $0.exponent == power.exponent }) {
        above[twin].base = scope.divide(above[twin].base, power.base)
      } else {
        rest.append(self.power(power.base, power.exponent, in: scope))
      }
    }
    return rest
  }

  private typealias Power = (base: Value, exponent: Number)

  /// A coefficient as factors before and after the others, and a divisor.
  ///
  /// A fraction that no `Double` holds, such as 2/3, divides, so that it is rounded once. A factor stands last, so
  /// that 2xy and 3xy share xy; a very large or small one first, where it may keep the product in range.
  private static func parts(of size: Number) -> (before: Double?, after: Double?, divisor: Double?) {
    if !size.isDecimal, let fraction = size.rational, !fraction.isInteger,
      let above = fraction.numerator.small, let below = fraction.denominator.small,
      above.magnitude < 1 << 53, below.magnitude < 1 << 53, below & (below - 1) != 0
    {
      return (nil, above == 1 ? nil : Double(above), Double(below))
    }
    if size.isOne { return (nil, nil, nil) }
    let isModerate = size.double > 1e-9 && size.double < 1e9
    return isModerate ? (nil, size.double, nil) : (size.double, nil, nil)
  }
}
