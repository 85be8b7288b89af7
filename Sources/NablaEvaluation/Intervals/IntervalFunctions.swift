import NablaAlgebra
import NablaBasics

/// The functions of the table on intervals, by their shapes.
extension Interval {
  /// The values of a function; everything where its shape is not known.
  static func value(of function: Function, _ a: Interval, _ b: Interval, _ c: Interval) -> Interval {
    switch function.value {
    case .unary(let f):
      if a.isEmpty { return a }
      return shapes[function.name]?(a, f) ?? unknown
    case .binary(let f):
      if a.isEmpty || b.isEmpty { return decided(function.name, a, b) }
      return binary(function, a, b, f)
    case .ternary: return ternary(function.name, a, b, c)
    }
  }

  /// What a function of one argument makes of an interval.
  typealias Shape = @Sendable (Interval, (Double) -> Double) -> Interval

  /// The error of functions that are computed by series and continued fractions, in units of the last place.
  private static let seriesUnits = 4096.0

  private static func increasing(
    from lower: Double = -.infinity, to upper: Double = .infinity, units: Double = 4
  ) -> Shape {
    { monotone($0, on: Interval(lower, upper), units: units, $1) }
  }

  private static func decreasing(
    from lower: Double = -.infinity, to upper: Double = .infinity, units: Double = 4
  ) -> Shape {
    { monotone($0, on: Interval(lower, upper), isIncreasing: false, units: units, $1) }
  }

  /// A step function is continuous where it is constant.
  private static let steps: Shape = { a, f in
    let (low, high) = (f(a.lower), f(a.upper))
    return Interval(low, high, isContinuous: a.isContinuous && low == high)
  }

  /// A function of the reciprocal.
  private static func reciprocal(_ outer: @escaping @Sendable (Interval) -> Interval) -> Shape {
    { a, _ in outer(Interval(1) / a) }
  }

  static let shapes: [String: Shape] = [
    "exp": increasing(), "ln": increasing(from: 0), "log10": increasing(from: 0), "log2": increasing(from: 0),
    "log1p": increasing(from: -1), "expm1": increasing(), "sigmoid": increasing(), "softplus": increasing(),
    "relu": increasing(), "sqrt": increasing(from: 0), "cbrt": increasing(),
    "arcsin": increasing(from: -1, to: 1), "arccos": decreasing(from: -1, to: 1), "arctan": increasing(),
    "sinh": increasing(), "tanh": increasing(), "asinh": increasing(), "acosh": increasing(from: 1),
    "atanh": increasing(from: -1, to: 1), "erf": increasing(), "erfc": decreasing(),
    "erfi": increasing(units: seriesUnits), "erfinv": increasing(from: -1, to: 1, units: seriesUnits),
    "logit": increasing(from: 0, to: 1),
    "lambertW": increasing(from: RealMath.branchPoint, units: seriesUnits),
    "floor": steps, "ceil": steps, "round": steps, "sign": steps,
    "not": { a, _ in a.contains(0) ? (a.isZero ? Interval(1) : Interval(0, 1).broken) : Interval(0) },
    "abs": { a, _ in a.absolute }, "cosh": { even($0, isIncreasing: true, $1) },
    "sech": { even($0, isIncreasing: false, $1) }, "sin": { a, _ in sine(a) }, "cos": { a, _ in cosine(a) },
    "tan": { a, _ in tangent(a) }, "cot": { a, _ in cotangent(a) },
    "sec": { a, _ in Interval(1) / cosine(a) },
    "csc": { a, _ in Interval(1) / sine(a) },
    "coth": { a, _ in Interval(1) / monotone(a) { Libm.tanh($0) } },
    "csch": { a, _ in Interval(1) / monotone(a) { Libm.sinh($0) } },
    "arccot": reciprocal { monotone($0) { Libm.atan($0) } },
    "arcsec": reciprocal { monotone($0, on: Interval(-1, 1), isIncreasing: false) { Libm.acos($0) } },
    "arccsc": reciprocal { monotone($0, on: Interval(-1, 1)) { Libm.asin($0) } },
    "acoth": reciprocal { monotone($0, on: Interval(-1, 1)) { Libm.atanh($0) } },
    "asech": { a, f in monotone(a, on: Interval(0, 1), isIncreasing: false, f) },
    "acsch": reciprocal { monotone($0) { Libm.asinh($0) } },
    "gamma": { a, f in valley(a, f, bottom: gammaBottom) },
    "lnGamma": { a, f in valley(a, f, bottom: gammaBottom) },
    "factorial": { a, f in
      a.lower > -1 ? valley(a + Interval(1), { f($0 - 1) }, bottom: gammaBottom) : unknown
    },
    "psi": { a, f in a.lower > 0 ? monotone(a, units: seriesUnits, f) : unknown },
    "trigamma": { a, f in a.lower > 0 ? monotone(a, isIncreasing: false, units: seriesUnits, f) : unknown },
    "gelu": { a, _ in
      a * (Interval(1) + monotone(a / Interval(2).rootOfPoint) { Libm.erf($0) }) * Interval(0.5)
    },
    "sinc": { a, f in
      let wave = Interval(-0.2173, 1, isContinuous: a.isContinuous)
      if a.magnitude <= 3 { return even(a, isIncreasing: false, f).intersection(wave) }
      return a.contains(0) ? wave : (sine(a) / a).intersection(wave)
    },
  ]

