import NablaBasics

/// A descent under way: the iterate, the record, the watch, and the decision after each step.
struct Path {
  var objective: Objective
  private(set) var here: Iterate
  private(set) var best: Iterate
  private(set) var iterations = 0
  let start: Iterate
  let criteria: StopCriteria
  private let limit: Int
  let isSecondOrder: Bool
  let byParts: Bool
  /// How often a lower point beside a saddle was taken.
  var escapes = 0
  static let mostEscapes = 20
  /// How often a way between the slopes of a kink was taken.
  var slides = 0
  static let mostSlides = 400
  /// How often planes below a convex f were looked at where the method halted.
  var rests = 0
  static let mostRests = 3
  /// How often smooth functions close to f were descended.
  var smoothings = 0
  static let mostSmoothings = 2
  let certifier: Certifier
  private(set) var recorder: Recorder
  private var watch: PathWatch
  var isShrinking: Bool { watch.isShrinking }
  var previous: Iterate?
  /// The iterates whose numbers, from the last leap on, are the last powers of two.
  var landmark: Iterate?
  var earlierLandmark: Iterate?
  /// The last four iterates before this one: |x|∞ and f.
  private(set) var recent: [(size: Double, f: Double)] = []
  /// The number of the iterate that the last leap led to, and whether it lies much further away.
  private(set) var leapt = 0
  private var hasLeaptAway = false
  /// The largest gradient met, and those at the last examinations.
  private var largestGradient: Double
  private var lastExamined = Double.infinity
  private var lastLook: Double
  /// A way to lower points, where the last examination found one.
  var way: (direction: [Double], radius: Double)?
  /// A point far along the last ray that f was seen to fall along.
  var ray: (x: [Double], f: Double)?
  /// The way of the last look.
  var lookedAlong: [Double] = []
  /// Whether a level far out was looked for nearby.
  var hasSoughtLevel = false

  init(
    start x: [Double], objective: Objective, criteria: StopCriteria, recording: Trace.Recording, limit: Int,
    isSecondOrder: Bool, byParts: Bool = false
  ) {
    self.objective = objective
    self.criteria = criteria
    self.limit = limit
    self.isSecondOrder = isSecondOrder
    self.byParts = byParts
    start = self.objective.start(at: x, byParts: byParts)
    here = start
    best = start
    certifier = Certifier(start: x, tolerance: criteria.tolerance)
    recorder = Recorder(
      start: start, counts: self.objective.counts, sense: objective.sense, recording: recording)
    watch = PathWatch(start: start)
    largestGradient = start.isFinite ? Vector.norm(start.gradient) : 0
    lastLook = largestGradient
  }

  /// What is to be said before the first step; nil to go on.
  mutating func begin() -> Outcome? {
    guard start.isFinite else {
      return goOn(from: start, otherwise: Outcome(.notFiniteAtStart, verdict: .outsideDomain))
    }
    if let steps = criteria.steps { return steps > 0 ? nil : requestedStepsDone() }
    if start.x.isEmpty {
      return Outcome(.converged(iterations: 0), verdict: .plateau, evidence: .nothingToChange)
    }
    if isSecondOrder, let ray = objective.fallingRay, objective.bounds == nil { return fallen(along: ray) }
    if largestGradient == 0, !isSecondOrder, let outcome = examined() { return outcome }
    return limit > 0 ? nil : atLimit()
  }

  /// Takes in the next iterate; nil to go on.
  mutating func advance(to next: Iterate) -> Outcome? {
    guard next.isFinite else { return goOn(from: next, otherwise: overflow(at: next)) }
    let sign = watch.observe(from: here, to: next)
    previous = here
    if recent.count == 4 { recent.removeFirst() }
    recent.append((Vector.maximum(here.x), here.f))
    here = next
    iterations += 1
    recorder.add(next, after: objective.counts)
    if next.f < best.f { best = next }
    if let steps = criteria.steps { return iterations >= steps ? requestedStepsDone() : nil }
    let gradient = Vector.norm(next.gradient)
    largestGradient = max(largestGradient, gradient)
    if let outcome = signalled(by: sign) ?? converged(gradient) ?? levelled(gradient) { return outcome }
    if iterations >= limit { return atLimit() }
    return isLandmark ? passedLandmark() : nil
  }

  /// Whether the number of the iterate is a power of two, counted from the last leap.
  var isLandmark: Bool {
    let age = iterations - leapt
    return age & (age - 1) == 0
  }

