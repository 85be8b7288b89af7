import NablaAlgebra
import NablaBasics

/// A quadratic in several variables with exact coefficients, and its one extremum.
///
///     x² + xy + y² − 3x   has its minimum at   (2, −1)   with the value   −3
public struct QuadraticForm: Hashable, Sendable {
  /// Where the gradient is zero.
  public let point: [Number]
  /// The value there.
  public let value: Number
  /// Whether it is the minimum; else it is the maximum.
  public let isMinimum: Bool

  /// The most variables that are solved for exactly.
  static let mostVariables = 12
  /// The most parts of sums over an index that are written out.
  private static let mostParts = 10_000

  /// The extremum of an expression that is a quadratic with a definite Hessian; nil for anything else.
  init?(_ expression: Expr, variables: [Variable], limits: Limits) {
    let n = variables.count
    guard n <= Self.mostVariables, let expression = expression.writtenOut(most: Self.mostParts),
      var rows = Self.equations(expression, variables: variables, limits: limits)
    else { return nil }
    // Elimination without exchange: the pivots of a definite matrix are not zero and share its sign.
    var isMinimum: Bool?
    for k in 0..<n {
      let pivot = rows[k][k]
      guard !pivot.isZero, isMinimum ?? !pivot.isNegative == !pivot.isNegative else { return nil }
      isMinimum = !pivot.isNegative
      for i in (k + 1)..<max(n, k + 1) {
        guard let factor = rows[i][k].divided(by: pivot) else { return nil }
        for j in k...n { rows[i][j] = rows[i][j] - factor * rows[k][j] }
      }
    }
    var point = [Number](repeating: .zero, count: n)
    for k in (0..<n).reversed() {
      var sum = rows[k][n]
      for j in (k + 1)..<max(n, k + 1) { sum = sum - rows[k][j] * point[j] }
      guard let x = sum.divided(by: rows[k][k]) else { return nil }
      point[k] = x
    }
    let there = Dictionary(
      zip(variables, point.map { Expr.number($0) }), uniquingKeysWith: { first, _ in first })
    guard case .number(let value) = expression.substituting(there).shape, let isMinimum else { return nil }
    (self.point, self.value, self.isMinimum) = (point, value, isMinimum)
  }

  /// The rows of H·x = −g(0), the right side last, for a polynomial of at most the second degree with exact numbers.
  static func equations(_ expression: Expr, variables: [Variable], limits: Limits) -> [[Number]]? {
    let n = variables.count
    guard n > 0, n <= mostVariables, let degree = expression.polynomialDegree, degree <= 2 else {
      return nil
    }
    let zero = Dictionary(variables.map { ($0, Expr.zero) }, uniquingKeysWith: { first, _ in first })
    func number(_ part: Expr) -> Number? {
      guard case .number(let number) = part.substituting(zero).shape, number.isExact || number.isDecimal
      else { return nil }
      return number
    }
    var budget = Budget(limits.work / 10)
    guard let slopes = try? expression.partials(by: variables, limits: limits, budget: &budget) else {
      return nil
    }
    var rows: [[Number]] = []
    for slope in slopes {
      guard let second = try? slope.partials(by: variables, limits: limits, budget: &budget),
        let right = number(slope)
      else { return nil }
      let entries = second.compactMap(number)
      guard entries.count == n else { return nil }
      rows.append(entries + [-right])
    }
    return rows
  }
}
