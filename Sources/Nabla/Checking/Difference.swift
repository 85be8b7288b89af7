/// A slope from values alone, with an estimate of its own error.
///
/// Central differences at steps h, h/2, h/4, … extrapolated to the step 0 (Richardson); of all entries of the table
/// the one with the least change to its neighbours counts, and that change is its estimate (Ridders 1982).
struct Difference {
  /// The slope.
  let slope: Double
  /// How far the slope may be off.
  let estimate: Double
  /// The smallest step that the slope was made from.
  let step: Double

  static let levels = 5

  /// The slope of a function of one number at 0; nil where a value is not finite.
  init?(step first: Double, _ f: (Double) -> Double) {
    var previous: [Double] = []
    var best = (slope: 0.0, estimate: Double.infinity, step: first)
    var step = first
    for level in 0..<Self.levels {
      let (above, below) = (f(step), f(-step))
      guard above.isFinite, below.isFinite else { return nil }
      // Below 1e-300 values lose digits of their own accord.
      let rounding = ((abs(above) + abs(below)) * .ulpOfOne + 1e-300) / step
      var row = [(above - below) / (2 * step)]
      var power = 1.0
      for column in 0..<level {
        power *= 4
        let next = row[column] + (row[column] - previous[column]) / (power - 1)
        let change = max(abs(next - row[column]), abs(next - previous[column]))
        row.append(next)
        if change + rounding <= best.estimate { best = (next, change + rounding, step) }
      }
      previous = row
      step /= 2
    }
    guard best.slope.isFinite, best.estimate.isFinite else { return nil }
    (slope, estimate, self.step) = best
  }
}
