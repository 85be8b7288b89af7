import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

// The search by Newton's method, where algebra does not solve the gradient.
extension CriticalPointFinder {
  /// Whether the gradient is zero up to rounding: a last step of Newton's method would hardly move.
  func isStationary(_ here: Local, at point: [Double]) -> Bool {
    let n = variables.count
    for (row, slope) in here.gradient.enumerated() {
      guard slope.isFinite else { return false }
      var size = 1e-9 * here.value.magnitude
      for column in 0..<n where here.hessian[row * n + column].isFinite {
        size += here.hessian[row * n + column].magnitude * max(point[column].magnitude, 1e-3)
      }
      if slope.magnitude > 1e-8 * size + 1e-12 { return false }
    }
    return true
  }

  /// From how many points a formula is searched: fewer where a look at it takes long. From a few in any case, from one
  /// where each look takes very long. `work` are the operations of a look, with the terms of sums, which are ten times as
  /// quick as others: they run side by side.
  static func starts(size: Int, work: Double, variables n: Int) -> Int {
    let cost = max(Double(size) * Double(2 + n), work / 10) + Double(n * n * n)
    let fewest = max(1, Int(min(8, 8e6 / work)))
    return max(fewest, min(100 * n + 100, 1_000, Int(Double(Self.work) / (40 * cost))))
  }

  /// What a search says beside the points that it found.
  struct SearchEnd {
    var starts: Int
    /// A point around which all is flat.
    var flat: [Double]?
    /// How many starts led to a point, and the number of the last one that led to a new one.
    var arrivals = 0
    var lastNew = 0
    var isFull = false

    /// Whether there are likely more points: of points that are all known, each has been come to more than once.
    var isOpen: Bool { isFull || 2 * lastNew > arrivals }
  }

  /// How many times as many starts are drawn where points go on to be found.
  private static let mostRounds = 4
  /// How far from the middle starts are drawn in turn, as parts of a box that nobody gave: what a formula does is mostly
  /// near 0.
  private static let shares = [1, 0.5, 0.2]

  /// Newton's method on the gradient from many points of a box, and from some after a way up and a way down: the method
  /// alone leaves the tails of bumps.
  func search(
    in box: [ClosedRange<Double>], into points: inout [CriticalPoint]
  ) -> SearchEnd {
    var random = SplitMix64(start: 1_618_033_988)
    let starts = Self.starts(size: formula.expression.size, work: compiled.work, variables: variables.count)
    var end = SearchEnd(starts: starts)
    var clusters: [Cluster] = []
    for center in centers() where !end.isFull {
      if let found = newton(from: center) { take(found, within: box, &points, &clusters, &end) }
    }
    for number in 0..<(Self.mostRounds * starts) where !end.isFull {
      // The first round is gone whole; the others, while there are likely more points.
      if number >= starts, number % starts == 0, !end.isOpen { break }
      end.starts = max(starts, number + 1)
      let share = self.box == nil ? Self.shares[number % Self.shares.count] : 1
      let start = box.map { share * random.number(in: $0) }
      if let found = newton(from: start) { take(found, within: box, &points, &clusters, &end) }
      guard number % Self.waysAmongStarts == 0, variables.count <= Self.mostOnWays else { continue }
      for way in [1.0, -1] {
        if let found = end.isFull ? nil : summit(from: start, way, within: box) {
          take(found, within: box, &points, &clusters, &end)
        }
      }
    }
    for cluster in clusters { points[cluster.place] = middle(of: cluster, points[cluster.place]) }
    return end
  }

  /// Adds what Newton's method led to where it is a point, and a new one.
  private func take(
    _ found: [Double], within box: [ClosedRange<Double>], _ points: inout [CriticalPoint],
    _ clusters: inout [Cluster], _ end: inout SearchEnd
  ) {
    guard zip(box, found).allSatisfy({ $0.contains($1) }) else { return }
    let snapped = found.map { $0.magnitude < 1e-9 ? 0 : $0 }
    let here = local(at: snapped)
    guard here.isFinite, isStationary(here, at: snapped) else { return }
    if isNothing(around: snapped, here) {
      // What has underflown is not 0; and what has no bends is constant nowhere unless it is everywhere.
      if mayBeFlat, here.gradient.allSatisfy({ $0 == 0 }) { end.flat = end.flat ?? snapped }
      return
    }
    guard isSettled(here, at: snapped), isSeenTwice(here, at: snapped), !hasNoGradient(at: snapped) else {
      return
    }
    let known = points.count
    if let place = points.firstIndex(where: { isOneZero($0.coordinates, snapped) }) {
      if points[place].exact == nil { Cluster.note(snapped, at: place, in: &clusters) }
    } else if let exact = exactPoint(near: snapped) {
      add(exact, to: &points)
    } else if standsOut(here, at: snapped) {
      add(point(at: snapped, here), to: &points)
    } else {
      return
    }
    end.arrivals += 1
    if points.count > known { end.lastNew = end.arrivals }
    end.isFull = points.count >= Self.mostPoints
  }

  /// Whether Newton's method would stay at a point: in the tail of e^(−x²) all slopes are next to nothing, but its steps
  /// are not.
  private func isSettled(_ here: Local, at point: [Double]) -> Bool {
    guard norm(here.gradient) > 0, let step = newtonStep(here) else { return true }
    return norm(step) <= 1e-6 * max(1, norm(point))
  }

  /// Whether the formula's own slopes are as short as the gradient: a factor of one of its forms may underflow before the
  /// whole does.
  private func isSeenTwice(_ here: Local, at point: [Double]) -> Bool {
    guard let slopes else { return true }
    let own = norm(slopes.gradient(at: point))
    let rounding = norm(slopes.roundingLevel(at: point).gradient)
    return !(own > 1e3 * (norm(here.gradient) + rounding))
  }

