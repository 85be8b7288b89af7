import NablaBasics
import Records
import Testing

@testable import NablaDescent

/// Steps of every kind of region as they were recorded, along families of quadratics with a parameter p: bowls, valleys,
/// saddles and slopes that come to nothing, each step to the last bit.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedRegionTests {
  /// The eigenvalues of a Hessian, and the slopes along its eigenvectors.
  struct Family: Sendable {
    let name: String
    let values: @Sendable (Double) -> [Double]
    let slopes: @Sendable (Double) -> [Double]
  }

  static let families: [Family] = [
    .init(name: "a curvature p", values: { [$0] }, slopes: { _ in [1] }),
    .init(name: "a curvature −p, no slope", values: { [-$0] }, slopes: { _ in [0] }),
    .init(name: "a curvature 1, a slope p", values: { _ in [1] }, slopes: { [$0] }),
    .init(name: "a bowl as flat as p", values: { [$0, 1, 3] }, slopes: { _ in [1, -2, 0.5] }),
    .init(name: "a bowl, no slope along its flat way", values: { [$0, 1] }, slopes: { _ in [0, 1] }),
    .init(name: "a saddle as flat as p", values: { [-$0, 1, 2] }, slopes: { _ in [1, 1, -1] }),
    .init(
      name: "a saddle, no slope along its way down", values: { [-$0, 1, 2] }, slopes: { _ in [0, 1, -1] }),
    .init(
      name: "a saddle, a slope p along its way down", values: { _ in [-1, 1, 2] }, slopes: { [$0, 1, -1] }),
    .init(name: "a saddle, a slope −p along its way down", values: { _ in [-1, 2] }, slopes: { [-$0, 1] }),
    .init(name: "a valley, a slope p along it", values: { _ in [0, 1, 2] }, slopes: { [$0, 1, -1] }),
    .init(name: "a valley, a slope −p along it", values: { _ in [0, 4] }, slopes: { [-$0, 1] }),
    .init(name: "a valley nearly, a slope nearly", values: { [-$0, 1] }, slopes: { [$0, 1] }),
    .init(name: "two curvatures p apart", values: { [-1, -1 + $0, 1] }, slopes: { _ in [0.3, 0.2, 1] }),
    .init(name: "a hill", values: { [-2, -1 - $0] }, slopes: { _ in [0, 1] }),
    .init(name: "no curvature, a slope p", values: { _ in [0, 0] }, slopes: { [1, $0] }),
  ]

  /// Powers of ten by halves, and a few units of rounding by quarters.
  static let parameters: [Double] = {
    let powers: [Double] = (-36...6).map { Libm.pow(10, Double($0) / 2) }
    let units: [Double] = (1...40).map { Double($0) / 4 * Double.ulpOfOne }
    return powers + units
  }()

  /// A gradient and a Hessian; turned about by a reflection, or along the axes.
  private static func quadratic(_ family: Family, _ p: Double, isTurned: Bool) -> ([Double], [Double]) {
    let (values, slopes) = (family.values(p), family.slopes(p))
    let n = values.count
    let axis = (0..<n).map { 1 / Double($0 + 2) }
    func turned(_ v: [Double]) -> [Double] {
      isTurned ? Vector.moved(v, by: -2 * Vector.dot(axis, v) / Vector.dot(axis, axis), along: axis) : v
    }
    var hessian = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      let row = turned(zip(values, turned((0..<n).map { $0 == i ? 1 : 0 })).map { $0 * $1 })
      for j in 0...i { (hessian[i * n + j], hessian[j * n + i]) = (row[j], row[j]) }
    }
    return (turned(slopes), hessian)
  }

  /// A way to a step from a gradient and a Hessian within a radius.
  private struct Way: Sendable {
    let name: String
    let step: @Sendable ([Double], [Double], Double) -> TrustRegionProblem.Solution?

    /// Within a box whose sides lie at these parts of the radius.
    static func box(_ low: Double, _ high: Double) -> Way {
      Way(name: "in \(low)…\(high)") { gradient, hessian, radius in
        BoxProblem(
          gradient: gradient, hessian: hessian, radius: radius, low: gradient.map { _ in low * radius },
          high: gradient.map { _ in high * radius }
        ).solution()
      }
    }

    static func sparse(_ name: String, bandwidth: Int) -> Way {
      Way(name: name) { gradient, hessian, radius in
        let n = gradient.count
        let rows = SparseRows(
          rowStarts: (0...n).map { $0 * ($0 + 1) / 2 }, columns: (0..<n).flatMap { Array(0...$0) },
          values: (0..<n).flatMap { i in (0...i).map { hessian[i * n + $0] } })
        return SparseProblem(gradient: gradient, rows: rows, bandwidth: bandwidth, radius: radius).solution()
      }
    }
  }

  private static let ways: [Way] = [
    Way(name: "eigenvalues") { TrustRegionProblem(gradient: $0, hessian: $1, radius: $2).solution() },
    Way(name: "losses") { gradient, hessian, radius in
      DampedNewton.Model(gradient, hessian, Array(gradient.indices), gradient.count).map { model in
        let (p, isCut) = model.step(within: radius)
        return .init(
          step: p, predicted: model.promised(p), isOnBoundary: isCut, isConvex: model.decrement > 1)
      }
    },
    Way(name: "squares") { gradient, hessian, radius in
      let n = gradient.count
      let columns = (0..<n).map { column in (0..<n).map { hessian[$0 * n + column] } }
      return SVD(columns: columns).map { svd in
        let region = TrustRegion(svd, gradient)
        let (p, isCut) = region.step(within: radius)
        let step = p.map { -$0 }
        return .init(
          step: step, predicted: region.reduction(by: step), isOnBoundary: isCut, isConvex: svd.rank == n)
      }
    },
    .sparse("factors", bandwidth: 2), .sparse("conjugate gradients", bandwidth: 100_000),
    .box(-.infinity, .infinity), .box(0, .infinity), .box(-0.5, 0), .box(-0.3, 0.999), .box(-0.995, 1e-9),
  ]

  @Test("Families of quadratics, within small and large radii") func regions() throws {
    var lines: [String] = []
    for family in Self.families {
      lines.append(family.name)
      for way in Self.ways {
        var text = "  \(way.name):"
        for radius in [1e-3, 1, 30, 1e9] {
          var digest = Digest()
          var (cut, convex, none) = (0, 0, 0)
          for p in Self.parameters {
            for isTurned in [false, true] {
              let (gradient, hessian) = Self.quadratic(family, p, isTurned: isTurned)
              guard let solution = way.step(gradient, hessian, radius) else {
                none += 1
                continue
              }
              digest.add(solution.step + [solution.predicted])
              cut += solution.isOnBoundary ? 1 : 0
              convex += solution.isConvex ? 1 : 0
            }
          }
          text += " \(cut) cut, \(convex) convex\(none > 0 ? ", \(none) none" : "") [\(digest.text)];"
        }
        lines.append(text)
      }
    }
    #expect(try Record(name: "regions.txt").differences(from: lines) == [])
  }
}
