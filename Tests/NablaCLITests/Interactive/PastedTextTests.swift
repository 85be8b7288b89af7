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

  @Test func theyEndAtTheFirstThatIsNotUnderstood() {
    let (text, outcome) = said("nabla 'x +* 3'\nnabla 'x'\n")
    #expect(text.contains("something is missing before ‘*’") && !text.contains("f′"))
    #expect(outcome == .next(.notUnderstood))
    #expect(said("version\nquit\nx").outcome == .quit)
  }

  @Test func formulasAreOneText() {
    #expect(said("a = 2\na + 1").text == "3      with a = 2\n")
    #expect(said("(x\n+ 1)").text.hasPrefix("f(x) = x + 1\n"))
  }
}
