import NablaDrawing
import Testing

@testable import Nabla

/// The values at which contours are drawn.
@Suite struct LevelTests {
  private static func levels(_ text: String, _ wanted: Int? = nil) throws -> [Double] {
    var options = FigureOptions()
    options.levels = wanted
    return try Formula(text).figure(options).scene.panels[0].colourBar?.levels ?? []
  }

  @Test(
    "A level lies between the few values that there are",
    arguments: ["if(x^2 + y^2 < 1, 1, 0)", "x^2 + y^2 < 1", "if(x > 0 and y > 0, 1, 0)"])
  func regions(text: String) throws {
    #expect(try Self.levels(text) == [0.5])
    let figure = try Formula(text).figure()
    let lines = figure.scene.panels[0].items.filter { $0.layer == .contours }
    #expect(lines.count == 1)
    #expect(figure.text().contains { $0 >= "\u{2801}" && $0 <= "\u{28FF}" }, "the terminal shows the border")
  }

  @Test(
    "A plain has no level of its own, and the rest is cut evenly",
    arguments: ["max(1 - x^2 - y^2, 0)", "min(x^2 + y^2, 1)"])
  func plains(text: String) throws {
    let figure = try Formula(text).figure()
    let levels = figure.scene.panels[0].colourBar?.levels ?? []
    #expect(levels.map { ($0 * 1e6).rounded() / 1e5 } == (1...9).map { Double($0) })
    #expect(figure.marked.map(\.coordinates) == [[0, 0]])
    #expect(figure.window[0].middle == 0 && figure.window[1].middle == 0)
  }

  private static let peaks =
    "3(1 - x)^2 e^(-x^2 - (y + 1)^2) - 10(x/5 - x^3 - y^5) e^(-x^2 - y^2) - e^(-(x + 1)^2 - y^2)/3"

  @Test(
    "Bumps are cut up to their tops in equal steps",
    arguments: [
      ("exp(-x^2 - y^2)", 0.1, 0.9), ("-exp(-x^2 - y^2)", -0.9, -0.1), (peaks, -6, 8),
      ("ln(x) + ln(y) + ln(1 - x - y)", -6, -3.5), ("1/(1 - x - y)", -1, 1),
    ])
  func bumps(text: String, low: Double, high: Double) throws {
    let levels = try Self.levels(text)
    #expect((levels.first ?? 0) <= low && (levels.last ?? 0) >= high, "\(levels)")
    let steps = zip(levels.dropFirst(), levels).map { $0 - $1 }
    #expect(levels.count >= 6 && (steps.max() ?? 0) < 1.01 * (steps.min() ?? 0), "\(levels)")
  }

  @Test(
    "There are as many levels as are wanted",
    arguments: [
      "x^2 + y^2", "(1 - x)^2 + 100(y - x^2)^2", "3x^2 + 8xy - 3y^5", "exp(-x^2 - y^2)", "x y", "x + y + 1e9",
    ], [1, 2, 3, 5, 20])
  func counts(text: String, wanted: Int) throws {
    let levels = try Self.levels(text, wanted)
    #expect(levels.count == wanted && levels == levels.sorted(), "\(levels)")
  }
}
