import Testing

@testable import NablaEvaluation

@Suite struct OnceTests {
  private final class Box: Sendable {}

  @Test func whatWasMadeIsKept() {
    let once = Once<Box>()
    #expect(once.value == nil)
    let first = once.get { Box() }
    #expect(once.value === first && once.get { Box() } === first)
    #expect(once.with({ Box() }) { $0 === first })
  }
}
