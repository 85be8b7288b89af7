/// A number with its first and second derivatives by n variables.
struct Jet {
  var value: Double
  var slopes: [Double]
  /// n·n numbers, row after row.
  var curvatures: [Double]

  /// The variables at a point, with derivatives up to an order; those that are left out are no numbers at all.
  static func variables(at x: [Double], order: Int) -> [Jet] {
    x.indices.map { place in
      Jet(
        value: x[place], slopes: order < 1 ? [] : x.indices.map { $0 == place ? 1 : 0 },
        curvatures: order < 2 ? [] : [Double](repeating: 0, count: x.count * x.count))
    }
  }

  /// The chain rule for a function with its first and second derivative here.
  func map(_ f: Double, _ first: Double, _ second: Double) -> Jet {
    let n = slopes.count
    return Jet(
      value: f, slopes: slopes.map { first * $0 },
      curvatures: curvatures.indices.map {
        first * curvatures[$0] + (second == 0 ? 0 : second * slopes[$0 / n] * slopes[$0 % n])
      })
  }

  var squareRoot: Jet {
    let root = value.squareRoot()
    return map(root, 0.5 / root, -0.25 / (root * value))
  }
  var magnitude: Jet { value < 0 ? -self : value == 0 ? map(0, 0, 0) : self }
  var reciprocal: Jet { map(1 / value, -1 / (value * value), 2 / (value * value * value)) }
  var squared: Jet { self * self }

  static prefix func - (a: Jet) -> Jet { a.map(-a.value, -1, 0) }
  static func + (a: Jet, b: Jet) -> Jet {
    Jet(
      value: a.value + b.value, slopes: zip(a.slopes, b.slopes).map { $0 + $1 },
      curvatures: zip(a.curvatures, b.curvatures).map { $0 + $1 })
  }
  static func - (a: Jet, b: Jet) -> Jet { a + -b }
  static func * (a: Jet, b: Jet) -> Jet {
    let n = a.slopes.count
    return Jet(
      value: a.value * b.value,
      slopes: zip(a.slopes, b.slopes).map { $0 * b.value + a.value * $1 },
      curvatures: a.curvatures.indices.map { k in
        a.curvatures[k] * b.value + a.value * b.curvatures[k]
          + (a.slopes[k / n] * b.slopes[k % n] + a.slopes[k % n] * b.slopes[k / n])
      })
  }
  static func * (a: Double, b: Jet) -> Jet { b.map(a * b.value, a, 0) }
  static func + (a: Double, b: Jet) -> Jet { b.map(a + b.value, 1, 0) }
}
