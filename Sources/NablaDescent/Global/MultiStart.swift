import NablaBasics

/// Descents from many starts that fill a box evenly, and the distinct minima they end at.
///
///     MultiStart(Minimizer(), starts: 16).run(himmelblau, within: box, from: [0, 0]).minima.count   // 4
///
/// The first start is the one given. That nothing lower was found proves nothing.
public struct MultiStart: Sendable {
  /// A minimum and how many starts ended there.
  public struct Found: Sendable {
    /// The descent that ended there first.
    public let trace: Trace
    /// How many starts ended there.
    public internal(set) var count: Int
  }

  /// What the starts led to.
  public struct Outcome: Sendable {
    /// The distinct minima, the lowest first (the highest when maximizing).
    public let minima: [Found]
    /// The other verdicts with their counts, in the order in which they were first met.
    public let others: [(verdict: Verdict, count: Int)]
    /// A descent that ended at no minimum, if any did.
    public let failure: Trace?
    /// All evaluations.
    public let counts: Objective.Counts
  }

  /// How to descend from each start.
  public var minimizer: Minimizer
  /// How many starts there are.
  public var starts: Int

  /// Descents from so many starts.
  public init(_ minimizer: Minimizer, starts: Int) {
    self.minimizer = minimizer
    self.starts = starts
  }

  /// Descends from `start` and from points of the box, which has the start's count of variables.
  public func run(
    _ objective: Objective, within box: Bounds, from start: [Double], cancellation: Cancellation? = nil
  ) -> Outcome {
    precondition(
      box.lower.count == start.count, "\(box.lower.count) coordinates expected, \(start.count) given")
    var sobol = Sobol(dimensions: start.count)
    var minima: [Found] = []
    var others: [(verdict: Verdict, count: Int)] = []
    var failure: Trace?
    var counts = Objective.Counts()
    for number in 0..<max(1, starts) {
      if cancellation?.isCancelled == true { break }
      let unit = number == 0 ? [] : sobol.next()
      let from =
        number == 0
        ? start
        : start.indices.map { box.lower[$0] * (1 - unit[$0]) + box.upper[$0] * unit[$0] }
      let trace = minimizer.minimize(objective, from: from, cancellation: cancellation)
      counts.add(trace.counts)
      let verdict = trace.certificate.verdict
      guard trace.success, verdict != .stepsDone else {
        failure = failure ?? trace
        if let place = others.firstIndex(where: { $0.verdict == verdict }) {
          others[place].count += 1
        } else {
          others.append((verdict, 1))
        }
        continue
      }
      if let place = minima.firstIndex(where: { Self.isSame($0.trace, trace) }) {
        minima[place].count += 1
      } else {
        minima.append(Found(trace: trace, count: 1))
      }
    }
    let sign = objective.sense == .minimize ? 1.0 : -1
    let ordered = minima.enumerated().sorted { a, b in
      let (x, y) = (sign * a.element.trace.f, sign * b.element.trace.f)
      return x == y ? a.offset < b.offset : x < y
    }
    return Outcome(minima: ordered.map(\.element), others: others, failure: failure, counts: counts)
  }

  /// Whether two descents ended at the same point, to a part in 10⁵ of its size.
  private static func isSame(_ a: Trace, _ b: Trace) -> Bool {
    zip(a.x, b.x).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($0), abs($1)) }
  }
}
