extension Trace {
  /// This descent with its end known to be the least of all values in the box, or the greatest when maximizing: what a
  /// search of the whole box in so many pieces has proved.
  package func proved(boxes: Int) -> Trace {
    let verdict: Verdict = sense == .minimize ? .globalMinimum : .globalMaximum
    var trace = self
    trace.certificate = Certificate(
      verdict: verdict, success: true, reason: Evidence.searchedBox(boxes: boxes).sentence(sense),
      gradientNorm: certificate.gradientNorm, eigenvalues: certificate.eigenvalues,
      newtonDecrement: certificate.newtonDecrement, digits: certificate.digits,
      activeBounds: certificate.activeBounds, isAtKink: certificate.isAtKink)
    return trace
  }

  /// This descent with its end known to lie beside a jump, where f comes lower at each point than at the one before it.
  package func besideJump() -> Trace {
    var trace = self
    trace.certificate = Certificate(
      verdict: .degenerate, success: false, reason: Evidence.jump.sentence(sense),
      gradientNorm: certificate.gradientNorm, eigenvalues: certificate.eigenvalues,
      newtonDecrement: certificate.newtonDecrement, digits: certificate.digits,
      activeBounds: certificate.activeBounds, isAtKink: certificate.isAtKink)
    return trace
  }

  /// This descent, with what was evaluated besides it counted as well.
  package func counting(_ others: [Objective.Counts]) -> Trace {
    var trace = self
    for counts in others { trace.counts.add(counts) }
    return trace
  }
}
