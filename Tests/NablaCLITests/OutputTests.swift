import NablaBasics
import NablaCLI
import Testing

struct PainterTests {
  @Test("Roles become colours only where colours are on")
  func paints() {
    let text = Styled("error: ", .error) + Styled("no")
    #expect(Painter(isColoured: false).paint(text) == "error: no")
    #expect(Painter(isColoured: true).paint(text) == "\u{1B}[1;31merror: \u{1B}[0mno")
  }

  @Test(
    "A text cannot steer the terminal",
    arguments: [
      ("\u{1B}[31m", "␛[31m"), ("a\u{7}b", "a␇b"), ("a\u{9B}31m", "a\u{FFFD}31m"), ("a\tb\nc", "a b\nc"),
      ("x\u{202E}y", "x\u{FFFD}y"), ("∇f é", "∇f é"),
    ])
  func isHarmless(text: String, shown: String) {
    #expect(Painter(isColoured: false).paint(Styled(text)) == shown)
  }

  struct Colours: Sendable {
    let choice: ColourChoice
    let onTerminal: Bool
    let environment: NameTable<String>
    let isColoured: Bool
  }

  static let colours: [Colours] = [
    Colours(choice: .auto, onTerminal: true, environment: ["TERM": "xterm"], isColoured: true),
    Colours(choice: .auto, onTerminal: true, environment: [:], isColoured: false),
    Colours(choice: .auto, onTerminal: true, environment: ["TERM": ""], isColoured: false),
    Colours(choice: .auto, onTerminal: false, environment: [:], isColoured: false),
    Colours(choice: .auto, onTerminal: true, environment: ["TERM": "dumb"], isColoured: false),
    Colours(
      choice: .auto, onTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": "1"], isColoured: false),
    Colours(
      choice: .auto, onTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": ""], isColoured: true),
    Colours(choice: .auto, onTerminal: false, environment: ["FORCE_COLOR": "1"], isColoured: true),
    Colours(
      choice: .auto, onTerminal: true, environment: ["TERM": "xterm", "FORCE_COLOR": "0"], isColoured: false),
    Colours(
      choice: .auto, onTerminal: true, environment: ["FORCE_COLOR": "1", "NO_COLOR": "1"], isColoured: false),
    Colours(choice: .always, onTerminal: false, environment: ["NO_COLOR": "1"], isColoured: true),
    Colours(choice: .never, onTerminal: true, environment: ["FORCE_COLOR": "1"], isColoured: false),
  ]

  @Test("Colours follow the option, then the environment, then the terminal", arguments: colours)
  func chooses(row: Colours) {
    #expect(row.choice.isColoured(onTerminal: row.onTerminal, environment: row.environment) == row.isColoured)
  }

  @Test(
    "Book characters unless the locale says otherwise",
    arguments: [
      ([:], .unicode), (["LANG": "C"], .plain), (["LANG": "POSIX"], .plain), (["LANG": "C.UTF-8"], .unicode),
      (["LANG": "de_DE.utf8@euro"], .unicode), (["LANG": "de_DE.ISO-8859-1"], .plain),
      (["LANG": "de_DE"], .unicode), (["LC_ALL": "C", "LANG": "C.UTF-8"], .plain),
      (["LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"], .unicode),
    ] as [(NameTable<String>, Glyphs)])
  func followsLocale(environment: NameTable<String>, glyphs: Glyphs) {
    #expect(Glyphs.of(environment: environment) == glyphs)
  }
}

struct LayoutTests {
  @Test("Columns are as wide as their widest cell, and lines end without spaces")
  func grid() {
    var grid = Grid(columns: [.right, .left, .left], gap: 1)
    grid.add(["∂f/∂x", "= 6x", "a"])
    grid.add(["∇f", "= ⟨6x⟩", ""])
    #expect(grid.lines.map(\.plain) == ["∂f/∂x = 6x   a", "   ∇f = ⟨6x⟩"])
  }

  @Test("Numbers stand right; formulas are centred and their sign hangs")
  func matrices() {
    let formulas = Matrix([["6", "8"], ["8", "−60y³"]], isNumeric: false)
    #expect(formulas.lines(.unicode) == ["⎡ 6      8   ⎤", "⎣ 8   −60y³  ⎦"])
    let numbers = Matrix([["6", "8"], ["8", "60"]], isNumeric: true)
    #expect(numbers.lines(.unicode) == ["⎡ 6    8 ⎤", "⎣ 8   60 ⎦"])
    #expect(numbers.lines(.plain) == ["[ 6    8 ]", "[ 8   60 ]"])
    #expect(Matrix([["1"], ["2"], ["3"]], isNumeric: true).lines(.unicode) == ["⎡ 1 ⎤", "⎢ 2 ⎥", "⎣ 3 ⎦"])
  }

  @Test("Blocks side by side meet on the lines that they name")
  func blocks() {
    #expect(beside([(["a", "b", "c"], 1), (["--"], 0), (["d", "e"], 1)]) == ["a  d", "b--e", "c"])
    #expect(beside([(["⎡ 1 ⎤", "⎣ 2 ⎦"], 1), (["   at 3"], 0)]) == ["⎡ 1 ⎤", "⎣ 2 ⎦   at 3"])
  }
}

struct InputTests {
  @Test("Lines come one by one, whatever ends them")
  func lines() throws {
    let input = Input("a\r\n\nb")
    #expect(try input.line(limit: 10) == .line("a"))
    #expect(try input.line(limit: 10) == .line(""))
    #expect(try input.line(limit: 10) == .line("b"))
    #expect(try input.line(limit: 10) == .end)
    #expect(try input.line(limit: 10) == .end)
  }

  @Test("A line that is too long is passed over, and the next one read")
  func tooLong() throws {
    let input = Input(String(repeating: "x", count: 50) + "\nb\n" + String(repeating: "y", count: 11))
    #expect(try input.line(limit: 10) == .tooLong)
    #expect(try input.line(limit: 10) == .line("b"))
    #expect(try input.line(limit: 10) == .tooLong)
    #expect(try input.line(limit: 10) == .end)
  }

  @Test("Bytes that are no text are told by their place")
  func notText() throws {
    let input = Input(bytes: [0x61, 0xC3, 0xA9, 0xFF, 0x0A, 0x62])
    #expect(try input.line(limit: 10) == .notText(at: 3))
    #expect(try input.line(limit: 10) == .line("b"))
  }
}

struct OutputTests {
  @Test(
    "On a terminal, sentences and headings are broken at blanks, and nothing else changes",
    arguments: [
      ["minimize", "x^4 - 3x^2 + x"], ["maximize", "x^3 - 3x", "--within", "0..5"],
      ["minimize", "(1 - x)^2 + 100(y - x^2)^2", "--from", "-1.2,1", "--within", "y=1.5..3"],
      ["minimize", "ln(x - 3)(x - 5)"], ["minimize", "x^2 + y"], ["plot", "x^2 + y^2 + z^2"],
    ])
  func wrapped(arguments: [String]) {
    let whole = nabla(arguments)
    let narrow = nabla(arguments + ["--color", "never"], onTerminal: true, columns: 60)
    for line in narrow.everything.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 60, "\(line)") }
    let words = { (text: String) in text.split { $0 == " " || $0 == "\n" } }
    #expect(words(narrow.everything) == words(whole.everything))
  }

