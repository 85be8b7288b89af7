import Foundation
import Testing

@testable import NablaCLI

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
      ("minimise f", .misspelt("minimise", meant: "minimize")), ("min(x, y)", .formula("min(x, y)")),
      ("min f", .misspelt("min", meant: "minimize")), ("max (x-1)^2", .misspelt("max", meant: "maximize")),
      ("max (x, y)", .formula("max (x, y)")), ("maximum f", .misspelt("maximum", meant: "maximize")),
      ("gard x^2", .misspelt("gard", meant: "grad")), ("stress x", .formula("stress x")),
      ("hour x", .formula("hour x")), ("oval x", .formula("oval x")),
      ("evaluate x^2", .misspelt("evaluate", meant: "eval")), ("minimise*f", .formula("minimise*f")),
      ("minimise + f", .formula("minimise + f")), ("sinc x", .formula("sinc x")),
      ("price x", .formula("price x")),
      ("f at 2", .command(["eval", "--at", "2", "--", "f"])),
      ("x^2 + y at x = 1, y = -pi/2", .command(["eval", "--at", "x=1,y=-pi/2", "--", "x^2 + y"])),
      ("x^2 at 1 2", .command(["eval", "--at", "1 2", "--", "x^2"])),
      ("x^2 at 1 1/2", .command(["eval", "--at", "1 1/2", "--", "x^2"])),
      ("x^2 at 3 digits 10", .command(["eval", "--at", "3", "--digits", "10", "--", "x^2"])),
      ("minimize f steps 1 5", .command(["minimize", "--steps", "1 5", "--", "f"])),
      ("minimize f within 0 .. 2 0", .command(["minimize", "--within", "0..2 0", "--", "f"])),
      ("minimize f -from -8", .command(["minimize", "--from", "-8", "--", "f"])),
      ("minimize f - from", .command(["minimize", "--", "f - from"])),
      (
        "minimize f with rate 0.1, from -8",
        .command(["minimize", "--rate", "0.1", "--from", "-8", "--", "f"])
      ),
      (
        "minimize f starting at 3 and rate 1",
        .command(["minimize", "--from", "3", "--rate", "1", "--", "f"])
      ),
      (
        "minimize f from -8 by gd",
        .command(["minimize", "--from", "-8", "--method", "gd", "--", "f"])
      ),
      ("plot f from -2 to 2", .command(["plot", "--window", "-2..2", "--", "f"])),
      ("x at y", .formula("x at y")), ("(x at 2)", .formula("(x at 2)")),
      ("fit y = m x + c to a.csv", .command(["fit", "--", "y = m x + c", "a.csv"])),
      ("check x^2 against 2x", .command(["check", "--", "x^2", "2x"])),
      ("check x^3 - 3x against 3x^2 - 3", .command(["check", "--", "x^3 - 3x", "3x^2 - 3"])),
      ("check 'x^3 - 3x' 3x^2 - 3", .command(["check", "--", "x^3 - 3x", "3x^2 - 3"])),
      ("check x^2 + 1 '2 x'", .command(["check", "--", "x^2 + 1", "2 x"])),
      ("check f + x^2 2x", .command(["check", "--", "f + x^2", "2x"])),
    ] as [(String, SessionLine)])
  func meanings(_ line: String, _ meaning: SessionLine) {
    #expect(SessionLine(line) == meaning)
  }

  @Test(arguments: ["help", "clear", "plot x", "minimise x", "at 2 at 3", "nabla x"])
  func namesOfTheSessionAreNoCommands(_ line: String) {
    let defined = ["help", "clear", "plot", "minimise", "at", "nabla"]
    #expect(SessionLine(line, defined: defined) == .formula(line))
  }

  @Test func aDefinedNameIsAllOfTheFormulaToCheck() {
    let check = { (line: String) in SessionLine(line, defined: ["f"]) }
    #expect(check("check f 2x sin x") == .command(["check", "--", "f", "2x sin x"]))
    #expect(check("check f 2xy, x^2") == .command(["check", "--", "f", "2xy, x^2"]))
    #expect(check("check f against 2x + 1") == .command(["check", "--", "f", "2x + 1"]))
    #expect(check("check f + x^2 2x") == .command(["check", "--", "f + x^2", "2x"]))
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

  @Test func aValueTypedLaterHoldsForEarlierFunctions() {
    let said = script("h(x) = (x-k)^2\nk = 4\nh(2)\nh at 2\nminimize h\n")
    #expect(said.answers.contains("k = 4\n4      with k = 4\n"))
    #expect(said.answers.contains("h′ = −4\n"))
    #expect(said.answers.contains("global minimum   x = 4   h = 0"))
    #expect(said.exit == 0)
  }

  @Test func theAdviceForALetterWithoutAValueIsALineOfTheSession() {
    #expect(script("h(x) = (x-k)^2\nh at 2\n").remarks.contains("give it one, such as k = 1\n"))
    #expect(script("h(x) = k x + l\nh at 2\n").remarks.contains("such as k = 1, then l = 1\n"))
  }

  @Test func aRedefinitionUsesWhatWasTypedInBetween() {
    #expect(script("f(x) = x\na = 3\nf(x) = a x^2\nf(2)\n").answers.hasSuffix("12      with a = 3\n"))
    #expect(script("w(t) = speed t\nspeed = 3\nw(2)\n").answers.hasSuffix("6      with speed = 3\n"))
    let said = script("s = sum(i, 1, 2, x_i) + t\nx_1 = 3\nx_2 = 4\ns\n")
    #expect(said.answers.contains("with x₁ = 3, x₂ = 4\n"))
  }

  @Test func eachDefinitionStandsBehindWhatItUses() {
    let said = script("f(x) = x\ng(x) = f(x) + b\nc = 7\nb = f(2) c\n:vars\ng(1)\n")
    #expect(said.answers.hasSuffix("f(x) = x\nc = 7\nb = f(2) c\ng(x) = f(x) + b\n15      with b = 14\n"))
  }

  @Test func definitionsPastedTogetherAreDefinitionsEach() throws {
    var definitions = Definitions()
    try definitions.define("f", as: "a = (1 +\n1)\nf(x) = a x + c")
    #expect(definitions.texts == ["a = (1 +\n1)", "f(x) = a x + c"])
    try definitions.define("g", as: "g(x) = a x")
    try definitions.define("c", as: "c = g(1)")
    #expect(definitions.names == ["a", "g", "c", "f"])
  }

  @Test(arguments: [
    "a = b\nb = c\nc = a\n", "a = 1\nb = a + 1\na = b\n", "f(x) = x w\nw = f(2)\n",
    "f(x) = x\ng(x) = f(x) + 1\nf(x) = g(x)\n", "u = speed\nspeed = u\n",
  ])
  func aDefinitionThatNeedsItselfIsRefused(_ lines: String) {
    let said = script(lines)
    #expect(said.exit == 2)
    #expect(said.remarks.contains("would be defined by itself: it needs ‘"), "\(said.remarks)")
  }

  @Test func theGradientToCheckMayHoldBlanksAndDefinitions() {
    let said = script(
      "f(x) = x^3 - 3x\ncheck f 3x^2 - 3\ncheck f f'\ng(x, y) = a x^2 y\na = 1\ncheck g 2xy, x^2\n")
    #expect(said.exit == 0)
    #expect(said.answers.split(separator: "\n").count { $0.hasPrefix("✓") } == 4)
    #expect(script("x = 2\nc = 5x\nf(x) = c x^2\ncheck f 2c x\n").exit == 0)
  }

  @Test func whereACheckIsCutIsTold() {
    let said = script("check x^3 - 3x 3x^2 - 3\n")
    #expect(said.remarks.contains("read as ‘x^3 - 3x 3x^2 -’, its gradient as ‘3’: put each in quotes"))
    #expect(!script("check 'x^3 - 3x' '3x^2 +'\n").remarks.contains("put each in quotes"))
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

  @Test func theDefinitionThatNeedsAnotherIsNamedWhereDefinitionsSpanLines() {
    let said = script("b(x) = (x\n+\n1)\nfoo(t) = t\ng(x) = foo(x)\nh(x) = 2x\n:forget foo\n")
    #expect(said.remarks.contains("‘g’ has no meaning without ‘foo’"), "\(said.remarks)")
  }

  @Test func aFileThatOpensItselfIsRefusedAtSomeDepth() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "nabla-\(UUID().uuidString)")
    try Data(":open \(file.path)\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let said = script(":open \(file.path)\n")
    #expect(said.exit == 2)
    #expect(said.remarks.contains("files open one another here, 16 deep"))
  }

  @Test func manyLinesInAnOpenBracket() {
    let text = "(1\n" + String(repeating: "+ 1\n", count: 20_000) + ")\n"
    #expect(LineAssembler.wholes(of: text) == [String(text.dropLast()), ""])
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
    #expect(script("f(x) = x\nmin f\n").remarks.contains("minimize? For the function, write min(…)"))
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

  @Test func aFormulaGoesOnInTheNextLine() {
    let said = script("f(x, y) = x^2\n  - 4xy\nf(1,2)\n")
    #expect(said.answers == "f(x, y) = x² − 4xy\n−7\n")
    #expect(said.remarks.contains("this line goes on with the formula of the line above"))
    #expect(script("f(x) = x^2 +\n3x\nf(1)\n").answers == "f(x) = x² + 3x\n4\n")
    #expect(script("f(x) = 2x\n-f(3)\n").answers == "f(x) = 2x\n−6\n")
    #expect(script("5\n-3\n").answers == "5\n−3\n")
    #expect(script("f(x) = x\n\n+ 3\n").answers == "f(x) = x\n3\n")
    #expect(script("f(x) = x\n :vars\n").answers == "f(x) = x\nf(x) = x\n")
    #expect(script("f(x) = x +\n").remarks.contains("something is missing after ‘+’"))
  }

  @Test func aLongFormulaOfManyLinesIsReadOnce() {
    let said = script("f(x) = x\n" + String(repeating: "  + 1\n", count: 2000) + "f(1)\n")
    #expect(said.answers.hasSuffix("2001\n"))
  }

  @Test func anEnterBehindAnOperatorGoesOn() {
    #expect(LineJoiner.goesOn("f(x) = x^2 + # and", defined: []))
    #expect(LineJoiner.goesOn("(x", defined: []))
    #expect(!LineJoiner.goesOn("f(x) = x^2", defined: []) && !LineJoiner.goesOn(":save a/", defined: []))
    #expect(!LineJoiner.goesOn("x^2 +\n", defined: []))
  }

  @Test func theTypedLineIsPointedAt() {
    #expect(
      script("f(x) = x^2\nminimize f from 8 steps 1 5\n").remarks.contains(
        "not ‘1 5’\n  minimize f from 8 steps 1 5\n                          ^^^\n"))
    #expect(script("minimize x^2 from -8 now\n").remarks.contains("‘-8 now’ is no number"))
    #expect(script("x y at 1 2\n").remarks.contains("between coordinates, write a comma: 1,2"))
  }

  @Test func aDerivativeStandsBeforeTheValuesItUses() {
    let said = script("h(t) = 20 - g t^2/2\ng = 9.81\nv(t) = h'(t)\nw = h'\nh' at 1\n")
    #expect(said.answers.contains("v(t) = h'(t) = −9.81t      with g = 9.81\n"))
    #expect(said.answers.contains("w(t) = h'(t) = −9.81t      with g = 9.81\n"))
    #expect(said.answers.contains("= −9.81\n"))
    #expect(nabla(["y = x^2\nd/dx (y)"]).answers.hasPrefix("f(x) = ∂/∂x(y) = 2x      with y = x²\n"))
  }

  @Test func aDerivativeThatIsANumberIsAValue() {
    #expect(script("f(x) = x^2 + a\nf'(2)\nans + 1\n").answers == "f(x) = x² + a\n4\n5\n")
    #expect(script("x = 3\nf(x) = x^2 + a\nf'(x)\n").answers.hasSuffix("6      with x = 3\n"))
  }

  @Test func aNameSaysWhatItsValueUses() {
    #expect(script("a = 5\nb = a + 1\nb\na\n").answers.hasSuffix("6      with a = 5\n5\n"))
  }

  @Test func aPrimeAloneIsAFormulaForCommands() {
    let said = script("f(x) = x^3\ncritical f'\nsteps f'\ntangent f' at 1\n")
    #expect(said.exit == 0)
    #expect(said.answers.contains("local minimum   x = 0"))
    #expect(said.answers.contains("tangent line   y = 3 + 6(x − 1)"))
  }

  @Test func aNoteOfADefinitionIsSaidOnce() {
    let said = script("h(t) = 1/2 g t^2\ng = 2\nh at 1\nminimize h\n")
    #expect(said.remarks.ranges(of: "is read as").count == 1)
  }

  @Test func aLetterWithAValueCanBeForgotten() {
    #expect(script("x = 3\nsteps x^2\n").remarks.contains("x is 3; :forget x makes it a letter again"))
    #expect(!nabla(["steps", "x = 3\nx^2"]).remarks.contains(":forget"))
  }

  @Test func aRefusedDefinitionTakesNothingAway() {
    let said = script("f(x) = x\nf(x) = f(x) + 1\n")
    #expect(said.remarks.contains("‘f’ is defined by itself"))
    #expect(!said.remarks.contains("defined anew"))
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
