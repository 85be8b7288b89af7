import NablaBasics

/// The one loop: runs a method from a start until it is done, and certifies the end.
///
///     let bowl = Objective { x in x[0] * x[0] } gradient: { x in [2 * x[0]] }
///     let trace = Minimizer().minimize(bowl, from: [3])
///     trace.certificate.verdict   // .strictLocalMinimum
///
/// It runs the same way on every machine. A start whose value is not finite is answered, not trapped.
public struct Minimizer: Sendable {
  /// How to go from one iterate to the next.
  public var method: any Method
  /// When to stop.
  public var criteria: StopCriteria
  /// Which iterates to keep.
  public var recording: Trace.Recording

  /// A descent by this method; `.atMost` bounds the memory of long runs.
  public init(
    _ method: any Method = Automatic(), _ criteria: StopCriteria = StopCriteria(),
    recording: Trace.Recording = .atMost(10_000)
  ) {
    self.method = method
    self.criteria = criteria
    self.recording = recording
  }

  /// What hears of the iterations and the value after every step.
  public typealias Progress = (_ iterations: Int, _ f: Double) -> Void

  /// Descends from `start`; a raised cancellation ends it with the best point so far.
  ///
  /// The start has one coordinate a variable: as many as the objective's closures, and its bounds, expect. A start
  /// outside the objective's bounds is moved to the nearest point within. Where the first method chosen for
  /// a sum of squares ends at no minimum, or creeps away without end, the next in the portfolio begins at the start
  /// again; all is counted.
  public func minimize(
    _ objective: Objective, from start: [Double], cancellation: Cancellation? = nil, progress: Progress? = nil
  ) -> Trace {
    var objective = objective
    objective.cancellation = cancellation
    let first = method.resolved(for: objective, variables: start.count)
    var start = Self.within(start, &objective)
    if first.isSecondOrder, criteria.steps == nil { start = Self.beside(start, &objective) }
    let others = criteria.steps == nil ? first.alternatives(for: objective) : []
    var portfolio = Portfolio(
      first: first, others: others, criteria: criteria, recording: recording, objective: objective,
      start: start, watch: Watch(cancellation: cancellation, progress: progress))
    return titled(portfolio.run(), objective)
  }

  private func titled(_ trace: Trace, _ objective: Objective) -> Trace {
    guard method is Automatic else { return trace }
    var trace = trace
    trace.method = Automatic.title(of: trace.method, for: objective, variables: trace.x.count)
    return trace
  }

  /// The start within the bounds; off a bound on which f or its slope is not finite.
  private static func within(_ start: [Double], _ objective: inout Objective) -> [Double] {
    guard let bounds = objective.bounds else { return start }
    let x = bounds.nearest(to: start)
    guard !objective.iterate(at: x).isFinite else {
      // The first iterate asks again.
      objective.counts.f -= 1
      objective.counts.gradient -= 1
      return x
    }
    let scale = Scale(at: x, from: x)
    let inside = x.indices.map { i in
      let room = bounds.upper[i] - bounds.lower[i]
      let step = 1e-3 * (room.isFinite ? room : scale[i])
      if x[i] <= bounds.lower[i] { return x[i] + step }
      return x[i] >= bounds.upper[i] ? x[i] - step : x[i]
    }
    return objective.iterate(at: inside).isFinite ? inside : x
  }

  /// The start, or a point a little beside it where f has a value there but no slope, as √(x² + y²) at 0.
  private static func beside(_ start: [Double], _ objective: inout Objective) -> [Double] {
    let here = objective.iterate(at: start)
    // The slopes of a convex function are looked at where it stands.
    guard here.f.isFinite, !here.isFinite, objective.convexity?() == nil else {
      objective.counts.f -= 1
      objective.counts.gradient -= 1
      return start
    }
    let scale = Scale(at: start, from: start)
    for side in [1.0, -1] {
      // No two coordinates move alike, so that none stays on a diagonal.
      let moved = start.indices.map { i in
        start[i] + side * 1e-3 * scale[i] * (1 + 0.5 * Double(i % 7) / 7)
      }
      if objective.iterate(at: moved).isFinite { return moved }
    }
    return start
  }
}
