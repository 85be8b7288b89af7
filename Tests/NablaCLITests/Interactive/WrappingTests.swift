import NablaBasics
import NablaCLI
import Testing

@Suite struct WrappingTests {
  @Test(
    arguments: [
      ("short", 20, ["short"]), ("", 20, [""]), ("one two three four", 10, ["one two", "  three", "  four"]),
      ("a b\nc d", 10, ["a b", "c d"]),
      ("f(x) = x²      f′(x) = 2x", 20, ["f(x) = x²", "  f′(x) = 2x"]),
      ("aaaa + bbbb + cccc", 12, ["aaaa + bbbb", "  + cccc"]), ("aaaa + bbbb", 10, ["aaaa", "  + bbbb"]),
      ("    ^^^ write this instead", 16, ["    ^^^ write", "     this", "     instead"]),
      ("abcdefghijklmnop", 10, ["abcdefghij", "   klmnop"].map { $0.replacing("   k", with: "  k") }),
      ("关关关 关关关", 10, ["关关关", "  关关关"]), ("trailing      ", 10, ["trailing  "]),
    ] as [(String, Int, [String])])
  func breaksAtBlanks(_ text: String, _ columns: Int, _ lines: [String]) {
    #expect(Styled(text).wrapped(to: columns).map(\.plain) == lines)
  }

  @Test func rolesGoAlong() {
    let lines = (Styled("hint: ", .hint) + Styled("start elsewhere")).wrapped(to: 12)
    #expect(lines[0] == Styled("hint: ", .hint) + Styled("start"))
    #expect(lines[1] == Styled("  elsewhere"))
  }

  /// Everything that is said on a terminal keeps within its width and breaks no word.
  @Test(
    arguments: [40, 60, 80],
    [
      "help", "?x", "minimize x^2 - 4x + 7", "minimise f", "x2 + 3y2 + sin 2*x", "integrate x^2",
      "solve x^2 = 4",
      "f(x) = 2x", ":nothing", "grad x^2 at 1,2,3", "hessian x^2 y", "help grad", "functions",
      "critical x^3 - 3x",
      "3x^2 + 8x - 3x^5 + sinn(x) + 4x^3 + 12x^4 - 77x^5 + 12x - 4x^2 + 128x^6 + 4",
      "e^x + x^2 + x^3 + x^4 + x^5 + x^6 + x^7 + x^8 + x^9 + x^10 + x^11 + x^12 + x^13 + x^14 + x^15",
    ])
  func aSessionKeepsWithinItsTerminal(_ columns: Int, _ line: String) {
    let narrow = terminal(line, columns: columns)
    let wide = terminal(line, columns: 10_000)
    let longest = narrow.split(separator: "\n").map { DisplayWidth.of($0) }.max() ?? 0
    #expect(longest <= columns, "\(narrow)")
    // Carets point at the same characters, and source lines may be cut: everything else is there, word by word.
    if !wide.contains("^^"), !wide.contains("  ^ ") {
      #expect(narrow.split(whereSeparator: \.isWhitespace) == wide.split(whereSeparator: \.isWhitespace))
    }
  }

  private func terminal(_ line: String, columns: Int) -> String {
    final class Recorder { var text = "" }
    let recorder = Recorder()
    func stream() -> Output {
      Output(isTerminal: true, columns: columns) { bytes in
        recorder.text += String(decoding: bytes, as: UTF8.self)
        return nil
      }
    }
    _ = run(
      arguments: ["repl"], environment: ["NO_COLOR": "1"], input: Input(line + "\n"), output: stream(),
      errors: stream())
    return recorder.text
  }
}
