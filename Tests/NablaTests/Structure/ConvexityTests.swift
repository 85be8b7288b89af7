import NablaAlgebra
import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

@Suite("What the parts of a formula show of its curvature")
struct ConvexityTests {
  @Test(
    "Convex by the rules",
    arguments: [
      "x^2 - 3x + 1", "(x - 2y)^4 + |x|", "|x - 1| + |x + 2|", "max(x, -x, y - 1)", "e^(x^2 + y)",
      "2^x + 2^(-x)",
      "(1/2)^x", "-ln x", "-ln(1 - x^2)", "x ln x", "(x + y) log2(x + y)", "ln(1 + e^(-3x))", "log1p(e^x)",
      "ln(e^x + e^y + e^(x - y))", "softplus(x^2)", "-ln(1/(1 + e^(-x)))", "-ln(sigmoid(x))",
      "ln(cosh(x - 3))",
      "sqrt((x - 1)^2 + (y - 2)^2)", "sqrt(1 + x^2)", "(x^2 + y^2)^(3/4)", "hypot(x, y - 1)",
      "cosh(x) + |y|^3",
      "(x^2 + 1)^2", "x^(4/3)", "x^1.5", "-sqrt(x)", "1/sqrt(x)", "-sqrt(1 - x^2)", "relu(1 - x)", "expm1(x)",
      "e^2 x^2", "sum(i, 1, 4, |x[i] - i|)", "max(0, 1 - x)^2", "x^2 e^2 + cos(1) y",
      "x^2 + x y + y^2 + e^x", "x^2 + 2x y + y^2 + |x|", "0.5x^2 - x y + 0.5y^2 - x + z^4",
    ])
  func convex(text: String) throws {
    #expect(try Formula(text).expression.convexity.isConvex)
  }

  @Test(
    "Concave by the rules",
    arguments: [
      "ln x - x", "min(x, 1 - x)", "sqrt(x) + ln(y)", "-x^2", "3 - |x|", "ln(sigmoid(x))", "ln(x) - e^y",
      "-x ln x",
      "sqrt(1 - x^2)", "log1p(x)", "2x - 1", "x y - x^2 - y^2 + ln x",
    ])
  func concave(text: String) throws {
    #expect(try Formula(text).expression.convexity.isConcave)
  }

  @Test(
    "Nothing is shown of what bends to both sides, nor of what no rule knows",
    arguments: [
      "x^3", "x y", "sin x", "1/x", "x^(1/3)", "x^(2/3)", "x^(5/3)", "(x^2 - 1)^2", "e^(-x^2)", "x e^x",
      "sqrt|x|",
      "|x^2 - 1|", "x ln y", "x ln(-x)", "x^2/y", "tanh x", "sigmoid(x)", "floor(x)", "{x > 0: x; -x}",
      "cosh(x^2 - 1)", "hypot(x^2 - 1, y)", "cos(2) e^x", "ln(e^x - 1)", "x^2 - y^2",
      "x^2 + 3x y + y^2 + e^x", "x y + e^x", "x^2 + 2x y + y^2 - z^2 + e^x", "prod(i, 1, 3, e^x[i])",
    ])
  func unknown(text: String) throws {
    let found = try Formula(text).expression.convexity
    #expect(!found.isConvex && !found.isConcave)
  }

