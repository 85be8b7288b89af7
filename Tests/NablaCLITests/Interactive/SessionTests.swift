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
      ("grad (x at) at 1", .command(["grad", "--at", "1", "--", "(x at)"])),
      ("help", .meta(name: "help", rest: "")), ("?", .meta(name: "help", rest: "")),
      ("help grad", .command(["help", "--", "grad"])), ("clear", .meta(name: "clear", rest: "")),
      ("version", .meta(name: "version", rest: "")), ("exit()", .meta(name: "quit", rest: "")),
      ("clear = 3", .formula("clear = 3")), ("vars x", .formula("vars x")),
      ("nabla 'x^2'", .command(["x^2"])),
      ("$ nabla eval 'x^2' --at 3", .command(["eval", "x^2", "--at", "3"])),
      ("swift run nabla \"x y\"", .command(["x y"])), ("./build/nabla “x + 1”", .command(["x + 1"])),
      ("nabla 'it'\\''s'", .command(["it's"])), ("nabla", .command(["repl"])),
      ("nabla = 3", .formula("nabla = 3")), ("∇ x^2", .formula("x^2")), ("$x^2$", .formula("$x^2$")),
      ("$ x^2 $", .formula("$ x^2 $")), ("'x^2 + 1'", .formula("x^2 + 1")), ("“x”", .formula("x")),
      ("'x' + 'y'", .formula("'x' + 'y'")), ("\"grad x\"", .command(["grad", "--", "x"])),
      ("minimise f", .misspelt("minimise", meant: "minimize")),
      ("gard x^2", .misspelt("gard", meant: "grad")), ("stress x", .formula("stress x")),
      ("hour x", .formula("hour x")), ("oval x", .formula("oval x")),
      ("evaluate x^2", .misspelt("evaluate", meant: "eval")), ("minimise*f", .formula("minimise*f")),
      ("minimise + f", .formula("minimise + f")), ("sinc x", .formula("sinc x")),
      ("price x", .formula("price x")),
      ("f at 2", .command(["eval", "--at", "2", "--", "f"])),
      ("x^2 + y at x = 1, y = -pi/2", .command(["eval", "--at", "x=1,y=-pi/2", "--", "x^2 + y"])),
      ("x at y", .formula("x at y")), ("(x at 2)", .formula("(x at 2)")),
      ("fit y = m x + c to a.csv", .command(["fit", "--", "y = m x + c", "a.csv"])),
      ("check x^2 against 2x", .command(["check", "--", "x^2", "2x"])),
    ] as [(String, SessionLine)])
  func meanings(_ line: String, _ meaning: SessionLine) {
    #expect(SessionLine(line) == meaning)
  }

  @Test(arguments: ["help", "clear", "plot x", "minimise x", "at 2 at 3", "nabla x"])
  func namesOfTheSessionAreNoCommands(_ line: String) {
    let defined = ["help", "clear", "plot", "minimise", "at", "nabla"]
    #expect(SessionLine(line, defined: defined) == .formula(line))
  }

  @Test func oneDefinitionIsForgottenByItsName() {
    #expect(SessionLine("forget x", defined: ["x"]) == .meta(name: "forget", rest: "x"))
    #expect(SessionLine("forget x") == .formula("forget x"))
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
    #expect(said.answers.hasSuffix("15      with a = 3\n"))
  }

  @Test func aFormulaThatIsShownAsAFunctionIsOne() {
    let said = script("f = x^3\nf(2)\nf'(2)\nf at 2\nf(1, 2)\n")
    #expect(said.answers == "f(x) = x³\n8\n12\nf(x) = x³   at x = 2\n\nf  = 8\nf′ = 12\n")
    #expect(said.remarks.contains("‘f’ takes 1 argument (x), not 2"))
  }

  @Test(arguments: ["f = x^3 - x", "f(x) = x^3 - x"])
  func aPrimeAloneShowsTheDerivative(_ definition: String) {
    let said = script("\(definition)\nf'\nf″\n")
    #expect(said.answers.contains("f′(x) = 3x² − 1\n"))
    #expect(said.answers.hasSuffix("f′′(x) = 6x\n"))
    #expect(script("f(x, y) = x y\nf'\n").remarks.contains("say by which variable"))
  }

  @Test func aValueSaysWhichValuesItUses() {
    let said = script("x = 3\nx^2\nans + 1\n:forget x\nx^2\n")
    #expect(said.answers == "x = 3\n9      with x = 3\n10\nf(x) = x²\n\nf′(x) = 2x\n")
    #expect(said.exit == 0)
  }

  @Test func whatIsNeededCannotBeForgotten() {
    let said = script("f(x) = 2x\na = 1\ng = f(a) + x\n:forget f\n")
    #expect(said.remarks.contains("‘g’ has no meaning without ‘f’"))
    #expect(script(":forget q\n").remarks.contains("‘q’ is not defined"))
    #expect(script("a = 1\ng = a x\nforget a\ng\n").answers.contains("∂g/∂a = x\n"))
  }

  @Test func linesMadeForAShellAreTaken() {
    let said = script("$ nabla eval 'x^2' --at 3\nnabla 'x^3'\nf(x) = 2x\nnabla grad f\n'x^4'\n")
    #expect(said.exit == 0)
    for derivative in ["f′ = 6\n", "f′(x) = 3x²\n", "f′(x) = 2\n", "g′(x) = 4x³\n"] {
      #expect(said.answers.contains(derivative))
    }
  }

  @Test func wordsByThemselvesDoWhatTheySay() {
    #expect(script("help\n").answers == script(":help\n").answers)
    #expect(script("?\n").answers.contains(":forget NAME"))
    #expect(script("version\n").answers.hasPrefix("nabla "))
    #expect(script("clear\nexit\nx +* 3\n").everything.isEmpty)
  }

  @Test func aMisspeltCommandIsNoVariable() {
    #expect(script("f(x) = x\nminimise f\n").remarks.contains("did you mean minimize?"))
    #expect(script("minimise = 2\nminimise x\n").answers.contains("with minimise = 2"))
  }

  @Test func sentencesNameTheFunctionAsItsHeader() {
    let said = script("f(x) = 2x\nminimize x^2 - 4x\nminimize (x - 1)^4\n")
    #expect(said.answers.contains("g is a parabola that opens upwards"))
    #expect(!said.answers.contains(" f is "))
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
    #expect(script(":q\n").remarks.contains("did you mean :quit?"))
  }
}
