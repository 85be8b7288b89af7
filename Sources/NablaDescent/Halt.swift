/// Why a method has no next iterate.
public enum Halt: Error, Hashable, Sendable {
  /// No acceptable point was found along the direction tried.
  case noStep
  /// The method sees nothing left to gain: the iterate is to be examined. `isNewton` where its last steps shrank the
  /// gradient as only a zero of it lets them.
  case stationary(isNewton: Bool)
}
