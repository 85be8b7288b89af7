import NablaAlgebra
import NablaBasics
import Synchronization
import Testing

@testable import NablaNotation

/// Text that wants too much, or means nothing: an answer or a diagnostic inside the text, never a crash.
struct HostileTextTests {
  static let formulas: [String] = [
    "3x^{2} + 8xy – 3y^{5}", "1/2x^2 + ln x", "f(x, y) = x y", "sum(i, 1, 10, x[i]^2)", "|x|y|z|",
    "sin^-1 x", "sin 2.5x cos y", "2e+1", "√x²+1", "½x³", "{x > 0: a; b}", "if(x > 0, a, b)",
    "log_2(x) + log_{a} x", "x_{1} + x₂ + rate2", "xe^x", "a = 3\na x", "g(t) = t^2\ng(3)",
    "prod(k=1..3, x_{k+1})",
    "max(1,000, x)", "(x + 1)(x - 1)/2", "x!", "-x^2 --1", "e^-t/tau", "0 < x < 1 and not y", "⌊x⌋ + ⌈y⌉",
    "tax*income", "Sin[x]", "x[3]", "log2x", "3!!", "x^2 = 4", "a(x, y)", "f(x) = f(x-1)", "λ_max μ",
    "𝑥² + ｙ",
    "x ∧ y ∨ ¬z", "∛x ∜y", "1..10", "1.5.2", "3,5x", "\\frac{1}{2}x", "x' + 30°", "∂/∂x x^2", "Σx_i", "dy/dx",
    "5 mod 3", "100%", "# nothing", "x # y", "sum(i, 1, 3, sum(j, 1, 3, x[i+j]))",
    "\u{FEFF}x\u{200B}y\u{A0}z", "\\frac{1}{2}\\sqrt[3]{x} \\cdot \\sin\\left(\\pi x\\right)",
    "\\frac12 \\frac xy",
    "\\sum_{i=1}^{n} x_i^2 + i", "\\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", "‖x‖",
    "d^2/dx^2 x^3", "∂²/∂x∂y (x y)", "\\frac{d}{dx} x^2", "f(x) = x^3\nf'(x) + f''(2)", "30° + 45^{\\circ}",
    "$x_{\\mathrm{in}}$ \\operatorname{erf} x", "x\u{302} + e\u{301}", "∑ᵢ₌₁³ xᵢ",
  ]

  /// What is read, or the diagnostics; fails where a span is not inside the text.
  private func check(_ text: String) {
    let source = SourceText(text)
    var said: [Diagnostic] = []
    do {
      said = try Reading.read(text).diagnostics
    } catch {
      said = error.diagnostics
      #expect(said.contains { $0.severity == .error }, "\(text.debugDescription)")
    }
    for diagnostic in said {
      let spans = [diagnostic.span] + diagnostic.fixes.map(\.span)
      for span in spans where span.start < 0 || span.end > source.count {
        Issue.record("\(diagnostic.id) at \(span) outside \(text.debugDescription)")
      }
      #expect(diagnostic.fixes.count <= 2)
    }
    _ = Diagnostic.render(said, in: source)
  }

  @Test(
    "Text of the same beginning over and over is read in time that grows with its length",
    arguments: [
      "x_{", "x_{a}_{", "\\sum_(", "x_\\mathrm{", "х+", "x_{}_(",
    ])
  func repeatedBeginnings(part: String) {
    check(String(repeating: part, count: 60_000))
  }

  @Test("Many conditions in words", arguments: ["}", ""])
  func manyConditions(close: String) {
    let row = "x & \\text{if $x > 1$\(close) \\\\ "
    check("\\begin{cases} \(String(repeating: row, count: 20_000)) \\end{cases}")
  }

  @Test("A long list that the formula does not mention")
  func longList() {
    let list = (0..<6_000).map { "x_\($0)" }.joined(separator: ",")
    check("f(\(list)) = 1")
    check("f(\(list)) = x_0 + " + (0..<2_000).map { "x_{2\($0)1}" }.joined(separator: "+"))
  }

  @Test(
    "Bounds of an index that leave the whole numbers when something is added",
    arguments: [
      "sum(i, 9223372036854775806, 9223372036854775807, x*i)", "sum(i, -9223372036854775808, 3, x_i^2)",
      "sum(i, 1, 10^30, x*i)", "sum(i, 1, 3, sum(j, i, 2^62, x*j))",
    ])
  func farBounds(text: String) throws {
    let error = try #require(throws: ReadingError.self) { try Reading.read(text) }
    #expect(error.diagnostics.first?.kind == .boundTooFar)
  }

  @Test func everyPrefixHasAReadingOrADiagnostic() {
    for formula in Self.formulas {
      for end in formula.indices { check(String(formula[..<end])) }
      check(formula)
    }
  }

  @Test func everyChangeOfOneCharacterHasAReadingOrADiagnostic() {
    var random = SplitMix64(start: 20)
    let strangers: [Character] = [
      "(", ")", "[", "]", "{", "}", "|", "^", "*", "/", "-", ",", ".", "e", "i", "x", "1", "_", "\\", "'",
      "=",
      "²", "₁", "√", "\u{0}", "\n", "关", "\u{301}", "Σ", "!", ":", ";", "<", "#", "°", "½",
    ]
    for formula in Self.formulas {
      let characters = Array(formula)
      for place in characters.indices {
        var changed = characters
        changed[place] = strangers[Int.random(in: strangers.indices, using: &random)]
        check(String(changed))
        changed = characters
        changed.remove(at: place)
        check(String(changed))
        changed = characters
        changed.insert(strangers[Int.random(in: strangers.indices, using: &random)], at: place)
        check(String(changed))
      }
    }
  }

