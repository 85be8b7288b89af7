/// Texts to begin with: one of each kind that people type.
public enum Samples {
  /// The texts.
  public static let formulas: [String] = [
    "f(x, y) = 3x^{2} + 8xy – 3y^{5}", "1/2x^2 + ln x", "(1 - x)^2 + 100(y - x^2)^2", "x e^(-x^2 - y^2)",
    "sin x cos y + tan(x/2)", "sum(i, 1, 10, x[i]^2 + x[i] x[i+1])", "|x - 1| + |y|", "sin^-1 x",
    "sin 2.5x cos y",
    "√x²+1", "½x³", "{x > 0: a; b}", "if(x > 0, x^2, -x)", "log_2(x) + log_{a} x", "x_{1} + x₂ + rate2",
    "xe^x",
    "a = 3\na x^2", "g(t) = t^2\ng(3x) + g(y)", "prod(k=1..3, x_{k+1})", "max(x, y, 1)", "(x + 1)(x - 1)/2",
    "x! + gamma(x)",
    "e^-t/tau", "(0 < x)(x < 1) x", "⌊x⌋ + ⌈y⌉", "tax*income", "x^2 = 4", "λ_max μ", "𝑥² + ｙ", "∛x ∜y",
    "\\frac{1}{2}x^{2}\\sin\\left(\\pi x\\right)", "\\frac12 \\sqrt[3]{x} \\cdot y",
    "\\sum_{i=1}^{5} x_i^2 + y",
    "\\begin{cases} x^2 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", "d^2/dx^2 x^3",
    "f(x) = x^3\nf'(x) + f''(2)",
    "30° + 45^{\\circ}", "$x_{\\mathrm{in}}$ \\operatorname{erf} x", "besselj(2, x) + bessely(0, y)",
    "polygamma(1, x)",
    "atan2(y, x)", "hypot(x, y)", "sigmoid(x) (1 - sigmoid(x))", "x^(1/3) + (x^2)^0.2", "2^xy", "3e5x + 1e-3",
    "x**2 - 3·y",
    "lambertW(x) erfinv(y/4)", "ln(x^2 + 1)/(x - 1)^2", "x^x", "mod(x, 3) + round(y)", "0.1x + 0.2x",
    "1/(1 + e^(-x))",
    "cosh(x) - sinh(x) tanh(x)", "arctan(y/x)", "sqrt(x^2 + y^2)", "(2x + 1)^9", "x y z/(x + y + z)",
    "e^(sin(x y))", "3. f(x; a) = a x^2, x > 0", "$$f(x) = x^2\n + np.sin(x)$$ (2)",
  ]
}
