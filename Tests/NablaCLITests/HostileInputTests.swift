import NablaBasics
import NablaCLI
import Testing

/// What nobody should type, by kind: every command answers or refuses, in words, and ends.
struct HostileInputTests {
  struct Kind: CustomTestStringConvertible {
    let name: String
    let texts: [String]
    var testDescription: String { name }
  }

  private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  static let kinds: [Kind] = [
    .init(
      name: "unbalanced",
      texts: [
        "(", ")", "((x)", "x)", "[x)", "{x]", "|x", "||x|", "⌊x", "⌈x⌋", "sin(", "sum(i, 1, 3, x", "\\left(x",
        "\\frac{x", "\\begin{cases} x", "\\sqrt[3", "$x", "x_{1", "if(x > 0", many("(", 300), many(")", 300),
      ]),
    .init(
      name: "deep",
      texts: [
        many("(", 2_000) + "x" + many(")", 2_000), many("sin(", 1_000) + "x" + many(")", 1_000),
        many("sin ", 5_000) + "x", many("-", 50_000) + "x", many("e^", 3_000) + "x", many("x^", 3_000) + "x",
        many("√", 3_000) + "x", many("\\frac{1}{", 1_000) + "x" + many("}", 1_000), many("|", 2_000) + "x",
        many("if(x > 0, ", 500) + "x" + many(", 1)", 500), many("d/dx ", 300) + "x", many("[", 1_000),
        many("\\left\\lfloor ", 500) + "x", many("sum(i, 1, 2, ", 300) + "x" + many(")", 300),
      ]),
    .init(
      name: "long",
      texts: [
        "x" + many(" + x", 5_000), "x" + many("*x", 5_000), "1" + many(" + 1/x", 1_000), many("x", 20_000),
        many("x y ", 5_000), "x" + many("/x", 3_000), many("x = 1\n", 2_000) + "x", "x" + many("!", 500),
        many("a", 100_000), "max(" + many("x, ", 3_000) + "x)", "(" + many("x+", 2_000) + "1)^2",
        many(" ", 50_000) + "x",
        "#" + many("a comment ", 10_000), many("\n", 5_000) + "x", "x" + many("\u{200B}", 5_000) + "^2",
      ]),
    .init(
      name: "huge numbers",
      texts: [
        many("9", 5_000) + "x", "1e999999999x", "1e-999999999x", "10^10^10", "10^(10^(10^10))x",
        "2^99999999999", "0." + many("3", 5_000),
        "x^99999999999", "x^(-99999999999)", "99999999999!", "gamma(1e300) x", "sum(i, 1, 99999999999, x)",
        "prod(i, 1, 1000000, x + i)", "sum(i, -9223372036854775808, 9223372036854775807, x)",
        "x[9223372036854775807]",
        "(x + 1)^1000000", "(1/3)^1000000 x", "sqrt(" + many("9", 2_000) + ")", "x_99999999999999999999",
        "1e308*1e308 x",
        "besselj(1000000, x)", "polygamma(1e18, x)", "1/1e-400 x", "0x10 + x", "1.2.3.4", "1_000_000x", "½½x",
      ]),
    .init(
      name: "control and direction",
      texts: [
        "x\u{0}y", "\u{0}", "x\u{7}", "x\u{1B}[31my", "\u{202E}x^2\u{202C}", "x\u{200E}+\u{200F}y",
        "\u{2066}x\u{2069}",
        "x\u{8}\u{8}", "x\r\ny", "x\ry", "x\u{85}y", "x\u{2028}y", "\u{FEFF}x", "x\u{FEFF}y", "\u{FFFD}",
        "x\u{AD}y", "\u{7F}x",
        "\u{E000}", "\u{10FFFF}", "\u{FFFE}x",
      ]),
    .init(
      name: "marks and look-alikes",
      texts: [
        "x\u{301}", "x" + many("\u{301}", 2_000), "\u{301}x", "é + e\u{301}", "х + x", "ѕіn(x)", "ｓｉｎ(ｘ)",
        "𝐬𝐢𝐧 𝑥", "Α + A",
        "x₁₂₃²³", "²x", "₁", "xⁿⁿ", "🙂 + 🙂", "👨‍👩‍👧x", "关系 + 1", "x\u{20DD}", "٣x", "Ⅷ x", "①", "∫x dx", "∑", "ℝ",
        "x → 0", "x ∈ A",
      ]),
    .init(
      name: "scraps",
      texts: [
        "", " ", "\n", "#", ";", ",", ".", "=", "==", "x =", "= x", "^", "^2", "x^", "x^^", "/", "x/", "*",
        "x*", "+", "_", "x_",
        "\\", "\\\\", "\\frac", "\\sum", "\\undefined{x}", "&", "$", "$$", "%", "'", "x'", "\"", "`", "~",
        "@", "?", "x?", "x!y!",
        "0/0", "1/0", "0^0", "x/0", "ln 0", "ln(-1)", "f(x) = f(x)", "f = f", "x = x", "f(f) = 1",
        "f(x, x) = x", "g(x)", "d/dx",
        "∂/∂x", "if()", "max()", "sin()", "sum()", "prod(i)", "log_(x)", "log_0(x)", "log_1(x)", "0!",
        "(-1)!", "--help", "-h", "-",
      ]),
  ]

