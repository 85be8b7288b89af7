import NablaAlgebra
import NablaBasics

/// What the form of a model says of its parameters: which are frequencies, phases, places along a column, or widths.
///
///     // y = A sin(w x + p): w is a frequency, p a phase of period 2π.
///     // y = A exp(-(x - m)^2/s^2): m is a place, s a width.
struct ModelShape {
  /// A parameter that multiplies a column inside a sine or a cosine, or divides it there.
  struct Wave: Hashable {
    let parameter: Int
    let column: Int
    /// The angle that the product of both is multiplied by.
    let rate: Double
    /// Whether the parameter is a period, which divides the column.
    let isPeriod: Bool

    /// The parameter's value for an angle that grows so much from one unit of the column to the next.
    func value(_ angularFrequency: Double) -> Double {
      isPeriod ? rate.magnitude / angularFrequency : angularFrequency / rate.magnitude
    }

    /// The angle's growth for a value of the parameter.
    func angularFrequency(_ value: Double) -> Double { (isPeriod ? rate / value : rate * value).magnitude }
  }

  /// A parameter that shifts a column.
  struct Place: Hashable {
    let parameter: Int
    let column: Int
    /// The parameter over the place in the column: −1 where it is added.
    let sign: Double
  }

  private(set) var waves: [Wave] = []
  /// The periods of parameters of which the model is a periodic function.
  private(set) var periods: [Int: Double] = [:]
  private(set) var places: [Place] = []
  /// Parameters that divide a shifted column, as widths do, with the column; and those that multiply it.
  private(set) var widths: [Int: Int] = [:]
  private(set) var steepnesses: [Int: Int] = [:]

  /// The shape of a problem's model for the parameters that are fitted and do not enter linearly.
  init(_ problem: FitProblem, linear: [Int]) throws(FitError) {
    let variables = problem.variables
    let open = variables.indices.filter { !linear.contains($0) }
    let parts = problem.model.expression.distinctSubexpressions()
    for part in parts {
      guard case .call(let function, let arguments) = part.shape, [.sin, .cos].contains(function) else {
        continue
      }
      for parameter in open where arguments[0].freeVariables.contains(variables[parameter]) {
        try addWaves(of: parameter, in: arguments[0], problem)
      }
    }
    for parameter in open {
      periods[parameter] = try ModelShape.period(of: variables[parameter], in: problem)
    }
    var shifted: [(sum: Expr, column: Int)] = []
    for part in parts {
      guard case .sum(let addends) = part.shape else { continue }
      for (column, name) in problem.columns.enumerated() {
        guard let rate = ModelShape.rate(of: name, among: addends) else { continue }
        for parameter in open {
          guard let own = ModelShape.rate(of: variables[parameter], among: addends) else { continue }
          let place = Place(parameter: parameter, column: column, sign: -rate / own)
          if !places.contains(where: { $0.parameter == parameter }) { places.append(place) }
          shifted.append((part, column))
        }
      }
    }
    for part in parts {
      guard case .product(let factors) = part.shape,
        let found = shifted.first(where: { sum in
          factors.contains { $0 == sum.sum || $0.isPower(of: sum.sum) }
        })
      else { continue }
      for factor in factors {
        for parameter in open where !places.contains(where: { $0.parameter == parameter }) {
          if factor == .variable(variables[parameter]) { steepnesses[parameter] = found.column }
          if case .power(let base, let exponent) = factor.shape, base == .variable(variables[parameter]) {
            guard let value = exponent.constantValue else { continue }
            if value < 0 { widths[parameter] = found.column } else { steepnesses[parameter] = found.column }
          }
        }
      }
    }
  }

  /// Whether a point has slower waves than another, or as slow ones and smaller parameters.
  func isSimpler(_ x: [Double], than other: [Double]) -> Bool {
    let speed = { (x: [Double]) in waves.reduce(0) { $0 + $1.angularFrequency(x[$1.parameter]) } }
    let size = { (x: [Double]) in x.reduce(0) { $0 + $1.magnitude } }
    let (own, its) = (speed(x), speed(other))
    return (own - its).magnitude > 1e-6 * its ? own < its : size(x) < size(other)
  }

  private mutating func addWaves(of parameter: Int, in argument: Expr, _ problem: FitProblem) throws(FitError)
  {
    let variable = problem.variables[parameter]
    let (own, inverse) = (Expr.variable(variable), Variable(" inverse"))
    for isPeriod in [false, true] {
      let angle = isPeriod ? argument.rebuilt { $0 == own.reciprocal ? .variable(inverse) : nil } : argument
      guard !isPeriod || !angle.freeVariables.contains(variable) else { continue }
      let factor = isPeriod ? inverse : variable
      let slope = try problem.partials(angle, [factor])[0]
      guard !slope.freeVariables.contains(factor) else { continue }
      for (column, name) in problem.columns.enumerated() where slope.freeVariables.contains(name) {
        guard let rate = try problem.partials(slope, [name])[0].constantValue, rate != 0, rate.isFinite else {
          continue
        }
        let wave = Wave(parameter: parameter, column: column, rate: rate, isPeriod: isPeriod)
        if !waves.contains(where: { $0.parameter == parameter }) { waves.append(wave) }
      }
      return
    }
  }

  /// The constant by which a variable is multiplied in a sum; nil where it does not stand there by itself.
  private static func rate(of variable: Variable, among addends: [Expr]) -> Double? {
    for addend in addends {
      let (coefficient, rest) = addend.coefficientAndRest
      if rest == .variable(variable) { return Expr.number(coefficient).constantValue }
    }
    return nil
  }

  /// The period of a variable that occurs nowhere but as an addend of what sines and cosines are taken of.
  private static func period(of variable: Variable, in problem: FitProblem) throws(FitError) -> Double? {
    var rates: [Double] = []
    var pending = [problem.model.expression]
    while let part = pending.popLast() {
      guard part.freeVariables.contains(variable) else { continue }
      if part == .variable(variable) { return nil }
      guard case .call(let function, let arguments) = part.shape, [.sin, .cos].contains(function) else {
        if case .fold = part.shape { return nil }
        pending += part.children
        continue
      }
      guard let rate = try problem.partials(arguments[0], [variable])[0].constantValue, rate != 0 else {
        return nil
      }
      rates.append(rate.magnitude)
    }
    // All angles are back after one turn of the slowest where the others turn a whole number of times.
    guard let least = rates.min(), rates.allSatisfy({ ($0 / least).rounded() == $0 / least }) else {
      return nil
    }
    return 2 * Double.pi / least
  }

  /// The point with each phase that is not known within half a period of 0, where bounds allow it.
  func withinPeriods(_ x: [Double], known: Set<Int>, _ bounds: [ClosedRange<Double>]) -> [Double] {
    var result = x
    for (parameter, period) in periods.sorted(by: { $0.key < $1.key }) where !known.contains(parameter) {
      let near = x[parameter] - (x[parameter] / period).rounded() * period
      if bounds[parameter].contains(near) { result[parameter] = near }
    }
    return result
  }
}

extension Expr {
  fileprivate func isPower(of other: Expr) -> Bool {
    if case .power(let base, _) = shape { base == other } else { false }
  }
}
