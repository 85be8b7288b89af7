import NablaAlgebra
import NablaBasics
import NablaNotation
import Testing

@testable import Nabla

/// Simplified, expanded and factored formulas keep their values and read back, over random formulas.
///
/// `NABLA_LONG=100000 NABLA_START=7 swift test --filter RewritingLawTests` runs that many from that start; the start is
/// printed, and with a failure.
@Suite struct RewritingLawTests {
  static let start = UInt64(Environment.number("NABLA_START") ?? 7_042)
  static var count: Int { Environment.number("NABLA_LONG") ?? 400 }

  private static func random(_ random: inout SplitMix64, _ depth: Int) -> Expr {
    let functions: [Function] = [.ln, .abs, .sin, .cos, .tan, .sec, .sinh, .cosh, .arctan]
    let x = Expr("x")
    switch Int.random(in: depth <= 0 ? 0...2 : 0...9, using: &random) {
    case 0: return x
    case 1:
      return Bool.random(using: &random) ? Expr("y") : x + .integer(Int.random(in: 1...3, using: &random))
    case 2: return .integer(Int.random(in: 1...5, using: &random))
    case 3, 4: return Self.random(&random, depth - 1) + Self.random(&random, depth - 1)
    case 5: return Self.random(&random, depth - 1) * Self.random(&random, depth - 1)
    case 6: return Self.random(&random, depth - 1) / Self.random(&random, depth - 1)
    case 7: return pow(Self.random(&random, depth - 1), .integer(Int.random(in: -2...3, using: &random)))
    case 8:
      let inner = Self.random(&random, depth - 1)
      return Bool.random(using: &random) ? inner.squareRoot : exp(inner)
    default: return .call(functions.randomElement(using: &random) ?? .sin, [Self.random(&random, depth - 1)])
    }
  }

  @Test func valuesAreKeptAndTextsReadBack() throws {
    var random = SplitMix64(start: Self.start)
    let variables = [Variable("x"), Variable("y")]
    let points: [[Double]] = [[1.37, 0.61], [0.43, 2.29], [2.21, 1.73]]
    var compared = 0
    for number in 0..<Self.count {
      let f = Formula(Self.random(&random, 3), variables: variables)
      guard f.expression.size < 200 else { continue }
      var forms = [try f.simplified().expression, try f.factored().expression]
      if let wide = try? f.expanded().expression { forms.append(wide) }
      for form in forms {
        let other = Formula(form, variables: variables)
        for point in points {
          let (a, b) = (try f.value(at: point), try other.value(at: point))
          guard a.isFinite, a.magnitude < 1e6, a.magnitude > 1e-6 else { continue }
          compared += 1
          #expect(
            (a - b).magnitude <= 1e-6 * a.magnitude,
            "start \(Self.start), number \(number): \(f.description) became \(other.description)")
        }
        let text = other.text(of: form, isPlain: true)
        let again = try Formula(text, variables: ["x", "y"])
        #expect(again.expression == form, "start \(Self.start), number \(number): \(text)")
      }
    }
    if Self.count > 400 { print("start \(Self.start): \(Self.count) formulas, \(compared) values compared") }
    #expect(compared > Self.count)
  }

  @Test func derivationsEndInTheGradient() throws {
    var random = SplitMix64(start: Self.start + 1)
    for _ in 0..<min(Self.count, 2_000) {
      let f = Formula(Self.random(&random, 2), variables: [Variable("x"), Variable("y")])
      guard f.expression.size < 60 else { continue }
      let derivation = try f.derivation(by: Variable("x"))
      #expect(derivation.result == (try f.gradient()[0]))
      #expect(derivation.steps.last?.whole == derivation.result, "\(f.description)")
    }
  }
}
