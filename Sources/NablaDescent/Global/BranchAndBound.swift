import NablaBasics

/// Encloses the least value of a function in a box, and all points where it is reached, by looking at everything:
/// boxes that cannot hold a minimizer are dropped, the others narrowed or halved (Hansen, Walster: Global Optimization
/// Using Interval Analysis, 2004, chapter 12).
///
///     BranchAndBound().minimize(f, in: [Interval(-5, 5), Interval(-5, 5)]).value   // 0 … 1e−30
///
/// The proof rests on enclosures alone; `guesses` only make it faster. Meant for up to four variables: the work grows
/// with a power of their number.
public struct BranchAndBound: Sendable {
  /// How wide a place may be, as a part of the size of x (at least 1).
  public var tolerance = 1e-8
  /// How wide the value may be, as a part of its size (at least 1).
  public var valueTolerance = 1e-9
  /// The most boxes that are looked at, where one costs no more than that of a short formula.
  public var limit = 400_000

  /// The defaults.
  public init() {}

  /// Searches a box with finite ends.
  public func minimize(
    _ f: BoxFunction, in box: [Interval], guesses: [[Double]] = [],
    cancellation: Cancellation = Cancellation()
  ) -> GlobalMinimum {
    var search = BoxSearch(f, box, self)
    for guess in guesses { search.look(at: guess) }
    search.run(cancellation)
    return search.finish()
  }
}

/// The boxes still to be looked at and what is known so far.
struct BoxSearch {
  private struct Candidate {
    var box: [Interval]
    /// No value in the box is below this.
    var bound: Double
  }

  private let f: BoxFunction
  private let domain: [Interval]
  private let settings: BranchAndBound
  private var heap: Heap<Candidate> = Heap { $0.bound < $1.bound }
  private var narrow: [Candidate] = []
  /// A value that is reached is not above this.
  private var ceiling = Double.infinity
  /// The points at which the lowest values were seen, the last the lowest.
  private var lows: [[Double]] = []
  private var boxes = 0
  private var end: GlobalMinimum.End?

  init(_ f: BoxFunction, _ domain: [Interval], _ settings: BranchAndBound) {
    (self.f, self.domain, self.settings) = (f, domain, settings)
    heap.push(Candidate(box: domain, bound: -.infinity))
  }

  /// Takes the value at a point of the domain as one that is reached.
  mutating func look(at point: [Double]) {
    guard zip(domain, point).allSatisfy({ $0.contains($1) }) else { return }
    let value = f.value(point.map { Interval($0) })
    if !value.isEmpty, value.upper < ceiling {
      ceiling = value.upper
      lows.append(point)
      if lows.count > 200 { lows.removeFirst(100) }
    }
  }

  mutating func run(_ cancellation: Cancellation) {
    while let next = heap.pop() {
      if next.bound > ceiling { continue }
      if boxes >= max(1, settings.limit / f.cost) {
        heap.push(next)
        end = .exhausted
        return
      }
      if boxes % 64 == 0, cancellation.isCancelled {
        heap.push(next)
        end = .interrupted
        return
      }
      boxes += 1
      // A value as narrow as asked for, and so many boxes that the minimizers form a line or a surface.
      if narrow.count > 2000, next.bound >= ceiling - valueSlack {
        heap.push(next)
        end = .valueProved
        return
      }
      examine(next.box)
    }
  }

  private var valueSlack: Double { settings.valueTolerance * max(1, ceiling.magnitude) }

  /// Whether a box needs no more halving: it is as narrow as asked for, and so is what is known of its values.
  private func isNarrow(_ box: [Interval], _ bound: Double) -> Bool {
    func isWithin(_ part: Double) -> Bool { box.allSatisfy { $0.width <= part * max(1, $0.magnitude) } }
    return isWithin(settings.tolerance) && (bound >= ceiling - valueSlack || isWithin(1e-15))
  }

