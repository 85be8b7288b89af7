import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

/// Kinks rounded off: |u| as √(u² + w²), max(a, b) as (a + b + √((a − b)² + w²))/2.
extension Formula {
  /// Smooth functions that come to the formula as a width goes to 0; nil where it has no kinks that can be rounded off.
  func smoothing(_ sense: Objective.Sense) -> Smoothing? {
    guard parameters.isEmpty, expression.smoothed(.one, .rounded) != expression else { return nil }
    let (expression, variables, limits) = (expression, variables, limits)
    @Sendable func formula(_ width: Double, _ look: Expr.RoundedLook) -> Formula {
      let squared = Expr.number(Number(approximate: width * width))
      return Formula(expression.smoothed(squared, look), variables: variables, limits: limits)
    }
    return Smoothing(
      objective: { width in try? formula(width, .rounded).objective(sense) },
      floor: { x, width in
        let expression = formula(width, .weighed).expression
        let function = try? CompiledFunction(expression, variables: variables, limits: limits)
        return function?(x) ?? (sense == .minimize ? -.infinity : .infinity)
      })
  }
}

extension Expr {
  /// What is put in the place of |u|.
  enum RoundedLook: Sendable {
    /// √(u² + w²).
    case rounded
    /// σ·u with the slope σ of the same.
    case weighed
  }

  /// The expression with its kinks rounded off over a width whose square is given.
  func smoothed(_ width: Expr, _ look: RoundedLook) -> Expr {
    /// What stands for the root of a square.
    func size(_ square: Expr) -> Expr {
      let root = (square + width).squareRoot
      return look == .rounded ? root : square / root
    }
    func half(_ whole: Expr) -> Expr { .number(.half) * whole }
    return rebuilt { part in
      guard part.varies else { return nil }
      switch part.shape {
      case .call(.abs, let u): return size(u[0].squared)
      case .call(.max, let u): return half(u[0] + u[1] + size((u[0] - u[1]).squared))
      case .call(.min, let u): return half(u[0] + u[1] - size((u[0] - u[1]).squared))
      case .call(.relu, let u): return half(u[0] + size(u[0].squared))
      case .call(.hypot, let u): return size(u[0].squared + u[1].squared)
      case .power(let base, let exponent) where base.isNonnegative && !base.isPositive:
        return exponent == .number(.half) ? size(base) : nil
      default: return nil
      }
    }
  }
}
