import NablaAlgebra

extension Compiler {
  /// uⁿ for an exponent that is not negative.
  ///
  ///     u³ → u·u·u,  u^(1/2) → √u,  u^(3/2) → u·√u,  u^(1/3) → ∛u,  u^(2/5) → |u|^(2/5)
  ///
  /// Real roots of odd order exist for negative u; u⁰ is 1 wherever u has a value.
  func power(_ base: Value, _ exponent: Number, in scope: Scope) -> Value {
    guard let fraction = exponent.rational else {
      return scope.emit(.power, base, scope.constant(exponent.double))
    }
    if fraction.isInteger { return wholePower(base, fraction.numerator, in: scope) }
    if let whole = fraction.floor.small, whole <= 8, let below = fraction.denominator.small,
      let above = fraction.numerator.small
    {
      let rest = above - whole * below
      if rest == 1, below == 2 || below == 3 {
        let root = scope.emit(below == 2 ? .squareRoot : .cubeRoot, base)
        return whole == 0 ? root : scope.multiply(scope.wholePower(base, whole), root)
      }
    }
    let opcode: Opcode =
      !fraction.denominator.isOdd ? .power : fraction.numerator.isOdd ? .oddPower : .evenPower
    return scope.emit(opcode, base, scope.constant(exponent.double))
  }

  private func wholePower(_ base: Value, _ exponent: Integer, in scope: Scope) -> Value {
    // 1 wherever u has a value.
    if exponent.isZero { return scope.emit(.power, base, scope.constant(0)) }
    guard let small = exponent.small, small < 1 << 53 else {
      return scope.emit(exponent.isOdd ? .oddPower : .evenPower, base, scope.constant(exponent.double))
    }
    return scope.wholePower(base, small)
  }
}
