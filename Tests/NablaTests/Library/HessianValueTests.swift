import Nabla
import Testing

/// `Formula.hessian(at:)` has the values that the compiled program has, and none where the formula has none.
@Suite struct HessianValueTests {
  @Test(
    "Where a formula has no value it has no curvature",
    arguments: [
      ("ln x + x^2", [-1.0]), ("x^3/x", [0]), ("sqrt(x) + y^2", [-1, 1]), ("sqrt(x^2 + y^2)", [0, 0]),
    ])
  func noValue(text: String, at point: [Double]) throws {
    let hessian = try Formula(text).hessian(at: point)
    #expect(hessian.count == point.count)
    #expect(hessian.joined().allSatisfy { $0.isNaN })
  }

  @Test("What is large on the way does not spoil it")
  func largeParts() throws {
    #expect(try Formula("ln(1 + e^x)").hessian(at: [800]) == [[0]])
    let flat = try Formula("sqrt(x^2 + y^2)").hessian(at: [1e200, 1e200])
    #expect(flat.joined().allSatisfy { $0.isFinite && $0.magnitude < 1e-199 })
  }

  @Test("Many variables are no reason to refuse")
  func manyVariables() throws {
    let chain = try Formula("sum(i, 1, 1199, (x[i+1] - x[i])^2)")
    let hessian = try chain.hessian(at: [Double](repeating: 1, count: 1200))
    #expect(hessian[0][0] == 2 && hessian[1][1] == 4 && hessian[0][1] == -2 && hessian[0][2] == 0)
  }

  @Test("It is compiled once: a thousand calls are no thousand differentiations")
  func keptProgram() throws {
    let f = try Formula("f(x, y) = x^2 y + sin(x y)")
    let function = try f.compiled()
    let (one, again) = (try function.secondDerivatives(), try f.compiled().secondDerivatives())
    #expect(one.pattern == again.pattern)
    let clock = ContinuousClock()
    let time = try clock.measure { for _ in 0..<1000 { _ = try f.hessian(at: [1, 2]) } }
    #expect(time < .seconds(5))
    #expect(try f.hessian(at: [1, 2]).joined().elementsEqual(function.hessian(at: [1, 2])))
  }

  @Test("There is no slope by an order, at a point as in symbols")
  func orders() throws {
    let f = try Formula("f(n, x) = besselj(n, x)")
    #expect(try f(1, 2).isFinite)
    #expect(throws: FormulaError.self) { try f.gradient() }
    #expect(throws: FormulaError.self) { try f.gradient(at: [1, 2]) }
    #expect(throws: FormulaError.self) { try f.valueAndGradient(at: [1, 2]) }
    #expect(throws: FormulaError.self) { try f.hessian(at: [1, 2]) }
    #expect(try Formula("besselj(1, x)").gradient(at: [2])[0].isFinite)
  }
}
