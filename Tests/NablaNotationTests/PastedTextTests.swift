import NablaBasics
import Testing

@testable import NablaNotation

/// What is said about texts of books, pages and programs, and what the fixes make of them.
struct PastedTextTests {
  private func said(_ text: String) -> [Diagnostic] {
    do { return try Reading.read(text).diagnostics } catch { return error.diagnostics }
  }

  private func fixed(_ text: String, _ fix: Diagnostic.Fix) -> String {
    let bytes = Array(text.utf8)
    let whole = bytes[..<fix.span.start] + Array(fix.replacement.utf8) + bytes[fix.span.end...]
    return String(decoding: whole, as: UTF8.self)
  }

  /// Commands stay whole in what is quoted and in what is proposed, and what is proposed reads without an error.
  @Test(arguments: [
    ("\\sin \\pi x / L", "\\sin(\\pi x / L)"), ("x^\\alpha y", "x^(\\alpha y)"),
    ("\\sqrt\\pi x", "\\sqrt(\\pi x)"), ("1/2\\mathbf{x}", "1/(2\\mathbf{x})"),
    ("\\mathbf{w}^S\\mathbf{x}", "\\mathbf{w}^(S\\mathbf{x})"),
    ("\\sin \\mathbf{x}^2", "\\sin(\\mathbf{x})^2"),
    ("\\sin^2 x y", "\\sin^2(x) y"), ("log_2 x^2", "log_2(x)^2"), ("sin^2 x^2", "sin^2(x)^2"),
    ("e^-t/RC", "e^(-t/(RC))"), ("a_ix_i", "a_i x_i"), ("x_ny_n + 1", "x_n y_n + 1"), ("sin-1x", "arcsin(x)"),
    ("\\frac{d(x^2)}{dx}", "\\frac{d}{dx} (x^2)"), ("\\frac{d \\sin x}{dx}", "\\frac{d}{dx} (\\sin x)"),
    ("\\frac{\\mathrm{d}(x^2)}{\\mathrm{d}x}", "\\frac{\\mathrm{d}}{\\mathrm{d}x} (x^2)"),
    ("d(sin x)/dx", "d/dx (sin x)"), ("(d/dx)(x^2)", "d/dx(x^2)"), ("∂(x^2 y)/∂x", "∂/∂x (x^2 y)"),
    ("f(x) = x_1^2 + x_2^2", "f(x_1, x_2) = x_1^2 + x_2^2"), ("x^2 + 3x \\qquad (2.1)", "x^2 + 3x"),
    ("1.d-3*x", "1.e-3*x"), ("1.5d0*x", "1.5e0*x"), ("2.0f*x", "2.0*x"), ("root(3, x)", "root(x, 3)"),
    ("\\sum_{i=1}^{3} x^{(i)}", "\\sum_{i=1}^{3} x_i"), ("tgx", "tan(x)"), ("arc sin x", "arcsin x"),
    ("90deg", "90°"), ("5 rad", "5"), ("PI()*x", "pi*x"), ("LOG10(x)", "log10(x)"),
    ("ATAN2(y,x)", "atan2(y,x)"),
    ("ArcTan[x, y]", "atan2(y, x)"), ("Sum[x[i]^2, {i, 1, 3}]", "sum(i, 1, 3, x[i]^2)"),
    ("sinus(x)", "sin(x)"),
    ("POWER(x,2)", "pow(x,2)"), ("sigmod(x)", "sigmoid(x)"), ("sin-1(x)", "arcsin(x)"), ("x[0]^2", "x_0^2"),
    ("e⁻ˣ²", "e^(-x^2)"), ("pow(x;2)", "pow(x,2)"), ("3x10^8", "3*10^8"), ("³√x", "∛x"), ("2{,}5x", "2.5x"),
    ("x.", "x"), ("1_{x>0} x", "1(x>0) x"), ("\\mathbf{1}_{x > 0}", "\\mathbf{1}(x > 0)"), ("x^2,", "x^2"),
    ("\\beta(x-1)", "\\beta*(x-1)"),
    ("f(x) = x^2, x > 0", "f(x) = {x > 0: x^2}"), ("x^2 \\qquad x \\ge 0", "{x \\ge 0: x^2}"),
    ("f(x) = x^2 for x > 0", "f(x) = {x > 0: x^2}"), ("x^2 if x > 0 else -x", "{x > 0: x^2; -x}"),
    ("3. x^2", " x^2"), ("x^2 + 2x [2]", "x^2 + 2x"), ("(a) x^2 y", "x^2 y"),
    ("f(t) = 3t + 80 ft", "f(t) = 3t + 80 "), ("10\\text{ cm} + x", "10 + x"), ("x3 - 3x2", "x^3 - 3x2"),
    ("f(x) = x(2) + 1", "f(x) = x_2 + 1"), ("w^{[1]} x", "w_1 x"), ("\\sin{x}^2", "\\sin((x)^2)"),
    ("x[0]**2 + x[1]", "x_0**2 + x_1"), ("lambda x, y: x**2 + y", "f(x, y) = x**2 + y"),
    ("g = lambda x: x**2", "g(x) = x**2"), ("f = @(x,y) x^2 + y", "f(x,y) = x^2 + y"),
    ("(x, y) -> x^2 + y", "f(x, y) = x^2 + y"), ("x => x**2", "f(x) = x**2"),
    ("f <- function(x) x^2", "f(x) = x^2"), ("def g(x): return x**2", "g(x) = x**2"),
    ("y ~ a*exp(b*x)", "y = a*exp(b*x)"), ("D[x^2 y, x]", "x^2 y"), ("Grad[x^2 y, {x, y}]", "x^2 y"),
    ("x^a/B(a, b)", "x^a/beta(a, b)"), ("{1 \\over 1 + x}", "\\frac{1}{1 + x}"),
    (
      "\\begin{cases} x & x > 0 \\\\ 0 & \\text{sonst} \\end{cases}",
      "\\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"
    ),
  ])
  func firstFix(_ text: String, _ wanted: String) throws {
    let fix = try #require(said(text).lazy.flatMap(\.fixes).first)
    #expect(fixed(text, fix) == wanted)
    #expect(!Reading.parsed(wanted).hasErrors)
  }

