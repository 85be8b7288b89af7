import NablaAlgebra
import NablaBasics
import Testing

@Suite struct VariableTests {
  @Test func `names are in natural order, whether or not a key says all of them`() {
    let ordered = [
      "a", "a_2", "a_10", "speed_2", "speed_10", "X", "X_5", "x", "xy", "xy_3", "x_0", "x_2", "x_10",
      "x_10_1", "x_11", "x_123456789", "x_1234567891", "x_max",
    ]
    var random = SplitMix64(start: 1)
    for _ in 0..<20 {
      #expect(ordered.shuffled(using: &random).map { Variable($0) }.sorted().map(\.name) == ordered)
    }
  }
}
