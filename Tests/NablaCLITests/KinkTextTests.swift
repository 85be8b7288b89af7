import Testing

@testable import NablaCLI

/// Where a slope is a choice, every command that prints its value says so.
@Suite struct KinkTextTests {
  @Test(
    "The value of a derivative at a kink comes with its two sides",
    arguments: [
      (["grad", "|x|", "--at", "0"], "|x| bends here: f′ is −1 from below and 1 from above, 0 is taken"),
      (["grad", "|x|", "--direction", "1", "--at", "0"], "|x| bends here"),
      (["grad", "max(x,y)", "--at", "1,1"], "max(x, y) bends here"),
      (["grad", "x|x|", "--order", "2", "--at", "0"], "bends here"),
      (["eval", "|x|+|y|", "--at", "0,0"], "|x| and |y| bend here"),
      (["eval", "{x<0: x^2; x}", "--at", "0"], "f bends here"),
    ])
  func saysSo(words: [String], sentence: String) {
    let said = nabla(words).everything
    #expect(said.contains(sentence), "\(said)")
  }

  @Test func aHessianAtAKinkSaysNothingOfCurvature() {
    let said = nabla(["hessian", "|x|+|y|", "--at", "0,0"]).everything
    #expect(said.contains("eigenvalues 0, 0") && !said.contains("flat"), "\(said)")
    #expect(nabla(["hessian", "|x| + y^2", "--at", "1,0"]).everything.contains("eigenvalues 0, 2: "))
    #expect(nabla(["hessian", "|x|+|y|"]).everything.contains("f bends where x = 0"))
  }

  @Test func aCounterExampleShowsTheDifference() {
    #expect(nabla(["check", "pi x", "3.14159"]).everything.contains("3.14159, not 3.141593"))
  }
}
