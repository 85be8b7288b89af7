import NablaBasics
import NablaDescent

/// A descent as a person reads it: where it went, where it ended, what that point is, what to try next.
struct DescentText {
  let subject: Subject
  let method: any Method
  let start: Subject.Point
  let trace: Trace
  let wantsTrace: Bool

  private var invocation: Invocation { subject.invocation }
  private var console: Console { invocation.console }
  private var glyphs: Glyphs { invocation.glyphs }
  private var isOneVariable: Bool { subject.variables.count == 1 }

  func show() {
    // A path without end has no point to show; where the method is plain descent its sentence is the whole answer,
    // unless its table is asked for.
    let hasPoint = !isUnbounded
    if hasPoint || wantsTrace || method.fixedRate == nil {
      console.answer(header)
      console.answer()
    }
    if wantsTrace {
      for line in table { console.answer(line) }
      console.answer()
      if trace.points.count <= trace.iterations, trace.points.count > 1 {
        console.note(
          "the table shows every \(ordinal(trace.points[1].k)) of \(counted(trace.iterations, "step"))")
      }
    }
    if !trace.success { refuse() }
    if hasPoint, trace.stop != .notFiniteAtStart {
      for line in summary { console.answer(line) }
    }
    for hint in hints { console.hint(glyphs.worded(subject.named(hint))) }
  }

  private func ordinal(_ count: Int) -> String { count == 2 ? "second" : "\(count)th" }

  private var isUnbounded: Bool {
    switch trace.stop {
    case .unbounded, .unboundedRay: true
    default: false
    }
  }

  /// f(x) = x² + 5x + 6      f′(x) = 2x + 5      gradient descent, rate 0.1, from x = −8
  private var header: Styled {
    var line = subject.echo
    if isOneVariable, let derivative = subject.shortDerivative { line.append("      " + derivative) }
    line.append("      " + glyphs.worded(trace.method) + ", from " + subject.place(start))
    return line
  }

  private func refuse() {
    let sentence =
      subject.whyNotFinite(trace, start: start.values) ?? opposite
      ?? subject.named(glyphs.worded(trace.certificate.reason))
    console.answer(Styled(glyphs.cross + " ", .error) + Styled(sentence))
  }

  /// The gradient vanishes where f is largest, though the smallest value was looked for, or the other way round.
  private var opposite: String? {
    switch (trace.sense, trace.certificate.verdict) {
    case (.minimize, .strictLocalMaximum), (.minimize, .localMaximum), (.minimize, .globalMaximum):
      "the gradient vanishes here, but this is a \(trace.certificate.verdict.rawValue)"
    case (.maximize, .strictLocalMinimum), (.maximize, .localMinimum), (.maximize, .globalMinimum):
      "the gradient vanishes here, but this is a \(trace.certificate.verdict.rawValue)"
    default: nil
    }
  }

  /// k, the coordinates, f and its slope, to six decimals.
  private var table: [Styled] {
    let shown = min(subject.variables.count, 6)
    let f = subject.name
    var titles = ["k"] + subject.names.prefix(shown)
    if shown < subject.variables.count { titles.append(glyphs.ellipsis) }
    titles +=
      isOneVariable
      ? ["\(f)(\(subject.shownName(0)))", "\(f)\(glyphs.primes(1))(\(subject.shownName(0)))"]
      : [f, "|\(glyphs.nabla)\(f)|"]
    var grid = Grid(
      columns: titles.map { _ in .right }, gap: 2, least: [4] + titles.dropFirst().map { _ in 11 })
    grid.add(titles.map { Styled($0, .keyword) })
    let minus: NumberText.Minus = glyphs == .unicode ? .typographic : .ascii
    let decimals = max(6, invocation.arguments.integer(.digits) ?? 6)
    let text = { (value: Double) in NumberText.fixed(value, decimals: decimals, minus: minus) }
    for point in trace.points {
      var cells = [String(point.k)] + point.x.prefix(shown).map(text)
      if shown < subject.variables.count { cells.append("") }
      cells += [text(point.f), text(isOneVariable ? point.gradient[0] : point.gradientNorm)]
      grid.add(cells)
    }
    return grid.lines
  }

