/// Slopes from values alone.
enum Differences {
  /// The step beside a coordinate of size 1: the errors of order h⁴ and of rounding, ε/h, are about equal.
  private static let step = 0x1p-10

  /// The gradient by the differences that are exact for polynomials of degree 4 (Abramowitz & Stegun 25.3.6).
  static func gradient(of value: (_ x: [Double]) -> Double, at x: [Double]) -> [Double] {
    var point = x
    return x.indices.map { i in
      let h = step * max(1, x[i].magnitude)
      func moved(_ steps: Double) -> Double {
        point[i] = x[i] + steps * h
        return value(point)
      }
      let near = moved(1) - moved(-1)
      let far = moved(2) - moved(-2)
      point[i] = x[i]
      return (8 * near - far) / (12 * h)
    }
  }
}
