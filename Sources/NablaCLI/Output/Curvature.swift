/// What the eigenvalues of a Hessian say about the surface, in words.
///
///     Curvature([4.8, 61]).sentence   // "curves up in every direction"
///
/// An eigenvalue below 1e-12 of the largest counts as zero.
struct Curvature {
  private let up: Int
  private let down: Int
  private let flat: Int

  init(_ eigenvalues: [Double]) {
    let largest = eigenvalues.reduce(0) { max($0, $1.magnitude) }
    let zero = largest * 1e-12
    up = eigenvalues.count { $0 > zero }
    down = eigenvalues.count { $0 < -zero }
    flat = eigenvalues.count - up - down
  }

  var sentence: String {
    let isAlone = up + down + flat == 1
    switch (up > 0, down > 0, flat > 0) {
    case (true, false, false): return isAlone ? "curves up" : "curves up in every direction"
    case (false, true, false): return isAlone ? "curves down" : "curves down in every direction"
    case (true, true, false) where up == 1 && down == 1:
      return "curves up in one direction, down in the other"
    case (true, true, false): return "curves up in \(directions(up)), down in \(directions(down))"
    case (true, false, true): return "curves up in \(directions(up)), flat in \(directions(flat))"
    case (false, true, true): return "curves down in \(directions(down)), flat in \(directions(flat))"
    case (true, true, true):
      return "curves up in \(directions(up)), down in \(directions(down)), flat in \(directions(flat))"
    case (false, false, _): return "flat to second order"
    }
  }

  private func directions(_ count: Int) -> String { count == 1 ? "one direction" : "\(count) directions" }
}
