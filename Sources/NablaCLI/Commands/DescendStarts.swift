import Nabla
import NablaBasics
import NablaDescent

/// `--starts N`: the distinct minima that many starts lead to.
struct DescendStarts {
  let subject: Subject
  let outcome: MultiStart.Outcome
  let sense: Objective.Sense
  private let starts: Int
  private let bounds: Bounds?

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }

  /// Descends from all of them.
  init(
    _ subject: Subject, _ minimizer: Minimizer, objective: Objective, start: [Double], starts: Int
  ) {
    self.subject = subject
    sense = objective.sense
    self.starts = starts
    let given = objective.bounds
    bounds = given
    let lower = start.indices.map { i in given.flatMap { $0.lower[i].isFinite ? $0.lower[i] : nil } ?? -10 }
    let upper = start.indices.map { i in
      given.flatMap { $0.upper[i].isFinite ? $0.upper[i] : nil } ?? max(10, lower[i] + 20)
    }
    let box = Bounds(lower: zip(lower, upper).map(min), upper: upper)
    outcome = MultiStart(minimizer, starts: starts).run(
      objective, within: box, from: start,
      cancellation: subject.invocation.cancellation)
  }

  /// For how many minima a picture has a path.
  private static let mostPaths = 6

  /// A way to each of the best minima, for a picture.
  var paths: [FigurePath] {
    outcome.minima.prefix(Self.mostPaths).map {
      FigurePath(
        $0.trace, name: "\($0.count) of \(counted(starts, "start")) to \(place($0.trace.x))", bounds: bounds)
    }
  }

  /// (3, 2), to as many digits as a legend has room for.
  private func place(_ x: [Double]) -> String {
    let shown = x.prefix(4).map { NumberText.significant($0, digits: 3) } + (x.count > 4 ? ["…"] : [])
    return x.count == 1 ? "\(subject.names[0]) = \(shown[0])" : "(\(shown.joined(separator: ", ")))"
  }

  func show(starts: Int) {
    let console = invocation.console
    console.answer(subject.echo + Styled("      \(counted(starts, "start"))"))
    console.answer()
    let what = sense == .minimize ? "minimum" : "maximum"
    let many = sense == .minimize ? "minima" : "maxima"
    let count = outcome.minima.count
    if count == 0 {
      console.answer(Styled(glyphs.cross + " ", .error) + Styled("no start led to a \(what)"))
    } else {
      var grid = Grid(columns: [.right, .left, .left, .left], gap: 3)
      for found in outcome.minima {
        let trace = found.trace
        grid.add([
          Styled(counted(found.count, "start")),
          Styled(
            PointText(glyphs: glyphs).equation(
              subject.names, invocation.sign(trace.x), trace.x.map { invocation.number($0) })),
          Styled("\(subject.name) \(invocation.sign(trace.f)) \(invocation.number(trace.f))"),
          Styled(trace.certificate.verdict.rawValue, .success),
        ])
      }
      for line in grid.lines { console.answer(line) }
      console.answer()
      console.answer(Styled("\(count) distinct \(count == 1 ? what : many); \(proof)", .hint))
    }
    for other in outcome.others {
      console.answer(Styled("\(counted(other.count, "start")) ended otherwise: \(other.verdict.rawValue)"))
    }
    let counts = outcome.counts
    console.answer(
      Styled("\(counted(counts.f, "value")) and \(counted(counts.gradient, "gradient")) in all", .hint))
  }

  /// Why nothing is lower than the best, or that nobody knows.
  private var proof: String {
    if let best = outcome.minima.first?.trace.certificate,
      [.globalMinimum, .globalMaximum].contains(best.verdict)
    {
      return glyphs.worded(subject.named(best.reason))
    }
    return "that nothing \(sense == .minimize ? "lower" : "higher") was found proves nothing"
  }

  /// The same as JSON.
  func answer(starts: Int) -> StartsAnswer {
    StartsAnswer(
      formula: subject.plainEcho, variables: subject.plainNames, starts: starts,
      minima: outcome.minima.map { found in
        .init(
          x: found.trace.x.map { JSONNumber($0) }, f: JSONNumber(found.trace.f),
          verdict: found.trace.certificate.verdict.rawValue, count: found.count)
      },
      others: outcome.others.map { .init(verdict: $0.verdict.rawValue, count: $0.count) },
      success: !outcome.minima.isEmpty,
      evaluations: .init(outcome.counts))
  }
}

/// The answer of `minimize --starts`.
struct StartsAnswer: Encodable {
  struct Minimum: Encodable {
    var x: [JSONNumber]
    var f: JSONNumber
    var verdict: String
    var count: Int
  }

  struct Other: Encodable {
    var verdict: String
    var count: Int
  }

  var schema = "nabla.starts.1"
  var formula: String
  var variables: [String]
  var starts: Int
  /// The distinct minima, the best first.
  var minima: [Minimum]
  /// What the other starts came to.
  var others: [Other]
  var success: Bool
  var evaluations: DescentAnswer.Evaluations
}