  static let commands: [[String]] = [
    [], ["eval", "--at", "1"], ["hessian"], ["taylor"], ["--format", "latex"], ["--json"],
  ]

  @Test(arguments: kinds)
  func isAnsweredOrRefused(kind: Kind) {
    for (place, text) in kind.texts.enumerated() {
      // Every text with every command would take minutes; each command meets each kind.
      for command in [Self.commands[place % Self.commands.count], []] {
        let named = command.first.map { !$0.hasPrefix("--") } ?? false
        let options = Array(named ? command.dropFirst() : command[...])
        let said = nabla((named ? [command[0]] : []) + options + ["--", text])
        #expect([0, 1, 2].contains(said.exit), "\(text.prefix(60).debugDescription) exits with \(said.exit)")
        #expect(!said.everything.isEmpty, "\(text.prefix(60).debugDescription) is met with silence")
        #expect(said.everything.utf8.count < 2_000_000, "\(text.prefix(60).debugDescription) says too much")
        let isVisible = said.everything.unicodeScalars.allSatisfy {
          $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F && !(0x202A...0x202E).contains($0.value)
        }
        #expect(isVisible, "\(text.prefix(60).debugDescription) is shown with control characters")
      }
    }
  }

  /// Windows beside which nothing has a size.
  @Test(arguments: [
    "x=0..1,y=0..1e20", "x=0..1e308,y=-2.5..1e-300", "x=-2.5..5e-324,y=-1e200..1", "x=1e16..1e300,y=1..2",
    "x=-1.7e308..1.7e308,y=0..1",
  ])
  func windowsOfAnyShapeAreDrawnOrRefused(window: String) {
    for (formula, way) in [("x y", []), ("e^(x + y)", ["--ascii"]), ("sqrt(x) + y", ["--surface"])] {
      let said = nabla(["plot", formula, "--window", window] + way)
      #expect([0, 1, 2].contains(said.exit) && !said.everything.isEmpty, "\(formula) in \(window)")
    }
    let line = String(window.prefix { $0 != "," })
    #expect([0, 1, 2].contains(nabla(["plot", "x^3 - 10^300 x", "--window", line]).exit), "\(line)")
  }

  /// Rounding that is beyond all numbers beside the value, or next to nothing.
  @Test(arguments: ["x=1e-310,c=1e308,d=-1,f=3,k=1e-200", "x=1e308,c=1e-310,d=1e308,f=1e-3,k=5e-324"])
  func valuesAtTheEdgesOfNumbers(point: String) {
    let formula = "c*x + 1/2*d*x^2 + d*log(cosh(k + f*x))/f^2 - (c + d*x)*tanh(k + f*x)/f"
    for options in [[], ["--json"], ["--digits", "16"]] {
      #expect([0, 1].contains(nabla(["eval", formula, "--at", point] + options).exit))
    }
  }

  static let bytes: [[UInt8]] = [
    [0xFF], [0xC0, 0x80], [0x78, 0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    [0x78, 0x0A, 0xFE], [0x80],
    [0xEF, 0xBB, 0xBF, 0x78], [0x78, 0x00, 0x79], Array(repeating: 0xE2, count: 10_000),
  ]

  @Test(arguments: bytes.indices)
  func bytesThatAreNoTextAreNamed(place: Int) {
    let formula = nabla(["grad", "-"], bytes: Self.bytes[place])
    #expect([0, 2].contains(formula.exit) && !formula.everything.isEmpty)
    let lines = nabla(
      ["eval", "--json-lines"],
      bytes: Self.bytes[place] + [0x0A] + Array(#"{"id":7,"formula":"x","points":[[2]]}"#.utf8))
    #expect(lines.answers.contains(#""id":7"#), "the next line is answered all the same: \(lines.everything)")
  }
}
