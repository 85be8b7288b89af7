import NablaBasics
import NablaDescent

extension Command {
  private static let ofDescents: [Option] =
    [
      .from, .within, .global, .method, .rate, .reach, .momentum, .decay, .steps, .max, .tolerance, .starts,
      .trace,
      .jsonLines, .plot,
    ]
    + Option.ofPictures + Option.ofFormulas

  static let minimize: Command = .init(
    name: "minimize", operands: "FORMULA", summary: "walk down to a minimum",
    details: """
      Descends from --from until the gradient vanishes, says what kind of point it is, and how it knows. With \
      --steps it takes exactly that many steps. A descent that falls without bound, oscillates or diverges says so. \
      Without --from it starts at 0, or at a simple point where the formula has a value. --within keeps in a box; \
      where nothing else is said, all of a small problem's box is searched, so that the answer is not only a local \
      one. --global always searches it, --starts lists the minima that many starts lead to.
      """,
    options: ofDescents,
    examples: [
      "minimize 'x^2 + 5x + 6' --from -8 --method gd --rate 0.1 --steps 15 --trace",
      "minimize '(1 - x)^2 + 100(y - x^2)^2' --from -1.2,1 --within y=1.5..3",
      "minimize '(x^2 + y - 11)^2 + (x + y^2 - 7)^2' --starts 30 --within -5..5",
      "minimize '(x^2 + y - 11)^2 + (x + y^2 - 7)^2' --global --within -5..5",
    ]
  ) { invocation throws(Failure) in try Descend(invocation, sense: .minimize).run() }

  static let maximize: Command = .init(
    name: "maximize", operands: "FORMULA", summary: "climb up to a maximum",
    details: "The same as minimize, upwards.", options: ofDescents,
    examples: [
      "maximize 'x exp(-x)' --from 0.5", "maximize 'x (20 - 2x)^2' --within 0..10",
      "maximize 'sin x cos y' --from 1,0.2",
    ]
  ) { invocation throws(Failure) in try Descend(invocation, sense: .maximize).run() }

  static let methods: Command = .init(
    name: "methods", operands: "", summary: "the methods that minimize and maximize know",
    options: [.json], examples: ["methods"]
  ) { invocation throws(Failure) in
    try invocation.allow(values: 0)
    if invocation.isJSON {
      invocation.console.answer(json: MethodsAnswer(methods: Methods.all.map(MethodsAnswer.Row.init)))
      return .answered
    }
    var grid = Grid(columns: [.left, .left], gap: 2)
    for row in Methods.all {
      grid.add([Styled(row.name, .value), Styled(row.summary)])
      for setting in row.settings {
        let usual = NumberText.significant(setting.standard, minus: .ascii)
        grid.add([Styled("  --\(setting.name)"), Styled("\(setting.summary); \(usual) if not given")])
      }
    }
    for line in grid.lines { invocation.console.answer(line) }
    return .answered
  }
}

/// The answer of `methods`.
private struct MethodsAnswer: Encodable {
  struct Row: Encodable {
    struct Setting: Encodable {
      var name: String
      var standard: Double
      var summary: String
    }

    var name: String
    var aliases: [String]
    var summary: String
    var settings: [Setting]

    init(_ row: Methods.Row) {
      name = row.name
      aliases = row.aliases
      summary = row.summary
      settings = row.settings.map { .init(name: $0.name, standard: $0.standard, summary: $0.summary) }
    }
  }

  var schema = "nabla.methods.1"
  var methods: [Row]
}
