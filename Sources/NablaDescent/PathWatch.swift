import NablaBasics

/// Watches a path for the ways in which it can fail to converge; it keeps a few numbers and two points.
///
/// A path runs away when x is farther from the start than ε^(−1/3) times its size, and at least three steps in a
/// row grew. Running away while f fell by more than 1/ε times its size suggests that f is unbounded (a ray then
/// has to confirm it); running away while f rises is divergence.
struct PathWatch {
  /// What the path looks like.
  enum Sign: Hashable {
    /// Nothing of note.
    case travelling
    /// Far away, ever faster, ever lower.
    case fallingAway
    /// Far away, ever faster, ever higher.
    case diverging
    /// The last iterates repeat the ones before.
    case oscillating
    /// x does not move any more, or f found nothing better for long.
    case stalled
  }

  private let startX: [Double]
  private let startF: Double
  private let farAway: Double
  private var beforeLast: [Double]?
  private var lastStep = 0.0
  /// Whether the last step was less than half as long as the one before.
  private(set) var isShrinking = false
  private var growing = 0
  private var falling = 0
  private var rising = 0
  private var returns = 0
  private var bestF: Double
  private var sinceBest = 0
  private var reversals = 0
  private var nextLook = 0.0

  private static let epsilon = Double.ulpOfOne
  private static let patience = 1000

  init(start: Iterate) {
    startX = start.x
    startF = start.f
    bestF = start.f
    farAway = Libm.cbrt(1 / Self.epsilon) * max(1, Vector.maximum(start.x))
  }

  /// Takes in a finite step and says what the path now looks like.
  mutating func observe(from here: Iterate, to next: Iterate) -> Sign {
    let step = Vector.distance(next.x, here.x)
    isShrinking = step < 0.5 * lastStep
    growing = step > lastStep && lastStep > 0 ? growing + 1 : 0
    falling = next.f < here.f ? falling + 1 : 0
    rising = next.f > here.f ? rising + 1 : 0
    if next.f < bestF {
      bestF = next.f
      sinceBest = 0
      reversals = 0
    } else {
      sinceBest += 1
    }
    if let beforeLast {
      let back = Vector.distance(next.x, beforeLast)
      if back < step { reversals += 1 }
      returns = back <= 1e-10 * step ? returns + 1 : 0
    }
    beforeLast = here.x
    lastStep = step
    return sign(at: next)
  }

  /// Whether a coordinate moved by more than its rounding.
  private func moves(_ next: Iterate) -> Bool {
    guard let beforeLast else { return true }
    return zip(next.x, beforeLast).contains { abs($0 - $1) > 2 * Self.epsilon * abs($0) }
  }

  private mutating func sign(at next: Iterate) -> Sign {
    let size = Vector.maximum(next.x)
    if lastStep <= 2 * Self.epsilon * size && moves(next) == false { return .stalled }
    if returns >= 4 { return .oscillating }
    if sinceBest >= Self.patience {
      let swings = 2 * reversals > sinceBest
      sinceBest = 0
      reversals = 0
      return swings ? .oscillating : .stalled
    }
    let distance = Vector.distance(next.x, startX)
    guard growing >= 2, distance > farAway else { return .travelling }
    if falling >= 3, distance >= nextLook, startF - next.f > max(1, abs(startF)) / Self.epsilon {
      nextLook = 2 * distance
      return .fallingAway
    }
    if rising >= 3, next.f - bestF > max(1, abs(startF)) { return .diverging }
    return .travelling
  }

  /// What a step to values that are not finite means for the path so far: f = +∞ is divergence.
  func signBeforeOverflow(to next: Iterate) -> Sign {
    let overflowed = next.f.isInfinite || next.x.contains { !$0.isFinite }
    if falling >= 1 && growing >= 1 && overflowed && next.f != .infinity { return .fallingAway }
    if next.f == .infinity || (rising >= 1 && growing >= 1 && overflowed) { return .diverging }
    return next.f == -.infinity ? .fallingAway : .travelling
  }
}
