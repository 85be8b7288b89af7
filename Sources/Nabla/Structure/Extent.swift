import NablaAlgebra
import NablaBasics

/// Bounds of the values of an expression, and whether the ends are values themselves: −1 < tanh x < 1, but 0 ≤ x².
struct Extent: Hashable {
  /// The ends; infinite where there is none.
  var low = -Double.infinity
  var high = Double.infinity
  /// Whether an end may be a value.
  var hasLow = true
  var hasHigh = true

  /// All numbers.
  static let line = Extent()
  static let positive = Extent(low: 0, hasLow: false)
  static let nonnegative = Extent(low: 0)

  /// What lies in both.
  func narrowed(by other: Extent) -> Extent {
    var result = self
    if other.low > low || other.low == low && !other.hasLow {
      (result.low, result.hasLow) = (other.low, other.hasLow)
    }
    if other.high < high || other.high == high && !other.hasHigh {
      (result.high, result.hasHigh) = (other.high, other.hasHigh)
    }
    return result.low <= result.high ? result : self
  }

  /// The least extent around both.
  func joined(with other: Extent) -> Extent {
    var result = self
    if other.low <= low {
      (result.low, result.hasLow) = (other.low, other.hasLow || other.low == low && hasLow)
    }
    if other.high >= high {
      (result.high, result.hasHigh) = (other.high, other.hasHigh || other.high == high && hasHigh)
    }
    return result
  }

  /// The extent of a function that nowhere falls, from its values at the ends.
  func rising(_ value: (Double) -> Double) -> Extent {
    let ends = (value(low), value(high))
    guard ends.0 <= ends.1 else { return .line }
    return Extent(low: ends.0, high: ends.1, hasLow: hasLow, hasHigh: hasHigh)
  }

  static func + (a: Extent, b: Extent) -> Extent {
    let (low, high) = (a.low + b.low, a.high + b.high)
    guard low <= high else { return .line }
    return Extent(low: low, high: high, hasLow: a.hasLow && b.hasLow, hasHigh: a.hasHigh && b.hasHigh)
  }

  /// All products; that of 0 and a factor without end is 0.
  static func * (a: Extent, b: Extent) -> Extent {
    let corners = [(a.low, a.hasLow), (a.high, a.hasHigh)].flatMap { x, hasX in
      [(b.low, b.hasLow), (b.high, b.hasHigh)].map { y, hasY in
        let isZero = x == 0 && hasX || y == 0 && hasY
        return Extent(at: x == 0 || y == 0 ? 0 : x * y, isReached: isZero || hasX && hasY)
      }
    }
    return corners.dropFirst().reduce(corners[0]) { $0.joined(with: $1) }
  }

  private init(at value: Double, isReached: Bool) {
    self.init(low: value, high: value, hasLow: isReached, hasHigh: isReached)
  }

  init(low: Double = -.infinity, high: Double = .infinity, hasLow: Bool = true, hasHigh: Bool = true) {
    (self.low, self.high, self.hasLow, self.hasHigh) = (low, high, hasLow, hasHigh)
  }

  /// |u|
  var magnitude: Extent {
    if low >= 0 { return self }
    let turned = Extent(low: -high, high: -low, hasLow: hasHigh, hasHigh: hasLow)
    if high <= 0 { return turned }
    return Extent(low: 0).narrowed(by: joined(with: turned))
  }

  /// Whether all values stand in a relation to 0.
  func all(_ relation: SignChart.Relation) -> Bool {
    switch relation {
    case .above: low > 0 || low == 0 && !hasLow
    case .atLeast: low >= 0
    case .atMost: high <= 0
    case .below: high < 0 || high == 0 && !hasHigh
    case .not: all(.above) || all(.below)
    }
  }
}

extension Expr {
  /// Bounds of all values that an expression of real numbers can have, as its functions alone tell, and what is known of
  /// some of its parts: 1 to 3 for 2 + sin x.
  func extent(knowing known: [Expr: Extent] = [:]) -> Extent {
    let own = isPositive ? Extent.positive : isNonnegative ? .nonnegative : .line
    return (known[self] ?? .line).narrowed(by: own).narrowed(by: extentOfParts(known))
  }

  private func extentOfParts(_ known: [Expr: Extent]) -> Extent {
    if let value = constantValue { return value.isFinite ? Extent(low: value, high: value) : .line }
    switch shape {
    case .sum(let terms):
      return terms.dropFirst().reduce(terms[0].extent(knowing: known)) { $0 + $1.extent(knowing: known) }
    case .product(let factors):
      return factors.dropFirst().reduce(factors[0].extent(knowing: known)) { $0 * $1.extent(knowing: known) }
    case .power(let base, let exponent):
      return Expr.extentOfPower(base.extent(knowing: known), exponent, exponent.extent(knowing: known), base)
    case .call(let function, let arguments):
      return Extent.own(function).narrowed(
        by: Expr.extent(of: function, arguments.map { $0.extent(knowing: known) }))
    case .number, .constant, .variable, .element, .fold: return .line
    }
  }

  /// uⁿ, and aᵘ for a number a.
  private static func extentOfPower(_ u: Extent, _ exponent: Expr, _ rate: Extent, _ base: Expr) -> Extent {
    guard case .number(let number) = exponent.shape, let power = number.rational else {
      if let number = base.constantValue, number > 1 {
        return Extent.positive.narrowed(by: rate.rising { Libm.pow(number, $0) })
      }
      return u.all(.above) ? .positive : .line
    }
    if power.isNegative { return u.all(.above) ? .positive : .line }
    if power.denominator.isOdd, power.numerator.isOdd, u.low < 0 {
      return u.rising { $0 < 0 ? -Libm.pow(-$0, power.double) : Libm.pow($0, power.double) }
    }
    return u.magnitude.rising { Libm.pow($0, power.double) }
  }

  private static func extent(of function: Function, _ parts: [Extent]) -> Extent {
    switch function {
    case .abs: return parts[0].magnitude
    case .if: return parts[1].joined(with: parts[2])
    case .min, .max:
      let pick: (Double, Double) -> Double = function == .min ? { Swift.min($0, $1) } : { Swift.max($0, $1) }
      return Extent(low: pick(parts[0].low, parts[1].low), high: pick(parts[0].high, parts[1].high))
    default:
      guard Extent.rising.contains(function), case .unary(let value) = function.value else { return .line }
      return parts[0].rising(value)
    }
  }
}

extension Extent {
  /// Functions that rise everywhere.
  fileprivate static let rising: [Function] = [
    .arctan, .tanh, .sinh, .asinh, .erf, .sigmoid, .softplus, .expm1, .cbrt,
  ]

  /// The values of a function, whatever its arguments are.
  fileprivate static func own(_ function: Function) -> Extent {
    let quarter = Double.pi / 2
    switch function {
    case .sin, .cos, .sign: return Extent(low: -1, high: 1)
    case .tanh, .erf: return Extent(low: -1, high: 1, hasLow: false, hasHigh: false)
    case .sigmoid: return Extent(low: 0, high: 1, hasLow: false, hasHigh: false)
    case .sech: return Extent(low: 0, high: 1, hasLow: false)
    case .erfc: return Extent(low: 0, high: 2, hasLow: false, hasHigh: false)
    case .cosh: return Extent(low: 1)
    case .expm1: return Extent(low: -1, hasLow: false)
    case .arctan: return Extent(low: -quarter, high: quarter, hasLow: false, hasHigh: false)
    case .arcsin: return Extent(low: -quarter, high: quarter)
    case .arccos: return Extent(low: 0, high: .pi)
    default: return .line
    }
  }
}
