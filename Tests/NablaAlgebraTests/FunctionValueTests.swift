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
    let slope: Double
    let description: String

    /// 10⁻¹³ of the value; within 0.1 of a zero 10⁻¹⁵; for the smallest numbers a unit or two.
    func accepts(_ computed: Double) -> Bool {
      if value.isNaN || value.isInfinite { return value.isNaN ? computed.isNaN : computed == value }
      var tolerance = max(1e-13 * value.magnitude, 2 * Double.leastNonzeroMagnitude)
      if value.magnitude < 0.1 * slope { tolerance = max(tolerance, 1e-15) }
      return (computed - value).magnitude <= tolerance
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
      guard numbers.count == words.count - 1, numbers.count >= 3 else { continue }
      let point = Point(
        arguments: Array(numbers.dropLast(2)), value: numbers[numbers.count - 2],
        slope: numbers[numbers.count - 1], description: String(line))
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

  @Test func everyNumericRowIsCovered() {
    let covered = Set(Self.points.keys)
    let logical = Set(Function.logical.map(\.name))
    let missing = Function.all.map(\.name).filter { !covered.contains($0) && !logical.contains($0) }
    #expect(missing == ["pow", "clamp"])  // both become other nodes at once
    #expect(Self.points.values.reduce(0) { $0 + $1.count } > 3000)
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
    (RealMath.lambertW(0), 0), (RealMath.sinPi(7), 0), (Function.clamp.apply([7, 0, 5]), 5),
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

  /// Orders and arguments of any size come to an end, in a number or in none.
  @Test func hugeOrdersEnd() {
    for n in [1e5, 1e6, 1e7, 1e16, 1e300] {
      for x in [1e-300, 0.5, 1, 7.5, 1e5, 1e7, 1e16, 1e300, -0.5, -1e5 - 0.5] {
        let value = RealMath.polygamma(n, x)
        #expect(value.isNaN || value.magnitude >= 0, "polygamma(\(n), \(x))")
      }
    }
    #expect(RealMath.polygamma(1e16, 1e16) == 0)
    #expect(RealMath.polygamma(1e7, 2).isInfinite)
    #expect(RealMath.beta(1e300, 1e300) == 0)
    #expect(RealMath.round(-0.3).sign == .plus && RealMath.ceil(-0.3).sign == .plus)
  }
}
