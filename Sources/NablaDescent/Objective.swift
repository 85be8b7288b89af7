/// The function to descend: closures, and a count of how often each was asked.
///
///     let bowl = Objective { x in x[0] * x[0] } gradient: { x in [2 * x[0]] }
///     Minimizer().minimize(bowl, from: [3]).x   // [0], to rounding
///
/// Closures get a point of the start's length n and must not keep it. A value that is not finite says that
/// the point lies outside the domain.
public struct Objective: Sendable {
  /// What is looked for.
  public enum Sense: String, Hashable, Sendable, CaseIterable {
    /// The smallest value.
    case minimize = "min"
    /// The largest value: the same engine on −f, reported in the user's sense.
    case maximize = "max"
  }

  /// How often f, its gradient and its Hessian were computed; a call that yields f counts as f.
  public struct Counts: Hashable, Sendable {
    /// Evaluations that yielded f.
    public var f = 0
    /// Evaluations that yielded ∇f.
    public var gradient = 0
    /// Evaluations of ∂²f/∂xᵢ∂xⱼ by the closure given for it.
    public var hessian = 0

    /// Nothing evaluated yet.
    public init() {}
  }

  /// f(x).
  public typealias Value = @Sendable (_ x: [Double]) -> Double
  /// f(x) and ∇f(x).
  public typealias ValueAndGradient = @Sendable (_ x: [Double]) -> (f: Double, gradient: [Double])
  /// ∂²f/∂xᵢ∂xⱼ as n·n numbers, row after row.
  public typealias Hessian = @Sendable (_ x: [Double]) -> [Double]

  /// What is looked for.
  public let sense: Sense
  /// What was evaluated so far.
  public private(set) var counts = Counts()

  private let value: Value
  private let valueAndGradient: ValueAndGradient
  private let hessian: Hessian?

  /// An objective whose value and gradient come from one call.
  public init(
    value: @escaping Value, valueAndGradient: @escaping ValueAndGradient, hessian: Hessian? = nil,
    sense: Sense = .minimize
  ) {
    self.sense = sense
    self.value = value
    self.valueAndGradient = valueAndGradient
    self.hessian = hessian
  }

  /// An objective whose gradient is a closure of its own.
  public init(
    _ value: @escaping Value, gradient: @escaping @Sendable (_ x: [Double]) -> [Double],
    hessian: Hessian? = nil, sense: Sense = .minimize
  ) {
    self.init(
      value: value, valueAndGradient: { (value($0), gradient($0)) }, hessian: hessian, sense: sense)
  }

  /// Whether second derivatives were given.
  public var hasHessian: Bool { hessian != nil }

  /// f(x) as the engine minimizes it.
  public mutating func value(at x: [Double]) -> Double {
    counts.f += 1
    return inSense(value(x))
  }

  /// f(x) and ∇f(x) as the engine minimizes them.
  public mutating func iterate(at x: [Double]) -> Iterate {
    counts.f += 1
    counts.gradient += 1
    let (f, gradient) = valueAndGradient(x)
    precondition(gradient.count == x.count, "the gradient has one entry for each variable")
    return Iterate(x: x, f: inSense(f), gradient: sense == .minimize ? gradient : gradient.map { -$0 })
  }

  /// The Hessian at x as the engine minimizes it, row after row; nil when none was given.
  public mutating func hessian(at x: [Double]) -> [Double]? {
    guard let hessian else { return nil }
    counts.hessian += 1
    let rows = hessian(x)
    precondition(rows.count == x.count * x.count, "the Hessian has n·n entries, row after row")
    return sense == .minimize ? rows : rows.map { -$0 }
  }

  /// A value between the user's sense and the engine's: −f when maximizing.
  func inSense(_ f: Double) -> Double { sense == .minimize ? f : -f }
}
