import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// Functions without a least value, dips in a plain, and what is seen far away: what the descent says of them.
@Suite struct InfimumTests {
  struct Situation: CustomTestStringConvertible, Sendable {
    var formula: String
    var start: [Double]
    var verdict: Verdict
    var mostValues = 200
    var testDescription: String { "\(formula) from \(start)" }
  }

  static let situations: [Situation] = [
    .init(formula: "ln(1+exp(x)) - x", start: [0], verdict: .infimumAtInfinity),
    .init(formula: "exp(-x)", start: [0], verdict: .infimumAtInfinity),
    .init(formula: "1/x", start: [1], verdict: .infimumAtInfinity),
    .init(formula: "1/x", start: [-1], verdict: .unboundedBelow),
    .init(formula: "1/x^2", start: [1], verdict: .infimumAtInfinity),
    .init(formula: "1/(1+x^2+y^2)", start: [1, 1], verdict: .infimumAtInfinity),
    .init(formula: "x^2 + exp(-y)", start: [1, 1], verdict: .infimumAtInfinity),
    .init(formula: "arctan(x)", start: [0], verdict: .infimumAtInfinity),
    // So slowly that no level shows.
    .init(formula: "1/ln(x)", start: [3], verdict: .infimumAtInfinity, mostValues: 400),
    // Along curved ways; far enough along the last, f is what rounding leaves of 0.
    .init(formula: "(x*y-1)^2+x^2", start: [1, 1], verdict: .infimumAtInfinity, mostValues: 300),
    .init(formula: "(x*y-1)^2+x^2", start: [0, 0], verdict: .infimumAtInfinity, mostValues: 300),
    .init(formula: "(x*y-1)^2+x^4", start: [1, 1], verdict: .infimumAtInfinity, mostValues: 420),
    .init(formula: "(1-x*y)^2/(1+x^2)+1/(1+y^2)", start: [1, 1], verdict: .infimumAtInfinity),
    .init(formula: "(x*y-1)^2+exp(-y)", start: [1, 1], verdict: .degenerate, mostValues: 300),
    // Towards a point without a value, where f comes too near to 0.
    .init(formula: "exp(-1/x^2)", start: [1], verdict: .plateau, mostValues: 2000),
    .init(formula: "x^100", start: [1], verdict: .globalMinimum, mostValues: 2000),
    .init(formula: "x - sqrt(x^2+1)", start: [0], verdict: .unboundedBelow),
  ]

