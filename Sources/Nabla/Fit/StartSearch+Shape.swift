import NablaBasics
import NablaDescent

// Starts that the form of the model suggests: frequencies on a grid as in a periodogram (Lomb 1976), shifts of a column
// at its own values, widths as parts of its range.
extension StartSearch {
  /// The rows of a scattered sample, the most frequencies that are tried, and the points for each shift.
  private static let scatteredRows = 600
  private static let mostFrequencies = 8000
  private static let pointsForPlace = 150

  /// The rows that the comparison and the descents look at.
  var sample: FitProblem {
    shape.waves.isEmpty ? problem.sampled(StartSearch.rows) : problem.scattered(StartSearch.scatteredRows)
  }

  /// The best of the points that the form suggests, as many as descents begin anyway.
  mutating func shapedPoints(
    _ loss: ([Double]) -> Double, _ cancellation: Cancellation?
  ) -> [(x: [Double], loss: Double)] {
    var waves = waves(loss, cancellation)
    var places = places(loss, cancellation)
    waves.sort { $0.loss < $1.loss }
    places.sort { $0.loss < $1.loss }
    return Array(waves.prefix(StartSearch.descents / 2) + places.prefix(StartSearch.descents / 2))
  }

  /// Ends whose waves are too fast for the data to show them come last, unless they are much better.
  func preferSlowWaves(_ ends: inout [FitOutcome]) {
    let limits = openWaves.map { ($0, fastest($0)) }
    let isSlow = { (end: FitOutcome) in
      limits.allSatisfy { $0.angularFrequency(end.x[$0.parameter]) <= 1.01 * $1 }
    }
    guard !limits.isEmpty, let least = ends.first?.value, let slow = ends.firstIndex(where: isSlow), slow > 0,
      ends[slow].value <= 2 * least
    else { return }
    ends = ends.filter(isSlow) + ends.filter { !isSlow($0) }
  }

  private var openWaves: [ModelShape.Wave] { shape.waves.filter { known[$0.parameter] == nil } }

  /// The values of a column in the sample, ascending, each once.
  private func values(of column: Int) -> [Double] {
    var values: [Double] = []
    for block in sample.table.blocks {
      values += block.values[column * block.count..<(column + 1) * block.count]
    }
    values.sort()
    return values.indices.filter { $0 == 0 || values[$0] != values[$0 - 1] }.map { values[$0] }
  }

  /// The angle that the fastest wave grows by along a unit of a column: half a turn from one row to the next.
  private func fastest(_ wave: ModelShape.Wave) -> Double {
    let values = values(of: wave.column)
    guard let first = values.first, let last = values.last, last > first, (last - first).isFinite else {
      return 0
    }
    let all = Double(values.count) * Double(problem.table.rowCount) / Double(max(1, sample.table.rowCount))
    return .pi * (all - 1) / (last - first)
  }

  /// The minima of the loss over a grid of frequencies; a second wave is looked for beside the best first one.
  private mutating func waves(
    _ loss: ([Double]) -> Double, _ cancellation: Cancellation?
  ) -> [(x: [Double], loss: Double)] {
    var found: [(x: [Double], loss: Double)] = []
    var seen: [Int: Double] = [:]
    let phases = shape.periods.filter { known[$0.key] == nil }.sorted { $0.key < $1.key }
    let shifts = shape.places.filter { known[$0.parameter] == nil }
    let covered = phases.map(\.key) + shifts.map(\.parameter) + shape.waves.map(\.parameter)
    let isFull = bounds.indices.allSatisfy { known[$0] != nil || linear.contains($0) || covered.contains($0) }
    let turns = (phases.isEmpty && shifts.isEmpty ? 1 : 3) * (isFull ? 1 : 2)
    for wave in openWaves {
      let values = values(of: wave.column)
      guard let first = values.first, let last = values.last, last > first, (last - first).isFinite else {
        continue
      }
      let step = 2 * Double.pi / (4 * (last - first))
      let count = min(Int(min(fastest(wave) / step, 1e6)), StartSearch.mostFrequencies)
      var grid: [(x: [Double], loss: Double)] = []
      for k in 1...max(1, count) {
        if cancellation?.isCancelled == true { return found }
        var best: (x: [Double], loss: Double)?
        for turn in 0..<turns {
          var x = point(1)
          x[wave.parameter] = wave.value(step * Double(k))
          for (parameter, value) in seen { x[parameter] = value }
          // A half turn is a change of sign: thirds of it.
          for phase in phases { x[phase.key] = phase.value * Double(turn % 3) / 6 }
          for shift in shifts where shift.column == wave.column {
            x[shift.parameter] = shift.sign * .pi / (step * Double(k)) * Double(turn % 3) / 3
          }
          x = zip(x, bounds).map { min(max($0, $1.lowerBound), $1.upperBound) }
          let value = loss(x)
          if value.isFinite, !(value >= best?.loss ?? .infinity) { best = (x, value) }
        }
        grid.append(best ?? ([], .infinity))
      }
      let minima = grid.indices.filter { k in
        grid[k].loss.isFinite && (k == 0 || grid[k].loss <= grid[k - 1].loss)
          && (k == grid.count - 1 || grid[k].loss < grid[k + 1].loss)
      }
      found += minima.map { grid[$0] }
      if let best = minima.min(by: { grid[$0].loss < grid[$1].loss }) {
        seen[wave.parameter] = grid[best].x[wave.parameter]
      }
    }
    return found
  }

  /// Points whose shifts are values of the columns.
  private mutating func places(
    _ loss: ([Double]) -> Double, _ cancellation: Cancellation?
  ) -> [(x: [Double], loss: Double)] {
    let open = shape.places.filter { known[$0.parameter] == nil }
    let columns = problem.columns.indices.map { values(of: $0) }
    let scales =
      (shape.widths.map { ($0.key, $0.value, 1.0) } + shape.steepnesses.map { ($0.key, $0.value, -1.0) })
      .filter { known[$0.0] == nil }.sorted { $0.0 < $1.0 }
    var found: [(x: [Double], loss: Double)] = []
    for _ in 0..<StartSearch.pointsForPlace * open.count {
      if cancellation?.isCancelled == true { return found }
      var x = point(1)
      for place in open {
        guard let value = columns[place.column].randomElement(using: &random) else { continue }
        x[place.parameter] = place.sign * value
      }
      for (parameter, column, power) in scales {
        guard let first = columns[column].first, let last = columns[column].last, last > first,
          (last - first).isFinite
        else {
          continue
        }
        let share = Libm.pow(10, Double.random(in: -2 ... -0.2, using: &random))
        x[parameter] = Libm.pow((last - first) * share, power)
      }
      x = zip(x, bounds).map { min(max($0, $1.lowerBound), $1.upperBound) }
      let value = loss(x)
      if value.isFinite { found.append((x, value)) }
    }
    return found
  }
}
