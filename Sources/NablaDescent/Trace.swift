/// What happened in a descent: the iterates, the counts, why it stopped and what the end is.
///
/// Values are in the user's sense: f is never negated here, also when maximizing.
public struct Trace: Sendable {
  /// One recorded iterate.
  public struct Point: Hashable, Sendable {
    /// Its number; 0 is the start.
    public let k: Int
    /// The point.
    public let x: [Double]
    /// f(x).
    public let f: Double
    /// ∇f(x).
    public let gradient: [Double]
    /// |∇f(x)|, Euclidean.
    public let gradientNorm: Double
    /// |x − previous x|, Euclidean; 0 at the start.
    public let stepLength: Double
    /// Evaluations made until it was reached, its own included.
    public let counts: Objective.Counts
  }

  /// Which iterates to keep.
  public enum Recording: Hashable, Sendable {
    /// All of them.
    case all
    /// The first, the last and evenly spaced ones between, never more than this many (at least 3).
    case atMost(Int)
  }

  /// The method's name and settings.
  public internal(set) var method: String
  /// What a first course calls the method that led here: `Newton’s method`.
  public internal(set) var plainMethod: String
  /// What was looked for.
  public internal(set) var sense: Objective.Sense
  /// The iterates kept, by rising k: always the first and the last.
  public internal(set) var points: [Point]
  /// How many steps were made.
  public internal(set) var iterations: Int
  /// The answer: the point the descent ended at, or the best one where it was cut short.
  public internal(set) var answer: Point
  /// Evaluations, those for the certificate included.
  public internal(set) var counts: Objective.Counts
  /// Why it stopped.
  public internal(set) var stop: Stop
  /// What the answer is.
  public internal(set) var certificate: Certificate
  /// What can be learned from the run, most important first.
  public internal(set) var lessons: [Lesson]

  /// The answer's x.
  public var x: [Double] { answer.x }
  /// The answer's f.
  public var f: Double { answer.f }
  /// Whether the answer is a checked minimum (or maximum), or the steps asked for are done.
  public var success: Bool { certificate.success }
}

/// Keeps the iterates of a descent within the memory allowed.
struct Recorder {
  private let sense: Objective.Sense
  private let capacity: Int
  private var stride = 1
  private var kept: [Trace.Point] = []
  private(set) var last: Trace.Point
  private(set) var best: Trace.Point

  init(start: Iterate, counts: Objective.Counts, sense: Objective.Sense, recording: Trace.Recording) {
    self.sense = sense
    switch recording {
    case .all: capacity = .max
    case .atMost(let count): capacity = max(3, count)
    }
    last = Self.point(0, start, from: start.x, counts, sense)
    best = last
    kept = [last]
  }

  mutating func add(_ iterate: Iterate, after counts: Objective.Counts) {
    last = Self.point(last.k + 1, iterate, from: last.x, counts, sense)
    let isBetter = sense == .minimize ? last.f < best.f : last.f > best.f
    if isBetter { best = last }
    if last.k % stride == 0 { kept.append(last) }
    // One place is left for the last iterate; thinning keeps k = 0 and the multiples of the new stride.
    while kept.count >= capacity {
      stride *= 2
      kept = kept.filter { $0.k % stride == 0 }
    }
  }

  /// Puts another point in the place of the last iterate.
  mutating func settle(at iterate: Iterate, after counts: Objective.Counts) {
    let old = last
    last = Self.point(old.k, iterate, from: old.x, counts, sense)
    if kept.last?.k == old.k { kept[kept.count - 1] = last }
    let isBetter = sense == .minimize ? last.f < best.f : last.f > best.f
    if isBetter { best = last }
  }

  /// The iterates kept and the last one.
  var points: [Trace.Point] { kept.last?.k == last.k ? kept : kept + [last] }

  private static func point(
    _ k: Int, _ iterate: Iterate, from previous: [Double], _ counts: Objective.Counts,
    _ sense: Objective.Sense
  ) -> Trace.Point {
    let isSame = sense == .minimize
    return Trace.Point(
      k: k, x: iterate.x, f: isSame ? iterate.f : -iterate.f,
      gradient: isSame ? iterate.gradient : iterate.gradient.map { -$0 },
      gradientNorm: Vector.norm(iterate.gradient),
      stepLength: k == 0 ? 0 : Vector.norm(Vector.difference(iterate.x, previous)), counts: counts)
  }
}
