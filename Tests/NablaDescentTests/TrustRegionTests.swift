import NablaBasics
import Testing

@testable import NablaDescent

/// Steps within a radius: long enough, not too long, and none of that length better.
@Suite struct TrustRegionTests {
  /// Gradients and Hessians of two variables: bowls, saddles, valleys and hills, with parts that are 0 and 1.
  static let quadratics: [[Double]] = [
    [1, 1, 2, 0, 2], [1, 0, 2, 0, -1], [0, 1, 2, 0, -1], [-1, 1, 1, 0, -3], [1, 1, 1, 1, 1],
    [3, -2, 1, 4, 1],
    [0, 0, 2, 0, -2], [1, -1, 0, 0, 0], [5, 0.25, 100, 0, 0.01], [1, 2, -1, 0.5, -4], [0, 2, 1, 0, 0],
  ]

  @Test("No point of the region is lower than the end of the step", arguments: quadratics, [0.1, 1, 7])
  func leastWithin(q: [Double], radius: Double) throws {
    let (gradient, hessian) = ([q[0], q[1]], [q[2], q[3], q[3], q[4]])
    func model(_ s: [Double]) -> Double {
      Vector.dot(gradient, s) + 0.5 * Vector.dot(s, Vector.product(hessian, s))
    }
    let problem = TrustRegionProblem(gradient: gradient, hessian: hessian, radius: radius)
    let step = try #require(problem.solution()).step
    #expect(Vector.norm(step) <= radius * (1 + 1e-9))
    for k in 0..<720 {
      let angle = Double(k) * .pi / 360
      for part in [0.25, 0.5, 0.75, 1] {
        let other = [radius * part * Libm.cos(angle), radius * part * Libm.sin(angle)]
        #expect(model(step) <= model(other) + 0.01 * model(other).magnitude, "\(step), \(other)")
      }
    }
  }

  /// Among them gradients with next to nothing along the lowest curvature, where the rest of the radius goes along it.
  @Test("Of a loss no step of that length promises more, whichever way the lowest curvature leads")
  func steps() throws {
    var random = SplitMix64(start: 88)
    for round in 0..<200 {
      let n = 2 + round % 3
      let values = (0..<n).map {
        $0 == 0 ? [-1.0, -0.2, 0.5][round % 3] : Double.random(in: 0.1...3, using: &random)
      }
      let slopes = (0..<n).map { place -> Double in
        place == 0 ? [0, 1e-12, -1e-12, 0.3, -0.3][round % 5] : Double.random(in: -1...1, using: &random)
      }
      // Turned about by a reflection: H = QΛQ, g = Q·slopes, and a diagonal of 1 is not wanted here.
      let axis = (0..<n).map { _ in Double.random(in: -1...1, using: &random) }
      func turned(_ v: [Double]) -> [Double] {
        Vector.moved(v, by: -2 * Vector.dot(axis, v) / Vector.dot(axis, axis), along: axis)
      }
      var hessian = [Double](repeating: 0, count: n * n)
      for i in 0..<n {
        let row = turned(zip(values, turned((0..<n).map { $0 == i ? 1 : 0 })).map { $0 * $1 })
        for j in 0..<n { hessian[i * n + j] = row[j] }
      }
      let model = try #require(DampedNewton.Model(turned(slopes), hessian, Array(0..<n), n))
      for radius in [0.01, 0.5, 4] {
        let (p, isCut) = model.step(within: radius)
        #expect(Vector.norm(p) <= 1.1 * radius)
        #expect(!isCut || Vector.norm(p) >= 0.94 * radius, "\(round), \(radius): \(p)")
        for _ in 0..<60 {
          let any = (0..<n).map { _ in Double.random(in: -1...1, using: &random) }
          let other = any.map { $0 * Vector.norm(p) / Vector.norm(any) }
          #expect(model.promised(other) <= model.promised(p) * (1 + 1e-3) + 1e-12, "\(round), \(radius)")
        }
      }
    }
  }

  @Test("In the hard case the rest of the radius goes down what slope there is", arguments: [1e-20, -1e-20])
  func hardCase(slope: Double) throws {
    let model = try #require(DampedNewton.Model([slope, 0.5], [-1, 0, 0, 1], [0, 1], 2))
    let (p, isCut) = model.step(within: 2)
    #expect(isCut)
    #expect(p[0] * slope < 0)
    #expect((Vector.norm(p) - 2).magnitude < 1e-5)
    #expect((p[1] + 0.25).magnitude < 1e-9)
  }

  @Test(
    "A step of least squares that is cut has the radius for its length, up to a tenth, and none is better")
  func cutStep() throws {
    var random = SplitMix64(start: 77)
    for round in 0..<40 {
      let spread = [1, 1e-3, 1e-6][round % 3]
      let columns = (0..<3).map { column in
        (0..<3).map { _ in Double.random(in: -1...1, using: &random) * (column == 2 ? spread : 1) }
      }
      let c = (0..<3).map { _ in Double.random(in: -1...1, using: &random) }
      let region = TrustRegion(try #require(SVD(columns: columns)), c)
      for radius in [1e-4, 0.01, 0.3, 10, 1e9] {
        let (p, isCut) = region.step(within: radius)
        #expect(Vector.norm(p) <= 1.1 * radius * (1 + 1e-12))
        #expect(!isCut || Vector.norm(p) >= 0.9 * radius * (1 - 1e-12), "round \(round), \(radius): \(p)")
        let gained = region.reduction(by: p.map { -$0 })
        for _ in 0..<20 {
          let any = (0..<3).map { _ in Double.random(in: -1...1, using: &random) }
          let other = any.map { $0 * Vector.norm(p) / Vector.norm(any) }
          #expect(region.reduction(by: other) <= gained + 1e-12, "round \(round), \(radius)")
        }
      }
    }
  }
}
