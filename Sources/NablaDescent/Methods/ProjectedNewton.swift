import NablaBasics

/// Newton's method for many variables within bounds: a step of truncated conjugate gradients in the variables that no
/// bound holds, one down the slope in the others, and a search along the way that the bounds bend (Bertsekas 1982,
/// "Projected Newton methods for optimization problems with simple constraints").
public struct ProjectedNewton: Method {
  /// What is carried from step to step.
  public struct Memory: Sendable {
    var tolerance: Double
    var start: [Double]
    var firstSlope: Double?
    var isShrinking = false
    var isDone = false
    var crossings: KinkCrossings
  }

  /// The method has no settings.
  public init() {}

  /// The name.
  public var title: String { "projected Newton" }
  /// The name without its safeguards.
  public var plainTitle: String { "Newton’s method" }
  /// It sees the Hessian.
  public var isSecondOrder: Bool { true }

  /// Nothing known yet.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    Memory(tolerance: criteria.tolerance, start: start.x, crossings: KinkCrossings(start: start))
  }

  /// A lower point within the bounds.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    if memory.isDone {
      memory.isDone = false
      throw .stationary(isNewton: memory.isShrinking)
    }
    let bounds = objective.bounds ?? Bounds(unlimited: here.x.count)
    let scale = Scale(at: here.x, from: memory.start)
    let bend = Bend(at: here, on: &objective)
    if memory.crossings.isLong { try memory.crossings.tell(at: here, objective) }
    if let rows = bend.rows, memory.crossings.areMany(at: here, rows.times) {
      try memory.crossings.tell(at: here, objective)
    }
    let isNear = Self.nearBounds(here, bounds, scale)
    let free = here.gradient.indices.map { isNear[$0] ? 0 : here.gradient[$0] }
    let slope = Vector.norm(free)
    memory.firstSlope = memory.firstSlope ?? slope
    let share = memory.firstSlope.map { $0 > 0 ? slope / $0 : 1 } ?? 1
    var (direction, isOpen) = Self.newton(
      free, bend, isNear, within: max(1e-12, min(0.1, share.squareRoot())), at: here, &objective)
    for i in isNear.indices where isNear[i] && !bounds.holds(here, i) {
      direction[i] = bend.diagonal[i] > 0 ? -here.gradient[i] / bend.diagonal[i] : -here.gradient[i]
      isOpen = isOpen || bend.diagonal[i] <= 0
    }
    let spread = zip(here.x, here.gradient).reduce(0) { sum, part in
      abs(part.1) < Objective.steep ? sum + abs(part.0 * part.1) : sum
    }
    let noise =
      (4 + 2 * Double(here.x.count).squareRoot()) * Double.ulpOfOne * (abs(here.f) + spread)
    let end = bounds.nearest(to: Vector.moved(here.x, by: 1, along: direction))
    let promised = -Vector.dot(here.gradient, Vector.difference(end, here.x))
    let isLast =
      !isOpen
      && (promised <= noise || scale.part(of: Vector.difference(end, here.x)) <= memory.tolerance)
    let search = BentSearch(here: here, bounds: bounds, noise: isLast ? noise : 0)
    guard let next = search.point(along: direction, isOpen: isOpen, on: &objective) else {
      let downhill = here.gradient.indices.map { bounds.holds(here, $0) ? 0 : -here.gradient[$0] }
      guard !isLast, let next = search.point(along: downhill, isOpen: true, on: &objective) else {
        throw .stationary(isNewton: memory.isShrinking || isLast)
      }
      memory.isShrinking = false
      return next
    }
    if let rows = bend.rows { memory.crossings.note(from: here, to: next.x, rows.times) }
    let left = next.gradient.indices.map { bounds.holds(next, $0) ? 0 : next.gradient[$0] }
    memory.isShrinking = Vector.norm(left) < 0.1 * slope
    memory.isDone = isLast
    return next
  }

  /// The variables next to a bound that the slope leads to: those that the bound holds, and those that are about to be.
  private static func nearBounds(_ here: Iterate, _ bounds: Bounds, _ scale: Scale) -> [Bool] {
    here.x.indices.map { i in
      let room = bounds.upper[i] - bounds.lower[i]
      let near = 1e-3 * min(room, scale[i])
      return here.gradient[i] > 0
        ? here.x[i] - bounds.lower[i] <= near : here.gradient[i] < 0 && bounds.upper[i] - here.x[i] <= near
    }
  }

  /// The solution of H·d = −g in the free variables to a part of g, by conjugate gradients; where the curvature is not
  /// positive, the way so far, or down the slope (Steihaug 1983).
  private static func newton(
    _ slope: [Double], _ bend: Bend, _ isHeld: [Bool], within part: Double, at here: Iterate,
    _ objective: inout Objective
  ) -> (direction: [Double], isOpen: Bool) {
    let weights = bend.diagonal.map { $0 > 0 ? $0 : 1 }
    func divided(_ v: [Double]) -> [Double] { zip(v, weights).map { $0 / $1 } }
    var direction = [Double](repeating: 0, count: slope.count)
    var rest = slope.map { -$0 }
    var p = divided(rest)
    var size = Vector.dot(rest, p)
    let enough = part * part * size
    for round in 0..<min(2 * slope.count, 1_000) where size > enough {
      guard let whole = bend.times(p, at: here, &objective) else { break }
      let bent = whole.indices.map { isHeld[$0] ? 0 : whole[$0] }
      let curvature = Vector.dot(p, bent)
      guard curvature > 1e-14 * zip(p, weights).reduce(0, { $0 + $1.0 * $1.0 * $1.1 }) else {
        return round == 0 ? (p, true) : (direction, false)
      }
      let length = size / curvature
      direction = Vector.moved(direction, by: length, along: p)
      rest = Vector.moved(rest, by: -length, along: bent)
      let preconditioned = divided(rest)
      let next = Vector.dot(rest, preconditioned)
      p = Vector.moved(preconditioned, by: next / size, along: p)
      size = next
    }
    return (direction, false)
  }

  /// What is known of the Hessian at an iterate.
  private struct Bend {
    let rows: SparseRows?
    let diagonal: [Double]

    init(at here: Iterate, on objective: inout Objective) {
      rows = objective.sparseRows(at: here.x).flatMap { Vector.isFinite($0.values) ? $0 : nil }
      diagonal = rows?.diagonal ?? [Double](repeating: 1, count: here.x.count)
    }

    /// H·v: by its entries, by the closure for it, or by a difference of gradients.
    func times(_ v: [Double], at here: Iterate, _ objective: inout Objective) -> [Double]? {
      if let rows { return rows.times(v) }
      if let product = objective.product(at: here.x, with: v) {
        return Vector.isFinite(product) ? product : nil
      }
      let length = Vector.norm(v)
      guard length > 0 else { return v }
      for side in [1.0, -1] {
        let h = side * 1e-7 * max(1, Vector.norm(here.x)) / length
        let there = objective.iterate(at: Vector.moved(here.x, by: h, along: v))
        let difference = Vector.difference(there.gradient, here.gradient).map { $0 / h }
        if Vector.isFinite(difference) { return difference }
      }
      return nil
    }
  }

  static let row: Methods.Row = .init(
    name: "projected-newton", aliases: ["bounded-newton"],
    summary: "Newton's method for many variables within bounds",
    settings: [], build: { _ in ProjectedNewton() })
}

