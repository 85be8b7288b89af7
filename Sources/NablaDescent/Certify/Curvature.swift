import NablaBasics

/// The Hessian's eigenvalues at a point with directions to probe along; exact, or from gradient differences.
struct Curvature {
  /// The eigenvalues, ascending; for many variables only the outer ones are close.
  let values: [Double]
  /// Unit vectors to probe along, the first with the smallest eigenvalue.
  let directions: [[Double]]
  /// Eigenvalues up to this size may be zero.
  let noise: Double
  /// Whether the eigenvalues are those of the whole Hessian.
  let isComplete: Bool
  /// An estimate of the distance to the stationary point from |H|⁻¹·g, as a part of the scale of x.
  let newtonDistance: Double
  /// ½·gᵀ|H|⁻¹g: about how much f may still change.
  let decrement: Double
  /// −|H|⁻¹·g.
  let newtonStep: [Double]
  /// What terms of second order that cancel leave of their rounding in f.
  let rounding: Double

  /// The most variables for which the whole Hessian is looked at, where it has to be made from gradients.
  static let mostVariables = 50
  /// The most variables for which a given Hessian is looked at.
  static let mostGiven = 200

  /// The curvature at an iterate. nil where the Hessian is not finite.
  init?(at here: Iterate, scale: Scale, on objective: inout Objective) {
    let n = here.x.count
    guard n > 0 else { return nil }
    if n <= (objective.hasHessian ? Self.mostGiven : Self.mostVariables) {
      let isGiven = objective.hasHessian
      guard let rows = objective.hessian(at: here.x) ?? Self.differences(at: here, scale, &objective),
        let eigen = SymmetricEigen(rows, size: n)
      else { return nil }
      let largest = max(abs(eigen.values[0]), abs(eigen.values[n - 1]))
      noise = largest * (isGiven ? 8 * Double(n) * .ulpOfOne : 1e-7)
      var spread = 0.0
      for i in 0..<n { for j in 0..<n { spread += abs(rows[i * n + j] * here.x[i] * here.x[j]) } }
      rounding = spread.isFinite ? .ulpOfOne * spread : 0
      // Of an exact Hessian, what rounding leaves of a zero is no curvature.
      let noise = noise
      values = isGiven ? eigen.values.map { abs($0) <= noise ? 0 : $0 } : eigen.values
      directions = eigen.vectors
      isComplete = true
      var step = [Double](repeating: 0, count: n)
      var decrement = 0.0
      for k in 0..<n {
        let part = Vector.dot(eigen.vectors[k], here.gradient)
        if part == 0 { continue }
        let move = part / max(abs(eigen.values[k]), noise)
        step = Vector.moved(step, by: move, along: eigen.vectors[k])
        decrement += 0.5 * part * move
      }
      newtonStep = step.map { -$0 }
      let distance = scale.part(of: step)
      newtonDistance = distance.isFinite ? distance : .infinity
      self.decrement = decrement.isFinite ? decrement : .infinity
    } else {
      func product(_ v: [Double]) -> [Double] {
        if let exact = objective.product(at: here.x, with: v) { return exact }
        let h = Libm.cbrt(.ulpOfOne) * scale.reach(along: v)
        let ahead = objective.iterate(at: Vector.moved(here.x, by: h, along: v)).gradient
        let behind = objective.iterate(at: Vector.moved(here.x, by: -h, along: v)).gradient
        return Vector.difference(ahead, behind).map { $0 / (2 * h) }
      }
      let lanczos = Lanczos(first: here.gradient, steps: 30, times: product)
      guard let lanczos, let low = lanczos.values.first, let high = lanczos.values.last else { return nil }
      values = lanczos.values
      rounding = 0
      noise = 1e-6 * max(abs(low), abs(high))
      directions = [lanczos.lowest] + (Vector.direction(here.gradient).map { [$0] } ?? [])
      isComplete = false
      let length = Vector.norm(here.gradient)
      let smallest = max(noise, lanczos.values.map { abs($0) }.min() ?? 0)
      let way = here.gradient.map { $0 / smallest }
      // The weakest curvature may have nothing to do with the slope.
      let isFar = objective.hasProduct && scale.part(of: way) > 1e-9
      if length > 0, isFar, let step = Self.solution(of: here.gradient, times: product) {
        newtonStep = step.map { -$0 }
        newtonDistance = scale.part(of: step)
        decrement = 0.5 * Vector.dot(step, here.gradient)
      } else {
        newtonStep = length == 0 ? here.gradient : way.map { -$0 }
        newtonDistance = length == 0 ? 0 : scale.part(of: way)
        decrement = length == 0 ? 0 : 0.5 * length * length / smallest
      }
    }
  }

  /// H⁻¹·g by conjugate gradients (Hestenes & Stiefel 1952), to three digits of g; nil where the curvature is not positive on
  /// the way, or the digits are not reached.
  private static func solution(
    of gradient: [Double], times product: (_ v: [Double]) -> [Double]
  ) -> [Double]? {
    var solution = [Double](repeating: 0, count: gradient.count)
    // In numbers near 1 no square vanishes.
    let size = Vector.norm(gradient)
    var rest = gradient.map { $0 / size }
    var direction = rest
    var square = Vector.dot(rest, rest)
    for _ in 0..<mostSolving {
      let bent = product(direction)
      let curvature = Vector.dot(direction, bent)
      guard curvature > 0, curvature.isFinite else { return nil }
      solution = Vector.moved(solution, by: square / curvature, along: direction)
      rest = Vector.moved(rest, by: -square / curvature, along: bent)
      let next = Vector.dot(rest, rest)
      if next <= 1e-6 { return solution.map { $0 * size } }
      direction = Vector.moved(rest, by: next / square, along: direction)
      square = next
    }
    return nil
  }

  private static let mostSolving = 500

  /// ½·vᵀHv of a whole Hessian.
  func bend(along v: [Double]) -> Double {
    zip(values, directions).reduce(0) { sum, pair in
      let part = Vector.dot(pair.1, v)
      return sum + 0.5 * pair.0 * part * part
    }
  }

  /// The Hessian from central differences of the gradient.
  static func differences(at here: Iterate, _ scale: Scale, _ objective: inout Objective) -> [Double]? {
    var rows: [Double] = []
    for i in here.x.indices {
      let h = Libm.cbrt(.ulpOfOne) * scale[i]
      var ahead = here.x
      var behind = here.x
      ahead[i] += h
      behind[i] -= h
      let width = ahead[i] - behind[i]
      let difference = Vector.difference(
        objective.iterate(at: ahead).gradient, objective.iterate(at: behind).gradient)
      guard Vector.isFinite(difference), width > 0 else { return nil }
      rows += difference.map { $0 / width }
    }
    return rows
  }
}
