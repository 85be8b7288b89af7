import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

/// Kinks rounded off: |u| as √(u² + w²), max(a, b) as (a + b + √((a − b)² + w²))/2.
extension Formula {
  /// Smooth functions that come to the formula as a width goes to 0; nil where it has no kinks that can be rounded off.
  func smoothing(_ sense: Objective.Sense) -> Smoothing? {
    guard parameters.isEmpty, expression.smoothed(.one) != expression else { return nil }
    let (expression, variables, limits) = (expression, variables, limits)
    return Smoothing(
      objective: { width in
        let square = Expr.number(Number(approximate: width * width))
        return try? Formula(
          expression.smoothed(square), variables: variables, limits: limits
        ).objective(sense)
      },
      slope: { x, width in
        // No name that can be typed.
        let last = Variable("width of kinks")
        let whole = expression.smoothed(.variable(last).squared)
        let function = try? CompiledFunction(whole, variables: variables + [last], limits: limits)
        return function?.gradient(at: x + [width]).last ?? .nan
      })
  }
}

extension Expr {
  /// The expression with its kinks rounded off over a width whose square is given.
  func smoothed(_ square: Expr) -> Expr {
    func size(_ u: Expr) -> Expr { (u.squared + square).squareRoot }
    func half(_ whole: Expr) -> Expr { .number(.half) * whole }
    return rebuilt { part in
      guard part.varies else { return nil }
      switch part.shape {
      case .call(.abs, let u): return size(u[0])
      case .call(.max, let u): return half(u[0] + u[1] + size(u[0] - u[1]))
      case .call(.min, let u): return half(u[0] + u[1] - size(u[0] - u[1]))
      case .call(.relu, let u): return half(u[0] + size(u[0]))
      case .call(.hypot, let u): return (u[0].squared + u[1].squared + square).squareRoot
      case .power(let base, let exponent) where base.isNonnegative && !base.isPositive:
        return exponent == .number(.half) ? (base + square).squareRoot : nil
      default: return nil
      }
    }
  }
}
