import NablaBasics
import Testing

@testable import NablaAlgebra

private let x = Expr("x")
private let y = Expr("y")
private let pi = Expr.constant(.pi)
private let e = Expr.constant(.e)
private func q(_ a: Int, _ b: Int) -> Expr { .number(Number(Rational(Integer(a), over: Integer(b)) ?? 0)) }

/// Calls that stand for a number or for another expression, and those that stay.
@Suite struct FunctionExactValueTests {
  typealias Row = (call: Expr, tree: String)

  static let circular: [Row] = [
    (Function.sin(pi / 6), "1/2"), (Function.sin(pi), "0"), (Function.sin(-pi / 4), "(* -1/2 (^ 2 1/2))"),
    (Function.sin(q(7, 3) * pi), "(* 1/2 (^ 3 1/2))"), (Function.sin(q(-5, 2) * pi), "-1"),
    (Function.cos(q(2, 3) * pi), "-1/2"), (Function.cos(0), "1"), (Function.cos(1001 * pi), "-1"),
    (Function.sin(pi / 5), "(sin (* 1/5 pi))"), (Function.sin(pi / 12), "(sin (* 1/12 pi))"),
    (Function.tan(pi / 6), "(* 1/3 (^ 3 1/2))"), (Function.tan(q(3, 4) * pi), "-1"),
    (Function.tan(pi / 2), "(tan (* 1/2 pi))"), (Function.cot(0), "(cot 0)"), (Function.cot(pi / 2), "0"),
    (Function.cot(pi / 3), "(* 1/3 (^ 3 1/2))"), (Function.sec(pi / 3), "2"), (Function.csc(pi / 6), "2"),
    (Function.csc(pi), "(csc pi)"), (Function.sin(x + 2 * pi), "(sin (+ (* 2 pi) x))"),
    (Function.sin(Expr("x") * pi), "(sin (* pi x))"),
    (Function.arcsin(q(1, 2)), "(* 1/6 pi)"), (Function.arcsin(q(-1, 2)), "(* -1/6 pi)"),
    (Function.arcsin(Expr(2).squareRoot / 2), "(* 1/4 pi)"),
    (Function.arcsin(1 / Expr(2).squareRoot), "(* 1/4 pi)"), (Function.arcsin(2), "(arcsin 2)"),
    (Function.arcsin(q(1, 3)), "(arcsin 1/3)"), (Function.arccos(-1), "pi"),
    (Function.arccos(Expr(3).squareRoot / 2), "(* 1/6 pi)"), (Function.arccos(q(-1, 2)), "(* 2/3 pi)"),
    (Function.arctan(1), "(* 1/4 pi)"), (Function.arctan(-Expr(3).squareRoot), "(* -1/3 pi)"),
    (Function.arctan(1 / Expr(3).squareRoot), "(* 1/6 pi)"), (Function.arctan(0), "0"),
    (Function.arccot(1), "(* 1/4 pi)"), (Function.arccot(0), "(arccot 0)"),
    (Function.arccot(-1), "(* -1/4 pi)"), (Function.arcsec(2), "(* 1/3 pi)"), (Function.arcsec(-1), "pi"),
    (Function.arccsc(2), "(* 1/6 pi)"), (Function.arccsc(q(1, 2)), "(arccsc 1/2)"),
    (Function.atan2(1, 1), "(* 1/4 pi)"), (Function.atan2(1, -1), "(* 3/4 pi)"),
    (Function.atan2(-1, -1), "(* -3/4 pi)"), (Function.atan2(0, -2), "pi"), (Function.atan2(0, 2), "0"),
    (Function.atan2(-3, 0), "(* -1/2 pi)"), (Function.atan2(0, 0), "(atan2 0 0)"),
  ]

