import NablaAlgebra
import NablaBasics
import Testing

@testable import Nabla

/// The derivative of a sum over an index is that of the sum written out.
@Suite struct FoldDerivativeTests {
  private static let factors = [
    "a[k]", "a[k+1]", "a[k]^2", "x^k", "x^(k-1)", "(x + a[k])^k", "(1 + a_2^2)^k", "y", "sin(k x)", "(k + 1)",
    "a[k]^k", "x^(2k)", "y^(1 - k)", "a_1", "exp(-a[k+1] x)", "sum(j, 0, 2, b[j] x^j)",
    "sum(j, 0, 1, y^(j k))",
  ]

  private static func bodies() -> [(body: String, lower: Int, upper: Int)] {
    var random = SplitMix64(start: 20)
    return (0..<300).map { _ in
      var terms: [String] = []
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let count = Int.random(in: 1...3, using: &random)
        terms.append((0..<count).map { _ in factors.randomElement(using: &random)! }.joined(separator: "*"))
      }
      let lower = Int.random(in: 0...1, using: &random)
      return (terms.joined(separator: " + "), lower, lower + Int.random(in: 1...3, using: &random))
    }
  }

  @Test("A sum and what it stands for have the same partial derivatives")
  func writtenOut() throws {
    for (body, lower, upper) in Self.bodies() {
      let text = "sum(k, \(lower), \(upper), \(body))"
      let folded = try Formula(text)
      guard !folded.variables.isEmpty else { continue }
      guard case .fold(let fold) = folded.expression.shape else { continue }
      let written = Expr.sum((lower...upper).map { fold.term(at: $0) })
      let x = folded.variables.indices.map { 0.3 + 0.17 * Double($0) }
      let found = try folded.gradient()
      for variable in folded.variables {
        let rate = try written.derivative(by: variable)
        let expected = try Formula(rate, variables: folded.variables).value(at: x)
        let value = try Formula(found[variable], variables: folded.variables).value(at: x)
        #expect(
          (value - expected).magnitude <= 1e-11 * max(1, expected.magnitude),
          "\(text) by \(variable.name): \(value), not \(expected)")
      }
    }
  }

  @Test(
    "A polynomial with the coefficients of a family, from the constant on",
    arguments: [("sum(k,0,2,a_k x^k)", "a_0", "1"), ("sum(k,0,3,a_k^2 x^k)", "a_0", "2a_0")])
  func constantTerm(text: String, variable: String, expected: String) throws {
    let formula = try Formula(text)
    #expect(try formula.gradient()[Variable(variable)] == Formula(expected).expression)
  }
}
