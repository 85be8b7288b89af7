import Nabla
import NablaAlgebra
import Testing

/// What a branch asks for is asked only where the branch is taken.
@Suite struct BranchDomainTests {
  @Test(arguments: [
    #"\begin{cases} \ln x & x>0 \\ 0 & x \le 0\end{cases}"#, "if(x >= 0, sqrt(x), -x)",
    "if(x > 1, 1/(x - 1), sqrt(1 - x))", "{x != 0: ln|x|; x = 0: 0}", "if(x = 0, 1, ln|x|)",
    "{x < 0: ln(-x); x < 1: sqrt(1 - x); ln x}", "if(0 < x < 1, ln(x(1 - x)), 3)",
    "if(x > 1 or x < -1, sqrt(x^2 - 1), 3)", "if(not(x > 1), sqrt(1 - x), 0)",
    "{x < y: ln(y - x); x >= y: 2}", "if(y > x, ln(y - x), 3)", "if(x > a, sqrt(x - a), 0)",
    "if(x^2 + y^2 < 1, sqrt(1 - x^2 - y^2), 0)", "{x < y: 1; x >= y: 2}",
  ])
  func definedEverywhere(_ formula: String) throws {
    let f = try Formula(formula)
    #expect(f.domain.isEmpty)
    #expect(!f.hasNoValues)
  }

  @Test(arguments: [
    ("if(x >= 0, sqrt(x - 1), -x)", "x < 0 or x ≥ 1"), ("if(x > 1, ln(x - 2), ln(1 - x))", "x < 1 or x > 2"),
    ("if(x > 0, sqrt(-1), 3)", "x ≤ 0"), ("if(sqrt(x) > 1, ln(x), 3)", "x ≥ 0"),
    ("{x > 0: ln x}", "x > 0"), ("{x > 0: x}", "x > 0"), ("{x < y: 1; x > y: 2}", "x < y or x > y"),
    ("if(x > 0, 1/(x - 1) + ln x, ln(1 - x)) + sqrt(4 - x)", "x ≤ 4, x ≠ 1"),
    ("{y > 0: ln x; y <= 0: 0}", "x > 0 or y ≤ 0"),
    ("if(y > 0, ln x, ln(-x))", "x > 0 or y ≤ 0, x < 0 or y > 0"),
    ("if(x > 0, if(y > 0, ln(x - y), 1), 2)", "x > y or x ≤ 0 or y ≤ 0"),
    // Asked for in both branches, and beside them.
    ("if(x > 0, ln(x + 1), 2ln(x + 1))", "x > −1"), ("if(x > 2, ln x, 1) + ln x", "x > 0"),
  ])
  func restricted(_ formula: String, _ domain: String) throws {
    let f = try Formula(formula)
    #expect(f.domain.map { f.text(of: $0) }.joined(separator: ", ") == domain)
  }

  /// Branches inside one another are not told apart without end.
  @Test func manyBranches() throws {
    let text = (1...80).reversed().reduce("1 + ln(x^2 + 1)") { "if(x > \($1), sqrt(x - \($1)), \($0))" }
    #expect(try Formula(text).domain.isEmpty)
  }
}
