import NablaDescent
import Testing

@testable import Nabla

/// Places that look like a minimum for a moment: beside poles, jumps, narrow valleys of kinks, and where numbers end.
@Suite struct HonestVerdictTests {
  struct Row: CustomTestStringConvertible {
    let formula: String
    let start: [Double]
    /// The verdict; nil for any that is no success.
    var verdict: Verdict?
    var succeeds = false
    /// The value of a minimum at a kink.
    var least: Double?

    var testDescription: String { formula }
  }

  static let rows: [Row] = [
    // Cubes divided by what vanishes: the Hessian is definite there, as long as nobody looks further.
    Row(formula: "tan(x)^3 coth(y)", start: [-2.421875, 1.09375]),
    Row(formula: "y^3/log2(x)", start: [2.921875, 0.203125]),
    Row(formula: "mod(x, 1) y", start: [-1.3125, 2.4375], verdict: .degenerate),
    Row(formula: "y*mod(x, 1)", start: [0.84375, -1.8125], verdict: .degenerate),
    Row(formula: "(floor(x) x^10)^(1/3)", start: [1.59375]),
    // A member that a sum over an index reaches as well stands beside it: f is not convex, and 0 at (1, 1).
    Row(
      formula: "(x1 - 1)^2 + sum(i, 2, 3, 100*(x1 - x[i-1]^2)^2)", start: [-1, -1],
      verdict: .strictLocalMinimum, succeeds: true),
    // Curved ways down that touch a line on which f is 0.
    Row(formula: "x^2 + x y^2", start: [0, 0], verdict: .saddle),
    Row(formula: "y^2 + x^3 y", start: [0, 0], verdict: .saddle),
    Row(formula: "1 + x^2 + x y^3", start: [0, 0], verdict: .saddle),
    Row(formula: "x^2 y^3 + y^4", start: [0, 0], verdict: .saddle),
    Row(formula: "2x^4 + x^3 y^4", start: [0, 0], verdict: .saddle),
    Row(formula: "x^4 + 3x^3 y^3", start: [0, 0], verdict: .saddle),
    Row(formula: "x^2 + y^2 x^2", start: [0, 0], verdict: .globalMinimum, succeeds: true),
    // A circle of minima, with rings of other circles around its points.
    Row(
      formula: "1 - cos(2pi sqrt(x^2 + y^2)) + 0.1 sqrt(x^2 + y^2)", start: [40.3, -22.1],
      verdict: .localMinimum, succeeds: true),
    // Least values at a jump, and flat sides that are no end of numbers.
    Row(formula: "mod(x, 1)", start: [0], verdict: .localMinimum, succeeds: true),
    Row(formula: "(x - 3)^2 + if(x < 3, 1, 0)", start: [0], verdict: .localMinimum, succeeds: true),
    Row(formula: "floor(x) + x^2", start: [0.3], verdict: .degenerate),
    Row(formula: "relu(x) - relu(x - 1)", start: [0], verdict: .localMinimum, succeeds: true),
    Row(formula: "e^x", start: [-746], verdict: .degenerate),
    // Continuous, however steep.
    Row(
      formula: "sqrt(1 + x^2) + 3sqrt(|max(x, 0)|)", start: [-2], verdict: .localMinimum, succeeds: true),
    Row(formula: "sqrt(max(cbrt(x), 0)) + |x|", start: [-2.2], verdict: .globalMinimum, least: 0),
    // The domain is the whole line or half of it; only numbers end.
    Row(formula: "log_2(7^(2x))", start: [1]),
    Row(formula: "1/ln(erf(x))", start: [1]),
    Row(formula: "sqrt(e^x - 10^(1/4))", start: [1], verdict: .onBound, succeeds: true),
    // A walk towards a jump at 0 goes as far as numbers do.
    Row(formula: "{x > 0: x; 1 - x}", start: [0], verdict: .degenerate),
    Row(formula: "{x > 0: x + y^2; 1 - x}", start: [0, 0], verdict: .degenerate),
    // No curvature at 0, and nothing to its left; and a fall to one side.
    Row(formula: "x^(3/2)", start: [0], verdict: .globalMinimum, succeeds: true),
    Row(formula: "x sqrt(x) + y^2", start: [0, 0], verdict: .localMinimum, succeeds: true),
    Row(formula: "x sqrt(x) - y^2", start: [0, 0]),
    // f falls along the valley y = −1/x, between all straight ways but a few, as far as to (1, −1).
    Row(
      formula: "abs(x - 1) + abs(y abs(x) + 1)", start: [-2.109375, -2.015625], verdict: .globalMinimum,
      least: 0),
    // Nowhere negative, and 0 along both axes, where it has kinks.
    Row(formula: "|x y|", start: [1, 2], verdict: .globalMinimum, least: 0),
    Row(formula: "|x - 1| + |y + x|", start: [-2, 3], verdict: .globalMinimum, least: 0),
    // CB2 of Charalambous & Bandler 1976, with its least value.
    Row(
      formula: "max(x^2 + y^4, (2 - x)^2 + (2 - y)^2, 2e^(y - x))", start: [-2, 3], verdict: .globalMinimum,
      least: 1.9522245),
  ]

