import NablaBasics
import Testing

@testable import NablaAlgebra

private let (x, y, z) = (Expr("x"), Expr("y"), Expr("z"))
private let (vx, vy, vz) = (Variable("x"), Variable("y"), Variable("z"))
private func call(_ name: String, _ u: Expr...) -> Expr {
  .call(Function.named(name, arity: u.count) ?? .sin, u)
}
private func rational(_ p: Int, _ q: Int) -> Expr { .integer(p) / .integer(q) }

/// Taylor polynomials, tangents and derivatives of curves and surfaces against derivatives taken one after the other.
@Suite struct ExpansionLawTests {
  private static func derivative(_ f: Expr, by variables: [Variable]) throws -> Expr {
    var result = f
    for variable in variables {
      var budget = Budget()
      result = try result.partials(by: [variable], limits: .standard, budget: &budget)[0]
    }
    return result
  }

  private static func isNear(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= 1e-9 * max(1, a.magnitude, b.magnitude)
  }

  static let lines: [(f: Expr, center: Expr)] = [
    ((1 + x).squareRoot, 0), (1 / (1 - x), 0), (pow(1 + x, rational(1, 3)), 0),
    (pow(2 - x, rational(-3, 2)), 1),
    (exp(call("sin", x)), 0), (call("ln", 1 + x), 0), (call("arctan", x), 1),
    (call("tan", x), rational(1, 2)),
    (pow(x, x), 1), (pow(2, x), 1), (pow(1 + x, 7), 0), (pow(x.squared - 2, 5), 1), (call("abs", x) * x, -2),
    (call("floor", x) + x.squared, rational(1, 2)), (call("if", call("<", x, 1), x.squared, 1 / x), 2),
    (call("max", x, x.squared), 3), (call("min", x, 2) * x, 1), (call("cosh", x) / call("cos", x), 0),
    (call("gamma", x), 2), (call("erf", x) * exp(x), 0), (call("hypot", x, 2), 1), (call("log", x, 3), 2),
    (call("sign", x) * pow(x, 4), -1), (call("round", x) * x, rational(1, 4)), (call("asinh", 2 * x), 1),
    (3 + 0 * x, 5),
  ]

  @Test("A coefficient is a derivative over a factorial", arguments: lines.indices)
  func coefficients(row: Int) throws {
    let (f, center) = Self.lines[row]
    let at = TreeEvaluator(values: [vx: center.constantValue ?? .nan])
    for order in [0, 1, 4, 5] {
      let polynomial = try f.taylor(about: [center], in: [vx], order: order)
      var (rate, factorial) = (f, 1.0)
      for k in 0...order {
        let term = polynomial.terms.first { $0.exponents == [k] }
        let expected = at.value(of: rate) / factorial
        let found = term?.coefficient.constantValue ?? 0
        #expect(Self.isNear(found, expected), "\(f.debugText), \(k) of \(order): \(found), not \(expected)")
        #expect((term == nil) == (expected.magnitude < 1e-13) || row > 19, "\(f.debugText), \(k)")
        rate = try Self.derivative(rate, by: [vx])
        factorial *= Double(k + 1)
      }
      #expect(polynomial.terms.allSatisfy { $0.degree <= order } && polynomial.order == order)
    }
    let tangent = try f.tangent(at: [center], in: [vx])
    let slope = at.value(of: try Self.derivative(f, by: [vx]))
    #expect(Self.isNear(tangent.value.constantValue ?? .nan, at.value(of: f)))
    #expect(Self.isNear(tangent.slopes[0].constantValue ?? .nan, slope))
    let there = TreeEvaluator(values: [vx: 0.375]).value(of: tangent.expression)
    #expect(Self.isNear(there, at.value(of: f) + slope * (0.375 - (center.constantValue ?? .nan))))
  }

  static let planes: [(f: Expr, center: [Expr])] = [
    (exp(x * y), [0, 1]), (call("atan2", y, x), [1, 2]), (call("hypot", x, y), [3, 4]),
    (pow(1 + x, y), [0, 2]),
    (1 / (x - y), [3, 1]), (pow(x + y, 4), [1, -1]), (call("max", x, y) * y, [2, 1]),
    (call("sin", x) * call("ln", y), [0, 1]),
    (call("log", x, y), [2, 3]), (call("if", call("<", x, y), x * y, x), [0, 1]),
    (call("clamp", x, 0, y) * x, [1, 2]),
    (call("beta", x, y), [1, 2]), (x.squared - pow(y, 3), [2, 1]),
  ]

