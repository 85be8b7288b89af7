/// Shrinks a step until the value is finite, then until it decreases enough (Armijo 1966; Nocedal & Wright
/// 2006, algorithm 3.1): f(x + t·d) ≤ f(x) + c·t·∇f(x)·d.
///
/// Where the decrease is smaller than f can show, the slope decides instead (the approximate Wolfe condition
/// of Hager & Zhang 2005, section 2): ∇f(x + t·d)·d ≤ (2c − 1)·∇f(x)·d.
public struct Backtracking: Hashable, Sendable {
  /// The part c of the promised decrease that must be had; between 0 and 1/2.
  public var sufficientDecrease = 1e-4
  /// What a rejected length is multiplied with.
  public var shrink = 0.5
  /// What an accepted length is multiplied with to begin the next search.
  public var growth = 2.0

  /// The usual constants: c = 1e-4, halve, double.
  public init() {}

  /// A point with sufficient decrease along `direction`, and its length t.
  ///
  /// `rounding` is the level below which differences of f mean nothing; it is measured and raised when the search
  /// finds nothing, and then the search is tried once more. Throws `.noStep` when x + t·d became x
  /// itself before a point was acceptable, or when the direction does not lead downhill.
  func point(
    from here: Iterate, along direction: [Double], trying first: Double, rounding: inout Double,
    on objective: inout Objective
  ) throws(Halt) -> (iterate: Iterate, length: Double) {
    let slope = Vector.dot(here.gradient, direction)
    guard slope < 0 else { throw .noStep }
    if let found = shrink(from: here, direction, slope, first, rounding, &objective) { return found }
    let measured = 4 * NeighbourhoodProbe.roundingLevel(at: here, on: &objective)
    guard measured > rounding else { throw .noStep }
    rounding = measured
    if let found = shrink(from: here, direction, slope, first, rounding, &objective) { return found }
    throw .noStep
  }

  private func shrink(
    from here: Iterate, _ direction: [Double], _ slope: Double, _ first: Double, _ rounding: Double,
    _ objective: inout Objective
  ) -> (iterate: Iterate, length: Double)? {
    var length = first
    while length > 0 {
      let x = Vector.moved(here.x, by: length, along: direction)
      if x == here.x { return nil }
      let trial = objective.iterate(at: x)
      if trial.isFinite {
        let change = trial.f - here.f
        if change < 0 && change <= sufficientDecrease * length * slope { return (trial, length) }
        // Near a pole f changes so fast that its rounding seems large: a rise that shows in f is a rise.
        let believed = min(rounding, 0.1 * abs(here.f))
        let level = max(believed, 8 * Double.ulpOfOne * max(abs(here.f), abs(trial.f)))
        let trialSlope = Vector.dot(trial.gradient, direction)
        let flattens = abs(trialSlope) <= (1 - 2 * sufficientDecrease) * -slope
        if abs(change) <= level && flattens { return (trial, length) }
      }
      length *= shrink
    }
    return nil
  }
}