  @Test func randomCharactersHaveAReadingOrADiagnostic() {
    var random = SplitMix64(start: 21)
    let alphabet = Array("xyef sin cos log 12.,()[]{}|^*/+-_=!<>√²₁:;'%#\n\u{301}π½∞⌊⌋\\")
    for _ in 0..<3000 {
      let count = Int.random(in: 0...24, using: &random)
      check(String((0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }))
    }
  }

  @Test(arguments: [
    "", " ", "\n", "#", "\u{0}", "\u{FEFF}", "\u{202E}", "\u{301}", "x\u{301}", "\u{E000}", "\u{10FFFF}",
    "\r\n",
    "((((", "))))", "||||", "^", "^^^^", "....", "1e999999999", "sum(", "sum(i", "sum(i,1,2", "_", "x_",
    "x_{", "\\",
    "x_{}", "x_{ }", "f(", "f(x)=", "f(x", "=", "x=", "=x", "⁻", "⁽²", "₊", "{", "{x:", "{x:1;", "sin^",
    "log_", "log_ x", "x_ y", "f(x_", "\\frac{d_}{2}", "x__1", "\\", "\\begin{cases}", "\\sum_{", "\\sqrt[",
    "d/dx", "∂/", "f'", "$", "&",
  ])
  func scraps(_ text: String) { check(text) }

  /// Long texts, each with what may be said about it.
  struct Long: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var error: String?
    var testDescription: String { name }
  }

  static let long: [Long] = [
    Long(name: "100,000 terms", text: "1" + String(repeating: "+x", count: 100_000)),
    Long(name: "100,000 factors", text: "x" + String(repeating: "*y", count: 100_000)),
    Long(name: "100,000 implied factors", text: "x" + String(repeating: " y", count: 100_000)),
    Long(name: "100,000 divisions", text: "x" + String(repeating: "/2", count: 100_000)),
    Long(name: "1,000,000 minus signs", text: String(repeating: "-", count: 1_000_000) + "x"),
    Long(name: "2 x and 1,000,001 minus signs", text: "2*" + String(repeating: "-", count: 1_000_001) + "x"),
    Long(name: "100,000 brackets", text: String(repeating: "(", count: 100_000), error: "nested-too-deep"),
    Long(name: "100,000 bars", text: String(repeating: "|", count: 100_000), error: "nested-too-deep"),
    Long(
      name: "a tower of powers", text: "x" + String(repeating: "^x", count: 100_000), error: "nested-too-deep"
    ),
    Long(name: "a chain of sines", text: String(repeating: "sin ", count: 100_000), error: "nested-too-deep"),
    Long(name: "a chain of roots", text: String(repeating: "√", count: 100_000), error: "nested-too-deep"),
    Long(name: "not not not", text: String(repeating: "not ", count: 100_000) + "x"),
    Long(name: "a long name", text: String(repeating: "a", count: 1_000_000)),
    Long(name: "a long number", text: String(repeating: "7", count: 1_000_000), error: "number-too-long"),
    Long(name: "many brackets", text: String(repeating: "x(", count: 100_000), error: "nested-too-deep"),
    Long(name: "brackets in a row", text: String(repeating: "(x)", count: 30_000)),
    Long(name: "too long", text: String(repeating: " ", count: 4_000_001), error: "source-too-long"),
    Long(name: "many commas", text: "max(" + String(repeating: "x,", count: 9_000) + "x)"),
    Long(name: "many lines", text: (1...5000).map { "a_\($0) = \($0)\n" }.joined() + "x"),
    Long(name: "many subscripts", text: "x" + String(repeating: "_1", count: 100_000)),
    Long(name: "many comparisons", text: "x" + String(repeating: "<x", count: 10_000)),
  ]

  @Test(arguments: long)
  func longTextOnASmallStack(_ row: Long) {
    let found = Mutex<[String]>([])
    onSmallStack {
      let parsed = Reading.parsed(row.text)
      _ = Diagnostic.render(parsed.diagnostics, in: SourceText(row.text))
      let ids = parsed.diagnostics.filter { $0.severity == .error }.map(\.id)
      found.withLock { $0 = ids }
    }
    let ids = found.withLock { $0 }
    if row.error == "number-too-long" { #expect(ids.isEmpty) } else { #expect(ids.first == row.error) }
  }

  @Test func fiftyDoublingsAreTurnedDownAtOnce() {
    var text = "a_0 = x + y\n"
    for step in 1...50 { text += "a_\(step) = sin(a_\(step - 1)) + cos(a_\(step - 1))\n" }
    #expect { try Reading.read(text) } throws: { error in
      (error as? ReadingError)?.diagnostics.first?.id == "expression-too-large"
    }
    var deep = "a_0 = x\n"
    for step in 1...1000 { deep += "a_\(step) = sin(a_\(step - 1))\n" }
    #expect { try Reading.read(deep) } throws: { error in
      (error as? ReadingError)?.diagnostics.first?.id == "nested-too-deep"
    }
    var applied = "f_0(x) = sin x + cos x\n"
    for step in 1...50 { applied += "f_\(step)(x) = f_\(step - 1)(f_\(step - 1)(x))\n" }
    #expect { try Reading.read(applied) } throws: { error in
      ["expression-too-large", "nested-too-deep"].contains((error as? ReadingError)?.diagnostics.first?.id)
    }
  }
}
