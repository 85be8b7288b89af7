import NablaBasics

/// Why a descent ended; each case has its sentence. Points and values are in the user's sense.
public enum Stop: Hashable, Sendable {
  /// The steps asked for are done.
  case requestedSteps(Int)
  /// The gradient vanished to the accuracy asked for; the certificate says what kind of point it is.
  case converged(iterations: Int)
  /// The most iterations allowed were made.
  case iterationLimit(Int)
  /// f leaves every bound along this path (upwards when maximizing).
  case unbounded(f: Double, x: [Double], iterations: Int)
  /// f leaves every bound along a ray from where the path ended, as far as this point and further.
  case unboundedRay(f: Double, x: [Double], iterations: Int)
  /// f only falls towards a limit it never reaches, far out.
  case infimumAtInfinity(limit: Double, iterations: Int)
  /// f falls for ever as x runs away, ever more slowly; its limit is not seen. The last value and its point.
  case fallsForEver(f: Double, x: [Double], iterations: Int)
  /// f rises and the steps grow: the rate is too large.
  case diverging(iterations: Int)
  /// The iterates return to where they were.
  case oscillating(iterations: Int)
  /// f or its gradient is not finite at the start.
  case notFiniteAtStart
  /// f or its gradient is not finite at the point that this iteration led to.
  case notFinite(x: [Double], iteration: Int)
  /// This iteration led to a point outside of the bounds, which the method does not keep.
  case leftBounds(x: [Double], iteration: Int)
  /// No step along the direction of descent made f smaller.
  case noStep(iterations: Int)
  /// Nothing moves any more, though the point is not a minimum.
  case stuck(iterations: Int)
  /// Somebody interrupted; the best point so far stands.
  case interrupted(iterations: Int)

  /// A name for programs, the same in every version: `iteration limit`.
  public var name: String {
    switch self {
    case .requestedSteps: "requested steps"
    case .converged: "converged"
    case .iterationLimit: "iteration limit"
    case .unbounded, .unboundedRay: "unbounded"
    case .infimumAtInfinity, .fallsForEver: "infimum at infinity"
    case .diverging: "diverging"
    case .oscillating: "oscillating"
    case .notFiniteAtStart: "not finite at the start"
    case .notFinite: "not finite on the path"
    case .leftBounds: "left the bounds"
    case .noStep: "no step"
    case .stuck: "stuck"
    case .interrupted: "interrupted"
    }
  }

  /// The reason in one sentence without a full stop, numbers to three significant digits.
  public func sentence(_ sense: Objective.Sense = .minimize) -> String {
    let (falls, lower) = sense == .minimize ? ("falls", "smaller") : ("rises", "larger")
    let rises = sense == .minimize ? "rises" : "falls"
    switch self {
    case .requestedSteps(let count): return "\(Self.counted(count, "step")) done, as asked"
    case .converged(let count): return "the gradient vanishes after \(Self.counted(count, "iteration"))"
    case .iterationLimit(let count): return "still going after \(Self.counted(count, "iteration"))"
    case .unbounded(let f, let x, let count):
      return "f \(falls) without bound on this path: f ≈ \(Self.short(f)) near \(Self.point(x)) after "
        + Self.counted(count, "step")
    case .unboundedRay(let f, let x, let count):
      return "f \(falls) without bound: after \(Self.counted(count, "step")) a straight line leads on to "
        + "f ≈ \(Self.short(f)) near \(Self.point(x)), and further"
    case .infimumAtInfinity(let limit, let count):
      return "f only \(falls) towards \(Self.short(limit)) far out, and does not reach it "
        + "(\(Self.counted(count, "step")))"
    case .fallsForEver(let f, let x, let count):
      return
        "f \(falls) for ever on this way out, ever more slowly: f ≈ \(Self.short(f)) near \(Self.point(x)) after "
        + Self.counted(count, "step")
    case .diverging(let count):
      return "the steps grow and f \(rises): it diverges after \(Self.counted(count, "step"))"
    case .oscillating(let count):
      return "the iterates jump to and fro without progress after \(Self.counted(count, "step"))"
    case .notFiniteAtStart: return "f or its gradient is not a finite number at the start"
    case .notFinite(let x, let iteration):
      return "f or its gradient is not a finite number at \(Self.point(x)), where step \(iteration) led"
    case .leftBounds(let x, let iteration):
      return "step \(iteration) led out of the bounds, to \(Self.point(x)): this method does not keep them"
    case .noStep(let count):
      return "no step that was tried makes f \(lower) after \(Self.counted(count, "step"))"
    case .stuck(let count): return "nothing moves any more after \(Self.counted(count, "step"))"
    case .interrupted(let count): return "interrupted after \(Self.counted(count, "step"))"
    }
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Three digits; in powers of ten all three are shown: 2.50e31.
  private static func short(_ value: Double) -> String {
    let text = NumberText.significant(value, digits: 3)
    guard let e = text.firstIndex(of: "e") else { return text }
    let digits = text[..<e].filter(\.isNumber).count
    let zeros = String(repeating: "0", count: max(0, 3 - digits))
    return text[..<e] + (digits == 1 ? "." : "") + zeros + text[e...]
  }

  /// A point to three digits, shortened after five coordinates.
  private static func point(_ x: [Double]) -> String {
    let shown = x.prefix(5).map(short).joined(separator: ", ")
    if x.count == 1 { return "x = " + shown }
    return "(" + shown + (x.count > 5 ? ", …" : "") + ")"
  }
}
