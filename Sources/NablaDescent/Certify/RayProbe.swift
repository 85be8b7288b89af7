/// Looks along a ray, ten times as far at each look, for what f does in the end.
enum RayProbe {
  /// What f does along the ray.
  enum End: Hashable {
    /// It falls beyond every bound.
    case falls
    /// It falls at first, never rises, and then stays at this value.
    case levels(Double)
    /// It falls all the way, ever more slowly, with no level in sight.
    case fallsSlowly
    /// It stays what it is.
    case flat
    /// It rises somewhere.
    case rises
    /// It falls, but the looks do not show where to, or the domain ends.
    case unclear
  }

  /// Looks from `here` along `direction` (any length but zero), first at a distance of `reach`.
  ///
  /// At most about 300 values are computed, about 40 where f levels, and only a few where it rises soon. `far` is the first look at which f
  /// had fallen by more than 10¹⁵ times its size at the start.
  static func look(
    from here: Iterate, along direction: [Double], reach: Double, on objective: inout Objective
  ) -> (end: End, far: (x: [Double], f: Double)?) {
    guard let ray = Vector.direction(direction), reach > 0, reach.isFinite else { return (.unclear, nil) }
    var falls: [Double] = []
    var last = here.f
    var distance = reach
    var far: (x: [Double], f: Double)?
    while distance < 1e300 {
      let x = Vector.moved(here.x, by: distance, along: ray)
      let f = objective.value(at: x)
      if f == -.infinity { return (.falls, far) }
      guard f.isFinite else { break }
      let noise = 16 * Double.ulpOfOne * max(abs(f), abs(last))
      if f > last + noise { return (.rises, nil) }
      falls.append(last - f)
      last = f
      if isLevel(falls, max(noise, 16 * .ulpOfOne * abs(here.f))) { break }
      if far == nil || here.f - f <= 1e15 * max(1, abs(here.f)) { far = (x, f) }
      distance *= 10
    }
    return (
      judge(
        falls, from: here.f, to: last,
        wasCut: distance < 1e300 && !isLevel(falls, 16 * .ulpOfOne * max(abs(here.f), abs(last)))), far
    )
  }

  /// Whether nothing happened any more over the last twenty looks, twice as many as before them.
  private static func isLevel(_ falls: [Double], _ noise: Double) -> Bool {
    falls.count >= 40 && falls.suffix(max(20, falls.count / 2)).allSatisfy { $0 <= noise }
  }

  /// The end of a sequence of decreases that never turned into an increase.
  private static func judge(_ falls: [Double], from first: Double, to last: Double, wasCut: Bool) -> End {
    guard let latest = falls.last, falls.count >= 20, let largest = falls.max() else { return .unclear }
    let noise = 16 * Double.ulpOfOne * max(abs(first), abs(last))
    if largest <= noise { return wasCut ? .unclear : .flat }
    // Ten times as far again brought at least half of the largest fall so far: there is no level.
    if latest >= 0.5 * largest && latest > noise { return .falls }
    if zip(falls, falls.dropFirst()).suffix(20).allSatisfy({ $1 > noise && $1 < $0 }) { return .fallsSlowly }
    if falls.suffix(falls.count / 2).allSatisfy({ $0 <= noise }) {
      return .levels(abs(last) <= 1e-9 * abs(first) ? 0 : last)
    }
    return .unclear
  }
}
