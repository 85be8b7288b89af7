import NablaAlgebra
import NablaBasics

/// A value that knows whether no operation on the way to it was rounded.
struct ExactNumber: ProgramNumber {
  let value: Double
  let isExact: Bool

  init(_ value: Double) { self.init(value, true) }

  /// A constant that is no short binary fraction, such as 0.1 or π, counts as rounded.
  init(constant: Double) { self.init(constant, constant.isShort) }

  private init(_ value: Double, _ isExact: Bool) {
    self.value = value
    self.isExact = isExact && value.isFinite
  }

  var isZero: Bool { value == 0 && isExact }

  static func + (a: Self, b: Self) -> Self {
    let sum = a.value + b.value
    let part = sum - a.value
    let rest = (a.value - (sum - part)) + (b.value - part)
    return Self(sum, a.isExact && b.isExact && rest == 0)
  }

  static func * (a: Self, b: Self) -> Self {
    if a.isZero, b.value.isFinite { return a }
    if b.isZero, a.value.isFinite { return b }
    let product = a.value * b.value
    let isWhole = (-product).addingProduct(a.value, b.value) == 0 && product.magnitude >= 1e-250
    return Self(product, a.isExact && b.isExact && isWhole)
  }

  private static func quotient(_ value: Double, _ a: Self, _ b: Self) -> Self {
    if a.isZero, b.value != 0, b.value.isFinite { return a }
    let isWhole = (-a.value).addingProduct(value, b.value) == 0 && a.value.magnitude >= 1e-250
    return Self(value, a.isExact && b.isExact && isWhole)
  }

  static func value(_ opcode: Opcode, _ a: Self, _ b: Self, _ c: Self, _ function: Function?) -> Self {
    let v = Arithmetic.value(opcode, a.value, b.value, c.value, function)
    switch opcode {
    case .add: return a + b
    case .subtract: return a + Self(-b.value, b.isExact)
    case .negate, .absolute: return Self(v, a.isExact)
    case .multiply, .weigh: return a * b
    case .divide, .share: return quotient(v, a, b)
    case .select: return a.isExact ? (a.value != 0 ? b : c) : Self(v, false)
    case .squareRoot: return Self(v, a.isExact && (-a.value).addingProduct(v, v) == 0)
    case .cubeRoot: return named(.cbrt, [a], v)
    case .exponential: return Self(v, a.isZero)
    case .logarithm, .sine, .cosine, .tangent, .hyperbolicTangent: return named(opcode.row, [a], v)
    case .power: return Self(v, a.isExact && b.isExact && Expr.power(number(a), number(b)).isExactly(v))
    case .oddPower, .evenPower: return Self(v, a.isExact && (a.isZero || a.value.magnitude == 1))
    case .unary, .binary, .ternary:
      return named(function, Array([a, b, c].prefix(function?.arity ?? 0)), v)
    case .loop, .reverseLoop, .held: return Self(.nan)
    }
  }

  /// A call of numbers is exact where its row knows the exact value.
  private static func named(_ function: Function?, _ arguments: [Self], _ value: Double) -> Self {
    guard let function, value.isFinite, arguments.allSatisfy(\.isExact) else { return Self(value, false) }
    return Self(value, Expr.call(function, arguments.map(number)).isExactly(value))
  }

  private static func number(_ x: Self) -> Expr { .number(Number(Rational(exactly: x.value) ?? 0)) }
}

extension Expr {
  /// Whether it is the exact number that a double stands for.
  fileprivate func isExactly(_ value: Double) -> Bool {
    guard case .number(let number) = shape, number.isExact else { return false }
    return number.double == value && number.isZero == (value == 0)
  }
}

extension CompiledFunction {
  /// Whether the value and the partial derivatives at a point were computed without any rounding; the coordinates count
  /// as exact.
  ///
  ///     1 − cos x at 10⁻⁹    // not the value, which is 0 by rounding; not the derivative
  ///     x² − 1 at 1          // both
  package func isComputedExactly(at x: [Double]) -> (value: Bool, gradient: [Bool]) {
    let (values, gradient) = GenericExecutor.run(
      storage.compiled, at: x.map { ExactNumber($0) }, partials: storage.compiled.partials)
    return (values[0].isExact, gradient.map(\.isExact))
  }
}
