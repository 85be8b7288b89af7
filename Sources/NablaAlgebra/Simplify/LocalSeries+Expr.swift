import NablaBasics

/// Powers of the first coefficients of series.
enum RealPower {
  static func value(_ base: Double, _ exponent: Double, isWhole: Bool) -> Double {
    isWhole || base > 0 ? Libm.pow(base, exponent) : .nan
  }
}

extension Expr {
  /// The series in one variable about 0, with so many coefficients as are left of `length`; nil where there is none, where it
  /// holds another variable, and where it is made of other than elementary functions.
  ///
  /// Of small expressions: the walk follows their nesting.
  func localSeries(in variable: Variable, length: Int) -> LocalSeries? {
    var series: LocalSeries?
    switch shape {
    case .number(let number): series = LocalSeries(number.double, length: length)
    case .constant(let constant): series = LocalSeries(constant.value, length: length)
    case .variable(variable): series = LocalSeries(from: 0, (0..<length).map { $0 == 1 ? 1 : 0 })
    case .variable, .element, .fold: return nil
    case .sum(let terms): series = all(terms, variable, length).map(LocalSeries.sum)
    case .product(let factors):
      series = all(factors, variable, length).map { $0.dropFirst().reduce($0[0]) { $0 * $1 } }
    case .power(.constant(.e), let exponent):
      series = exponent.localSeries(in: variable, length: length).flatMap(LocalSeries.exponential)
    case .power(let base, let exponent):
      guard let below = base.localSeries(in: variable, length: length) else { return nil }
      if case .number(let number) = exponent.shape {
        series = below.power(number.double)
      } else if let logarithm = below.logarithm,
        let power = exponent.localSeries(in: variable, length: length)
      {
        series = LocalSeries.exponential(logarithm * power)
      }
    case .call(let function, let arguments):
      guard arguments.count == 1 else { return nil }
      series = arguments[0].localSeries(in: variable, length: length).flatMap { $0.image(by: function) }
    }
    guard let series, series.isFinite else { return nil }
    return series
  }

  private func all(_ parts: [Expr], _ variable: Variable, _ length: Int) -> [LocalSeries]? {
    var result: [LocalSeries] = []
    for part in parts {
      guard let series = part.localSeries(in: variable, length: length) else { return nil }
      result.append(series)
    }
    return result
  }
}

extension LocalSeries {
  static func exponential(_ u: LocalSeries) -> LocalSeries? {
    guard let value = u.constant.map(Libm.exp) else { return nil }
    return u.pair(value, value, turn: 1)?.0
  }

  /// ln u of a series with a positive value at 0; of 1 up to rounding it is 0 there.
  var logarithm: LocalSeries? {
    guard lowest == 0, let first = coefficients.first, first > 0, let rate = power(-1) else { return nil }
    let value = (first - 1).magnitude <= 8 * Double.ulpOfOne ? 0 : Libm.log(first)
    return integral(of: rate, from: value)
  }

  private func plus(_ constant: Double) -> LocalSeries {
    .sum([self, LocalSeries(constant, length: max(1, end))])
  }

  private func scaled(by factor: Double) -> LocalSeries {
    self * LocalSeries(factor, length: coefficients.count)
  }

  private var negated: LocalSeries { scaled(by: -1) }

  /// An elementary function of the series.
  func image(by function: Function) -> LocalSeries? {
    guard let value = constant else { return nil }
    let circular = { pair(Libm.sin(value), Libm.cos(value), turn: -1) }
    let hyperbolic = { pair(Libm.sinh(value), Libm.cosh(value), turn: 1) }
    let square = self * self
    switch function {
    case .sin: return circular()?.0
    case .cos: return circular()?.1
    case .tan: return circular().flatMap { $0.quotient(by: $1) }
    case .cot: return circular().flatMap { $1.quotient(by: $0) }
    case .sec: return circular()?.1.power(-1)
    case .csc: return circular()?.0.power(-1)
    case .sinh: return hyperbolic()?.0
    case .cosh: return hyperbolic()?.1
    case .tanh: return hyperbolic().flatMap { $0.quotient(by: $1) }
    case .coth: return hyperbolic().flatMap { $1.quotient(by: $0) }
    case .sech: return hyperbolic()?.1.power(-1)
    case .csch: return hyperbolic()?.0.power(-1)
    case .ln: return logarithm
    case .log1p: return plus(1).logarithm
    case .log10: return logarithm?.scaled(by: 1 / Libm.log(10))
    case .log2: return logarithm?.scaled(by: 1 / Libm.log(2))
    case .expm1: return LocalSeries.exponential(self)?.plus(-1)
    case .sigmoid: return LocalSeries.exponential(negated)?.plus(1).power(-1)
    case .softplus: return LocalSeries.exponential(self)?.plus(1).logarithm
    case .cbrt: return power(1.0 / 3)
    case .arctan: return square.plus(1).power(-1).flatMap { integral(of: $0, from: Libm.atan(value)) }
    case .arcsin:
      return square.negated.plus(1).power(-0.5).flatMap { integral(of: $0, from: Libm.asin(value)) }
    case .asinh: return square.plus(1).power(-0.5).flatMap { integral(of: $0, from: Libm.asinh(value)) }
    case .atanh: return square.negated.plus(1).power(-1).flatMap { integral(of: $0, from: Libm.atanh(value)) }
    case .erf:
      let rate = LocalSeries.exponential(square.negated)?.scaled(by: 2 / Double.pi.squareRoot())
      return rate.flatMap { integral(of: $0, from: Libm.erf(value)) }
    default: return nil
    }
  }

  private func quotient(by divisor: LocalSeries) -> LocalSeries? { divisor.power(-1).map { self * $0 } }
}
