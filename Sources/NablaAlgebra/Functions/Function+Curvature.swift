extension Function {
  /// How the graph of a function bends over all of its domain, which is convex, and which way it goes: what tells whether
  /// the function of a convex function is convex.
  public struct Curvature: Hashable, Sendable {
    /// To which side a graph bends.
    public enum Bend: Sendable { case convex, concave }

    /// How the value goes where an argument grows.
    public enum Direction: Sendable {
      /// It nowhere falls.
      case rising
      /// It nowhere falls where the argument is above 0, nor rises where that is below 0.
      case risingFromZero
    }

    /// What a logarithm is taken of.
    public enum Antilogarithm: Sendable {
      case argument
      /// ln(1 + x)
      case onePlusArgument
    }

    /// How it bends, in all arguments together; nil where it does so to both sides.
    public let bend: Bend?
    /// How the logarithm of a positive function bends; nil where nothing is known of it.
    public let logarithm: Bend?
    /// Rising everywhere, or to both sides of 0.
    public let direction: Direction
    /// Whether the graph is made of straight pieces.
    public let isPiecewiseLinear: Bool
    /// What the function is the logarithm of, to whatever base above 1; nil where it is none.
    public let logarithmOf: Antilogarithm?

    init(
      _ bend: Bend?, _ direction: Direction = .rising, logarithm: Bend? = nil,
      isPiecewiseLinear: Bool = false, logarithmOf: Antilogarithm? = nil
    ) {
      self.bend = bend
      self.logarithm = logarithm
      self.direction = direction
      self.isPiecewiseLinear = isPiecewiseLinear
      self.logarithmOf = logarithmOf
    }
  }
}
