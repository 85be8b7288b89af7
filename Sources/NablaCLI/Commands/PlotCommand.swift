import Nabla
import NablaBasics

extension Command {
  static let plot: Command = .init(
    name: "plot", operands: "FORMULA",
    summary: "a picture: the curve, the contours and the gradient, the surface",
    details: """
      One variable: the curve, with --field the slope beside it; a circle is a hole or an end without its value. \
      Two: contours and gradient arrows, or with --surface the surface in perspective. The picture goes to the \
      terminal, or with -o to a file: .svg, or .html for a page to play with. The part that is drawn is chosen from \
      the formula, and said; --window sets it.
      """,
    options: [.output, .window, .size, .surface, .field, .levels, .theme, .ascii] + Option.ofFormulas,
    examples: [
      "plot 'x^2 + 5x + 6'", "plot 'f(x, y) = 3x^2 + 8xy - 3y^5' --surface -o f.svg",
      "plot 'tan x' --window x=-3..3",
    ]
  ) { invocation throws(Failure) in
    let subject = try Subject(invocation)
    _ = try subject.picture.target()
    _ = try subject.picture.options()
    guard subject.variables.count <= 2 else { throw subject.refuseToPlot() }
    if !invocation.isJSON {
      invocation.console.answer(subject.echoWithDomain)
    } else if !invocation.arguments.has(.output) {
      throw .usage(
        UsageError(
          .missing("a file, with --json", command: "plot"), at: invocation.arguments.end, fix: "-o f.svg"))
    }
    let (figure, bytes) = try subject.draw([])
    if invocation.isJSON {
      invocation.console.answer(json: PlotAnswer(subject, figure, bytes: bytes))
    }
    return .answered
  }
}

extension Subject {
  /// Says what can be drawn of a formula of three variables or more, in commands.
  fileprivate func refuseToPlot() -> Failure {
    let operand = invocation.arguments.values.first.map { UsageError.asTyped($0.text) } ?? "FORMULA"
    let values = plainNames.dropFirst(2).prefix(3).map { "--let \($0)=1" }.joined(separator: " ")
    let descent = "for a descent, nabla minimize \(operand) --plot"
    let reason = "\(variables.count) variables are too many for a curve, contours or a surface"
    return refuse(
      variables.count <= 5
        ? "\(reason): for those of two, give values with \(values); \(descent)" : "\(reason): \(descent)")
  }
}

/// The answer of `plot`.
private struct PlotAnswer: Encodable {
  /// A stretch of an axis.
  struct Stretch: Encodable {
    var name: String
    var low: JSONNumber
    var high: JSONNumber
  }

  /// A marked point.
  struct Mark: Encodable {
    var x: [JSONNumber]
    var f: JSONNumber
    var kind: String
  }

  var schema = "nabla.plot.1"
  var formula: String
  var variables: [String]
  var file: String?
  var bytes: Int?
  /// What the picture shows, the values of a curve last.
  var window: [Stretch]
  /// What the window was chosen from; a missing key says that it was given.
  var window_from: String?
  /// The points of zero gradient that are marked.
  var marked: [Mark]
  var remarks: [String]?
  var notes: [NoticeAnswer]?

  init(_ subject: Subject, _ figure: Figure, bytes: Int?) {
    formula = subject.plainEcho
    variables = subject.plainNames
    file = subject.invocation.arguments.value(.output)?.text
    self.bytes = bytes
    window = zip(subject.plainNames + [subject.formula.name], figure.window).map {
      Stretch(name: $0, low: JSONNumber($1.lowerBound), high: JSONNumber($1.upperBound))
    }
    window_from = figure.windowReason
    marked = figure.marked.map {
      Mark(x: $0.coordinates.map { JSONNumber($0) }, f: JSONNumber($0.value), kind: $0.kind.rawValue)
    }
    remarks = figure.remarks.isEmpty ? nil : figure.remarks.map(Glyphs.plain.worded)
    notes = subject.noticesOrNil
  }
}
