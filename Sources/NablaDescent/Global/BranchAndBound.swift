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
    search.lookAtCorners()
    for guess in guesses { search.look(at: guess) }
    search.run(cancellation)
    return search.finish()
  }
}

/// The boxes still to be looked at and what is known so far.
struct BoxSearch {
  struct Candidate {
    var box: [Interval]
    /// No value in the box is below this.
    var bound: Double
  }

  let f: BoxFunction
  let domain: [Interval]
  let settings: BranchAndBound
  var heap: Heap<Candidate> = Heap { $0.bound < $1.bound }
  var narrow: [Candidate] = []
  /// A value that is reached is not above this.
  var ceiling = Double.infinity
  /// The points at which the lowest values were seen, the last the lowest.
  var lows: [[Double]] = []
  var boxes = 0
  var end: GlobalMinimum.End?

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

  /// Takes the values at the corners, where f may jump to its least.
  mutating func lookAtCorners() {
    guard domain.count <= 4 else { return }
    for corner in 0..<(1 << domain.count) {
      look(at: domain.indices.map { corner >> $0 & 1 == 0 ? domain[$0].lower : domain[$0].upper })
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

  var valueSlack: Double { settings.valueTolerance * max(1, ceiling.magnitude) }

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
}
