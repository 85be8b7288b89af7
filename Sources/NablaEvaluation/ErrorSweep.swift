import NablaAlgebra
import NablaBasics

/// A value with a first-order bound of the rounding error it carries (running error analysis: Higham, Accuracy and
/// Stability of Numerical Algorithms, 2002, section 3.3).
///
/// Both are wide numbers, so that nothing is lost that is merely too large or too small for a `Double`.
struct RoundedNumber: ProgramNumber {
  let value: WideNumber
  /// How far the exact result of the same operations may lie.
  let error: WideNumber

  /// Half a unit in the last place of 1: what one correctly rounded operation loses at most.
  static let unit = Double.ulpOfOne / 2

  /// What the range of a `Double` may have swallowed of a function's value, and what is nothing beside what overflowed.
  private static let tiny = WideNumber(.leastNonzeroMagnitude)
  private static let share = WideNumber(1 / .greatestFiniteMagnitude)
  private static let normal = WideNumber(.leastNormalMagnitude)

  init(_ value: Double) { self.init(WideNumber(value), error: .zero) }

  /// A constant that is no short binary fraction, such as 0.1 or π, counts as rounded.
  init(constant: Double) {
    self.init(constant, error: constant.isShort ? 0 : RoundedNumber.unit * constant.magnitude)
  }

  init(_ value: Double, error: Double) { self.init(WideNumber(value), error: WideNumber(error)) }

  /// An error that cannot be told has no bound.
  private init(_ value: WideNumber, error: WideNumber) {
    self.value = value
    self.error = error.isNaN && !value.isNaN ? .infinity : error
  }

  /// A value that was rounded `roundings` times on top of an error that it inherits.
  private init(_ value: WideNumber, inherited: WideNumber, roundings: Double = 1) {
    self.init(value, error: inherited + WideNumber(roundings * RoundedNumber.unit) * value.magnitude)
  }

  var isZero: Bool { value.isZero && error.isZero }

  static func + (a: Self, b: Self) -> Self {
    a.isZero ? b : b.isZero ? a : Self(a.value + b.value, inherited: a.error + b.error)
  }

  static prefix func - (a: Self) -> Self { Self(-a.value, error: a.error) }

  static func * (a: Self, b: Self) -> Self {
    let inherited = a.value.magnitude * b.error + b.value.magnitude * a.error + a.error * b.error
    return Self(a.value * b.value, inherited: inherited)
  }

  private static func quotient(_ value: WideNumber, _ a: Self, _ b: Self) -> Self {
    // Of a divisor that overflowed only this is known.
    if value.isZero, b.value.isInfinite { return Self(value, error: (a.value.magnitude + a.error) * share) }
    let distance = max(b.value.magnitude - b.error, .zero)
    let inherited = a.error + value.magnitude * b.error
    return Self(value, inherited: inherited.isZero ? .zero : inherited / distance)
  }

  static func value(_ opcode: Opcode, _ a: Self, _ b: Self, _ c: Self, _ function: Function?) -> Self {
    let v = WideNumber.value(opcode, a.value, b.value, c.value, function)
    switch opcode {
    case .add: return a + b
    case .subtract: return a + -b
    case .negate, .absolute: return Self(v, error: a.error)
    case .multiply: return a * b
    case .weigh:
      return a.value.isZero ? Self(.zero, error: a.error.isZero ? .zero : a.error * b.value.magnitude) : a * b
    case .divide, .share: return quotient(v, a, b)
    case .select: return a.value.isNaN ? Self(.nan) : a.value.isZero ? c : b
    case .squareRoot:
      let low = max(a.value - a.error, .zero).squareRoot
      return Self(v, inherited: a.error.isZero ? .zero : a.error / (v + low))
    case .cubeRoot: return smooth(v, a, slope: WideNumber(1) / (WideNumber(3) * v * v))
    case .exponential: return a.value == -.infinity ? Self(v, error: v) : smooth(v, a, slope: v)
    case .logarithm: return smooth(v, a, slope: WideNumber(1) / a.value)
    case .sine, .cosine, .tangent, .hyperbolicTangent: return circular(opcode, v, a.plain)
    case .power, .oddPower, .evenPower:
      return Self(v, inherited: inherited(byPower: v, a, b), roundings: roundings(of: v))
    case .unary, .binary, .ternary: return call(v, opcode, [a.plain, b.plain, c.plain], function)
    case .loop, .reverseLoop, .held: return Self(.nan)
    }
  }

  /// The value of a smooth function, to first order.
  private static func smooth(_ value: WideNumber, _ a: Self, slope: WideNumber) -> Self {
    let inherited = a.error.isZero || slope.isZero ? .zero : slope.magnitude * a.error
    return Self(value, inherited: inherited, roundings: 2)
  }

