/// Ends at an edge of the domain that some variables alone lead to, as x does to 0 in √x + y².
extension Path {
  /// The end on an edge where the variables that are free of it have gone on to their minimum; nil where the edge is not
  /// made of values of single variables, or f falls from there on.
  mutating func leastOnEdge(_ end: LineEnd) -> Outcome? {
    guard maySlide, objective.bounds == nil, end.x.count > 1 else { return nil }
    let scale = certifier.scale(at: end.x)
    func isInside(_ i: Int, _ part: Double) -> Bool {
      var x = end.x
      x[i] += part * scale[i]
      return objective.value(at: x).isFinite
    }
    var inward: [Int: Double] = [:]
    for i in end.x.indices {
      let sides = [-1.0, 1].filter { side in [1e-9, 1e-6, 1e-3].allSatisfy { isInside(i, side * $0) } }
      guard let side = sides.first else { return nil }
      if sides.count == 1 { inward[i] = side }
    }
    let free = end.x.indices.filter { inward[$0] == nil }
    guard !inward.isEmpty, !free.isEmpty else { return nil }
    let part = objective.restricted(to: free, at: end.x)
    let trace = Minimizer().minimize(part, from: free.map { end.x[$0] }, cancellation: objective.cancellation)
    objective.count(trace.counts)
    guard trace.success, trace.f <= end.f + 1e-12 * abs(end.f) else { return nil }
    var x = end.x
    if trace.f <= end.f { for (k, i) in free.enumerated() { x[i] = trace.x[k] } }
    let f = objective.value(at: x)
    for (i, side) in inward {
      for distance in [1e-9, 1e-6, 1e-3] {
        var beside = x
        beside[i] += side * distance * scale[i]
        guard objective.value(at: beside) > f else { return nil }
      }
    }
    settle(at: x)
    return Outcome(
      .noStep(iterations: iterations), verdict: .onBound, evidence: .edge(isMinimum: true),
      answersWithLast: true)
  }
}
