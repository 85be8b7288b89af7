import NablaAlgebra

extension Expr {
  /// The degree as a polynomial in all variables together; nil for anything else.
  ///
  ///     3x² + 8xy − 3y⁵   has the degree 5,   sin x   has none
  ///
  /// A degree that cancels, as in x² − (x + 1)·(x − 1), counts: it is an upper bound.
  var polynomialDegree: Int? {
    var degrees: [Expr: Int?] = [:]
    for part in distinctSubexpressions() {
      let inner = part.children.map { degrees[$0] ?? nil }
      let degree: Int?
      switch part.shape {
      case .number, .constant: degree = 0
      case .variable(let variable): degree = variable.isIndex ? 0 : 1
      case .element: degree = 1
      case .sum: degree = inner.contains(nil) ? nil : inner.compactMap { $0 }.max() ?? 0
      case .product:
        degree = inner.contains(nil) ? nil : inner.reduce(0) { min(1_000_000, $0 + ($1 ?? 0)) }
      case .power(let base, let exponent):
        if case .number(let number) = exponent.shape, let power = number.small, power >= 0,
          let under = degrees[base] ?? nil
        {
          degree = min(1_000_000, under.multipliedReportingOverflow(by: power).partialValue)
        } else {
          degree = inner == [0, 0] ? 0 : nil
        }
      case .call: degree = inner.allSatisfy { $0 == 0 } ? 0 : nil
      case .fold(let fold): degree = fold.kind == .sum ? inner[0] : inner[0] == 0 ? 0 : nil
      }
      degrees[part] = .some(degree)
    }
    return degrees[self] ?? nil
  }
}
