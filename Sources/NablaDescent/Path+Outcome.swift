import NablaBasics

extension Path {
  /// Why the descent is over, and what is known about the end in the engine's sense.
  struct Outcome {
    var stop: Stop
    var verdict: Verdict
    var evidence: Evidence?
    var curvature: Curvature?
    /// Whether the point the descent ended at is the answer; otherwise the best one is.
    var answersWithLast: Bool

    /// Whether a minimum was found and checked, or what was asked for is done.
    var isSuccess: Bool {
      switch evidence {
      case .kink(let isMinimum), .edge(let isMinimum): isMinimum
      case .bounds: true
      default: verdict.isMinimum || verdict == .stepsDone
      }
    }

    /// Whether the slopes to both sides differ.
    var isAtKink: Bool {
      switch evidence {
      case .kink, .convex(.kink), .convex(.slopes), .leastOfNonnegative(isKink: true): true
      default: false
      }
    }

    init(
      _ stop: Stop, verdict: Verdict, evidence: Evidence? = nil, curvature: Curvature? = nil,
      answersWithLast: Bool = false
    ) {
      self.stop = stop
      self.verdict = verdict
      self.evidence = evidence
      self.curvature = curvature
      self.answersWithLast = answersWithLast
    }
  }

  /// The whole story, in the user's sense.
  mutating func trace<M: Method>(of method: M, outcome: Outcome) -> Trace {
    let digits = digits(outcome)
    let outcome = onZeroGround(onConvexGround(outcome))
    let answer = outcome.answersWithLast ? here : best
    let teaching = Teacher.lessons(
      rate: method.fixedRate, at: answer, start: start, outcome: outcome, on: &objective)
    let isMinimizing = objective.sense == .minimize
    let certificate = Certificate(
      verdict: isMinimizing ? outcome.verdict : outcome.verdict.mirrored,
      success: outcome.isSuccess,
      reason: outcome.evidence?.sentence(objective.sense) ?? outcome.stop.sentence(objective.sense),
      gradientNorm: Vector.norm(answer.gradient),
      eigenvalues: teaching.eigenvalues.map { isMinimizing ? $0 : $0.map { -$0 }.reversed() },
      newtonDecrement: outcome.curvature.map(\.decrement), digits: digits,
      activeBounds: activeBounds(at: answer), isAtKink: outcome.isAtKink)
    return Trace(
      method: objective.sense.named(method.title), plainMethod: objective.sense.named(method.plainTitle),
      sense: objective.sense, points: recorder.points, iterations: iterations,
      answer: outcome.answersWithLast ? recorder.last : recorder.best, counts: objective.counts,
      stop: outcome.stop, certificate: certificate, lessons: teaching.lessons)
  }

  /// The same, or the proof that nothing is lower than 0 where f is known to be nowhere negative: at a kink, as elsewhere
  /// a 0 may be what numbers leave of e⁻ˣ.
  private func onZeroGround(_ outcome: Outcome) -> Outcome {
    guard objective.isNonnegative, case .kink = outcome.evidence,
      (outcome.answersWithLast ? here : best).f == 0
    else { return outcome }
    var proved = outcome
    (proved.verdict, proved.evidence) = (.globalMinimum, .leastOfNonnegative(isKink: true))
    return proved
  }

  /// What is left of the sixteen digits of a Double after the condition of the Hessian, or after the Newton step; where the
  /// curvature does not show the minimum, after the stretch beyond which the slopes do.
  private mutating func digits(_ outcome: Outcome) -> Int? {
    guard let curvature = outcome.curvature, curvature.isComplete, let high = curvature.values.last,
      let low = curvature.values.map({ abs($0) }).min(), low > 0, high > 0
    else { return nil }
    var error = max(curvature.newtonDistance, .ulpOfOne * high / low, relativeSize(of: curvature.newtonStep))
    if outcome.evidence == .probed, let weakest = curvature.directions.first {
      error = max(error, stretch(along: weakest, from: error))
    }
    return error > 0 && error < 1 ? min(15, Int(-Libm.log10(error))) : error >= 1 ? 0 : 15
  }

  /// The largest part of a coordinate that a step is, those left aside that it may bring to 0.
  private func relativeSize(of step: [Double]) -> Double {
    zip(here.x, step).reduce(0) { $1.0.magnitude > 16 * $1.1.magnitude ? max($0, abs($1.1 / $1.0)) : $0 }
  }

  /// The part of x, at least one given, by which a direction must be followed to both sides until slopes lead back from
  /// there on: closer by they are rounding.
  private mutating func stretch(along direction: [Double], from least: Double) -> Double {
    let size = relativeSize(of: direction)
    let unit = size > 0 ? 1 / size : certifier.scale(at: here.x).reach(along: direction)
    var part = max(least, 4 * .ulpOfOne)
    while part < 1 {
      let leadsBack = [1.0, 2, 3, 5].allSatisfy { times in
        [times, -times].allSatisfy { t in
          let there = objective.iterate(at: Vector.moved(here.x, by: t * part * unit, along: direction))
          return !there.isFinite || Vector.dot(there.gradient, direction) * t > 0
        }
      }
      if leadsBack { break }
      part *= 4
    }
    return part
  }

  private func activeBounds(at answer: Iterate) -> [Certificate.ActiveBound] {
    guard let bounds = objective.bounds else { return [] }
    return bounds.holding(answer.x, gradient: answer.gradient).map { i in
      let isUpper = answer.x[i] >= bounds.upper[i]
      let slope = objective.inSense(answer.gradient[i])
      return Certificate.ActiveBound(
        variable: i, value: isUpper ? bounds.upper[i] : bounds.lower[i], isUpper: isUpper,
        multiplier: abs(slope) == Objective.steep ? slope * .infinity : slope)
    }
  }
}

extension Objective.Sense {
  /// What a method is called on such a way: gradient ascent is gradient descent on −f.
  fileprivate func named(_ method: String) -> String {
    self == .maximize ? method.replacing("gradient descent", with: "gradient ascent") : method
  }
}