  @Test("No chord lies below a function that is called convex, nor above one that is called concave")
  func chords() throws {
    var random = SplitMix64(start: 61)
    var tried = 0
    for _ in 0..<20_000 {
      let expression = Self.part(4, &random)
      let found = expression.convexity
      guard found.isConvex || found.isConcave, expression.hasCalls || !found.isLinear else { continue }
      let f = try Formula(expression, variables: [Variable("x"), Variable("y")]).compiled()
      tried += 1
      for _ in 0..<20 {
        let ends = (0..<2).map { _ in (0..<2).map { _ in Double.random(in: -3...3, using: &random) } }
        let middle = zip(ends[0], ends[1]).map { ($0 + $1) / 2 }
        let (values, value) = (ends.map { f($0) }, f(middle))
        guard values.allSatisfy({ $0.isFinite && abs($0) < 1e100 }) else { continue }
        let slack = 1e-9 * (values.map(\.magnitude).max() ?? 0) + 1e-9
        let mean = (values[0] + values[1]) / 2
        if found.isConvex { #expect(value <= mean + slack, "\(expression) between \(ends)") }
        if found.isConcave { #expect(value >= mean - slack, "\(expression) between \(ends)") }
        if found.isLogConvex || found.isLogConcave { #expect(value >= 0, "\(expression) at \(middle)") }
      }
    }
    #expect(tried > 2_000, "\(tried)")
  }

  /// A random expression of x and y, of what the rules speak of and of what they do not.
  private static func part(_ depth: Int, _ random: inout SplitMix64) -> Expr {
    func inner() -> Expr { part(depth - 1, &random) }
    func number() -> Expr { Expr.integer(Int.random(in: -3...4, using: &random)) / 2 }
    if depth <= 1 {
      let (x, y): (Expr, Expr) = (.variable(Variable("x")), .variable(Variable("y")))
      return [x, y, x + number(), number() * x + y, number()].randomElement(using: &random) ?? x
    }
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: return .sum([inner(), inner(), number()])
    case 2: return .product([number(), inner()])
    case 3: return .product([inner(), inner()])
    case 4:
      let (p, q) =
        [(2, 1), (4, 1), (3, 1), (-1, 1), (1, 2), (3, 2), (-1, 2), (4, 3), (2, 3)]
        .randomElement(using: &random) ?? (2, 1)
      return .power(inner(), Expr.integer(p) / .integer(q))
    case 5:
      let bases: [Expr] = [.constant(.e), .integer(2), .number(.half)]
      return .power(bases.randomElement(using: &random) ?? .constant(.e), inner())
    default:
      let rows = Function.all.filter { $0.curvature != nil || $0.name == "sin" }
      guard let row = rows.randomElement(using: &random) else { return inner() }
      return .call(row, (0..<row.arity).map { _ in inner() })
    }
  }

  // MARK: What it proves of a descent

  struct Row: CustomTestStringConvertible {
    let formula: String
    var start: [Double] = [0.3]
    let verdict: Verdict
    var sense = Objective.Sense.minimize
    var succeeds = true

    var testDescription: String { formula }
  }

  @Test(
    "A minimum of a convex function is the global one; what only comes near one is none",
    arguments: [
      Row(formula: "|x - 1| + |x + 2|", verdict: .globalMinimum),
      Row(formula: "|x - 1|", verdict: .globalMinimum),
      Row(formula: "max(0, 1 - x)", verdict: .globalMinimum),
      Row(formula: "x ln x", verdict: .globalMinimum),
      Row(formula: "ln x - x", start: [3], verdict: .globalMaximum, sense: .maximize),
      Row(formula: "2 - |x - 1|", verdict: .globalMaximum, sense: .maximize),
      Row(formula: "e^x - x + |y|^3", start: [2, 1], verdict: .globalMinimum),
      Row(formula: "(x - 1)^2 + |y|", start: [2, 1], verdict: .globalMinimum),
      Row(formula: "|x y| + (x - 1)^2 + 2|y|", start: [2, 1], verdict: .globalMinimum),
      Row(formula: "e^x + x^2 - y^2", start: [0.1, 0], verdict: .unboundedBelow, succeeds: false),
      Row(formula: "e^(-x)", verdict: .infimumAtInfinity, succeeds: false),
      Row(formula: "ln(1 + e^x)", start: [-800], verdict: .degenerate, succeeds: false),
      Row(formula: "sin x + x/10", verdict: .strictLocalMinimum),
    ])
  func descent(row: Row) throws {
    let formula = try Formula(row.formula)
    let path =
      row.sense == .minimize ? try formula.minimize(from: row.start) : try formula.maximize(from: row.start)
    #expect(path.certificate.verdict == row.verdict, "\(path.certificate.reason)")
    #expect(path.success == row.succeeds)
  }

  @Test("A bound that holds a point of a convex function holds its minimum within the bounds")
  func bounded() throws {
    var objective = try Formula("e^x - 2x + y^4 + z^2 + w^2 + |v|^3").objective()
    objective.bounds = Bounds(lower: [1, -1, -1, -1, -1], upper: [3, 1, 1, 1, 1])
    let path = Minimizer().minimize(objective, from: [2, 0.5, 0.5, 0.5, 0.5])
    #expect(path.certificate.verdict == .globalMinimum && path.certificate.activeBounds.count == 1)
    #expect(path.certificate.reason.hasPrefix("f is convex, and 1 bound holds the point"))
  }
}
