import NablaDrawing
import Testing

/// Jumps and poles between two places.
@Suite struct JumpTests {
  @Test func aStepIsAJump() throws {
    let jump = try #require(Jump.between(0.9, 0.1, halvings: 12) { $0 < 0.3 ? 0.9 : 0.1 })
    #expect((jump.part - 0.3).magnitude < 1e-3)
    #expect((jump.before, jump.after) == (0.9, 0.1))
  }

  @Test func aSteepSlopeIsNone() {
    #expect(Jump.between(0, 1, halvings: 12) { min(1, max(0, 50 * ($0 - 0.4))) } == nil)
  }

  @Test("A pole right in the middle is followed to both sides")
  func pole() throws {
    let jump = try #require(Jump.between(-2, 2, halvings: 12) { 1 / ($0 - 0.5) })
    #expect(jump.before < -50 && jump.after > 50)
    #expect((jump.part - 0.5).magnitude < 0.02)
  }

  @Test("One place without a value is none")
  func hole() { #expect(Jump.between(0, 1, halvings: 12) { $0 == 0.5 ? .nan : $0 } == nil) }
}
