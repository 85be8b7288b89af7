import NablaBasics

/// Descends a convex function with kinks, and proves its end.
///
/// Where f is convex, the tangent plane of every point lies nowhere above its graph. A step goes to the lowest point of all
/// planes met so far, a bundle, not too far away; a step that leads no lower finds the plane that was missing (Kiwiel
/// 1990, "Proximity control in bundle methods for convex nondifferentiable minimization"). Where a combination of planes
/// that touch the graph is level, f is nowhere lower (Rockafellar 1970, "Convex analysis", theorem 27.1).
struct ProximalBundle {
  /// The lowest point so far; its gradient may have no value.
  private(set) var center: Iterate
  /// Points whose tangent planes are known.
  private(set) var planes: [Iterate] = []
  /// Those last combined, with their weights.
  private var members: [(vector: Int, weight: Double)] = []
  /// The largest partial derivatives of all of them, and where the descent began.
  private(set) var largest: [Double]
  /// The largest partial derivatives of the planes last combined, and of those beside the last centre looked at.
  private var active: [Double]
  var beside: [Double]
  /// How far a step goes for each unit of slope.
  private var pace = 1.0
  /// How much finer rounding is weighed than at its worst.
  private var fineness = 1.0
  /// How often a proof was tried in vain, and the last centre it was tried at.
  private var proofs = 0
  var lookedAt: [Double] = []
  private let first: Iterate
  /// Where the descent began that led here.
  private let start: Iterate
  let scale: Scale
  let convexity: Objective.Convexity

  /// For how many variables planes are few enough to be combined again and again.
  static let mostVariables = 50
  private static let mostProofs = 10
  /// Times 64 each: down to where no rounding is left.
  private static let mostRefinements = 10
  /// How far beside the centre planes are looked for, as parts of the scale of x.
  static let radii = [1e-8, 1e-11, 1e-14]

  /// What the rounds came to.
  enum End: Hashable, Sendable {
    /// f is nowhere lower than here, to rounding; its slopes differ, or vanish.
    case least(Iterate, isKink: Bool)
    /// f is lower here than where the bundle began, by more than rounding.
    case lower(Iterate)
    /// Neither, as far as rounds and numbers go.
    case open
  }

  /// A bundle around a point with a value, of a function that is convex on its domain.
  init(at center: Iterate, scale: Scale, from start: Iterate, _ convexity: Objective.Convexity) {
    self.center = center
    first = center
    self.start = start
    self.scale = scale
    self.convexity = convexity
    largest = start.gradient.map { $0.isFinite ? abs($0) : 0 }
    active = [Double](repeating: 0, count: center.x.count)
    beside = active
    if center.isFinite { take(center) }
  }

  /// Goes on until the end is proved; `mayMove` where lower points become the centre.
  mutating func run(mayMove: Bool, on objective: inout Objective) -> End {
    if planes.isEmpty { look(Self.radii[0], on: &objective) }
    guard let slope = planes.first?.gradient else { return .open }
    pace = 1e-3 * reach(along: slope) / max(Vector.norm(slope), .leastNormalMagnitude)
    var isKink = isAtRest(mayMove, on: &objective)
    if mayMove, takeShorter(on: &objective), isKink == nil { isKink = isLevel(on: &objective) }
    if let isKink {
      if mayMove { refine(on: &objective) }
      return .least(center, isKink: isKink)
    }
    return center.f < first.f - noise ? .lower(center) : .open
  }

  /// Goes on from a proved end while f still falls: where x − a is exact, rounding does far less than the size of x allows,
  /// and what is to come may be all of f.
  private mutating func refine(on objective: inout Objective) {
    for _ in 0..<Self.mostRefinements {
      fineness *= 64
      proofs = 0
      let isProved = isAtRest(true, on: &objective) != nil
      _ = takeShorter(on: &objective)
      guard isProved else { return }
    }
  }

