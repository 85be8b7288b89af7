import Nabla
import NablaAlgebra
import Testing

/// Powers with letters as exponents, several in one term: what is taken out of a sum is taken out of each term once.
@Suite struct SymbolicPowerTests {
  @Test(arguments: [
    ("y^x sin(y^x)", "yˣ(sin(yˣ) + yˣ cos(yˣ)) ln y"), ("a^x cos(a^x)", "aˣ(cos(aˣ) − aˣ sin(aˣ)) ln a"),
    ("x^n + x^(2n)", "nxⁿ⁻¹(2xⁿ + 1)"), ("x^x", "xˣ(ln x + 1)"), ("0^x", "0"),
    ("x*0^(2x)", "0^(2x)"),
  ])
  func thePowerStandsInFrontOnce(_ formula: String, _ derivative: String) throws {
    let f = try Formula(formula)
    #expect(f.text(of: try f.partialDerivatives(by: [Variable("x")])[0].expression) == derivative)
  }

  @Test(arguments: [
    "e^(x^y)", "sinh(y^x)", "sin(x^y)", "x^y sin(x^y)", "(y^x)/(1 + (y^x)^2)", "3y^x ln(y) (y^x)^2",
  ])
  func printedSecondDerivativesHaveTheValuesOfDifferences(_ formula: String) throws {
    let f = try Formula(formula)
    let point = [1.5, 2.0]
    let rows = try f.hessian()
    let step = 1e-5
    for (row, variable) in f.variables.enumerated() {
      var (low, high) = (point, point)
      low[row] -= step
      high[row] += step
      let before = try f.gradient(at: low)
      let after = try f.gradient(at: high)
      for column in f.variables.indices {
        let difference = (after[column] - before[column]) / (2 * step)
        let printed = try Formula(rows[row][column], variables: f.variables).value(at: point)
        #expect(
          (printed - difference).magnitude <= 1e-5 * max(1, difference.magnitude), "\(formula) by \(variable)"
        )
      }
    }
  }
}
