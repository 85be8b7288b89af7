import NablaBasics

/// Gradient descent whose step length is found anew in each iteration by backtracking.
///
/// Each search begins at twice the rate accepted last, so that steps grow where the function is flat (Nocedal &
/// Wright 2006, algorithm 3.1 and section 3.5), but at no less than a quarter of the last step, for where the
/// gradient collapses; the first begins near the start, lest it leaps over the valley it starts in. f never
/// rises beyond its rounding level, and f → c·f changes nothing.
public struct BacktrackingDescent: Method {
  /// What is carried on: the rate to try next, as a multiple of the gradient, the last step's length, and the
  /// rounding level of f where it had to be measured.
  public struct Memory: Hashable, Sendable {
    var rate: Double
    var length = 0.0
    var rounding = 0.0
  }

  /// How far the first search goes at most, as a part of the size of x (largest coordinate, at least 1).
  public let reach: Double
  /// The search along −∇f.
  public let search: Backtracking

  /// Descent by backtracking.
  public init(reach: Double = 0.1, search: Backtracking = Backtracking()) {
    self.reach = reach
    self.search = search
  }

  /// The name.
  public var title: String { "gradient descent with backtracking" }
  /// The reach.
  public var settings: [String: Double] { ["reach": reach] }
  /// A hundred thousand: its iterations are cheap and many.
  public var usualIterationLimit: Int { 100_000 }

  /// The rate to try first.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    let rate = reach * max(1, Vector.maximum(start.x)) / Vector.maximum(start.gradient)
    return Memory(rate: rate.isFinite && rate > 0 ? rate : 1)
  }

  /// A point along −g with sufficient decrease.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    // Along −g/|g|, so that |g|² can neither overflow nor vanish.
    let steepness = Vector.norm(here.gradient)
    guard steepness > 0 else { throw .noStep }
    let direction = here.gradient.map { -$0 / steepness }
    let longest = Double.greatestFiniteMagnitude
    let trying = min(max(memory.rate * steepness, memory.length / 4), longest)
    let found = try search.point(
      from: here, along: direction, trying: trying, rounding: &memory.rounding, on: &objective)
    memory.length = found.length
    memory.rate = min(found.length / steepness * search.growth, longest)
    return found.iterate
  }

  static let row: Methods.Row = .init(
    name: "backtracking", aliases: ["gd-backtracking", "armijo"],
    summary: "gradient descent that finds its step length by backtracking",
    settings: [
      .init(
        name: "reach", standard: 0.1, summary: "how far the first step may go, as a part of the size of x",
        range: 0..<(.infinity))
    ],
    build: { BacktrackingDescent(reach: $0["reach"]) })
}