  private static func circular(_ opcode: Opcode, _ v: WideNumber, _ a: Self) -> Self {
    let x = a.value.double
    let half = a.error / WideNumber(2)
    switch opcode {
    case .sine: return smooth(v, a, slope: WideNumber(Libm.cos(x).magnitude) + half)
    case .cosine: return smooth(v, a, slope: WideNumber(Libm.sin(x).magnitude) + half)
    case .tangent: return smooth(v, a, slope: WideNumber(1) + v * v)
    default: return smooth(v, a, slope: (WideNumber(1) - v) * (WideNumber(1) + v))
    }
  }

  /// The nearest `Double`, as a closure gets it; how far that is counts as an error.
  private var plain: Self {
    if value.isPlain { return self }
    let nearest = WideNumber(value.double)
    return Self(nearest, error: error + (value - nearest).magnitude)
  }

  /// How many roundings a function counts for; what has no `Double` came by its logarithm.
  private static func roundings(of value: WideNumber) -> Double {
    value.isZero || value.double.isNormal ? 4 : 4 + 2 * value.magnitude.logarithm.magnitude
  }

  /// What errors of u and p change in uᵖ: uᵖ·(eʳ − 1) for the change r of p·ln u, also where that is no small one.
  private static func inherited(byPower value: WideNumber, _ base: Self, _ exponent: Self) -> WideNumber {
    if exponent.error.isZero, exponent.value.isZero || base.error.isZero { return .zero }
    let size = base.value.magnitude
    if size <= base.error || size.isZero {
      let most = exponent.value - exponent.error
      let power = WideNumber.value(.power, size + base.error, most, most, nil)
      return most > .zero ? power : .infinity
    }
    let (rate, error) = (exponent.value.double, exponent.error.double)
    let turn = error == 0 ? 0 : error * size.logarithm.magnitude
    let part = (base.error / size).double
    return value.magnitude
      * WideNumber(
        [part, -part].reduce(0) { most, part in
          let change = Libm.log1p(part)
          let turned = rate * change
          let spread = turn + error * change.magnitude
          return max(most, Libm.expm1(turned + spread).magnitude, Libm.expm1(turned - spread).magnitude)
        })
  }

  /// The value of a closure. One beyond the range of a `Double`, which it might have, has no bound or lies beside 0.
  private static func call(
    _ value: WideNumber, _ opcode: Opcode, _ arguments: [Self], _ function: Function?
  ) -> Self {
    if value.isInfinite { return Self(value, error: .infinity) }
    let numbers = arguments.map(\.value.double)
    let off = function?.oscillationError?(numbers[0], numbers[1]) ?? 0
    let arguments = Array(arguments.prefix(function?.arity ?? 2))
    let inherited = inherited(by: value, of: opcode, arguments, function) + WideNumber(off)
    let isLost = isSwallowed(value, of: opcode, arguments, function)
    return Self(value, inherited: isLost ? inherited + tiny : inherited, roundings: roundings(of: value))
  }

  /// Whether a value is next to nothing for want of smaller numbers, as that of erfc at 30; a zero such as that of ⌊x⌋, and
  /// one that has other values beside it, is none.
  private static func isSwallowed(
    _ value: WideNumber, of opcode: Opcode, _ arguments: [Self], _ function: Function?
  ) -> Bool {
    guard value.magnitude < normal, value.isPlain, let function, case .partials = function.derivative,
      function.curvature?.isPiecewiseLinear != true
    else { return false }
    let beside = arguments.enumerated().map { place, argument in
      let step = 0.001 * Double(place + 1)
      return argument.value.isZero ? WideNumber(step) : argument.value * WideNumber(1 + step)
    }
    let numbers = beside + [.zero, .zero]
    return WideNumber.value(opcode, numbers[0], numbers[1], numbers[2], function).magnitude < normal
  }

  /// The errors of the arguments times slopes that are differences over a ten-millionth; what the errors themselves
  /// change where that is more, as of a function that turns within a ten-millionth.
  private static func inherited(
    by value: WideNumber, of opcode: Opcode, _ arguments: [Self], _ function: Function?
  ) -> WideNumber {
    var sum = WideNumber.zero
    let numbers = arguments.map(\.value) + [.zero, .zero]
    for (place, argument) in arguments.enumerated() where argument.error > .zero {
      var moved = numbers
      let change = { (step: WideNumber) in
        var change = WideNumber.zero
        for direction in [-step, step] {
          // What is infinite was at least the largest number.
          moved[place] =
            argument.value.isFinite
            ? argument.value + direction
            : WideNumber(argument.value > .zero ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude)
          let difference =
            (WideNumber.value(opcode, moved[0], moved[1], moved[2], function) - value).magnitude
          if difference > change { change = difference }
        }
        return change
      }
      guard argument.value.isFinite else {
        sum = sum + change(.zero)
        continue
      }
      let step = max(argument.error, WideNumber(1e-7) * argument.value.magnitude)
      sum = sum + max(change(step) / step * argument.error, change(argument.error))
    }
    return sum
  }
}
