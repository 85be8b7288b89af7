import NablaDescent
import NablaDrawing
import Testing

@testable import Nabla

/// Pictures of descents that keep within a box.
@Suite struct BoundsFigureTests {
  private static func figure(
    _ text: String, from start: [Double], lower: [Double], upper: [Double]
  ) throws -> Figure {
    let bounds = Bounds(lower: lower, upper: upper)
    let formula = try Formula(text)
    let trace = try formula.minimize(from: start, BacktrackingDescent(), .steps(3))
    return try formula.figure(paths: [FigurePath(trace, bounds: bounds)])
  }

  private static func edges(_ figure: Figure) -> [[Point]] {
    figure.scene.panels[0].items.compactMap { item in
      if case .line(let points, _) = item.shape, item.layer == .bounds { points } else { nil }
    }
  }

  @Test("The box of a descent is drawn, stands in the window, and what lies outside is pale")
  func box() throws {
    let figure = try Self.figure(
      "(x - 1)^2 + (y - 2)^2", from: [5, 5], lower: [3, 3], upper: [6, 6])
    #expect(Self.edges(figure).count == 4)
    #expect(figure.window.allSatisfy { $0.contains(3) && $0.contains(6) })
    #expect(figure.scene.panels[0].items.contains { $0.layer == .outside })
    #expect(figure.scene.legend.contains { $0.text == "bounds" })
    // The valley outside is no answer.
    #expect(!figure.scene.legend.contains { $0.text.contains("minimum") } && figure.marked.isEmpty)
    #expect(figure.svg().contains("class=\"outside\""))
  }

  @Test("Only the edges in the window are drawn; a bound far away is not looked for")
  func halfOpen() throws {
    let figure = try Self.figure(
      "(1 - x)^2 + (y - x^2)^2", from: [0, 2], lower: [-.infinity, 1.5], upper: [1e6, .infinity])
    #expect(Self.edges(figure).count == 1)
    #expect(Self.edges(figure).joined().allSatisfy { $0.y == 1.5 })
    #expect(figure.window[0].upperBound < 100)
  }

  @Test("On a curve the bounds are upright lines, and turning points beyond them have no mark")
  func curve() throws {
    let figure = try Self.figure("x^2", from: [3], lower: [1], upper: [4])
    #expect(Self.edges(figure).joined().allSatisfy { $0.x == 1 || $0.x == 4 })
    #expect(figure.window[0].contains(1) && figure.marked.isEmpty)
    // Nothing is drawn where nothing is held.
    let free = try Formula("x^2").figure()
    #expect(Self.edges(free).isEmpty && free.marked.count == 1)
  }
}
