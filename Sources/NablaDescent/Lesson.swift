import NablaBasics

/// Something a run teaches about its rate, as data; each has its sentence.
public enum Lesson: Hashable, Sendable {
  /// The rate is above 2/L, the most that converges on a quadratic with largest curvature L.
  case rateTooLarge(rate: Double, limit: Double)
  /// The rate is above 2/L for the largest curvature L at the answer of a function that curves otherwise elsewhere.
  case rateOvershoots(rate: Double, limit: Double)
  /// The rate is 2/L, at which the error along the largest curvature L keeps its size.
  case rateAtLimit(Double)
  /// The best fixed rate of a quadratic, 2/(L + μ), and the part (L − μ)/(L + μ) of the error that it keeps.
  case suggestedRate(Double, keeps: Double)
  /// Each step keeps this part of the error; rates between 0 and `limit` converge. `isExact` on a quadratic.
  case contraction(keeps: Double, limit: Double, isExact: Bool)
  /// The gradient became small near a saddle.
  case saddleApproached(smallestEigenvalue: Double)

  /// The lesson in one sentence without a full stop.
  public var sentence: String {
    func short(_ value: Double) -> String { NumberText.significant(value, digits: 3) }
    /// `0.8 of the error`, and `all but 2e−6 of the error` where three digits would say 1.
    func part(_ keeps: Double) -> String {
      let text = short(keeps)
      return (text == "1" && keeps < 1 ? "all but " + short(1 - keeps) : text) + " of the error"
    }
    switch self {
    case .rateTooLarge(let rate, let limit):
      return
        "rate \(short(rate)) is above 2/L = \(short(limit)), the most that converges here; L is the largest curvature"
    case .rateOvershoots(let rate, let limit):
      return
        "rate \(short(rate)) is above 2/L = \(short(limit)), L the largest curvature at the best point: there it oversteps, and a smaller rate may not"
    case .rateAtLimit(let rate):
      return
        "rate \(short(rate)) is 2/L itself, L the largest curvature: each step leads as far beyond; smaller rates converge"
    case .suggestedRate(let rate, let keeps):
      let effect = keeps == 0 ? "one step gets there" : "each step keeps \(part(keeps))"
      return
        "the best fixed rate here is 2/(L + μ) = \(short(rate)), by the largest and the smallest curvature: \(effect)"
    case .contraction(let keeps, let limit, let isExact):
      return (isExact ? "" : "near the end ")
        + "each step keeps \(part(keeps)); rates between 0 and \(short(limit)) converge"
    case .saddleApproached(let smallest):
      return "a saddle is near: f curves down along one direction (smallest eigenvalue \(short(smallest)))"
    }
  }
}
