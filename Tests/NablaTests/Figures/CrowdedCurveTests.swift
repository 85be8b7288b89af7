import NablaBasics
import NablaDrawing
import Testing

@testable import Nabla

/// Curves that turn more often than a picture has columns: no wave is drawn that is not there.
@Suite struct CrowdedCurveTests {
  private static func figure(_ text: String, _ x: ClosedRange<Double>) throws -> Figure {
    var options = FigureOptions()
    options.window = [0: x]
    return try Formula(text).figure(options)
  }

  /// The length of the curve upwards, in heights of its values: a wave has two.
  private static func ways(_ figure: Figure) -> Double {
    figure.scene.panels[0].items.reduce(0) { sum, item in
      guard case .line(let points, _) = item.shape, item.layer == .curve else { return sum }
      return zip(points, points.dropFirst()).reduce(sum) { $0 + ($1.1.y - $1.0.y).magnitude / 2 }
    }
  }

  @Test(
    "Where waves are narrower than columns, each column has its least and greatest value, and a remark says so",
    arguments: [("sin x", 0.0...1e5), ("sin(1000x)", 0...10), ("sin(4800pi x)", 0...1)])
  func strokes(text: String, x: ClosedRange<Double>) throws {
    let figure = try Self.figure(text, x)
    #expect(Self.ways(figure) > 450, "\(text): \(Self.ways(figure))")
    #expect(figure.window[1].contains(-0.99) && figure.window[1].contains(0.99))
    #expect(figure.window[1].length < 2.5)
    #expect(figure.remarks.count == 1 && figure.remarks[0].contains("turns more often"), "\(figure.remarks)")
    #expect(figure.marked.isEmpty)
  }

  @Test("Where waves are about as wide as columns, all of them are drawn", arguments: [200.0, 300, 480, 600])
  func narrow(waves: Double) throws {
    let figure = try Self.figure("sin(\(2 * waves) pi x)", 0...1)
    #expect((Self.ways(figure) / waves - 2).magnitude < 0.2, "\(Self.ways(figure))")
    #expect(figure.window[1].contains(-0.99) && figure.window[1].contains(0.99))
  }

  @Test("The remark names the part that is crowded")
  func part() throws {
    let figure = try Self.figure("cos(1/x)", 1e-4...0.1)
    #expect(
      figure.remarks.count == 1 && figure.remarks[0].contains("from 0.0001 to 0.00"), "\(figure.remarks)")
  }

  @Test(
    "What can be followed has no remark",
    arguments: ["sin(50x)", "tan x", "1/x", "floor(x)", "|x|", "tanh(1000x)", "sin(x)^2 + cos(x)^2", "x^200"])
  func plain(text: String) throws {
    let remarks = try Self.figure(text, -3...3).remarks
    #expect(!remarks.contains { $0.contains("turns more often") }, "\(remarks)")
  }

  @Test(
    "A window in which there is nothing to draw is refused with the reason",
    arguments: [
      ("x^2", -1e300...1e300, "too large for a number"),
      ("sqrt(-x^2)", -1...1, "has no value almost everywhere"),
    ])
  func nothing(text: String, x: ClosedRange<Double>, reason: String) throws {
    let formula = try Formula(text)
    var options = FigureOptions()
    options.window = [0: x]
    do throws(FigureError) {
      _ = try formula.figure(options)
      Issue.record("\(text) was drawn")
    } catch { #expect(error.sentence.contains(reason), "\(error.sentence)") }
  }
}
