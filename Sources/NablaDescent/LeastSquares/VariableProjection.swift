/// The least sum of squares that the linear parameters allow at a point.
package struct LeastSquaresLook {
  private let problem: LeastSquares

  package init(_ problem: LeastSquares) { self.problem = problem }

  /// The sum with the linear parameters at their best; infinite outside the domain.
  package func value(at x: [Double]) -> Double {
    let rows = problem.linearization(x)
    guard rows.isFinite else { return .infinity }
    let first = rows.sumOfSquares
    guard !problem.linear.isEmpty else { return first.isFinite ? first : .infinity }
    let least = rows.selecting(problem.linear).leastSumOfSquares
    return least.isFinite ? least : .infinity
  }
}

// Variable projection (Golub & Pereyra 1973): wherever the other parameters are, the linear ones stand where the squares
// are least. With the linear columns first in the factor, the rows below them are what Kaufman (1975) keeps of it.
extension LeastSquaresWalk {
  /// The point with its linear parameters where the squares are least, and the rows there.
  mutating func settled(_ x: [Double]) -> (x: [Double], rows: QR)? {
    guard let first = rows(at: x) else { return nil }
    guard !problem.linear.isEmpty else { return (x, first) }
    let change = first.selecting(problem.linear).solution()
    var moved = x
    for (place, parameter) in problem.linear.enumerated() { moved[parameter] -= change[place] }
    guard let second = rows(at: moved), second.sumOfSquares <= first.sumOfSquares else { return (x, first) }
    return (moved, second)
  }

  /// Moves the linear parameters of a trial to where the linearization has them, so that little is left to project.
  func predictLinear(_ trial: inout [Double], _ ordered: QR, _ linear: [Int], taken: [Double]) {
    guard !linear.isEmpty else { return }
    var rows = QR(columns: linear.count + 1)
    var block = [Double](repeating: 0, count: (linear.count + 1) * ordered.columns)
    for row in 0..<linear.count {
      for column in row..<linear.count { block[column * ordered.columns + row] = ordered[row, column] }
      var right = ordered[row, ordered.size]
      for (place, change) in taken.enumerated() { right += ordered[row, linear.count + place] * change }
      block[linear.count * ordered.columns + row] = right
    }
    rows.absorb(&block, count: ordered.columns)
    for (place, change) in rows.solution().enumerated() { trial[linear[place]] -= change }
  }
}
