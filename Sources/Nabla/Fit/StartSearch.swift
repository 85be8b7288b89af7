import NablaBasics
import NablaDescent

/// Looks for starts where none are given: many points over many scales, the best of them followed for a few steps.
///
/// The scales come from the data: 1, the sizes of the columns and of what is to be explained, and one over them, so
/// that rates, places, widths and heights are all found. Linear parameters need no start. The numbers are the same in
/// every run.
struct StartSearch {
  /// What the search found.
  struct Found {
    /// The best ends that differ, at most three, where descents over all rows begin.
    var starts: [[Double]]
    /// How many points were tried.
    var tried: Int
    /// How many descents were begun.
    var descents: Int
  }

  /// Points for each parameter whose loss is compared, at most so many parameters counted, and those that are followed.
  static let pointsEach = 300
  static let mostCounted = 8
  static let descents = 16
  /// Rows that the comparison and the descents look at.
  static let rows = 300

  /// How many points are compared.
  var points: Int {
    let open = bounds.indices.count { known[$0] == nil && !linear.contains($0) }
    return StartSearch.pointsEach * min(max(open, 1), StartSearch.mostCounted)
  }

  let problem: FitProblem
  /// Parameters that the search leaves where they are.
  let known: [Int: Double]
  let linear: [Int]
  let bounds: [ClosedRange<Double>]
  /// What the form of the model says of its parameters.
  let shape: ModelShape
  var random = SplitMix64(start: 1978)
  private let sizes: [Double]
  private let ranges: [(low: Double, high: Double)]
  private let height: Double

  init(_ problem: FitProblem, known: [Int: Double], linear: [Int]) throws(FitError) {
    self.problem = problem
    self.known = known
    self.linear = linear
    bounds = try problem.bounds()
    shape = try ModelShape(problem, linear: linear)
    let used = Set(problem.model.expression.freeVariables)
    var ranges: [(low: Double, high: Double)] = []
    for (place, column) in problem.columns.enumerated() where used.contains(column) {
      var (low, high) = (Double.infinity, -Double.infinity)
      for block in problem.table.blocks {
        for row in place * block.count..<(place + 1) * block.count {
          low = min(low, block.values[row])
          high = max(high, block.values[row])
        }
      }
      if low <= high { ranges.append((low, high)) }
    }
    self.ranges = ranges
    sizes = ranges.map { max($0.low.magnitude, $0.high.magnitude) }.filter { $0 > 0 }
    height = try problem.responseSize()
  }

  /// A random size for one parameter.
  private mutating func candidate(_ parameter: Int) -> Double {
    func power(_ low: Double, _ high: Double) -> Double {
      Libm.pow(10, Double.random(in: low...high, using: &random))
    }
    let bound = bounds[parameter]
    if bound.lowerBound.isFinite, bound.upperBound.isFinite, Bool.random(using: &random) {
      return random.number(in: bound)
    }
    let size = sizes.isEmpty ? 1 : sizes[Int.random(in: 0..<sizes.count, using: &random)]
    let range = ranges.isEmpty ? (low: 0, high: 1) : ranges[Int.random(in: 0..<ranges.count, using: &random)]
    let sign: Double = Double.random(in: 0..<1, using: &random) < 0.7 ? 1 : -1
    let value: Double
    switch Int.random(in: 0..<6, using: &random) {
    case 0: value = sign * power(-1, 1)
    case 1: value = sign * power(-0.5, 1) / size
    case 2: value = random.number(in: range.low...range.high)
    case 3: value = (range.high - range.low) * power(-1.5, 0)
    case 4: value = sign * height * power(-1, 0.5)
    default: value = sign * power(-4, 4)
    }
    return min(max(value, bound.lowerBound), bound.upperBound)
  }

  /// A point: known values, candidates for the others, zeros for the linear parameters.
  mutating func point(_ number: Int) -> [Double] {
    bounds.indices.map { place in
      if let value = known[place] { return value }
      if linear.contains(place) { return 0 }
      return number == 0 ? min(max(1, bounds[place].lowerBound), bounds[place].upperBound) : candidate(place)
    }
  }

  /// Searches with a loss and a descent over a sample of the rows; nil where the loss has no value anywhere.
  mutating func search(
    loss: ([Double]) -> Double, descend: ([Double]) -> FitOutcome, cancellation: Cancellation?
  ) -> Found? {
    var tried: [(x: [Double], loss: Double)] = []
    for number in 0..<points {
      if cancellation?.isCancelled == true, !tried.isEmpty { break }
      let x = point(number)
      let value = loss(x)
      if value.isFinite { tried.append((x, value)) }
    }
    let shaped = shapedPoints(loss, cancellation)
    guard !tried.isEmpty || !shaped.isEmpty else { return nil }
    tried.sort { $0.loss < $1.loss }
    var ends: [FitOutcome] = []
    for candidate in tried.prefix(StartSearch.descents) + shaped {
      if cancellation?.isCancelled == true, !ends.isEmpty { break }
      let end = descend(candidate.x)
      if end.value.isFinite { ends.append(end) }
    }
    ends.sort { $0.value < $1.value }
    preferSlowWaves(&ends)
    // Of ends that are as good, the one with the slowest waves and the smallest parameters: sin(3x), no alias of it.
    if let least = ends.first?.value {
      let equal = ends.indices.prefix { ends[$0].value <= least + 1e-9 * least.magnitude }
      if let smallest = equal.min(by: { shape.isSimpler(ends[$0].x, than: ends[$1].x) }) {
        ends.swapAt(0, smallest)
      }
    }
    guard !ends.isEmpty else {
      return Found(starts: [tried.first?.x ?? shaped[0].x], tried: points, descents: 0)
    }
    var starts: [[Double]] = []
    var last: Double?
    for end in ends where starts.count < 3 && last.map({ end.value - $0 > 1e-6 * $0.magnitude }) ?? true {
      starts.append(shape.withinPeriods(end.x, known: Set(known.keys), bounds))
      last = end.value
    }
    return Found(starts: starts, tried: points, descents: ends.count)
  }
}
