import NablaBasics

/// Why a method has no next iterate.
public enum Halt: NablaError, Hashable {
  /// No acceptable point was found along the direction tried.
  case noStep
  /// The method sees nothing left to gain: the iterate is to be examined. `isNewton` where its last steps shrank the
  /// gradient as only a zero of it lets them.
  case stationary(isNewton: Bool)

  /// What is wrong, as a sentence without a full stop.
  public var sentence: String {
    switch self {
    case .noStep: "no acceptable point was found along the direction tried"
    case .stationary: "the method sees nothing left to gain"
    }
  }
}
