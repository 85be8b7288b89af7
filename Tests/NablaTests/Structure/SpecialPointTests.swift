import Nabla
import Testing

/// Where a derivative has no value or not the only one, as the formula shows it.
@Suite struct SpecialPointTests {
  @Test(
    arguments: [
      ("|x - 2|", 2.0, -1.0, 1.0), ("max(x, 1 - x)", 0.5, -1, 1), ("|x^2 - 2|", 2.squareRoot(), nil, nil),
      ("if(x > 0, x^2, -x)", 0, -1, 0), ("x^2 + 3|x + 4|", -4, -11, -5),
    ] as [(String, Double, Double?, Double?)])
  func bends(_ formula: String, _ place: Double, _ below: Double?, _ above: Double?) throws {
    let point = try #require(try Formula(formula).specialPoints().last)
    let kink = try #require(point.kink)
    #expect(point.value == place)
    #expect(!kink.isJump)
    if let below { #expect(kink.below?.slope == below) }
    if let above { #expect(kink.above?.slope == above) }
  }

  @Test(arguments: [
    ("sin(x)/x", 0.0, 1.0), ("(x^2 - 1)/(x - 1)", 1, 2), ("x/(e^x - 1)", 0, 1), ("ln(x)/(x - 1)", 1, 1),
  ])
  func gaps(_ formula: String, _ place: Double, _ limit: Double) throws {
    let points = try Formula(formula).specialPoints()
    #expect(points.map(\.value) == [place])
    #expect((points[0].limit ?? .nan) - limit < 1e-6)
  }

  /// Poles, smooth corners and formulas in several letters have nothing to tell.
  @Test(arguments: ["1/x", "x|x|", "x^2", "|x| + |y|", "1/(x^2 + 1)", "floor(x)", "sqrt(x)", "x^x"])
  func nothingToTell(_ formula: String) throws {
    #expect(try Formula(formula).specialPoints().isEmpty)
  }

  @Test(arguments: [
    ("arcsin(sqrt x)", "0 ≤ x ≤ 1"), ("x sqrt(1 - x^2) + arcsin x", "−1 ≤ x ≤ 1"),
    ("ln(x + sqrt(x^2 + 1))", ""), ("ln(sqrt(4x^2 + 3) - 2x)", ""), ("x^x", "x > 0"), ("f(x) = x^n", ""),
    ("2^x", ""), ("(y^x)^2", "y > 0"), ("ln(sqrt(x) - 2)", "x > 4"), ("(x^2 + 1)^x", ""),
    ("sqrt(x - y)", "x ≥ y"), ("sqrt(9 - x^2 - y^2)", "x² + y² ≤ 9"), ("ln(1 - x y)", "xy < 1"),
    ("ln|x - y|", "x ≠ y"), ("ln(1 - x + y)", "1 − x + y > 0"), ("sqrt(-x - y)", "x + y ≤ 0"),
    ("arcsin(x + y)", "−1 ≤ x + y ≤ 1"), ("sqrt(p(1 - p))", "0 ≤ p ≤ 1"), ("ln p + ln(1 - p)", "0 < p < 1"),
    ("f(b, x) = sqrt((b x - 2)/2)", "bx ≥ 2"), ("1/sqrt(2pi x^2)", "x ≠ 0"), ("sqrt(pi x)", "x ≥ 0"),
    ("ln(e^2 a x)", "ax > 0"), ("x tan(pi/2)", ""),
    // Poles alone are left to the eye; beside a condition they are told, so that what is printed is whole.
    ("1/x + tan x", ""), ("1/(x - 1) + ln x", "x > 0, x ≠ 1"), ("ln(x)/(x + 1)", "x > 0"),
    ("1/ln x", "x > 0, x ≠ 1"), ("tan x + ln x", "x > 0, cos x ≠ 0"), ("ln x + 1/y", "x > 0, y ≠ 0"),
    ("sqrt(x - y)/(x - y)", "x > y"), ("ln(x - y)/(x - y)", "x > y"),
    ("1/(x^2 - 1) + sqrt(4 - x^2)", "−2 ≤ x ≤ 2, x ≠ −1, x ≠ 1"),
  ])
  func domains(_ formula: String, _ domain: String) throws {
    let f = try Formula(formula)
    #expect(f.domain.map { f.text(of: $0) }.joined(separator: ", ") == domain)
  }
}