  /// 0.5 and ½ are written differently.
  @Test func ofEqualNumbersTheFirstIsTaken() throws {
    let (decimal, fraction) = (Expr.number(try #require(Number(decimal: "0.5"))), q(1, 2))
    #expect(decimal != fraction)
    for (a, b) in [(decimal, fraction), (fraction, decimal)] {
      #expect(Function.max(a, b) == a && Function.min(a, b) == a)
    }
  }

  static let others: [Row] = [
    (Function.exp(x), "(^ e x)"), (Function.exp(0), "1"), (Function.sqrt(8), "(* 2 (^ 2 1/2))"),
    (Function.sqrt(Expr(3) / 4), "(* 1/2 (^ 3 1/2))"), (Function.sqrt(Expr(1) / 2), "(^ 2 -1/2)"),
    (pow(Expr(-3) / 4, q(1, 3)), "(* -1 (^ 3/4 1/3))"), (pow(Expr(32) / 45, q(1, 3)), "(^ 32/45 1/3)"),
    (pow(Function.sqrt(3) * -3, q(1, 3)), "(* -1 (^ 3 1/2))"),
    (Function.sqrt(x), "(^ x 1/2)"), (Function.cbrt(-8), "-2"), (Function.cbrt(x), "(cbrt x)"),
    (Function.root(32, 5), "2"), (Function.root(x, 3), "(^ x 1/3)"), (Function.root(x, y), "(^ x (^ y -1))"),
    (Function.ln(1), "0"), (Function.ln(e), "1"), (Function.ln(pow(e, 3)), "3"),
    (Function.ln(pow(e, q(-1, 2))), "-1/2"), (Function.ln(0), "(ln 0)"), (Function.ln(2), "(ln 2)"),
    (Function.log10(1000), "3"), (Function.log10(q(1, 100)), "-2"), (Function.log10(20), "(log10 20)"),
    (Function.log10(pow(10, 900)), "900"), (Function.log2(pow(2, 2000)), "2000"),
    (Function.log2(8), "3"), (Function.log2(-8), "(log2 -8)"),
    (Function.log(8, 2), "3"), (Function.log(2, 8), "1/3"), (Function.log(9, 3), "2"),
    (Function.log(x, exp(25_000)), "(* 1/25000 (ln x))"), (Function.log(x, exp(-2)), "(* -1/2 (ln x))"),
    (Function.log(q(1, 9), 3), "-2"), (Function.log(x, e), "(ln x)"), (Function.log(x, 2), "(log2 x)"),
    (Function.log(x, 1), "(log x 1)"), (Function.log(3, 9), "1/2"), (Function.log(9, -3), "(log 9 -3)"),
    (Function.log(7, q(1, 7)), "-1"), (Function.sigmoid(0), "1/2"), (Function.softplus(0), "(ln 2)"),
    (Function.relu(-3), "0"), (Function.relu(pi), "pi"), (Function.relu(x), "(relu x)"),
    (Function.cosh(0), "1"), (Function.tanh(0), "0"), (Function.acosh(1), "0"), (Function.asech(1), "0"),
    (Function.coth(0), "(coth 0)"), (Function.erf(0), "0"), (Function.erfc(0), "1"),
    (Function.gamma(5), "24"), (Function.gamma(q(1, 2)), "(^ pi 1/2)"),
    (Function.gamma(q(5, 2)), "(* 3/4 (^ pi 1/2))"), (Function.gamma(q(-3, 2)), "(* 4/3 (^ pi 1/2))"),
    (Function.gamma(0), "(gamma 0)"), (Function.gamma(-2), "(gamma -2)"), (Function.gamma(1), "1"),
    (Function.gamma(q(1, 3)), "(gamma 1/3)"), (Function.gamma(100_000), "(gamma 100000)"),
    (Function.factorial(5), "120"), (Function.factorial(0), "1"), (Function.factorial(-1), "(factorial -1)"),
    (Function.factorial(q(1, 2)), "(* 1/2 (^ pi 1/2))"), (Function.lnGamma(2), "0"),
    (Function.trigamma(x), "(polygamma 1 x)"), (Function.polygamma(0, x), "(psi x)"),
    (Function.polygamma(1, 1), "(* 1/6 (^ pi 2))"), (Function.lambertW(e), "1"),
    (Function.beta(2, 3), "1/12"), (Function.beta(q(1, 2), q(1, 2)), "pi"),
    (Function.beta(0, 1), "(beta 0 1)"),
    (Function.hypot(3, 4), "5"), (Function.hypot(1, 1), "(^ 2 1/2)"),
  ]

  static let piecewise: [Row] = [
    (Function.abs(-2), "2"), (Function.abs(pi), "pi"), (Function.abs(x), "(abs x)"),
    (Function.max(e, pi), "pi"), (Function.min(pi, e), "e"),
    (Function.sign(-2), "-1"),
    (Function.sign(0), "0"), (Function.sign(e), "1"), (Function.floor(q(-5, 2)), "-3"),
    (Function.floor(pi), "3"), (Function.ceil(q(-5, 2)), "-2"), (Function.ceil(e), "3"),
    (Function.floor(-pi), "-4"), (Function.ceil(-pi), "-3"),
    (Function.round(q(5, 2)), "3"), (Function.round(q(-5, 2)), "-3"), (Function.round(e), "3"),
    (Function.mod(-7, 3), "2"), (Function.mod(7, -3), "-2"), (Function.mod(7, 0), "(mod 7 0)"),
    (Function.mod(q(7, 2), 2), "3/2"), (Function.min(2, 3), "2"), (Function.max(2, pi), "pi"),
    (Function.max(x, x), "x"), (Function.max(x, 3), "(max x 3)"), (Function.clamp(7, 0, 5), "5"),
    (Function.clamp(x, 0, 5), "(min (max x 0) 5)"), (Function.less(1, 2), "1"), (Function.less(2, 2), "0"),
    (Function.equal(q(1, 2), .number(Number(decimal: "0.5") ?? 0)), "1"), (Function.greater(pi, 3), "1"),
    (Function.less(x, x), "(< x x)"), (Function.if(Function.greater(1, 0), 2, x.reciprocal), "2"),
    (Function.if(0, x, y), "y"), (Function.if(Function.greater(x, 0), 0, 0), "0"),
    (Function.if(Function.greater(Function.ln(x), 0), 0, 0), "(if (> (ln x) 0) 0 0)"),
    (Function.and(0, x), "0"), (Function.and(1, x), "(and 1 x)"), (Function.or(x, 1), "1"),
    (Function.not(0), "1"), (Function.not(x), "(not x)"),
    (Function.less(.number(Number(approximate: 1)), 2), "(< ≈1.0 2)"),
  ]

  @Test(arguments: (circular + others + piecewise).map { [$0.call.debugText, $0.tree] })
  func standsFor(row: [String]) {
    #expect(row[0] == row[1])
  }

  /// An exact value is the number that the row computes.
  @Test(arguments: Function.all.map { [$0.name, "\($0.arity)"] })
  func exactValuesAreNumericValues(row: [String]) throws {
    let function = try #require(Function.named(row[0], arity: Int(row[1])))
    let numbers: [Expr] =
      (-12...12).flatMap { [Expr.integer($0), q($0, 2), q($0, 3), q($0, 12) * pi] }
      + [e, pi, pow(e, 2), Expr(2).squareRoot / 2, Expr(3).squareRoot / 3, Expr(3).squareRoot, 8, 9, 25, 100]
    var random = SplitMix64(start: 5)
    let evaluator = TreeEvaluator()
    for number in numbers {
      for _ in 0..<(function.arity == 1 ? 1 : 8) {
        var arguments = [number]
        while arguments.count < function.arity {
          arguments.append(numbers.randomElement(using: &random) ?? number)
        }
        guard let known = function.canonical(arguments) else { continue }
        try known.checkInvariants()
        let (exact, numeric) = (
          evaluator.value(of: known), function.apply(arguments.map(evaluator.value(of:)))
        )
        if exact.isNaN || exact.isInfinite { continue }
        // A root of a negative number by a fraction is a power with an odd denominator, by exact numbers only.
        if function == .root || function == .power, numeric.isNaN { continue }
        var distance = (exact - numeric).magnitude
        // Rounding takes a remainder over its jump.
        if function == .mod {
          distance = min(distance, (distance - evaluator.value(of: arguments[1]).magnitude).magnitude)
        }
        let isNear = distance <= 1e-11 * max(1, exact.magnitude)
        #expect(isNear, "\(function.name)\(arguments.map(\.debugText)) = \(known.debugText), not \(numeric)")
      }
    }
  }

  /// A whole decimal means what the integer means: sinc(0.0) is sinc(0).
  @Test(arguments: Function.all.map { [$0.name, "\($0.arity)"] })
  func wholeDecimals(row: [String]) throws {
    let function = try #require(Function.named(row[0], arity: Int(row[1])))
    let evaluator = TreeEvaluator()
    var random = SplitMix64(start: 6)
    for number in -6...6 {
      for _ in 0..<(function.arity == 1 ? 1 : 8) {
        let rest = (1..<function.arity).map { _ in Int.random(in: -6...6, using: &random) }
        let whole = ([number] + rest).map { Expr.integer($0) }
        let decimals = try ([number] + rest).map { try #require(Expr(decimal: "\($0).0")) }
        let (exact, decimal) = (
          evaluator.value(of: .call(function, whole)), evaluator.value(of: .call(function, decimals))
        )
        let isSame =
          exact.isNaN
          ? decimal.isNaN : (exact - decimal).magnitude <= 1e-13 * exact.magnitude || exact == decimal
        #expect(isSame, "\(function.name)\(whole.map(\.debugText)) is \(exact), of decimals \(decimal)")
      }
    }
  }
}
