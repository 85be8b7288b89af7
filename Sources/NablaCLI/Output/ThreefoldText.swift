/// An answer in its three forms: JSON for programs, equations in markup, lines for a person.
protocol ThreefoldText {
  associatedtype Answer: Encodable
  /// The answer as JSON.
  var answer: Answer { get }
  /// The answer in LaTeX or MathML.
  var block: Equations { get }
  /// Says the answer on the console.
  func show()
}

extension Invocation {
  /// Says an answer in the form that was asked for.
  func tell(_ text: some ThreefoldText) {
    if isJSON {
      console.answer(json: text.answer)
    } else if format.isMarkup {
      answer(text.block)
    } else {
      text.show()
    }
  }
}
