import Testing

/// Words that ask for something to be done: what is proposed works, and whoever means a variable can say so.
@Suite struct TaskWordTests {
  private static let words = [
    "derive", "derivative", "gradient", "evaluate", "calculate", "value", "optimise", "minimum", "maximise",
    "sketch",
    "graph", "simplify", "expand", "factorise", "factor", "integrate", "antiderivative", "solve", "roots",
  ]

  @Test(arguments: words)
  func aTaskIsNoVariableUnlessItIsDeclared(_ word: String) {
    #expect(nabla(["--", "y + \(word) x"]).exit == 0)
    #expect(nabla(["--", "\(word)*x"]).exit == 0)
    #expect(nabla(["--vars", "\(word),x", "--", "\(word) x"]).remarks.isEmpty)
    #expect(nabla(["f(\(word), x) = \(word) x"]).remarks.isEmpty)
    #expect(nabla(["-q", "--", "\(word) (x^2 + 1)"]).exit == 2)
  }

  @Test(arguments: [
    "evaluate x^2", "optimise x^2 + y^2", "maximise -x^2", "factorise x^2 - 1", "solve x^2 = 4", "x^2 at 3",
    "minimum of x^2-4x", "maximum of the -x^2", "value of x^2", "value of the x^2 at x = 3",
    "roots of x^2 - 4",
  ])
  func theProposedCommandRuns(_ text: String) throws {
    let remarks = nabla(["--", text]).remarks
    let start = try #require(remarks.ranges(of: "nabla ").last).lowerBound
    let line = remarks[start...].prefix { $0 != ";" && $0 != "\n" }
    let proposed = try #require(ShellLine(String(line)))
    #expect(nabla(proposed.arguments).exit == 0, "\(line)")
    #expect(!line.contains("of") && !line.contains("the"), "\(line)")
  }

  @Test(arguments: ["x^2 dx", "sin x dx", "\\sin x \\, dx", "x y dx dy", "x^2 \\, \\mathrm{d}x", "|t| dt"])
  func whatRemainsOfAnIntegralIsNoProduct(_ text: String) throws {
    let said = nabla(["--", text])
    #expect(said.exit == 2)
    #expect(said.remarks.contains("it finds no integrals"))
    #expect(nabla(["--vars", "d,t,x,y", "--", text]).exit == 0)
    let product = try #require(said.remarks.ranges(of: "write ").last).upperBound
    let end = try #require(text.firstIndex { $0 == "d" })
    let before = text[..<end].replacing("\\mathrm{", with: "")
    #expect(nabla(["--", before + String(said.remarks[product...].prefix { $0 != "\n" })]).exit == 0)
  }
}
