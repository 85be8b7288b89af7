import NablaAlgebra
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
