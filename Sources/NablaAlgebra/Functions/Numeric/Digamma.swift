import NablaBasics

extension RealMath {
  /// ψ(x) = Γ′(x)/Γ(x), nan at 0, −1, −2, ….
  ///
  ///     RealMath.digamma(1)   // -0.5772156649015329, minus Euler's constant
  ///
  /// Beside its positive zero 1.4616… it is a Taylor series around that zero, so that small values keep
  /// their digits; elsewhere recurrence, then the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18);
  /// for x < 0 reflection (6.3.7).
  package static func digamma(_ x: Double) -> Double {
    if x <= 0, x.isWhole || x == -.infinity { return .nan }
    if x < 0 { return positiveDigamma(1 - x) - .pi * cotPi(x) }
    return positiveDigamma(x)
  }

  private static func positiveDigamma(_ x: Double) -> Double {
    if x > 1.2, x < 1.75 {
      let h = (x - zeroHigh) - zeroLow
      var sum = 0.0
      for coefficient in taylorAtZero.reversed() { sum = sum * h + coefficient }
      return sum * h
    }
    var shifted = x
    var recurrence = 0.0
    while shifted < 12 {
      recurrence += 1 / shifted
      shifted += 1
    }
    if shifted.isInfinite { return shifted }
    let inverse = 1 / shifted
    let square = inverse * inverse
    var tail = 0.0
    for coefficient in bernoulliOver2k.reversed() { tail = tail * square + coefficient }
    return Libm.log(shifted) - 0.5 * inverse - tail * square - recurrence
  }

  /// The positive zero of ψ, in two parts.
  private static let zeroHigh: Double = 1.4616321449683622
  private static let zeroLow: Double = 9.549995429965697e-17

  /// B₂ₖ/2k from k = 1.
  private static let bernoulliOver2k: [Double] = [
    1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12,
  ]

  /// ψ⁽ᵏ⁾(zero)/k! from k = 1, computed with mpmath to 60 digits.
  private static let taylorAtZero: [Double] = [
    0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652,
    0.10782405069126237, -0.07219956125645471, 0.04880428816414311, -0.03316112647484736,
    0.022597648232218104, -0.01542476590494896, 0.010538791616612175, -0.007204534386356869,
    0.004926781395729853, -0.003369801655439328, 0.002305126326734928, -0.0015769367714301972,
    0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077,
    0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741, -7.569179582195066e-05,
    5.178575795222081e-05, -3.5430070947659604e-05,
  ]
}
