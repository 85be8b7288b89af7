import Foundation
import NablaBasics
import Testing

@testable import NablaNotation

/// Every note with five texts that get it and five that do not; predicates (a) to (g) have theirs in grammar.md.
@Suite struct NoteTests {
  struct Row: Sendable {
    var id: String
    var declared: [String] = []
    var noted: [String]
    var silent: [String]
  }

  static let rows: [Row] = [
    Row(
      id: "base-comes-second",
      noted: ["log(2, x)", "log(10, x+1)", "log(3, a b)", "log(2.5, y^2)", "x log(2, t)"],
      silent: ["log(x, 2)", "log(8, 2)", "log(a, x)", "log_2(x)", "log(x+1, 3)"]),
    Row(
      id: "capital-e", noted: ["E", "E^x", "2E t", "x E", "E sin x"],
      silent: ["e^x", "2e", "f(E) = E^2", "E = 3\nE x", "exp(x)"]),
    Row(
      id: "capital-of-small", noted: ["X^2 + 3x", "Y + y", "A x + a", "T - 2t", "R^2 - r^2"],
      silent: ["X^2 + 3y", "x^2 + 3X", "X^2 + X", "f(X, x) = X + x", "2X + x"]),
    Row(
      id: "carved-run", noted: ["cost", "using", "alphax", "Bx", "mom"],
      silent: ["sinx", "xe^x", "2pir", "xsinx", "lnsinx"]),
    Row(
      id: "split-run", noted: ["tax*income", "2tax*3", "ab*c", "3*mn", "abc*x"],
      silent: ["xy*3", "tax income", "2ab", "x*y", "pi*x"]),
    Row(
      id: "comma-between-digits",
      noted: ["max(1,000, x)", "min(x, 3,141)", "max(12,345, y)", "min(2,500, a)", "max(x, 1,000)"],
      silent: ["max(1, 000)", "max(1,00)", "max(1, x)", "min(x,100)", "max(1000, x)"]),
    Row(
      id: "exponent-or-euler", noted: ["2e+1", "2e-1", "35e-1", "7e+3x", "12e+5"],
      silent: ["1e-3", "3e5", "2e + 1", "2*e-1", "2e x", "3.5e-2", "12e-5"]),
    Row(
      id: "defined-as-one-name", noted: ["ab = 3", "xy = x y", "xe = 2", "sinx = 2", "pir = 4"],
      silent: ["speed = 3", "a = 3", "x_1 = 2", "alpha = 3", "f(x) = x"]),
    Row(
      id: "derivative-of", noted: ["d/dx x^2", "d/dx 3x", "∂/∂x x y", "d/dx sin x", "\\frac{d}{dx} x^2"],
      silent: ["d/dx (x^2)", "d/dx(x^2)", "d/dx sin(x^2)", "d/dx |x|", "d^2/dx^2 (x^3)"]),
    Row(
      id: "empty-range",
      noted: [
        "sum(i, 5, 1, x_i)", "sum(i, 2, 1, i)", "prod(k, 4, 2, x)", "sum(i=3..0, x^i)", "\\sum_{k=3}^{1} k",
      ],
      silent: [
        "sum(i, 1, 1, x_i)", "sum(i, 1, 3, sum(j, i+1, 3, x_j))", "prod(k, 0, 2, x)", "sum(i=-1..1, x^i)",
        "\\sum_{k=1}^{3} k",
      ]),
    Row(
      id: "greek-capital", noted: ["Α x", "Χ + x", "Ε^2", "Τ t", "Ν + Κ"],
      silent: ["Γ x", "Δ t", "Π + 1", "A x", "Ω^2"]),
    Row(
      id: "greek-function", noted: ["gamma(x)", "beta(a, b)", "psi(x)", "ψ(x+1)", "2gamma(x)"],
      silent: ["gamma + 1", "beta x", "Γ + digamma(x)", "psi*(x+1)", "f(gamma) = gamma(2)"]),
    Row(
      id: "index-after-sum",
      noted: [
        "\\sum_{k=1}^{3} k + k", "\\sum_{k=1}^{3} x_k + x_k", "\\prod_{k=1}^{3} k - k^2", "∑ₖ₌₁³ k + 2k",
        "\\sum_{m=1}^{3} m x + m y",
      ],
      silent: [
        "\\sum_{k=1}^{3} (k + k^2)", "\\sum_{k=1}^{3} k + x", "sum(k, 1, 3, k) + k",
        "\\sum_{k=1}^{3} k + \\sum_{k=1}^{2} k", "∑ₖ₌₁³ k",
      ]),
    Row(
      id: "inverse-function", noted: ["sin^-1 x", "sin^{-1}(x)", "sin⁻¹x", "tan^-1(x y)", "cosh^-1 x"],
      silent: ["sin^2 x", "arcsin x", "1/sin x", "sin(x)^-1", "sin(x^-1)"]),
    Row(
      id: "inverse-hides-product", noted: ["asinx", "acosx", "atanx", "2asinx", "asinhx"],
      silent: ["asin x", "asin(x)", "a sinx", "arcsin x", "acos(x)"]),
    Row(
      id: "invisible-character",
      noted: ["x\u{200B}y", "\u{200E}x", "x\u{2060} + 1", "x\u{AD}y", "\u{202D}x\u{202C}"],
      silent: ["\u{FEFF}x", "x\u{A0}y", "x y", "x\u{2062}y", "x\u{2009}+ y"]),
    Row(
      id: "look-alike", noted: ["х^2", "ℯ^x", "xˆ2", "sin 30º", "lοg_2 x"],
      silent: ["x^2", "e^x", "скорость", "λx", "30°"]),
    Row(
      id: "lowered-digit", noted: ["x1", "2x_1", "x₁", "x_12", "k_BT"],
      silent: ["x1 + x2", "x_max", "x_1 x_2", "f(x1) = x1", "rho_c_0"]),
    Row(
      id: "multiplied-bracket", noted: ["a(x+1)", "ab(x+1)", "lambda(x+1)", "k(t)", "2m(x)"],
      silent: ["a(x+1) + a", "x(x+1) + x", "3(x+1)", "f(a, x) = a(x+1)", "(x+1)(x+2)"]),
    Row(
      id: "natural-logarithm", noted: ["log x", "log(x)", "2 log x", "log(x+1) + log y", "x log|x|"],
      silent: ["ln x", "log_2 x", "log10 x", "lg x", "log(x, 3)"]),
    Row(
      id: "not-listed",
      noted: [
        "f(x, y) = x^2 + z", "f(x) = x y", "g(y, z) = x + y + z", "f(x_1, x_2) = x_1 x_3",
        "f(z) = y sin z\nf(2)",
      ],
      silent: [
        "f(x) = a x^2 + b x + c", "f(t) = x_0 + v t", "f(x, y) = x y", "z = 2\nf(x) = x z",
        "f(x_1) = x_1 + y_2",
      ]),
    Row(
      id: "quotation-marks", noted: ["“x + 1”", "'x^2'", "\"x\"", "«x y»", " ‘x’\n"],
      silent: ["x + 1", "f(x) = x\nf'(x)", "y = x^2\ny''(x)", "x # “y”", "|x|"]),
    Row(
      id: "one-name", noted: ["price", "velocity", "speed t", "rate2", "foo_bar"],
      silent: ["xyz", "speed = 3", "xy", "alpha", "f(speed) = speed"]),
    Row(
      id: "power-of-superscript", noted: ["x²^3", "x²^y", "2³^2", "x⁻¹^2", "sin(x)²^2"],
      silent: ["x²", "x^2^3", "(x²)^3", "x^{2^3}", "x²³"]),
    Row(
      id: "real-numbers-only", noted: ["i", "j x", "I", "x + 2i", "i t"],
      silent: ["sum(i, 1, 3, i x)", "f(i) = i", "i = 2\ni x", "x_i", "ix_j = 2"]),
    Row(
      id: "redefined",
      noted: [
        "a = 2\na = 3\na x", "f(x) = x\nf(x) = x^2\nf(2)", "e = 2\ne x", "a = 1\nf(x) = x\na = x\na",
        "pi = 3\npi r",
      ],
      silent: [
        "a = 2\nb = 3\na b x", "f(a) = a\na = 3\nf(a)", "a = 3\na x", "f(x) = x\ng(x) = x\nf(x) g(x)",
        "x = 1\ny = x",
      ]),
    Row(
      id: "used-before-defined",
      noted: [
        "b = a x\na = 3\nb", "f(x) = a x\na = 3\nf(2)", "c = a + b\nb = 2\nc", "g = h_1\nh_1 = 2\ng x",
        "f(x) = k x\nk = 1\nf(x)",
      ],
      silent: [
        "a = 3\nb = a x\nb", "f(a) = a\na = 3\nf(a)", "a = 3\nf(x) = a x\nf(2)", "b = x\na = 3\na b",
        "c = 1\nc + d",
      ]),
    Row(
      id: "known-name", declared: ["x", "i", "p", "n", "u", "m", "h", "e", "t", "a", "c", "s"],
      noted: ["xi", "2xi", "pi", "nu", "mu + 1"], silent: ["x i", "ni", "up", "xi(2)", "x + i"]),
    Row(
      id: "members-of-name",
      noted: [
        "f(x) = x_1^2 + x_2^2", "f(theta) = theta_1 theta_2", "f(x) = \\sum_{i=1}^{3} x_i^2",
        "f(x, y) = x y_1",
        "f(v) = v_max",
      ],
      silent: [
        "f(x) = x + x_0", "f(x, x_1) = x_1", "f(t) = x_1 t", "x_1 = 2\nf(x) = x_1",
        "f(x) = sum(i, 1, 3, x y_i)",
      ]),
    Row(
      id: "transposed", noted: ["w^T x", "x^{T}y", "2x^T y", "\\mathbf{x}^T\\mathbf{y}", "x^T(y + 1)"],
      silent: ["x^T", "2^T x", "e^T x", "T = 3\nx^T y", "x^t y"]),
    Row(
      id: "number-of-equation",
      noted: ["x^2  (2)", "x + y   (2.1)", "x \\qquad (3)", "y = x^2\t (1)", "\\sin x\\quad(7)"],
      silent: ["x^2 (2)", "x^2(2)", "(2)  x", "x^2 + (2)", "x\\left(2\\right)"]),
    Row(
      id: "ending-of-number", noted: ["1.5d0 x", "1.d-3*x", "2.0f*x", "1e-3f", "x + 2.5D+2"],
      silent: ["1.5d x", "2f*x", "2.5 f", "f(d) = 1.5d-3", "1.5t"]),
    Row(
      id: "raised-index",
      noted: [
        "\\sum_{i=1}^{3} x^{(i)}", "sum(k, 1, 3, y^{(k)} x)", "\\prod_{j=1}^{2} t^{(j)}",
        "\\sum_{i=1}^{3} (x^{(i)} - y)^2", "∑ᵢ₌₁³ x^{(i)}",
      ],
      silent: [
        "\\sum_{i=1}^{3} x^{i}", "x^{(2)}", "\\sum_{i=1}^{3} x^(i)", "\\sum_{i=1}^{3} 2^{(i)}",
        "\\sum_{i=1}^{3} x^{(2i)}",
      ]),
    Row(
      id: "line-goes-on",
      noted: [
        "f(x) = x^2\n+ 3x", "f(x, y) = x^2\n  - 4xy", "x^2\n* y", "y = x\r\n/2",
        "\\begin{align} f(x) &= x^2 \\\\ &\\quad + 3x \\end{align}", "$$p(x) = 2x \\\\ e^x$$",
        "f(x) = \\frac{1}{2}\n{x}", "p(x) = 2 \\\\\ne^x",
      ],
      silent: [
        "f(x) = x^2 +\n3x", "f(x) =\nx^2", "(x^2\n+ 3x)", "f(x) = x^2\n-f(3)", "a = 2\n\n-x",
        "$$f(x) = x^2\n+ 3x$$", "f(x)\n= x^2", "f(x) = x + \\\nx^2",
      ]),
    Row(
      id: "unused-definition",
      noted: [
        "f(x) = x^2\n3x", "f(x) = x/2\n(x)", "a = 2\nb = 3\nb x", "y = x^2\nsin x", "g(t) = t\n2",
      ],
      silent: [
        "f(x) = x^2\nf(3)", "a = 2\n\nx^2", "a = 2\ng(x) = x^2", "f(x) = x^3\nf'(x)",
        "a = 2\nb = a\nb x",
      ]),
    Row(
      id: "left-out",
      noted: [
        "3. x^2 + y^2", "1. f(x) = x", "(a) f(x) = x^2", "- f(x) = x^2", "Let f(x) = x^2", "Given x^2",
        "Find the gradient of f(x) = x^2", "x^2,", "y = x^2;", "$x^2$.", "7. $x^2$",
        "The function $x^2$ has a minimum.", "$$x^2$$ (2)",
        "| $x^3$ |", "z = f(x) = x^2", "double f = x^2", ">>> x**2", "x^2 // double it", "np.sin(x)", "$x^2",
      ],
      silent: [
        "3.5 x", "3.x", "a(x) = x", "-x^2", "given*x", "x^2", "max(x, y)", "$x^2$", "5.", "let + x",
        "$2x$ + $y$",
      ]),
    Row(
      id: "condition-left-out",
      noted: [
        "f(x) = x^2 \\quad x > 0", "x^2 \\qquad x \\ge 0", "x^2  x > 0", "f(x) = x^2, x > 0",
        "f(x) = x^2, \\quad x>0", "f(x) = x^2, x \\in [0,1]", "x^2, -1 < x < 1",
      ],
      silent: [
        "x^2 > 0", "(x > 0) x", "{x > 0: x^2}", "x  > 0", "x + y  - 2 > 0", "if(x > 0, x, 1)",
      ]),
    Row(
      id: "unit",
      noted: [
        "s(t) = -16t^2 + 80 ft", "v(t) = 3t^2 m/s", "h(t) = 20t - 4.9t^2 m", "g = 9.8 m/s^2",
        "9.8\\,\\mathrm{m/s^2}\\, t", "10\\text{ cm} + x",
      ],
      silent: [
        "80ft", "f(x, m) = 3 m", "2 m + m^2", "kg = 3\n2 kg", "9.8 m", "3 x", "f(ft) = 80 ft",
      ]),
    Row(
      id: "parameters-in-list",
      noted: [
        "f(x; a) = a x", "L(\\theta; x, y) = (y - \\theta x)^2", "p(x | \\mu, \\sigma) = x \\mu \\sigma",
        "f(x|\\lambda) = \\lambda x", "f(x \\mid \\mu, \\sigma^2) = (x - \\mu)/\\sigma",
      ],
      silent: ["f(x, a) = a x", "f(x) = |x|", "f(x) = a x", "a = 2\nf(x) = a x", "f(x) = x"]),
    Row(
      id: "norm",
      noted: ["‖Ax - b‖", "\\|A x\\|^2", "\\|Xw - y\\|", "2‖Qx‖", "\\lVert Ax \\rVert"],
      silent: ["‖x‖", "|Ax - b|", "\\|x - y\\|", "||Ax||", "A‖x‖"]),
    Row(
      id: "radians",
      noted: ["sin 45", "cos(90)", "tan(-30)^2", "sin(180 - x)", "x cos(x + 60)", "2sec(120)"],
      silent: [
        "sin(100t)", "sin(x + 10)", "sin 1", "cos(45°)", "sin(pi - x)", "sinh 30", "sin(0.5)", "sin(x^90)",
      ]),
    Row(
      id: "variable-before-bracket", declared: ["sin", "max", "ln", "exp", "log"],
      noted: ["sin(x)", "2ln(x)", "exp(x+1)", "x log(x)", "max(x)"],
      silent: ["sin", "cos(x)", "exp*(x+1)", "ln x", "tan(x)"]),
  ]