  /// Drops a box, narrows it, or halves it.
  private mutating func examine(_ start: [Interval]) {
    var box = start
    var bound = -Double.infinity
    for _ in 0..<20 {
      let before = box
      let (values, gradient) = f.gradient(box)
      if values.isEmpty || values.lower > ceiling { return }
      bound = max(bound, values.lower)
      look(at: box.map(\.middle))
      guard values.isContinuous, gradient.allSatisfy({ $0.isContinuous && !$0.isEmpty }) else { break }
      guard let reduced = withoutSlopes(box, gradient) else { return }
      if reduced != box {
        box = reduced
        continue
      }
      let middle = box.map(\.middle)
      let center = f.value(middle.map { Interval($0) })
      var tilted = center
      for place in box.indices { tilted = tilted + gradient[place] * (box[place] - Interval(middle[place])) }
      if !center.isEmpty { bound = max(bound, tilted.lower) }
      if bound > ceiling { return }
      guard let shrunk = withoutCurvature(box, middle) else { return }
      box = shrunk
      if !hasShrunk(before, box) { break }
    }
    if bound > ceiling { return }
    if isNarrow(box, bound) {
      narrow.append(Candidate(box: box, bound: bound))
      return
    }
    split(box, bound)
  }

  private func hasShrunk(_ before: [Interval], _ after: [Interval]) -> Bool {
    zip(before, after).contains { $1.width < 0.7 * $0.width }
  }

  /// Where f only grows in a direction, minimizers lie on the near face of the domain or not in the box at all.
  private func withoutSlopes(_ box: [Interval], _ gradient: [Interval]) -> [Interval]? {
    var box = box
    for place in box.indices where box[place].width > 0 {
      if gradient[place].lower > 0 {
        if box[place].lower > domain[place].lower { return nil }
        box[place] = Interval(box[place].lower)
      } else if gradient[place].upper < 0 {
        if box[place].upper < domain[place].upper { return nil }
        box[place] = Interval(box[place].upper)
      }
    }
    return box
  }

  /// A minimizer inside the domain has a zero gradient and no negative curvature.
  private mutating func withoutCurvature(_ box: [Interval], _ middle: [Double]) -> [Interval]? {
    let free = box.indices.filter { box[$0].width > 0 }
    let isInside = free.allSatisfy {
      box[$0].lower > domain[$0].lower && box[$0].upper < domain[$0].upper
    }
    guard !free.isEmpty, isInside else { return box }
    let hessian = f.hessian(box)
    guard hessian.allSatisfy({ $0.isContinuous && !$0.isEmpty }) else { return box }
    if free.contains(where: { hessian[$0 * box.count + $0].upper < 0 }) { return nil }
    let point = box.indices.map { Interval(free.contains($0) ? middle[$0] : box[$0].lower) }
    let slopes = f.gradient(point).gradient
    switch IntervalNewton.sweep(box, free: free, middle: middle, slopes: slopes, hessian: hessian) {
    case .none: return nil
    case .inside(let narrowed, _): return narrowed
    }
  }

  private mutating func split(_ box: [Interval], _ bound: Double) {
    let sizes = box.indices.map { box[$0].width / max(1, box[$0].magnitude) }
    guard let widest = box.indices.max(by: { sizes[$0] < sizes[$1] }) else { return }
    let middle = box[widest].middle
    guard middle > box[widest].lower, middle < box[widest].upper else {
      narrow.append(Candidate(box: box, bound: bound))
      return
    }
    for half in [Interval(box[widest].lower, middle), Interval(middle, box[widest].upper)] {
      var piece = box
      piece[widest] = half
      heap.push(Candidate(box: piece, bound: bound))
    }
  }

  // MARK: What is left

  /// The answer; the places that are left are narrowed once more, and lower values on the way are taken.
  mutating func finish() -> GlobalMinimum {
    let left = (narrow + heap.elements).filter { $0.bound <= ceiling }
    guard ceiling < .infinity, !left.isEmpty else {
      return GlobalMinimum(value: .empty, places: [], end: end ?? .undefined, boxes: boxes)
    }
    var kept: [(place: GlobalMinimum.Place, bound: Double)] = []
    for cluster in clusters(of: left.map(\.box)) {
      let place = place(cluster)
      look(at: place.box.map(\.middle))
      let known = left.filter { touches($0.box, cluster) }.map(\.bound).min() ?? -.infinity
      kept.append((place, max(known, place.isUnique ? lowest(on: place.box) : -.infinity)))
    }
    kept.removeAll { $0.bound > ceiling }
    let floor = kept.map(\.bound).min() ?? ceiling
    let value = Interval(min(floor, ceiling), ceiling)
    return GlobalMinimum(value: value, places: kept.map(\.place), end: finalEnd(value), boxes: boxes)
  }

