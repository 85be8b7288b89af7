import NablaAlgebra

/// The points of an equation at which a formula in several letters bends or jumps, has a corner, or has a limit and no
/// value.
///
///     |x − y|              bends where x = y: ∂f/∂x is −1 on the side x < y, 1 on the other
///     √(x² + y²)           has a corner where x = 0 and y = 0
///     (x² − y²)/(x − y)    has no value where x = y; the limit there is x + y
public struct SpecialPlace: Hashable, Sendable {
  /// What the formula does there.
  public enum Kind: String, Hashable, Sendable {
    /// The value goes on, the gradient does not.
    case bend
    /// The value does not go on.
    case jump
    /// The value goes on, and there is no gradient at points that lie on no boundary of two sides.
    case corner
    /// There is no value, but what the formula tends to.
    case gap
  }

  /// The formula on one side of the place.
  public struct Side: Hashable, Sendable {
    /// The side: x < y.
    public let condition: Expr
    /// The formula there, a smooth one across the place.
    public let value: Expr
    /// The partial derivatives of that, in the order of the variables.
    public let derivatives: [Expr]
  }

  /// The slopes along one variable from a corner, found by numbers, to four decimals.
  public struct Slopes: Hashable, Sendable {
    /// The place of the variable.
    public let variable: Int
    /// Where the variable is smaller.
    public let below: Double
    /// Where it is larger.
    public let above: Double
  }

  /// What the formula does there.
  public let kind: Kind
  /// Equations that hold at all its points: x = y.
  public let equations: [Expr]
  /// The two sides of a bend or a jump.
  public var sides: [Side] = []
  /// The slopes from a corner along the variables, where they are the same at all its points.
  public var slopes: [Slopes] = []
  /// What the formula tends to where it has no value; an approximate number where it was found by numbers.
  public var limit: Expr?
}

extension Formula {
  /// Where the gradient has no value or not the only one, as far as the formula shows it and values confirm it.
  ///
  ///     try Formula("|x - y|").specialPlaces()   // a bend where x = y
  ///
  /// The boundaries are those that |u|, max(u, v) and comparisons have; what is told of them holds at points that are
  /// found on them. Empty for one letter (see `specialPoints`), for more than eight, with sums over an index, and with
  /// more than 1,000 parts.
  public func specialPlaces() -> [SpecialPlace] {
    SpecialPlaceFinder(self)?.places ?? []
  }
}
