import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Elementary functions of many rows at once, which are computed by vectors, against the values of mpmath.
@Suite struct LaneAccuracyTests {
  static let names = [
    "exp", "expm1", "ln", "log1p", "sin", "cos", "tan", "sec", "sinh", "cosh", "tanh", "sech", "sigmoid",
    "softplus", "arctan",
  ]

  /// A line of the file: an argument, the value there, and how far that lies from the true one in units of its last
  /// place.
  private struct Point {
    let x: Double
    let value: Double
    let rest: Double
  }

  private static func points(of name: String) throws -> [Point] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "NablaAlgebraTests/Fixtures/functions.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 5, words[0] == name, let x = Double(String(words[1])),
        let value = Double(String(words[2])), let rest = Double(String(words[4])), value.isNormal
      else { return nil }
      return Point(x: x, value: value, rest: rest)
    }
  }

  @Test("Functions of many rows are at most 2 units in the last place off", arguments: names)
  func isWithinTwoUnits(name: String) throws {
    let points = try Self.points(of: name)
    #expect(points.count > 100)
    let function = try CompiledFunction(call(name, x), variables: ["x"])
    for (point, found) in zip(points, function.values(columns: [points.map(\.x)])) {
      let error = ((found - point.value) / point.value.ulp - point.rest).magnitude
      #expect(error <= 2, "\(name)(\(point.x)) is computed as \(found), \(error) units off")
    }
  }

  /// The function of a code to 31 digits.
  private static func exact(_ code: StepCode, _ number: Double) -> Twofold? {
    let (x, one) = (Twofold(number), Twofold(1))
    switch code {
    case .exponential: return x.exponential
    case .exponentialMinusOne: return x.exponentialMinusOne
    case .logarithm: return number > 0 ? x.logarithm : nil
    case .logarithmOfOnePlus: return number > -1 ? x.logarithmOfOnePlus : nil
    case .sine: return x.sineAndCosine.sine
    case .cosine: return x.sineAndCosine.cosine
    case .tangent: return x.sineAndCosine.sine / x.sineAndCosine.cosine
    case .secant: return one / x.sineAndCosine.cosine
    case .hyperbolicTangent:
      let t = (2 * x).exponentialMinusOne
      return number > 300 ? one : t / (t + Twofold(2))
    case .hyperbolicSine:
      let t = x.exponentialMinusOne
      return 0.5 * (t + t / (t + one))
    case .hyperbolicCosine: return 0.5 * (x.exponential + (-x).exponential)
    case .hyperbolicSecant: return Twofold(2) / (x.exponential + (-x).exponential)
    case .sigmoid: return one / (one + (-x).exponential)
    case .softplus: return number > 40 ? x + (-x).exponential : x.exponential.logarithmOfOnePlus
    case .arctangent: return x.arctangent
    default: return nil
    }
  }

  /// What errors are held to: 2 units are promised, most functions are better.
  private static func bound(_ code: StepCode) -> Double {
    switch code {
    case .exponential, .logarithm, .logarithmOfOnePlus, .arctangent: 0.85
    case .tangent, .secant, .hyperbolicCosine: 1.25
    case .sine, .cosine, .exponentialMinusOne, .hyperbolicTangent, .softplus, .sigmoid: 1.5
    default: 2
    }
  }

  @Test(
    "At random points functions of rows are at most 2 units off, most less",
    arguments: LaneFunctionTests.codes)
  func besideManyDigits(code: StepCode) {
    var random = SplitMix64(start: 31 + UInt64(code.rawValue))
    for size in [1e-3, 0.5, 1, 2, 10, 50, 700, 1e5] {
      let numbers = (0..<2000).map { _ in Double.random(in: -size...size, using: &random) }
      for (x, found) in zip(numbers, LaneFunctionTests.row(code, numbers).first) {
        guard found.isNormal, let exact = Self.exact(code, x) else { continue }
        let error = exact.ulps(found)
        #expect(error <= Self.bound(code), "\(code) of \(x) is computed as \(found), \(error) units off")
      }
    }
  }

  @Test func entriesOfTheLogisticTable() {
    let last = Int(LogisticTable.bound * LogisticTable.places)
    for place in 0...last {
      let c = -Double(place) / LogisticTable.places
      for (code, found) in [
        (StepCode.softplus, LogisticTable.shared.softplus[place]),
        (.sigmoid, LogisticTable.shared.sigmoids[place]),
      ] {
        let error = Self.exact(code, c)?.ulps(found) ?? .nan
        #expect(error <= 0.6, "\(code) of \(c) is \(found) in the table, \(error) units off")
      }
    }
  }

  @Test("Beside a zero and a pole of a circular function no digit is lost", arguments: ["sin", "cos", "tan"])
  func besideMultiplesOfHalfPi(name: String) throws {
    let angles = (Array(1...2000) + stride(from: 2001, through: 63_661, by: 17)).flatMap { k in
      let near = Double(k) * .pi / 2
      return [near, near.nextUp, -near.nextDown]
    }
    let function = try CompiledFunction(call(name, x), variables: ["x"])
    for (angle, found) in zip(angles, function.values(columns: [angles])) {
      #expect(ulps(found, function([angle])) <= 3, "\(name)(\(angle)) is computed as \(found)")
    }
  }
}
