/// How often the last steps went across a kink, where Newton's models of f see nothing of it: a descent that goes to and
/// fro there is better gone on with by slopes alone (Lewis & Overton 2013).
struct KinkCrossings: Sendable {
  /// The last step, and the slopes and the change of slope from which it was taken.
  private var last: (step: [Double], gradient: [Double], bend: [Double])?
  /// Older crossings count less.
  private var count = 0.0
  /// The size of the gradient at the start.
  private let slope: Double

  /// Whether the descent was told of them.
  private var isTold = false
  /// How many steps were taken.
  private var steps = 0
  /// So many of them are a long way where kinks are known.
  private static let patience = 40

  init(start: Iterate) { slope = Vector.norm(start.gradient) }

  /// A step was taken; `product` is the Hessian at its beginning times a vector.
  mutating func note(from here: Iterate, to x: [Double], _ product: ([Double]) -> [Double]) {
    let step = Vector.difference(x, here.x)
    last = (step, here.gradient, product(step))
    steps += 1
  }

  /// Whether step after step crosses a kink: the slopes change by far more than the curvature at either end says.
  mutating func areMany(at here: Iterate, _ product: ([Double]) -> [Double]) -> Bool {
    guard let last else { return false }
    let jump = Vector.norm(Vector.difference(here.gradient, last.gradient))
    let bend = max(Vector.norm(last.bend), Vector.norm(product(last.step)))
    // In the bottom of a valley the slopes are rounding errors, which change as they like.
    let least = max(0.1 * Vector.norm(here.gradient), 1e-9 * slope)
    count = 0.95 * count + (jump > 10 * bend && jump > least ? 1 : 0)
    return count > 8
  }

  /// Whether the way is long: steps may cross a kink now and then, each in another variable.
  var isLong: Bool { steps > Self.patience }

  /// Tells the descent of many variables of the crossings, once, where smooth functions may lead past them.
  mutating func tell(at here: Iterate, _ objective: Objective) throws(Halt) {
    let isLarge = here.x.count > NeighbourhoodProbe.mostVariablesOfHulls
    guard isLarge, !isTold, objective.smoothing != nil else { return }
    isTold = true
    throw .kinks
  }
}
