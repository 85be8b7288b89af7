import NablaBasics
import NablaDrawing
import Testing

/// Numbers along axes: short, and no two of them the same.
@Suite struct TickUnitTests {
  struct Row: Sendable {
    let values: [Double]
    let texts: String
    let caption: String
  }

  static let rows: [Row] = [
    Row(values: [-1, 0, 1], texts: "−1 0 1", caption: "x"),
    Row(values: [0, 2.5, 5], texts: "0.0 2.5 5.0", caption: "x"),
    Row(values: [999_999_998, 1e9, 1_000_000_002], texts: "−2 0 2", caption: "x − 10⁹"),
    Row(values: [-1_000_000_002, -1e9, -999_999_998], texts: "−2 0 2", caption: "x + 10⁹"),
    Row(values: [0, 5e5, 1e6], texts: "0.0 0.5 1.0", caption: "x / 10⁶"),
    Row(values: [0, 20_000, 40_000], texts: "0 20000 40000", caption: "x"),
    Row(values: [-2e-7, 0, 2e-7], texts: "−2 0 2", caption: "x / 10⁻⁷"),
    Row(values: [1 - 1e-9, 1, 1 + 1e-9], texts: "−1 0 1", caption: "(x − 1) / 10⁻⁹"),
    Row(values: [123_456_789, 123_456_790], texts: "−1 0", caption: "x − 123456790"),
    Row(values: [1e6, 1e6 + 0.5, 1e6 + 1], texts: "0.0 0.5 1.0", caption: "x − 10⁶"),
    Row(values: [1e9 + 1, 1e9 + 6, 1e9 + 11], texts: "1 6 11", caption: "x − 10⁹"),
    Row(values: [-0.5, 0.5, 1.5], texts: "−0.5 0.5 1.5", caption: "x"),
    Row(values: [0.5, 1, 10, 100, 1000], texts: "0.5 1 10 100 1000", caption: "x"),
    Row(values: [5e7, 1e8, 2e8, 5e8], texts: "0.5 1.0 2.0 5.0", caption: "x / 10⁸"),
    Row(values: [1e8, 1e9, 1e10, 1e11], texts: "10⁸ 10⁹ 10¹⁰ 10¹¹", caption: "x"),
    Row(values: [1, 1e5, 1e9], texts: "1 100000 10⁹", caption: "x"),
    Row(values: [3], texts: "3", caption: "x"),
    Row(values: [], texts: "", caption: "x"),
  ]

  @Test(arguments: rows)
  func units(row: Row) {
    let unit = TickUnit(row.values)
    #expect(unit.texts.joined(separator: " ") == row.texts)
    #expect(unit.caption("x") == row.caption)
    #expect(unit.caption("") == "")
  }

  @Test("Whatever the ends of an axis, no two of its numbers look alike and none is long")
  func differ() {
    var random = SplitMix64(start: 23)
    for _ in 0..<2000 {
      let size = Libm.pow(10, Double.random(in: -12...12, using: &random))
      let middle = Double.random(in: -1...1, using: &random) * size
      let length = size * Libm.pow(10, Double.random(in: -9...1, using: &random))
      let axis = Axis(middle - length, middle + length, label: "x")
      let texts = axis.ticks(about: 6).map(\.text)
      #expect(Set(texts).count == texts.count, "\(axis): \(texts)")
      #expect(texts.allSatisfy { $0.count <= 9 }, "\(axis): \(texts)")
    }
  }
}
