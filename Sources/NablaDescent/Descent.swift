import NablaBasics

/// Who looks on while a descent is under way.
struct Watch {
  /// Ends it when raised.
  var cancellation: Cancellation?
  /// Hears of every step.
  var progress: Minimizer.Progress?
}

/// A descent on its way, by whatever method.
protocol PausableDescent {
  /// Whether it has come to an end.
  var isDone: Bool { get }
  /// What was evaluated so far.
  var counts: Objective.Counts { get set }
  /// Goes on to the end, or until it is seen to creep away.
  mutating func go(pausingIfItCreeps: Bool, _ watch: Watch)
  /// The whole story.
  mutating func trace() -> Trace
}

/// One method on its way from one start.
struct Descent<M: Method>: PausableDescent {
  private let method: M
  private var path: Path
  private var memory: M.Memory?
  private var outcome: Path.Outcome?

  init(
    _ method: M, _ criteria: StopCriteria, _ recording: Trace.Recording, _ objective: Objective,
    _ start: [Double]
  ) {
    self.method = method
    path = Path(
      start: start, objective: objective, criteria: criteria, recording: recording,
      limit: criteria.maximumIterations ?? method.usualIterationLimit, isSecondOrder: method.isSecondOrder,
      byParts: method.worksByParts)
    outcome = path.begin()
    if outcome == nil { memory = method.begin(at: path.here, criteria) }
  }

  var isDone: Bool { outcome != nil }

  var counts: Objective.Counts {
    get { path.objective.counts }
    set { path.objective.counts = newValue }
  }

  mutating func go(pausingIfItCreeps: Bool, _ watch: Watch) {
    while outcome == nil, var memory {
      if watch.cancellation?.isCancelled == true { break }
      if pausingIfItCreeps, path.isCreepingAway { return }
      watch.progress?(path.iterations, path.objective.inSense(path.here.f))
      // The memory is in one place only, so that steps do not copy it.
      self.memory = nil
      do {
        outcome = path.advance(to: try method.step(from: path.here, memory: &memory, on: &path.objective))
      } catch {
        outcome = path.halted(by: error)
      }
      self.memory = memory
    }
    // What was seen once f had no more values shows nothing.
    if watch.cancellation?.isCancelled == true, outcome?.verdict != .stepsDone {
      outcome = Path.Outcome(.interrupted(iterations: path.iterations), verdict: .interrupted)
    }
  }

  mutating func trace() -> Trace {
    path.trace(of: method, outcome: outcome ?? Path.Outcome(.stuck(iterations: 0), verdict: .stuck))
  }
}
