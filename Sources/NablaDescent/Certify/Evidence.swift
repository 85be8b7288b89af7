/// Why a point got its verdict, as data; each case has its sentence in the sense of the search.
enum Evidence: Hashable, Sendable {
  /// The curvature is not a finite number.
  case noCurvature
  /// The gradient is not zero.
  case slope
  /// f is the same all around.
  case flat
  /// f fell below the smallest numbers.
  case underflow
  /// f hardly changes here beside what it does a little further on.
  case faint
  /// Every eigenvalue has the sign of a minimum, or of a maximum.
  case definite(isMinimum: Bool)
  /// The smallest curvature that a Lanczos search finds is positive.
  case searchedDefinite
  /// An eigenvalue is negative and f is lower along it.
  case negativeCurvature
  /// The Hessian is semidefinite, and f is lower to one side.
  case lowerToOneSide
  /// Beside every place where the gradient vanishes to rounding a lower one was found.
  case crawling
  /// f is lower at the end of a curved way.
  case lowerAlongCurve
  /// f falls or stays around the point.
  case lowerOrFlat
  /// f is lower along every direction tried.
  case lowerEverywhere
  /// f is flat to one side as far as it can be seen.
  case flatToOneSide
  /// The slopes to the two sides differ, and f rises along every direction tried.
  case kink(isMinimum: Bool)
  /// f jumps next to the point.
  case jump
  /// f is nowhere smaller near the point.
  case probed
  /// f falls towards the end of its domain and has a value there.
  case edge(isMinimum: Bool)
  /// f falls up to a point beyond which it cannot be computed, though its domain may go on.
  case beyondNumbers
  /// Bounds hold the point: where the gradient does not vanish, it points outward.
  case bounds(active: Int, isStrict: Bool)
  /// There are no variables.
  case nothingToChange
  /// The value at the point is the least a sum of squares can have.
  case leastSumOfSquares
  /// The function is nowhere negative, and 0 at the point.
  case leastOfNonnegative(isKink: Bool)
  /// The function is a quadratic whose least value is known, and lower by more than is left of the way.
  case illConditioned
  /// The function jumps up next to the point, which has the least value near by.
  case leastBesideJump
  /// The function is a quadratic without negative curvature, and with none at all along so many directions.
  case quadratic(flat: Int)
  /// The function is convex, and the place is a minimum of it near by.
  case convex(Ground)
  /// So many boxes, which cover all that the bounds allow, hold no smaller value.
  case searchedBox(boxes: Int)

  /// What makes a place a minimum of a convex function.
  enum Ground: Hashable, Sendable {
    case stationary, kink, edge, flat, slopes
    case bounds(active: Int)
  }

  /// The reason in one sentence without a full stop.
  func sentence(_ sense: Objective.Sense) -> String {
    let isDown = sense == .minimize
    let (positive, negative) = isDown ? ("positive", "negative") : ("negative", "positive")
    let (falls, rises) = isDown ? ("falls", "rises") : ("rises", "falls")
    let (lower, smaller) = isDown ? ("lower", "smaller") : ("higher", "larger")
    switch self {
    case .noCurvature: return "the curvature is not a finite number here"
    case .slope: return "the gradient does not vanish here"
    case .flat: return "f does not change around this point"
    case .underflow:
      return "f comes so near to 0 that no number tells it from 0: whether 0 is ever reached is not seen"
    case .faint:
      return "f hardly changes here, and is \(lower) by far more than that a little further on"
    case .definite(let isMinimum):
      return "the gradient vanishes and every eigenvalue of the Hessian is "
        + (isMinimum ? positive : negative)
    case .searchedDefinite:
      return "the gradient vanishes and the "
        + (isDown
          ? "smallest curvature found by a Lanczos search is positive"
          : "largest curvature found by a Lanczos search is negative")
    case .negativeCurvature:
      return "the gradient vanishes, but the curvature is \(negative) along one direction"
    case .lowerToOneSide: return "the gradient vanishes, but f \(falls) to one side"
    case .crawling: return "f \(falls) ever more slowly along a curved way, with no end in sight"
    case .lowerAlongCurve: return "the gradient vanishes, but a curved way leads \(lower)"
    case .lowerOrFlat: return "the gradient vanishes, and f \(falls) or stays around the point"
    case .lowerEverywhere: return "the gradient vanishes, and f \(falls) along every direction tried"
    case .flatToOneSide:
      return "the gradient vanishes, and f is flat to one side as far as it can be seen"
    case .kink(true):
      return "f has different slopes to the two sides of this point, and \(rises) along every direction tried"
    case .kink(false): return "f has different slopes to the two sides of this point"
    case .jump: return "f jumps next to this point"
    case .probed:
      return "the gradient vanishes and f is nowhere \(smaller) near the point, as probes show"
    case .edge(true):
      return
        "f \(falls) up to the edge of its domain, and has its \(smaller == "smaller" ? "least" : "greatest") value there"
    case .edge(false): return "f \(falls) towards the edge of its domain"
    case .beyondNumbers:
      return "f \(falls) up to here, and beyond it a part of f is too large or too small for a number"
    case .bounds(let active, let isStrict):
      let held = "\(active) bound\(active == 1 ? "" : "s")"
      return isStrict
        ? "\(held) hold\(active == 1 ? "s" : "") the point, and near it f \(rises) along every way that stays within"
        : "\(held) hold\(active == 1 ? "s" : "") the point, and f is nowhere \(smaller) near it, as probes show"
    case .nothingToChange: return "f has no variables to change"
    case .leastSumOfSquares:
      return "f is a sum of squares, and every square vanishes to rounding"
    case .illConditioned:
      return
        "f is a quadratic so much steeper along one direction than along another that rounding hides the rest of "
        + "the way to its \(isDown ? "minimum" : "maximum")"
    case .leastBesideJump:
      return "f jumps next to this point, and is nowhere \(smaller) near it, as probes show"
    case .leastOfNonnegative: return "f is nowhere \(negative), and 0 here"
    case .quadratic(let flat):
      let whole = "f is a quadratic whose curvature is nowhere \(negative)"
      return flat == 0
        ? whole
        : "\(whole), and zero to rounding along \(flat == 1 ? "a direction" : "\(flat) directions"): "
          + "other points have the same value"
    case .convex(let ground):
      let whole = "f is \(isDown ? "convex" : "concave")"
      switch ground {
      case .stationary: return "\(whole) and stationary here, so it is nowhere \(lower)"
      case .slopes: return "\(whole) and 0 is among its slopes here, so it is nowhere \(lower)"
      case .kink: return "\(whole) and \(rises) to both sides of this point, so it is nowhere \(lower)"
      case .edge: return "\(whole) and \(falls) up to the edge of its domain, so it is nowhere \(lower)"
      case .flat:
        return "\(whole) and does not change around this point, so it is nowhere \(lower); "
          + "other points have the same value"
      case .bounds(let active):
        return "\(whole), and \(active) bound\(active == 1 ? " holds" : "s hold") the point: "
          + "nowhere within the bounds is it \(lower)"
      }
    case .searchedBox(let boxes):
      return
        "f is nowhere \(smaller) within the bounds: proved on \(boxes) box\(boxes == 1 ? "" : "es") that "
        + "cover\(boxes == 1 ? "s" : "") them"
    }
  }
}
