import NablaBasics

@testable import NablaAlgebra

/// Random expressions over x, y and a few functions, for laws.
struct RandomExpr {
  var random: SplitMix64

  init(start: UInt64) { random = SplitMix64(start: start) }

  mutating func next(depth: Int = 4) -> Expr {
    let functions: [Function] = [.ln, .abs, .sign, .sin, .cos]
    switch Int.random(in: depth <= 0 ? 0...3 : 0...11, using: &random) {
    case 0: return .integer(Int.random(in: -4...6, using: &random))
    case 1: return Expr("x")
    case 2: return Expr("y")
    case 3:
      return .integer(Int.random(in: 1...5, using: &random)) / .integer(Int.random(in: 1...4, using: &random))
    case 4, 5: return .sum((0..<Int.random(in: 2...4, using: &random)).map { _ in next(depth: depth - 1) })
    case 6, 7:
      return .product((0..<Int.random(in: 2...3, using: &random)).map { _ in next(depth: depth - 1) })
    case 8: return next(depth: depth - 1) / next(depth: depth - 1)
    case 9: return pow(next(depth: depth - 1), .integer(Int.random(in: -2...3, using: &random)))
    case 10:
      return Bool.random(using: &random) ? next(depth: depth - 1).squareRoot : exp(next(depth: depth - 1))
    default: return .call(functions.randomElement(using: &random)!, [next(depth: depth - 1)])
    }
  }
}

extension Expr {
  /// The value by a plain walk over the tree: the oracle of the laws.
  func value(_ values: [Variable: Double]) -> Double {
    switch shape {
    case .number(let number): number.double
    case .constant(let constant): constant.value
    case .variable(let variable): values[variable] ?? .nan
    case .element: .nan
    case .sum(let terms): terms.reduce(0) { $0 + $1.value(values) }
    case .product(let factors): factors.reduce(1) { $0 * $1.value(values) }
    case .power(let base, let exponent): Expr.realPower(base.value(values), exponent, exponent.value(values))
    case .call(let function, let arguments):
      switch function.value {
      case .unary(let f): f(arguments[0].value(values))
      case .binary(let f): f(arguments[0].value(values), arguments[1].value(values))
      case .ternary(let f):
        f(arguments[0].value(values), arguments[1].value(values), arguments[2].value(values))
      }
    case .fold: .nan
    }
  }

  private static func realPower(_ base: Double, _ exponent: Expr, _ value: Double) -> Double {
    if base < 0, let power = exponent.asNumber?.rational, power.denominator.isOdd, !power.isInteger {
      let size = Libm.pow(-base, value)
      return power.numerator.isOdd ? -size : size
    }
    return base.isNaN ? base : Libm.pow(base, value)  // C says that NaN to the power of 0 is 1
  }
}
