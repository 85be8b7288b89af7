import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

@Suite struct LawTests {
  static let variables: [Variable] = ["x", "y", "z"]

  /// Every part of a formula, from the program's values of the parts one level below it, is what the oracle says.
  @Test(arguments: 0..<40) func programAgreesWithTheOracle(start: Int) throws {
    var formulas = RandomFormulas(start: UInt64(start))
    for _ in 0..<Environment.runs(50) {
      let parts = formulas.next(depth: 5).distinctSubexpressions()
      let program = try CompiledFunctions(parts, variables: Self.variables)
      let values = program(formulas.point())
      let known = Dictionary(zip(parts, values), uniquingKeysWith: { first, _ in first })
      for (part, value) in zip(parts, values) where !part.children.isEmpty {
        let stands = part.children.indices.map { Variable("part_\($0)") }
        let below = part.children.map { divisor($0, of: part, known) ?? known[$0] ?? .nan }
        let size = below.reduce(0) { max($0, $1.magnitude) }
        let oracle = TreeWalker(
          values: Dictionary(zip(stands, below), uniquingKeysWith: { first, _ in first }))
        let expected = part.isExactPole ? .nan : oracle.value(part, over: stands)
        let slack = part.isSum && size.isFinite ? 4 * size.ulp : 0
        #expect(
          ulps(value, expected) <= max(4, roundings(of: part)) + roundedExponent(of: part, below)
            || (value - expected).magnitude <= slack || isExtreme(below, expected),
          "\(part.debugText) of \(below): \(value), not \(expected)")
      }
    }
  }

  /// What libm's pow loses where the exponent is a fraction that no Double holds: uᵖ·ln u times its rounding.
  private func roundedExponent(of part: Expr, _ below: [Double]) -> Double {
    guard case .power(_, let exponent) = part.shape, case .number(let number) = exponent.shape,
      !number.isInteger
    else { return 0 }
    return (Libm.log(below[0].magnitude) * below[1]).magnitude
  }

  /// A power below the line of a product, from its base's value: its own value, rounded as a quotient, is not used.
  private func divisor(_ factor: Expr, of part: Expr, _ known: [Expr: Double]) -> Double? {
    guard case .product = part.shape, case .power(let base, let exponent) = factor.shape,
      let whole = wholeDivisor(factor), let value = known[base]
    else { return nil }
    return whole < 1 << 20 ? TreeWalker(values: ["base": value]).value(pow("base", exponent)) : nil
  }

  /// n of u⁻ⁿ for a whole n.
  private func wholeDivisor(_ factor: Expr) -> Int? {
    guard case .power(let base, let exponent) = factor.shape, base != .constant(.e),
      case .number(let number) = exponent.shape, number.isNegative
    else { return nil }
    return number.small.map { -$0 }
  }

  /// How often a product is rounded: by each factor, and where one is a power below the line, by its multiplications.
  private func roundings(of part: Expr) -> Double {
    guard case .product(let factors) = part.shape else { return 0 }
    return factors.reduce(Double(factors.count - 1)) { sum, factor in
      if let whole = wholeDivisor(factor) { return sum + Double(whole < 7 ? max(1, whole - 1) : 1) }
      guard case .power(_, let exponent) = factor.shape, case .number(let number) = exponent.shape,
        number.isNegative
      else { return sum }
      return sum + 2
    }
  }

  /// Near the ends of the range a quotient of products and a product of quotients overflow at different places.
  private func isExtreme(_ below: [Double], _ value: Double) -> Bool {
    (below + [value]).contains { $0 == 0 || !$0.isFinite || $0.magnitude > 1e60 || $0.magnitude < 1e-60 }
  }

  /// The reverse sweep is the symbolic derivative.
  @Test(arguments: 0..<40) func sweepAgreesWithTheSymbolicGradient(start: Int) throws {
    var formulas = RandomFormulas(start: 1000 + UInt64(start))
    for _ in 0..<25 {
      let formula = formulas.next(depth: 4)
      let point = formulas.point()
      let function = try CompiledFunction(formula, variables: Self.variables)
      var gradient: [Double] = []
      let value = function.valueAndGradient(at: point, into: &gradient)
      #expect(ulps(value, function(point)) == 0)
      guard value.isFinite, value.magnitude < 1e10 else { continue }
      var budget = Budget()
      let partials = try formula.partials(by: Self.variables, budget: &budget)
      let oracle = TreeWalker(values: Dictionary(zip(Self.variables, point), uniquingKeysWith: { a, _ in a }))
      for (swept, partial) in zip(gradient, partials) {
        let expected = oracle.value(partial)
        guard expected.isFinite, expected.magnitude < 1e10 else { continue }
        #expect(
          agree(swept, expected, within: 1e-8),
          "\(formula.debugText) at \(point): \(swept), not \(expected)")
      }
    }
  }
}

extension TreeWalker {
  /// The value of a node whose children have the values of the variables `names`.
  func value(_ part: Expr, over names: [Variable]) -> Double {
    let children = names.map { values[$0] ?? .nan }
    switch part.shape {
    case .sum: return children.dropFirst().reduce(children[0], +)
    case .product: return product(children)
    case .power(let base, _) where base == .constant(.e): return Libm.exp(children[1])
    case .power(_, let exponent):
      return TreeWalker(values: ["base": children[0], "exponent": children[1]]).value(
        pow("base", exponent.isNumber ? exponent : "exponent"))
    case .call(let function, _):
      switch function.value {
      case .unary(let f): return f(children[0])
      case .binary(let f): return f(children[0], children[1])
      case .ternary(let f): return f(children[0], children[1], children[2])
      }
    case .number, .constant, .variable, .element, .fold: return value(part)
    }
  }

  /// A product to twice the digits, rounded once.
  private func product(_ factors: [Double]) -> Double {
    var (whole, rest) = (1.0, 0.0)
    for factor in factors {
      let next = whole * factor
      rest = rest * factor + (-next).addingProduct(whole, factor)
      whole = next
    }
    return rest.isFinite ? whole + rest : whole
  }
}

extension Expr: ExpressibleByStringLiteral {
  /// The variable of that name.
  public init(stringLiteral name: String) { self.init(name) }
}

/// The reverse sweep against differences of the oracle's values, where these are good to five digits.
@Suite struct DifferenceTests {
  @Test(arguments: 0..<20) func sweepAgreesWithDifferences(start: Int) throws {
    var formulas = RandomFormulas(start: 2000 + UInt64(start))
    var compared = 0
    for _ in 0..<60 {
      let formula = formulas.next(depth: 3)
      let point = formulas.point()
      let gradient = try CompiledFunction(formula, variables: LawTests.variables).gradient(at: point)
      for place in 0..<3 {
        let slopes = [1e-4, 2e-4, 5e-5].map { slope(of: formula, at: point, place, $0) }
        guard slopes.allSatisfy({ agree($0, slopes[0], within: 1e-6) && $0.isFinite }) else { continue }
        compared += 1
        #expect(
          agree(gradient[place], slopes[0], within: 1e-5),
          "\(formula.debugText) at \(point): \(gradient[place]), not \(slopes[0])")
      }
    }
    #expect(compared > 60)
  }

  private func slope(of formula: Expr, at point: [Double], _ place: Int, _ step: Double) -> Double {
    let value = { (by: Double) in
      var moved = point
      moved[place] += by
      return TreeWalker(values: Dictionary(zip(LawTests.variables, moved), uniquingKeysWith: { a, _ in a }))
        .value(formula)
    }
    return (value(step) - value(-step)) / (2 * step)
  }
}