  /// What the way made since the last landmarks shows; nil to go on, from further along where that is lower.
  private mutating func passedLandmark() -> Outcome? {
    if iterations >= 256, isRunningAway() { return runningAway() }
    let leap = iterations - leapt >= 16 ? furtherAlong() : nil
    (earlierLandmark, landmark) = (landmark, here)
    guard let leap else { return nil }
    if leap.isEndless {
      settle(at: leap.end)
      let before = iterations
      if let outcome = lookOutcome() { return outcome }
      return iterations > before ? nil : runningAway()
    }
    leapt = iterations + 1
    hasLeaptAway = Vector.maximum(leap.end.x) > 2 * Vector.maximum(here.x)
    return advance(to: leap.end)
  }

  /// Takes a point found beside the path as its end.
  mutating func settle(at x: [Double]) {
    guard x != here.x else { return }
    settle(at: objective.iterate(at: x))
  }

  mutating func settle(at end: Iterate) {
    // A path begins where it was told to: an end found beside its start is a step from there.
    if iterations == 0, end.x != here.x { return settleBeyond(at: end) }
    here = end
    recorder.settle(at: here, after: objective.counts)
    if here.f < best.f { best = here }
  }

  /// Takes a point beyond the last iterate as its end, one iteration more.
  mutating func settleBeyond(at end: Iterate) {
    guard end.x != here.x else { return settle(at: end) }
    here = end
    iterations += 1
    recorder.add(end, after: objective.counts)
    if end.f < best.f { best = end }
  }

  private func requestedStepsDone() -> Outcome {
    Outcome(.requestedSteps(iterations), verdict: .stepsDone, answersWithLast: true)
  }

  /// What the watch saw.
  private mutating func signalled(by sign: PathWatch.Sign) -> Outcome? {
    switch sign {
    case .travelling: return nil
    case .fallingAway: return look() == .falls ? unboundedAlongRay() : nil
    case .diverging: return Outcome(.diverging(iterations: iterations), verdict: .diverging)
    case .oscillating:
      return Outcome(.oscillating(iterations: iterations), verdict: .oscillating)
    case .stalled:
      if let outcome = examined() ?? lookOutcome() { return outcome }
      let hasMoved = previous.map { $0.x != here.x } ?? true
      return hasMoved ? nil : Outcome(.stuck(iterations: iterations), verdict: .stuck, answersWithLast: true)
    }
  }

  /// Examines the iterate when the curvature along the last step says that the rest of the way is short.
  private mutating func converged(_ gradient: Double) -> Outcome? {
    if isSecondOrder { return nil }
    if gradient == 0 { return examined() }
    guard gradient <= 0.5 * lastExamined, let previous else { return nil }
    let move = Vector.difference(here.x, previous.x)
    let bend = Vector.dot(Vector.difference(here.gradient, previous.gradient), move)
    let length = Vector.dot(move, move)
    guard bend > 0, length > 0 else { return nil }
    let rest = certifier.scale(at: here.x).part(of: here.gradient) * (length / bend)
    guard rest <= criteria.tolerance else { return nil }
    return examined()
  }

  /// Looks far along the way when the gradient became small without the rest of the way becoming short.
  private mutating func levelled(_ gradient: Double) -> Outcome? {
    guard gradient <= 1e-6 * largestGradient, gradient <= 1e-3 * lastLook else { return nil }
    // Steps that shrink lead to a point.
    if isSecondOrder, watch.isShrinking { return nil }
    guard leadsAway else { return nil }
    lastLook = gradient
    switch look() {
    case .levels(let limit): return approaching(limit, along: lookedAlong)
    case .fallsSlowly: return fallingForEver()
    case .falls, .flat, .rises, .unclear: return nil
    }
  }