  @Test(arguments: rows)
  func nothingIsCalledWhatItIsNot(row: Row) throws {
    let trace = try Formula(row.formula).minimize(from: row.start)
    let said = "\(trace.certificate.verdict.rawValue) at \(trace.x): \(trace.certificate.reason)"
    #expect(trace.success == (row.succeeds || row.least != nil), "\(said)")
    if let least = row.least {
      #expect(trace.certificate.verdict == (row.verdict ?? .kink), "\(said)")
      #expect(abs(trace.f - least) < 1e-6, "\(said)")
    }
    #expect(trace.certificate.verdict != .plateau, "\(said)")
    if let verdict = row.verdict { #expect(trace.certificate.verdict == verdict, "\(said)") }
  }

  /// Where a combination of slopes vanishes, f may fall along the edge of a kink all the same: the first and the third
  /// (Gürbüzbalaban & Overton 2012) at (0, −1), the others at 0.
  @Test(
    arguments: [
      ("abs(1 - x)/4 + abs(y - 2abs(x) + 1)", [-1, 1], 0.0),
      ("abs(x + y) - 0.001abs(x - y)", [1, 1], -.infinity),
      ("abs(1 - x)/4 + abs(y - 2abs(x) + 1) + abs(z - 2abs(y) + 1)", [-1, 1, 1], 0),
      ("abs(y - x^2) - 0.1x^2", [0, 0], -.infinity), ("abs(y - x^2) - 0.001y", [0, 0], -.infinity),
    ] as [(String, [Double], Double)])
  func edgesOfKinksAreFollowed(formula: String, start: [Double], least: Double) throws {
    let trace = try Formula(formula).minimize(from: start)
    #expect(trace.success == least.isFinite, "\(trace.certificate.verdict.rawValue) at \(trace.x)")
    #expect(trace.f <= max(least, -1e99) + 1e-6 || !trace.success)
  }

  /// Where x is large beside the shape of f, or that is narrow beside a way, the walk goes on until f is what is said.
  @Test(
    arguments: [
      ("cosh(x - 1e8)", [99_999_990], 1), ("abs(x - 1e9) + (x - 1e9)^2", [0], 0),
      ("cosh(x - 1.7e9) + y^2", [1_699_999_990, 1], 1), ("sqrt(1 + (x - 1e9)^2)", [0], 1),
      ("sin(x)", [1e8], -1),
      ("(x - 300000)^4", [0], 0), ("(x - 1e6)^4 + (y - 3)^2", [0, 0], 0), ("ln(1 + (x - 1e7)^2)", [0], 0),
      ("-tanh(x) - exp(-(x - 20)^2)", [0], -2), ("exp(-x) - exp(-(x - 12)^2)", [0], -0.9999939),
      ("1/(1 + x^2) - exp(-(x - 100)^2)", [1], -0.9999), ("1e-8/x^2 - 1/x", [1], -2.5e7),
      ("-1/(abs(x) + 1e-10)", [1], -1e10), ("ln(abs(x) + 1e-12)", [1], -27.6310211),
      ("-1/(x^2 + 1e-20)", [1], -1e20),
      ("abs(x)^0.01 + y^2", [1, 2], 0), ("(x - 1e10)^2 + (x - 1e10)^4", [0], 0),
      ("cosh(x - 1e10)", [10_000_000_003], 1), ("(x - 12345678901)^4 + (x - 12345678901)^2", [5], 0),
      // From where there is no slope.
      ("-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e", [0, 0], 0),
      ("sqrt(abs(x))", [0], 0), ("sqrt(x - 5) + (x - 7)^2", [5], 4),
    ] as [(String, [Double], Double)])
  func theLeastValueIsFound(formula: String, start: [Double], least: Double) throws {
    let trace = try Formula(formula).minimize(from: start)
    let said =
      "\(trace.certificate.verdict.rawValue) at \(trace.x), f = \(trace.f): \(trace.certificate.reason)"
    #expect(trace.success, "\(said)")
    #expect(abs(trace.f - least) <= 1e-6 * max(1, abs(least)), "\(said)")
  }

  /// What falls far out, or up to a jump, is not what it was taken for at a glance.
  @Test(
    arguments: [
      ("floor(x) + x^2", [0.5], Verdict.degenerate), ("1e-4(x - 1e9)^2 + sin(x)", [0], .iterationLimit),
      ("(y - x^2)(y - 3x^2)", [1, 1], .unboundedBelow), ("|x|^0.001 + x", [1], .unboundedBelow),
    ] as [(String, [Double], Verdict)])
  func noEndIsClaimed(formula: String, start: [Double], verdict: Verdict) throws {
    let trace = try Formula(formula).minimize(from: start)
    #expect(trace.certificate.verdict == verdict, "\(trace.certificate.reason)")
    #expect(!trace.success)
  }

  /// Losses of absolute values, whose least value is that of a linear program: weighed medians, and lines through points.
  @Test(arguments: [
    ("|x - 1| + |x - 2| + |x - 7| + |y - 3|", [0.0, 0], 6.0),
    ("|x - 1| + |y - 2| + |z - 3| + |x + y + z - 7|", [0, 0, 0], 1),
    ("0.3|x - 1.1| + 0.7|y - 2.3| + 0.2|x + y|", [0, 0], 0.68),
    ("10|x + 0.5y + 2| + 2|y - z - 0.7| + |x + y + 2z|", [-2.5, 1, 0], 0),
    ("10|2x - 3y + 2w| + |x - 3y + w + 1.3| + 0.7|0.5y + 2z + 0.5w + 1.3|", [0, 3.3, 1, 3.3], 0),
    ("2|x - 1| + 10|3x - 2| + 10|3x + y| + 2|x| + |2y|", [0, 0], 6),
    ("sum(i, 1, 9, |x[i] - i| + |x[i + 1] - x[i]|)", [Double](repeating: 0, count: 10), 8),
    ("|x| + 10^(-6) y^2", [0.3, 0.3], 0), ("|x| + (y - 1)^2", [3, 0.3], 0),
    ("|x - 1| + |y - 2| + |z| + (x - y)^2", [0, 0, 0], 0.75),
  ])
  func convexLossesAreFollowedToTheirEnd(text: String, start: [Double], least: Double) throws {
    let trace = try Formula(text).minimize(from: start)
    let said = "\(trace.certificate.verdict.rawValue) at \(trace.x): \(trace.certificate.reason)"
    #expect(trace.certificate.verdict == .globalMinimum && abs(trace.f - least) < 1e-9, "\(said)")
  }

  /// Cones have no slope at their tips, where a descent may begin or come by.
  @Test(arguments: [
    ("sqrt(10x^2) + |x - 2|", [0.0], 2.0), ("sqrt(x^2 + y^2) + |x - 2| + |y - 1|", [0, 0], 5.0.squareRoot()),
    ("3sqrt(x^2 + y^2) + |x - 2| + |y - 1|", [0, 0], 3), ("sqrt(x^2) + (x - 2)^2", [0], 1.75),
    (
      "2sqrt((x - 1)^2 + y^2) + sqrt((x + 1)^2 + y^2) + sqrt(x^2 + (y - 3)^2)", [0, 0], 2 + 10.0.squareRoot()
    ),
    ("|3x - y - 2| + 0.3|0.7 - y| + 0.3x^2 + sqrt(2(y + 3)^2)", [-2.5, -2.5], 1.143_333_333_333),
  ])
  func conesAreNoWalls(text: String, start: [Double], least: Double) throws {
    let trace = try Formula(text).minimize(from: start)
    let said = "\(trace.certificate.verdict.rawValue) at \(trace.x): \(trace.certificate.reason)"
    #expect(trace.certificate.verdict == .globalMinimum && abs(trace.f - least) < 1e-9, "\(said)")
    #expect(trace.points.first?.x == start)
  }

  /// Differences of neighbours weighed against squares, as where steps are looked for in noise: proved from two starts, and
  /// alike.
  @Test func totalVariationHasOneEnd() throws {
    let f = try Formula("sum(i, 1, 30, |x[i + 1] - x[i]| + (x[i] - sin(i))^2)")
    let ends = try [0.0, 2].map { try f.minimize(from: [Double](repeating: $0, count: 31)) }
    #expect(ends.allSatisfy { $0.certificate.verdict == .globalMinimum })
    #expect(abs(ends[0].f - ends[1].f) < 1e-12)
  }

  @Test func aNarrowValleyIsFollowed() throws {
    let trace = try Formula("|1 - x| + 100|y - x^2|").minimize(from: [-1.2, 1])
    #expect(trace.success && trace.f < 1e-6, "\(trace.certificate.reason)")
  }

  /// f is convex, falls for ever, and so slowly that straight looks see nothing of it beside the kinks.
  @Test(arguments: [
    ("1000 + |x| + |y| - 10^(-11)*(x + y + z)", [0.0, 0, 0]),
    ("3 + |x - y| + |y - z| - 10^(-14)*x", [0, 0, 0]),
    ("e^x + |y| + |z|", [-800, 1, 1]), ("|x| + |z| + sqrt(1 + y^2) - y", [1, 1e7, 1]),
    ("10e^(3y - 0.5z - 2) + 2sqrt((2x - y - z + 1)^2 + (y + 1)^2) + |y + 1|", [1, -2.5, 3.3]),
    (
      "2max((x + y)^2, x + y + 3z) + |z - x - 0.5y + 0.7| + 10max(z - 0.5x - y, x - y - 0.5z + 0.7)",
      [-2.5, 1, -2.5]
    ),
  ])
  func noEndIsClaimedWhereThereIsNone(text: String, start: [Double]) throws {
    let trace = try Formula(text).minimize(from: start)
    #expect(!trace.success, "\(trace.certificate.verdict.rawValue): \(trace.certificate.reason)")
  }

  /// Hundreds of variables, for which the slopes around a kink are too many to look at.
  @Test(arguments: [
    ("sum(i, 1, 300, |x[i] - i|)", 0.0), ("sum(i, 1, 299, |x[i] - i| + |x[i + 1] - x[i]|)", 298),
  ])
  func longAbsoluteLossesAreFollowedToTheirEnd(text: String, least: Double) throws {
    let trace = try Formula(text).minimize(from: [Double](repeating: 0, count: 300))
    let said = "\(trace.certificate.verdict.rawValue) f = \(trace.f): \(trace.certificate.reason)"
    #expect(trace.certificate.verdict == .globalMinimum, "\(said)")
    #expect(abs(trace.f - least) < 1e-6, "\(said)")
  }
}
