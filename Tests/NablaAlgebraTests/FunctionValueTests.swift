import NablaBasics
import Testing

@testable import NablaAlgebra

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Values of all rows against those of mpmath in Fixtures/functions.txt.
@Suite struct FunctionValueTests {
  struct Point: CustomStringConvertible {
    let arguments: [Double]
    let value: Double
    /// Whether a zero lies within 0.1.
    let isBesideZero: Bool
    /// How far the value lies from the true one, in units of its last place.
    let rest: Double
    let description: String

    /// 10⁻¹³ of the value; within 0.1 of a zero 10⁻¹⁵; for the smallest numbers a unit or two.
    func accepts(_ computed: Double) -> Bool {
      if value.isNaN || value.isInfinite { return value.isNaN ? computed.isNaN : computed == value }
      var tolerance = max(1e-13 * value.magnitude, 2 * Double.leastNonzeroMagnitude)
      if isBesideZero { tolerance = max(tolerance, 1e-15) }
      return (computed - value).magnitude <= tolerance
    }

    /// The error in units of the last place; nil where there is no finite normal value to measure by.
    func ulps(_ computed: Double) -> Double? {
      guard value.isNormal, computed.isFinite else { return nil }
      return ((computed - value) / value.ulp - rest).magnitude
    }
  }

