import Nabla
import NablaBasics
import NablaDescent

/// One run of `minimize` or `maximize`.
struct Descend {
  let invocation: Invocation
  let sense: Objective.Sense

  init(_ invocation: Invocation, sense: Objective.Sense) {
    self.invocation = invocation
    self.sense = sense
  }

  /// The options that are settings of methods.
  static let settings: [Option] = [.rate, .reach, .momentum, .decay]

  /// The method asked for, ready to run: gradient descent where a rate is given, `auto` otherwise.
  func method() throws(Failure) -> any Method {
    let arguments = invocation.arguments
    return try method(
      named: arguments.value(.method) ?? .init(text: usualName, argument: arguments.end), isShared: false)
  }

  /// The method where none is named.
  private var usualName: String {
    let arguments = invocation.arguments
    return arguments.has(.momentum)
      ? "momentum" : arguments.has(.rate) ? "gd" : arguments.has(.reach) ? "backtracking" : "auto"
  }

  /// The method's own name, by which a page runs it again.
  private var methodName: String? {
    Methods.named(invocation.arguments.value(.method)?.text ?? usualName)?.name
  }

  /// A method by its name with the settings given; those it does not know are passed over where they are shared.
  func method(named name: Arguments.Given, isShared: Bool) throws(Failure) -> any Method {
    let arguments = invocation.arguments
    guard let row = Methods.named(name.text) else {
      let near = closest(to: name.text, among: Methods.all.flatMap { [$0.name] + $0.aliases })
      let known = Methods.all.map(\.name).joined(separator: ", ")
      throw .usage(
        UsageError(
          .unknownMethod(name.text), at: name.argument,
          fix: near.map { "did you mean \($0)?" } ?? "one of \(known)"))
    }
    let known = Set(row.settings.map(\.name))
    var settings: [String: Double] = [:]
    for option in Self.settings where !isShared || known.contains(option.name) {
      if let given = arguments.value(option) {
        settings[option.name] = try invocation.positive(given, for: option)
      }
    }
    do {
      return try row.make(settings)
    } catch {
      func given(_ setting: String) -> Arguments.Given {
        Self.settings.first { $0.name == setting }.flatMap { arguments.value($0) }
          ?? .init(text: "", argument: arguments.end)
      }
      switch error {
      case .unknown(let setting, let method, let known):
        let fix = known.isEmpty ? nil : "it has \(known.map { "--" + $0 }.joined(separator: ", "))"
        throw .usage(
          UsageError(
            .otherMethod(option: setting, method: method), at: given(setting).argument, fix: fix))
      case .outOfRange(let setting, _, _, let below):
        throw .usage(
          UsageError(
            .notANumber(
              given(setting).text, option: setting,
              wanted: below.isFinite ? "a number between 0 and \(Int(below))" : "a positive number"),
            at: given(setting).argument))
      }
    }
  }

  /// Refuses a method that does not keep within bounds.
  func checkKeepsBounds(_ name: Arguments.Given) throws(Failure) {
    if Methods.keepsBounds(name.text) { return }
    let able = Methods.all.map(\.name).filter(Methods.keepsBounds).joined(separator: ", ")
    throw .usage(
      UsageError(
        .otherMethod(option: "within", method: name.text), at: name.argument,
        fix: "\(able) keep within bounds"))
  }

  /// When to stop, by the options.
  func criteria() throws(Failure) -> StopCriteria {
    let arguments = invocation.arguments
    if arguments.has(.steps), let other = [Option.max, .tolerance].first(where: { arguments.has($0) }) {
      throw .usage(
        UsageError(
          .notTogether(option: "steps", other: other.name),
          at: arguments.value(other)?.argument ?? arguments.end,
          fix: "--steps takes exactly so many steps"))
    }
    var criteria = StopCriteria(
      steps: arguments.integer(.steps), maximumIterations: arguments.integer(.max))
    if let tolerance = arguments.value(.tolerance) {
      criteria.tolerance = try invocation.positive(tolerance, for: .tolerance)
    }
    return criteria
  }

  /// Whether nothing is said of the walk itself, so that the answer alone counts.
  private var isFree: Bool {
    !Self.ofWalks.contains { invocation.arguments.has($0) }
  }

  /// The options that say how to walk.
  private static let ofWalks: [Option] = [.from, .method, .steps, .max, .tolerance, .starts] + settings

  /// Refuses options that would do nothing beside another one.
  private func refuse(_ options: [Option], beside other: Option, _ reason: String) throws(Failure) {
    let arguments = invocation.arguments
    guard let option = options.first(where: arguments.has) else { return }
    throw .usage(
      UsageError(
        .notTogether(option: option.name, other: other.name),
        at: arguments.value(option)?.argument ?? arguments.end, fix: reason))
  }

  /// The most iterates that `--trace` shows; of longer paths it shows every second one, every fourth, …
  static let mostRows = 20_001

