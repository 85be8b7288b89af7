import NablaBasics
import NablaDescent

/// A descent as a person reads it: where it went, where it ended, what that point is, what to try next.
struct DescentText {
  let subject: Subject
  let method: any Method
  let start: Subject.Point
  let trace: Trace
  /// The box to stay in.
  let bounds: Bounds?
  /// The walk from the usual start, where it ended higher and this one is shown in its place.
  let passedBy: Trace?
  let wantsTrace: Bool
  /// The extremum in exact numbers, where it has some.
  private let exact: (point: String, f: String)?

  init(
    subject: Subject, method: any Method, start: Subject.Point, trace: Trace, bounds: Bounds? = nil,
    passedBy: Trace? = nil, wantsTrace: Bool
  ) {
    (self.subject, self.method, self.start, self.trace) = (subject, method, start, trace)
    (self.bounds, self.passedBy, self.wantsTrace) = (bounds, passedBy, wantsTrace)
    exact = subject.exactExtremum(of: trace)
  }

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
    if hasPoint, trace.success || trace.stop != .notFiniteAtStart {
      for line in summary { console.answer(line) }
      for sentence in remarks { console.answer(sentence) }
    }
    for note in notes { console.note(glyphs.worded(note)) }
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
    let name = isAutomatic ? trace.plainMethod : trace.method
    line.append("      " + glyphs.worded(name) + ", from " + subject.place(begin))
    return line
  }

  private var isAutomatic: Bool { method is Automatic }

  /// Where it began: the start, or where the bounds moved it.
  private var begin: Subject.Point {
    guard let first = trace.points.first?.x, first != start.values else { return start }
    var point = start
    (point.values, point.texts) = (first, first.map { invocation.number($0) })
    return point
  }

  private func refuse() {
    let sentence =
      subject.whyNotFinite(trace, start: begin.values) ?? opposite
      ?? glyphs.worded(subject.named(trace.certificate.reason))
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
    let size = isOneVariable ? answer.gradient[0].magnitude : answer.gradientNorm
    let slope = answer.gradient.contains { $0.magnitude == Objective.steep } ? .infinity : size
    let slopeName =
      isOneVariable ? "|\(subject.name)\(glyphs.primes(1))|" : "|\(glyphs.nabla)\(subject.name)|"
    let label: String
    switch trace.stop {
    case .requestedSteps(let count): label = "after \(counted(count, "step"))"
    case _ where trace.success: label = found
    default: label = "best so far"
    }
    // What is left of the gradient at an extremum is worth few digits.
    let isResidue = trace.success && slope < 1e-3
    let slopeText = invocation.number(
      slope, digits: isResidue ? min(3, invocation.digits) : invocation.digits)
    var cells = [
      Styled(label, trace.success ? .success : .text),
      Styled(equation(answer.x)),
      Styled("\(subject.name) \(invocation.sign(answer.f)) \(invocation.number(answer.f))"),
    ]
    // At a kink there is no gradient.
    if !trace.certificate.isAtKink {
      cells.append(Styled("\(slopeName) \(invocation.sign(slope)) \(slopeText)"))
    }
    grid.add(cells)
    if let exact {
      let cells = [
        Styled(extremum("exact")), Styled(exact.point), Styled("\(subject.name) = \(exact.f)"),
        Styled(contraction.map { "(\(glyphs.worded($0)))" } ?? "", .hint),
      ]
      // Not the same once more.
      let isSaid = equation(answer.x) == exact.point && "\(invocation.number(answer.f))" == exact.f
      if !isSaid || contraction != nil { grid.add(cells) }
    }
    return grid.lines
  }

  /// `exact minimum`, `local maximum`
  private func extremum(_ kind: String) -> String {
    kind + (trace.sense == .minimize ? " minimum" : " maximum")
  }

  /// What was found, by its name: the verdict, and of a bound or a kink that it is a minimum.
  private var found: String {
    switch trace.certificate.verdict {
    case .onBound:
      trace.certificate.activeBounds.isEmpty ? extremum("local") : extremum("local") + " on a bound"
    case .kink: extremum("local") + " at a kink"
    case let verdict: verdict.rawValue + (trace.certificate.isAtKink ? " at a kink" : "")
    }
  }

  /// Why it is what it is, and the work it took.
  private var remarks: [Styled] {
    if case .requestedSteps = trace.stop { return [] }
    let counts = trace.counts
    let how = isAutomatic ? " (\(trace.method))" : ""
    let work =
      "after \(counted(trace.iterations, "step"))\(how), \(counted(counts.f, "value")) and "
      + counted(counts.gradient, "gradient")
    return CertificateText(subject: subject, trace: trace, bounds: bounds).lines.map { Styled($0) }
      + [Styled(glyphs.worded(work), .hint)]
  }

  /// The extremum at a bend that a walk along a bend did not reach.
  private var corner: String? {
    guard trace.certificate.verdict == .kink, !trace.success,
      let found = subject.formula.corner(trace.sense == .minimize ? .localMinimum : .localMaximum),
      let exact = found.exact, let value = found.value.exact,
      trace.sense == .minimize ? found.value.decimal < trace.f : found.value.decimal > trace.f
    else { return nil }
    let place = PointText(glyphs: glyphs).equation(subject.names, "=", exact.map { subject.text($0) })
    return "where \(subject.name) bends it has a \(extremum("local")) at \(place), \(subject.name) = "
      + "\(subject.text(value)): ‘nabla critical’ finds such points"
  }

  /// How to look at all of a box, where the answer is a local one in it.
  private var wider: String? {
    guard let bounds, trace.success else { return nil }
    switch trace.certificate.verdict {
    case .stepsDone, .globalMinimum, .globalMaximum: return nil
    default: break
    }
    let hasEnds = (bounds.lower + bounds.upper).allSatisfy(\.isFinite)
    return hasEnds && subject.variables.count <= DescendGlobally.mostVariables
      ? "this is a local answer: --global searches the whole box and proves what it finds"
      : "this is a local answer: --starts 30 tries other starts"
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

  /// What is to be known about the walk that is shown.
  private var notes: [String] {
    if let other = passedBy {
      let end =
        "\(subject.name) \(invocation.sign(other.f)) \(invocation.number(other.f)) at \(equation(other.x))"
      let from = other.points.first.map { equation($0.x) } ?? subject.place(start)
      return ["the usual start, \(from), leads only to \(end)"]
    }
    if invocation.arguments.has(.from) {
      guard begin.values != start.values else { return [] }
      let isInside = bounds.map { $0.contains(start.values) } ?? true
      return [
        isInside
          ? "\(subject.name) or its gradient has no value at \(subject.place(start)): the walk begins at \(subject.place(begin))"
          : "the start \(subject.place(start)) lies outside the bounds: the walk begins at \(subject.place(begin))"
      ]
    }
    guard start.values != subject.origin.values, bounds == nil else { return [] }
    return [
      "\(subject.name) or its gradient has no value at \(subject.place(subject.origin)): the walk begins at \(subject.place(start)); "
        + "--from sets the start"
    ]
  }

  /// What to try next.
  private var hints: [String] {
    var hints: [String] = []
    if isUnbounded {
      let advice = Advice(subject: subject, method: method, start: start.values, trace: trace)
      if let sentence = advice.sentence { return [sentence] }
      guard (2...6).contains(subject.variables.count), !invocation.arguments.has(.lets) else { return [] }
      return [
        "all of \(subject.names.joined(separator: ", ")) are varied; --let \(subject.plainName(0))=1 holds one"
      ]
    }
    let verdict = trace.certificate.verdict
    let mayFallElsewhere: [Verdict] = [
      .saddle, .plateau, .localMaximum, .localMinimum, .strictLocalMaximum, .strictLocalMinimum,
    ]
    if trace.iterations == 0, !trace.success, trace.answer.gradientNorm == 0,
      mayFallElsewhere.contains(verdict), !invocation.arguments.has(.from)
    {
      hints.append("the origin is where the gradient vanishes: start elsewhere with --from")
    }
    if trace.stop == .notFiniteAtStart, !trace.success, !invocation.arguments.has(.from) {
      hints.append("start elsewhere with --from")
    }
    if trace.stop == .notFiniteAtStart, !trace.success, invocation.arguments.has(.from),
      let point = subject.pointInside(bounds)
    {
      hints.append("it has a value at \(subject.place(point)): --from \(subject.typed(point))")
    }
    if let wider { hints.append(wider) }
    if let corner { hints.append(corner) }
    for lesson in trace.lessons {
      switch lesson {
      case .contraction(_, _, let isExact):
        if isExact, exact != nil { continue }
        if case .requestedSteps = trace.stop { hints.append(lesson.sentence) }
      case .suggestedRate:
        if case .iterationLimit = trace.stop { hints.append(lesson.sentence) }
        if case .oscillating = trace.stop { hints.append(lesson.sentence) }
        if case .diverging = trace.stop { hints.append(lesson.sentence) }
      case .saddleApproached where verdict == .saddle: continue
      case .rateOvershoots where trace.success: continue
      case .rateTooLarge, .rateOvershoots, .rateAtLimit, .saddleApproached: hints.append(lesson.sentence)
      }
    }
    if case .iterationLimit(let count) = trace.stop {
      hints.append("allow more steps with --max \(count > 1_000_000 ? count : 10 * max(count, 10))")
    }
    return hints
  }
}
