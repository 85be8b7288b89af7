import NablaBasics

/// A long sum of squares each of which touches a few variables: its residuals with the first and second derivatives
/// that are not zero, and how they add up to the entries of a sparse Hessian.
public struct CoupledSquares: Sendable {
  /// How many residuals there are.
  public let count: Int
  /// What is added to the squares.
  public let offset: Double
  /// How many variables there are.
  public let size: Int
  /// Where the slopes of each residual begin in `variables`, and where those of the last one end.
  public let starts: [Int]
  /// The variable of each slope.
  public let variables: [Int]
  /// The places of second derivatives: a residual and two of its slopes, by their numbers in `variables`.
  public let seconds: [Second]
  /// r(x) and the slopes.
  public let values: @Sendable (_ x: [Double]) -> (residuals: [Double], slopes: [Double])
  /// The second derivatives.
  public let curvatures: @Sendable (_ x: [Double]) -> [Double]

  /// The place of a second derivative.
  public struct Second: Hashable, Sendable {
    let residual: Int
    let first: Int
    let second: Int

    /// Between the slopes `first` and `second` of a residual, by their numbers among all slopes.
    public init(residual: Int, first: Int, second: Int) {
      (self.residual, self.first, self.second) = (residual, first, second)
    }
  }

  /// The lower triangle of the Hessian, row after row.
  let rowStarts: [Int]
  let columns: [Int]
  /// For each residual, each pair of its slopes in turn: the entry it adds to.
  private let pairEntries: [Int32]
  /// For each second derivative the entry it adds to.
  private let secondEntries: [Int32]
  let bandwidth: Int
  /// The residuals that touch a variable, variable after variable.
  let touchStarts: [Int]
  let touching: [Int]
  /// The second derivatives in the order of their residuals, and where those of each begin.
  private let secondStarts: [Int]
  private let secondOrder: [Int]

  /// A sum by its parts; slopes, and what they add up to, in the order of the residuals.
  public init(
    offset: Double, size: Int, starts: [Int], variables: [Int], seconds: [Second],
    values: @escaping @Sendable (_ x: [Double]) -> (residuals: [Double], slopes: [Double]),
    curvatures: @escaping @Sendable (_ x: [Double]) -> [Double]
  ) {
    count = max(0, starts.count - 1)
    (self.offset, self.size, self.starts, self.variables) = (offset, size, starts, variables)
    (self.seconds, self.values, self.curvatures) = (seconds, values, curvatures)
    var pairs: [UInt64] = (0..<size).map { UInt64($0) << 32 | UInt64($0) }
    func key(_ a: Int, _ b: Int) -> UInt64 { UInt64(max(a, b)) << 32 | UInt64(min(a, b)) }
    for i in 0..<count {
      for a in starts[i]..<starts[i + 1] {
        for b in starts[i]...a { pairs.append(key(variables[a], variables[b])) }
      }
    }
    pairs.sort()
    var rowStarts = [0]
    var columns: [Int] = []
    var last: UInt64?
    var width = 0
    for pair in pairs where pair != last {
      last = pair
      let (row, column) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
      while rowStarts.count <= row { rowStarts.append(columns.count) }
      columns.append(column)
      width = max(width, row - column)
    }
    while rowStarts.count <= size { rowStarts.append(columns.count) }
    func entry(_ a: Int, _ b: Int) -> Int32 {
      let (row, column) = (max(a, b), min(a, b))
      var (low, high) = (rowStarts[row], rowStarts[row + 1])
      while low < high {
        let middle = (low + high) / 2
        if columns[middle] < column { low = middle + 1 } else { high = middle }
      }
      return Int32(low)
    }
    var pairEntries: [Int32] = []
    for i in 0..<count {
      for a in starts[i]..<starts[i + 1] {
        for b in starts[i]...a { pairEntries.append(entry(variables[a], variables[b])) }
      }
    }
    var owners: [Int] = []
    owners.reserveCapacity(variables.count)
    for i in 0..<count { for _ in starts[i]..<starts[i + 1] { owners.append(i) } }
    let (touches, order) = CoupledSquares.grouped(variables, into: size)
    (touchStarts, touching) = (touches, order.map { owners[$0] })
    (secondStarts, secondOrder) = CoupledSquares.grouped(seconds.map(\.residual), into: count)
    secondEntries = seconds.map { entry(variables[$0.first], variables[$0.second]) }
    (self.rowStarts, self.columns, self.pairEntries, bandwidth) = (rowStarts, columns, pairEntries, width)
  }

