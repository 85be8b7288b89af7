/// The least sum of squares that the linear parameters allow at a point.
package struct LeastSquaresLook {
  private let problem: LeastSquares

  package init(_ problem: LeastSquares) { self.problem = problem }

  /// The sum with the linear parameters at their best; infinite outside the domain.
  package func value(at x: [Double]) -> Double {
    let rows = problem.linearization(x)
    guard rows.isFinite, !problem.isBlurred(rows, at: x) else { return .infinity }
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
    let linear = first.selecting(problem.linear)
    let short = moved(x, by: linear.solution()) ?? (x: x, rows: first)
    let settled = short.rows.sumOfSquares <= first.sumOfSquares ? short : (x: x, rows: first)
    // Columns as alike as the powers of years may explain far more together than with one of them left out.
    guard problem.linear.count == problem.parameters, !problem.isExplained(settled.rows),
      let whole = linear.wholeSolution(),
      let long = moved(x, by: whole), 2 * long.rows.sumOfSquares < settled.rows.sumOfSquares
    else { return settled }
    return long
  }

  /// The point with other linear parameters, and the rows there.
  private mutating func moved(_ x: [Double], by change: [Double]) -> (x: [Double], rows: QR)? {
    var moved = x
    for (place, parameter) in problem.linear.enumerated() { moved[parameter] -= change[place] }
    return rows(at: moved).map { (moved, $0) }
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
