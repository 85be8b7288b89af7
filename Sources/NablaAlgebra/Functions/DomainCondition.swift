/// Where an argument of a function must lie.
public struct DomainCondition: Hashable, Sendable {
  /// The kinds of places.
  public enum Kind: Hashable, Sendable, CaseIterable {
    case positive, nonnegative, nonzero, withinOne, strictlyWithinOne, atLeastOne, greaterThanMinusOne
    case notNonpositiveInteger
  }

  /// Which argument, from 0.
  public let argument: Int
  /// Where it must lie.
  public let kind: Kind

  /// Whether a value of the argument is allowed.
  public func holds(_ x: Double) -> Bool {
    switch kind {
    case .positive: x > 0
    case .nonnegative: x >= 0
    case .nonzero: x != 0
    case .withinOne: x >= -1 && x <= 1
    case .strictlyWithinOne: x > -1 && x < 1
    case .atLeastOne: x >= 1
    case .greaterThanMinusOne: x > -1
    case .notNonpositiveInteger: x > 0 || x != x.rounded()
    }
  }
}
