import NablaBasics

/// Descends a function with kinks by way of smooth ones that come ever closer to it, each from where the one before ended
/// (Chen 2012, "Smoothing methods for nonsmooth, nonconvex minimization").
///
/// Where a minimum is at kinks, the ends for ever smaller widths lie on a smooth curve that leads to it: the last two show
/// it to second order, and how steeply the rounded kinks are met there says how the slopes of f combine to 0.
struct SmoothedDescent {
  private let smoothing: Smoothing
  private let start: [Double]
  private let scale: Scale
  /// The evaluations of the smooth functions.
  private(set) var counts = Objective.Counts()

  /// Where the descent ended.
  struct End {
    /// The lowest point found.
    let point: Iterate
    /// Whether it is proved that a convex f is nowhere lower.
    let isLeast: Bool
    /// Whether a smooth function had a checked minimum close by.
    let isChecked: Bool
  }

  /// How many widths are tried at most, each a tenth of the one before.
  private static let mostWidths = 13
  /// The first width changes f by this part of its value.
  private static let firstChange = 0.1
  /// At which of them a minimum of the rounded function is checked: at the last ones rounding hides the curvature.
  private static let checkedWidth = 5
  private static let mostIterations = 500
  /// How far the ends may lie from the start, as a part of the scale of x.
  private static let furthest = 1e8

  init(_ smoothing: Smoothing, from start: [Double], scale: Scale) {
    (self.smoothing, self.start, self.scale) = (smoothing, start, scale)
  }

  /// The end; nil where the smooth functions have no minimum on the way.
  mutating func run(isConvex: Bool, on objective: inout Objective) -> End? {
    guard var width = firstWidth(on: &objective) else { return nil }
    var places: [[Double]] = []
    var best: End?
    // No value of a convex f is lower.
    var floor = -Double.infinity
    for round in 0..<Self.mostWidths {
      guard objective.cancellation?.isCancelled != true, var smooth = smoothing.objective(width) else {
        break
      }
      smooth.bounds = objective.bounds
      guard let place = minimum(of: &smooth, from: Self.next(after: places) ?? start) else {
        counts.add(smooth.counts)
        break
      }
      places = places.suffix(1) + [place.x]
      let point = lowest(of: places, on: &objective)
      let noise = noise(at: point)
      if isConvex, isLevel(place, within: 1e6 * noise, objective.bounds) {
        floor = max(floor, place.f - width * objective.inSense(smoothing.slope(place.x, width)))
      }
      let isLeast = min(point.f, best?.point.f ?? point.f) - floor <= 16 * noise
      var isChecked = best?.isChecked ?? false
      if !isConvex, round == Self.checkedWidth {
        isChecked = curvesUp(at: place, &smooth)
      }
      counts.add(smooth.counts)
      let isLower = point.f < best?.point.f ?? .infinity
      if let best, best.isLeast, !isLower { break }
      best = End(
        point: isLower ? point : best?.point ?? point, isLeast: isLeast || best?.isLeast ?? false,
        isChecked: isChecked)
      width /= 10
    }
    return best
  }

  /// Where the method for a smooth function ends; nil where it leads out of all measure.
  private func minimum(of smooth: inout Objective, from x: [Double]) -> Iterate? {
    Self.end(of: Automatic().resolved(for: smooth, variables: x.count), from: x, on: &smooth) { here in
      scale.part(of: Vector.difference(here.x, start)) < Self.furthest
    }
  }

  /// Whether the slope of a smooth function vanishes where it curves up to all sides.
  private func curvesUp(at place: Iterate, _ smooth: inout Objective) -> Bool {
    guard let curvature = Curvature(at: place, scale: scale, on: &smooth), let low = curvature.values.first
    else { return false }
    return low > curvature.noise && curvature.decrement <= 1e-6 * (abs(place.f) + place.rounding)
  }

