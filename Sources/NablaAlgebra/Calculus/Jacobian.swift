import NablaBasics

/// The partial derivatives of several expressions: a row for each expression, a column for each variable.
///
///     (xy, x + y)   has the Jacobian   [[y, x], [1, 1]]
public struct Jacobian: Hashable, Sendable {
  /// The expressions.
  public let expressions: [Expr]
  /// The variables.
  public let variables: [Variable]
  /// The derivatives in their textbook form, row by row.
  public let rows: [[Expr]]

  /// The Jacobian of expressions by variables; it has no rows for no expressions.
  public init(
    of expressions: [Expr], by variables: [Variable], limits: Limits = .standard
  ) throws(Budget.Overrun) {
    var budget = Budget(limits.work)
    var forms = RepeatedForms()
    var rows: [[Expr]] = []
    for expression in expressions {
      var row: [Expr] = []
      for rate in try expression.partials(by: variables, limits: limits, budget: &budget) {
        row.append(try forms.form(of: rate, budget: &budget).expression)
      }
      rows.append(row)
    }
    (self.expressions, self.variables, self.rows) = (expressions, variables, rows)
  }

  /// The determinant of a square Jacobian of at most 6 rows, simplified; nil for others.
  public func determinant(limits: Limits = .standard) throws(Budget.Overrun) -> Expr? {
    guard rows.count == variables.count, !rows.isEmpty, rows.count <= 6 else { return nil }
    var budget = Budget(limits.work)
    let raw = rows.determinant
    let wide = raw.expanded() ?? raw
    return try TextbookForm().form(of: wide.withSquaresJoined ?? wide, budget: &budget).expression
  }
}

extension [[Expr]] {
  /// The determinant of a square matrix, by its first row: small matrices only. It is 1 without rows.
  package var determinant: Expr {
    guard let first else { return .one }
    let addends = first.indices.filter { first[$0] != .zero }.map { column in
      let minor = dropFirst().map { row in row.indices.filter { $0 != column }.map { row[$0] } }
      let product = first[column] * minor.determinant
      return column % 2 == 0 ? product : product.negated
    }
    return .sum(addends)
  }
}
