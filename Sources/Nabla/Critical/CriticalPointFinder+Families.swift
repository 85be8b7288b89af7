import NablaAlgebra
import NablaBasics
import NablaDescent

// What the points of a family are, where that is certain along all of it.
extension CriticalPointFinder {
  /// The most variables, and the largest Hessian, whose minors are looked at.
  private static let (mostVariables, largestHessian) = (4, 600)

  /// The kind of all points of a family but single ones: across it the Hessian has as many eigenvalues that are not zero
  /// as it can have (Morse and Bott), and the sum of its minors of that size, which is their product, changes its sign
  /// nowhere. Nil where points differ or it is not certain.
  ///
  ///     x²(y² + 4)    on x = 0 the eigenvalue is 2(y² + 4): minima
  ///     x²(y² − 4)    on x = 0 it is 2(y² − 4), which has both signs
  func kind(
    along family: [Expr], free: [Variable], value: Expr, samples: [(point: [Double], here: Local)]
  ) -> CriticalPoint.Kind? {
    if value.freeVariables.isEmpty, let kind = kindBySign(value: value) { return kind }
    let rank = variables.count - free.count
    guard rank > 0, variables.count <= Self.mostVariables,
      let minors = minors(along: family, upTo: rank), let product = minors.last
    else { return nil }
    let seen = samples.lazy.map { self.kind(across: $0.here, rank: rank) }
    if minors.allSatisfy({ $0.freeVariables.isEmpty }) { return seen.first ?? nil }
    if free.count == 1, let chart = SignChart(of: product, in: free[0]) {
      let kinds = chart.solutions(of: .not).compactMap { stretch -> CriticalPoint.Kind?? in
        let place = [free[0]: Expr.number(Number(approximate: stretch.inside))]
        let point = family.compactMap { $0.substituting(place).constantValue }
        guard point.count == family.count, case let here = local(at: point), here.value.isFinite else {
          return nil
        }
        return .some(self.kind(across: here, rank: rank))
      }
      return kinds.allSatisfy { $0 == kinds[0] } ? kinds.first ?? nil : nil
    }
    if minors.allSatisfy(\.isNonnegative) { return .localMinimum }
    let turned = minors.enumerated().map { $0.offset % 2 == 0 ? $0.element.negated : $0.element }
    if turned.allSatisfy(\.isNonnegative) { return .localMaximum }
    return product.isPositive || product.negated.isPositive ? seen.first ?? nil : nil
  }

  /// What the eigenvalues that are not zero say, where there are as many as there can be.
  private func kind(across here: Local, rank: Int) -> CriticalPoint.Kind? {
    guard let values = SymmetricEigen(here.hessian, size: variables.count)?.values else { return nil }
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    let across = values.filter { $0.magnitude > 1e-9 * largest }
    return across.count == rank ? .decided(by: across, tolerance: 1e-9) : nil
  }

  /// The sums of the principal minors of the Hessian on a family, of one row, of two, and so on.
  private func minors(along family: [Expr], upTo rank: Int) -> [Expr]? {
    guard formula.expression.size <= Self.largestHessian, let hessian = try? formula.hessian(),
      hessian.joined().reduce(0, { $0 + $1.size }) <= Self.largestHessian
    else { return nil }
    let place = Dictionary(uniqueKeysWithValues: zip(variables, family))
    let rows = hessian.map { $0.map { $0.substituting(place) } }
    var budget = Budget(formula.limits.work)
    var result: [Expr] = []
    for count in 1...rank {
      let minors = Self.choices(count, of: variables.count).map { chosen in
        chosen.map { row in chosen.map { rows[row][$0] } }.determinant
      }
      let sum = Expr.sum(minors)
      let wide = sum.expanded() ?? sum
      guard let simple = try? TextbookForm().form(of: wide, budget: &budget).expression else { return nil }
      result.append(simple)
    }
    return result
  }

  /// The subsets of so many of the first numbers, each in rising order.
  private static func choices(_ count: Int, of all: Int) -> [[Int]] {
    if count == 0 { return [[]] }
    return (0..<all).flatMap { last in choices(count - 1, of: last).map { $0 + [last] } }
  }
}

extension SignChart.Stretch {
  /// A number between the ends.
  fileprivate var inside: Double {
    switch (low?.value, high?.value) {
    case (nil, nil): 0
    case (let low?, nil): low + 1 + low.magnitude
    case (nil, let high?): high - 1 - high.magnitude
    case (let low?, let high?): low + (high - low) / 2
    }
  }
}
