import NablaBasics
import NablaDescent

// Zeros of a gradient that are one: around a multiple zero rounding leaves a whole stretch of them.
extension CriticalPointFinder {
  /// Zeros that a search found around a point that it had found before.
  struct Cluster {
    /// The place of the point among all.
    let place: Int
    private(set) var members: [[Double]]

    static func note(_ member: [Double], at place: Int, in clusters: inout [Cluster]) {
      if let known = clusters.firstIndex(where: { $0.place == place }) {
        clusters[known].members.append(member)
      } else {
        clusters.append(Cluster(place: place, members: [member]))
      }
    }
  }

  /// Parts of the way between two points; none of them is a simple fraction, which a wave may have its zeros at.
  private static let parts = [0.146, 0.382, 0.618, 0.854]

  /// Whether the gradient between two of its zeros near each other is nothing but what is left of it at both.
  func isOneZero(_ first: [Double], _ second: [Double]) -> Bool {
    let way = zip(first, second).map { $1 - $0 }
    let distance = norm(way)
    guard distance <= 0.01 * max(1, norm(first)) else { return false }
    guard distance > 1e-6 * max(1, norm(first)) else { return true }
    let left = norm(local(at: first).gradient) + norm(local(at: second).gradient)
    return Self.parts.allSatisfy { part in
      let between = zip(first, way).map { $0 + part * $1 }
      let rounding = slopes.map { norm($0.roundingLevel(at: between).gradient) } ?? 0
      return norm(local(at: between).gradient) <= 10 * (left + rounding)
    }
  }

  /// The point that a cluster stands for: a simple one among its members, else the one with the shortest gradient.
  func middle(of cluster: Cluster, _ point: CriticalPoint) -> CriticalPoint {
    let members = [point.coordinates] + cluster.members
    let ends = variables.indices.map { place in
      let all = members.map { $0[place] }
      return (low: all.min() ?? 0, high: all.max() ?? 0)
    }
    let reach = ends.map { ($0.high - $0.low) / 2 }
    if let exact = exactPoint(near: ends.map { ($0.low + $0.high) / 2 }, within: reach) { return exact }
    let best = members.min { norm(local(at: $0).gradient) < norm(local(at: $1).gradient) }
    return best.map { self.point(at: $0, local(at: $0)) } ?? point
  }

  /// The most points of unknown curves that are listed one by one.
  static let mostStrewn = 3

  /// Whether a point without an isolated place lies on a curve of critical points: on both sides along the direction in
  /// which the Hessian vanishes there are others at once.
  func isOnCurve(_ point: CriticalPoint) -> Bool {
    let n = variables.count
    guard n > 1, !point.isKink, case let here = local(at: point.coordinates), here.isFinite,
      let eigen = SymmetricEigen(here.hessian, size: n)
    else { return false }
    let largest = eigen.values.reduce(0) { max($0, $1.magnitude) }
    let size = max(1, norm(point.coordinates))
    return zip(eigen.values, eigen.vectors).contains { value, direction in
      guard value.magnitude <= 1e-6 * largest else { return false }
      return [1e-2, 1e-4, 1e-6].contains { part in
        [-part * size, part * size].allSatisfy { step in
          let start = zip(point.coordinates, direction).map { $0 + step * $1 }
          guard let found = newton(from: start) else { return false }
          let way = norm(zip(found, point.coordinates).map { $0 - $1 })
          return (way / step).magnitude > 0.8 && (way / step).magnitude < 1.2
        }
      }
    }
  }
}
