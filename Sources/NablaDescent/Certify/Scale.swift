/// How large each coordinate is taken to be: its own size, or where it is near zero the size of x, at most 1.
///
/// A distance is small, and a probe is near, when it is so for every coordinate: (5e7, 1) may move by far more in
/// the first than in the second. Parts of a scale are numbers as well, however far down a walk towards 0 has come.
struct Scale {
  private static let smallest = 0x1p-960

  private let x: [Double]
  /// The scale of a coordinate that is zero.
  private let least: Double

  /// The scale at x for a path that came from `start`.
  init(at x: [Double], from start: [Double]) {
    self.x = x
    let size = max(Vector.maximum(x), Vector.distance(x, start))
    least = size > 0 ? max(Self.smallest, min(1, size)) : 1
  }

  /// The scale of one coordinate.
  subscript(i: Int) -> Double { max(abs(x[i]), least) }

  /// The largest part of its scale by which a step moves a coordinate; infinite if one is not a number.
  func part(of step: [Double]) -> Double {
    var largest = 0.0
    for i in step.indices {
      if step[i].isNaN { return .infinity }
      largest = max(largest, abs(step[i]) / self[i])
    }
    return largest
  }

  /// How far one can go along `direction`, of length 1, until some coordinate moved by its scale; a finite number.
  func reach(along direction: [Double]) -> Double {
    let part = part(of: direction)
    return part > 0 ? min(1 / part, .greatestFiniteMagnitude) : least
  }
}
