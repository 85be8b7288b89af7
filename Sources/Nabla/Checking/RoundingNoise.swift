import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// How much rounding may change the value of an expression at a point: the spread of its values when the result of
/// every operation is off by a random rounding error (the idea of CESTAC, Vignes 1993).
///
///     √(10²⁰ + x) − 10¹⁰    has a noise of about 10⁻⁶, though every value near x = 0 is 0
///     (x⁴⁰⁰)^(1/400)        has one at x = 0.1, where x⁴⁰⁰ is below the smallest number
struct RoundingNoise {
  private let perturbed: CompiledFunctions

  /// Nil where the perturbed expression is too large to be compiled.
  init?(of expression: Expr, letters: [Variable], limits: Limits) {
    var random = SplitMix64(start: 141_421_356)
    let variants = (0..<6).map { _ in
      expression.rebuilt { part in
        let ulps: Double
        switch part.shape {
        case .sum, .product, .power: ulps = 1
        // Whether a condition holds is no number that could be off; what its sides are is.
        case .call(let function, _) where function.isCondition: return nil
        case .call: ulps = 64
        case .number, .constant, .variable, .element, .fold: return nil
        }
        let share = Double.random(in: -1...1, using: &random)
        let rounded = part * .number(Number(approximate: 1 + (ulps * share * .ulpOfOne * 2)))
        // What is smaller than any number is lost whole.
        return rounded + .number(Number(approximate: share * .leastNormalMagnitude))
      }
    }
    guard let compiled = try? CompiledFunctions([expression] + variants, variables: letters, limits: limits)
    else { return nil }
    perturbed = compiled
  }

  /// The spread at a point; infinite where a value is not finite.
  func callAsFunction(_ point: [Double]) -> Double {
    let values = perturbed(point)
    guard values.allSatisfy(\.isFinite), let low = values.min(), let high = values.max() else {
      return .infinity
    }
    return high - low
  }
}
