/// Newton's method within a trust region, with the exact Hessian: to the answer in few evaluations.
///
/// The subproblem is solved by Moré & Sorensen's method, negative curvature and the hard case included, in a metric
/// that does not depend on the units of x (Moré & Sorensen 1983; Conn, Gould & Toint 2000, chapter 7). Where f is a
/// sum of squares every square gets a model of its own (Gould, Rees & Scott 2019). Where steps keep failing or crossing
/// a kink, it goes on by BFGS, which finds the way along kinks (Lewis & Overton 2013).
public struct TrustRegionNewton: Method {
  /// What is carried from step to step.
  public struct Memory: Sendable {
    var tolerance: Double
    var start: [Double]
    var radius: Double?
    var metric: [Double] = []
    /// How many trials failed in the last steps, older ones counting less.
    var failures = 0.0
    /// Whether the last step shrank the gradient tenfold.
    var isShrinking = false
    /// Whether nothing is left to gain.
    var isDone = false
    var crossings: KinkCrossings
    /// The way along kinks, once steps kept failing or crossing them.
    var bfgs: BFGS.Memory?
  }

  /// What a step is worked out from.
  public enum Model: String, Hashable, Sendable, CaseIterable {
    /// Every residual to second order where f is a sum of squares, f to second order otherwise.
    case fullest
    /// f to second order.
    case quadratic
    /// Every residual to first order, as Levenberg and Marquardt have it; f to second order where there are none.
    case linearResiduals
  }

  /// What the size of a step is measured by.
  public enum Shape: String, Hashable, Sendable, CaseIterable {
    /// The curvature along each coordinate.
    case curvature
    /// The size of each coordinate.
    case size
  }

  /// How far the first step may go, as a part of the scale of x.
  public let reach: Double
  /// What the size of a step is measured by.
  public let shape: Shape
  /// What steps are worked out from.
  public let model: Model

  /// The most that one step may go, as a part of the scale of x.
  static let furthest = 1e4

  /// Newton's method with a trust region.
  public init(reach: Double = 0.1, model: Model = .fullest, shape: Shape = .curvature) {
    self.reach = reach
    self.shape = shape
    self.model = model
  }

  /// The name.
  public var title: String {
    model == .linearResiduals ? "Levenberg-Marquardt" : "trust-region Newton"
  }
  /// The name without its safeguards.
  public var plainTitle: String { model == .linearResiduals ? title : "Newton’s method" }
  /// By the entries of the Hessian that are not zero where whole ones would be too large.
  public func resolved(for objective: Objective, variables n: Int) -> any Method {
    n <= 500 ? self : SparseNewton()
  }
  /// The reach.
  public var settings: [String: Double] { ["reach": reach] }
  /// Two thousand.
  public var usualIterationLimit: Int { 2_000 }
  /// It follows negative curvature away from saddles and maxima.
  public var isSecondOrder: Bool { true }
  /// It does, but for Newton's model of f itself.
  public var worksByParts: Bool { model != .quadratic }

  /// For a sum of squares Newton's model of f itself, which ends elsewhere.
  public func alternatives(for objective: Objective) -> [any Method] {
    model == .fullest && shape == .curvature && objective.residuals != nil
      ? [
        TrustRegionNewton(reach: reach, shape: .size),
        TrustRegionNewton(reach: reach, model: .quadratic),
      ] : []
  }

