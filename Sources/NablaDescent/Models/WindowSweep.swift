/// One pass over a long chain of squares: the model is made small over a window of neighbouring variables, the others
/// held, then over the next one, half a window further on (a multiplicative Schwarz method; Smith, Bjørstad & Gropp
/// 1996, chapter 1).
///
/// A front that Newton's method would move by a few variables a step goes through the whole chain in one pass, at a
/// cost that grows with its length alone.
struct WindowSweep {
  private let model: CoupledModel
  private let metric: [Double]
  private let radius: Double
  /// The step so far, with the residuals and the slopes after it.
  private(set) var s: [Double]
  private var residuals: [Double]
  private var slopes: [Double]
  /// |D·s|².
  private var length: Double
  /// The last window that a residual was part of.
  private var marks: [Int]

  /// Variables in a window.
  private static let width = 16
  /// Chains whose squares reach no further are swept.
  static let mostBandwidth = 4

  /// A pass that begins after the step s.
  init(_ model: CoupledModel, after s: [Double], metric: [Double], radius: Double) {
    (self.model, self.metric, self.radius) = (model, metric, radius)
    self.s = s
    (residuals, slopes) = model.moved(by: s)
    length = zip(s, metric).reduce(0) { $0 + $1.0 * $1.1 * $1.0 * $1.1 }
    marks = [Int](repeating: -1, count: model.squares.count)
  }

  /// Goes through all windows; true where the region did not let it.
  mutating func run() -> Bool {
    let n = s.count
    let width = WindowSweep.width
    for (number, first) in stride(from: 0, to: max(1, n - width / 2), by: width / 2).enumerated() {
      let left = radius - length.squareRoot()
      guard left > 0.01 * radius else { return true }
      descend(first..<min(n, first + width), number, within: left)
    }
    return false
  }

  private mutating func descend(_ window: Range<Int>, _ number: Int, within left: Double) {
    let squares = model.squares
    let width = window.count
    var members: [Int] = []
    for variable in window {
      for place in squares.touchStarts[variable]..<squares.touchStarts[variable + 1] {
        let residual = squares.touching[place]
        if marks[residual] != number {
          marks[residual] = number
          members.append(residual)
        }
      }
    }
    var jacobian = [Double](repeating: 0, count: members.count * width)
    var places: [Residuals.Place] = []
    var curvatures: [Double] = []
    for (row, residual) in members.enumerated() {
      for place in squares.starts[residual]..<squares.starts[residual + 1] {
        let variable = squares.variables[place]
        if window.contains(variable) { jacobian[row * width + variable - window.lowerBound] += slopes[place] }
      }
      for k in squares.secondsOf(residual) {
        let second = squares.seconds[k]
        let (a, b) = (squares.variables[second.first], squares.variables[second.second])
        guard window.contains(a), window.contains(b) else { continue }
        places.append(
          .init(residual: row, row: min(a, b) - window.lowerBound, column: max(a, b) - window.lowerBound))
        curvatures.append((a == b && second.first != second.second ? 2 : 1) * model.curvatures[k])
      }
    }
    let local = ResidualModel(
      offset: 0, residuals: members.map { residuals[$0] }, jacobian: jacobian, places: places,
      curvatures: curvatures, n: width)
    let scales = Array(metric[window])
    guard let found = local.step(radius: left, metric: scales, room: nil), found.predicted > 0 else { return }
    let change = Metric.divided(found.step, scales)
    for residual in members {
      let range = squares.starts[residual]..<squares.starts[residual + 1]
      var sum = 0.0
      for place in range {
        let variable = squares.variables[place]
        if window.contains(variable) { sum += slopes[place] * change[variable - window.lowerBound] }
      }
      for k in squares.secondsOf(residual) {
        let second = squares.seconds[k]
        let (a, b) = (squares.variables[second.first], squares.variables[second.second])
        if window.contains(b) { slopes[second.first] += model.curvatures[k] * change[b - window.lowerBound] }
        if second.first != second.second, window.contains(a) {
          slopes[second.second] += model.curvatures[k] * change[a - window.lowerBound]
        }
      }
      for place in range {
        let variable = squares.variables[place]
        if window.contains(variable) { sum += slopes[place] * change[variable - window.lowerBound] }
      }
      residuals[residual] += 0.5 * sum
    }
    for variable in window {
      let before = s[variable] * metric[variable]
      s[variable] += change[variable - window.lowerBound]
      let after = s[variable] * metric[variable]
      length += after * after - before * before
    }
    length = max(0, length)
  }
}
