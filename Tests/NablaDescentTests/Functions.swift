import NablaBasics
import NablaDescent

/// Functions to descend, with derivatives worked out by hand.
enum Functions {
  /// x² + 5x + 6.
  static let parabola: Objective = .init(
    { x in x[0] * x[0] + 5 * x[0] + 6 }, gradient: { x in [2 * x[0] + 5] }, hessian: { _ in [2] })
  /// x².
  static let square: Objective = .init(
    { x in x[0] * x[0] }, gradient: { x in [2 * x[0]] }, hessian: { _ in [2] })
  /// 3x² + 8xy − 3y⁵.
  static let quintic: Objective = .init(
    { v in 3 * v[0] * v[0] + 8 * v[0] * v[1] - 3 * Libm.pow(v[1], 5) },
    gradient: { v in [6 * v[0] + 8 * v[1], 8 * v[0] - 15 * Libm.pow(v[1], 4)] },
    hessian: { v in [6, 8, 8, -60 * Libm.pow(v[1], 3)] })
  /// 100(y − x²)² + (1 − x)².
  static let rosenbrock: Objective = .init(
    { v in
      let valley = v[1] - v[0] * v[0]
      return 100 * valley * valley + (1 - v[0]) * (1 - v[0])
    },
    gradient: { v in
      let valley = v[1] - v[0] * v[0]
      return [-400 * v[0] * valley - 2 * (1 - v[0]), 200 * valley]
    },
    hessian: { v in [1200 * v[0] * v[0] - 400 * v[1] + 2, -400 * v[0], -400 * v[0], 200] })
  /// The same through closures of which one hears of every gradient, and with squares where some are given.
  static func rosenbrock(
    squares: Residuals? = nil, hearing: @escaping @Sendable () -> Void = {}
  ) -> Objective {
    Objective(
      value: { x in
        var copy = rosenbrock
        return copy.value(at: x)
      },
      valueAndGradient: { x in
        hearing()
        var copy = rosenbrock
        let here = copy.iterate(at: x)
        return (here.f, here.gradient)
      }, residuals: squares)
  }
  /// x² − y².
  static let saddle: Objective = .init(
    { v in v[0] * v[0] - v[1] * v[1] }, gradient: { v in [2 * v[0], -2 * v[1]] },
    hessian: { _ in [2, 0, 0, -2] })

  /// A function of one variable with its first and second derivative.
  static func single(
    _ f: @escaping @Sendable (Double) -> Double, _ first: @escaping @Sendable (Double) -> Double,
    _ second: (@Sendable (Double) -> Double)? = nil, sense: Objective.Sense = .minimize
  ) -> Objective {
    var hessian: Objective.Hessian?
    if let second { hessian = { x in [second(x[0])] } }
    return Objective({ x in f(x[0]) }, gradient: { x in [first(x[0])] }, hessian: hessian, sense: sense)
  }
}
