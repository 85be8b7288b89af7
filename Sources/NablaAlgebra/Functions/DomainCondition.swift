import NablaBasics

/// Where an argument of a function must lie.
///
///     Function.named("ln")?.domain.first?.text("x")   // "x > 0"
///
/// Conditions say where the function has a value; where it has a slope too is the derivative's own domain.
public struct DomainCondition: Hashable, Sendable {
  /// The kinds of places.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// Signs.
    case positive, nonnegative, nonzero
    /// Around −1, 0 and 1.
    case withinOne, strictlyWithinOne, outsideOne, strictlyOutsideOne, atLeastOne, greaterThanMinusOne
    case aboveZeroToOne, betweenZeroAndOne, notOne
    /// Whole numbers and the poles of Γ.
    case notNonpositiveInteger, notNegativeInteger, nonnegativeInteger, wholeNumber
    /// The poles of tan and sec, and those of cot and csc.
    case notOddHalfPi, notWholePi
    /// Where Lambert's W begins.
    case atLeastMinusOneOverE
  }

  /// Which argument, from 0.
  public let argument: Int
  /// Where it must lie.
  public let kind: Kind

  init(_ kind: Kind, argument: Int = 0) {
    self.argument = argument
    self.kind = kind
  }

  /// Whether a value of the argument is allowed; nan never is.
  public func holds(_ x: Double) -> Bool {
    switch kind {
    case .positive: x > 0
    case .nonnegative: x >= 0
    case .nonzero: x < 0 || x > 0
    case .withinOne: x >= -1 && x <= 1
    case .strictlyWithinOne: x > -1 && x < 1
    case .outsideOne: x <= -1 || x >= 1
    case .strictlyOutsideOne: x < -1 || x > 1
    case .atLeastOne: x >= 1
    case .greaterThanMinusOne: x > -1
    case .aboveZeroToOne: x > 0 && x <= 1
    case .betweenZeroAndOne: x > 0 && x < 1
    case .notOne: x < 1 || x > 1
    case .notNonpositiveInteger: x > 0 || x > -.infinity && !x.isWhole
    case .notNegativeInteger: x >= 0 || x > -.infinity && !x.isWhole
    case .nonnegativeInteger: x >= 0 && x.isWhole
    case .wholeNumber: x.isWhole && abs(x) <= 100_000
    case .notOddHalfPi: x.isFinite && Libm.cos(x) != 0
    case .notWholePi: x.isFinite && Libm.sin(x) != 0
    case .atLeastMinusOneOverE: x >= RealMath.branchPoint
    }
  }

  /// The condition on something written as `x`.
  public func text(_ x: String) -> String {
    switch kind {
    case .positive: "\(x) > 0"
    case .nonnegative: "\(x) ≥ 0"
    case .nonzero: "\(x) ≠ 0"
    case .withinOne: "−1 ≤ \(x) ≤ 1"
    case .strictlyWithinOne: "−1 < \(x) < 1"
    case .outsideOne: "\(x) ≤ −1 or \(x) ≥ 1"
    case .strictlyOutsideOne: "\(x) < −1 or \(x) > 1"
    case .atLeastOne: "\(x) ≥ 1"
    case .greaterThanMinusOne: "\(x) > −1"
    case .aboveZeroToOne: "0 < \(x) ≤ 1"
    case .betweenZeroAndOne: "0 < \(x) < 1"
    case .notOne: "\(x) ≠ 1"
    case .notNonpositiveInteger: "\(x) ≠ 0, −1, −2, …"
    case .notNegativeInteger: "\(x) ≠ −1, −2, −3, …"
    case .nonnegativeInteger: "\(x) = 0, 1, 2, …"
    case .wholeNumber: "\(x) = 0, ±1, ±2, …"
    case .notOddHalfPi: "\(x) ≠ π/2 + kπ"
    case .notWholePi: "\(x) ≠ kπ"
    case .atLeastMinusOneOverE: "\(x) ≥ −1/e"
    }
  }
}

extension DomainCondition {
  /// Whether an exact argument is known to lie outside: π/2 for tan x, although the nearest `Double` has a tangent.
  package func fails(exactlyAt argument: Expr) -> Bool {
    switch kind {
    case .notOddHalfPi: return argument.multipleOfPi.map { !$0.isInteger && ($0 * 2).isInteger } ?? false
    case .notWholePi: return argument.multipleOfPi?.isInteger ?? false
    default:
      guard case .number(let number) = argument.shape, number.isExact else { return false }
      return !holds(number.double)
    }
  }
}

extension Expr {
  /// Whether this is a circular function at one of its poles: tan(π/2), cot 0, csc(3π).
  package var isExactPole: Bool {
    guard case .call(let function, let arguments) = shape else { return false }
    return function.domain.contains { condition in
      (condition.kind == .notOddHalfPi || condition.kind == .notWholePi)
        && condition.fails(exactlyAt: arguments[condition.argument])
    }
  }
}