  /// At 500, −x/cosh x is −7·10⁻²¹⁵, and its slope is made of numbers that are 0 as a `Double`.
  @Test("Slopes of values next to nothing lead down", arguments: [360.0, 400, 500, 600])
  func slopesOfSmallValues(start: Double) throws {
    let trace = try Formula("-x/cosh(x)").minimize(from: [start])
    #expect(
      (trace.x[0] - 1.199678640257734).magnitude < 1e-8 && trace.certificate.verdict == .strictLocalMinimum)
  }

  @Test(
    "A level far out that f has nearby as well is reached there",
    arguments: [
      ("max(x, 0)^4", [1.8]), ("max(x, 0)^2 exp(x)", [1.8]), ("x^2/(1 + y^2)", [-0.8, -2.5]),
      ("x^4/(1 + y^2)", [1, 1]), ("x^2/(1 + (x + y)^2)", [1, 1]), ("max(x, 0)^3", [0]),
    ] as [(String, [Double])])
  func reachedLevels(text: String, start: [Double]) throws {
    let path = try Formula(text).minimize(from: start)
    #expect(path.certificate.verdict == .globalMinimum && path.f == 0, "\(path.certificate.reason)")
  }

  @Test(
    "A limit that numbers come to far out is not reached",
    arguments: [("-arctan(x)^2", -2.4674011), ("-x^2/(1 + x^2)", -1)])
  func limitsInNumbers(text: String, limit: Double) throws {
    let path = try Formula(text).minimize(from: [0])
    #expect(path.certificate.verdict == .infimumAtInfinity && (path.f - limit).magnitude < 1e-6)
  }

  @Test("What has no least value is told as that", arguments: situations)
  func verdicts(situation: Situation) throws {
    let path = try Formula(situation.formula).minimize(from: situation.start)
    #expect(path.certificate.verdict == situation.verdict, "\(path.certificate.reason)")
    #expect(path.success == (situation.verdict == .globalMinimum))
    #expect(path.counts.f <= situation.mostValues, "\(path.counts.f)")
  }

  @Test(
    "A minimum far along a curved way is reached, and the limit far away on a line of its own is no minimum")
  func farMinima() throws {
    let far = try Formula("(x*y-1)^2+(x-0.00001)^2").minimize(from: [1, 1])
    #expect(far.certificate.verdict == .globalMinimum && (far.x[1] - 1e5).magnitude < 1e-3, "\(far.x)")
    let line = try Formula("ln(1+(x-10000)^2)").minimize(from: [1])
    #expect(line.success && (line.x[0] - 1e4).magnitude < 1e-6, "\(line.x)")
    let product = try Formula("(1 - x(1-y))^2 + (1.8 - x(1-y^2))^2 + (2.2 - x(1-y^4))^2")
    // Its slopes in x vanish to rounding beside y = 1.
    let newton = try product.minimize(from: [10, 10], TrustRegionNewton())
    #expect(!newton.success || newton.f < 0.02, "\(newton.certificate.verdict) \(newton.f)")
  }

  @Test(
    "Where a sum of squares leads one method away, another from the same start finds the minimum",
    arguments: [
      // Beale 1958; Powell 1970: from ten times the usual starts.
      ("(1.5 - x(1-y))^2 + (2.25 - x(1-y^2))^2 + (2.625 - x(1-y^3))^2", [10.0, 10], 100),
      ("(10000x*y - 1)^2 + (exp(-x) + exp(-y) - 1.0001)^2", [0, 10], 400),
    ])
  func portfolio(text: String, start: [Double], mostValues: Int) throws {
    let path = try Formula(text).minimize(from: start)
    #expect(path.success && path.f < 1e-20, "\(path.certificate.reason)")
    #expect(path.counts.f <= mostValues, "\(path.counts.f)")
    let counts = path.points.map(\.counts.f)
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 } && (counts.last ?? 0) <= path.counts.f)
  }

  @Test("A dip of 10⁻²² in a plain beside a valley of 1 is no minimum to stop at; a small bowl is one")
  func faintDips() throws {
    let easom = try Formula("-cos(x)cos(y)exp(-((x - pi)^2 + (y - pi)^2))")
    let path = try easom.minimize(from: [0, 10])
    #expect(path.f < -1e-5, "\(path.f)")
    let bowl = try Formula("1e-23(cosh(x) + y^2) - 1e-23").minimize(from: [2, 1])
    #expect(bowl.success)
    #expect(bowl.x.count(where: { abs($0) < 1e-6 }) == 2)
  }

  @Test("A square whose root is lost by adding 1 to it is not 0", arguments: [-40.0, -300])
  func squaresOfFewDigits(start: Double) throws {
    let path = try Formula("ln(1 + e^x)^2").minimize(from: [start])
    #expect(!path.success, "\(path.certificate.verdict) at \(path.x)")
  }

  @Test("A bowl whose function comes back to its value at one of the places looked at is one all the same")
  func bowlThatComesBack() throws {
    for factor in [50, 100, 200] {
      let path = try Formula("x^2 - \(factor)x^4").minimize(from: [0])
      #expect(path.certificate.verdict == .strictLocalMinimum && path.x == [0], "\(factor)")
    }
  }

  @Test("A sum of squares that is next to nothing needs no search for lower points")
  func singularSums() throws {
    let powell = try Formula("(a + 10b)^2 + 5(c - d)^2 + (b - 2c)^4 + 10(a - d)^4")
    let path = try powell.minimize(from: [3, -1, 0, 1])
    #expect(path.success)
    #expect(path.counts.f < 60, "\(path.counts.f)")
    let flat = try Formula("sum(i, 1, 10, (i(a + 2b + 3c) - 1)^2)").minimize(from: [1, 1, 1])
    #expect(flat.certificate.verdict == .globalMinimum)
    #expect(flat.counts.f < 30, "\(flat.counts.f)")
  }

  @Test("The article's function from twelve starts: its one minimum, or no bound; never anything else")
  func article() throws {
    let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
    let starts: [[Double]] = [
      [0, 0], [1, 2], [1, -1], [-1, 1], [2, 2], [-2, -2], [0.5, 0.5], [-1, 0], [0, -1], [3, -2], [-3, 3],
      [5, 5],
    ]
    for start in starts {
      let path = try f.minimize(from: start)
      if path.success {
        let y = -Libm.cbrt(32.0 / 45)
        #expect((path.x[0] + 4 * y / 3).magnitude < 1e-8 && (path.x[1] - y).magnitude < 1e-8, "\(start)")
        #expect((path.f + 2.549_421_366_930).magnitude < 1e-11)
      } else {
        #expect(path.certificate.verdict == .unboundedBelow, "\(start)")
      }
    }
    let ray = try #require(f.unboundedRay())
    #expect(ray.direction == [0, 1] && ray.degree == 5)
  }

  @Test("A radius that outlived its metric holds no step up: Chebyshev's quadrature from ten times the start")
  func farStarts() throws {
    // Moré, Garbow and Hillstrom 1981, problem 35, for eight points.
    let terms = (1...8).map { i -> String in
      let sum = (1...8).map { "cos(\(i) arccos(2x\($0) - 1))" }.joined(separator: " + ")
      return i % 2 == 0 ? "((\(sum))/8 + 1/\(i * i - 1))^2" : "((\(sum))/8)^2"
    }
    let inside = try Formula(terms.joined(separator: " + "))
    let near = try inside.minimize(from: (1...8).map { Double($0) / 9 })
    #expect(near.success && (near.f - 0.003_516_873_7).magnitude < 1e-9, "\(near.f)")
    let quartic = try Formula("sum(i, 1, 4, (x[i]^4 + x[i]^2 - i)^2)")
    let far = try quartic.minimize(from: [1e6, -1e6, 1e6, 1e6])
    #expect(far.certificate.verdict == .globalMinimum, "\(far.certificate.reason)")
  }

  @Test("Long chains of squares end where they should", arguments: [500, 1000])
  func longChains(n: Int) throws {
    let chain = try Formula("sum(i, 1, \(n - 1), 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)")
    let path = try chain.minimize(from: (0..<n).map { $0 % 2 == 0 ? -1.2 : 1 })
    #expect(path.success, "\(path.certificate.reason)")
    #expect((path.f - 3.986_623_854_3).magnitude < 1e-9)
    #expect(path.counts.f < 1500)
  }
}
