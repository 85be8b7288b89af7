import NablaBasics

/// Compares f around a point with f there along many lines of the null space of the Hessian, where eigenvectors
/// say nothing: x⁴ + y⁴ − 3x²y² rises along both axes and falls along x = y.
///
/// A change counts where it is larger than the rounding of the largest change at the same radius, so that terms
/// that cancel, as in x⁴ − 2x²y² + y⁴ along x = y, are not taken for a way down.
struct NullSpaceProbe {
  /// What was seen.
  struct Finding {
    /// A direction of length 1 and a radius where f is lower.
    var way: (direction: [Double], radius: Double)?
    /// Whether f rises along some direction.
    var rises = false
    /// The direction along which f rises least.
    var valley: [Double]?
  }

  private struct Line {
    let direction: [Double]
    let reach: Double
    var isDecided = false
  }

  let probe: NeighbourhoodProbe
  /// Unit vectors that span the null space.
  let basis: [[Double]]

  /// How many lines go on being looked along after they are decided, as a measure of rounding.
  private static let yardsticks = 4

  /// Looks along all lines, to both sides, from near to far.
  func look(on objective: inout Objective) -> Finding {
    var lines: [Line] = []
    for direction in directions {
      let reach = probe.scale.reach(along: direction)
      for sign in [1.0, -1] {
        lines.append(Line(direction: direction.map { sign * $0 }, reach: reach))
      }
    }
    var finding = Finding()
    var changes: [(line: Int, change: Double)] = []
    var measures: [Int] = []
    var part = probe.nearest
    while part <= 0.15, lines.contains(where: { !$0.isDecided }) {
      changes = []
      for k in lines.indices where !lines[k].isDecided || measures.contains(k) {
        let x = Vector.moved(probe.here.x, by: part * lines[k].reach, along: lines[k].direction)
        let f = objective.value(at: x)
        if f.isFinite { changes.append((k, f - probe.here.f)) } else { lines[k].isDecided = true }
      }
      let largest = changes.reduce(0) { max($0, abs($1.change)) }
      let noise = probe.noise(probe.here.f) + 16 * Double.ulpOfOne * largest
      if let lowest = changes.min(by: { ($0.change, $0.line) < ($1.change, $1.line) }),
        lowest.change < -noise, !lines[lowest.line].isDecided
      {
        finding.way = (lines[lowest.line].direction, part * lines[lowest.line].reach)
        finding.rises = finding.rises || changes.contains { $0.change > noise }
        return finding
      }
      for (k, change) in changes where change > noise {
        finding.rises = true
        lines[k].isDecided = true
      }
      let sorted = changes.sorted { (-$0.change, $0.line) < (-$1.change, $1.line) }
      measures = sorted.prefix(Self.yardsticks).map(\.line)
      finding.valley = sorted.last.map { lines[$0.line].direction }
      part *= 10
    }
    return finding
  }

  /// Whether f is lower somewhere on each of some rings around the point in a null space of two dimensions: between
  /// curves that touch, as y² = x³ and y² = 2x³ do, no straight line shows it.
  func isLowerOnRings(_ parts: [Double] = [0.1, 0.05, 0.025], on objective: inout Objective) -> Bool {
    guard basis.count == 2 else { return false }
    return parts.allSatisfy { part in
      var (lowest, largest) = (0.0, 0.0)
      for k in 0..<Self.ringPoints {
        let angle = 2 * Double.pi * Double(k) / Double(Self.ringPoints)
        let direction = Vector.moved(
          basis[0].map { $0 * Libm.cos(angle) }, by: Libm.sin(angle), along: basis[1])
        let x = Vector.moved(probe.here.x, by: part * probe.scale.reach(along: direction), along: direction)
        let change = objective.value(at: x) - probe.here.f
        guard change.isFinite else { continue }
        (lowest, largest) = (min(lowest, change), max(largest, abs(change)))
      }
      return lowest < -(probe.noise(probe.here.f) + 16 * Double.ulpOfOne * largest)
    }
  }

  private static let ringPoints = 128

