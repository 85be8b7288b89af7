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
    _ method: any Method = BacktrackingDescent(), _ criteria: StopCriteria = StopCriteria(),
    recording: Trace.Recording = .atMost(10_000)
  ) {
    self.method = method
    self.criteria = criteria
    self.recording = recording
  }

  /// Descends from `start`; a raised cancellation ends it with the best point so far.
  public func minimize(
    _ objective: Objective, from start: [Double], cancellation: Cancellation? = nil
  ) -> Trace {
    run(method, objective, start, cancellation)
  }

  private func run<M: Method>(
    _ method: M, _ objective: Objective, _ start: [Double], _ cancellation: Cancellation?
  ) -> Trace {
    var path = Path(
      start: start, objective: objective, criteria: criteria, recording: recording,
      limit: criteria.maximumIterations ?? method.usualIterationLimit)
    var outcome = path.begin()
    if outcome == nil {
      var memory = method.begin(at: path.here)
      while outcome == nil {
        if cancellation?.isCancelled == true {
          outcome = Path.Outcome(.interrupted(iterations: path.iterations), verdict: .interrupted)
          break
        }
        do {
          outcome = path.advance(
            to: try method.step(from: path.here, memory: &memory, on: &path.objective))
        } catch {
          outcome = path.blocked(by: error)
        }
      }
    }
    return path.trace(of: method, outcome: outcome ?? Path.Outcome(.stuck(iterations: 0), verdict: .stuck))
  }
}
