import Testing

@testable import NablaDescent

/// What the data say about parameters, from the factor of their columns.
@Suite struct CovarianceTests {
  /// Two columns at a right angle, of these lengths.
  private func covariance(_ first: Double, _ second: Double) -> Covariance {
    var factor = QR(columns: 3)
    var rows = [0.6 * first, -0.8 * first, 0.8 * second, 0.6 * second, 1, 2]
    factor.absorb(&rows, count: 2)
    return Covariance(factor)
  }

  @Test("A parameter is idle whose column is 150 powers of ten shorter than another") func idle() {
    #expect(covariance(1, 1e-149).idle == [] && covariance(1e-149, 1).idle == [])
    #expect(covariance(1, 1e-151).idle == [1] && covariance(1e-151, 1).idle == [0])
    #expect(covariance(1e100, 1e-49).idle == [] && covariance(1e100, 1e-51).idle == [1])
    #expect(covariance(3, 0).idle == [1] && covariance(0, 0).idle == [0, 1])
  }

  /// A Hessian without a positive curvature tells of no parameter.
  @Test func nothingIsKnown() {
    for h in [[0.0, 0, 0, 0], [-1, 0, 0, -2], [.nan, 0, 0, 1]] {
      let found = Covariance(hessian: h, scores: nil, size: 2)
      #expect(found.rank == 0 && found.loose == [0, 1] && found.condition == .infinity, "\(h)")
    }
    let empty = Covariance(QR(columns: 3))
    #expect(empty.rank == 0 && empty.roots == [[], []])
  }

  /// H⁻¹ of a matrix by its cofactors.
  @Test("From a Hessian the roots give its inverse, and what stands in no row of it is idle") func hessians()
  {
    for (h, idle) in [
      ([2.0, 0, 0, 3], []), ([2, 1, 1, 3], []), ([4, -1, -1, 0.5], []), ([2, 0, 0, 0], [1]),
      ([0, 0, 0, 5], [0]),
    ] as [([Double], [Int])] {
      let found = Covariance(hessian: h, scores: nil, size: 2)
      #expect(found.idle == idle && found.rank == 2 - idle.count && found.loose == idle, "\(h)")
      let determinant = h[0] * h[3] - h[1] * h[2]
      guard idle.isEmpty else { continue }
      let inverse = [h[3], -h[1], -h[2], h[0]].map { $0 / determinant }
      for a in 0..<2 {
        for b in 0..<2 {
          let product = Vector.dot(found.roots[a], found.roots[b])
          #expect((product - inverse[2 * a + b]).magnitude < 1e-14 * (1 + product.magnitude))
        }
      }
      let values = [1.0, -1].map { sign in
        (h[0] + h[3] + sign * ((h[0] - h[3]) * (h[0] - h[3]) + 4 * h[1] * h[1]).squareRoot()) / 2
      }
      if h[0] == h[3] { #expect((found.condition - (values[0] / values[1]).squareRoot()).magnitude < 1e-12) }
    }
    let three = Covariance(hessian: [2, 0, 0, 0, 3, 0, 0, 0, 4], scores: nil, size: 3)
    #expect(three.idle.isEmpty && three.rank == 3)
    #expect((three.roots[2].reduce(0) { $0 + $1 * $1 } - 0.25).magnitude < 1e-15)
    // H⁻¹(SᵀS)H⁻¹ with two rows of scores.
    var scores = QR(columns: 2)
    var rows = [1.0, 2, 3, -1]
    scores.absorb(&rows, count: 2)
    let robust = Covariance(hessian: [2, 1, 1, 3], scores: scores, size: 2)
    // SᵀS = (5, 1; 1, 10), H⁻¹ = (3, −1; −1, 2)/5.
    for (a, b, expected) in [(0, 0, 49.0 / 25), (0, 1, -28.0 / 25), (1, 1, 41.0 / 25)] {
      #expect((Vector.dot(robust.roots[a], robust.roots[b]) - expected).magnitude < 1e-13, "\(a) \(b)")
    }
  }

  /// Three unit columns of which the first less the second and ε of the third is nothing.
  @Test(
    "A parameter is loose that moves by a hundred-thousandth along a way that nothing measures",
    arguments: [(5e-5, [0, 1, 2]), (1e-6, [0, 1])])
  func loose(part: Double, expected: [Int]) {
    let (across, along) = ((1 - part * part / 4).squareRoot(), -part / 2)
    var factor = QR(columns: 4)
    var rows = [1, 0, 1 + part * along, part * across, along, across, 1, 2]
    factor.absorb(&rows, count: 2)
    let found = Covariance(factor)
    #expect(found.rank == 2 && found.loose == expected && found.condition == .infinity)
    let near = 1 - part * part / 2
    let hessian = [1, near, -part / 2, near, 1, part / 2, -part / 2, part / 2, 1]
    let same = Covariance(hessian: hessian, scores: nil, size: 3)
    #expect(same.rank == 2 && same.loose == expected && same.condition == .infinity)
  }

  @Test("A Hessian's curvature is known beyond its rounding") func rounding() {
    for (distance, rank) in [(1e-13, 2), (2e-14, 1)] {
      let near = 1 - distance
      let found = Covariance(hessian: [1, near, near, 1], scores: nil, size: 2)
      #expect(found.rank == rank && found.condition.isFinite == (rank == 2), "\(distance)")
    }
  }

  @Test("Of columns at a right angle the variances are the inverse squares of their lengths")
  func rightAngle() {
    let found = covariance(2, 1e-3)
    #expect(found.rank == 2 && found.loose == [])
    let variances = found.roots.map { $0.reduce(0) { $0 + $1 * $1 } }
    #expect((variances[0] - 0.25).magnitude < 1e-14 && (variances[1] - 1e6).magnitude < 1e-8)
  }
}