  /// Nothing known yet.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    Memory(tolerance: criteria.tolerance, start: start.x, crossings: KinkCrossings(start: start))
  }

  /// A point where f is lower by a good part of what the model promised.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    if memory.bfgs != nil { return try alongKinks(here, &memory, &objective) }
    if memory.isDone {
      memory.isDone = false
      throw .stationary(isNewton: memory.isShrinking)
    }
    guard let model = try? model(at: here, &memory, &objective) else {
      // At the start a slope may be a number, and the curvature not any more.
      guard memory.metric.isEmpty else { throw .noStep }
      return try downhill(from: here, &objective)
    }
    if memory.crossings.isLong { try memory.crossings.tell(at: here, objective) }
    if self.model != .linearResiduals, here.x.count > 1, objective.bounds == nil,
      memory.crossings.areMany(at: here, { Vector.product(model.hessian, $0) })
    {
      try memory.crossings.tell(at: here, objective)
      return try alongKinks(here, &memory, &objective)
    }
    let scale = Scale(at: here.x, from: memory.start)
    memory.metric = metric(model.hessian, here, memory.metric, scale)
    let metric = memory.metric
    let size = Vector.norm(here.x.indices.map { metric[$0] * scale[$0] })
    // As the metric shrinks on the way down the same radius reaches ever further: not beyond all measure.
    var radius = min(memory.radius ?? reach * size, Self.furthest * size)
    let noise = noise(at: here)
    let room = Metric.Room(objective.bounds, at: here.x)
    // An infinite slope that a bound holds is as good as any large one.
    let gradient = here.gradient.map { $0.isFinite ? $0 : $0 > 0 ? 1e100 : -1e100 }
    var widenings = 0
    while true {
      guard let solution = model.step(gradient, radius: radius, metric: metric, room: room) else {
        throw .noStep
      }
      let step = Metric.divided(solution.step, metric)
      let length = Vector.norm(solution.step)
      var x = Vector.moved(here.x, by: 1, along: step)
      if let bounds = objective.bounds { x = bounds.nearest(to: x) }
      // Beside a maximum f hardly changes within a small region: a larger one costs nothing to look at.
      if solution.isOnBoundary, solution.predicted > 0, solution.predicted <= 10 * noise, widenings < 40 {
        widenings += 1
        radius *= 4
        continue
      }
      if x == here.x {
        if memory.failures > 8, here.x.count > 1, Vector.norm(here.gradient) > 0, room == nil {
          try memory.crossings.tell(at: here, objective)
          return try alongKinks(here, &memory, &objective)
        }
        throw .stationary(isNewton: memory.isShrinking)
      }
      let isLast =
        !solution.isOnBoundary
        && (solution.predicted <= noise || scale.part(of: step) <= memory.tolerance)
      let trial = evaluate(x, &objective)
      let drop = here.f - trial.f
      if isLast {
        // The last step improves x beyond what f can show: the gradient judges it.
        let isBetter = trial.isFinite && trial.f <= here.f + noise
        let ratio = freeSlope(trial, objective) / freeSlope(here, objective)
        guard isBetter, ratio < 0.5 else { throw .stationary(isNewton: memory.isShrinking) }
        memory.isShrinking = memory.isShrinking || ratio < 0.1
        memory.isDone = true
        return trial
      }
      let quality = drop / solution.predicted
      let isBelowNoise = solution.predicted <= 10 * noise
      let isShorter = freeSlope(trial, objective) < freeSlope(here, objective)
      if trial.isFinite, quality > 1e-4 || (isBelowNoise && abs(drop) <= 10 * noise && isShorter) {
        if quality > 0.75 || isBelowNoise {
          let growth = quality > 0.9 ? 4.0 : 2.0
          radius = max(radius, growth * length)
        } else if quality < 0.25 {
          radius = 0.5 * min(radius, length)
        }
        memory.radius = radius
        memory.failures = 0.7 * memory.failures
        memory.isShrinking = freeSlope(trial, objective) < 0.1 * freeSlope(here, objective)
        memory.crossings.note(from: here, to: x) { Vector.product(model.hessian, $0) }
        return trial
      }
      memory.failures += 1
      memory.isShrinking = false
      if memory.failures > 25, here.x.count > 1, room == nil {
        try memory.crossings.tell(at: here, objective)
        return try alongKinks(here, &memory, &objective)
      }
      radius = length * shrinkage(drop, Vector.dot(here.gradient, step), trial)
      if !(radius > 1e-14 * size) { throw .noStep }
      memory.radius = radius
    }
  }

  /// The size of the gradient that no bound holds.
  private func freeSlope(_ here: Iterate, _ objective: Objective) -> Double {
    guard let bounds = objective.bounds else { return Vector.norm(here.gradient) }
    var rest = here.gradient
    for i in bounds.holding(here.x, gradient: here.gradient) { rest[i] = 0 }
    return Vector.norm(rest)
  }

  /// The part of a failed step to try next: the least point of the parabola through what is known along it.
  private func shrinkage(_ drop: Double, _ slope: Double, _ trial: Iterate) -> Double {
    guard trial.f.isFinite, slope < 0, -drop > slope else { return 0.25 }
    return min(0.5, max(0.1, -slope / (2 * (-drop - slope))))
  }

  /// The differences of f that mean nothing at an iterate.
  private func noise(at here: Iterate) -> Double {
    let spread = zip(here.x, here.gradient).reduce(0) { $0 + abs($1.0 * $1.1) }
    return 4 * Double.ulpOfOne * (abs(here.f) + spread)
  }

  private func metric(_ hessian: [Double], _ here: Iterate, _ last: [Double], _ scale: Scale) -> [Double] {
    if shape == .size { return here.x.indices.map { 1 / scale[$0] } }
    let now = Metric.curvature(hessian, here.gradient, scale: scale)
    return last.isEmpty ? now : zip(now, last).map { max($0, model == .linearResiduals ? $1 : 0.1 * $1) }
  }

  private func evaluate(_ x: [Double], _ objective: inout Objective) -> Iterate {
    guard model != .quadratic, let fit = objective.fit(at: x) else { return objective.iterate(at: x) }
    return fit.iterate
  }

  /// What the next step is taken from.
  private enum Local {
    case quadratic(hessian: [Double])
    case squares(ResidualModel, hessian: [Double])

    var hessian: [Double] {
      switch self {
      case .quadratic(let rows), .squares(_, let rows): rows
      }
    }

    func step(_ gradient: [Double], radius: Double, metric: [Double], room: Metric.Room?)
      -> TrustRegionProblem.Solution?
    {
      switch self {
      case .squares(let model, _): model.step(radius: radius, metric: metric, room: room)
      case .quadratic(let rows):
        Metric.solution(gradient: gradient, hessian: rows, radius: radius, metric: metric, room: room)
      }
    }
  }

  private func model(
    at here: Iterate, _ memory: inout Memory, _ objective: inout Objective
  ) throws(Halt) -> Local {
    if model != .quadratic, let fit = objective.fit(at: here.x) {
      if model == .linearResiduals {
        return .quadratic(hessian: Self.gaussNewton(fit.jacobian, here.x.count))
      }
      if let model = objective.model(at: here.x, residuals: fit.residuals, jacobian: fit.jacobian),
        let rows = objective.hessian(at: here.x), Vector.isFinite(rows)
      {
        return .squares(model, hessian: rows)
      }
    }
    let scale = Scale(at: here.x, from: memory.start)
    guard
      let rows = objective.hessian(at: here.x) ?? Curvature.differences(at: here, scale, &objective),
      Vector.isFinite(rows)
    else { throw .noStep }
    return .quadratic(hessian: rows)
  }

  /// The lowest point straight downhill.
  private func downhill(from here: Iterate, _ objective: inout Objective) throws(Halt) -> Iterate {
    guard let way = Vector.direction(here.gradient.map { -$0 }) else { throw .noStep }
    let reach = Scale(at: here.x, from: here.x).reach(along: way)
    let end = objective.iterate(at: LineEnd(from: here, along: way, reach: reach, on: &objective).x)
    guard end.isFinite, end.f < here.f else { throw .noStep }
    return end
  }

  /// 2·JᵀJ.
  private static func gaussNewton(_ jacobian: [Double], _ n: Int) -> [Double] {
    var rows = [Double](repeating: 0, count: n * n)
    for start in stride(from: 0, to: jacobian.count, by: n) {
      for j in 0..<n where jacobian[start + j] != 0 {
        for k in 0..<n { rows[j * n + k] += 2 * jacobian[start + j] * jacobian[start + k] }
      }
    }
    return rows
  }

  private func alongKinks(
    _ here: Iterate, _ memory: inout Memory, _ objective: inout Objective
  ) throws(Halt) -> Iterate {
    var inner = memory.bfgs ?? BFGS().begin(at: here, StopCriteria(tolerance: memory.tolerance))
    defer { memory.bfgs = inner }
    return try BFGS().step(from: here, memory: &inner, on: &objective)
  }

  static let levenbergMarquardt: Methods.Row = .init(
    name: "lm", aliases: ["levenberg-marquardt", "gauss-newton"],
    summary: "Levenberg-Marquardt: for sums of squares, from the slopes of each (otherwise as newton)",
    settings: [
      .init(
        name: "reach", standard: 1, summary: "how far the first step may go, as a part of the size of x",
        range: 0..<(.infinity))
    ],
    build: { TrustRegionNewton(reach: $0["reach"], model: .linearResiduals) })

  static let row: Methods.Row = .init(
    name: "newton", aliases: ["trust-region", "trust-region-newton"],
    summary: "Newton's method with a trust region and exact second derivatives",
    settings: [
      .init(
        name: "reach", standard: 0.1, summary: "how far the first step may go, as a part of the size of x",
        range: 0..<(.infinity))
    ],
    build: { TrustRegionNewton(reach: $0["reach"], model: .quadratic) })
}
