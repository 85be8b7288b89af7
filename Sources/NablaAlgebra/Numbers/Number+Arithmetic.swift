extension Number {
  /// The sum; approximate if either is, else a decimal if either is and its digits end, else exact.
  public static func + (a: Number, b: Number) -> Number {
    if let x = a.exactWord, let y = b.exactWord {
      let (word, overflow) = x.addingReportingOverflow(y)
      if !overflow { return Number(word) }
    }
    return combine(a, b, { $0 + $1 }, { $0 + $1 })
  }

  /// The difference, of the kind a sum would have.
  public static func - (a: Number, b: Number) -> Number { combine(a, b, { $0 - $1 }, { $0 - $1 }) }

  /// The product, of the kind a sum would have: 0.1 · 2 is 0.2, 0.1 · 1/3 is 1/30.
  public static func * (a: Number, b: Number) -> Number {
    if let x = a.exactWord, let y = b.exactWord {
      let (word, overflow) = x.multipliedReportingOverflow(by: y)
      if !overflow { return Number(word) }
    }
    return combine(a, b, { $0 * $1 }, { $0 * $1 })
  }

  /// The opposite, of the same kind.
  public static prefix func - (a: Number) -> Number {
    switch a.storage {
    case .exact(let value): Number(.exact(-value))
    case .decimal(let value): Number(.decimal(-value))
    case .approximate(let value): Number(approximate: -value)
    }
  }

  /// The quotient, of the kind a sum would have; nil for a divisor of 0 of any kind.
  public func divided(by divisor: Number) -> Number? {
    if divisor.isZero { return nil }
    return Number.combine(self, divisor, { $0.divided(by: $1) ?? 0 }, { $0 / $1 })
  }

  /// The word of an exact integer, which most numbers of a formula are.
  @inline(__always)
  var exactWord: Int? {
    if case .exact(let value) = storage, case .words(let word, 1) = value.storage { return word }
    return nil
  }

  private static func combine(
    _ a: Number, _ b: Number, _ exactly: (Rational, Rational) -> Rational,
    _ roughly: (Double, Double) -> Double
  ) -> Number {
    switch (a.storage, b.storage) {
    case (.exact(let x), .exact(let y)): Number(.exact(exactly(x, y)))
    case (.exact(let x), .decimal(let y)), (.decimal(let x), .exact(let y)),
      (.decimal(let x), .decimal(let y)):
      Number(decimalIfItTerminates: exactly(x, y))
    case (.approximate, _), (_, .approximate): Number(approximate: roughly(a.double, b.double))
    }
  }
}
