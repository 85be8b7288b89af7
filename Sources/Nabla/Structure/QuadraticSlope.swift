import NablaAlgebra
import NablaBasics
import NablaDescent

/// A line along which a quadratic without curvature against the search still falls (rises, when maximizing) for ever:
/// H·z = 0 and gᵀz ≠ 0, in exact numbers.
///
///     2x² + 4xy + 2y² + x   falls along   (−1, 1)
struct QuadraticSlope {
  /// The direction, towards lower values (higher, when maximizing).
  let direction: [Double]

  /// nil for other functions, and where the sloping ground is left to steps along negative curvature.
  init?(_ expression: Expr, variables: [Variable], limits: Limits, _ sense: Objective.Sense) {
    guard var rows = QuadraticForm.equations(expression, variables: variables, limits: limits) else {
      return nil
    }
    let n = variables.count
    // Elimination with exchanges along the diagonal; Hx = −g has no solution where a row 0 = r ≠ 0 is left.
    var order = Array(0..<n)
    var rank = 0
    while rank < n, let k = (rank..<n).first(where: { !rows[$0][order[$0]].isZero }) {
      rows.swapAt(rank, k)
      order.swapAt(rank, k)
      let pivot = rows[rank][order[rank]]
      guard pivot.isNegative == (sense == .maximize) else { return nil }
      for i in (rank + 1)..<max(n, rank + 1) where !rows[i][order[rank]].isZero {
        guard let factor = rows[i][order[rank]].divided(by: pivot) else { return nil }
        for j in 0...n { rows[i][j] = rows[i][j] - factor * rows[rank][j] }
      }
      rank += 1
    }
    // What is left off the diagonal means curvature of both signs.
    guard rank < n, (rank..<n).allSatisfy({ i in (rank..<n).allSatisfy { rows[i][order[$0]].isZero } })
    else { return nil }
    // The null vector along which the rest of the slope points: the free coordinates are the rest of −g.
    var z = [Number](repeating: .zero, count: n)
    for i in rank..<n { z[order[i]] = rows[i][n] }
    guard z.contains(where: { !$0.isZero }) else { return nil }
    for k in (0..<rank).reversed() {
      var sum = Number.zero
      for j in (k + 1)..<n { sum = sum - rows[k][order[j]] * z[order[j]] }
      guard let x = sum.divided(by: rows[k][order[k]]) else { return nil }
      z[order[k]] = x
    }
    direction = z.map { sense == .minimize ? $0.double : -$0.double }
  }
}
