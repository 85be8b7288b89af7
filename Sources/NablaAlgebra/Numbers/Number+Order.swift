extension Number: Hashable, Comparable {
  /// Whether kind and value agree: the decimal 0.5 is not the fraction 1/2; ``hasSameValue(as:)`` is.
  public static func == (a: Number, b: Number) -> Bool {
    switch (a.storage, b.storage) {
    case (.exact(let a), .exact(let b)), (.decimal(let a), .decimal(let b)): a == b
    case (.approximate(let a), .approximate(let b)): a.bitPattern == b.bitPattern
    case (.exact, _), (.decimal, _), (.approximate, _): false
    }
  }

  /// Feeds kind and value to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    switch storage {
    case .exact(let value), .decimal(let value): hasher.combine(value)
    case .approximate(let value): hasher.combine(value.bitPattern)
    }
  }

  /// Whether the values agree, whatever the kinds: 0.5 and 1/2.
  public func hasSameValue(as other: Number) -> Bool { compareValue(to: other) == 0 }

  /// The order of values; where they agree, exact before decimal before approximate. NaN comes last.
  public static func < (a: Number, b: Number) -> Bool {
    let order = a.compareValue(to: b)
    return order != 0 ? order < 0 : a.kind.rawValue < b.kind.rawValue
  }

  /// Negative, zero or positive as this value is below, at or above the other; exact for doubles too.
  private func compareValue(to other: Number) -> Int {
    switch (storage, other.storage) {
    case (.exact(let a), .exact(let b)), (.exact(let a), .decimal(let b)),
      (.decimal(let a), .exact(let b)), (.decimal(let a), .decimal(let b)):
      a.compared(to: b)
    case (.approximate(let a), .approximate(let b)):
      if a.isNaN || b.isNaN { (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) } else { a == b ? 0 : a < b ? -1 : 1 }
    case (.approximate(let a), .exact(let b)), (.approximate(let a), .decimal(let b)):
      Number.compare(a, b)
    case (.exact(let a), .approximate(let b)), (.decimal(let a), .approximate(let b)):
      0 - Number.compare(b, a)
    }
  }

  private static func compare(_ a: Double, _ b: Rational) -> Int {
    guard let exact = Rational(exactly: a) else { return a < 0 ? -1 : 1 }
    return exact.compared(to: b)
  }
}
