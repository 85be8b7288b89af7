import NablaBasics

/// Where an argument of a function must lie.
///
///     DomainCondition(.positive).text("x")   // "x > 0"
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
