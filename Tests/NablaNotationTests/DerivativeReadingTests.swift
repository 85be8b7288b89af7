import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// What LaTeX, derivatives, degrees and sums by hand mean, against the same formula typed plainly.
struct DerivativeReadingTests {
  /// Two texts that mean the same.
  static let rows: [(text: String, plain: String)] = [
    ("d/dx (x^2)", "2x"), ("d/dx x^2 y + 1", "2x y + 1"), ("d^2/dx^2 (x^3)", "6x"), ("d/dx (y)", "0"),
    ("d^2/dxdy (x^2 y^2)", "4x y"), ("∂²/∂x∂y (x y + x)", "1"), ("∂^3/∂x^2∂y (x^3 y)", "6x"),
    ("\\frac{d}{dx} \\sin(x)", "cos(x)"), ("\\frac{\\partial}{\\partial y} (x e^y)", "x e^y"),
    ("x d/dx (x^2)", "2x^2"), ("d/dx d/dx (x^3)", "6x"), ("d/dx -x^2", "-2x"),
    ("f(x) = x^3\nf'(x) + f''(2)", "3x^2 + 12"), ("f(x) = x^3\nf'(2y)", "12y^2"),
    ("f(t) = t^3\nf'''(x)", "6"), ("f(x) = x^2\ng(x) = f'(x)^2\ng'(x)", "8x"),
    ("f(x) = x^2\nh(x) = f'(x)\nf(x) = x^3\nf'(x)", "3x^2"), ("f(x) = a x^2\nf'(3)", "6a"),
    ("d/dx_1 (x_1^2 x_2)", "2x_1 x_2"), ("a = 3\nd/dx (a x)", "3"), ("d/dλ (λ^2)", "2λ"),
    ("f(x) = d/dx (x^3)\nf(2)", "12"), ("sum(i, 1, 3, d/dx (x^i))", "sum(i, 1, 3, i x^(i-1))"),
    ("30°", "pi/6"), ("sin(30°)", "1/2"), ("90^\\circ x", "pi/2 x"),
    ("\\frac12x", "x/2"), ("\\sqrt[3]{x}", "cbrt(x)"), ("\\sqrt{x^2+1}", "sqrt(x^2+1)"),
    ("\\sum_{i=1}^{3} x_i^2", "sum(i, 1, 3, x[i]^2)"), ("\\prod_{k=1}^{4} k", "24"),
    ("\\sum_{i=1}^{3} i x + y", "sum(i, 1, 3, i x) + y"), ("e^{-\\frac{x^2}{2}}", "e^(-x^2/2)"),
    ("\\begin{cases} x^2 & x > 0 \\\\ -x & \\text{otherwise} \\end{cases}", "if(x > 0, x^2, -x)"),
    ("\\left\\lvert x \\right\\rvert", "|x|"), ("‖x‖", "|x|"), ("||x||", "|x|"),
    ("$$\\alpha \\cdot \\beta$$", "alpha beta"), ("\\log_{2}{x}", "log2(x)"),
  ]

  @Test(arguments: rows)
  func meansTheSame(_ text: String, _ plain: String) throws {
    let found = try Reading.read(text).expression
    let expected = try Reading.read(plain).expression
    #expect(found == expected)
  }

  @Test(arguments: [
    ("a = 3\nd/da (a x)", "derivative-by-value"), ("d/dx_1 sum(i, 1, 3, x_i)", "derivative"),
    ("f(x) = x^2\nf'''''''''''''''''''''''(x)", "derivative"), ("d^50/dx^50 (x^60)", "derivative"),
    ("d^20/dx^20 (e^(x^2 sin(x) cos(x y)/(1 + x^2)))", "expression-too-large"),
  ])
  func errors(_ text: String, _ id: String) {
    #expect { try Reading.read(text) } throws: { ($0 as? ReadingError)?.diagnostics.first?.id == id }
  }
}
