import NablaBasics

/// What is left at the end of a search: the places that may hold a minimizer, and the value.
extension BoxSearch {
  /// The answer; the places that are left are narrowed once more, and lower values on the way are taken.
  mutating func finish() -> GlobalMinimum {
    let left = (narrow + heap.elements).filter { $0.bound <= ceiling && f.value($0.box).lower <= ceiling }
    guard ceiling < .infinity, !left.isEmpty else {
      return GlobalMinimum(value: .empty, places: [], end: end ?? .undefined, boxes: boxes)
    }
    var kept: [(place: GlobalMinimum.Place, bound: Double)] = []
    for cluster in clusters(of: left) {
      let place = place(cluster.box)
      look(at: place.box.map(\.middle))
      kept.append((place, max(cluster.bound, place.isUnique ? lowest(on: place.box) : -.infinity)))
    }
    kept.removeAll { $0.bound > ceiling }
    var halvings = 20_000
    let low = kept.filter { !isHigh($0.place.box, &halvings) }
    if !low.isEmpty { kept = low }
    let floor = kept.map(\.bound).min() ?? ceiling
    let value = Interval(min(floor, ceiling), ceiling)
    return GlobalMinimum(value: value, places: kept.map(\.place), end: finalEnd(value), boxes: boxes)
  }

  /// Whether a narrow box with a jump holds no value as low as the lowest, though an enclosure of what jumps does: halved
  /// until no number lies between the ends of its parts, whose values then count. Of several variables some points tell.
  private func isHigh(_ box: [Interval], _ halvings: inout Int) -> Bool {
    guard isNarrow(box), !f.value(box).isContinuous else { return false }
    let isLine = box.count == 1
    var parts = [box]
    while halvings > 0 {
      guard let part = parts.popLast() else { return true }
      halvings -= 1
      let middle = part.map(\.middle)
      for point in [part.map(\.lower), part.map(\.upper), middle, part.map(Self.shortest)]
      where zip(domain, point).allSatisfy({ $0.contains($1) }) {
        let value = f.value(point.map { Interval($0) })
        if !value.isEmpty, value.lower <= ceiling + (isLine ? valueSlack : 1e-6 * max(1, ceiling.magnitude)) {
          return false
        }
      }
      guard isLine else { continue }
      for half in [Interval(part[0].lower, middle[0]), Interval(middle[0], part[0].upper)]
      where half.lower < half.upper && half != part[0] && f.value([half]).lower <= ceiling {
        parts.append([half])
      }
    }
    return false
  }

  private func isNarrow(_ box: [Interval]) -> Bool {
    box.allSatisfy { $0.width <= 1e-6 * max(1, $0.magnitude) }
  }

  /// No value on a box is below this: from the middle, with all slopes on the way.
  private func lowest(on box: [Interval]) -> Double {
    let middle = box.map(\.middle)
    let (values, gradient) = f.gradient(box)
    var tilted = f.value(middle.map { Interval($0) })
    for place in box.indices { tilted = tilted + gradient[place] * (box[place] - Interval(middle[place])) }
    return tilted.isEmpty || !values.isContinuous ? values.lower : max(values.lower, tilted.lower)
  }

  private func finalEnd(_ value: Interval) -> GlobalMinimum.End {
    if let end, end != .valueProved {
      return end == .exhausted && value.width <= valueSlack ? .valueProved : end
    }
    if value.width > valueSlack { return .indistinct }
    return end ?? .proved
  }

  /// Boxes that touch, as one with the least of their bounds. They are taken in their order, in which those of a flat
  /// strip follow each other; where there are very many clusters, the last one takes the rest.
  private func clusters(of boxes: [Candidate]) -> [Candidate] {
    var clusters: [Candidate] = []
    for candidate in boxes.sorted(by: { $0.precedes($1) }) {
      var merged = candidate
      clusters.removeAll { other in
        guard isNear(merged.box, other.box) else { return false }
        merged = merged.joined(other)
        return true
      }
      if clusters.count == Self.mostClusters { merged = merged.joined(clusters.removeLast()) }
      clusters.append(merged)
    }
    return clusters
  }

  private static let mostClusters = 2_000

  private func isNear(_ a: [Interval], _ b: [Interval]) -> Bool {
    let reach = 4 * settings.tolerance
    return a.indices.allSatisfy { place in
      let slack = reach * max(1, a[place].magnitude)
      return a[place].lower <= b[place].upper + slack && b[place].lower <= a[place].upper + slack
    }
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
    guard isNarrow(box), !f.value(box).isContinuous else {
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

extension BoxSearch.Candidate {
  /// Whether its lower corner comes first, coordinate by coordinate.
  fileprivate func precedes(_ other: Self) -> Bool {
    for (own, its) in zip(box, other.box) where own.lower != its.lower { return own.lower < its.lower }
    return false
  }

  /// Both in one box.
  fileprivate func joined(_ other: Self) -> Self {
    .init(box: zip(box, other.box).map { $0.hull($1) }, bound: min(bound, other.bound))
  }
}
