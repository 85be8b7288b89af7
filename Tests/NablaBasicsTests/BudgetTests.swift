import NablaBasics
import Testing

@Suite struct BudgetTests {
  @Test func workRunsOut() {
    var budget = Budget(10)
    #expect(throws: Never.self) { try budget.spend(10) }
    #expect(throws: Budget.Overrun.exhausted) { try budget.spend(1) }
  }

  @Test func cancellationIsSeen() {
    let cancellation = Cancellation()
    var budget = Budget(1_000_000, cancellation: cancellation)
    #expect(throws: Never.self) { try budget.spend() }
    cancellation.cancel()
    #expect(throws: Budget.Overrun.cancelled) { for _ in 0..<10_000 { try budget.spend() } }
  }

  @Test func stableHashIsStable() {
    var hash = StableHash(1)
    hash.combine("sin")
    hash.combine(-3)
    var again = StableHash(1)
    again.combine("sin")
    again.combine(-3)
    #expect(hash.value == again.value)
    again.combine(0)
    #expect(hash.value != again.value)
  }
}
