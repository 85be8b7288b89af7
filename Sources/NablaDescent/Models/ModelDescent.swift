/// A step that makes a model m of f small within |D·s| ≤ Δ, by a descent on the model from s = 0 that ends where it
/// would leave the region. No evaluation of f is spent.
struct ModelDescent {
  let radius: Double
  let metric: [Double]

  /// A pass over parts of the problem that goes on from a step, and whether the region cut it short; taken once, where
  /// a few rounds were not enough.
  var sweep: ((_ s: [Double]) -> (s: [Double], isCut: Bool))?

  private static let rounds = 60
  private static let patience = 4

  init(radius: Double, metric: [Double]) {
    (self.radius, self.metric) = (radius, metric)
  }

  /// The step and what it is worth; nil where the first problem has no solution.
  ///
  /// `derivatives` gives m(s), its gradient and its curvature in the form that `solve` takes, which minimizes to second
  /// order from s on within a radius, in coordinates D·s.
  func step<Curvature>(
    derivatives: (_ s: [Double]) -> (value: Double, gradient: [Double], curvature: Curvature),
    solve: (_ s: [Double], _ gradient: [Double], _ curvature: Curvature, _ radius: Double)
      -> TrustRegionProblem.Solution?
  ) -> TrustRegionProblem.Solution? {
    var s = [Double](repeating: 0, count: metric.count)
    var here = derivatives(s)
    let first = here.value
    var inner = radius
    var isOnBoundary = false
    var isConvex = true
    for round in 0..<ModelDescent.rounds {
      let left = radius - Metric.length(s, metric)
      guard left > 0.01 * radius else {
        isOnBoundary = true
        break
      }
      if round == ModelDescent.patience, let sweep {
        let (next, isCut) = sweep(s)
        let there = derivatives(next)
        if there.value < here.value { (s, here) = (next, there) }
        if isCut {
          isOnBoundary = true
          break
        }
        continue
      }
      guard let solution = solve(s, here.gradient, here.curvature, min(inner, left)) else {
        if round == 0 { return nil }
        break
      }
      if round == 0 { isConvex = solution.isConvex }
      if solution.predicted <= 4 * Double.ulpOfOne * abs(here.value) { break }
      let next = zip(s, zip(solution.step, metric)).map { $0 + $1.0 / $1.1 }
      let there = derivatives(next)
      let gain = here.value - there.value
      if gain > 1e-4 * solution.predicted {
        let length = Vector.norm(solution.step)
        if gain > 0.75 * solution.predicted, solution.isOnBoundary { inner = max(inner, 2 * length) }
        if gain < 0.25 * solution.predicted { inner = 0.5 * length }
        let isDone = gain <= 1e-4 * (first - there.value) && solution.isConvex
        (s, here) = (next, there)
        if isDone { break }
      } else {
        inner = 0.25 * Vector.norm(solution.step)
        if inner <= 1e-12 * radius { break }
      }
    }
    return TrustRegionProblem.Solution(
      step: Metric.scaled(s, metric), predicted: max(0, first - here.value), isOnBoundary: isOnBoundary,
      isConvex: isConvex)
  }
}