  @Test("After a failure nothing more is sent, and the first failure is kept")
  func failure() {
    var sent = 0
    let output = Output { bytes in
      sent += bytes.count
      return .refused("no space left on the device")
    }
    output.write("abc")
    #expect(output.failure == nil)
    output.flush()
    output.write("def")
    output.flush()
    #expect(sent == 3)
    #expect(output.failure == .refused("no space left on the device"))
  }

  @Test(
    "Matrices stand one below the other where both are too wide for the terminal, and beside each other elsewhere"
  )
  func matricesFit() throws {
    let arguments = ["hessian", "x^2 y^3 + sin(x y)", "--at", "1,2", "--color", "never"]
    let wide = nabla(arguments).answers.split(separator: "\n")
    let narrow = nabla(arguments, onTerminal: true, columns: 80).answers.split(separator: "\n")
    #expect(
      wide.count { $0.contains("⎡") } == 1 && wide.contains { $0.contains("⎡") && $0.contains("12.3628") })
    let first = try #require(narrow.firstIndex { $0.contains("⎣ 6xy²") })
    let second = try #require(narrow.firstIndex { $0.contains("12.3628") })
    #expect(first < second)
    #expect(narrow.allSatisfy { DisplayWidth.of(String($0)) <= 80 })
  }
}
