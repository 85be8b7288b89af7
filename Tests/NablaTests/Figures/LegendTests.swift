import Testing

@testable import Nabla

/// What legends say of the points that are marked.
@Suite struct LegendTests {
  private static func legend(_ text: String, _ half: Double, isSurface: Bool = false) throws -> [String] {
    var options = FigureOptions()
    (options.window, options.isSurface) = ([0: -half...half, 1: -half...half], isSurface)
    return try Formula(text).figure(options).scene.legend.map(\.text)
  }

  @Test("The legend counts points of zero gradient only where all of them are known")
  func counts() throws {
    for (text, half) in [("sin(3x)cos(3y)", 4.0), ("sin(50x) cos(50y)", 5), ("sin(4x) cos(5y) + x y/20", 5)] {
      for isSurface in [false, true] {
        let legend = try Self.legend(text, half, isSurface: isSurface)
        #expect(legend.contains("some saddles"), "\(text): \(legend)")
        #expect(!legend.contains { $0.first?.isNumber == true }, "\(text): \(legend)")
      }
    }
    let himmelblau = try Self.legend("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", 5)
    #expect(himmelblau.contains("4 local minima") && himmelblau.contains("4 saddles"), "\(himmelblau)")
    let few = try Self.legend("sin(x) cos(y) + x^2/20", 4)
    #expect(few.contains { $0.first?.isNumber == true }, "\(few)")
  }
}
