/// The work a pass may still do; it is spent, never refilled.
///
///     var budget = Budget(100)
///     try budget.spend(60)
///     try budget.spend(60)   // throws .exhausted
public struct Budget: Sendable {
  /// Why a pass stopped before its end.
  public enum Overrun: NablaError, Hashable {
    /// The units of work are used up.
    case exhausted
    /// Somebody raised the cancellation flag.
    case cancelled
    /// What the pass would build is larger than a limit; the limit is named as in `Limits`.
    case tooLarge(String)

    /// What is wrong, as a sentence without a full stop.
    public var sentence: String {
      switch self {
      case .exhausted: "this formula takes more work than one answer may take"
      case .cancelled: "interrupted"
      case .tooLarge(let limit): "the answer is larger than the limit ‘\(limit)’ allows"
      }
    }
  }

  private var remaining: Int
  private var untilLook: Int = 0
  private let cancellation: Cancellation

  /// A budget of so many units, about a tree node's work each.
  ///
  /// Without a flag of its own, a pass sees the one that Ctrl-C raises.
  public init(_ units: Int = Limits.standard.work, cancellation: Cancellation? = nil) {
    remaining = units
    self.cancellation = cancellation ?? .interruption
  }

  /// Looks at the cancellation flag at once: before a step whose length units do not tell.
  public func look() throws(Overrun) {
    if cancellation.isCancelled { throw .cancelled }
  }

  /// Takes units off, and looks at the cancellation flag every few thousand of them.
  public mutating func spend(_ units: Int = 1) throws(Overrun) {
    remaining -= units
    if remaining < 0 { throw .exhausted }
    untilLook -= units
    if untilLook < 0 {
      untilLook = 4096
      if cancellation.isCancelled { throw .cancelled }
    }
  }
}
