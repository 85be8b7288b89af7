import Nabla
import Testing

/// Every error says in words what is wrong, and prints as that.
@Suite struct ErrorTextTests {
  @Test func readingErrorsShowThePlace() throws {
    let error = try #require(throws: ReadingError.self) { try Formula("3x^2 + sinn(x)") }
    #expect(error.sentence == "unknown function ‘sinn’")
    #expect(
      "\(error)" == """
        error: unknown function ‘sinn’
          3x^2 + sinn(x)
                 ^^^^ did you mean ‘sin’?
        """)
    #expect("\(try #require(error.diagnostics.first))" == error.sentence)
  }

  private static let x = Variable("x")
  private static let errors: [(any NablaError, String)] = [
    (FormulaError.wrongCount(expected: 1, given: 2), "1 value expected, one for each variable, 2 given"),
    (FormulaError.overrun(.cancelled), "interrupted"),
    (FormulaError.infiniteBox(x), "the box goes on for ever along x: give it two finite ends"),
    (FormulaError.repeatedVariable(x), "x is given twice"),
    (FormulaError.openIndex(x), "the index x stands outside every sum or product"),
    (FormulaError.negativeOrder(-1), "an order is a whole number from 0 on, not -1"),
    (Budget.Overrun.exhausted, "this formula takes more work than one answer may take"),
    (CompilationError.unknownVariable(x), "x is not among the variables given"),
    (CompilationError.repeatedVariable(x), "x is given twice"),
    (ExpansionError.notSmooth(abs(Expr("x"))), "|x| has a kink or a jump there"),
    (ExpansionError.negativeOrder(-1), "an order is a whole number from 0 on, not -1"),
    (DirectionError.noDirection, "this vector has no direction: its length must be a number above 0"),
    (ImplicitError.doesNotDepend(on: x), "the equation does not depend on x"),
    (ImplicitError.oneVariable(x), "x cannot be a function of itself: name two variables"),
    (
      Methods.SettingError.unknown(setting: "rat", method: "gd", known: ["rate"]),
      "gd has no setting ‘rat’: it has rate"
    ),
    (
      Methods.SettingError.outOfRange(setting: "momentum", value: 2, above: 0, below: 1),
      "momentum lies above 0 and below 1, not at 2"
    ),
    (Halt.noStep, "no acceptable point was found along the direction tried"),
    (CSVError.noColumn(at: 5, columns: 2), "there is no column at place 5, counted from 0, among 2"),
    (FigureError.nothingToDraw("nothing"), "nothing"),
    (
      GradientCheckError.wrongCount(expected: 1, given: 2),
      "1 component expected, one for each variable, 2 given"
    ),
    (FitError.overrun(.cancelled), FitError.overrun(.cancelled).sentence),
  ]

  @Test(arguments: errors.indices) func errorsPrintTheirSentence(_ place: Int) {
    let (error, sentence) = Self.errors[place]
    #expect(error.sentence == sentence)
    #expect("\(error)" == sentence)
  }

  @Test func sentencesOfTheLibraryKnowNoCommandLine() throws {
    let error = try #require(throws: CSVError.self) {
      var reader = CSVReader()
      try reader.push(Array("t;y\n1;2,5\n".utf8))
      _ = try reader.finish()
    }
    #expect("\(error)" == "row 1 (line 2), column y: ‘2,5’ is no number: with decimal commas it is one")
  }
}
