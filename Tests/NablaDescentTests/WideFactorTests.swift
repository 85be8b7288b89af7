import Testing

@testable import NablaDescent

/// Factors of many columns, which are solved without singular values.
@Suite struct WideFactorTests {
  /// Rows that look like chance, and the numbers that they are to explain.
  private static func factor(columns: Int, rows: Int) -> QR {
    var factor = QR(columns: columns + 1)
    for row in 0..<rows {
      var block = (0...columns).map { Double(((row * 131 + $0 * 7919 + row * $0 * 17) % 1009)) / 1009 - 0.5 }
      factor.absorb(&block, count: 1)
    }
    return factor
  }

  @Test("The solution, the covariance and the condition are those of the singular values")
  func likeSingularValues() throws {
    let factor = Self.factor(columns: 80, rows: 300)
    let inverse = try #require(factor.inverse)
    let lengths = factor.lengths
    let svd = try #require(SVD(of: factor, columnScale: lengths))
    let known = zip(svd.solve(factor.projection, rank: 80), lengths).map { $0 / $1 }
    for (own, other) in zip(factor.solution(), known) { #expect((own - other).magnitude < 1e-10) }
    #expect((factor.condition(inverse) / svd.condition - 1).magnitude < 0.05)
    let covariance = Covariance(factor)
    #expect(covariance.rank == 80 && covariance.loose.isEmpty)
    for a in 0..<80 {
      let variance = (0..<80).reduce(0.0) { $0 + (svd.right[$1][a] / svd.values[$1] / lengths[a]).squared }
      #expect((Vector.dot(covariance.roots[a], covariance.roots[a]) / variance - 1).magnitude < 1e-9)
    }
  }

  @Test("Columns that depend on each other are left to the singular values")
  func dependent() {
    var factor = QR(columns: 72)
    for row in 0..<200 {
      var block = (0..<72).map { Double(((row * 131 + min($0, 69) * 7919 + row * min($0, 69) * 17) % 1009)) }
      factor.absorb(&block, count: 1)
    }
    #expect(factor.inverse == nil)
  }
}

extension Double {
  fileprivate var squared: Double { self * self }
}