  /// No value on a box is below this: from the middle, with all slopes on the way.
  private func lowest(on box: [Interval]) -> Double {
    let middle = box.map(\.middle)
    let (values, gradient) = f.gradient(box)
    var tilted = f.value(middle.map { Interval($0) })
    for place in box.indices { tilted = tilted + gradient[place] * (box[place] - Interval(middle[place])) }
    return tilted.isEmpty || !values.isContinuous ? values.lower : max(values.lower, tilted.lower)
  }

  private func touches(_ a: [Interval], _ b: [Interval]) -> Bool {
    zip(a, b).allSatisfy { $0.lower <= $1.upper && $1.lower <= $0.upper }
  }

  private func finalEnd(_ value: Interval) -> GlobalMinimum.End {
    if let end, end != .valueProved {
      return end == .exhausted && value.width <= valueSlack ? .valueProved : end
    }
    if value.width > valueSlack { return .indistinct }
    return end ?? .proved
  }

  /// Boxes that touch, as one.
  private func clusters(of boxes: [[Interval]]) -> [[Interval]] {
    let reach = 4 * settings.tolerance
    var clusters: [[Interval]] = []
    for box in boxes.sorted(by: { ($0.first?.lower ?? 0) < ($1.first?.lower ?? 0) }) {
      var merged = box
      var kept: [[Interval]] = []
      for other in clusters {
        let touches = zip(merged, other).allSatisfy { a, b in
          let slack = reach * max(1, a.magnitude)
          return a.lower <= b.upper + slack && b.lower <= a.upper + slack
        }
        if touches { merged = zip(merged, other).map { $0.hull($1) } } else { kept.append(other) }
      }
      clusters = kept + [merged]
    }
    return clusters
  }

  /// A cluster with its neighbourhood, narrowed where Newton's method shows exactly one stationary point.
  private func place(_ box: [Interval]) -> GlobalMinimum.Place {
    let free = box.indices.filter { box[$0].lower > domain[$0].lower && box[$0].upper < domain[$0].upper }
    guard free.count == box.count else { return found(box, isUnique: false) }
    var around = zip(box, domain).map { part, whole in
      let slack = max(part.width, settings.tolerance * max(1, part.magnitude))
      return Interval(part.lower - slack, part.upper + slack).intersection(whole)
    }
    var isUnique = false
    for _ in 0..<6 {
      let middle = around.map(\.middle)
      let (values, gradient) = f.gradient(around)
      let hessian = f.hessian(around)
      guard values.isContinuous, (gradient + hessian).allSatisfy({ $0.isContinuous && !$0.isEmpty }) else {
        break
      }
      let slopes = f.gradient(middle.map { Interval($0) }).gradient
      guard
        case .inside(let next, let unique) = IntervalNewton.sweep(
          around, free: free, middle: middle, slopes: slopes, hessian: hessian)
      else { break }
      isUnique = isUnique || unique
      if next == around { break }
      around = next
    }
    return found(isUnique ? around : box, isUnique: isUnique)
  }

  private func found(_ box: [Interval], isUnique: Bool) -> GlobalMinimum.Place {
    let lowest = isUnique ? nil : lows.last { point in zip(box, point).allSatisfy { $0.contains($1) } }
    let point = lowest ?? box.map(\.middle)
    let isNarrow = box.allSatisfy { $0.width <= 1e-6 * max(1, $0.magnitude) }
    guard isNarrow, !f.value(box).isContinuous else {
      return .init(box: box, isUnique: isUnique, point: point, isReached: true)
    }
    // A jump lies at a short number, if at any: its own value tells whether the low ones beside it are reached.
    let short = box.map(Self.shortest)
    func value(_ x: [Double]) -> Double {
      let value = f.value(x.map { Interval($0) })
      return value.isEmpty ? .nan : value.upper
    }
    if value(short) <= ceiling + valueSlack {
      return .init(box: box, isUnique: isUnique, point: short, isReached: true)
    }
    let jump = 1e-6 * max(1, ceiling.magnitude)
    let isJump = [short, box.map(\.lower), box.map(\.upper)].contains { x in
      let there = value(x)
      return there.isFinite && there > ceiling + jump
    }
    return .init(
      box: box, isUnique: isUnique, point: isJump && value(short).isFinite ? short : point, isReached: !isJump
    )
  }

  /// A number of an interval with few decimals; the middle where its ends agree in all of them.
  private static func shortest(_ part: Interval) -> Double {
    for decimals in stride(from: 0.0, through: 15, by: 1) {
      let unit = Libm.pow(10, decimals)
      let short = (part.middle * unit).rounded() / unit
      if part.contains(short) { return short }
    }
    return part.middle
  }
}
