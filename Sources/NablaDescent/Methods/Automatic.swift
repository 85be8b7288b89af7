/// Chooses a method from what is known about the objective, and says so.
///
/// With second derivatives of up to two hundred variables: Newton's method with a trust region. For more variables,
/// or without second derivatives, methods that need less; within bounds, one that keeps to them.
public struct Automatic: Method {
  /// The most variables for which whole Hessians are worked with.
  static let mostForHessians = 200

  /// The choice is made when the objective is seen.
  public init() {}

  /// The name.
  public var title: String { "auto" }

  /// The method for an objective of so many variables.
  public func resolved(for objective: Objective, variables n: Int) -> any Method {
    if objective.hasHessian, n <= Self.mostForHessians { return TrustRegionNewton() }
    if objective.bounds != nil { return ProjectedNewton() }
    if objective.sparse != nil || objective.coupled != nil { return SparseNewton() }
    return n <= 1000 ? BFGS() : LimitedMemoryBFGS()
  }

  /// The choice and why it was made, in a few words.
  static func title(of chosen: String, for objective: Objective, variables n: Int) -> String {
    let why: String
    if let squares = objective.residuals?.count {
      why = " on a sum of \(squares) square\(squares == 1 ? "" : "s")"
    } else if n > mostForHessians, let squares = objective.coupled?.count {
      why = " on a sum of \(squares) squares"
    } else if objective.hasHessian, n <= mostForHessians {
      why = ", exact Hessian"
    } else {
      why = " for \(n) variables"
    }
    return "auto: \(chosen)\(why)"
  }

  /// Nothing: `resolved` has put another method in its place.
  public func begin(at start: Iterate, _ criteria: StopCriteria) {}

  /// No step of its own.
  public func step(
    from here: Iterate, memory: inout Void, on objective: inout Objective
  ) throws(Halt) -> Iterate { throw .noStep }

  static let row: Methods.Row = .init(
    name: "auto", aliases: ["automatic"],
    summary: "chooses for the formula: Newton's method with a trust region, or what suits its size",
    settings: [], build: { _ in Automatic() })
}
