/// Plain vector arithmetic over `[Double]`; both arguments have the same length.
enum Vector {
  /// Σᵢ aᵢbᵢ, summed in order so that it is the same everywhere.
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<min(a.count, b.count) { sum += a[i] * b[i] }
    return sum
  }

  /// √Σ aᵢ², scaled so that neither 1e200 overflows nor 1e-200 vanishes.
  static func norm(_ a: [Double]) -> Double {
    let largest = maximum(a)
    guard largest > 0, largest.isFinite else { return largest }
    if largest > 1e-140 && largest < 1e140 { return dot(a, a).squareRoot() }
    var sum = 0.0
    for value in a { sum += (value / largest) * (value / largest) }
    return largest * sum.squareRoot()
  }

  /// max |aᵢ|; 0 for no entries, NaN if any entry is NaN.
  static func maximum(_ a: [Double]) -> Double {
    var largest = 0.0
    for value in a {
      if value.isNaN { return .nan }
      largest = max(largest, abs(value))
    }
    return largest
  }

  /// a + t·d.
  static func moved(_ a: [Double], by t: Double, along d: [Double]) -> [Double] {
    var result = a
    for i in 0..<min(a.count, d.count) { result[i] += t * d[i] }
    return result
  }

  /// a − b.
  static func difference(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = a
    for i in 0..<min(a.count, b.count) { result[i] -= b[i] }
    return result
  }

  /// max |aᵢ − bᵢ|.
  static func distance(_ a: [Double], _ b: [Double]) -> Double {
    var largest = 0.0
    for i in 0..<min(a.count, b.count) { largest = max(largest, abs(a[i] - b[i])) }
    return largest
  }

  /// a / |a|, or nil when a has no direction.
  static func direction(_ a: [Double]) -> [Double]? {
    let length = norm(a)
    guard length > 0, length.isFinite else { return nil }
    return a.map { $0 / length }
  }

  /// Whether every entry is finite.
  static func isFinite(_ a: [Double]) -> Bool { a.allSatisfy(\.isFinite) }

  /// A·v for n·n numbers, row after row.
  static func product(_ rows: [Double], _ v: [Double]) -> [Double] {
    let n = v.count
    var result = v
    rows.withUnsafeBufferPointer { rows in
      v.withUnsafeBufferPointer { v in
        for i in 0..<n {
          var sum = 0.0
          for j in 0..<n { sum += rows[i * n + j] * v[j] }
          result[i] = sum
        }
      }
    }
    return result
  }
}
