import NablaBasics

/// Gradient descent at a fixed rate, exactly as textbooks state it: x ← x − rate·∇f(x) (Cauchy 1847).
///
///     Minimizer(GradientDescent(rate: 0.1), .steps(1)).minimize(f, from: [-8])   // x² + 5x + 6: −6.9
///
/// On a quadratic it converges for 0 < rate < 2/L, L the largest eigenvalue of the Hessian; the rate is
/// never changed on the way, so a rate that is too large diverges and says so.
public struct GradientDescent: Method {
  /// What the gradient is multiplied with.
  public let rate: Double

  /// Descent at this rate.
  public init(rate: Double = 0.01) { self.rate = rate }

  /// The name and the rate.
  public var title: String { "gradient descent, rate " + NumberText.significant(rate) }
  /// The rate.
  public var fixedRate: Double? { rate }
  /// The rate.
  public var settings: [String: Double] { ["rate": rate] }
  /// A hundred thousand: its iterations are cheap and many.
  public var usualIterationLimit: Int { 100_000 }

  /// It remembers nothing.
  public func begin(at start: Iterate, _ criteria: StopCriteria) {}

  /// x − rate·g, evaluated there.
  public func step(from here: Iterate, memory: inout Void, on objective: inout Objective) -> Iterate {
    var x = here.x
    for i in x.indices { x[i] -= rate * here.gradient[i] }
    return objective.iterate(at: x)
  }

  static let row: Methods.Row = .init(
    name: "gd", aliases: ["gradient-descent", "steepest-descent"],
    summary: "gradient descent at a fixed rate, as textbooks state it",
    settings: [
      .init(
        name: "rate", standard: 0.01, summary: "what the gradient is multiplied with in each step",
        range: 0..<(.infinity))
    ],
    build: { GradientDescent(rate: $0["rate"]) })
}
