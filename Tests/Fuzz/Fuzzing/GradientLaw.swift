import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// Text → gradient → differences: the symbolic gradient agrees with the reverse sweep at points of the domain, and with
/// extrapolated differences of the values.
///
/// A derivative is asked for where it is said to hold: ∂(x√(yⁿ))/∂x = xy^(n/2) is printed “for y > 0”, and √(yⁿ) has
/// values for y < 0 as well. A derivative that is wrong where no printed condition excludes it is a finding.
public enum GradientLaw {
  /// What is wrong with the gradient of a text; nil where the law holds or the text has no gradient.
  public static func trouble(with text: String, limits: Limits = ReadingLaw.fuzzing) -> String? {
    guard let formula = try? Formula(text, limits: limits), !formula.variables.isEmpty,
      formula.parameters.isEmpty,
      formula.variables.count <= 12
    else { return nil }
    let partials: [PartialDerivative]
    do {
      partials = try formula.partialDerivatives(by: formula.variables)
    } catch {
      return nil
    }
    for partial in partials {
      do {
        try partial.expression.checkInvariants()
      } catch {
        return "invariant of a derivative: \(error)"
      }
    }
    if let wrong = formula.selfCheck(partials).disagreement { return wrong.sentence }
    // Numbers of twenty digits leave rounding alone to compare.
    let isTame = formula.expression.distinctSubexpressions().allSatisfy { part in
      if case .number(let number) = part.shape { number.double.magnitude < 1e6 } else { true }
    }
    return isTame ? comparison(formula, partials) : nil
  }

  private static func level(of formula: Formula, at point: [Double]) -> (value: Double, gradient: [Double]) {
    (try? formula.compiled().roundingLevel(at: point)) ?? (.infinity, point.map { _ in .infinity })
  }

  /// Whether the comparisons printed beside a derivative are true at a point.
  static func holds(_ conditions: [Expr], at point: [Double], _ variables: [Variable]) -> Bool {
    conditions.allSatisfy { (try? Formula($0, variables: variables).value(at: point)) == 1 }
  }

  private static func comparison(_ formula: Formula, _ partials: [PartialDerivative]) -> String? {
    var random = SplitMix64(start: UInt64(formula.variables.count) &* 977)
    var misses: [String] = []
    let domain = formula.domain
    for _ in 0..<6 {
      let point = formula.variables.map { _ in (Double.random(in: -3..<3, using: &random) * 64).rounded() / 64
      }
      guard let (value, gradient) = try? formula.valueAndGradient(at: point), value.isFinite,
        holds(domain, at: point, formula.variables)
      else { continue }
      for (place, partial) in partials.enumerated()
      where holds(partial.conditions, at: point, formula.variables) {
        let symbolic = Formula(partial.expression, variables: formula.variables)
        guard let expected = try? symbolic.value(at: point), expected.isFinite, gradient[place].isFinite
        else { continue }
        let scale = max(1, abs(value), abs(expected), abs(gradient[place]))
        // Beside kinks and poles the two round differently; where much cancels, their own bounds of rounding say so.
        guard abs(expected - gradient[place]) > 1e-6 * scale else { continue }
        let rounding = level(of: formula, at: point).gradient[place] + level(of: symbolic, at: point).value
        if !(abs(expected - gradient[place]) <= 100 * rounding), rounding.isFinite {
          misses.append(
            "∂/∂\(formula.variables[place].name) at \(point) is \(expected), by the sweep \(gradient[place])")
        }
      }
    }
    return misses.count >= 2 ? misses.prefix(2).joined(separator: "; ") : nil
  }
}
