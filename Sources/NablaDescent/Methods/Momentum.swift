import NablaBasics

/// Gradient descent with momentum: v ← βv − rate·∇f(x), x ← x + v (Polyak 1964); with Nesterov's look ahead the
/// gradient is taken at x + βv (Nesterov 1983; Sutskever and others 2013).
///
///     Minimizer(Momentum(rate: 0.1, momentum: 0.5), .steps(2)).minimize(square, from: [1]).x   // [0.54], x² from 1
///
/// Both settings stay what they are, so that a rate that is too large diverges and says so.
public struct Momentum: Method {
  /// What the gradient is multiplied with.
  public let rate: Double
  /// The part β of the last step that is kept.
  public let momentum: Double
  /// Whether the gradient is taken where the kept step leads.
  public let looksAhead: Bool

  /// Descent with momentum.
  public init(rate: Double = 0.01, momentum: Double = 0.9, looksAhead: Bool = false) {
    self.rate = rate
    self.momentum = momentum
    self.looksAhead = looksAhead
  }

  /// The name and the settings.
  public var title: String {
    (looksAhead ? "Nesterov's method" : "momentum") + ", rate " + NumberText.significant(rate) + ", momentum "
      + NumberText.significant(momentum)
  }
  /// The rate and the part of the last step.
  public var settings: [String: Double] { ["rate": rate, "momentum": momentum] }
  /// A hundred thousand: its iterations are cheap and many.
  public var usualIterationLimit: Int { 100_000 }

  /// No step to keep.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> [Double] { start.x.map { _ in 0 } }

  /// x + v, evaluated there.
  public func step(from here: Iterate, memory v: inout [Double], on objective: inout Objective) -> Iterate {
    let gradient =
      looksAhead
      ? objective.iterate(at: Vector.moved(here.x, by: momentum, along: v)).gradient : here.gradient
    for i in v.indices { v[i] = momentum * v[i] - rate * gradient[i] }
    return objective.iterate(at: Vector.moved(here.x, by: 1, along: v))
  }

  private static let settings: [Methods.Setting] = [
    .init(
      name: "rate", standard: 0.01, summary: "what the gradient is multiplied with in each step",
      range: 0..<(.infinity)),
    .init(
      name: "momentum", standard: 0.9, summary: "the part of the last step that is kept", range: 0..<1),
  ]

  static let row: Methods.Row = .init(
    name: "momentum", aliases: ["heavy-ball"], summary: "gradient descent with momentum", settings: settings,
    build: { Momentum(rate: $0["rate"], momentum: $0["momentum"]) })

  static let nesterov: Methods.Row = .init(
    name: "nesterov", aliases: ["nag"],
    summary: "momentum with the gradient taken ahead, after Nesterov", settings: settings,
    build: {
      Momentum(rate: $0["rate"], momentum: $0["momentum"], looksAhead: true)
    })
}
