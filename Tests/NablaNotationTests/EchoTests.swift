import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// The echo in front of an answer reads back to what was read.
@Suite struct EchoTests {
  static let formats: [Format] = [.unicode, .plain]

  /// What goes wrong with the echo of a text; nil where it reads back, or the text has no reading.
  static func failure(_ text: String) -> String? {
    guard let reading = try? Reading.read(text) else { return nil }
    var options = ReadingOptions()
    options.variables = reading.variables.map(\.name)
    for format in formats {
      let echo = Form(reading.syntax, declared: reading.variables).text(format)
      do {
        let again = try Reading.read(echo, options: options)
        guard again.expression == reading.expression else {
          return "‘\(text)’ echoes as ‘\(echo)’, which is read as ‘\(shown(again))’"
        }
      } catch {
        return "‘\(text)’ echoes as ‘\(echo)’: \(error.diagnostics.map(\.message))"
      }
    }
    return nil
  }

  private static func shown(_ reading: Reading) -> String {
    Form(reading.expression, variables: reading.variables).text(.plain)
  }

  @Test(arguments: [
    "cos pi x", "sin 2pi x", "sinx x", "sin 2x x", "sin alpha x", "sin x y", "ln 2 pi r", "sin xy z",
    "sin x_1 x_2",
    "cos speed t", "2 cos pi x sin pi y", "cos pi x/2", "ln pi|x|", "sqrt 2x", "sin √x y", "√2x",
    "-sin 2pi x",
    "e^cos pi x", "sin alphax", "sin 2 alpha beta", "ln sin pi x", "cos pi x + 1", "3 sin x x^2", "sin x e",
    "sin 2e x", "log_2 pi x", "cos^2 pi x", "sin^-1 pi x", "sin ½x", "cos 3pi x y", "x sin pi x",
    "sin lambda t",
  ])
  func `a function without brackets keeps its argument`(_ text: String) {
    #expect(throws: Never.self) { try Reading.read(text) }
    if let failure = Self.failure(text) { Issue.record("\(failure)") }
  }

  /// Where d is a letter of the formula, d/dx is a quotient for who reads the echo.
  @Test(arguments: ["d/dx(x^2) + d", "d^2/dx^2d", "d/dx x d", "d*d/dx(sin x)", "d/dx(d/dt(t^2 x^2)) d_1 + d"])
  func `a derivative beside a letter d stays one`(_ text: String) {
    #expect(throws: Never.self) { try Reading.read(text) }
    if let failure = Self.failure(text) { Issue.record("\(failure)") }
  }

  @Test(arguments: [
    "||x|-1|", "|1-|x||", "|||x|-1|-2| + |y|", "|x||y| + ||x| - |y||", "|2 abs(x)|", "|abs(x) y|",
    "2||x|-1|y",
    "|-|x||", "x°", "(x+1)°y", "sin 30° cos x°", "psi*(x) + digamma(x)^2 x", "3.2e-9x^2", "x^(6.5e-12)",
    "2e-7 x", "1e-9/x", "x/6.5e-9", "5e-1 x", "1e30 x", "6.02e+23x", "sin(6.5e-9 x)", "(6.5e-9)!",
    "√(6.5e-9)x",
    "m c ΔT + Δx/Δt", "2Δx Δλ", "Δx_1 + Δ", "∂/∂x (x^2 y)", "∂/∂x (x^2)",
  ])
  func `bars in bars, degrees, powers of ten and differences read back`(_ text: String) {
    #expect(throws: Never.self) { try Reading.read(text) }
    if let failure = Self.failure(text) { Issue.record("\(failure)") }
  }

