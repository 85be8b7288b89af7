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
  /// What a first course calls it: `Newton’s method`; the title where there is no shorter word.
  var plainTitle: String { get }
  /// The fixed rate, for methods that have one: the rate-dependent hints are worked out from it.
  var fixedRate: Double? { get }
  /// The settings by their names in `Methods.all`, for pages that take the same steps.
  var settings: [String: Double] { get }
  /// How many iterations are sensible when nobody says.
  var usualIterationLimit: Int { get }

  /// Whether it sees the Hessian: it judges its own end, and goes on from a lower point found beside a saddle.
  var isSecondOrder: Bool { get }

  /// Whether it works from the parts of a sum of squares where f is one.
  var worksByParts: Bool { get }

  /// The method itself, or the one it chooses for an objective of n variables.
  func resolved(for objective: Objective, variables n: Int) -> any Method

  /// What to try from the same start where this method ends at no minimum.
  func alternatives(for objective: Objective) -> [any Method]

  /// The memory before the first step; `start` has finite values.
  func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory

  /// The next iterate, evaluated. It may hold values that are not finite if the method does not look at
  /// them; the loop does.
  func step(from here: Iterate, memory: inout Memory, on objective: inout Objective) throws(Halt) -> Iterate
}

extension Method {
  /// The title.
  public var plainTitle: String { title }
  /// None.
  public var settings: [String: Double] { [:] }
  /// No fixed rate.
  public var fixedRate: Double? { nil }
  /// It does not.
  public var isSecondOrder: Bool { false }
  /// It does not.
  public var worksByParts: Bool { false }
  /// The method itself.
  public func resolved(for objective: Objective, variables n: Int) -> any Method { self }
  /// None.
  public func alternatives(for objective: Objective) -> [any Method] { [] }
  /// Ten thousand.
  public var usualIterationLimit: Int { 10_000 }
}
