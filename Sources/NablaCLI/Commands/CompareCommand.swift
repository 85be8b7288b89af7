import Nabla
import NablaBasics
import NablaDescent

extension Command {
  static let compare: Command = .init(
    name: "compare", operands: "FORMULA", summary: "several methods from one start, in one table",
    details: """
      Descends from --from by each of --methods and sets the ends side by side; with --plot or -o the paths are \
      drawn in one picture. --rate goes to every method that has one; --steps takes exactly so many steps.
      """,
    options: [
      .from, .methods, .rate, .momentum, .decay, .steps, .max, .tolerance, .within, .plot,
    ] + Option.ofPictures + Option.ofFormulas,
    examples: [
      "compare '(1 - x)^2 + 100(y - x^2)^2' --from -1.2,1 --methods backtracking,bfgs,newton",
      "compare 'x^2 + 10y^2' --from 4,1 --methods gd,momentum,adam --rate 0.05 --steps 50",
    ]
  ) { invocation throws(Failure) in try Comparison(invocation).run() }
}

/// One run of `compare`.
private struct Comparison {
  let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// One method with what it came to.
  private struct Entry {
    var name: String
    var trace: Trace
    var settings: [String: Double]
  }

  func run() throws(Failure) -> Command.Exit {
    let descend = Descend(invocation, sense: .minimize)
    let criteria = try descend.criteria()
    let subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables("to walk along") }
    let wantsPicture = try subject.picture.isWanted()
    var objective = try subject.objective(sense: .minimize)
    objective.bounds = try subject.bounds()
    let start = try subject.point(of: .from) ?? subject.usualStart(within: objective.bounds)
    // All of them are made first: an interruption is to end walks, not the reading of options.
    var methods: [(name: Arguments.Given, method: any Method)] = []
    for name in try names() {
      methods.append((name, try descend.method(named: name, isShared: true)))
      if objective.bounds != nil { try descend.checkKeepsBounds(name) }
    }
    var entries: [Entry] = []
    for (name, method) in methods {
      let minimizer = Minimizer(method, criteria, recording: .atMost(wantsPicture ? 2000 : 3))
      let trace = minimizer.minimize(objective, from: start.values, cancellation: invocation.cancellation)
      entries.append(Entry(name: name.text, trace: trace, settings: method.settings))
    }
    if invocation.isJSON {
      invocation.console.answer(
        json: CompareAnswer(
          formula: subject.plainEcho, variables: subject.plainNames,
          start: start.values.map { JSONNumber($0) },
          methods: entries.map { entry in
            .init(name: entry.name, answer: subject.answer(entry.trace, rate: nil, withTrace: false))
          }))
    } else {
      show(subject, start, entries)
    }
    if wantsPicture {
      try subject.draw(
        entries.map {
          FigurePath(
            $0.trace, name: $0.name, method: Methods.named($0.name)?.name, settings: $0.settings,
            bounds: objective.bounds)
        })
    }
    return entries.contains { $0.trace.success } ? .answered : .no
  }

  private func names() throws(Failure) -> [Arguments.Given] {
    guard let given = invocation.arguments.value(.methods) else {
      return ["gd", "backtracking", "momentum", "adam", "bfgs", "newton"].map {
        .init(text: $0, argument: invocation.arguments.end)
      }
    }
    return PointReader.parts(given.text).map { .init(text: $0.value, argument: given.argument) }
  }

  private func show(_ subject: Subject, _ start: Subject.Point, _ entries: [Entry]) {
    let console = invocation.console
    let glyphs = invocation.glyphs
    console.answer(subject.echo + Styled("      from " + subject.place(start)))
    console.answer()
    var grid = Grid(columns: [.left, .right, .right, .right, .right, .right, .left], gap: 2)
    let slope =
      subject.variables.count == 1
      ? "|\(subject.name)\(glyphs.primes(1))|" : "|\(glyphs.nabla)\(subject.name)|"
    grid.add(
      ["method", "steps", "values", "gradients", subject.name, slope, "end"].map { Styled($0, .keyword) })
    for entry in entries {
      let trace = entry.trace
      grid.add([
        Styled(entry.name, .value), Styled(String(trace.iterations)), Styled(String(trace.counts.f)),
        Styled(String(trace.counts.gradient)), Styled(invocation.number(trace.f)),
        Styled(invocation.number(trace.answer.gradientNorm, digits: 3)),
        Styled(trace.certificate.verdict.rawValue, trace.success ? .success : .text),
      ])
    }
    for line in grid.lines { console.answer(line) }
  }
}

/// The answer of `compare`.
struct CompareAnswer: Encodable {
  struct Row: Encodable {
    var name: String
    var answer: DescentAnswer
  }

  var schema = "nabla.comparison.1"
  var formula: String
  var variables: [String]
  var start: [JSONNumber]
  var methods: [Row]
}
