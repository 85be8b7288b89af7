import NablaBasics

/// Gradient descent with a rate for each coordinate, from the squares of its past slopes, as textbooks state it.
///
/// AdaGrad (Duchi, Hazan & Singer 2011) sums the squares, RMSProp (Tieleman & Hinton 2012) averages them, Adam (Kingma &
/// Ba 2015) averages the slopes too and corrects both averages for their start at zero.
public struct AdaptiveRates: Method {
  /// Which of the three.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case adaGrad = "AdaGrad"
    case rmsProp = "RMSProp"
    case adam = "Adam"
  }

  /// The averages after some steps.
  public struct Memory: Hashable, Sendable {
    var first: [Double]
    var second: [Double]
    var steps = 0
  }

  /// Which of the three.
  public let kind: Kind
  /// What a slope, divided by its size, is multiplied with.
  public let rate: Double
  /// What is kept of the average of slopes (β₁, Adam alone).
  public let momentum: Double
  /// What is kept of the average of squares (β₂; ρ in RMSProp).
  public let decay: Double

  /// What keeps the division from zero: 1e-8, as in the papers.
  static let epsilon = 1e-8

  /// One of the three with its settings.
  public init(_ kind: Kind, rate: Double, momentum: Double = 0.9, decay: Double = 0.999) {
    self.kind = kind
    self.rate = rate
    self.momentum = momentum
    self.decay = decay
  }

  /// The name and the rate.
  public var title: String { kind.rawValue + ", rate " + NumberText.significant(rate) }
  /// The rate and what is kept of the averages that the method has.
  public var settings: [String: Double] {
    switch kind {
    case .adaGrad: ["rate": rate]
    case .rmsProp: ["rate": rate, "decay": decay]
    case .adam: ["rate": rate, "momentum": momentum, "decay": decay]
    }
  }
  /// A hundred thousand: its iterations are cheap and many.
  public var usualIterationLimit: Int { 100_000 }

  /// Averages of nothing.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    let zero = start.x.map { _ in 0.0 }
    return Memory(first: zero, second: zero)
  }

  /// Every coordinate against its slope.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) -> Iterate {
    memory.steps += 1
    var x = here.x
    let count = Double(memory.steps)
    for i in x.indices {
      let g = here.gradient[i]
      switch kind {
      case .adaGrad:
        memory.second[i] += g * g
        x[i] -= rate * g / (memory.second[i].squareRoot() + Self.epsilon)
      case .rmsProp:
        memory.second[i] = decay * memory.second[i] + (1 - decay) * g * g
        x[i] -= rate * g / (memory.second[i].squareRoot() + Self.epsilon)
      case .adam:
        memory.first[i] = momentum * memory.first[i] + (1 - momentum) * g
        memory.second[i] = decay * memory.second[i] + (1 - decay) * g * g
        let mean = memory.first[i] / (1 - Libm.pow(momentum, count))
        let square = memory.second[i] / (1 - Libm.pow(decay, count))
        x[i] -= rate * mean / (square.squareRoot() + Self.epsilon)
      }
    }
    return objective.iterate(at: x)
  }

  private static func rate(_ standard: Double) -> Methods.Setting {
    .init(
      name: "rate", standard: standard, summary: "what a slope over its usual size is multiplied with",
      range: 0..<(.infinity))
  }

  private static func decay(_ standard: Double) -> Methods.Setting {
    .init(
      name: "decay", standard: standard, summary: "what is kept of the average of squared slopes",
      range: 0..<1)
  }

  static let rows: [Methods.Row] = [
    .init(
      name: "adagrad", aliases: [], summary: "a rate for each coordinate from the sum of its squared slopes",
      settings: [rate(0.1)], build: { AdaptiveRates(.adaGrad, rate: $0["rate"]) }),
    .init(
      name: "rmsprop", aliases: [],
      summary: "a rate for each coordinate from the average of its squared slopes",
      settings: [rate(0.01), decay(0.9)],
      build: { AdaptiveRates(.rmsProp, rate: $0["rate"], decay: $0["decay"]) }),
    .init(
      name: "adam", aliases: [], summary: "averages of slopes and of their squares, after Kingma and Ba",
      settings: [
        rate(0.01),
        .init(
          name: "momentum", standard: 0.9, summary: "what is kept of the average of slopes", range: 0..<1),
        decay(0.999),
      ],
      build: {
        AdaptiveRates(
          .adam, rate: $0["rate"], momentum: $0["momentum"], decay: $0["decay"])
      }),
  ]
}
