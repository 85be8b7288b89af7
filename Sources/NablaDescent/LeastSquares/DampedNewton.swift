import NablaBasics

/// A loss of a few parameters, summed over many rows: its value, and its value, gradient and Hessian.
public struct RowLoss: Sendable {
  /// The number of parameters.
  public let parameters: Int
  /// The loss at a point; not finite outside the domain.
  public let value: @Sendable (_ x: [Double]) -> Double
  /// The loss, its gradient, and its Hessian row after row.
  public let derivatives: @Sendable (_ x: [Double]) -> (f: Double, gradient: [Double], hessian: [Double])
  /// The least and the largest value of each parameter.
  public var bounds: [ClosedRange<Double>]
  /// Whether there may be places where its slope jumps, such as that of |y − a|.
  public var hasKinks = false
  /// What is known of it on its whole domain.
  public var convexity: Objective.Convexity?
  /// Whether it is known to be nowhere negative.
  public var isNonnegative = false

  /// A loss without bounds.
  public init(
    parameters: Int, value: @escaping @Sendable (_ x: [Double]) -> Double,
    derivatives: @escaping @Sendable (_ x: [Double]) -> (f: Double, gradient: [Double], hessian: [Double])
  ) {
    (self.parameters, self.value, self.derivatives) = (parameters, value, derivatives)
    bounds = [ClosedRange<Double>](repeating: -Double.infinity...Double.infinity, count: parameters)
  }
}

/// Newton's method in a trust region, by the eigenvalues of the scaled Hessian (Moré & Sorensen 1983), for losses of
/// up to a hundred parameters; negative curvature is walked along.
public struct DampedNewton: Sendable {
  /// The most steps.
  public var maximumIterations = 500

  /// The usual limits.
  public init() {}

  /// The local model at a point, in coordinates D·x in which the Hessian's diagonal is about 1.
  struct Model {
    let scale: [Double]
    let eigen: SymmetricEigen
    /// The gradient along each eigenvector.
    let slope: [Double]

    init?(_ gradient: [Double], _ hessian: [Double], _ free: [Int], _ n: Int) {
      let scale = free.map { hessian[$0 * n + $0].magnitude.squareRoot() }.map { $0 > 0 ? $0 : 1 }
      var matrix: [Double] = []
      for (a, i) in free.enumerated() {
        for (b, j) in free.enumerated() { matrix.append(hessian[i * n + j] / (scale[a] * scale[b])) }
      }
      guard let eigen = SymmetricEigen(matrix, size: free.count) else { return nil }
      let scaled = zip(free, scale).map { gradient[$0] / $1 }
      self.scale = scale
      self.eigen = eigen
      slope = eigen.vectors.map { Vector.dot($0, scaled) }
    }

    /// The step within a radius, in scaled coordinates, and whether the radius cuts it.
    func step(within radius: Double) -> (p: [Double], isCut: Bool) {
      let lowest = eigen.values[0]
      let largest = eigen.values.reduce(0) { max($0, $1.magnitude) }
      let zero = 1e-14 * largest
      if lowest > zero {
        let full = combined(shift: 0)
        if Vector.norm(full) <= 1.1 * radius { return (full, false) }
      }
      var low = max(0, -lowest)
      var high = low + Vector.norm(slope) / radius
      let least = combined(shift: low + max(zero, .leastNormalMagnitude))
      if Vector.norm(least) < radius, lowest <= zero {
        // The hard case: the rest of the radius goes along the direction of the lowest curvature.
        let rest = (radius * radius - Vector.dot(least, least)).squareRoot()
        let direction = eigen.vectors[0]
        let sign: Double = Vector.dot(least, direction) < 0 ? -1 : 1
        return lowest < -zero ? (Vector.moved(least, by: sign * rest, along: direction), true) : (least, true)
      }
      for _ in 0..<100 {
        let middle = (low + high) / 2
        let p = combined(shift: middle)
        let length = Vector.norm(p)
        if (length - radius).magnitude <= 0.05 * radius { return (p, true) }
        if length > radius { low = middle } else { high = middle }
      }
      return (combined(shift: high), true)
    }

