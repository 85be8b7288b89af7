import NablaBasics

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
    /// Evaluations of ∂²f/∂xᵢ∂xⱼ by the closure given for it, or of the second derivatives of all residuals.
    public var hessian = 0
    /// Products of the Hessian with a vector.
    public var products = 0

    /// Nothing evaluated yet.
    public init() {}

    /// What two runs evaluated together.
    static func + (first: Counts, second: Counts) -> Counts {
      var sum = first
      sum.f += second.f
      sum.gradient += second.gradient
      sum.hessian += second.hessian
      sum.products += second.products
      return sum
    }
  }

  /// f(x).
  public typealias Value = @Sendable (_ x: [Double]) -> Double
  /// f(x) and ∇f(x).
  public typealias ValueAndGradient = @Sendable (_ x: [Double]) -> (f: Double, gradient: [Double])
  /// ∂²f/∂xᵢ∂xⱼ as n·n numbers, row after row.
  public typealias Hessian = @Sendable (_ x: [Double]) -> [Double]

  /// The Hessian at x times v.
  public typealias Product = @Sendable (_ x: [Double], _ v: [Double]) -> [Double]

  /// What is looked for.
  public let sense: Sense
  /// Where a raised flag ends long looks: from then on f has no value anywhere.
  var cancellation: Cancellation?

  /// What was evaluated so far.
  public internal(set) var counts = Counts()

  /// The box to stay in; outside of it f counts as undefined.
  ///
  /// `Automatic`, `TrustRegionNewton`, Levenberg–Marquardt and `ProjectedNewton` keep to it (`Methods.keepsBounds`); a
  /// step of another method may lead out of it, which ends the descent with the reason `leftBounds`.
  public var bounds: Bounds?

  /// Whether f is known to be a quadratic: then a minimum is the global one.
  public var isQuadratic = false

  /// The least value of a quadratic, where somebody knows it exactly, in the engine's sense.
  public var leastOfQuadratic: (@Sendable () -> Double?)?

  /// What is known of f on the whole of its domain, which is convex then, in the engine's sense.
  public enum Convexity: Sendable {
    /// A stationary point is a minimum, and a minimum the global one.
    case convex
    /// The same, and the graph is made of flat pieces: where f does not change, it is smallest.
    case polyhedral
  }

  /// Asked where a minimum, or a flat place, was found.
  public var convexity: (@Sendable () -> Convexity?)?

  /// Smooth functions that come as close to f as one likes, where f has kinks that somebody knows.
  public var smoothing: Smoothing?

  /// Whether f is known to be nowhere negative, in the engine's sense.
  public var isNonnegative = false

  /// A direction along which f is known to fall beyond every bound from every point, in the engine's sense.
  public var fallingRay: [Double]?

  /// Whether a point certainly lies outside of the domain, where somebody can prove that: f may have no value as a
  /// number because a part of it overflows.
  public var isOutside: (@Sendable (_ x: [Double]) -> Bool)?

  /// Whether f is certainly continuous on the box between two points, where somebody can prove that.
  public var isContinuous: (@Sendable (_ a: [Double], _ b: [Double]) -> Bool)?

  /// The parts of a long sum of squares, where f is one and small values are looked for.
  public var coupled: CoupledSquares?

  private let value: Value
  private let valueAndGradient: ValueAndGradient
  private let hessian: Hessian?
  /// The parts of a sum of squares, where f is one and small values are looked for.
  public let residuals: Residuals?
  /// The entries of the Hessian that are not zero, where a closure was given for them.
  public let sparse: SparseHessian?
  /// The Hessian times vectors, where a closure was given for it.
  private let product: Product?
  /// The last Hessian and where it was taken.
  private var known: (x: [Double], rows: [Double])?
  /// The last squares with their slopes.
  private var knownFit: (iterate: Iterate, residuals: [Double], jacobian: [Double])?
  /// The last squares of a long sum with their slopes.
  private var knownCoupledFit: (iterate: Iterate, residuals: [Double], slopes: [Double])?

  /// An objective whose value and gradient come from one call.
  public init(
    value: @escaping Value, valueAndGradient: @escaping ValueAndGradient, hessian: Hessian? = nil,
    hessianTimesVector: Product? = nil, sparseHessian: SparseHessian? = nil, residuals: Residuals? = nil,
    sense: Sense = .minimize
  ) {
    self.sense = sense
    self.residuals = sense == .minimize ? residuals : nil
    product = hessianTimesVector
    sparse = sparseHessian
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

  /// An objective of which only values are known; its gradient is made of differences of them.
  ///
  ///     let bowl = Objective { x in (x[0] - 1) * (x[0] - 1) }
  ///     Minimizer(NelderMead()).minimize(bowl, from: [3]).x   // [1], to rounding
  ///
  /// A gradient takes four values a variable, at x ± h and x ± 2h with h about a thousandth of x (of 1 where x is
  /// smaller), and counts as one. It is right to about ten digits where f is smooth over that distance; what a
  /// certificate says of the gradient and the curvature is no truer than that.
  public init(_ value: @escaping Value, sense: Sense = .minimize) {
    self.init(value, gradient: { x in Differences.gradient(of: value, at: x) }, sense: sense)
  }

  /// Whether second derivatives were given.
  public var hasHessian: Bool { hessian != nil }

  /// Whether the domain is known to end behind a point; whoever gave only closures is believed.
  func isSeenToEnd(beyond x: [Double], along direction: [Double], reach: Double) -> Bool {
    guard let isOutside else { return true }
    return [1e-9, 1e-6, 1e-3].contains { isOutside(Vector.moved(x, by: $0 * reach, along: direction)) }
  }

  /// Whether f is known not to jump between two points.
  func isContinuous(from a: [Double], to b: [Double]) -> Bool { isContinuous?(a, b) ?? false }

  /// f(x) as the engine minimizes it.
  public mutating func value(at x: [Double]) -> Double {
    if let bounds, !bounds.contains(x) { return .nan }
    if cancellation?.isCancelled == true { return .nan }
    counts.f += 1
    return inSense(value(x))
  }

  /// f(x) and ∇f(x) as the engine minimizes them.
  public mutating func iterate(at x: [Double]) -> Iterate {
    if let bounds, !bounds.contains(x) {
      return Iterate(x: x, f: .nan, gradient: x.map { _ in .nan })
    }
    counts.f += 1
    counts.gradient += 1
    let (f, gradient) = valueAndGradient(x)
    precondition(gradient.count == x.count, "the gradient has one entry for each variable")
    let slope = sense == .minimize ? gradient : gradient.map { -$0 }
    return Iterate(x: x, f: inSense(f), gradient: held(slope, at: x))
  }

  /// The Hessian at x as the engine minimizes it, row after row; nil when none was given. Asked again for the
  /// same point, it costs nothing.
  public mutating func hessian(at x: [Double]) -> [Double]? {
    if let known, known.x == x { return known.rows }
    guard let hessian else { return nil }
    counts.hessian += 1
    let rows = hessian(x)
    precondition(rows.count == x.count * x.count, "the Hessian has n·n entries, row after row")
    let found = held(rows: sense == .minimize ? rows : rows.map { -$0 }, at: x)
    known = (x, found)
    return found
  }

  /// The first point of a descent, by the parts of a sum of squares where the method goes on from them.
  mutating func start(at x: [Double], byParts: Bool) -> Iterate {
    if byParts, let here = fit(at: x)?.iterate ?? coupledFit(at: x)?.iterate, here.isFinite { return here }
    return iterate(at: x)
  }

  /// f, ∇f, and the residuals with their slopes; nil where f is not given as a sum of squares. Asked again for the
  /// same point, they cost nothing.
  mutating func fit(at x: [Double]) -> (iterate: Iterate, residuals: [Double], jacobian: [Double])? {
    if let knownFit, knownFit.iterate.x == x { return knownFit }
    guard let parts = residuals else { return nil }
    counts.f += 1
    counts.gradient += 1
    let (r, jacobian) = parts.values(x)
    let n = x.count
    precondition(r.count == parts.count && jacobian.count == r.count * n, "the Jacobian has count·n entries")
    var f = parts.offset
    var gradient = [Double](repeating: 0, count: n)
    for i in r.indices {
      f += r[i] * r[i]
      for j in 0..<n { gradient[j] += 2 * r[i] * jacobian[i * n + j] }
    }
    let found = (Iterate(x: x, f: f, gradient: held(gradient, at: x)), r, jacobian)
    knownFit = found
    return found
  }

  /// f and ∇f from the squares of a long sum, with what they are made of. Asked again for the same point, they cost
  /// nothing.
  mutating func coupledFit(at x: [Double]) -> (iterate: Iterate, residuals: [Double], slopes: [Double])? {
    guard let coupled, sense == .minimize, bounds == nil else { return nil }
    if let knownCoupledFit, knownCoupledFit.iterate.x == x { return knownCoupledFit }
    counts.f += 1
    counts.gradient += 1
    let (r, slopes) = coupled.values(x)
    var f = coupled.offset
    var gradient = [Double](repeating: 0, count: x.count)
    for i in r.indices {
      f += r[i] * r[i]
      for place in coupled.starts[i]..<coupled.starts[i + 1] {
        gradient[coupled.variables[place]] += 2 * r[i] * slopes[place]
      }
    }
    let found = (Iterate(x: x, f: f, gradient: gradient), r, slopes)
    knownCoupledFit = found
    return found
  }

  /// The second derivatives of the squares of a long sum; counted as one Hessian.
  mutating func coupledCurvatures(at x: [Double]) -> [Double] {
    counts.hessian += 1
    return coupled?.curvatures(x) ?? []
  }

  /// The least value that f can have, where it is known: what is added to a sum of squares.
  var floor: Double? {
    guard sense == .minimize else { return nil }
    return residuals?.offset ?? coupled?.offset
  }

  /// Whether the squares at a point are what rounding leaves of zero: no value is lower.
  mutating func isLeastSum(at here: Iterate, scale: Scale) -> Bool {
    if here.f == 0, floor == 0 { return true }
    guard let (_, r, jacobian) = fit(at: here.x) else { return false }
    let n = here.x.count
    return r.indices.allSatisfy { i in
      let size = (0..<n).reduce(0) { $0 + abs(jacobian[i * n + $1]) * scale[$1] }
      return abs(r[i]) <= 16 * Double.ulpOfOne * size
    }
  }

  /// The residuals to second order around a point where `fit` was asked.
  mutating func model(at x: [Double], residuals r: [Double], jacobian: [Double]) -> ResidualModel? {
    guard let parts = residuals else { return nil }
    counts.hessian += 1
    let model = ResidualModel(
      offset: parts.offset, residuals: r, jacobian: jacobian, places: parts.places,
      curvatures: parts.curvatures(x), n: x.count)
    known = (x, model.derivatives(after: [Double](repeating: 0, count: x.count)).curvature)
    return model
  }

  /// The entries of the sparse Hessian at x as the engine minimizes it; counted as one Hessian.
  mutating func sparseRows(at x: [Double]) -> SparseRows? {
    guard let sparse else { return nil }
    counts.hessian += 1
    let values = sparse.values(x)
    return SparseRows(
      rowStarts: sparse.rowStarts, columns: sparse.columns,
      values: sense == .minimize ? values : values.map { -$0 })
  }

  /// Whether products of the Hessian with vectors have a closure of their own.
  public var hasProduct: Bool { product != nil }

  /// The Hessian at x times v as the engine minimizes it; nil when no closure was given for it.
  public mutating func product(at x: [Double], with v: [Double]) -> [Double]? {
    guard let product else { return nil }
    counts.products += 1
    let result = product(x, v)
    return sense == .minimize ? result : result.map { -$0 }
  }

  /// A value between the user's sense and the engine's: −f when maximizing.
  func inSense(_ f: Double) -> Double { sense == .minimize ? f : -f }
}
