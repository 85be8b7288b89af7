import NablaBasics
import Testing

@testable import NablaCLI

/// Several lines that come as one text, as from a page or a README.
@Suite struct PastedTextTests {
  private func said(_ text: String) -> (text: String, outcome: Session.Outcome) {
    final class Recorder { var text = "" }
    let recorder = Recorder()
    func stream() -> Output {
      Output { bytes in
        recorder.text += String(decoding: bytes, as: UTF8.self)
        return nil
      }
    }
    let process = Process(environment: [:], input: Input(""), output: stream(), errors: stream())
    let outcome = Session(process: process, options: []).run(text)
    return (recorder.text, outcome)
  }

  @Test func linesForAShellRunOneAfterTheOther() {
    let (text, outcome) = said("$ nabla eval 'x^2' --at 3\n\n$ nabla '2 + 3'\nf(x) = 2x\n")
    #expect(text == "f(x) = x²   at x = 3\n\nf  = 9\nf′ = 6\nf = 2 + 3 = 5\nf(x) = 2x\n")
    #expect(outcome == .next(.answered))
  }

  @Test func whatIsNotUnderstoodKeepsNobodyFromTheRest() {
    let (text, outcome) = said("nabla 'x +* 3'\nnabla 'x'\n")
    #expect(text.contains("something is missing before ‘*’") && text.hasSuffix("f′(x) = 1\n"))
    #expect(outcome == .next(.notUnderstood))
    #expect(said("Homework 3\na = 2\na + 1").text.hasSuffix("a = 2\n3      with a = 2\n"))
    #expect(said("version\nquit\nx").outcome == .quit)
  }

  @Test func whatIsDefinedAmongThemStaysDefined() {
    let (text, outcome) = said("f(x) = x^2\ng = 3\nf(g)")
    #expect(text == "f(x) = x²\ng = 3\n9      with g = 3\n")
    #expect(outcome == .next(.answered))
    #expect(said("x^2\nx^3\n").text == "f(x) = x²\n\nf′(x) = 2x\nf(x) = x³\n\nf′(x) = 3x²\n")
  }

  @Test(
    "A line that is not complete goes on in the next",
    arguments: [
      "(x\n+ 1)", "$$\nx + 1\n$$", "\\[\nx + 1\n\\]", "\\begin{align}\nf(x) &= x + 1\n\\end{align}\nf",
      "f(x) = (x + # a remark (\n1)\nf",
    ])
  func linesThatBelongTogether(text: String) {
    #expect(said(text).text.hasSuffix("f(x) = x + 1\n\nf′(x) = 1\n"), "\(said(text).text)")
  }

  @Test(
    "A pasted text says what a file of the same lines says",
    arguments: [
      "a = 7\nb = 8\na b", "f(x) = x^2\n\n# a remark\nf(5)\ngrad f", "f(x) = {x > 0: 1;\nx <= 0: 2}\nf(1)",
      "\\begin{align}\na &= 2 \\\\\nb &= 3\n\\end{align}\na + b", "x^2 +\n3x", "a = 2\nquit\na",
      "f(x, y) = x^2\n  - 4xy\nf(1,2)", "f(x) = 2x\n- f(3)", "x^2 +\nx", "x^2\n-x",
      "f(x) =\n  x\n  + 1\n\n-f(2)",
    ])
  func pastedAndPiped(text: String) {
    let pasted = said(text)
    let piped = nabla(["repl"], input: text + "\n")
    let remarks = /error: stopped at line \d+ of standard input\n/
    #expect(pasted.text.replacing(remarks, with: "") == piped.everything.replacing(remarks, with: ""))
  }
}
