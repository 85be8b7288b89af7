import NablaBasics

/// Methods that begin at the same start, one after the other, until one of them ends at a minimum.
///
/// One that creeps away is left alone; the first goes on with it where no other found a minimum.
struct Portfolio {
  let first: any Method
  let others: [any Method]
  let criteria: StopCriteria
  let recording: Trace.Recording
  /// Its counts are those of all methods.
  var objective: Objective
  let start: [Double]
  let watch: Watch

  /// The story of the method that ended at a minimum; of the first where none did.
  mutating func run() -> Trace {
    var descent = begun(first)
    let given = ended(&descent, pausing: !others.isEmpty)
    if let given, !given.certificate.isWorthAnotherTry { return given }
    for method in others where watch.cancellation?.isCancelled != true {
      var other = begun(method)
      if let trace = ended(&other, pausing: true), trace.success { return trace }
    }
    // Others have evaluated since it was left alone.
    if given == nil { descent.counts = objective.counts }
    guard var trace = given ?? ended(&descent, pausing: false) else { return descent.trace() }
    trace.counts = objective.counts
    return trace
  }

  private func begun<M: Method>(_ method: M) -> any PausableDescent {
    Descent(method, criteria, recording, objective, start)
  }

  /// Goes on with a descent, and tells its story if that was to the end.
  private mutating func ended(_ descent: inout any PausableDescent, pausing: Bool) -> Trace? {
    descent.go(pausingIfItCreeps: pausing, watch)
    let trace = descent.isDone ? descent.trace() : nil
    objective.counts = trace?.counts ?? descent.counts
    return trace
  }
}