  private static func end<M: Method>(
    of method: M, from x: [Double], on objective: inout Objective, while isNear: (Iterate) -> Bool
  ) -> Iterate? {
    var here = objective.iterate(at: objective.bounds?.nearest(to: x) ?? x)
    guard here.isFinite else { return nil }
    var memory = method.begin(at: here, StopCriteria(tolerance: 1e-10))
    for _ in 0..<mostIterations {
      guard let next = try? method.step(from: here, memory: &memory, on: &objective), next.isFinite else {
        break
      }
      here = next
      guard isNear(here) else { return nil }
    }
    return here
  }

  /// The smallest power of ten as a width that changes f visibly: by a part of its value, or of how it differs a little
  /// beside the start.
  private func firstWidth(on objective: inout Objective) -> Double? {
    let f = objective.value(at: start)
    var size = abs(f)
    let aside = start.indices.map { 0.1 * scale[$0] * ($0 % 2 == 0 ? 1 : -1) }
    for side in [1.0, -1] {
      let change = abs(objective.value(at: Vector.moved(start, by: side, along: aside)) - f)
      if change.isFinite { size = max(size, change) }
    }
    for power in -12...12 {
      let width = Libm.pow(10, Double(power))
      guard var smooth = smoothing.objective(width) else { return nil }
      let change = abs(smooth.value(at: start) - f)
      if change >= Self.firstChange * size, change > 0 { return width }
    }
    return nil
  }

  /// Where the curve of the ends leads for a tenth of the last width.
  private static func next(after places: [[Double]]) -> [Double]? {
    guard let last = places.last else { return nil }
    guard places.count > 1 else { return last }
    return zip(last, places[0]).map { $0 - 0.1 * ($1 - $0) }
  }

  /// The lowest of the last end, of where the curve leads, and of both in few digits: kinks are often there.
  private func lowest(of places: [[Double]], on objective: inout Objective) -> Iterate {
    let last = places[places.count - 1]
    var candidates = [last]
    if places.count > 1 { candidates.append(zip(last, places[0]).map { $0 - ($1 - $0) / 9 }) }
    if let bounds = objective.bounds { candidates = candidates.map { bounds.nearest(to: $0) } }
    candidates += candidates.map(inFewDigits)
    var best: (x: [Double], f: Double)?
    for x in candidates {
      let f = objective.value(at: x)
      if f.isFinite, f <= best?.f ?? .infinity { best = (x, f) }
    }
    return objective.iterate(at: best?.x ?? last)
  }

  /// The point with each coordinate as a number of at most eight digits where one is next to it.
  private func inFewDigits(_ x: [Double]) -> [Double] {
    x.indices.map { i in
      let unit = Libm.pow(10, (Libm.log10(scale[i]).rounded(.up) - 8))
      let short = unit < 1 ? (x[i] / unit).rounded() / (1 / unit).rounded() : (x[i] / unit).rounded() * unit
      // Adding 0 leaves no −0.
      return abs(short - x[i]) <= 1e-9 * scale[i] ? short + 0 : x[i]
    }
  }

  /// What rounding does to f, the terms of a long sum rounded one by one.
  private func noise(at point: Iterate) -> Double {
    let spread = zip(point.x, point.gradient).reduce(0) { sum, part in
      let size = abs(part.0 * part.1)
      return size.isFinite ? sum + size : sum
    }
    return (4 + 2 * Double(point.x.count).squareRoot()) * Double.ulpOfOne * (abs(point.f) + spread)
  }

  /// Whether no slope that bounds leave free is worth more than so much over the scale of x.
  private func isLevel(_ place: Iterate, within noise: Double, _ bounds: Bounds?) -> Bool {
    let held = Set(bounds?.holding(place.x, gradient: place.gradient) ?? [])
    let rest = place.x.indices.reduce(0) {
      held.contains($1) ? $0 : $0 + abs(place.gradient[$1]) * scale[$1]
    }
    return rest <= noise
  }
}
