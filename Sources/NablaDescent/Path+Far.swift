import NablaBasics

// What f does far from where the path is, and paths that lead ever further on.
extension Path {
  /// What f does far along a way down, once several such ways were taken; nil where it rises there.
  mutating func lookedAlongWay() -> Outcome? {
    guard isSecondOrder, let way, escapes >= 3, criteria.steps == nil else { return nil }
    let seen = RayProbe.look(
      from: here, along: way.direction, reach: max(1, Vector.maximum(here.x)), on: &objective)
    ray = seen.far
    switch seen.end {
    case .falls: return unboundedAlongRay()
    case .levels(let limit): return approaching(limit, along: way.direction)
    case .fallsSlowly: return fallingForEver()
    case .flat, .rises, .unclear: return nil
    }
  }

  /// f falls along a ray that is known, from the start as from everywhere.
  mutating func fallen(along known: [Double]) -> Outcome {
    // Not so far that terms which cancel hide the fall.
    let length = max(1, Vector.maximum(start.x)) * 0x1p20
    let far = Vector.moved(
      start.x, by: length / max(Vector.maximum(known), .leastNormalMagnitude), along: known)
    ray = (far, objective.value(at: far))
    return unboundedAlongRay()
  }

  /// What f does far along the last step, and if it rises there along the way made since the landmark; downhill
  /// at the start. What is left of other motions may spoil a ray: then only the coordinates that move most count.
  mutating func look() -> RayProbe.End {
    let reach = max(1, Vector.maximum(here.x))
    var ways: [[Double]] = []
    for from in [previous, landmark] {
      guard let from else { continue }
      let way = Vector.difference(here.x, from.x)
      let most = Vector.maximum(way)
      let cleared = way.map { abs($0) < 0.1 * most ? 0 : $0 }
      ways += cleared == way ? [way] : [way, cleared]
    }
    if ways.isEmpty { ways = [here.gradient.map { -$0 }] }
    var end = RayProbe.End.unclear
    for way in ways {
      let seen = RayProbe.look(from: here, along: way, reach: reach, on: &objective)
      end = seen.end
      ray = seen.far
      lookedAlong = way
      if end != .rises { return end }
    }
    return lookFromOrigin() ?? end
  }

  /// What f does along a ray of few digits from the origin, such as x = y, that the path has come close to: on other lines
  /// so far out the coordinates are rounded each for itself. nil where f is higher there than here.
  private mutating func lookFromOrigin() -> RayProbe.End? {
    let size = Vector.maximum(here.x)
    guard isSecondOrder, size > 1e5 * max(1, Vector.maximum(start.x)) else { return nil }
    let way = here.x.map { ($0 / size * 1e4).rounded() / 1e4 }
    let place = objective.iterate(at: way.map { $0 * size })
    guard place.f <= here.f + 1e-3 * (start.f - here.f) else { return nil }
    let seen = RayProbe.look(from: place, along: place.x, reach: size, on: &objective)
    ray = seen.far
    lookedAlong = way
    return seen.end
  }

  /// Whether the coordinates that the last step changed most for their size grew.
  var leadsAway: Bool {
    guard let previous else { return true }
    let scale = certifier.scale(at: here.x)
    let outwards = here.x.indices.reduce(0) { sum, i in
      sum + (here.x[i] - previous.x[i]) / scale[i] * (here.x[i] / scale[i])
    }
    return outwards > 0
  }

  mutating func lookOutcome() -> Outcome? {
    switch look() {
    case .falls: unboundedAlongRay()
    case .levels(let limit): approaching(limit, along: lookedAlong)
    case .fallsSlowly: fallingForEver()
    case .flat, .rises, .unclear: nil
    }
  }

  /// Whether the path leads away while f hardly falls: by fourfold within four steps for less than half of what f is
  /// above its floor, or by a fifth over half of all steps for less than a tenth.
  var isCreepingAway: Bool {
    guard isSecondOrder, let floor = objective.floor, let before = recent.first else { return false }
    let (size, home) = (Vector.maximum(here.x), max(1, Vector.maximum(start.x)))
    let rest = here.f - floor
    if recent.count == 4, size > 10 * home, size > 4 * before.size, before.f - floor <= 2 * rest {
      return true
    }
    guard isLandmark, iterations >= 16, let landmark = earlierLandmark else { return false }
    return size > 2 * home && size > 1.2 * Vector.maximum(landmark.x) && landmark.f - floor <= 1.1 * rest
  }

  /// Whether the path has led ever further away and ever lower, on whatever way: half of its steps ago it was much
  /// nearer to the start. Of one variable there is no way but the straight one.
  mutating func isRunningAway() -> Bool {
    guard isSecondOrder, let landmark = earlierLandmark ?? landmark else { return false }
    let size = Vector.maximum(here.x)
    return size > 1e5 * max(1, Vector.maximum(start.x)) && size > 1.2 * Vector.maximum(landmark.x)
      && here.f < landmark.f && !isSettling && !hasCrossedRidges && (here.x.count > 1 || look() != .rises)
  }

