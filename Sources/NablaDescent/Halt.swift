import NablaBasics

/// Why a method has no next iterate.
public enum Halt: NablaError, Hashable {
  /// No acceptable point was found along the direction tried.
  case noStep
  /// Step after step crosses a kink: smooth functions close to f may lead to where it ends.
  case kinks
  /// The method sees nothing left to gain: the iterate is to be examined. `isNewton` where its last steps shrank the
  /// gradient as only a zero of it lets them.
  case stationary(isNewton: Bool)

  /// What is wrong, as a sentence without a full stop.
  public var sentence: String {
    switch self {
    case .noStep: "no acceptable point was found along the direction tried"
    case .kinks: "step after step crosses a kink"
    case .stationary: "the method sees nothing left to gain"
    }
  }
}
