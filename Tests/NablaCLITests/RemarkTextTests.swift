import Testing

@testable import NablaCLI

/// What is said beside a formula and its derivatives: where it has values, what it tends to, where it bends.
@Suite struct RemarkTextTests {
  @Test(
    "Remarks are exact, and name what can fail",
    arguments: [
      (["grad", "arctan(tan(x))"], "f′(x) = 1      for cos x ≠ 0"),
      (["grad", "arctan(cot(x))"], "f′(x) = −1      for sin x ≠ 0"),
      (["grad", "arctan((x+1)/(x-1))"], "it tends to −π/2 from below and to π/2 from above"),
      (["grad", "arctan(x)+arctan(1/x)"], "it tends to −π/2 from below and to π/2 from above"),
      (["grad", "arccot(x)"], "has no value at x = 0; it tends to −π/2 from below and to π/2 from above"),
      (["grad", "x/(x+c/x)"], "f has no value where x = 0; the limit there is 0"),
      (["grad", "arccot(sqrt(t))"], "for t > 0"),
      (["grad", "1/(1+1/(1+1/x))"], "f′(x) = −1/(2x + 1)²      for x ≠ −1 and x ≠ 0\n"),
      (["grad", "ln(x^2/y)"], "for x ≠ 0, y > 0"),
      (["grad", "ln(x^2 sqrt(x+1))"], "for x > −1, x ≠ 0"),
      (["grad", "ln(e^x/(e^x-1))"], "for x > 0\n"),
      (["grad", "log_3(x^2 e^x)"], "for x ≠ 0\n"),
      (["grad", "sqrt(x^2-2xy+y^2)"], "f(x, y) = √(x² − 2xy + y²)\n"),
      (["grad", "ln((x-1)(x-1.0000000000000001))"], "for (x − 1.0000000000000001)(x − 1) > 0"),
      (["steps", "max(x,1)"], "f bends at x = 1: f′ is 0 from below and 1 from above"),
      (["simplify", "0/0"], "f = 0/0      for no real point"),
      (["critical", "floor(x)"], "critical   everywhere but where ⌊x⌋ jumps"),
      (["critical", "(x^2+y^2-1)^2"], "wherever x² + y² = 1"),
      (["critical", "x^(2/3)"], "local minimum (a cusp)"),
      (["implicit", "x^2/a^2+y^2=1", "--order", "2"], "d²y/dx² = −1/(a²y³)"),
      (["implicit", "b^2x^2+a^2y^2=a^2b^2", "--order", "2"], "d²y/dx² = −b⁴/(a²y³)"),
    ])
  func says(words: [String], sentence: String) {
    let said = nabla(words).everything
    #expect(said.contains(sentence), "\(said)")
  }

  @Test(
    "What cannot be is not said",
    arguments: [
      (["grad", "ln|cos(x)|"], "may bend"), (["grad", "ln|sec(x)+tan(x)|"], "may bend"),
      (["simplify", "0/0"], "f = 0\n"), (["grad", "arcsinh(tan(x))"], "sec x ≠ 0"),
    ])
  func saysNot(words: [String], sentence: String) {
    let said = nabla(words).everything
    #expect(!said.contains(sentence), "\(said)")
  }
}