  @Test("The same of two variables", arguments: planes.indices)
  func mixedCoefficients(row: Int) throws {
    let (f, center) = Self.planes[row]
    let at = TreeEvaluator(values: [vx: center[0].constantValue ?? .nan, vy: center[1].constantValue ?? .nan])
    let factorials = [1.0, 1, 2, 6]
    for order in [1, 3] {
      let polynomial = try f.taylor(about: center, in: [vx, vy], order: order)
      for i in 0...order {
        for j in 0...(order - i) {
          let rate = try Self.derivative(
            f, by: [Variable](repeating: vx, count: i) + .init(repeating: vy, count: j))
          let expected = at.value(of: rate) / factorials[i] / factorials[j]
          let found = polynomial.terms.first { $0.exponents == [i, j] }?.coefficient.constantValue ?? 0
          #expect(Self.isNear(found, expected), "\(f.debugText), \(i) \(j): \(found), not \(expected)")
        }
      }
      #expect(polynomial.terms.map(\.degree) == polynomial.terms.map(\.degree).sorted())
    }
    for order in 1...3 {
      let all = try f.derivatives(by: [vx, vy], order: order)
      #expect(
        all.map(\.variables)
          == (0...order).map { j in
            [Variable](repeating: vx, count: order - j) + .init(repeating: vy, count: j)
          })
      for rate in all {
        let expected = at.value(of: try Self.derivative(f, by: rate.variables))
        #expect(Self.isNear(at.value(of: rate.expression), expected), "\(f.debugText), \(rate.variables)")
      }
    }
  }

  /// What is divided by xᵏ loses k orders, which are made up for.
  @Test func quotientsWithoutAValue() throws {
    let numerators: [(Expr, Int)] = [
      (call("sin", x), 1), (1 - call("cos", x), 2), (exp(x) - 1 - x, 2), (x - call("sin", x), 3),
      (call("ln", 1 + x), 1),
      (call("sin", x).squared, 2), (call("tan", x) - x, 3), (exp(x.squared) - 1, 1),
      ((1 + x).squareRoot - 1, 1),
      (call("cosh", x) - call("cos", x), 2), (pow(x, 5) + pow(x, 6), 5),
      (call("sin", x) - x * call("cos", x), 3),
    ]
    for (f, power) in numerators {
      for order in 0...5 {
        let quotient = try (f / pow(x, .integer(power))).taylor(about: [0], in: [vx], order: order)
        let whole = try f.taylor(about: [0], in: [vx], order: order + power)
        #expect(
          quotient.terms.map(\.coefficient) == whole.terms.map(\.coefficient),
          "\(f.debugText), \(power), \(order)")
        #expect(quotient.terms.map { $0.degree + power } == whole.terms.map(\.degree))
      }
    }
  }

  @Test("A quotient of what vanishes, times its divisor, is the dividend") func quotients() throws {
    let dividends = [pow(x, 3) * exp(x), call("sin", x).squared * x, pow(exp(x) - 1, 4)]
    let divisors = [
      exp(2 * x) - 1, 3 * x + x.squared, call("sin", 2 * x) * call("ln", 1 + 3 * x),
      pow(5 * x - x.squared, 3),
      1 - call("cos", 2 * x), pow(call("tan", x / 2), 2), (exp(x) - 1).squared * call("arctan", -4 * x),
      pow(x, 2) * (7 * x - 2 * pow(x, 3)),
    ]
    for dividend in dividends {
      let expected = try dividend.taylor(about: [0], in: [vx], order: 6)
      for divisor in divisors {
        let quotient = try (dividend / divisor).taylor(about: [0], in: [vx], order: 6)
        let product = try (quotient.expression * divisor).taylor(about: [0], in: [vx], order: 6)
        #expect(product.terms == expected.terms, "\(dividend.debugText) by \(divisor.debugText)")
      }
    }
  }

  @Test(
    "High powers of what vanishes have a quotient; where there is none, that is told from one that is too much"
  )
  func highPowers() throws {
    func error(_ f: Expr) throws -> ExpansionError? {
      do throws(ExpansionError) {
        _ = try f.taylor(about: [0], in: [vx], order: 2)
        return nil
      } catch { return error }
    }
    let sine = call("sin", x)
    for power in [1, 2, 7, 29, 40] {
      let found = try (pow(sine, .integer(power)) / pow(x, .integer(power))).taylor(
        about: [0], in: [vx], order: 2)
      #expect(found.terms.map(\.coefficient) == [1, rational(-power, 6)], "\(power)")
    }
    for power in [1, 40, 70, 100, 1_000, 1_000_000_000] {
      let pole = pow(x, .integer(-power))
      for f in [pole, 3 * pole, call("cos", x) * pole, pole + x, (x + 1) * pole] {
        guard case .noValue = try error(f) else {
          Issue.record("\(f.debugText): \(String(describing: try error(f)))")
          continue
        }
      }
    }
    #expect(try error(pow(sine, 100) / pow(x, 100)) == .overrun(.tooLarge("terms of a Taylor polynomial")))
  }

  /// Of other letters a coefficient is in its simplest form, however short it is.
  @Test func coefficientsAreSimple() throws {
    let a = Expr("a")
    for (part, simple) in [
      (call("abs", call("abs", a)), call("abs", a)), (call("ln", exp(a)), a),
      (call("sin", a).squared + call("cos", a).squared, 1),
    ] {
      let polynomial = try (part + x * part).taylor(about: [0], in: [vx], order: 1)
      #expect(polynomial.terms.map(\.coefficient) == [simple, simple], "\(part.debugText)")
    }
  }

  @Test func kinksAndJumpsHaveNone() throws {
    let two = Expr.integer(2)
    let rows: [(Expr, Expr, Bool)] = [
      (call("abs", x), 0, false), (call("abs", x), rational(1, 1_000_000), true),
      (call("floor", x), two, false),
      (call("floor", x), two + rational(1, 1_000_000_000), false),
      (call("floor", x), two - rational(1, 1_000_000_000), false),
      (call("floor", x), two + rational(1, 100_000_000), true),
      (call("floor", x), two - rational(1, 100_000_000), true),
      (call("floor", x), rational(1, 10_000_000_000), false),
      (call("floor", x), 10_000_000_000, false),
      (call("floor", x), 10_000_000_000 + rational(1, 2), true),
      (call("floor", x), pow(10, 20), false),
      (call("if", call("<", x, pow(10, 20)), 1, 2), pow(10, 20), false),
      (call("sign", x), 0, false), (call("max", x, 1), 1, false),
      (call("if", call("<", x, 1), x, 2), 1, false),
      (call("if", call("<", x, 1), x, 2), rational(999, 1000), true), (call("sin", x), 0, true),
      (call("cbrt", x), 0, false),
      (1 / x, 0, false), (call("ln", x), 0, false), (x.squareRoot, 0, false), (x.squareRoot, 1, true),
      (call("ln", x), -1, false),
    ]
    for (f, center, isSmooth) in rows {
      let polynomial = try? f.taylor(about: [center], in: [vx], order: 2)
      #expect((polynomial != nil) == isSmooth, "\(f.debugText) at \(center.debugText)")
    }
    // To so many orders sides are not compared.
    for center in [two + rational(1, 100_000_000), two - rational(1, 100_000_000)] {
      let step = try call("floor", x).taylor(about: [center], in: [vx], order: 61)
      #expect(step.terms.map(\.coefficient) == [center.constantValue! > 2 ? 2 : 1])
    }
    #expect(throws: ExpansionError.wrongCount(expected: 1, given: 2)) {
      try x.taylor(about: [0, 1], in: [vx], order: 1)
    }
    #expect((try? x.taylor(about: [0], in: [vx], order: -1)) == nil)
    #expect(try x.taylor(about: [3], in: [vx], order: 0).terms.map(\.coefficient) == [3])
  }

  /// Of y − g(x) and of e^y − g(x) the slopes on the curve are those of g and of ln g.
  @Test func curvesThatCanBeSolved() throws {
    for g in [x.squared + 1, call("sin", x) + 3, exp(x), 1 / x, pow(x, 3) + x] {
      for (equation, solved) in [
        (y - g, g), (exp(y) - g, call("ln", g)), (pow(y, 3) - g, pow(g, rational(1, 3))), (x * y - g, g / x),
        (y.squared + x * y - g * (g + x), g),
      ] {
        let result = try equation.implicitDerivative(of: vy, by: vx, order: 2)
        for place in [0.6, 1.7] {
          let height = TreeEvaluator(values: [vx: place]).value(of: solved)
          let at = TreeEvaluator(values: [vx: place, vy: height])
          let first = TreeEvaluator(values: [vx: place]).value(of: try Self.derivative(solved, by: [vx]))
          let second = TreeEvaluator(values: [vx: place]).value(
            of: try Self.derivative(solved, by: [vx, vx]))
          #expect(Self.isNear(at.value(of: result.first), first), "\(equation.debugText)")
          #expect(Self.isNear(at.value(of: try #require(result.second)), second), "\(equation.debugText)")
        }
      }
    }
    #expect(throws: ImplicitError.doesNotDepend(on: vy)) { try x.squared.implicitDerivative(of: vy, by: vx) }
  }

  /// Of z − h(x, y) and of z³ − h the mixed derivatives on the surface are those of h and of its root.
  @Test func surfacesThatCanBeSolved() throws {
    for h in [x.squared * y + 2, exp(x) + x * pow(y, 3), call("sin", x * y) + 3, (x + 2 * y).squared + x] {
      for (equation, solved) in [
        (z - h, h), (pow(z, 3) - h, pow(h, rational(1, 3))), (exp(z) - h, call("ln", h)), (x * z - h, h / x),
        (z.squared + y * z - h * (h + y), h),
      ] {
        let result = try equation.implicitDerivative(of: vz, by: vx, and: vy)
        let place = [vx: 0.7, vy: 1.3]
        let height = TreeEvaluator(values: place).value(of: solved)
        let at = TreeEvaluator(values: place.merging([vz: height]) { $1 })
        let mixed = TreeEvaluator(values: place).value(of: try Self.derivative(solved, by: [vx, vy]))
        #expect(Self.isNear(at.value(of: result.rate), mixed), "\(equation.debugText)")
      }
    }
  }
}
