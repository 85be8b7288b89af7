import Testing

@testable import NablaNotation

/// The first fix of an error, put in by whoever reads it, makes a text that can be read.
@Suite struct FixTests {
  @Test(arguments: [
    ("1,000,000 x", "1000000 x"), ("1,000x", "1000x"), ("1,234,567.25 + x", "1234567.25 + x"),
    ("1 1/2 x", "(1 + 1/2) x"), ("2 1/3 + x", "(2 + 1/3) + x"), ("square root of x", "sqrt x"),
    ("cube root x + 1", "cbrt x + 1"), ("log base 2 of x", "log_2 x"), ("x squared + y", "x^2 + y"),
    ("x cubed", "x^3"), ("f(x) = { x^2 if x > 0, -x otherwise", "f(x) = {x > 0: x^2; -x}"),
    ("f(x) = {x^2 if x > 0, -x else}", "f(x) = {x > 0: x^2; -x}"), ("calculate 2+2", " 2+2"),
    ("Differentiate: y = x^5", " y = x^5"), ("y = x^2\ndy/dx", "y = x^2\nd/dx (y)"),
    ("f(x) = x^2\ndf/dx", "f(x) = x^2\nf'(x)"), ("f(t) = t\nd^2f/dt^2", "f(t) = t\nf''(t)"),
    ("f(x, y) = x y\n∂f/∂x", "f(x, y) = x y\n∂/∂x (f(x, y))"),
  ])
  func theFixCanBeRead(_ text: String, _ expected: String) throws {
    let found = Reading.parsed(text).diagnostics.filter { $0.severity == .error }
    let fix = try #require(found.first?.fixes.first)
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(fix.span.start..<fix.span.end, with: fix.replacement.utf8)
    let mended = String(decoding: bytes, as: UTF8.self)
    #expect(mended == expected)
    #expect(throws: Never.self) { try Reading.read(mended) }
  }

  @Test(arguments: [
    ("f(x) = x^2 and g(x) = x^3", "a line of its own"),
    ("f(x) = {x^2, x > 0; -x, x <= 0}", "{x > 0: x^2; -x}"),
    ("(x^2)'", "write d/dx (…)"), ("solve f'(x) = 0", "nabla critical f"), ("d2y/dx2", "write d^2/dx^2"),
    ("f(x) = x^2 for x = 3", "nabla eval 'f(x) = x^2'"), ("if x>0 then x", "{x > 0: x^2; -x}"),
    ("n choose k", "n!/(k! (n - k)!)"),
    ("inflection x^3", "nabla critical 'd/dx (x^3)'"), ("domain of sqrt(x)", "printed with its domain"),
    ("extrema of x^2", "nabla critical 'x^2'"), ("linearize x^2 at 2", "nabla tangent 'x^2' --at 2"),
    ("x^2 on [0,1]", "plot or minimize"),
  ])
  func theDirectionIsGiven(_ text: String, _ direction: String) throws {
    let found = try #require(Reading.parsed(text).diagnostics.first { $0.severity == .error })
    #expect(found.hint.contains(direction), "\(found.hint)")
  }
}
