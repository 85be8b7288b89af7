import NablaDescent

// Rows where a model has a value and its derivatives have none, such as x^b by b at x = 0: differences stand in.
extension FitProblem {
  /// The sums of a loss, its first and its second derivatives; differences of the loss take the places of those
  /// derivatives of a row that are no numbers.
  func patchedSums(_ whole: RowProgram, _ loss: RowProgram, _ x: [Double]) -> [Double] {
    let n = x.count
    let steps = x.map { 1e-4 * max($0.magnitude, 1e-3) }
    return whole.reduce(table, all(x), [Double](repeating: 0, count: whole.outputs)) { block, values in
      let count = block.count
      func losses(_ moves: [(Int, Double)]) -> [Double] {
        var (point, result) = (x, [Double]())
        for (place, by) in moves { point[place] += by * steps[place] }
        loss.values(block, all(point), into: &result)
        return result
      }
      func patch(_ output: Int, _ differences: () -> [Double]) {
        let rows = (0..<count).filter { !values[output * count + $0].isFinite && values[$0].isFinite }
        guard !rows.isEmpty else { return }
        let found = differences()
        for row in rows { values[output * count + row] = found[row] }
      }
      var output = n + 1
      for i in 0..<n {
        patch(i + 1) { zip(losses([(i, 1)]), losses([(i, -1)])).map { ($0 - $1) / (2 * steps[i]) } }
        for j in i..<n {
          patch(output) {
            let (up, down) = (losses([(i, 1), (j, 1)]), losses([(i, -1), (j, -1)]))
            let (left, right) = (losses([(i, 1), (j, -1)]), losses([(i, -1), (j, 1)]))
            return up.indices.map { (up[$0] + down[$0] - left[$0] - right[$0]) / (4 * steps[i] * steps[j]) }
          }
          output += 1
        }
      }
      return (0..<whole.outputs).map { output in
        values[output * count..<(output + 1) * count].reduce(0, +)
      }
    } _: { total, part in
      for place in total.indices { total[place] += part[place] }
    }
  }

  /// Puts differences in the place of derivatives that have no value where the residual has one.
  func patch(
    _ numbers: inout [Double], _ block: Table.Block, _ point: [Double], _ program: RowProgram
  ) -> Bool {
    let n = free.count
    let count = block.count
    guard (0..<count).allSatisfy({ numbers[n * count + $0].isFinite }) else { return false }
    var (above, below): ([Double], [Double]) = ([], [])
    for (place, parameter) in free.enumerated() {
      guard (0..<count).contains(where: { !numbers[place * count + $0].isFinite }) else { continue }
      let step = 6e-6 * max(point[parameter].magnitude, 1e-3)
      var (up, down) = (point, point)
      up[parameter] += step
      down[parameter] -= step
      program.values(block, up, into: &above)
      program.values(block, down, into: &below)
      for row in 0..<count where !numbers[place * count + row].isFinite {
        numbers[place * count + row] = (above[row] - below[row]) / (up[parameter] - down[parameter])
      }
    }
    return true
  }
}