  func run() throws(Failure) -> Command.Exit {
    let method = try method()
    let criteria = try criteria()
    if invocation.arguments.has(.jsonLines) {
      return try DescentLines(invocation: invocation, sense: sense, method: method, criteria: criteria).run()
    }
    let subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables("to walk along") }
    let wantsPicture = try subject.picture.isWanted()
    if invocation.arguments.has(.global) {
      if wantsPicture { throw .usage(subject.picture.refusal(beside: .global)) }
      try refuse(Self.ofWalks + [.trace], beside: .global, "the whole box is searched, without a walk")
      return try DescendGlobally(subject: subject, sense: sense).run()
    }
    var objective = try subject.objective(sense: sense)
    objective.bounds = try subject.bounds()
    var start = try subject.point(of: .from) ?? subject.usualStart(within: objective.bounds)
    if objective.bounds != nil {
      let usual = Arguments.Given(text: "gd", argument: invocation.arguments.end)
      if let name = invocation.arguments.value(.method) ?? (invocation.arguments.has(.rate) ? usual : nil) {
        try checkKeepsBounds(name)
      }
    }
    let wantsTrace = invocation.arguments.has(.trace)
    if let starts = invocation.arguments.integer(.starts) {
      try refuse([.trace], beside: .starts, "the walk from one start is traced with --from alone")
      let many = DescendStarts(
        subject, Minimizer(method, criteria, recording: .atMost(wantsPicture ? 2000 : 3)),
        objective: objective,
        start: start.values, starts: starts)
      if invocation.isJSON {
        invocation.console.answer(json: many.answer(starts: starts))
      } else {
        many.show(starts: starts)
      }
      if wantsPicture { try subject.draw(many.paths) }
      return many.outcome.minima.isEmpty ? .no : .answered
    }
    let minimizer = Minimizer(
      method, criteria, recording: .atMost(wantsTrace ? Descend.mostRows : wantsPicture ? 2000 : 3))
    var line = ProgressLine(invocation)
    var trace = minimizer.minimize(
      objective, from: start.values, cancellation: invocation.cancellation,
      progress: line == nil ? nil : { line?.say($0, $1) })
    if isFree, objective.bounds == nil, trace.iterations == 0, trace.certificate.verdict == .onBound,
      !trace.success, let inside = subject.startInside(besides: start)
    {
      let other = minimizer.minimize(
        objective, from: inside.values, cancellation: invocation.cancellation,
        progress: line == nil ? nil : { line?.say($0, $1) })
      if other.f.isFinite { (trace, start) = (other.counting([trace.counts]), inside) }
    }
    line?.clear()
    var passedBy: Trace?
    if isFree, let bounds = objective.bounds {
      let best = DescendInBox(
        subject: subject, objective: objective, bounds: bounds, minimizer: minimizer
      ).best(after: trace)
      if best.x != trace.x { passedBy = trace }
      trace = best
    }
    if invocation.isJSON {
      invocation.console.answer(json: subject.answer(trace, rate: method.fixedRate, withTrace: wantsTrace))
    } else {
      let text = DescentText(
        subject: subject, method: method, start: start, trace: trace, bounds: objective.bounds,
        passedBy: passedBy, wantsTrace: wantsTrace)
      if invocation.format.isMarkup, trace.success { text.showMarkup() } else { text.show() }
    }
    if wantsPicture {
      let name = method is Automatic ? trace.plainMethod : trace.method
      try subject.draw([
        FigurePath(
          trace, name: name, method: methodName, settings: method.settings, bounds: objective.bounds)
      ])
    }
    return trace.success ? .answered : .no
  }
}

extension Invocation {
  /// A positive number from an option: a formula of constants.
  func positive(_ given: Arguments.Given, for option: Option) throws(Failure) -> Double {
    let value = try constant(given.text, at: given.argument).value
    if value > 0 { return value }
    throw .usage(
      UsageError(
        .notANumber(given.text, option: option.name, wanted: "a positive number"), at: given.argument))
  }
}

extension Subject {
  /// A descent as JSON.
  func answer(_ trace: Trace, rate: Double?, withTrace: Bool) -> DescentAnswer {
    let numbers = { (values: [Double]) in values.map { JSONNumber($0) } }
    return DescentAnswer(
      formula: plainEcho, variables: plainNames, method: Glyphs.plain.worded(trace.method),
      rate: rate.map { JSONNumber($0) },
      x: numbers(trace.x), f: JSONNumber(trace.f), gradient: numbers(trace.answer.gradient),
      iterations: trace.iterations, verdict: trace.certificate.verdict.rawValue, success: trace.success,
      reason: Glyphs.plain.worded(named(trace.certificate.reason, isPlain: true)),
      status: status(at: trace.x, f: trace.f, gradient: trace.answer.gradient),
      certificate: CertificateAnswer(trace.certificate, names: plainNames),
      evaluations: .init(trace.counts),
      trace: withTrace
        ? trace.points.map {
          .init(
            x: numbers($0.x), f: JSONNumber($0.f), gradient_norm: JSONNumber($0.gradientNorm),
            evaluations: .init($0.counts))
        } : nil,
      notes: noticesOrNil)
  }
}
