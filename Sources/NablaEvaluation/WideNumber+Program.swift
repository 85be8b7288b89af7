import NablaAlgebra
import NablaBasics

extension WideNumber {
  /// One operation on numbers; what only a closure computes has the range of a `Double`.
  static func value(_ opcode: Opcode, _ a: Self, _ b: Self, _ c: Self, _ function: Function?) -> Self {
    switch opcode {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return b.isZero ? nan : a / b
    case .weigh: return a.isZero ? zero : a * b
    case .share: return a.isZero ? zero : a / b
    case .negate: return -a
    case .absolute: return a.magnitude
    case .select: return a.isNaN ? nan : a.isZero ? c : b
    case .squareRoot: return a.squareRoot
    case .cubeRoot, .exponential, .logarithm, .sine, .cosine, .tangent, .hyperbolicTangent, .power, .oddPower,
      .evenPower, .unary, .binary, .ternary:
      break
    case .loop, .reverseLoop, .held: return nan
    }
    let plain = Arithmetic.value(opcode, a.double, b.double, c.double, function)
    if plain.isNormal, a.isPlain, b.isPlain, c.isPlain { return Self(plain) }
    guard a.isFinite, !a.isZero else { return Self(plain) }
    switch opcode {
    case .cubeRoot: return cubeRoot(a)
    case .exponential: return exponential(a)
    case .logarithm: return Self(a.logarithm)
    case .power where a.digits < 0: return powerOfNegative(a, b.double)
    case .power, .evenPower: return power(a.magnitude, b.double)
    case .oddPower: return a.digits < 0 ? -power(-a, b.double) : power(a, b.double)
    case .unary:
      guard let logarithm = function?.logarithmOfSize?(a.double), logarithm.isFinite else {
        return Self(plain)
      }
      let size = exponential(Self(logarithm))
      return function?.parity == .odd && a.digits < 0 ? -size : size
    default: return Self(plain)
    }
  }

  private static func cubeRoot(_ a: Self) -> Self {
    let (thirds, rest) = a.scale.quotientAndRemainder(dividingBy: 3)
    return Self(RealMath.cbrt(a.digits)).times(twoToThe: 960 * thirds + 320 * rest)
  }

  /// eˣ = 2ⁿ·eʳ for the whole number n that leaves the smallest r.
  private static func exponential(_ x: Self) -> Self {
    let plain = x.double
    guard plain.magnitude < 0x1p52 else { return plain.isNaN ? nan : plain > 0 ? infinity : smallest }
    let n = (plain / logarithmOfTwo).rounded()
    let rest = plain.addingProduct(-n, logarithmOfTwo).addingProduct(-n, restOfLogarithmOfTwo)
    return Self(Libm.exp(rest)).times(twoToThe: Int(n))
  }

  private static func power(_ base: Self, _ exponent: Double) -> Self {
    exponential(Self(exponent) * Self(base.logarithm))
  }

  private static func powerOfNegative(_ base: Self, _ exponent: Double) -> Self {
    guard exponent.rounded() == exponent else { return nan }
    let size = power(-base, exponent)
    return Libm.fmod(exponent, 2) == 0 ? size : -size
  }
}
