import Nabla
import NablaBasics

extension Command {
  static let plot: Command = .init(
    name: "plot", operands: "FORMULA",
    summary: "a picture: the curve, the contours and the gradient, the surface",
    details: """
      One variable: the curve. Two: contours and gradient arrows, or with --surface the surface in perspective. The \
      picture goes to the terminal, or with -o to a file: .svg, or .html for a page to play with. The part that is \
      drawn is chosen from the formula, and said; --window sets it.
      """,
    options: [.output, .window, .size, .surface, .field, .levels, .theme, .ascii] + Option.ofFormulas,
    examples: [
      "plot 'x^2 + 5x + 6'", "plot 'f(x, y) = 3x^2 + 8xy - 3y^5' --surface -o f.svg",
      "plot 'tan x' --window x=-3..3",
    ]
  ) { invocation throws(Failure) in
    let subject = try Subject(invocation)
    let picture = Picture(subject: subject)
    invocation.console.answer(subject.echoWithDomain)
    try picture.deliver([])
    return .answered
  }
}
