import NablaCLI
import Testing

@Suite struct SessionLineTests {
  @Test(
    arguments: [
      ("", .empty), ("  # a remark", .empty), (":vars", .meta(name: "vars", rest: "")),
      (":save a b", .meta(name: "save", rest: "a b")), ("quit", .meta(name: "quit", rest: "")),
      ("x^2 + 1", .formula("x^2 + 1")), ("grad = 3", .formula("grad = 3")),
      ("grad x^2 + 3x", .command(["grad", "--", "x^2 + 3x"])),
      ("grad x^2 at 3", .command(["grad", "--at", "3", "--", "x^2"])),
      ("eval x y at x = 1, y = 2", .command(["eval", "--at", "x=1,y=2", "--", "x y"])),
      (
        "minimize f from 4, 4 rate 0.1 trace",
        .command(["minimize", "--from", "4,4", "--rate", "0.1", "--trace", "--", "f"])
      ),
      ("minimize 'x^2' --from=3", .command(["minimize", "--from=3", "--", "x^2"])),
      ("grad -x^2", .command(["grad", "--", "-x^2"])),
      ("functions sin", .command(["functions", "--", "sin"])),
      ("grad (x at) at 1", .command(["grad", "--at", "1", "--", "(x at)"])), ("help", .command(["help"])),
    ] as [(String, SessionLine)])
  func meanings(_ line: String, _ meaning: SessionLine) {
    #expect(SessionLine(line) == meaning)
  }
}

@Suite struct SessionTests {
  private func script(_ lines: String) -> Said { nabla(["repl"], input: lines) }

  @Test func definitionsValuesAndTheLastValue() {
    let said = script("f(x, y) = 3x^2 + 8xy - 3y^5\nf(1, 2)\nans + 1\nsin(pi/3)\n")
    #expect(said.answers == "f(x, y) = 3x² + 8xy − 3y⁵\n−77\n−76\n√3/2 ≈ 0.866025\n")
    #expect(said.exit == 0)
  }

  @Test func aNewValueReachesTheDefinitionsThatUseIt() {
    let said = script("a = 2\ng(t) = a t\ng(5)\na = 3\ng(5)\n")
    #expect(said.answers.hasSuffix("15\n"))
  }

  @Test func aDefinitionThatBreaksAnotherIsRefusedAndNothingIsLost() {
    let said = script("f(x) = x^2\ng(x) = f(x) + 1\nf(x, y) = x y\n")
    #expect(said.exit == 2)
    #expect(nabla(["repl"], input: "f(x) = x^2\ng(x) = f(x) + 1\ng(2)\n").answers.hasSuffix("5\n"))
  }

  @Test func commandsWorkWithoutQuotesOnDefinitions() {
    let said = script("f(x, y) = 3x^2 + 8xy - 3y^5\ngrad f\neval f at 1,2\n")
    #expect(said.answers.contains("∂f/∂x = 6x + 8y\n"))
    #expect(said.answers.contains("f   = −77\n"))
  }

  @Test func aScriptEndsAtTheFirstLineThatIsNotUnderstood() {
    let said = script("x^2 +* 3\n1 + 1\n")
    #expect(said.exit == 2)
    #expect(said.answers.isEmpty)
    #expect(said.remarks.contains("stopped at line 1 of standard input"))
  }

  @Test func aNoIsAnAnswerAndTheScriptGoesOn() {
    let said = script("1/0\n1 + 1\n")
    #expect(said.answers.contains("divides by 0"))
    #expect(said.answers.hasSuffix("2\n"))
    #expect(said.exit == 1)
  }

  @Test func bracketsCarryALineOn() { #expect(script("(1 +\n2)\n").answers == "3\n") }

  @Test func quitEndsAScriptQuietly() {
    let said = script("1 + 1\n:quit\nx +* 3\n")
    #expect(said.answers == "2\n")
    #expect(said.exit == 0)
  }

  @Test func unknownCommandsAreToldWithTheirNeighbour() {
    #expect(script(":var\n").remarks.contains("did you mean :vars?"))
  }
}