  /// Whether a zero of the gradient is more than its rounding: beside a hole, as of (1 − cos x)/x² at 0, slopes are
  /// nothing else, and within what rounding leaves open of the place there is a point without a value.
  private func standsOut(_ here: Local, at point: [Double]) -> Bool {
    let rounding = slopes?.roundingLevel(at: point).gradient.reduce(0) { max($0, $1) } ?? 0
    guard rounding > 0 else { return true }
    let isHidden = point.indices.allSatisfy { place in
      [-1e-3, 1e-3].allSatisfy { distance in
        var moved = point
        moved[place] += distance * max(1, moved[place].magnitude)
        return !(norm(local(at: moved).gradient) > 10 * rounding)
      }
    }
    if isHidden { return false }
    let eigenvalues = SymmetricEigen(here.hessian, size: variables.count)?.values ?? []
    let uncertainty = uncertainty(of: point, here, eigenvalues: eigenvalues)
    let short = zip(point, uncertainty).map { x, distance in
      let unit = Libm.pow(10, Libm.log10(max(distance, 1e-7 * max(1, x.magnitude))).rounded(.up))
      return (x / unit).rounded() * unit
    }
    return local(at: short).value.isFinite
  }

  /// Whether the formula has parts that may be constant on one side of a bend and not on the other.
  private var mayBeFlat: Bool {
    formula.expression.distinctSubexpressions().contains { part in
      switch part.shape {
      case .call(let function, _): return part.bends || function == .if
      case .power(let base, let exponent):
        guard case .number(let power) = exponent.shape else { return false }
        return !power.isInteger && base.isNonnegative
      default: return false
      }
    }
  }

  /// Whether the gradient and the Hessian are 0 at a point and all around it, or so small that they have underflown.
  private func isNothing(around point: [Double], _ here: Local) -> Bool {
    let isNothing: (Local) -> Bool = { local in
      (local.gradient + local.hessian).allSatisfy { $0.magnitude <= 1e-280 }
    }
    guard isNothing(here) else { return false }
    var random = SplitMix64(start: 299_792_458)
    var directions = (0..<8).map { _ in point.map { _ in Double.random(in: -1...1, using: &random) } }
    for place in point.indices {
      for side in [-1.0, 1] {
        var axis = [Double](repeating: 0, count: point.count)
        axis[place] = side
        directions.append(axis)
      }
    }
    return directions.allSatisfy { direction in
      let moved = zip(point, direction).map { x, part in x + 1e-3 * max(1, x.magnitude) * part }
      return isNothing(local(at: moved))
    }
  }

  /// The point that Newton's method on the gradient leads to; steps are halved until the gradient gets shorter.
  func newton(from start: [Double]) -> [Double]? {
    var x = start
    var here = local(at: x)
    for _ in 0..<60 {
      guard here.isFinite else { return nil }
      let length = norm(here.gradient)
      guard length > 0 else { return x }
      guard let step = newtonStep(here) else { return nil }
      var share = 1.0
      var isMoved = false
      while share > 1e-4 {
        let next = zip(x, step).map { $0 - share * $1 }
        let there = local(at: next)
        if there.isFinite, norm(there.gradient) < length {
          (x, here, isMoved) = (next, there, true)
          break
        }
        share /= 2
      }
      let move = share * norm(step)
      if !isMoved || move <= 1e-15 * norm(x) { return isStationary(here, at: x) ? x : nil }
    }
    return isStationary(here, at: x) ? x : nil
  }

  /// H⁻¹g; directions in which H vanishes are left out.
  func newtonStep(_ here: Local) -> [Double]? {
    let n = variables.count
    if let step = eliminated(here.hessian, here.gradient) { return step }
    guard let eigen = SymmetricEigen(here.hessian, size: n) else { return nil }
    let largest = eigen.values.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0 else { return nil }
    var step = [Double](repeating: 0, count: n)
    for (value, vector) in zip(eigen.values, eigen.vectors) where value.magnitude > 1e-14 * largest {
      let share = zip(vector, here.gradient).reduce(0) { $0 + $1.0 * $1.1 } / value
      for place in 0..<n { step[place] += share * vector[place] }
    }
    return step
  }

  /// The solution of a linear system by Gauss's elimination; nil where a pivot is next to nothing.
  private func eliminated(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    let n = right.count
    var (a, b) = (matrix, right)
    let smallest = 1e-12 * a.reduce(0) { max($0, $1.magnitude) }
    for column in 0..<n {
      guard let pivot = (column..<n).max(by: { a[$0 * n + column].magnitude < a[$1 * n + column].magnitude }),
        a[pivot * n + column].magnitude > smallest
      else { return nil }
      if pivot != column {
        for k in 0..<n { a.swapAt(pivot * n + k, column * n + k) }
        b.swapAt(pivot, column)
      }
      for row in (column + 1)..<max(n, column + 1) {
        let share = a[row * n + column] / a[column * n + column]
        guard share != 0 else { continue }
        for k in column..<n { a[row * n + k] -= share * a[column * n + k] }
        b[row] -= share * b[column]
      }
    }
    for row in (0..<n).reversed() {
      for k in (row + 1)..<max(n, row + 1) { b[row] -= a[row * n + k] * b[k] }
      b[row] /= a[row * n + row]
    }
    return b
  }

  func norm(_ vector: [Double]) -> Double {
    let sum = vector.reduce(0) { $0 + $1 * $1 }
    if sum > 1e-280 || sum.isNaN { return sum.squareRoot() }
    // The square of a number that is not 0 may be 0.
    let largest = vector.reduce(0) { max($0, $1.magnitude) }
    return largest == 0 ? 0 : largest * vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }
}
