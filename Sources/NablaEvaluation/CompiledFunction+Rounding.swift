import NablaBasics

extension CompiledFunction {
  /// How much rounding may have changed the value and the gradient at a point, to first order: the level below which
  /// differences of values say nothing.
  ///
  ///     √(10²⁰ + x) − 10¹⁰ at 0    // value: about 2·10⁻⁶
  ///     x/(eˣ − 1) at 400          // gradient: as large as its value, as the sweep meets 10⁻³⁴⁵
  ///
  /// The coordinates count as exact, constants such as 0.1 and π as rounded. Not a number where the formula has no value.
  public func roundingLevel(at x: [Double]) -> (value: Double, gradient: [Double]) {
    var plain: [Double] = []
    let value = valueAndGradient(at: x, into: &plain)
    guard !value.isNaN else { return (.nan, x.map { _ in .nan }) }
    let swept = swept(at: x)
    return (swept.value.level(of: value), zip(swept.gradient, plain).map { $0.level(of: $1) })
  }

  /// The same for the value alone.
  public func valueRoundingLevel(at x: [Double]) -> Double {
    let value = self(x)
    guard !value.isNaN else { return .nan }
    let swept = GenericExecutor.run(storage.compiled, at: x.map { RoundedNumber($0) }, partials: nil)
    return swept.values[0].level(of: value)
  }

  /// Whether the value is lost, or may be, as a part is too large or too small for a `Double`: √(u² − 1) for a large u.
  package func losesItsRange(at x: [Double]) -> Bool {
    let value = self(x)
    let swept = GenericExecutor.run(storage.compiled, at: x.map { RoundedNumber($0) }, partials: nil)
    return !swept.values[0].holds(value)
  }

  /// The value and the gradient with their rounding levels. Where numbers on the way were too large or too small for a
  /// `Double`, they are those that wide numbers give.
  ///
  ///     x/(eˣ − 1) at 400    // gradient: −7.64·10⁻¹⁷², with a level of 10⁻¹⁸⁷
  ///
  /// Some ten times the work of a plain call.
  public func valueAndGradientWithLevels(
    at x: [Double]
  ) -> (value: Double, gradient: [Double], level: (value: Double, gradient: [Double])) {
    var plain: [Double] = []
    let number = valueAndGradient(at: x, into: &plain)
    let swept = swept(at: x)
    let value = swept.value.better(than: number)
    let slopes = zip(swept.gradient, plain).map { $0.better(than: $1) }
    return (value.number, slopes.map(\.number), (value.level, slopes.map(\.level)))
  }

  private func swept(at x: [Double]) -> (value: RoundedNumber, gradient: [RoundedNumber]) {
    let (values, gradient) = GenericExecutor.run(
      storage.compiled, at: x.map { RoundedNumber($0) }, partials: storage.compiled.partials)
    return (values[0], gradient)
  }
}

extension RoundedNumber {
  /// How far the exact result may lie from the number that plain operations gave, which may have been in another order.
  fileprivate func level(of plain: Double) -> Double {
    if plain.isNaN { return .nan }
    if value.isNaN { return .infinity }
    return RoundedNumber.bound(plain.isFinite ? max(error, (value - WideNumber(plain)).magnitude) : error)
  }

  /// The number that plain operations gave, where the bound holds it; if not, this one.
  fileprivate func better(than plain: Double) -> (number: Double, level: Double) {
    let number = value.double
    // One in place of none has to be a good one.
    let isBetter =
      plain.isFinite ? error.isFinite && !holds(plain) : error * WideNumber(1e6) <= value.magnitude
    guard number.isFinite, isBetter else { return (plain, level(of: plain)) }
    return (number, RoundedNumber.bound(max(error, (value - WideNumber(number)).magnitude)))
  }

  /// Whether a finite bound holds the number that plain operations gave.
  fileprivate func holds(_ plain: Double) -> Bool {
    error.isFinite && (value - WideNumber(plain)).magnitude <= error
  }

  /// A bound as a `Double`, which is 0 only where nothing was lost.
  private static func bound(_ error: WideNumber) -> Double {
    let bound = error.double
    return bound == 0 && !error.isZero ? .leastNonzeroMagnitude : bound
  }
}
