import NablaDrawing
import Testing

@Suite struct AxisTests {
  struct Row: Sendable {
    let axis: Axis
    let texts: String
  }

  static let rows: [Row] = [
    Row(axis: Axis(-8, 3), texts: "−8 −6 −4 −2 0 2"),
    Row(axis: Axis(0, 1), texts: "0.0 0.2 0.4 0.6 0.8 1.0"),
    Row(axis: Axis(0, 2_500_000), texts: "0.0 0.5 1.0 1.5 2.0 2.5"),
    Row(axis: Axis(-1e-7, 1e-7), texts: "−1.0 −0.5 0.0 0.5 1.0"),
    Row(axis: Axis(1e-6, 1, scale: .log), texts: "10⁻⁶ 10⁻⁴ 10⁻² 1"),
    Row(axis: Axis(1, 30, scale: .log), texts: "1 2 5 10 20"),
    Row(axis: Axis(-1000, 1000, scale: .symlog(threshold: 1)), texts: "−10² −1 0 1 10²"),
    Row(axis: Axis(999_999_990, 1_000_000_010), texts: "−10 −5 0 5 10"),
    Row(axis: Axis(3, 3), texts: ""),
    Row(axis: Axis(0, .infinity), texts: ""),
    Row(axis: Axis(-1, 5, scale: .log), texts: ""),
  ]

  @Test(arguments: rows)
  func ticks(row: Row) {
    #expect(row.axis.ticks(about: 5).map(\.text).joined(separator: " ") == row.texts)
  }

  @Test("Three numbers at least stand along an axis")
  func three() {
    for high in stride(from: 0.1, through: 1.2, by: 0.01) {
      #expect(Axis(-high, high).ticks(about: 3).count >= 3, "\(high)")
      #expect(Axis(1, 1 + high).ticks(about: 3).count >= 3, "\(high)")
    }
  }

  @Test func placesRunFromZeroToOne() {
    for axis in [Axis(-3, 5), Axis(0.01, 100, scale: .log), Axis(-50, 7, scale: .symlog(threshold: 0.1))] {
      #expect(axis.place(axis.low).magnitude < 1e-12)
      #expect((axis.place(axis.high) - 1).magnitude < 1e-12)
    }
    #expect(Axis(-1e308, 1e308).place(0) == 0.5)
    #expect(Axis(0.01, 100, scale: .log).place(1) == 0.5)
  }
}