  /// Where Γ has its minimum on the positive numbers (OEIS A030169).
  private static let gammaBottom = 1.461_632_144_968_362_3

  /// The square root of one number, which is known to a unit in the last place.
  private var rootOfPoint: Interval { Interval(lower.squareRoot()).widened(by: 1) }

  /// A function of the positive numbers that falls up to its bottom and grows from there.
  private static func valley(_ a: Interval, _ f: (Double) -> Double, bottom: Double) -> Interval {
    guard a.lower > 0 else { return unknown }
    let ends = Interval(f(a.lower)).hull(Interval(f(a.upper)))
    let all = a.contains(bottom) ? ends.hull(Interval(f(bottom))) : ends
    let isContinuous = a.isContinuous
    return Interval(all.lower, all.upper, isContinuous: isContinuous).widened(by: seriesUnits)
  }

  // MARK: Two and three arguments

  private static func binary(
    _ function: Function, _ a: Interval, _ b: Interval, _ f: (Double, Double) -> Double
  ) -> Interval {
    let name = function.name
    let isContinuous = a.isContinuous && b.isContinuous
    /// The corners of a function that is monotone in each argument.
    func corners(_ a: Interval, _ b: Interval, units: Double = 4) -> Interval {
      let values = [f(a.lower, b.lower), f(a.lower, b.upper), f(a.upper, b.lower), f(a.upper, b.upper)]
      if values.contains(where: \.isNaN) { return unknown }
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      return Interval(low, high, isContinuous: isContinuous).widened(by: units)
    }
    switch name {
    case "min": return Interval(min(a.lower, b.lower), min(a.upper, b.upper), isContinuous: isContinuous)
    case "max": return Interval(max(a.lower, b.lower), max(a.upper, b.upper), isContinuous: isContinuous)
    case "hypot": return corners(a.absolute, b.absolute).intersection(Interval(0, .infinity))
    case "log":
      let positive = Interval(0, .infinity)
      return monotone(a, on: positive) { Libm.log($0) } / monotone(b, on: positive) { Libm.log($0) }
    case "atan2":
      // y first: the angle jumps on the negative x-axis.
      if b.lower > 0 || a.lower > 0 || a.upper < 0 { return corners(a, b) }
      return Interval((-Double.pi).nextDown, Double.pi.nextUp, isContinuous: false)
    case "beta": return a.lower > 0 && b.lower > 0 ? corners(a, b, units: seriesUnits) : unknown
    case "polygamma": return a.lower == a.upper && b.lower > 0 ? corners(a, b, units: seriesUnits) : unknown
    case "besselj", "polysinc":
      let middle = f(a.lower, b.middle)
      let reach = Interval(-b.width, b.width)
      guard a.lower == a.upper, middle.isFinite else { return Interval(-1, 1, isContinuous: isContinuous) }
      let off = function.oscillationError?(a.lower, b.middle) ?? 0
      let around = Interval(middle).widened(by: seriesUnits) + Interval(-off, off)
      let near = (around + reach).intersection(Interval(-1, 1))
      return Interval(near.lower, near.upper, isContinuous: isContinuous)
    case "mod":
      guard !b.contains(0) else { return unknown }
      let all = b.lower > 0 ? Interval(0, b.upper) : Interval(b.lower, 0)
      let turns = [(a.lower, b.lower), (a.lower, b.upper), (a.upper, b.lower), (a.upper, b.upper)].map {
        wholeTurns($0.0, $0.1)
      }
      guard let first = turns[0], turns.allSatisfy({ $0 == first }) else { return all.broken }
      if a.lower == a.upper, b.lower == b.upper { return rest(a.lower, b.lower, isContinuous) }
      let rest = (a - b * Interval(first)).intersection(all)
      return Interval(rest.lower, rest.upper, isContinuous: isContinuous)
    case "<", "<=", ">", ">=", "==", "!=", "and", "or": return truth(name, a, b)
    default: return unknown
    }
  }

