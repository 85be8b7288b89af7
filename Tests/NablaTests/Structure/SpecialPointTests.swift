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

  @Test(
    arguments: [
      ("||x| - 1|", [-1, 0, 1], true), ("max(0, 1 - |x|)", [-1, 0, 1], true),
      ("clamp(x, 0, 1)", [0, 1], true),
      ("min(x, 1, x^2)", [0, 1], true), ("||x^2 - 1| - 3|", [-2, -1, 1, 2], true),
      ("abs(min(x, 2))", [0, 2], true), ("|e^x - 1|", [0], true), ("|ln x|", [1], true),
      ("||x| - 1| + |x|", [-1, 1], true), ("|x - x^3| + |x^2 - 1|", [-1, 0, 1], true),
      ("|cos x - x|", [0.7390851332151607], false), ("|sin x|", (-3...3).map { Double($0) * .pi }, false),
    ] as [(String, [Double], Bool)])
  func allBends(_ formula: String, _ places: [Double], _ isAll: Bool) throws {
    let found = try Formula(formula).findSpecialPoints()
    #expect(found.points.count == places.count)
    for (point, place) in zip(found.points, places) { #expect((point.value - place).magnitude <= 1e-12) }
    #expect(found.points.allSatisfy { $0.kink?.isJump == false })
    #expect(found.unsolved.isEmpty == isAll)
  }

  @Test func sidesOfAGap() throws {
    let point = try #require(try Formula("{x < 1: x; x > 1: 2x}").specialPoints().first)
    #expect(point.value == 1)
    #expect(point.limit == nil)
    #expect(((point.sides?.below ?? .nan) - 1).magnitude < 1e-6)
    #expect(((point.sides?.above ?? .nan) - 2).magnitude < 1e-6)
  }

  @Test(arguments: [
    ("floor(x) + x^2", "x"), ("ceil(2x)", "2x"), ("round(x)", "x + 1/2"), ("mod(x, 2)", "x/2"),
  ]) func steps(_ formula: String, _ whole: String) throws {
    let f = try Formula(formula)
    let steps = f.findSpecialPoints().steps
    #expect(steps.count == 1)
    #expect(f.text(of: try #require(steps.first).whole) == whole)
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

  /// Two conditions that are one are told once.
  @Test func noConditionTwice() throws {
    let rate = try #require(try Formula("|x - 1|/(x - 1)").gradient().partials.first)
    #expect(rate.conditions.count == 1)
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
    // What always holds is not told.
    ("arcsin(sin x)", ""), ("sqrt(1 - cos x)", ""), ("arccos(tanh x)", ""), ("ln(2 + sin x)", ""),
    ("sqrt(sin x)", "sin x ≥ 0"), ("sqrt(3 - max(x, 4))", "max(x, 4) ≤ 3"), ("(x^2 + 1)^pi", ""),
    // One term that varies, solved by inverses.
    ("ln(ln(ln x))", "x > e"), ("ln(ln(ln(ln x)))", "x > e^e"), ("sqrt(1 - ln x)", "0 < x ≤ e"),
    ("ln(e^x - 1)", "x > 0"), ("sqrt(|x| - 1)", "x ≤ −1 or x ≥ 1"), ("sqrt(1 - |x|)", "−1 ≤ x ≤ 1"),
    ("ln(2 - |x - 1|)", "−1 < x < 3"), ("arcsin(ln x)", "1/e ≤ x ≤ e"), ("ln(4 - 2^x)", "x < 2"),
    ("sqrt(3 - sqrt x)", "0 ≤ x ≤ 9"), ("ln(arctan x)", "x > 0"), ("ln(e^x + 1)", ""), ("ln(-1 - e^x)", ""),
    ("sqrt(4 - e^(-x))", "x ≥ −ln 4"), ("arccos(e^x)", "x ≤ 0"), ("ln(|x| - pi)", "x < −π or x > π"),
    ("x^pi", "x ≥ 0"), ("x^(-pi)", "x > 0"), ("(1 - x^2)^pi", "−1 ≤ x ≤ 1"),
    ("tan(arccos x)", "−1 ≤ x ≤ 1, x ≠ 0"),
  ])
  func domains(_ formula: String, _ domain: String) throws {
    let f = try Formula(formula)
    #expect(f.domain.map { f.text(of: $0) }.joined(separator: ", ") == domain)
  }
}