  /// Whether f rises on the last step by far more than the step brought: it swings to and fro on the way.
  private var hasCrossedRidges: Bool {
    mutating get {
      guard let previous else { return false }
      let most = max(previous.f, here.f) + 10 * abs(previous.f - here.f) + here.rounding
      let step = Vector.difference(here.x, previous.x)
      return [0.23, 0.5, 0.71].contains {
        objective.value(at: Vector.moved(previous.x, by: $0, along: step)) > most
      }
    }
  }

  /// Whether the last step is short beside those since the landmarks: the path ends at a point, however far away.
  private var isSettling: Bool {
    guard let previous, let landmark = earlierLandmark ?? landmark else { return false }
    let mean = Vector.distance(here.x, landmark.x) / Double(max(1, iterations - leapt))
    return Vector.distance(here.x, previous.x) < 0.1 * mean
  }

  /// Whether the path ended far away where numbers no longer tell f from its limit, though the slope still leads on.
  var hasLevelledFarOut: Bool {
    isSecondOrder && objective.bounds == nil && here.f < start.f && Vector.maximum(here.gradient) > 0
      && Vector.dot(here.gradient, here.x) < 0
      && Vector.maximum(here.x) > 1e5 * max(1, Vector.maximum(start.x))
  }

  /// Whether the last step moved some coordinate by a visible part of its size, and was no shorter than half of the
  /// one before.
  var isStriding: Bool {
    guard isSecondOrder, let previous, !isShrinking else { return false }
    return certifier.scale(at: here.x).part(of: Vector.difference(here.x, previous.x)) > 1e-3
  }

  /// f has fallen as far as the path went, along a curved way, and no end is in sight.
  mutating func runningAway() -> Outcome {
    if isFarDown || fallsEverFaster { return unbounded() }
    if look() == .falls, fallsAsBefore { return unboundedAlongRay() }
    return Outcome(
      .fallsForEver(f: objective.inSense(here.f), x: here.x, iterations: iterations),
      verdict: .infimumAtInfinity, answersWithLast: true)
  }

  /// Whether every tenfold distance along the last ray brings about as much as on the path, as of −ln x: there is no level.
  private var fallsAsBefore: Bool {
    guard let ray, !objective.isNonnegative else { return false }
    let (home, size) = (max(1, Vector.maximum(start.x)), Vector.maximum(here.x))
    let before = (start.f - here.f) / Libm.log10(size / home)
    return here.f - ray.f >= 0.5 * before * Libm.log10(Vector.maximum(ray.x) / size)
  }

  /// Whether the way made since the landmarks brought as much as all before, and together by far more than f was.
  private var fallsEverFaster: Bool {
    guard let landmark = earlierLandmark ?? landmark, start.f - here.f > 1e6 * max(1, abs(start.f)) else {
      return false
    }
    return landmark.f - here.f >= start.f - landmark.f
  }

  /// Whether f has fallen by more than its size at the start by as much as numbers can tell.
  private var isFarDown: Bool { start.f - here.f > max(1, abs(start.f)) / Double.ulpOfOne }

  /// f falls as far as one can look along the last ray, and no level shows.
  func fallingForEver() -> Outcome {
    let end = ray ?? (here.x, here.f)
    return Outcome(
      .fallsForEver(f: objective.inSense(end.f), x: end.x, iterations: iterations),
      verdict: .infimumAtInfinity, answersWithLast: true)
  }

  func unbounded() -> Outcome {
    Outcome(
      .unbounded(f: objective.inSense(here.f), x: here.x, iterations: iterations), verdict: .unboundedBelow,
      answersWithLast: true)
  }

  /// f falls along the ray that the last look took; where the path itself is not far down yet, the ray is shown.
  func unboundedAlongRay() -> Outcome {
    guard !isFarDown, let far = ray else { return unbounded() }
    return Outcome(
      .unboundedRay(f: objective.inSense(far.f), x: far.x, iterations: iterations),
      verdict: .unboundedBelow, answersWithLast: true)
  }

  /// f comes to a level far out along a ray; nil where it is lower on the way there, from where the path goes on if its
  /// method chooses where to go.
  mutating func approaching(_ limit: Double, along way: [Double]) -> Outcome? {
    if let lower = RayProbe.lower(than: limit, from: here, along: way, home: start.x, on: &objective) {
      guard isSecondOrder, escapes < Self.mostEscapes, criteria.steps == nil else { return nil }
      escapes += 1
      return advance(to: lower)
    }
    if let place = placeReaching(limit, along: way) { return atReached(place) }
    return Outcome(
      .infimumAtInfinity(limit: objective.inSense(limit), iterations: iterations),
      verdict: .infimumAtInfinity, answersWithLast: true)
  }

  /// Whether f is next to nothing here and at the start, beside numbers near 1: worth a look further around.
  var isFaint: Bool {
    objective.floor == nil && objective.bounds == nil && !objective.isQuadratic
      && abs(start.f) + abs(here.f) < Double.ulpOfOne
  }

  /// Whether f came down to 0 below the smallest numbers: e^(−1/x²) does so near 0, where it has no value.
  var hasUnderflown: Bool {
    guard let previous, objective.floor == nil else { return false }
    return here.f == 0 && Vector.maximum(here.gradient) == 0 && previous.f > 0 && previous.f < 1e-250
  }
}
