/// Newton's method within a trust region for many variables, from the entries of the Hessian that are not zero: by
/// factors of its band where it is narrow, by truncated conjugate gradients otherwise. Where steps of many
/// variables keep crossing a kink, or none is short enough, it goes on by limited-memory BFGS.
public struct SparseNewton: Method {
  /// What is carried from step to step.
  public struct Memory: Sendable {
    var tolerance: Double
    var start: [Double]
    /// f at the start.
    var first: Double
    /// How many trials in a row were worth nothing.
    var idle = 0
    var radius: Double?
    var metric: [Double] = []
    var isShrinking = false
    var isDone = false
    var crossings: KinkCrossings
    /// The method gone on with where there is no sparse Hessian, or none that helps.
    var other: LimitedMemoryBFGS.Memory?
  }

  private static let mostIdle = 5

  /// The method has no settings.
  public init() {}

  /// The name.
  public var title: String { "sparse Newton" }
  /// The name without its safeguards.
  public var plainTitle: String { "Newton’s method" }
  /// Ten thousand.
  public var usualIterationLimit: Int { 10_000 }
  /// It sees the Hessian.
  public var isSecondOrder: Bool { true }
  /// It does.
  public var worksByParts: Bool { true }

  /// Nothing known yet.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    Memory(
      tolerance: criteria.tolerance, start: start.x, first: start.f, crossings: KinkCrossings(start: start))
  }

  /// A point where f is lower by a good part of what the model promised.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    if memory.isDone {
      memory.isDone = false
      throw .stationary(isNewton: memory.isShrinking)
    }
    let model = coupledModel(at: here, &objective)
    guard let rows = model?.rows ?? objective.sparseRows(at: here.x), memory.other == nil else {
      return try without(here, &memory, &objective)
    }
    guard Vector.isFinite(rows.values) else { throw .noStep }
    // With fewer variables the slopes around a kink are looked at where the steps end.
    let isLarge = here.x.count > Curvature.mostVariables
    if isLarge, memory.crossings.isLong { try memory.crossings.tell(at: here, objective) }
    if isLarge, memory.crossings.areMany(at: here, rows.times) {
      return try without(here, &memory, &objective)
    }
    let scale = Scale(at: here.x, from: memory.start)
    let now = Metric.curvature(diagonal: rows.diagonal, scale: scale)
    memory.metric = memory.metric.isEmpty ? now : zip(now, memory.metric).map { max($0, 0.1 * $1) }
    let metric = memory.metric
    let gradient = Metric.divided(here.gradient, metric)
    let scaled = rows.divided(metric)
    let bandwidth = objective.sparse?.bandwidth ?? 0
    let spread = zip(here.x, here.gradient).reduce(0) { $0 + abs($1.0 * $1.1) }
    // The terms of a long sum are rounded one by one.
    let noise = (4 + 2 * Double(here.x.count).squareRoot()) * Double.ulpOfOne * (abs(here.f) + spread)
    let size = Vector.norm(here.x.indices.map { metric[$0] * scale[$0] })
    var radius = min(memory.radius ?? 0.1 * size, TrustRegionNewton.furthest * size)
    while true {
      let found =
        model.map { $0.step(radius: radius, metric: metric) }
        ?? SparseProblem(gradient: gradient, rows: scaled, bandwidth: bandwidth, radius: radius).solution()
      guard let solution = found else { throw .stationary(isNewton: memory.isShrinking) }
      let step = Metric.divided(solution.step, metric)
      let length = Vector.norm(solution.step)
      let x = Vector.moved(here.x, by: 1, along: step)
      if x == here.x { throw .stationary(isNewton: memory.isShrinking) }
      let isLast =
        !solution.isOnBoundary && (solution.predicted <= noise || scale.part(of: step) <= memory.tolerance)
      // Where curvature is lost in rounding beside that of other directions, the region stays next to nothing.
      let isNothing =
        solution.isOnBoundary && scale.part(of: step) <= memory.tolerance
        && solution.predicted <= 1e-8 * Double.ulpOfOne * (memory.first - here.f)
      memory.idle = isNothing ? memory.idle + 1 : 0
      if memory.idle > Self.mostIdle { throw .stationary(isNewton: memory.isShrinking) }
      let trial = objective.coupledFit(at: x)?.iterate ?? objective.iterate(at: x)
      let ratio = Vector.norm(trial.gradient) / Vector.norm(here.gradient)
      if isLast {
        guard trial.isFinite, trial.f <= here.f + noise, ratio < 0.5 else {
          throw .stationary(isNewton: memory.isShrinking)
        }
        memory.isShrinking = memory.isShrinking || ratio < 0.1
        memory.isDone = true
        return trial
      }
      let quality = (here.f - trial.f) / solution.predicted
      let isBelowNoise = solution.predicted <= 10 * noise && abs(here.f - trial.f) <= 10 * noise && ratio < 1
      if trial.isFinite, quality > 1e-4 || isBelowNoise {
        if quality > 0.75 || isBelowNoise {
          radius = max(radius, (quality > 0.9 ? 4 : 2) * length)
        } else if quality < 0.25 {
          radius = 0.5 * min(radius, length)
        }
        memory.radius = radius
        memory.isShrinking = ratio < 0.1
        if isLarge { memory.crossings.note(from: here, to: x, rows.times) }
        return trial
      }
      radius = 0.25 * length
      memory.radius = radius
      memory.isShrinking = false
      if !(radius > 1e-14 * size) {
        guard isLarge else { throw .noStep }
        return try without(here, &memory, &objective)
      }
    }
  }

  private func coupledModel(at here: Iterate, _ objective: inout Objective) -> CoupledModel? {
    guard let squares = objective.coupled, let fit = objective.coupledFit(at: here.x) else { return nil }
    let curvatures = objective.coupledCurvatures(at: here.x)
    return Vector.isFinite(curvatures + fit.slopes)
      ? CoupledModel(
        squares: squares, residuals: fit.residuals, slopes: fit.slopes, curvatures: curvatures) : nil
  }

  private func without(
    _ here: Iterate, _ memory: inout Memory, _ objective: inout Objective
  ) throws(Halt) -> Iterate {
    try memory.crossings.tell(at: here, objective)
    let other = LimitedMemoryBFGS()
    var inner = memory.other ?? other.begin(at: here, StopCriteria(tolerance: memory.tolerance))
    defer { memory.other = inner }
    return try other.step(from: here, memory: &inner, on: &objective)
  }

  static let row: Methods.Row = .init(
    name: "sparse-newton", aliases: ["newton-cg"],
    summary: "Newton's method for many variables, from the second derivatives that are not zero",
    settings: [], build: { _ in SparseNewton() })
}
