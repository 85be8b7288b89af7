extension Certifier {
  /// Looks at an iterate that bounds hold: what the free coordinates make of it, and whether the slopes point out.
  func examineHeld(
    _ here: Iterate, by held: [Int], _ circumstances: Circumstances, on objective: inout Objective
  ) -> Finding {
    let isHeld = Set(held)
    let free = here.x.indices.filter { !isHeld.contains($0) }
    let scale = scale(at: here.x)
    let size = here.x.indices.reduce(abs(here.f)) { sum, i in
      abs(here.gradient[i]) < Objective.steep ? sum + abs(here.gradient[i]) * scale[i] : sum
    }
    // A fixed coordinate has no slope to speak of.
    let isStrict = held.allSatisfy { i in
      objective.bounds.map { $0.lower[i] == $0.upper[i] } == true
        || abs(here.gradient[i]) * scale[i] > 1e-10 * size
    }
    guard !free.isEmpty else {
      return Finding(verdict: .onBound, evidence: .bounds(active: held.count, isStrict: isStrict))
    }
    var part = objective.restricted(to: free, at: here.x)
    let place = Iterate(x: free.map { here.x[$0] }, f: here.f, gradient: free.map { here.gradient[$0] })
    let certifier = Certifier(start: free.map { start[$0] }, tolerance: tolerance)
    var finding = certifier.examine(place, circumstances, on: &part)
    objective.count(part.counts)
    finding.way = finding.way.map { way in
      var direction = here.x.map { _ in 0.0 }
      for (k, i) in free.enumerated() { direction[i] = way.direction[k] }
      return (direction, way.radius)
    }
    switch finding.verdict {
    case .strictLocalMinimum:
      finding.verdict = .onBound
      finding.evidence = .bounds(active: held.count, isStrict: isStrict)
    case .localMinimum:
      finding.verdict = .onBound
      finding.evidence = .bounds(active: held.count, isStrict: false)
    case .plateau where isStrict:
      // What the free coordinates do not change, the others raise.
      finding.verdict = .onBound
      finding.evidence = .bounds(active: held.count, isStrict: false)
    default: break
    }
    return finding
  }
}
