/// Points that a measurement takes by turns, one after the other in memory, and room for a gradient.
final class Ring {
  let start: UnsafeMutablePointer<Double>
  let slopes: UnsafeMutablePointer<Double>
  let mask: Int
  private let count: Int

  /// Sixteen points beside the given one; a long point stands alone, to stay in the cache.
  init(_ point: [Double]) {
    count = point.count
    mask = count > 64 ? 0 : 15
    let points = (0...mask).map { place in point.map { $0 + Double(place) * 1e-9 } }
    start = .allocate(capacity: (mask + 1) * count)
    slopes = .allocate(capacity: count)
    slopes.initialize(repeating: 0, count: count)
    for (place, value) in points.joined().enumerated() { (start + place).initialize(to: value) }
  }

  deinit {
    start.deallocate()
    slopes.deallocate()
  }

  subscript(place: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: start + (place & mask) * count, count: count)
  }
}
