import NablaBasics

// Limits far out that f has nearby as well: x²/(1 + y²) falls towards 0 as y grows, and is 0 on the whole line x = 0.
extension Path {
  /// The most decimals of the coordinates that are tried.
  private static let mostDecimals = 3

  /// A point next to the path at which f is as low as a level far out along a way: one with few decimals in the coordinates
  /// that the way hardly moves, or in all. A 0 that is made of numbers next to nothing does not count.
  mutating func placeReaching(_ limit: Double, along way: [Double]) -> Iterate? {
    guard isSecondOrder, criteria.steps == nil, !hasSoughtLevel, objective.bounds == nil else { return nil }
    hasSoughtLevel = true
    let slack = 64 * Double.ulpOfOne * abs(limit)
    guard here.f > limit + slack, here.f - limit > 1e-250 else { return nil }
    let most = Vector.maximum(way)
    for isWhole in [false, true] {
      for decimals in 0...Self.mostDecimals {
        let unit = Libm.pow(10, Double(decimals))
        let x = here.x.indices.map { i in
          isWhole || abs(way[i]) < 0.1 * most ? (here.x[i] * unit).rounded() / unit : here.x[i]
        }
        guard x != here.x, limit == 0 || objective.value(at: x) < limit - slack else { continue }
        let place = objective.iterate(at: x)
        if place.isFinite, place.f <= limit { return place }
      }
    }
    return nil
  }

  /// What is to be said at a point that is as low as the level far out; nil to go on from there.
  mutating func atReached(_ place: Iterate) -> Outcome? {
    settleBeyond(at: place)
    guard let outcome = examined() else { return nil }
    guard objective.isNonnegative, here.f == 0, outcome.verdict != .globalMinimum else { return outcome }
    var proved = outcome
    (proved.verdict, proved.evidence) = (.globalMinimum, .leastOfNonnegative(isKink: false))
    return proved
  }
}
