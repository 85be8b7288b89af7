import Foundation
import NablaBasics
import NablaEvaluation
import Testing

@testable import Nabla

/// Formulas of other projects with values and gradients of 50 digits: programs at one point and in lanes meet them,
/// enclosures hold them.
@Suite struct DerivativeDataTests {
  /// A formula at three points.
  struct Case: Sendable {
    let id: String
    let formula: String
    let variables: [String]
    let points: [Point]
  }

  /// What is true at a point, and how near a fair evaluation comes, relatively.
  struct Point: Sendable {
    let coordinates: [Double]
    let value: Double
    let gradient: [Double]
    let noise: [Double]
  }

  static let cases: [Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/derivatives.tsv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    func numbers(_ cell: Substring) -> [Double] { cell.split(separator: " ").compactMap { Double($0) } }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      let points = stride(from: 4, to: cells.count - 3, by: 4).map { place in
        Point(
          coordinates: numbers(cells[place]), value: Double(cells[place + 1]) ?? .nan,
          gradient: numbers(cells[place + 2]), noise: numbers(cells[place + 3]))
      }
      let letters = cells[3].split(separator: " ").map(String.init)
      return Case(id: String(cells[0]), formula: String(cells[2]), variables: letters, points: points)
    }
  }()

  @Test func theFileIsWhole() {
    #expect(Self.cases.count == 968)
    #expect(
      Self.cases.allSatisfy { row in
        row.points.count == 3
          && row.points.allSatisfy {
            $0.coordinates.count == row.variables.count && $0.gradient.count == row.variables.count
              && $0.noise.count == row.variables.count + 1 && $0.value.isFinite
          }
      })
  }

  /// Four units in the last place, and what the conditioning of the formula makes of them.
  private static func tolerance(_ truth: Double, _ noise: Double, _ level: Double) -> Double {
    4 * truth.ulp + 8 * noise * truth.magnitude + 2 * level
  }

  @Test(arguments: 0..<8) func valuesAndGradientsMeetTheTruth(part: Int) throws {
    for (number, row) in Self.cases.enumerated() where number % 8 == part {
      let function = try Formula(row.formula, variables: row.variables).compiled()
      let columns = row.variables.indices.map { place in row.points.map { $0.coordinates[place] } }
      let rows = function.valuesAndGradients(columns: columns)
      for (place, point) in row.points.enumerated() {
        var gradient: [Double] = []
        let value = function.valueAndGradient(at: point.coordinates, into: &gradient)
        let level = function.roundingLevel(at: point.coordinates)
        let enclosure = function.gradientEnclosure(of: point.coordinates.map { Interval($0) })
        let found = [value] + gradient
        let inLanes = [rows.values[place]] + rows.gradients.map { $0[place] }
        let intervals = [enclosure.value] + enclosure.gradient
        let levels = [level.value] + level.gradient
        for (component, truth) in ([point.value] + point.gradient).enumerated() {
          let most = Self.tolerance(truth, point.noise[component], levels[component])
          let label = "\(row.id), \(row.formula) at \(point.coordinates), component \(component)"
          #expect((found[component] - truth).magnitude <= most, "\(label): \(found[component]), not \(truth)")
          #expect(
            (inLanes[component] - truth).magnitude <= 2 * most,
            "\(label): \(inLanes[component]), not \(truth)")
          // The truth stands with 17 digits.
          let interval = intervals[component]
          #expect(
            interval.lower <= truth + truth.ulp && truth - truth.ulp <= interval.upper,
            "\(label): \(truth) outside \(interval.lower) … \(interval.upper)")
        }
      }
    }
  }
}

/// One formula in the hands of many tasks.
@Suite struct SharedFormulaTests {
  @Test func sixtyFourTasksUseOneFormula() async throws {
    let formula = try Formula("f(x, y, z) = exp(-x^2)*sin(3y) + ln(1 + z^2) + sum(i, 1, 5, i*x*y^i)")
    let reference = try Formula("f(x, y, z) = exp(-x^2)*sin(3y) + ln(1 + z^2) + sum(i, 1, 5, i*x*y^i)")
    let columns: [[Double]] = [
      (0..<64).map { Double($0) / 64 }, (0..<64).map { 1 - Double($0) / 32 },
      (0..<64).map { Double($0) / 16 },
    ]
    let points: [[Double]] = (0..<64).map { place in columns.map { $0[place] } }
    let expected = try points.map { try reference.valueAndGradient(at: $0) }
    let text = try reference.gradient().description
    let block = try reference.compiled().valuesAndGradients(columns: columns)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (place, point) in points.enumerated() {
        group.addTask {
          for _ in 0..<20 {
            let found = try formula.valueAndGradient(at: point)
            #expect(found.value == expected[place].value && found.gradient == expected[place].gradient)
          }
          let function = try formula.compiled()
          let rows = function.valuesAndGradients(columns: columns)
          #expect(rows.values == block.values && rows.gradients == block.gradients)
          if place % 8 == 0 { #expect(try formula.gradient().description == text) }
          #expect(try function.hessian(at: point).count == 9)
        }
      }
      try await group.waitForAll()
    }
  }
}