  /// The certificate's view of the iterate; nil while its gradient is not zero.
  mutating func examined(_ circumstances: Certifier.Circumstances = .init()) -> Outcome? {
    lastExamined = Vector.norm(here.gradient)
    var finding = certifier.examine(here, circumstances, on: &objective)
    if finding.verdict?.isMinimum == true, polish(finding) {
      finding = certifier.examine(here, circumstances, on: &objective)
    }
    if let curvature = finding.curvature, finding.verdict?.claimsAnEnd == true {
      // Rounding of where f began may be left in it.
      let left = isSecondOrder ? 0 : 4 * Double.ulpOfOne * (start.f - here.f)
      if isVisible(curvature, beside: left + finding.rounding) { return nil }
      if finding.verdict?.isMinimum == true, isCutOff(curvature) {
        (finding.verdict, finding.evidence) = (.degenerate, .jump)
      }
    }
    way = finding.way
    guard let verdict = finding.verdict else { return nil }
    if verdict.isMinimum, hasUnderflown {
      return Outcome(
        .converged(iterations: iterations), verdict: .plateau, evidence: .underflow, answersWithLast: true)
    }
    if isSecondOrder, verdict.isMinimum, criteria.steps == nil, isFaint,
      let lower = certifier.lowerBeyond(here, on: &objective)
    {
      way = lower
      return Outcome(
        .converged(iterations: iterations), verdict: .plateau, evidence: .faint, curvature: finding.curvature,
        answersWithLast: true)
    }
    if let ray = objective.fallingRay, objective.bounds == nil, verdict.isMinimum || verdict == .plateau {
      return fallen(along: ray)
    }
    if verdict == .degenerate || verdict == .plateau, case .levels(let limit) = look() {
      return approaching(limit, along: lookedAlong)
    }
    if verdict == .plateau, hasLevelledFarOut {
      return Outcome(
        .infimumAtInfinity(limit: objective.inSense(here.f), iterations: iterations),
        verdict: .infimumAtInfinity, answersWithLast: true)
    }
    // Where the curvature does not show a minimum, there is none far away on a way that led ever further, nor where
    // the steps have not settled, as after a leap.
    if verdict == .localMinimum, finding.evidence == .probed, here.f != objective.floor,
      !objective.isQuadratic
    {
      if isRunningAway() { return runningAway() }
      if isStriding || (hasLeaptAway && iterations - leapt < 16) {
        return Outcome(
          .converged(iterations: iterations), verdict: .degenerate, evidence: .crawling,
          curvature: finding.curvature, answersWithLast: true)
      }
    }
    if verdict.isMinimum, objective.isQuadratic, objective.bounds == nil,
      let least = objective.leastOfQuadratic?(), here.f - least > 1e-13 * (abs(least) + abs(start.f - least))
    {
      return Outcome(
        .converged(iterations: iterations), verdict: .degenerate, evidence: .illConditioned,
        curvature: finding.curvature, answersWithLast: true)
    }
    if let evidence = globalEvidence(verdict, finding.curvature) {
      return Outcome(
        .converged(iterations: iterations), verdict: .globalMinimum, evidence: evidence,
        curvature: finding.curvature, answersWithLast: true)
    }
    return Outcome(
      .converged(iterations: iterations), verdict: verdict, evidence: finding.evidence,
      curvature: finding.curvature, answersWithLast: true)
  }

  /// What proves that a minimum is the lowest value of all, where something does.
  private mutating func globalEvidence(_ verdict: Verdict, _ curvature: Curvature?) -> Evidence? {
    guard verdict == .strictLocalMinimum || verdict == .localMinimum else { return nil }
    if objective.isQuadratic, objective.bounds == nil {
      let flat = curvature.map { $0.isComplete ? $0.values.count { $0 == 0 } : 0 } ?? 0
      return .quadratic(flat: flat)
    }
    return objective.isLeastSum(at: here, scale: certifier.scale(at: here.x)) ? .leastSumOfSquares : nil
  }

  private mutating func atLimit() -> Outcome {
    if isRunningAway() { return runningAway() }
    if let outcome = examined() ?? lookOutcome() { return outcome }
    return Outcome(.iterationLimit(iterations), verdict: .iterationLimit)
  }

  /// What it means that a step led to values that are not finite.
  private mutating func overflow(at next: Iterate) -> Outcome {
    if let bounds = objective.bounds, !bounds.contains(next.x) {
      return Outcome(.leftBounds(x: next.x, iteration: iterations + 1), verdict: .outsideDomain)
    }
    switch watch.signBeforeOverflow(to: next) {
    case .fallingAway where look() == .falls: return unboundedAlongRay()
    case .diverging: return Outcome(.diverging(iterations: iterations + 1), verdict: .diverging)
    case .travelling, .oscillating, .stalled, .fallingAway:
      return Outcome(.notFinite(x: next.x, iteration: iterations + 1), verdict: .outsideDomain)
    }
  }
}