  /// How often one number goes into another, rounded down, exactly; nil where that is too often to count.
  private static func wholeTurns(_ x: Double, _ y: Double) -> Double? {
    let rest = Libm.fmod(x, y)
    let turns = ((x - rest) / y).rounded()
    guard turns.magnitude < 0x1p50 else { return nil }
    return rest != 0 && (rest < 0) != (y < 0) ? turns - 1 : turns
  }

  /// What is left of one number after the whole turns of another: exact, unless another turn is added.
  private static func rest(_ x: Double, _ y: Double, _ isContinuous: Bool) -> Interval {
    let rest = Libm.fmod(x, y)
    let isShort = rest != 0 && (rest < 0) != (y < 0)
    let sum = isShort ? Interval(rest) + Interval(y) : Interval(rest == 0 ? 0 : rest)
    return Interval(sum.lower, sum.upper, isContinuous: isContinuous)
  }

  /// 1 where a comparison holds everywhere, 0 where it holds nowhere, else both.
  private static func truth(_ name: String, _ a: Interval, _ b: Interval) -> Interval {
    let (isAlways, isNever): (Bool, Bool) =
      switch name {
      case "<": (a.upper < b.lower, a.lower >= b.upper)
      case "<=": (a.upper <= b.lower, a.lower > b.upper)
      case ">": (a.lower > b.upper, a.upper <= b.lower)
      case ">=": (a.lower >= b.upper, a.upper < b.lower)
      case "==": (a.lower == a.upper && a == b, a.intersection(b).isEmpty)
      case "!=": (a.intersection(b).isEmpty, a.lower == a.upper && a == b)
      case "and": (!a.contains(0) && !b.contains(0), a.isZero || b.isZero)
      case "or": (!a.contains(0) || !b.contains(0), a.isZero && b.isZero)
      default: (false, false)
      }
    let isContinuous = a.isContinuous && b.isContinuous
    if isAlways { return Interval(1, 1, isContinuous: isContinuous) }
    return isNever ? Interval(0, 0, isContinuous: isContinuous) : Interval(0, 1, isContinuous: false)
  }

  /// What one condition decides where the other has no value: true or anything, false and anything.
  private static func decided(_ name: String, _ a: Interval, _ b: Interval) -> Interval {
    let known = a.isEmpty ? b : a
    if known.isEmpty { return empty }
    switch name {
    case "or": return known.isZero ? empty : Interval(1, 1, isContinuous: false)
    case "and": return known.contains(0) ? Interval(0, 0, isContinuous: false) : empty
    default: return empty
    }
  }

  private static func ternary(_ name: String, _ a: Interval, _ b: Interval, _ c: Interval) -> Interval {
    switch name {
    case "clamp":
      let isContinuous = a.isContinuous && b.isContinuous && c.isContinuous
      return Interval(
        min(max(a.lower, b.lower), c.lower), min(max(a.upper, b.upper), c.upper), isContinuous: isContinuous)
    case "if":
      if a.isEmpty { return a }
      if !a.contains(0) { return b }
      return a.isZero ? c : b.hull(c).broken
    default: return unknown
    }
  }
}