  @Test(arguments: rows.indices) func `each note has five texts of its own`(_ place: Int) {
    let row = Self.rows[place]
    #expect(row.noted.count >= 5 && row.silent.count >= 5)
    var options = ReadingOptions()
    options.declaredNames = row.declared
    func ids(_ text: String) -> [String] {
      do {
        return try Reading.read(text, options: options).diagnostics.map(\.id)
      } catch {
        Issue.record("\(text): \(error.diagnostics.map(\.message))")
        return []
      }
    }
    for text in row.noted { #expect(ids(text).contains(row.id), "\(text)") }
    for text in row.silent { #expect(!ids(text).contains(row.id), "\(text)") }
  }

  @Test func `an unused value is noted where it has no use`() throws {
    for (text, isUsed) in [
      ("a x", true), ("x", false), ("sum(i, 1, a, x_i)", true), ("f(a) = a", false), ("2x + y", false),
      ("b = a\nx b", true), ("ax^2", true), ("sin a", true), ("a = 3\nx", false), ("x_a", false),
    ] {
      var options = ReadingOptions()
      options.parameters = ["a": 2]
      let ids = try Reading.read(text, options: options).diagnostics.map(\.id)
      #expect(ids.contains("unused-value") != isUsed, "\(text)")
      options.allowsUnusedValues = true
      #expect(try !Reading.read(text, options: options).diagnostics.map(\.id).contains("unused-value"))
    }
  }

  /// The ids of all notes, as the source has them.
  @Test func `no note is without its texts`() throws {
    let path = GrammarTests.root.appending(path: "Sources/NablaNotation/Source/Diagnostic+Kind.swift")
    let source = try String(contentsOf: path, encoding: .utf8)
    let ids = source.matches(of: /\("([a-z-]+)", \.note/).map { String($0.output.1) }
    #expect(ids.count > 30)
    let predicates = GrammarTests.rows.filter { $0.section.hasPrefix("(") }.flatMap(\.says)
    let known = Set(Self.rows.map(\.id) + predicates + ["unused-value"])
    for id in ids { #expect(known.contains(id), "\(id)") }
  }
}
