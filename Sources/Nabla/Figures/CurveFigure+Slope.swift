import NablaAlgebra
import NablaBasics
import NablaDrawing

// The slope beside the curve.
extension CurveFigure {
  /// f′ as a curve, and its formula.
  struct Slope {
    let expression: Expr
    let function: FigureFunction
  }

  var slope: Slope? {
    guard let partial = try? formula.partialDerivatives(by: formula.variables).first,
      let function = try? Formula(partial.expression, variables: formula.variables).compiled()
    else { return nil }
    return Slope(
      expression: partial.expression, function: FigureFunction(function, cancellation: options.cancellation))
  }

  /// The values of the slope, as far as they lie within three times the height of the picture around its own.
  static func seen(
    of slope: FigureFunction, in x: ClosedRange<Double>, beside y: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    let (values, hasPoles) = CurveSampler.survey(slope, x)
    guard let all = ValueRange.shown(values, hasPoles: hasPoles) else { return y }
    return all.padded(0.03).clamped(to: y.padded(1))
  }

  /// The slope as a dashed curve.
  func add(
    _ slope: Slope, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, to panel: inout Panel,
    _ legend: inout [Legend]
  ) {
    let stroke = Stroke(.series(2), width: 1.4, isDashed: true)
    var sampler = CurveSampler(slope.function, x: x, y: y)
    for piece in sampler.sampled() { panel.add(.line(piece, stroke), to: .curve) }
    let name = "\(formula.shownFunctionName)′(\(variable)) = \(formula.text(of: slope.expression))"
    legend.append(Legend(.line(stroke), name.count <= 60 ? name : "\(formula.shownFunctionName)′"))
  }
}