  /// after 15 steps   x ≈ −2.69351   f ≈ −0.212552   |f′| ≈ 0.387028
  private var summary: [Styled] {
    var grid = Grid(columns: [.left, .left, .left, .left], gap: 3)
    let answer = trace.answer
    let slope = isOneVariable ? answer.gradient[0].magnitude : answer.gradientNorm
    let slopeName =
      isOneVariable ? "|\(subject.name)\(glyphs.primes(1))|" : "|\(glyphs.nabla)\(subject.name)|"
    let label: String
    switch trace.stop {
    case .requestedSteps(let count): label = "after \(counted(count, "step"))"
    case _ where trace.success: label = trace.certificate.verdict.rawValue
    default: label = "best so far"
    }
    // What is left of the gradient at an extremum is worth few digits.
    let isResidue = trace.success && slope < 1e-3
    let slopeText = invocation.number(
      slope, digits: isResidue ? min(3, invocation.digits) : invocation.digits)
    grid.add([
      Styled(label, trace.success ? .success : .text),
      Styled(equation(answer.x)),
      Styled("\(subject.name) \(invocation.sign(answer.f)) \(invocation.number(answer.f))"),
      Styled("\(slopeName) \(invocation.sign(slope)) \(slopeText)"),
    ])
    if let exact = subject.exactExtremum(sense: trace.sense) {
      let what = trace.sense == .minimize ? "exact minimum" : "exact maximum"
      var cells = [
        Styled(what), Styled(exact.point), Styled("\(subject.name) = \(exact.f)"),
      ]
      if let lesson = contraction { cells.append(Styled("(\(glyphs.worded(lesson)))", .hint)) }
      grid.add(cells)
    }
    var lines = grid.lines
    if case .requestedSteps = trace.stop { return lines }
    lines += CertificateText(subject: subject, trace: trace).lines.map { Styled(subject.named($0)) }
    let counts = trace.counts
    lines.append(
      Styled(
        "after \(counted(trace.iterations, "step")), \(counted(counts.f, "value")) and "
          + counted(counts.gradient, "gradient"), .hint))
    return lines
  }

  private func equation(_ x: [Double]) -> String {
    PointText(glyphs: glyphs).equation(subject.names, invocation.sign(x), x.map { invocation.number($0) })
  }

  private var contraction: String? {
    for lesson in trace.lessons {
      if case .contraction(_, _, true) = lesson { return lesson.sentence }
    }
    return nil
  }

  /// What to try next.
  private var hints: [String] {
    var hints: [String] = []
    if isUnbounded {
      let advice = Advice(subject: subject, method: method, start: start.values, trace: trace)
      if let sentence = advice.sentence { hints.append(sentence) }
      return hints
    }
    let verdict = trace.certificate.verdict
    if trace.iterations == 0, !trace.success, trace.answer.gradientNorm == 0, !invocation.arguments.has(.from)
    {
      hints.append("the origin is where the gradient vanishes: start elsewhere with --from")
    }
    if trace.stop == .notFiniteAtStart, !invocation.arguments.has(.from) {
      let point = subject.names.map { "\($0)=1" }.joined(separator: ",")
      hints.append("start elsewhere with --from" + (point.count <= 40 ? ", such as --from \(point)" : ""))
    }
    for lesson in trace.lessons {
      switch lesson {
      case .contraction(_, _, let isExact):
        if isExact, subject.exactExtremum(sense: trace.sense) != nil { continue }
        if case .requestedSteps = trace.stop { hints.append(lesson.sentence) }
      case .suggestedRate:
        if case .iterationLimit = trace.stop { hints.append(lesson.sentence) }
        if case .oscillating = trace.stop { hints.append(lesson.sentence) }
        if case .diverging = trace.stop { hints.append(lesson.sentence) }
      case .saddleApproached where verdict == .saddle: continue
      case .rateTooLarge, .saddleApproached: hints.append(lesson.sentence)
      }
    }
    if case .iterationLimit(let count) = trace.stop {
      hints.append("allow more steps with --max \(count > 1_000_000 ? count : 10 * max(count, 10))")
    }
    return hints
  }
}
