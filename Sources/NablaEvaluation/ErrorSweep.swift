import NablaAlgebra
import NablaBasics

/// A value with a first-order bound of the rounding error it carries (running error analysis: Higham, Accuracy and
/// Stability of Numerical Algorithms, 2002, section 3.3).
struct RoundedNumber: ProgramNumber {
  let value: Double
  /// How far the exact result of the same operations may lie.
  let error: Double

  /// Half a unit in the last place of 1: what one correctly rounded operation loses at most.
  static let unit = Double.ulpOfOne / 2

  init(_ value: Double) { self.init(value, error: 0) }

  /// A constant that is no short binary fraction, such as 0.1 or π, counts as rounded.
  init(constant: Double) {
    self.init(constant, error: constant.isShort ? 0 : RoundedNumber.unit * constant.magnitude)
  }

  init(_ value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  /// A value that was rounded `roundings` times on top of an error that it inherits.
  private init(_ value: Double, inherited: Double, roundings: Double = 1) {
    self.init(value, error: inherited + roundings * RoundedNumber.unit * value.magnitude)
  }

  var isZero: Bool { value == 0 && error == 0 }

  static func + (a: Self, b: Self) -> Self {
    a.isZero ? b : b.isZero ? a : Self(a.value + b.value, inherited: a.error + b.error)
  }

  static func * (a: Self, b: Self) -> Self {
    let inherited = a.value.magnitude * b.error + b.value.magnitude * a.error + a.error * b.error
    return Self(a.value * b.value, inherited: inherited)
  }

  private static func quotient(_ value: Double, _ a: Self, _ b: Self) -> Self {
    let distance = max(b.value.magnitude - b.error, 0)
    let inherited = a.error + value.magnitude * b.error
    return Self(value, inherited: inherited == 0 ? 0 : inherited / distance)
  }

  static func value(_ opcode: Opcode, _ a: Self, _ b: Self, _ c: Self, _ function: Function?) -> Self {
    let v = Arithmetic.value(opcode, a.value, b.value, c.value, function)
    let slope: Double
    switch opcode {
    case .add: return a + b
    case .subtract: return a + Self(-b.value, error: b.error)
    case .negate, .absolute: return Self(v, error: a.error)
    case .multiply: return a * b
    case .weigh: return a.value == 0 ? Self(0, error: a.error == 0 ? 0 : a.error * b.value.magnitude) : a * b
    case .divide: return quotient(v, a, b)
    case .share: return quotient(v, a, b)
    case .select: return a.value.isNaN ? Self(.nan) : a.value != 0 ? b : c
    case .squareRoot:
      let low = max(a.value - a.error, 0).squareRoot()
      return Self(v, inherited: a.error == 0 ? 0 : a.error / (v + low))
    case .cubeRoot: slope = 1 / (3 * v * v)
    case .exponential: slope = v
    case .logarithm: slope = 1 / a.value
    case .sine: slope = Libm.cos(a.value).magnitude + a.error / 2
    case .cosine: slope = Libm.sin(a.value).magnitude + a.error / 2
    case .tangent: slope = 1 + v * v
    case .hyperbolicTangent: slope = (1 - v) * (1 + v)
    case .power, .oddPower, .evenPower: return Self(v, inherited: inherited(byPower: v, a, b), roundings: 4)
    case .unary, .binary, .ternary:
      let inherited = inherited(by: v, of: opcode, a, b, c, function)
      return Self(v, inherited: inherited, roundings: 4)
    case .loop, .reverseLoop, .held: return Self(.nan)
    }
    return Self(v, inherited: a.error == 0 ? 0 : slope.magnitude * a.error, roundings: 2)
  }

  /// What errors of u and p change in uᵖ: uᵖ·(eʳ − 1) for the change r of p·ln u, also where that is no small one.
  private static func inherited(byPower value: Double, _ base: Self, _ exponent: Self) -> Double {
    if exponent.error == 0, exponent.value == 0 || base.error == 0 { return 0 }
    let size = base.value.magnitude
    if size <= base.error || size == 0 {
      let most = exponent.value - exponent.error
      return most > 0 ? Libm.pow(size + base.error, most) : .infinity
    }
    let turn = exponent.error == 0 ? 0 : exponent.error * Libm.log(size).magnitude
    let part = base.error / size
    return value.magnitude
      * [part, -part].reduce(0) { most, part in
        let change = Libm.log1p(part)
        let rate = exponent.value * change
        let spread = turn + exponent.error * change.magnitude
        return max(most, Libm.expm1(rate + spread).magnitude, Libm.expm1(rate - spread).magnitude)
      }
  }

  /// The errors of the arguments times slopes that are differences over a ten-millionth; what the errors themselves
  /// change where that is more, as of a function that turns within a ten-millionth.
  private static func inherited(
    by value: Double, of opcode: Opcode, _ a: Self, _ b: Self, _ c: Self, _ function: Function?
  ) -> Double {
    let arity = function?.arity ?? 2
    let arguments = [a, b, c].prefix(arity)
    var sum = 0.0
    for (place, argument) in arguments.enumerated() where argument.error > 0 {
      var moved = [a.value, b.value, c.value]
      let change = { (step: Double) in
        var change = 0.0
        for direction in [-step, step] {
          moved[place] = argument.value + direction
          let difference = (Arithmetic.value(opcode, moved[0], moved[1], moved[2], function) - value)
            .magnitude
          if difference > change { change = difference }
        }
        return change
      }
      let step = max(argument.error, 1e-7 * argument.value.magnitude)
      sum += max(change(step) / step * argument.error, change(argument.error))
    }
    return sum
  }
}

extension CompiledFunction {
  /// How much rounding may have changed the value and the gradient at a point, to first order: the level below which
  /// differences of values say nothing.
  ///
  ///     √(10²⁰ + x) − 10¹⁰ at 0    // value: about 2·10⁻⁶
  ///
  /// The coordinates count as exact, constants such as 0.1 and π as rounded. Not a number where the formula has no value.
  public func roundingLevel(at x: [Double]) -> (value: Double, gradient: [Double]) {
    precondition(x.count == variables.count, "\(variables.count) coordinates expected, \(x.count) given")
    let (values, gradient) = GenericExecutor.run(
      storage.compiled, at: x.map { RoundedNumber($0) }, partials: storage.compiled.partials)
    guard !values[0].value.isNaN else { return (.nan, x.map { _ in .nan }) }
    return (values[0].error, gradient.map(\.error))
  }

  /// The same for the value alone.
  public func valueRoundingLevel(at x: [Double]) -> Double {
    precondition(x.count == variables.count, "\(variables.count) coordinates expected, \(x.count) given")
    let value = GenericExecutor.run(storage.compiled, at: x.map { RoundedNumber($0) }, partials: nil).values[
      0]
    return value.value.isNaN ? .nan : value.error
  }
}
