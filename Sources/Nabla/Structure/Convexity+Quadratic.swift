import NablaAlgebra
import NablaBasics

/// Sums in which only terms of the second degree bend to both sides by themselves: x² + xy + y² + eˣ.
extension Convexity {
  /// Whether all terms bend one way, or are part of a quadratic that does.
  static func isQuadraticBent(
    _ bend: Function.Curvature.Bend, in terms: [Expr], _ known: (Expr) -> Convexity
  ) -> Bool {
    func bends(_ term: Expr) -> Bool {
      bend == .convex ? known(term).isConvex : known(term).isConcave
    }
    let others = terms.filter { !bends($0) }
    guard others.count <= mostTerms, others.allSatisfy(isQuadratic) else { return false }
    let form = Expr.sum(terms.filter { others.contains($0) || isQuadratic($0) })
    // Members with an index are variables as well, which the list does not name.
    guard form.families.isEmpty, !form.holdsMember,
      let rows = QuadraticForm.equations(form, variables: form.freeVariables, limits: .standard)
    else { return false }
    return isSemidefinite(rows, isNegative: bend == .concave)
  }

  /// The most terms that are looked at together: the pairs of all variables of a form.
  private static let mostTerms = QuadraticForm.mostVariables * QuadraticForm.mostVariables

  private static func isQuadratic(_ term: Expr) -> Bool { term.polynomialDegree.map { $0 <= 2 } ?? false }

  /// Whether the first n columns of n rows, a symmetric matrix, have no eigenvalue of the other sign: elimination with
  /// exchanges along the diagonal meets pivots of one sign, and leaves nothing.
  static func isSemidefinite(_ rows: [[Number]], isNegative: Bool) -> Bool {
    var rows = rows
    var left = Array(rows.indices)
    while let place = left.firstIndex(where: { !rows[$0][$0].isZero }) {
      let k = left.remove(at: place)
      guard rows[k][k].isNegative == isNegative else { return false }
      for i in left where !rows[i][k].isZero {
        guard let factor = rows[i][k].divided(by: rows[k][k]) else { return false }
        for j in left { rows[i][j] = rows[i][j] - factor * rows[k][j] }
      }
    }
    return left.allSatisfy { i in left.allSatisfy { rows[i][$0].isZero } }
  }
}

extension Expr {
  /// Whether a member of a family with an index occurs.
  fileprivate var holdsMember: Bool {
    distinctSubexpressions().contains { if case .element = $0.shape { true } else { false } }
  }
}
