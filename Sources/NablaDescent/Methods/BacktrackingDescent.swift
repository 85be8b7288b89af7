import NablaBasics

/// Gradient descent whose step length is found anew in each iteration by backtracking.
///
/// Each search begins at twice the length accepted last, so that the rate grows where the function is flat
/// (Nocedal & Wright 2006, algorithm 3.1 and section 3.5). The very first search goes no farther than the size
/// of x (at least 1), lest it leaps over the valley it starts in. f never rises beyond its rounding level.
public struct BacktrackingDescent: Method {
  /// The first length tried, as a multiple of the gradient.
  public let rate: Double
  /// The search along −∇f.
  public let search: Backtracking

  /// Descent by backtracking; `rate` is only the first length tried.
  public init(rate: Double = 1, search: Backtracking = Backtracking()) {
    self.rate = rate
    self.search = search
  }

  /// The name.
  public var title: String { "gradient descent with backtracking" }
  /// A hundred thousand: its iterations are cheap and many.
  public var usualIterationLimit: Int { 100_000 }

  /// The length to try first.
  public func begin(at start: Iterate) -> Double {
    let farthest = max(1, Vector.maximum(start.x)) / Vector.maximum(start.gradient)
    return farthest.isFinite && farthest > 0 ? min(rate, farthest) : rate
  }

  /// A point along −g with sufficient decrease; the memory is the length to try next.
  public func step(
    from here: Iterate, memory length: inout Double, on objective: inout Objective
  ) throws(Stop) -> Iterate {
    let direction = here.gradient.map { -$0 }
    let found = try search.point(from: here, along: direction, trying: length, on: &objective)
    length = found.length * search.growth
    if !length.isFinite { length = found.length }
    return found.iterate
  }

  static let row: Methods.Row = .init(
    name: "backtracking", aliases: ["gd-backtracking", "armijo"],
    summary: "gradient descent that finds its step length by backtracking",
    settings: [
      .init(
        name: "rate", standard: 1, summary: "the first step length tried, as a multiple of the gradient",
        range: 0..<(.infinity))
    ],
    build: { BacktrackingDescent(rate: $0["rate"] ?? 1) })
}
