import NablaAlgebra
import NablaBasics

/// How the difference between the sides of a model is counted.
public enum FitLoss: String, Hashable, Sendable, CaseIterable {
  /// The sum of squares.
  case squares
  /// Squares near zero, straight lines beyond a threshold (Huber 1964).
  case huber
  /// A smooth form of Huber's loss, 2δ²(√(1 + (r/δ)²) − 1).
  case softL1 = "soft-l1"
  /// Large residuals count next to nothing, δ² ln(1 + (r/δ)²).
  case cauchy
  /// The negative log-likelihood of yes and no; the right side is the log-odds of yes.
  case logistic
  /// The negative log-likelihood of counts; the right side is their mean.
  case poisson

  /// Whether residuals are compared with a threshold.
  public var isRobust: Bool { threshold != nil }

  /// Where straight lines begin, in standard deviations: 95 % as efficient as squares on normal errors (Holland &
  /// Welsch 1977).
  var threshold: Double? {
    switch self {
    case .squares, .logistic, .poisson: nil
    case .huber: 1.345
    case .softL1: 1.345
    case .cauchy: 2.385
    }
  }

  /// Whether the loss is the negative logarithm of a likelihood, so that its Hessian gives the errors.
  var isLikelihood: Bool { self == .logistic || self == .poisson }

  /// What the left side has to be, in words, and the numbers that it can be.
  var response: (words: String, isAllowed: @Sendable (Double) -> Bool)? {
    switch self {
    case .logistic: ("0 or 1 (or parts between), or −1 and 1", { $0 >= -1 && $0 <= 1 })
    case .poisson: ("counts, 0 or more,", { $0 >= 0 })
    case .squares, .huber, .softL1, .cauchy: nil
    }
  }

  /// What the left side is expected to be by the right side f: of log-odds, the probability of yes.
  func mean(_ f: Double) -> Double { self == .logistic ? 1 / (1 + Libm.exp(-f)) : f }

  /// How fast that changes with f.
  func slopeOfMean(_ f: Double) -> Double {
    guard self == .logistic else { return 1 }
    let away = Libm.exp(-f.magnitude)
    return away / ((1 + away) * (1 + away))
  }

  /// What numbers a likelihood's left side holds; each form of the loss keeps its digits far from the data.
  enum Answers: Sendable {
    /// By 1 and −1.
    case signed
    /// By 1 and 0.
    case binary
    /// By parts of 1.
    case parts
    /// By counts of which some are 0.
    case countsWithZero
  }

  /// The loss of a row by its left side y, its right side f and the threshold δ.
  func expression(
    _ y: Expr, _ f: Expr, threshold delta: Expr, weight: Expr?, answers: Answers
  ) -> Expr {
    let residual = weight.map { ($0.squareRoot) * (y - f) } ?? y - f
    let ratio = residual / delta
    switch self {
    case .squares: return residual.squared
    case .huber:
      let size = Expr.call(.abs, [residual])
      return .call(
        .if, [.call(.lessOrEqual, [size, delta]), residual.squared, 2 * delta * size - delta.squared])
    case .softL1: return 2 * delta.squared * ((1 + ratio.squared).squareRoot - 1)
    case .cauchy: return delta.squared * .call(.log1p, [ratio.squared])
    case .logistic:
      let loss: Expr
      switch answers {
      case .signed: loss = .call(.softplus, [-(y * f)])
      case .binary: loss = .call(.softplus, [(1 - 2 * y) * f])
      case .parts, .countsWithZero: loss = (1 - y) * .call(.softplus, [f]) + y * .call(.softplus, [-f])
      }
      return weight.map { $0 * loss } ?? loss
    case .poisson:
      // The mean of a count of 0 may be 0 as well.
      let logarithm = y * .call(.ln, [f])
      let loss =
        answers == .countsWithZero && !f.isPositive
        ? .call(.if, [.call(.greater, [y, .zero]), f - logarithm, f]) : f - logarithm
      return weight.map { $0 * loss } ?? loss
    }
  }
}