  /// What has no fix that a program could put in.
  @Test(arguments: [
    ("def f(x): x^2", "to define a function, write f(x) = …"),
    ("lambda x: x^2", "to define a function, write f(x) = …"),
    ("f: x \\mapsto x^2", "to define a function, write f(x) = …"),
    ("x > 0 ? x : 0", "for a choice, write if(x > 0, a, b)"), ("x \\bmod y", "write mod(a, b)"),
    ("x \\circ y", "for a product, write *; for f of g, f(g(x))"),
    ("\\|x\\|_2^2", "for the length of a vector, write √(x_1^2 + x_2^2)"),
    ("x^\\intercal y", "all variables are numbers: there is no transpose"),
    ("⁵√x", "for another root, write root(x, n)"), ("x^* y", "for a name of its own, write x_star"),
    ("x^{*}", "for a name of its own, write x_star"),
    ("\\begin{align} y &= 2(x+1) \\\\ &= 2x + 2 \\end{align}", "to say the same again, leave this line out"),
    ("f(x) = a x^2 where a = 2", "for the value of a parameter, write a = 2 on a line above"),
    ("f(x) = a x + b, a = 2, b = 3", "a value stands on a line of its own above: a = …"),
    ("sqrt of x", "write sqrt(…)"),
    (
      "\\text{minimize } x^2 + y^2",
      "write nabla minimize 'x^2 + y^2'; for a variable of that name, write minimize*…"
    ),
    (
      "Solve for x: x^2 = 2",
      "its solutions are minima: nabla minimize '(x^2 - 2)^2' --global --within -10..10"
    ),
    (
      "Minimize f(x,y) = x^2 subject to x + y = 1",
      "conditions on the variables are not read: without one, write nabla minimize 'f(x,y) = x^2'"
    ),
    ("\\sum_{i=1}^{2} \\sum_{j=1}^{2} A_{i,j}", "number the members in one row, as in A_{3(i-1)+j}"),
    ("\\sum_{i=1}^{2} \\sum_{j=1}^{2} a_{ij}", "number the members in one row, as in a_{3(i-1)+j}"),
  ])
  func hint(_ text: String, _ wanted: String) { #expect(said(text).map(\.hint).contains(wanted)) }

  @Test func aNameWithItsSubscriptIsUnknown() {
    #expect(said("leaky_relu(x)").first?.message == "unknown function ‘leaky_relu’")
    #expect(said("h_1(x)").first?.hint == "define it first: h_1(t) = …")
  }

  @Test func theReadingOfNestedBarsIsWhatIsRead() {
    #expect(said("|x - |y|z|").map(\.message) == ["‘|x - |y|z|’ is read as |x − |y|·z|"])
    #expect(said("\\sin^2 x y").map(\.message) == ["‘\\sin^2 x y’ is read as sin(x·y)²"])
  }

  /// A function of a vector is one of its members.
  @Test(arguments: [
    ("f(x) = \\sum_{i=1}^{3} x_i^2", ["x_1", "x_2", "x_3"]),
    ("f(x, y) = x_1 y_1 + y_2", ["x_1", "y_1", "y_2"]),
    ("f(\\mathbf w) = w_1 w_2", ["w_1", "w_2"]), ("f({\\boldsymbol {x}}) = x_1 + x_2", ["x_1", "x_2"]),
    ("f(x) = x_1 + x", ["x"]), ("f(x, a) = a x", ["x", "a"]), ("f(x, x_1) = x_1 + x_2", ["x", "x_1"]),
    ("x_1 = 2\nf(x) = x_1 + x_2", ["x_2"]),
  ])
  func members(_ text: String, _ variables: [String]) throws {
    #expect(try Reading.read(text).variables.map(\.name) == variables)
  }

  @Test func aFunctionOfAVectorTakesItsMembers() {
    #expect(said("f(x) = x_1 + x_2\nf(3)").map(\.hint) == ["list them where it is defined: f(x₁, x₂) = …"])
    #expect(throws: Never.self) { try Reading.read("f(x) = x_1^2\nf(3)") }
  }

  /// A return that was `\r` of a command; one that ends a line is none.
  @Test func commandsThatLostTheirFirstLetter() {
    #expect(said("\u{0D}ho g h").map(\.id) == ["lost-backslash"])
    #expect(said("a = 2\u{0D}\u{0A}ho a").map(\.id) != ["lost-backslash"])
  }

  /// The letter that the program prints reads back.
  @Test func capitalPi() throws {
    #expect(try Reading.read("f(\\Pi) = \\Pi^2 + \\Pi x").diagnostics.isEmpty)
  }

  /// A list that names its own members, or a range without end, spreads no further.
  @Test func noListGrowsWithoutBound() {
    #expect(said("f(x) = sum(i, 1, 10^9, x_i)").map(\.id).contains("too-many-variables"))
  }

  /// What is left out of a line may stand inside of what else is left out.
  @Test(arguments: [
    "x(2), x > 0 np.sin(x", "x^2, x > 0 math.exp(1) // c", "{1 \\over 2}, x > 0 return \\quad >>> np.sin(x",
    "3. f(x) = x^2, x > np.pi. Find it // soon", "a) f(x; b) = np.exp(x), x \\in np.R,",
  ])
  func whatIsLeftOutMayOverlap(text: String) {
    let said = said(text)
    #expect(
      said.contains {
        $0.id == "left-out" || $0.id == "condition-left-out" || $0.severity == .error
      })
  }
}
