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

  @Test("Of columns at a right angle the variances are the inverse squares of their lengths")
  func rightAngle() {
    let found = covariance(2, 1e-3)
    #expect(found.rank == 2 && found.loose == [])
    let variances = found.roots.map { $0.reduce(0) { $0 + $1 * $1 } }
    #expect((variances[0] - 0.25).magnitude < 1e-14 && (variances[1] - 1e6).magnitude < 1e-8)
  }
}
