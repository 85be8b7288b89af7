import NablaDrawing
import Testing

@Suite struct TicksTests {
  @Test func niceSteps() {
    #expect(Ticks.places(from: -8, to: 3, about: 5) == [-8, -6, -4, -2, 0, 2])
    #expect(Ticks.places(from: 0, to: 1, about: 5) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
  }

  @Test func nothingToMark() {
    #expect(Ticks.places(from: 1, to: 1, about: 5).isEmpty)
    #expect(Ticks.places(from: 0, to: .infinity, about: 5).isEmpty)
    #expect(Ticks.places(from: 1e300, to: 1e300.nextUp, about: 5).count < 1000)
  }
}