  @Test func `what is shown is what a book prints`() throws {
    for (text, shown) in [
      ("||x|-1|", "||x| − 1|"), ("|abs(x) y|", "|abs(x)y|"), ("x°", "πx/180"), ("30°", "30π/180"),
      ("digamma(x)", "ψ(x)"), ("3.2e-9x^2", "3.2·10⁻⁹·x²"), ("2e-7x", "2·10⁻⁷·x"), ("5e-1 x", "5e-1x"),
      ("1e30 x", "1e30x"), ("6.65e-9 x/y", "6.65·10⁻⁹·x/y"), ("m ΔT", "m·ΔT"), ("∂/∂x (x y)", "∂/∂x(xy)"),
      ("∂/∂x (x)", "d/dx(x)"),
    ] {
      let reading = try Reading.read(text)
      #expect(Form(reading.syntax, declared: reading.variables).text(.unicode) == shown)
    }
  }

  @Test(arguments: [
    "(d/dx x^2)(y - 1)", "(d/dx x)*2", "x*d/dx(x^2)*y", "(d/dx x^3)^2", "(d/dx x^3)!", "2/(d/dx x^3)",
    "(d/dx x^3)/x", "-(d/dx x^3) + (d/dx x)x", "x d/dx(x^3) - 1", "sin(d/dx x^3)", "|d/dx x^3|x",
    "(∂/∂x x y)°",
    "d/dx(x d/dx(x^3))", "sqrt(d/dx x^3) x", "e^(d/dx x^3)", "sum(i, 1, 3, d/dx(x^i) x)", "(d/dx x^3)y/2",
    "ln(2.5)*(d/dx x^2)", "ln(2.5)*(d/dx(x^2)) erf(y)", "sin(x) sum(i, 1, 3, x^i)", "sin(x) d/dx(x^2)",
    "(d/dx(x^2)) sin y",
  ])
  func `a derivative keeps what it is taken of`(_ text: String) {
    #expect(throws: Never.self) { try Reading.read(text) }
    if let failure = Self.failure(text) { Issue.record("\(failure)") }
  }

  /// Formulas as people type them, put together at random.
  private struct Typist {
    var random: SplitMix64

    static let names = [
      "x", "y", "z", "a", "t", "alpha", "speed", "pi", "e", "x_1", "x_2", "k_B", "λ", "xy", "2x",
    ]
    static let functions = [
      "sin", "cos", "ln", "exp", "sqrt", "tan", "log_2", "abs", "sin^2", "arctan", "lg",
    ]
    static let gaps = [" ", " ", "*", "/", "", " - ", " + "]

    mutating func pick<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: values.indices, using: &random)]
    }

    mutating func operand(_ depth: Int) -> String {
      switch Int.random(in: 0...10, using: &random) {
      case 0: return pick(["2", "3", "0.5", "½", "10"])
      case 1...4: return pick(Self.names)
      case 5 where depth > 0: return pick(Self.functions) + " " + text(depth - 1, joining: [" "])
      case 6 where depth > 0: return pick(Self.functions) + "(" + text(depth - 1) + ")"
      case 7 where depth > 0: return "(" + text(depth - 1) + ")"
      case 8 where depth > 0: return "|" + text(depth - 1) + "|"
      case 9 where depth > 0: return "√" + operand(depth - 1)
      case 10 where depth > 0: return "(d/dx " + text(0, joining: [" ", "*"]) + ")"
      default: return pick(Self.names)
      }
    }

    mutating func text(_ depth: Int, joining gaps: [String] = gaps) -> String {
      var text = pick(["", "", "", "-"])
      for place in 0..<Int.random(in: 1...3, using: &random) {
        if place > 0 { text += pick(gaps) }
        text += operand(depth) + pick(["", "", "", "", "^2", "²", "^-1", "^x", "!", "^(1/2)"])
      }
      return text
    }
  }

  @Test func `the echo of what people type reads back`() {
    let start: UInt64 = 20_261_121
    var typist = Typist(random: SplitMix64(start: start))
    var failures = 0
    var read = 0
    for _ in 0..<4_000 where failures < 20 {
      let text = typist.text(3)
      if (try? Reading.read(text)) != nil { read += 1 }
      guard let failure = Self.failure(text) else { continue }
      failures += 1
      Issue.record("start \(start): \(failure)")
    }
    #expect(read > 2_000)
  }
}
