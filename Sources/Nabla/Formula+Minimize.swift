import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

extension Formula {
  /// The formula as an objective for `Minimizer`: value and gradient in one pass, second derivatives.
  public func objective(_ sense: Objective.Sense = .minimize) throws(FormulaError) -> Objective {
    let function = try compiled()
    let second = try? function.secondDerivatives()
    var hessian: Objective.Hessian?
    var product: Objective.Product?
    var sparse: SparseHessian?
    if let second {
      if variables.count <= 200 { hessian = { second.dense(at: $0) } }
      product = { second.times($1, at: $0) }
      let entries = variables.count &* 64
      if variables.count > 200, second.productCount <= 200, second.pattern.count <= max(entries, 4_000_000) {
        sparse = SparseHessian(rowStarts: second.pattern.rowStarts, columns: second.pattern.columns) {
          second.values(at: $0)
        }
      }
    }
    let isShort = expression.size <= 1000 && expression.foldLevel == 0
    var objective = Objective(
      value: { function($0) },
      valueAndGradient: { x in
        var gradient: [Double] = []
        let value = function.valueAndGradient(at: x, into: &gradient)
        // Products of numbers so small are 0, and slopes that are made of them may have the wrong sign.
        guard isShort, value != 0, value.magnitude < 1e-140 else { return (value, gradient) }
        let careful = function.valueAndGradientWithLevels(at: x)
        return (value, careful.gradient)
      },
      hessian: hessian, hessianTimesVector: product, sparseHessian: sparse,
      residuals: sense == .minimize ? residuals : nil, sense: sense)
    objective.isOutside = { x in function.enclosure(of: x.map { Interval($0) }).isEmpty }
    objective.isContinuous = { a, b in
      function.enclosure(of: zip(a, b).map { Interval(min($0, $1), max($0, $1)) }).isContinuous
    }
    objective.isQuadratic = variables.count <= 200 && expression.polynomialDegree.map { $0 <= 2 } == true
    if objective.isQuadratic, parameters.isEmpty {
      objective.fallingRay =
        QuadraticSlope(expression, variables: variables, limits: limits, sense)?.direction
      objective.leastOfQuadratic = { [self] in
        guard let form = quadraticForm, form.isMinimum == (sense == .minimize) else { return nil }
        return sense == .minimize ? form.value.double : -form.value.double
      }
    }
    objective.smoothing = smoothing(sense)
    objective.isNonnegative = sense == .minimize ? expression.isNonnegative : expression.negated.isNonnegative
    if parameters.isEmpty {
      objective.convexity = { [expression] in
        let found = expression.convexity
        guard sense == .minimize ? found.isConvex : found.isConcave else { return nil }
        return found.isPiecewiseLinear ? .polyhedral : .convex
      }
    }
    if sense == .minimize, variables.count > SumOfSquares.mostVariables {
      objective.coupled = CoupledSumOfSquares.squares(of: expression, variables: variables, limits: limits)
    }
    return objective
  }

  /// The squares that the formula is a sum of, as closures; nil for other formulas.
  private var residuals: Residuals? {
    guard variables.count <= SumOfSquares.mostVariables else { return nil }
    return SumOfSquares(expression)?.residuals(variables: variables, limits: limits)
  }

  /// Descends from a point.
  ///
  ///     let path = try Formula("x^2 + 5x + 6").minimize(from: [-8], GradientDescent(rate: 0.1), .steps(15))
  ///     path.x   // [-2.693514046488576]
  ///
  /// With a box, one stretch a variable, the descent stays in it; `Methods.keepsBounds` says by which methods. Throws
  /// where the point or the box does not fit the variables or parameters have no value.
  public func minimize(
    from start: [Double], within box: [ClosedRange<Double>]? = nil, _ method: any Method = Automatic(),
    _ criteria: StopCriteria = StopCriteria(),
    cancellation: Cancellation? = nil
  ) throws(FormulaError) -> Trace {
    try descend(from: start, box, method, criteria, .minimize, cancellation)
  }

  /// Climbs from a point; the trace speaks of maxima. Throws as `minimize` does.
  public func maximize(
    from start: [Double], within box: [ClosedRange<Double>]? = nil, _ method: any Method = Automatic(),
    _ criteria: StopCriteria = StopCriteria(),
    cancellation: Cancellation? = nil
  ) throws(FormulaError) -> Trace {
    try descend(from: start, box, method, criteria, .maximize, cancellation)
  }

  private func descend(
    from start: [Double], _ box: [ClosedRange<Double>]?, _ method: any Method, _ criteria: StopCriteria,
    _ sense: Objective.Sense, _ cancellation: Cancellation?
  ) throws(FormulaError) -> Trace {
    for count in [start.count, box?.count ?? start.count] where count != variables.count {
      throw .wrongCount(expected: variables.count, given: count)
    }
    var objective = try objective(sense)
    objective.bounds = box.map { Bounds($0) }
    return Minimizer(method, criteria).minimize(objective, from: start, cancellation: cancellation)
  }

  /// The exact stationary point of a quadratic in one variable; nil for other formulas.
  public var quadratic: Quadratic? {
    variables.count == 1 && parameters.isEmpty ? Quadratic(expression, in: variables[0]) : nil
  }
}
