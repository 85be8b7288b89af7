import NablaBasics

// What the rows of the table need to know of an argument that is a constant.
extension Expr {
  /// The exact number that the expression is; decimals only where they are whole, so that 0.5 stays 0.5.
  var exactNumber: Rational? {
    guard case .number(let number) = shape, number.isExact, !number.isDecimal || number.isInteger else {
      return nil
    }
    return number.rational
  }

  /// The q of an expression q·π with rational q; 0 is 0·π.
  package var multipleOfPi: Rational? {
    switch shape {
    case .number(let number): return number.isExact && number.isZero ? 0 : nil
    case .constant(.pi): return 1
    case .product(let factors):
      guard factors.count == 2, factors[1] == .constant(.pi), case .number(let number) = factors[0].shape
      else { return nil }
      return number.rational
    default: return nil
    }
  }

  /// The sign and the square of an exact number or of one times the square root of a number.
  var signAndSquare: (sign: Int, square: Rational)? {
    if let number = exactNumber { return (number.signum, number * number) }
    let (coefficient, rest) = coefficientAndRest
    guard case .power(let base, let exponent) = rest.shape, coefficient.isExact, !coefficient.isDecimal,
      let radicand = base.exactNumber, !radicand.isNegative, let factor = coefficient.rational
    else { return nil }
    let square: Rational?
    if exponent == .number(.half) {
      square = radicand
    } else if exponent == .number(-Number.half) {
      square = radicand.inverse
    } else {
      square = nil
    }
    return square.map { (factor.signum, factor * factor * $0) }
  }

  /// −1, 0 or 1 as one constant is below, at or above another; nil where that is not decided exactly.
  static func order(_ left: Expr, _ right: Expr) -> Int? {
    switch (left.shape, right.shape) {
    case (.number(let a), .number(let b)):
      guard a.isExact, b.isExact else { return nil }
      return a.hasSameValue(as: b) ? 0 : a < b ? -1 : 1
    case (.constant(let a), .constant(let b)): return a == b ? 0 : a.value < b.value ? -1 : 1
    case (.constant(let a), .number(let b)): return order(a.value, b)
    case (.number(let a), .constant(let b)): return order(b.value, a).map { 0 - $0 }
    default: return nil
    }
  }

  /// The order of π or e, known to 15 digits, and a rational, which it never equals.
  private static func order(_ constant: Double, _ number: Number) -> Int? {
    guard number.isExact, abs(number.double - constant) > 1e-12 else { return nil }
    return constant < number.double ? -1 : 1
  }

  static func multiple(_ q: Rational) -> Expr { .product([.number(Number(q)), .constant(.pi)]) }
  static func rational(_ p: Int, _ q: Int) -> Expr { .number(Number(Rational(lowest: p, q))) }
}

/// The exact values of the circular functions at multiples of π/6 and π/4.
enum ExactAngle {
  /// sin(qπ), for q with a denominator of 1, 2, 3, 4 or 6.
  static func sine(_ q: Rational) -> Expr? {
    guard let twelfths = twelfths(q, of: 2) else { return nil }
    let reflected = twelfths % 12 > 6 ? 12 - twelfths % 12 : twelfths % 12
    let size: Expr
    switch reflected {
    case 0: size = .zero
    case 2: size = .rational(1, 2)
    case 3: size = .rational(1, 2) * Expr(2).squareRoot
    case 4: size = .rational(1, 2) * Expr(3).squareRoot
    case 6: size = .one
    default: return nil
    }
    return twelfths > 12 ? -size : size
  }

  static func cosine(_ q: Rational) -> Expr? { sine(q + Rational(lowest: 1, 2)) }

  /// tan(qπ); nil at its poles.
  static func tangent(_ q: Rational) -> Expr? {
    guard let twelfths = twelfths(q, of: 1) else { return nil }
    switch twelfths {
    case 0: return .zero
    case 2: return .rational(1, 3) * Expr(3).squareRoot
    case 3: return .one
    case 4: return Expr(3).squareRoot
    case 8: return -Expr(3).squareRoot
    case 9: return .minusOne
    case 10: return .rational(-1, 3) * Expr(3).squareRoot
    default: return nil
    }
  }

  /// q mod `period` in twelfths, where q is a whole number of them.
  private static func twelfths(_ q: Rational, of period: Int) -> Int? {
    guard let turns = q.divided(by: Rational(period)) else { return nil }
    let rest = (q - Rational(period) * Rational(turns.floor)) * 12
    return rest.isInteger ? rest.numerator.small : nil
  }

  /// The q between −1/2 and 1/2 with sin(qπ) = u.
  static func arcsine(_ u: Expr) -> Rational? {
    guard let (sign, square) = u.signAndSquare else { return nil }
    let twelfths = [
      (0, Rational(0)), (2, Rational(lowest: 1, 4)), (3, Rational(lowest: 1, 2)), (4, Rational(lowest: 3, 4)),
      (6, Rational(1)),
    ].first { $0.1 == square }?.0
    return twelfths.flatMap { Rational(Integer(sign * $0), over: 12) }
  }

  /// The q between −1/2 and 1/2 with tan(qπ) = u.
  static func arctangent(_ u: Expr) -> Rational? {
    guard let (sign, square) = u.signAndSquare else { return nil }
    let twelfths = [(0, Rational(0)), (2, Rational(lowest: 1, 3)), (3, Rational(1)), (4, Rational(3))]
      .first { $0.1 == square }?.0
    return twelfths.flatMap { Rational(Integer(sign * $0), over: 12) }
  }
}
