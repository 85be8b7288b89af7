/// A way to go from one iterate to the next.
///
/// Settings live in the conforming value and never change; what a method remembers from step to step is its
/// `Memory`, owned by the loop in `Minimizer`. To add a method write one file in `Methods/` and one row in
/// `Methods.all`.
public protocol Method: Sendable {
  /// What is carried from step to step.
  associatedtype Memory

  /// The name and settings in a few words: `gradient descent, rate 0.1`.
  var title: String { get }
  /// The fixed rate, for methods that have one: the rate-dependent hints are worked out from it.
  var fixedRate: Double? { get }
  /// How many iterations are sensible when nobody says.
  var usualIterationLimit: Int { get }

  /// The memory before the first step; `start` has finite values.
  func begin(at start: Iterate) -> Memory

  /// The next iterate, evaluated. It may hold values that are not finite if the method does not look at
  /// them; the loop does. Throws `.lineSearchFailed` when no acceptable point was found.
  func step(from here: Iterate, memory: inout Memory, on objective: inout Objective) throws(Stop) -> Iterate
}

extension Method {
  /// No fixed rate.
  public var fixedRate: Double? { nil }
  /// Ten thousand.
  public var usualIterationLimit: Int { 10_000 }
}
