import Nabla
import NablaBasics
import NablaDescent
import NablaNotation

/// `fit` with a method that one learns with: the steps of a plain descent on the mean loss.
struct FitLessonCommand {
  let invocation: Invocation
  let lesson: FitLesson
  private let method: (any Method)?
  private let rate: Double
  private let criteria: StopCriteria

  private var arguments: Arguments { invocation.arguments }
  private var glyphs: Glyphs { invocation.glyphs }

  /// The names under which the usual way is known.
  static let usual = ["auto", "lm", "levenberg-marquardt"]

  /// nil where the usual way is asked for.
  init?(invocation: Invocation, model: FitModel, table: Table, options: FitOptions) throws(Failure) {
    let arguments = invocation.arguments
    let name = arguments.value(.method)
    let asks = [Option.rate, .steps, .trace, .batchSize].contains { arguments.has($0) }
    if name == nil, !asks { return nil }
    if let name, FitLessonCommand.usual.contains(name.text) {
      if let other = [Option.rate, .steps, .trace, .batchSize].first(where: { arguments.has($0) }) {
        throw .usage(
          UsageError(
            .otherMethod(option: other.name, method: name.text),
            at: arguments.value(other)?.argument ?? name.argument,
            fix: "it belongs to the methods of 'nabla methods', such as gd"))
      }
      return nil
    }
    if arguments.has(.batchSize), let name, name.text != "gd", name.text != "sgd" {
      throw .usage(
        UsageError(
          .otherMethod(option: "batch-size", method: name.text), at: name.argument, fix: "it belongs to gd"))
    }
    let descend = Descend(invocation, sense: .minimize)
    let isStochastic = arguments.has(.batchSize) || name?.text == "sgd"
    self.invocation = invocation
    criteria = try descend.criteria()
    rate =
      try arguments.value(.rate).map { given throws(Failure) in try invocation.positive(given, for: .rate) }
      ?? 0.01
    method = isStochastic ? nil : name == nil ? GradientDescent(rate: rate) : try descend.method()
    do throws(FitError) {
      lesson = try FitLesson(model, to: table, options)
    } catch {
      if case .reading(let reading) = error { throw .reading(reading) }
      throw .formula(error.sentence)
    }
  }

  func run() throws(Failure) -> Command.Exit {
    let start: [Double]
    do throws(FitError) { start = try lesson.start() } catch { throw .formula(error.sentence) }
    guard let method else { return stochastic(from: start) }
    let trace = lesson.descend(from: start, method, criteria, cancellation: invocation.cancellation)
    let title = "\(method.title), on the mean loss of a row"
    let rows = trace.points.map { (k: $0.k, x: $0.x, loss: $0.f, slope: Double?.some($0.gradientNorm)) }
    if invocation.isJSON {
      json(
        rows, x: trace.x, loss: trace.f, method: method.title, verdict: trace.certificate.verdict.rawValue,
        success: trace.success, reason: trace.certificate.reason, counts: trace.counts)
    } else {
      show(title, rows)
      if !trace.success {
        invocation.console.answer(
          Styled(glyphs.cross + " ", .error) + Styled(glyphs.worded(trace.certificate.reason)))
      }
      let label: String
      if case .requestedSteps(let count) = trace.stop {
        label = "after \(counted(count, "step"))"
      } else {
        label = trace.success ? trace.certificate.verdict.rawValue : "best so far"
      }
      summary(label, trace.x, trace.f, steps: trace.iterations)
      for lesson in trace.lessons where !invocation.isJSON {
        invocation.console.hint(glyphs.worded(lesson.sentence))
      }
    }
    return trace.success ? .answered : .no
  }

