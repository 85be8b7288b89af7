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
  /// Throws `.lineSearchFailed` when x + t·d is x itself before a point was acceptable, or when the
  /// direction does not lead downhill.
  func point(
    from here: Iterate, along direction: [Double], trying first: Double, on objective: inout Objective
  ) throws(Stop) -> (iterate: Iterate, length: Double) {
    let slope = Vector.dot(here.gradient, direction)
    guard slope < 0 else { throw .lineSearchFailed }
    var length = first
    while length > 0 {
      let x = Vector.moved(here.x, by: length, along: direction)
      if x == here.x { break }
      let trial = objective.iterate(at: x)
      if trial.isFinite {
        let promised = sufficientDecrease * length * slope
        if trial.f <= here.f + promised && trial.f < here.f { return (trial, length) }
        let rounding = 8 * Double.ulpOfOne * max(abs(here.f), abs(trial.f))
        let isHidden = abs(trial.f - here.f) <= rounding
        let trialSlope = Vector.dot(trial.gradient, direction)
        if isHidden && abs(trialSlope) <= (1 - 2 * sufficientDecrease) * -slope { return (trial, length) }
      }
      length *= shrink
    }
    throw .lineSearchFailed
  }
}