  /// Whether slopes differ where the centre comes to rest; nil where no end is proved.
  private mutating func isAtRest(_ mayMove: Bool, on objective: inout Objective) -> Bool? {
    for _ in 0..<(100 + 20 * center.x.count) {
      guard !isFarAway, objective.cancellation?.isCancelled != true else { return nil }
      let gaps = planes.map(gap)
      let mixed = ConvexCombination(
        shortestOf: planes.map(\.gradient), costs: gaps.map { $0 / pace }, from: members)
      members = mixed.members
      let slope = Vector.norm(mixed.point)
      active = sizes(of: mixed.members.map { planes[$0.vector].gradient })
      let error = mixed.members.reduce(0) { $0 + $1.weight * gaps[$1.vector] }
      let promised = pace * slope * slope + error
      let steepest = mixed.members.reduce(0) { max($0, Vector.norm(planes[$1.vector].gradient)) }
      if promised <= noise, slope <= 1e-6 * steepest {
        if let isKink = isLevel(on: &objective) { return isKink }
        proofs += 1
      }
      guard proofs < Self.mostProofs else { return nil }
      // A level combination that does not prove the end is one of planes too far away: gaps are to count for more.
      if slope == 0 {
        pace *= 0.01
        continue
      }
      if promised <= noise / 16 {
        pace *= 10
        continue
      }
      let next = objective.iterate(at: Vector.moved(center.x, by: -pace, along: mixed.point))
      // A step to where a plane is known teaches nothing: it is too long as well.
      if promised > noise, planes.contains(where: { $0.x == next.x }) {
        pace *= 0.01
        continue
      }
      guard next.isFinite, next.x != center.x else {
        pace *= next.isFinite ? 10 : 0.1
        continue
      }
      prune()
      take(next)
      let gain = center.f - next.f
      if gain >= 0.1 * promised {
        center = next
        guard mayMove else { return nil }
        if gain >= 0.5 * promised { pace *= 4 }
      } else if promised <= noise {
        pace *= 10
      } else if gap(of: next) > 10 * promised {
        pace *= max(0.1, 0.5 / (1 - gain / promised))
      }
    }
    return nil
  }

  /// Takes a point of at most eight digits next to the centre if it is as low: planes meet where rounding lets them.
  private mutating func takeShorter(on objective: inout Objective) -> Bool {
    let x = center.x.indices.map { i in
      let decimals = 8 - Libm.log10(scale[i]).rounded(.up)
      let power = Libm.pow(10, abs(decimals))
      let short =
        decimals > 0
        ? (center.x[i] * power).rounded() / power : (center.x[i] / power).rounded() * power
      // Adding 0 leaves no −0.
      return abs(short - center.x[i]) <= 1e-12 * scale[i] ? short + 0 : center.x[i]
    }
    guard x != center.x else { return false }
    let there = objective.iterate(at: x)
    guard there.f <= center.f else { return false }
    center = there
    return true
  }

  /// Takes the planes to both sides of the centre, along each axis.
  mutating func look(_ part: Double, on objective: inout Objective) {
    for i in center.x.indices {
      for side in [-1.0, 1] {
        var x = center.x
        x[i] += side * part * scale[i]
        let there = objective.iterate(at: x)
        if there.isFinite { take(there) }
      }
    }
  }

  /// The largest partial derivatives of some planes.
  func sizes(of gradients: [[Double]]) -> [Double] {
    center.x.indices.map { i in gradients.reduce(0) { max($0, abs($1[i])) } }
  }

  mutating func take(_ point: Iterate) {
    planes.append(point)
    for i in largest.indices { largest[i] = max(largest[i], abs(point.gradient[i])) }
  }

  /// Whether rounding has become so much larger than where the descent began that it would hide what f does there.
  var isFarAway: Bool {
    let scale = Scale(at: start.x, from: start.x)
    let size = largest.indices.reduce(abs(start.f)) { $0 + scale[$1] * largest[$1] }
    return worstNoise > 1e4 * 64 * .ulpOfOne * size
  }

  /// How far the plane of a point lies below f at the centre, at most.
  func gap(of point: Iterate) -> Double {
    let way = Vector.difference(center.x, point.x)
    var (end, size) = (point.f, abs(point.f))
    for (slope, step) in zip(point.gradient, way) {
      end += slope * step
      size += abs(slope * step)
    }
    // Rounding of a value far above hides how low its plane is here.
    return max(0, center.f - end) + 2 * .ulpOfOne * size
  }

  /// What rounding is taken to do to f at the centre, and to planes of points near by.
  var noise: Double { worstNoise / fineness }

  /// What it may do at its worst.
  private var worstNoise: Double {
    let slopes = center.x == lookedAt ? zip(active, beside).map { max($0, $1) } : active
    let reaches = center.x.indices.map { abs(center.x[$0]) + Self.radii[0] * scale[$0] }
    return 64 * .ulpOfOne * zip(reaches, slopes).reduce(abs(center.f)) { $0 + $1.0 * $1.1 }
  }

  private func reach(along slope: [Double]) -> Double {
    Vector.direction(slope).map { scale.reach(along: $0) } ?? 1
  }

  /// Lets go of planes that the combination does without.
  private mutating func prune() {
    guard planes.count > 30 + 5 * center.x.count else { return }
    let needed = Set(members.map(\.vector))
    let kept = planes.indices.filter { needed.contains($0) || $0 > planes.count / 2 }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) })
    members = members.compactMap { member in places[member.vector].map { ($0, member.weight) } }
    planes = kept.map { planes[$0] }
  }
}
