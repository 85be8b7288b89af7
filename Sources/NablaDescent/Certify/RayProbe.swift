import NablaBasics

/// Looks along a ray, ever further, for what f does in the end.
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

  /// How far the looks go: these powers of ten, as parts of the first distance; each is a third larger than the one
  /// before.
  private static let decades = [
    0, 1, 2, 3, 4, 5, 6, 8, 11, 15, 20, 27, 36, 48, 64, 85, 113, 150, 200, 266,
  ]

  /// By how much f fell from the look before, and over how many powers of ten.
  private struct Fall {
    let by: Double
    let decade: Int
    let width: Int

    var perDecade: Double { by / Double(width) }
  }

  /// Looks from `here` along `direction` (any length but zero), first at a distance of `reach`.
  ///
  /// At most 20 values are computed, 13 where f levels, and only a few where it rises soon. `far` is the last look at
  /// which f had not fallen by more than 10¹⁵ times its size at the start.
  static func look(
    from here: Iterate, along direction: [Double], reach: Double, on objective: inout Objective
  ) -> (end: End, far: (x: [Double], f: Double)?) {
    guard let ray = Vector.direction(direction), reach > 0, reach.isFinite else { return (.unclear, nil) }
    var falls: [Fall] = []
    var last = here.f
    var far: (x: [Double], f: Double)?
    var wasCut = false
    for decade in decades {
      let distance = reach * Libm.pow(10, Double(decade))
      guard distance < 1e300 else { break }
      let x = Vector.moved(here.x, by: distance, along: ray)
      let f = objective.value(at: x)
      if f == -.infinity { return (.falls, far) }
      guard f.isFinite else {
        wasCut = true
        break
      }
      let noise = 16 * Double.ulpOfOne * max(abs(f), abs(last))
      if f > last + noise { return (.rises, nil) }
      falls.append(Fall(by: last - f, decade: decade, width: decade - (falls.last?.decade ?? -1)))
      last = f
      if isLevel(falls, max(noise, 16 * .ulpOfOne * abs(here.f))) { break }
      if far == nil || here.f - f <= 1e15 * max(1, abs(here.f)) { far = (x, f) }
    }
    // So far out, a function that never changed is flat, wherever its values end.
    if let decade = falls.last?.decade, decade >= 36 { wasCut = false }
    return (judge(falls, from: here.f, to: last, wasCut: wasCut), far)
  }

  /// The lowest of some points along a ray on which f comes to a level, if it is lower than that: a dip that looks ever
  /// further apart stepped over. Evenly spaced from the home of the path on, and further out ever wider apart.
  static func lower(
    than level: Double, from here: Iterate, along direction: [Double], home: [Double],
    on objective: inout Objective
  ) -> Iterate? {
    guard let ray = Vector.direction(direction) else { return nil }
    let (back, near) = (Vector.distance(here.x, home), max(1, Vector.maximum(home)))
    var distances: [Double] = []
    for step in 1...60 { distances.append(2 * near * Double(step) - back) }
    for step in 28...64 { distances.append(near * Libm.exp2(Double(step) / 4) - back) }
    var lowest: (x: [Double], f: Double)?
    for distance in distances {
      let x = Vector.moved(here.x, by: distance, along: ray)
      let f = objective.value(at: x)
      if f < lowest?.f ?? level { lowest = (x, f) }
    }
    let noise = 64 * Double.ulpOfOne * max(abs(level), abs(here.f))
    guard let lowest, lowest.f < level - noise - 1e-9 * abs(here.f - level) else { return nil }
    let there = objective.iterate(at: lowest.x)
    return there.isFinite ? there : nil
  }

  /// Whether nothing happened any more over the second half of at least forty powers of ten, but for the first few.
  private static func isLevel(_ falls: [Fall], _ noise: Double) -> Bool {
    falls.last.map { $0.decade >= 36 } ?? false && isQuiet(falls, noise)
  }

  /// Whether nothing happened any more over the second half of the powers of ten.
  private static func isQuiet(_ falls: [Fall], _ noise: Double) -> Bool {
    let last = falls.last?.decade ?? 0
    return falls.allSatisfy { $0.decade - $0.width < last / 2 || $0.by <= noise }
  }

  /// The end of a sequence of decreases that never turned into an increase.
  private static func judge(_ falls: [Fall], from first: Double, to last: Double, wasCut: Bool) -> End {
    guard let latest = falls.last, latest.decade >= 20, let largest = falls.map(\.perDecade).max() else {
      return .unclear
    }
    let noise = 16 * Double.ulpOfOne * max(abs(first), abs(last))
    if falls.allSatisfy({ $0.by <= noise }) { return wasCut ? .unclear : .flat }
    // Ten times as far again brought at least half of the largest fall so far: there is no level.
    if latest.perDecade >= 0.5 * largest, latest.by > noise { return .falls }
    let far = falls.suffix(9)
    if zip(far, far.dropFirst()).allSatisfy({ $1.by > noise && $1.perDecade < $0.perDecade }) {
      return .fallsSlowly
    }
    if isQuiet(falls, noise) {
      return .levels(abs(last) <= 1e-9 * abs(first) ? 0 : last)
    }
    return .unclear
  }
}