    private func combined(shift: Double) -> [Double] {
      var p = [Double](repeating: 0, count: scale.count)
      for (k, value) in eigen.values.enumerated() where value + shift > 0 {
        p = Vector.moved(p, by: -slope[k] / (value + shift), along: eigen.vectors[k])
      }
      return p
    }

    /// What the model promises for a step.
    func promised(_ p: [Double]) -> Double {
      var sum = 0.0
      for (k, value) in eigen.values.enumerated() {
        let along = Vector.dot(eigen.vectors[k], p)
        sum -= along * (slope[k] + value * along / 2)
      }
      return sum
    }

    /// gᵀH⁻¹g over the directions that curve up.
    var decrement: Double {
      zip(slope, eigen.values).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 }
    }
  }

  /// Walks down from a start; a raised cancellation ends it with the best point so far.
  ///
  /// An end that is no minimum, or hardly one, is looked at from afar: where the loss only falls as the parameters run
  /// away, as that of separated classes, it says so. Where slopes jump, the descent of functions with kinks goes on.
  public func minimize(_ loss: RowLoss, from start: [Double], cancellation: Cancellation? = nil) -> FitOutcome
  {
    let end = smoothEnd(loss, from: start, cancellation)
    guard loss.hasKinks, !end.success, end.verdict != .interrupted else { return end }
    return acrossKinks(loss, from: start, after: end, cancellation) ?? end
  }

  /// The end of the steps, and what a look from afar says of it.
  private func smoothEnd(_ loss: RowLoss, from start: [Double], _ cancellation: Cancellation?) -> FitOutcome {
    let end = descend(loss, from: start, cancellation: cancellation)
    guard let hessian = end.hessian, end.ray == nil, end.verdict != .interrupted, end.verdict != .saddle
    else {
      return end
    }
    let free = (0..<loss.parameters).filter { !end.held.contains($0) }
    let flat = RunawayProbe.flatDirections(hessian, at: end.x, f: end.value, free: free)
    guard !flat.isEmpty || !end.success else { return end }
    let (finding, looks) = look(loss, at: end.x, f: end.value, from: start, along: flat)
    return end.running(finding, looks: looks)
  }

  /// Whether a loss falls for ever from a point on, and the values that were computed.
  private func look(
    _ loss: RowLoss, at x: [Double], f: Double, from start: [Double], along flat: [[Double]]
  ) -> (RunawayProbe.Finding?, looks: Int) {
    var looks = 0
    let finding = RunawayProbe.look(at: x, f: f, from: start, along: flat) { x in
      looks += 1
      return zip(x, loss.bounds).allSatisfy { $1.contains($0) } ? loss.value(x) : .nan
    }
    return (finding, looks)
  }

  func descend(_ loss: RowLoss, from start: [Double], cancellation: Cancellation?) -> FitOutcome {
    let n = loss.parameters
    var counts = Objective.Counts()
    var x = zip(start, loss.bounds).map { min(max($0, $1.lowerBound), $1.upperBound) }
    func derivatives(_ x: [Double]) -> (f: Double, gradient: [Double], hessian: [Double])? {
      counts.f += 1
      counts.gradient += 1
      counts.hessian += 1
      let all = loss.derivatives(x)
      return all.f.isFinite && Vector.isFinite(all.gradient) && Vector.isFinite(all.hessian) ? all : nil
    }
    var iterations = 0
    var held: [Int] = []
    func end(_ f: Double, _ hessian: [Double]?, _ verdict: Verdict, _ reason: String) -> FitOutcome {
      FitOutcome(
        x: x, value: f, factor: nil, hessian: hessian, verdict: verdict, reason: reason,
        iterations: iterations,
        counts: counts, held: held)
    }
    guard var here = derivatives(x) else {
      return end(.nan, nil, .outsideDomain, "the loss or its derivatives are not finite at the start")
    }
    var radius: Double?
    // A loss that comes down to next to nothing may do so for ever; then there is no point in going on.
    var nextLook = 1e-8 * here.f.magnitude
    while true {
      if here.f <= nextLook, here.f > 0 {
        nextLook = 1e-8 * here.f
        let flat = RunawayProbe.flatDirections(here.hessian, at: x, f: here.f, free: Array(0..<n))
        let (finding, looks) = look(loss, at: x, f: here.f, from: start, along: flat)
        counts.f += looks
        if finding != nil {
          return end(here.f, here.hessian, .infimumAtInfinity, "").running(finding, looks: 0)
        }
      }
      held = (0..<n).filter {
        (x[$0] <= loss.bounds[$0].lowerBound && here.gradient[$0] >= 0)
          || (x[$0] >= loss.bounds[$0].upperBound && here.gradient[$0] <= 0)
      }
      let free = (0..<n).filter { !held.contains($0) }
      guard !free.isEmpty, let model = Model(here.gradient, here.hessian, free, n) else {
        return end(here.f, here.hessian, .onBound, "every parameter is at a bound")
      }
      let lowest = model.eigen.values[0]
      let flat = 1e-12 * model.eigen.values[free.count - 1].magnitude
      let decrement = model.decrement
      /// What to say where no step leads further down.
      func settled() -> FitOutcome {
        if lowest < -flat {
          return end(
            here.f, here.hessian, .saddle, "the slope vanishes, but the loss falls along one direction")
        }
        if lowest <= flat {
          return end(
            here.f, here.hessian, .degenerate,
            "the loss falls no further, but the data do not determine every parameter")
        }
        if !held.isEmpty {
          return end(here.f, here.hessian, .onBound, "a bound holds the fit, and the slope along it vanishes")
        }
        return end(
          here.f, here.hessian, .strictLocalMinimum,
          "the slope vanishes after \(iterations) steps and the loss rises in every direction")
      }
      let size = Vector.norm(zip(free, model.scale).map { x[$0] * $1 })
      // Where the loss is straight, as Huber's far from the data, it has no curvature and still falls.
      let isSloping = zip(model.slope, model.eigen.values).contains {
        $1 <= flat && $0.magnitude * max(size, 1) > 1e-9 * here.f.magnitude
      }
      if decrement == 0, lowest >= -flat, !isSloping { return settled() }
      if cancellation?.isCancelled == true { return end(here.f, here.hessian, .interrupted, "interrupted") }
      // Where the loss curves up in every direction the first step is Newton's own, however far it leads.
      var reach = radius ?? (lowest > flat ? .infinity : 10 * max(size, 1))
      while true {
        guard iterations < maximumIterations else {
          return end(
            here.f, here.hessian, .iterationLimit, "still going after \(Stop.counted(iterations, "step"))")
        }
        iterations += 1
        let (p, isCut) = model.step(within: reach)
        var trial = x
        for (place, parameter) in free.enumerated() {
          let bound = loss.bounds[parameter]
          trial[parameter] = min(
            max(x[parameter] + p[place] / model.scale[place], bound.lowerBound), bound.upperBound)
        }
        let taken = zip(free, model.scale).map { (trial[$0] - x[$0]) * $1 }
        let promised = model.promised(taken)
        let next = trial == x ? nil : derivatives(trial)
        if promised <= 1e-10 * here.f.magnitude, lowest >= -flat, !isSloping {
          // Near the rounding of the loss the slope decides: go on while it falls.
          guard let next, let there = Model(next.gradient, next.hessian, free, n),
            there.decrement < decrement / 4
          else { return settled() }
          (x, here) = (trial, next)
          break
        }
        let gained = next.map { here.f - $0.f } ?? -.infinity
        let ratio = promised > 0 ? gained / promised : -1
        if ratio < 0.25 { reach = min(reach, Vector.norm(taken)) / 4 }
        if ratio > 0.75, isCut { reach *= 2 }
        radius = reach
        if let next, ratio > 1e-4 {
          (x, here) = (trial, next)
          break
        }
        if reach <= 1e-15 * max(size, 1e-300) {
          // A valley may look as if it fell along its bend, by as little as its slope is not 0.
          if decrement <= 1e-10 * here.f.magnitude, lowest < -flat, lowest > -1e4 * flat, !isSloping {
            return end(
              here.f, here.hessian, .degenerate,
              "the loss falls no further, but the data do not determine every parameter")
          }
          return end(
            here.f, here.hessian, .stuck, "no step makes the loss smaller, though its slope does not vanish")
        }
      }
      if Vector.norm(x) > 1e150 {
        return end(
          here.f, here.hessian, .infimumAtInfinity, "the loss only falls as the parameters run away")
      }
    }
  }
}
