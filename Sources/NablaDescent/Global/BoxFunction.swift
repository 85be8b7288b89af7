import NablaBasics

/// A function with enclosures of its values and derivatives on boxes: what a proof works with.
///
///     BoxFunction(
///       value: { x in x[0].squared }, gradient: { x in (x[0].squared, [Interval(2) * x[0]]) },
///       hessian: { _ in [Interval(2)] })
///
/// A box has one interval a variable; enclosures hold every value there and may hold more.
public struct BoxFunction: Sendable {
  /// All values on a box; empty where there are none.
  public let value: @Sendable (_ box: [Interval]) -> Interval
  /// The values and all partial derivatives.
  public let gradient: @Sendable (_ box: [Interval]) -> (value: Interval, gradient: [Interval])
  /// All second derivatives, n·n entries row after row.
  public let hessian: @Sendable (_ box: [Interval]) -> [Interval]
  /// How many boxes of a short formula one box of this function counts for, at least 1.
  public let cost: Int

  /// A function given by its enclosures.
  public init(
    value: @escaping @Sendable (_ box: [Interval]) -> Interval,
    gradient: @escaping @Sendable (_ box: [Interval]) -> (value: Interval, gradient: [Interval]),
    hessian: @escaping @Sendable (_ box: [Interval]) -> [Interval], cost: Int = 1
  ) {
    (self.value, self.gradient, self.hessian, self.cost) = (value, gradient, hessian, max(1, cost))
  }
}

/// What a search of a whole box has proved about the least value there.
public struct GlobalMinimum: Sendable {
  /// A box that may hold minimizers; none lies outside all of them.
  public struct Place: Sendable {
    /// One interval a variable.
    public let box: [Interval]
    /// Whether there is exactly one point with a zero gradient inside.
    public let isUnique: Bool
    /// The point of the box with the lowest value that was seen; its middle where none was looked at, and where f jumps
    /// the place of the jump.
    public let point: [Double]
    /// False where f is seen to jump, and comes as low as anywhere beside the jump only, without a last point:
    /// {x > 0: x; 1} comes as near to 0 as one likes.
    public let isReached: Bool
  }

  /// Why the search ended.
  public enum End: Sendable, Hashable {
    /// The value and every place are as narrow as was asked for.
    case proved
    /// The value is, but minimizers are too many or lie too flat to be told apart.
    case valueProved
    /// The work ran out.
    case exhausted
    /// All boxes are as narrow as can be, and what is known of the values there is not: f has no bound, or rounds.
    case indistinct
    /// Somebody stopped it.
    case interrupted
    /// The function has no value in the box.
    case undefined
  }

  /// The least value lies here.
  public let value: Interval
  /// All minimizers lie here.
  public let places: [Place]
  /// Why it ended.
  public let end: End
  /// How many boxes were looked at.
  public let boxes: Int

  /// Whether the value is proved, but approached beside jumps only, so that there is no minimum.
  public var isInfimum: Bool {
    (end == .proved || end == .valueProved) && !places.isEmpty && !places.contains(where: \.isReached)
  }
}