  /// The places of equal keys together, key after key: where those of each key begin, and the places.
  private static func grouped(_ keys: [Int], into count: Int) -> (starts: [Int], places: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for key in keys { starts[key + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var next = starts
    var places = [Int](repeating: 0, count: keys.count)
    for (place, key) in keys.enumerated() {
      places[next[key]] = place
      next[key] += 1
    }
    return (starts, places)
  }

  /// The second derivatives of a residual, by their numbers.
  func secondsOf(_ residual: Int) -> ArraySlice<Int> {
    secondOrder[secondStarts[residual]..<secondStarts[residual + 1]]
  }

  /// The residuals and their slopes after a step.
  func moved(
    _ residuals: [Double], _ slopes: [Double], _ curvatures: [Double], by s: [Double]
  ) -> (residuals: [Double], slopes: [Double]) {
    var after = slopes
    for (place, value) in zip(seconds, curvatures) {
      after[place.first] += value * s[variables[place.second]]
      if place.first != place.second { after[place.second] += value * s[variables[place.first]] }
    }
    var r = residuals
    for i in 0..<count {
      var sum = 0.0
      for a in starts[i]..<starts[i + 1] { sum += (slopes[a] + after[a]) * s[variables[a]] }
      r[i] += 0.5 * sum
    }
    return (r, after)
  }

  /// The model m(s) = offset + Σᵢ (rᵢ + Jᵢs + ½·sᵀHᵢs)², its gradient and its Hessian.
  func derivatives(
    _ residuals: [Double], _ slopes: [Double], _ curvatures: [Double], after s: [Double]
  ) -> (value: Double, gradient: [Double], hessian: [Double]) {
    let (r, after) = moved(residuals, slopes, curvatures, by: s)
    var gradient = [Double](repeating: 0, count: size)
    var hessian = [Double](repeating: 0, count: columns.count)
    var value = offset
    var pair = 0
    for i in 0..<count {
      value += r[i] * r[i]
      for a in starts[i]..<starts[i + 1] {
        gradient[variables[a]] += 2 * r[i] * after[a]
        for b in starts[i]...a {
          // A variable that a residual has in two slopes meets itself both ways.
          let both = a != b && variables[a] == variables[b] ? 4.0 : 2.0
          hessian[Int(pairEntries[pair])] += both * after[a] * after[b]
          pair += 1
        }
      }
    }
    for (k, place) in seconds.enumerated() {
      let isSame = place.first != place.second && variables[place.first] == variables[place.second]
      hessian[Int(secondEntries[k])] += (isSame ? 4 : 2) * r[place.residual] * curvatures[k]
    }
    return (value, gradient, hessian)
  }
}

/// What f is near a point, from residuals to second order, for many variables.
struct CoupledModel {
  let squares: CoupledSquares
  let residuals: [Double]
  let slopes: [Double]
  let curvatures: [Double]

  private func derivatives(after s: [Double]) -> (value: Double, gradient: [Double], curvature: SparseRows) {
    let (value, gradient, hessian) = squares.derivatives(residuals, slopes, curvatures, after: s)
    return (
      value, gradient,
      SparseRows(rowStarts: squares.rowStarts, columns: squares.columns, values: hessian)
    )
  }

  /// The Hessian of f at the point.
  var rows: SparseRows { derivatives(after: [Double](repeating: 0, count: squares.size)).curvature }

  /// The residuals and their slopes after a step.
  func moved(by s: [Double]) -> (residuals: [Double], slopes: [Double]) {
    squares.moved(residuals, slopes, curvatures, by: s)
  }

  /// A step within |D·s| ≤ Δ by a descent on the model; where that takes long on a chain, with a sweep over windows.
  func step(radius: Double, metric: [Double]) -> TrustRegionProblem.Solution? {
    var descent = ModelDescent(radius: radius, metric: metric)
    if squares.bandwidth <= WindowSweep.mostBandwidth {
      descent.sweep = { s in
        var sweep = WindowSweep(self, after: s, metric: metric, radius: radius)
        let isCut = sweep.run()
        return (sweep.s, isCut)
      }
    }
    return descent.step(derivatives: derivatives) { _, gradient, rows, radius in
      SparseProblem(
        gradient: Metric.divided(gradient, metric), rows: rows.divided(metric), bandwidth: squares.bandwidth,
        radius: radius
      ).solution()
    }
  }
}
