import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

/// A formula seen as a sum of squares: f = offset + Σ wᵢ·rᵢ², every wᵢ positive.
///
///     100(y − x²)² + (1 − x)²   is one, with the residuals 10(y − x²) and 1 − x
///
/// Even powers are squares of powers; sums over an index are written out, where that is not too long.
struct SumOfSquares {
  /// A weight and what is squared.
  struct Term {
    var weight: Double
    var root: Expr
  }

  private(set) var terms: [Term] = []
  private(set) var offset = 0.0

  /// The most squares that are worth a model each.
  static let most = 2_000
  /// The most variables of formulas whose squares are looked at.
  static let mostVariables = 150

  /// The squares of a formula; nil where it is no sum of squares, or one that is too long.
  init?(_ expression: Expr) {
    guard collect(expression, times: 1), !terms.isEmpty else { return nil }
  }

  private mutating func collect(_ part: Expr, times weight: Double) -> Bool {
    guard terms.count < Self.most else { return false }
    switch part.shape {
    case .number(let number):
      offset += weight * number.double
      return offset.isFinite
    case .sum(let parts):
      return parts.allSatisfy { collect($0, times: weight) }
    case .power(let base, let exponent):
      guard case .number(let number) = exponent.shape, let power = number.small, power > 0, power % 2 == 0
      else { return false }
      terms.append(Term(weight: weight, root: .power(base, .integer(power / 2))))
      return true
    case .product(let factors):
      return product(factors, times: weight)
    case .fold(let fold):
      guard fold.kind == .sum, fold.count <= Self.most else { return false }
      for value in fold.lower...fold.upper {
        guard collect(fold.term(at: value), times: weight) else { return false }
      }
      return true
    case .constant(let constant):
      offset += weight * constant.value
      return true
    case .variable, .element, .call: return false
    }
  }

  /// A product of a positive number and squares, or of a positive number and one sum of squares.
  private mutating func product(_ factors: [Expr], times weight: Double) -> Bool {
    var weight = weight
    var roots: [Expr] = []
    var sums: [Expr] = []
    for factor in factors {
      switch factor.shape {
      case .number(let number): weight *= number.double
      case .constant(let constant): weight *= constant.value
      case .power(let base, let exponent):
        guard case .number(let number) = exponent.shape, let power = number.small, power % 2 == 0 else {
          return false
        }
        roots.append(.power(base, .integer(power / 2)))
      case .sum: sums.append(factor)
      case .product, .variable, .element, .call, .fold: return false
      }
    }
    guard weight > 0, weight.isFinite else { return false }
    if sums.isEmpty {
      if roots.isEmpty {
        offset += weight
      } else {
        terms.append(Term(weight: weight, root: .product(roots)))
      }
      return true
    }
    return roots.isEmpty && sums.count == 1 && collect(sums[0], times: weight)
  }

  /// The residuals with their first and second derivatives as closures; nil where they would be too many.
  func residuals(variables: [Variable], limits: Limits) -> Residuals? {
    let n = variables.count
    guard n <= Self.mostVariables, terms.count * n <= 60_000 else { return nil }
    var places: [Variable: Int] = [:]
    for (place, variable) in variables.enumerated() { places[variable] = place }
    var budget = Budget(limits.work / 10)
    var slopes: [(residual: Int, variable: Int, slope: Expr)] = []
    var seconds: [(place: Residuals.Place, second: Expr)] = []
    do {
      for (i, term) in terms.enumerated() {
        let inside = term.root.freeVariables.compactMap { v in places[v].map { (variable: v, place: $0) } }
          .sorted { $0.place < $1.place }
        guard term.root.families.isEmpty else { return nil }
        let first = try term.root.partials(by: inside.map(\.variable), limits: limits, budget: &budget)
        for (j, slope) in first.enumerated() where !slope.isZeroNumber {
          slopes.append((i, inside[j].place, slope))
          let rest = Array(inside[j...])
          let second = try slope.partials(by: rest.map(\.variable), limits: limits, budget: &budget)
          for (k, value) in second.enumerated() where !value.isZeroNumber {
            seconds.append((.init(residual: i, row: inside[j].place, column: rest[k].place), value))
          }
        }
        guard seconds.count <= 60_000 else { return nil }
      }
    } catch {
      return nil
    }
    let weights = terms.map { $0.weight.squareRoot() }
    let count = terms.count
    let spots = slopes.map { (residual: $0.residual, spot: $0.residual * n + $0.variable) }
    guard
      let first = try? CompiledFunctions(
        terms.map(\.root) + slopes.map(\.slope), variables: variables, limits: limits, keepsDigits: true),
      let second = try? CompiledFunctions(
        seconds.map(\.second), variables: variables, limits: limits, keepsDigits: true)
    else { return nil }
    let secondPlaces = seconds.map(\.place)
    return Residuals(
      count: count, offset: offset,
      values: { x in
        let values = first(x)
        var jacobian = [Double](repeating: 0, count: count * n)
        for (k, place) in spots.enumerated() {
          jacobian[place.spot] = weights[place.residual] * values[count + k]
        }
        return ((0..<count).map { weights[$0] * values[$0] }, jacobian)
      },
      places: secondPlaces,
      curvatures: { x in
        let values = second(x)
        return values.indices.map { weights[secondPlaces[$0].residual] * values[$0] }
      })
  }
}

extension Expr {
  /// Whether this is the number 0.
  fileprivate var isZeroNumber: Bool {
    if case .number(let number) = shape { number.isZero } else { false }
  }
}
