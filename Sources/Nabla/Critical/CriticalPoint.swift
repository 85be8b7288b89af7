import NablaAlgebra
import NablaBasics
import NablaDescent

/// A point where the gradient is zero, and what the formula does there.
public struct CriticalPoint: Sendable {
  /// What the eigenvalues of the Hessian say of a point.
  public enum Kind: String, Hashable, Sendable {
    /// All eigenvalues are positive.
    case localMinimum = "local minimum"
    /// All eigenvalues are negative.
    case localMaximum = "local maximum"
    /// There are positive and negative eigenvalues.
    case saddle
    /// In one variable: the first derivative that is not zero has an odd order.
    case inflection = "inflection point"
    /// Some eigenvalue is zero and the others do not decide.
    case degenerate
  }

  /// The coordinates in the order of the variables.
  public let coordinates: [Double]
  /// The exact coordinates; nil where they are only known in digits.
  public let exact: [Expr]?
  /// The coordinates as they were solved, each in terms of others: x = −4y/3; nil where they are only known in digits.
  public let relations: [Expr]?
  /// The value of the formula, exact where it is a short expression.
  public let value: PointValue
  /// The eigenvalues of the Hessian, ascending.
  public let eigenvalues: [Double]
  /// What kind of point it is.
  public let kind: Kind
  /// Whether the formula bends there, or is infinitely steep: an extremum without a gradient.
  public var isKink = false
  /// Whether slopes grow without end towards it, as of x^(2/3) at 0.
  public var isCusp = false
  /// Whether the formula jumps there.
  public var isJump = false
}

/// The points where the gradient of a formula is zero.
///
///     try Formula("3x^2 + 8xy - 3y^5").criticalPoints().points.map(\.kind)   // [.saddle, .localMinimum]
public struct CriticalPoints: Sendable {
  /// How the points were found, and so what is known of others.
  public enum Evidence: Hashable, Sendable {
    /// By algebra: there are no others.
    case complete
    /// By Newton's method from so many starts in a box; there may be others, and those that algebra found are among
    /// them.
    case search(starts: Int, box: [ClosedRange<Double>])
  }

  /// The formula.
  public let formula: Formula
  /// The points, by their coordinates in order.
  public let points: [CriticalPoint]
  /// Lines, planes and so on of critical points.
  public let families: [CriticalFamily]
  /// Lines, curves and surfaces without a gradient.
  public var ridges: [CriticalRidge] = []
  /// Curves and surfaces of critical points that are only known by their equations: all expressions of a list are 0.
  public let curves: [[Expr]]
  /// How the points were found.
  public let evidence: Evidence
  /// A point around which the formula is flat, its gradient being 0 all around; nil where the search met none.
  public var flat: [Double]?
  /// In several variables: points found on lines or curves of critical points whose equations are not known.
  public var strewn: [[Double]] = []
  /// The parts that jump, ⌊x⌋; at their jumps there is no gradient, and nothing is said of them.
  public var jumps: [Expr] = []
  /// What is 0 where the formula may have extrema without a gradient that are not listed: it could not be solved.
  public var openSeams: [Expr] = []
  /// In one variable: places with a value, no derivative and no extremum, which some books call critical as well.
  public var withoutSlope: [Expr] = []
  /// Whether the search met its limit, or came to new points until late: then it has hardly found them all.
  package var isOpen = false
}

extension CriticalPoint.Kind {
  /// The kind that eigenvalues in ascending order stand for; nil where a zero among them leaves it open.
  ///
  ///     [−2, 0, 3] is a saddle whatever the 0 stands for; [0, 3] is open
  static func decided(by eigenvalues: [Double], tolerance: Double) -> CriticalPoint.Kind? {
    let largest = eigenvalues.reduce(0) { max($0, $1.magnitude) }
    let isZero: (Double) -> Bool = { $0.magnitude <= tolerance * largest }
    let signs = eigenvalues.filter { !isZero($0) }
    if signs.contains(where: { $0 < 0 }), signs.contains(where: { $0 > 0 }) { return .saddle }
    guard largest > 0, signs.count == eigenvalues.count, let first = signs.first else { return nil }
    return first > 0 ? .localMinimum : .localMaximum
  }
}