  private func stochastic(from start: [Double]) -> Command.Exit {
    let batch = min(arguments.integer(.batchSize) ?? 1, lesson.rows)
    let randomStart = arguments.integer(.randomStart) ?? 1
    let passes = (lesson.rows + batch - 1) / batch
    let steps = arguments.integer(.steps) ?? arguments.integer(.max) ?? 100 * passes
    let points = lesson.stochasticDescent(
      from: start, rate: rate, batch: batch, steps: steps, randomStart: UInt64(randomStart),
      everyStep: arguments.has(.steps) && arguments.has(.trace), cancellation: invocation.cancellation)
    let end = points[points.count - 1]
    let isFinite = end.loss.isFinite
    let method =
      "stochastic gradient descent, rate \(NumberText.significant(rate)), \(counted(batch, "row")) a step"
      + ", random start \(randomStart)"
    let rows = points.map { (k: $0.k, x: $0.x, loss: $0.loss, slope: Double?.none) }
    let reason =
      isFinite
      ? "\(counted(end.k, "step")) done, as asked" : "the loss leaves every bound: the rate is too large"
    if invocation.isJSON {
      json(
        rows, x: end.x, loss: end.loss, method: method, verdict: isFinite ? "steps done" : "diverging",
        success: isFinite,
        reason: reason, counts: nil)
    } else {
      show(method, rows)
      if !isFinite { invocation.console.answer(Styled(glyphs.cross + " ", .error) + Styled(reason)) }
      summary("after \(counted(end.k, "step"))", end.x, end.loss, steps: end.k)
    }
    return isFinite ? .answered : .no
  }

  // MARK: Words

  private func names() -> [String] {
    lesson.problemNames.map { Form.variable($0).text(glyphs == .unicode ? .unicode : .plain) }
  }

  private typealias Row = (k: Int, x: [Double], loss: Double, slope: Double?)

  private func show(_ title: String, _ rows: [Row]) {
    let console = invocation.console
    console.answer(FitText.header(lesson.model, rows: lesson.rows, invocation: invocation))
    console.answer(Styled(glyphs.worded(title), .hint))
    console.answer()
    guard arguments.has(.trace) else { return }
    var titles = ["k"] + names() + ["mean loss"]
    let hasSlope = rows.first?.slope != nil
    if hasSlope { titles.append("|\(glyphs.nabla)loss|") }
    var grid = Grid(
      columns: titles.map { _ in .right }, gap: 2, least: [4] + titles.dropFirst().map { _ in 11 })
    grid.add(titles.map { Styled($0, .keyword) })
    let minus: NumberText.Minus = glyphs == .unicode ? .typographic : .ascii
    let decimals = max(6, arguments.integer(.digits) ?? 6)
    let text = { (value: Double) in NumberText.fixed(value, decimals: decimals, minus: minus) }
    for row in rows {
      grid.add([String(row.k)] + row.x.map(text) + [text(row.loss)] + (row.slope.map { [text($0)] } ?? []))
    }
    for line in grid.lines { console.answer(line) }
    console.answer()
  }

  private func summary(_ label: String, _ x: [Double], _ loss: Double, steps: Int) {
    let point = PointText(glyphs: glyphs).equation(
      names(), invocation.sign(x), x.map { invocation.number($0) })
    invocation.console.answer(
      "\(label)   \(point)   mean loss \(invocation.sign(loss)) \(invocation.number(loss))")
  }

  private func json(
    _ rows: [Row], x: [Double], loss: Double, method: String, verdict: String, success: Bool, reason: String,
    counts: Objective.Counts?
  ) {
    let trace = rows.map {
      DescentAnswer.Iterate(
        x: JSONNumber.list($0.x), f: JSONNumber($0.loss), gradient_norm: JSONNumber($0.slope ?? .nan))
    }
    invocation.console.answer(
      json: LessonAnswer(
        model: lesson.model.text(.plain), rows: lesson.rows, method: Glyphs.plain.worded(method),
        parameters: zip(lesson.names, x).map { .init(name: $0, estimate: JSONNumber($1)) },
        mean_loss: JSONNumber(loss),
        verdict: verdict, success: success, reason: Glyphs.plain.worded(reason),
        iterations: rows.last?.k ?? 0,
        evaluations: counts.map { .init($0) },
        trace: arguments.has(.trace) ? trace : nil))
  }
}

/// The answer of `fit` by a method that one learns with.
private struct LessonAnswer: Encodable {
  struct Parameter: Encodable {
    var name: String
    var estimate: JSONNumber
  }

  var schema = "nabla.fit.1"
  var model: String
  var rows: Int
  var method: String
  var parameters: [Parameter]
  var mean_loss: JSONNumber
  var verdict: String
  var success: Bool
  var reason: String
  var iterations: Int
  var evaluations: DescentAnswer.Evaluations?
  var trace: [DescentAnswer.Iterate]?
}
