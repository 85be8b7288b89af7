import NablaAlgebra
import NablaBasics

/// What the operations on numbers are; the compiler works out constants with it, an executor runs the same.
enum Arithmetic {
  /// |x|ᵖ with the sign of x.
  ///
  ///     oddPower(-8, 1.0 / 3)   // −2
  static func oddPower(_ x: Double, _ p: Double) -> Double {
    let size = power(x.magnitude, p)
    return x < 0 ? -size : size
  }

  /// |x|ᵖ.
  static func evenPower(_ x: Double, _ p: Double) -> Double { power(x.magnitude, p) }

  /// xᵖ; nothing for 0 under a negative exponent, and nothing of nothing: 1 to the power of NaN is NaN here.
  static func power(_ x: Double, _ p: Double) -> Double {
    x.isNaN || p.isNaN || (x == 0 && p < 0) ? .nan : Libm.pow(x, p)
  }

  /// a/b, nothing over 0: an infinity there would pass for a large number in arctan(1/x) or 1/(1/x).
  @inline(__always)
  static func quotient(_ a: Double, _ b: Double) -> Double { b == 0 ? .nan : a / b }

  /// ln x, nothing for 0 and below.
  @inline(__always)
  static func logarithm(_ x: Double) -> Double { x > 0 ? Libm.log(x) : .nan }

  /// ln(1 + x), nothing for −1 and below.
  @inline(__always)
  static func logarithmOfOnePlus(_ x: Double) -> Double { x > -1 ? Libm.log1p(x) : .nan }

  /// The second where the test holds, the third where it does not; a test that is not a number decides nothing.
  @inline(__always)
  static func select(_ test: Double, _ yes: Double, _ no: Double) -> Double {
    test == 0 ? no : test.isNaN ? .nan : yes
  }

  /// One operation on numbers; a loop has no value without its program.
  static func value(_ opcode: Opcode, _ a: Double, _ b: Double, _ c: Double, _ function: Function?) -> Double
  {
    switch opcode {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: quotient(a, b)
    case .negate: -a
    case .squareRoot: a.squareRoot()
    case .cubeRoot: RealMath.cbrt(a)
    case .exponential: Libm.exp(a)
    case .logarithm: logarithm(a)
    case .sine: Libm.sin(a)
    case .cosine: Libm.cos(a)
    case .tangent: Libm.tan(a)
    case .hyperbolicTangent: Libm.tanh(a)
    case .absolute: a.magnitude
    case .power: power(a, b)
    case .oddPower: oddPower(a, b)
    case .evenPower: evenPower(a, b)
    case .select: select(a, b, c)
    case .weigh: a == 0 ? 0 : a * b
    case .share: a == 0 ? 0 : a / b
    case .unary, .binary, .ternary: value(of: function, a, b, c)
    case .loop, .reverseLoop, .held: .nan
    }
  }

  private static func value(of function: Function?, _ a: Double, _ b: Double, _ c: Double) -> Double {
    switch function?.value {
    case .unary(let f): f(a)
    case .binary(let f): f(a, b)
    case .ternary(let f): f(a, b, c)
    case nil: .nan
    }
  }
}
