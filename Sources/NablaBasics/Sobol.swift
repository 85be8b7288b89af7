/// Points that fill a unit cube evenly (Sobol 1967; direction numbers of Joe & Kuo 2008): every stretch of 2ᵏ of them
/// has the same number in each half of each side.
///
///     var points = Sobol(dimensions: 2)
///     points.next()   // [0.5, 0.5]
///     points.next()   // [0.75, 0.25]
///
/// The origin, the first of Sobol's points, is left out. Beyond 21 dimensions the coordinates come from `SplitMix64`.
public struct Sobol: Sendable {
  private let dimensions: Int
  private var index: UInt32 = 0
  private var state: [UInt32]
  private let directions: [[UInt32]]
  private var random = SplitMix64(start: 2008)

  /// The polynomial of each dimension from the second on, as its coefficients between the first and the last, and
  /// the first direction numbers.
  private static let rows: [(coefficients: UInt32, first: [UInt32])] = [
    (0, [1]), (1, [1, 3]), (1, [1, 3, 1]), (2, [1, 1, 1]), (1, [1, 1, 3, 3]), (4, [1, 3, 5, 13]),
    (2, [1, 1, 5, 5, 17]), (4, [1, 1, 5, 5, 5]), (7, [1, 1, 7, 11, 19]), (11, [1, 1, 5, 1, 1]),
    (13, [1, 1, 1, 3, 11]), (14, [1, 3, 5, 5, 31]), (1, [1, 3, 3, 9, 7, 49]), (13, [1, 1, 1, 15, 21, 21]),
    (16, [1, 3, 1, 13, 27, 49]), (19, [1, 1, 1, 15, 7, 5]), (22, [1, 3, 1, 15, 13, 25]),
    (25, [1, 1, 5, 5, 19, 61]), (1, [1, 3, 7, 11, 23, 15, 103]), (4, [1, 3, 7, 13, 13, 15, 69]),
  ]

  /// The points of a cube with so many dimensions.
  public init(dimensions: Int) {
    self.dimensions = max(0, dimensions)
    let filled = min(self.dimensions, Self.rows.count + 1)
    state = [UInt32](repeating: 0, count: filled)
    directions = (0..<filled).map(Self.numbers)
  }

  private static func numbers(of dimension: Int) -> [UInt32] {
    var result: [UInt32] = []
    guard dimension > 0 else {
      for k in 0..<32 { result.append(1 << UInt32(31 - k)) }
      return result
    }
    let (coefficients, first) = rows[dimension - 1]
    let degree = first.count
    for k in 0..<32 {
      if k < degree {
        result.append(first[k] << UInt32(31 - k))
      } else {
        var value = result[k - degree] ^ (result[k - degree] >> UInt32(degree))
        for j in 1..<max(degree, 1) where (coefficients >> UInt32(degree - 1 - j)) & 1 == 1 {
          value ^= result[k - j]
        }
        result.append(value)
      }
    }
    return result
  }

  /// The next point; after 2³² of them they begin again.
  public mutating func next() -> [Double] {
    let bit = min(31, (~index).trailingZeroBitCount)
    index &+= 1
    var point: [Double] = []
    for dimension in state.indices {
      state[dimension] ^= directions[dimension][bit]
      point.append(Double(state[dimension]) / 4_294_967_296)
    }
    while point.count < dimensions { point.append(Double.random(in: 0..<1, using: &random)) }
    return point
  }
}
