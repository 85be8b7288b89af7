import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Gaps: where the formula has no value and tends to one.
extension SpecialPlaceFinder {
  var gaps: [SpecialPlace] {
    guard expression.hasVaryingDenominator, let outcome = textbook(expression),
      let simple = compiled(outcome.expression)
    else { return [] }
    var result: [SpecialPlace] = []
    for condition in outcome.conditions.prefix(Self.most)
    where condition.kind == .nonzero && !formula.visible([condition], in: outcome.expression).isEmpty {
      let distance = condition.subject
      if let gap = pointGap(distance, outcome.expression) {
        result.append(gap)
        continue
      }
      let points = crossings.points(on: distance).filter { isContinuous(simple, $0) }
      guard points.count >= Crossings.fewest, outcome.expression.size <= 40 else { continue }
      let (left, right, _) = distance.sides
      var limit = outcome.expression
      if case .variable(let letter) = left.shape, right.freeVariables.isEmpty {
        limit = textbook(limit.substituting([letter: right]))?.expression ?? limit
      }
      result.append(SpecialPlace(kind: .gap, equations: [.call(.equal, [left, right])], limit: limit))
    }
    return result.isEmpty ? numericGaps : result
  }

  /// A gap at a point, or on the line where some letters have given values.
  private func pointGap(_ distance: Expr, _ simple: Expr) -> SpecialPlace? {
    guard let zeros = distance.isolatedZeros, simple.isDefinedEverywhere,
      !simple.distinctSubexpressions().contains(where: \.bends)
    else { return nil }
    var values: [Variable: Expr] = [:]
    for zero in zeros { values[zero.letter] = zero.exact }
    guard let limit = textbook(simple.substituting(values))?.expression else { return nil }
    return SpecialPlace(kind: .gap, equations: zeros.map(\.equation), limit: limit)
  }

  /// Gaps at which the values from all sides tend to one number, as sin(xy)/(xy) does.
  private var numericGaps: [SpecialPlace] {
    var result: [SpecialPlace] = []
    for part in expression.distinctSubexpressions() {
      guard result.count < Self.most, case .power(let base, let exponent) = part.shape,
        case .number(let number) = exponent.shape, number.isNegative, base.varies,
        let distance = compiled(base)
      else { continue }
      let points = crossings.points(on: base)
      let values = points.flatMap { point in
        [1e-5, -1e-5, 1e-4, -1e-4].map { whole(point.moved($0)) }
      }
      // Where other letters are zero or equal the limit may be another one: e^(−(x − μ)²/σ²) is 1 at x = μ for every σ.
      let exceptions = points.flatMap { point in
        letters.indices.flatMap { place in
          ([0] + point.point).map { value in
            var other = point.moved(1e-5)
            other[place] = value
            return distance(other).magnitude <= 1e-3 ? whole(other) : .nan
          }
        }
      }.filter(\.isFinite)
      guard points.count >= Crossings.fewest, let first = values.first, first.isFinite else { continue }
      let limit = (first * 1e3).rounded() / 1e3
      guard (values + exceptions).allSatisfy({ ($0 - limit).magnitude <= 1e-5 * max(1, limit.magnitude) })
      else { continue }
      let (left, right, _) = base.sides
      let equations = [Expr.call(.equal, [left, right])]
      guard !result.contains(where: { $0.equations == equations }) else { continue }
      result.append(
        SpecialPlace(
          kind: .gap, equations: equations,
          limit: .number(Number(approximate: limit))))
    }
    return result
  }

  private func isContinuous(_ function: CompiledFunction, _ crossing: Crossings.Point) -> Bool {
    let value = function(crossing.point)
    return value.isFinite
      && [1e-7, -1e-7].allSatisfy { step in
        (function(crossing.moved(step)) - value).magnitude <= 1e-4 * max(1, value.magnitude)
      }
  }
}

extension Expr {
  fileprivate var hasVaryingDenominator: Bool {
    distinctSubexpressions().contains { part in
      guard case .power(let base, let exponent) = part.shape, case .number(let number) = exponent.shape else {
        return false
      }
      return base.varies && number.isNegative
    }
  }
}