/// A search along a line that bounds bend: x + t·d, moved to the nearest point within.
private struct BentSearch {
  let here: Iterate
  let bounds: Bounds
  /// The rise of f that counts as none.
  let noise: Double

  /// A point that is lower by a part of what the slope promises; where the way is open, the last of ever longer ones.
  func point(along direction: [Double], isOpen: Bool, on objective: inout Objective) -> Iterate? {
    var best: Iterate?
    var length = 1.0
    for _ in 0..<60 {
      let x = bounds.nearest(to: Vector.moved(here.x, by: length, along: direction))
      if x == here.x || x == best?.x { return best }
      let slope = Vector.dot(here.gradient, Vector.difference(x, here.x))
      let there = objective.iterate(at: x)
      let isLower = there.isFinite && slope < 0 && there.f <= here.f + 1e-4 * slope + noise
      guard let known = best else {
        if isLower, !isOpen { return there }
        if isLower { best = there }
        length *= isLower ? 4 : 0.25
        continue
      }
      guard isLower, there.f < known.f else { return known }
      best = there
      length *= 4
    }
    return best
  }
}

extension Bounds {
  /// No bounds.
  fileprivate init(unlimited n: Int) {
    self.init([ClosedRange<Double>](repeating: -.infinity ... .infinity, count: n))
  }

  /// Whether a bound holds a coordinate.
  fileprivate func holds(_ here: Iterate, _ i: Int) -> Bool {
    lower[i] == upper[i] || (here.x[i] <= lower[i] && here.gradient[i] > 0)
      || (here.x[i] >= upper[i] && here.gradient[i] < 0)
  }
}
