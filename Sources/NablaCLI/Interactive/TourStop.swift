/// A screen of the tour: what is shown, and a line to run, to change and to run again.
struct TourStop: Sendable {
  let title: String
  private let words: String
  let line: String

  /// The text in lines of at most so many cells.
  func text(width: Int) -> String { Help.wrapped(words, to: min(width, 80)).joined(separator: "\n") }

  private init(_ title: String, _ line: String, _ words: String) {
    (self.title, self.line, self.words) = (title, line, words)
  }

  /// The screens in order.
  static let all: [TourStop] = [
    .init(
      "A formula", "f(x, y) = 3x^{2} + 8xy – 3y^{5}",
      """
      Type a formula as you would write it, or paste it from a page. It is shown back as it was understood; that \
      line is worth a look before every answer. This one defines f for the screens to come.
      """),
    .init(
      "Its gradient", "grad f",
      """
      The partial derivative ∂f/∂x treats y as a constant, ∂f/∂y treats x as one. Together they are the gradient: at \
      every point, the direction in which f grows fastest.
      """),
    .init(
      "Values at a point", "eval f at 1,2",
      """
      At one point the gradient is an arrow of numbers. Its length |∇f| says how steep the surface is there. \
      Coordinates may be formulas: pi/2, 1/3.
      """),
    .init(
      "Is my gradient right?", "check f ⟨6x + 8, 8 - 15y^4⟩",
      """
      This answer has been printed in a real article, and it is wrong twice. A wrong gradient is told with a point \
      where it shows, and with the slip that explains it. Correct the line and run it again.
      """),
    .init(
      "How it is done", "steps x^2 sin x",
      """
      Every derivative is made by a few rules. Here they are named one after the other. Try x e^(-x^2) or x^x.
      """),
    .init(
      "Curvature", "hessian f at 1,-1",
      """
      The second derivatives say how the surface curves. Where all eigenvalues are positive it curves up in every \
      direction, as at the bottom of a valley.
      """),
    .init(
      "Walking down", "minimize x^2 + 5x + 6 from -8 method gd rate 0.1 steps 15 trace",
      """
      Gradient descent goes against the gradient, a little at a time: the next x is x − rate · f′(x). Watch the \
      steps become smaller as the slope does.
      """),
    .init(
      "Too large a rate", "minimize x^2 + 5x + 6 from -8 method gd rate 1.1",
      """
      With a large rate every step jumps over the valley to a higher place on the other side. You are told so. Try \
      0.5, 0.9 and 1.0.
      """),
    .init(
      "What is at the end?", "minimize f from 1,-1",
      """
      A path can end in a valley, on a saddle, or fall for ever. The verdict says which, and how it is known. From \
      1,2 this f falls without bound; try it.
      """),
    .init(
      "Seeing it", "plot x^2 + 5x + 6",
      """
      A picture in the terminal; add  output f.svg  or  output f.html  for one to keep. Two variables give \
      contours, the gradient's arrows, or with surface the surface itself.
      """),
  ]
}