  static let points: [String: [Point]] = {
    let folder = #filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.startIndex)
    let path = folder + "/Fixtures/functions.txt"
    guard let text = try? String(contentsOfFile: String(path), encoding: .utf8) else { return [:] }
    var result: [String: [Point]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Double(String($0)) }
      guard numbers.count == words.count - 1, numbers.count >= 4 else { continue }
      let point = Point(
        arguments: Array(numbers.dropLast(3)), value: numbers[numbers.count - 3],
        isBesideZero: numbers[numbers.count - 2] == 1, rest: numbers[numbers.count - 1],
        description: String(line))
      result[String(words[0]), default: []].append(point)
    }
    return result
  }()

  @Test(arguments: points.keys.sorted())
  func agreesWithMpmath(name: String) throws {
    let points = try #require(Self.points[name])
    let row = try #require(Function.named(name, arity: points[0].arguments.count))
    for point in points {
      let computed = row.apply(point.arguments)
      #expect(point.accepts(computed), "\(point) is computed as \(computed)")
    }
  }

  /// The page with the worst errors; `NABLA_RECORD=1 swift test --filter FunctionValueTests` writes it again.
  @Test func theWorstErrorsAreThoseOfThePage() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "Sources/Nabla/Nabla.docc/AccuracyOfFunctions.md").path
    let page = Self.page
    if ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1" {
      try page.write(toFile: path, atomically: true, encoding: .utf8)
    }
    // Other C libraries round otherwise; the page is that of glibc.
    #if canImport(Glibc)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == page)
    #endif
  }

  private static var page: String {
    var lines = [
      "# Accuracy of Functions", "",
      "How far each function's value may be from the true one.", "",
      "## Overview", "",
      "The largest errors found against mpmath with 80 digits or more, in units of the last place (ulp, 2⁻⁵² of a value",
      "at most); half of one is the best there can be. Within 0.1 of a zero, where a value may be as small as it likes,",
      "the absolute error counts. The points are spread over the whole domain, tiny and huge, beside poles, zeros and",
      "edges; the C library is glibc, and others round otherwise.", "",
      "| function | points | worst error, ulp | at | worst beside zeros |",
      "| --- | ---: | ---: | --- | ---: |",
    ]
    for name in points.keys.sorted() {
      guard let points = points[name], let row = Function.named(name, arity: points[0].arguments.count) else {
        continue
      }
      var (worst, place, beside) = (0.0, "", 0.0)
      for point in points {
        let computed = row.apply(point.arguments)
        guard let ulps = point.ulps(computed) else { continue }
        if point.isBesideZero {
          beside = max(beside, ulps * point.value.ulp)
        } else if ulps > worst {
          worst = ulps
          place = point.arguments.map { "\($0)" }.joined(separator: ", ")
        }
      }
      let absolute = beside > 0 ? NumberText.significant(beside, digits: 2, minus: .ascii) : ""
      lines.append(
        "| \(name) | \(points.count) | \(NumberText.fixed(worst, decimals: 1, minus: .ascii)) | \(place) | \(absolute) |"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func everyNumericRowIsCovered() {
    let covered = Set(Self.points.keys)
    let logical = Set(Function.logical.map(\.name))
    let missing = Function.all.map(\.name).filter { !covered.contains($0) && !logical.contains($0) }
    #expect(missing == ["pow", "clamp"])  // both become other nodes at once
    #expect(Self.points.values.reduce(0) { $0 + $1.count } > 7000)
  }

  /// What is exact stays exact in numbers too.
  static let exact: [(Double, Double)] = [
    (RealMath.log(8, base: 2), 3), (RealMath.log(243, base: 3), 5), (RealMath.log(0.001, base: 10), -3),
    (RealMath.log(1.0 / 27, base: 3), -3), (RealMath.root(-27, 3), -3), (RealMath.cbrt(0), 0),
    (RealMath.cbrt(1000), 10), (RealMath.root(243, 5), 3),
    (RealMath.gamma(23), 1_124_000_727_777_607_680_000), (RealMath.factorial(5), 120),
    (RealMath.mod(-7, 3), 2), (RealMath.mod(7, -3), -2), (RealMath.mod(-6, 3), 0),
    (RealMath.round(-2.5), -3), (RealMath.round(0.49999999999999994), 0), (RealMath.sign(-0.0), 0),
    (RealMath.sigmoid(-800), 0), (RealMath.softplus(1000), 1000), (RealMath.lnGamma(2), 0),
    (RealMath.lambertW(0), 0), (RealMath.sinPi(7), 0),
    (RealMath.polygamma(2, .infinity), 0), (RealMath.sinPi(0.5), 1), (RealMath.sinPi(-2.5), -1),
    (Function.clamp.apply([7, 0, 5]), 5),
    (Function.clamp.apply([-7, 0, 5]), 0), (Function.clamp.apply([3, 0, 5]), 3),
  ]

  @Test(arguments: exact.indices)
  func isExact(row: Int) {
    #expect(Self.exact[row].0 == Self.exact[row].1)
  }

  /// Nan goes in, nan comes out, whatever the function; comparisons included.
  @Test(arguments: Function.all.map(\.name))
  func nanStaysNan(name: String) throws {
    for row in Function.all where row.name == name && row != .if {
      #expect(row.apply(Array(repeating: .nan, count: row.arity)).isNaN)
    }
  }

  @Test func oneSideMayDecideALogicalValue() {
    #expect(Function.and.apply([0, .nan]) == 0)
    #expect(Function.or.apply([.nan, 1]) == 1)
    #expect(Function.and.apply([1, .nan]).isNaN)
    #expect(Function.or.apply([.nan, 0]).isNaN)
    #expect(Function.if.apply([0, .nan, 2]) == 2)
  }

  /// ∫₀¹ tⁿ cos⁽ⁿ⁾(xt) dt by mpmath, for orders at which no recurrence is run.
  @Test(arguments: [
    (2_000_001, 1e6, 3.273474584275794712e-7), (2_000_002, 1e6, -3.0470206937878284544e-7),
    (1_500_000, -3e6, -1.7056258598958293381e-7), (4_000_003, 5e5, 7.4052525855591983563e-8),
  ])
  func derivativesOfSincOfLargeOrder(n: Double, x: Double, value: Double) {
    #expect((RealMath.polysinc(n, x) / value - 1).magnitude < 1e-11)
  }

  /// Those of odd order begin with ±x/(n + 2), however small x is.
  @Test(arguments: [(1, -3.0), (2, -3), (3, 5), (5, -7), (7, 9), (12, 13), (2_000_001, -2_000_003)])
  func derivativesOfSincBesideZero(n: Double, divisor: Double) {
    for x in [1e-300, 1e-100, 1e-21, 1e-20, -1e-20, 1e-17, 1e-12] {
      let size = n.truncatingRemainder(dividingBy: 2) == 0 ? 1 : x
      #expect((RealMath.polysinc(n, x) * divisor / size - 1).magnitude < 1e-11)
    }
  }

  /// Orders and arguments of any size come to an end, in a number or in none.
  @Test func hugeOrdersEnd() {
    for n in [1e5, 1e6, 1e7, 1e16, 1e300] {
      for x in [1e-300, 0.5, 1, 7.5, 1e5, 1e7, 1e16, 1e300, -0.5, -1e5 - 0.5] {
        let value = RealMath.polygamma(n, x)
        #expect(value.isNaN || value.magnitude >= 0, "polygamma(\(n), \(x))")
      }
    }
    #expect(RealMath.polygamma(1e16, 1e16) == 0)
    // ψ⁽ⁿ⁾(x) − ψ⁽ⁿ⁾(x + 1) = ±n!/xⁿ⁺¹, also where n is beyond a million.
    for (n, x) in [(999_999.0, 367_879.4), (2_000_001, 735_758.9), (3e6, 1_103_639)] {
      let power = (1...Int(n)).reduce(-Libm.log(x)) { $0 + Libm.log(Double($1) / x) }
      let difference = (RealMath.polygamma(n, x) - RealMath.polygamma(n, x + 1)).magnitude
      #expect((difference / Libm.exp(power) - 1).magnitude < 1e-6, "\(n) \(difference) \(Libm.exp(power))")
    }
    #expect(RealMath.polygamma(1e7, 2).isInfinite)
    #expect(RealMath.beta(1e300, 1e300) == 0)
    #expect(RealMath.round(-0.3).sign == .plus && RealMath.ceil(-0.3).sign == .plus)
  }
}