  /// Whether f is lower next to a line of a null space of two dimensions, on each of three rings around the point: along
  /// a curve that touches the line, as x²y³ + y⁴ is along y = −¾x². The lines are those of the basis and the valley.
  func isLowerBesideLines(_ valley: [Double]?, on objective: inout Objective) -> Bool {
    guard basis.count == 2 else { return false }
    for line in basis + (valley.map { [$0] } ?? []) {
      let (a, b) = (Vector.dot(line, basis[0]), Vector.dot(line, basis[1]))
      let across = Vector.moved(basis[0].map { -b * $0 }, by: a, along: basis[1])
      let reach = probe.scale.reach(along: line)
      for (ahead, aside) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
        let isSo = [0.1, 0.05, 0.025].allSatisfy { part in
          isLower(
            beside: Vector.moved(probe.here.x, by: ahead * part * reach, along: line), along: across,
            from: aside * part * reach, on: &objective)
        }
        if isSo { return true }
      }
    }
    return false
  }

  /// Whether f is lower than at the point somewhere on the way from a place on a ring towards a line: at half of a
  /// distance, a quarter, an eighth.
  private func isLower(
    beside place: [Double], along across: [Double], from distance: Double, on objective: inout Objective
  ) -> Bool {
    var lowest = (x: place, f: probe.here.f)
    for halving in 1...20 {
      let part = Double(sign: .plus, exponent: -halving, significand: 1)
      let x = Vector.moved(place, by: part * distance, along: across)
      let f = objective.value(at: x)
      if f < lowest.f { lowest = (x, f) }
    }
    guard lowest.f < probe.here.f - probe.noise(lowest.f) else { return false }
    return probe.isClearlyLower(objective.iterate(at: lowest.x), on: &objective)
  }

  /// Combinations of the basis with small whole numbers, the same of the axes where they lie in the null space, and
  /// a few at random, one of each line.
  private var directions: [[Double]] {
    let d = basis.count
    var found: [[Double]] = []
    for weights in Self.wholeWeights(d) {
      var sum = [Double](repeating: 0, count: basis[0].count)
      for (weight, vector) in zip(weights, basis) where weight != 0 {
        sum = Vector.moved(sum, by: Double(weight), along: vector)
      }
      if let direction = Vector.direction(sum) { found.append(direction) }
    }
    var random = SplitMix64(start: 1922)
    for _ in 0..<(d <= 6 ? 12 : 40) {
      var sum = [Double](repeating: 0, count: basis[0].count)
      for vector in basis { sum = Vector.moved(sum, by: .random(in: -1...1, using: &random), along: vector) }
      if let direction = Vector.direction(sum) { found.append(direction) }
    }
    return found
  }

  /// Whole weights whose first that is not zero is positive: up to 2 for two and three vectors, signs with zeros for
  /// four, signs and pairs up to six, pairs of neighbours beyond.
  private static func wholeWeights(_ d: Int) -> [[Int]] {
    func all(_ values: [Int]) -> [[Int]] {
      (0..<d).reduce([[]]) { rows, _ in rows.flatMap { row in values.map { row + [$0] } } }
    }
    func pairs(_ places: [(Int, Int)]) -> [[Int]] {
      places.flatMap { i, j in
        [1, -1].map { sign in (0..<d).map { $0 == i ? 1 : $0 == j ? sign : 0 } }
      }
    }
    var rows: [[Int]]
    switch d {
    case ...3: rows = all([0, 1, -1, 2, -2])
    case 4: rows = all([0, 1, -1])
    case 5...6:
      rows = all([1, -1]) + pairs((0..<d).flatMap { i in ((i + 1)..<d).map { (i, $0) } })
    default: rows = pairs((1..<d).map { ($0 - 1, $0) }) + [[Int](repeating: 1, count: d)]
    }
    return rows.filter { row in
      guard let first = row.first(where: { $0 != 0 }) else { return false }
      return first > 0 && row.contains { abs($0) != 2 && $0 != 0 }
    }
  }
}

extension NeighbourhoodProbe {
  /// Whether f jumps next to the point along `direction`: the change from f at the point stays much the same as the
  /// radius shrinks sixteenfold. That of a function with a slope shrinks with the radius.
  func jumps(along direction: [Double], radius: Double, on objective: inout Objective) -> Bool {
    var first: Double?
    for part in [1, 0.25, 0.0625] {
      let x = Vector.moved(here.x, by: part * radius, along: direction)
      guard x != here.x else { continue }
      let change = objective.value(at: x) - here.f
      guard change.isFinite, abs(change) > noise(here.f) else { return false }
      guard let size = first else {
        first = change
        continue
      }
      if !(change / size > 0.6) { return false }
    }
    return first != nil
      && !objective.isContinuous(
        from: here.x, to: Vector.moved(here.x, by: 0.0625 * radius, along: direction))
  }
}
