import NablaAlgebra

/// Points that a reader can check by hand: small whole numbers first, then halves.
///
///     for two letters: (0, 0), (1, 0), (0, 1), (1, 1), (−1, 0), …
///
/// With many letters only some of all combinations come: all coordinates equal, one apart from the others, 1, 2, 3, ….
enum ReadablePoints {
  static func all(letters count: Int) -> [[Number]] {
    guard count > 0 else { return [[]] }
    let most = count == 1 ? 10 : count == 2 ? 4 : count == 3 ? 2 : 1
    let whole = [0] + (1...most).flatMap { [$0, -$0] }
    return points(of: whole.map { Number($0) }, count: count)
      + points(of: [1, -1, 3, -3].compactMap { Number($0).divided(by: 2) }, count: count)
  }

  private static func points(of values: [Number], count: Int) -> [[Number]] {
    guard count <= 4 else { return simplePoints(of: values, count: count) }
    var points: [[Int]] = [[]]
    for _ in 0..<count { points = points.flatMap { point in values.indices.map { point + [$0] } } }
    let ordered = points.sorted { a, b in
      let (x, y) = (a.max() ?? 0, b.max() ?? 0)
      if x != y { return x < y }
      let (s, t) = (a.reduce(0, +), b.reduce(0, +))
      return s != t ? s < t : b.lexicographicallyPrecedes(a)
    }
    return ordered.map { $0.map { values[$0] } }
  }

  private static func simplePoints(of values: [Number], count: Int) -> [[Number]] {
    var points = values.map { [Number](repeating: $0, count: count) }
    for place in 0..<min(count, 20) {
      for value in values where !value.isZero {
        var point = [Number](repeating: 0, count: count)
        point[place] = value
        points.append(point)
      }
    }
    points.append((0..<count).map { Number($0 + 1) })
    points.append((0..<count).map { Number($0 % 3 + 1) })
    return points
  }
}
