import NablaBasics

/// A number as it came about: exact, a decimal as it was typed, or an approximation.
///
///     Number(decimal: "0.1")! + Number(decimal: "0.2")!   // the decimal 0.3
///     Number(decimal: "0.1")!.divided(by: 3)              // 1/30: no decimal says it
public struct Number: Sendable {
  /// How a number came about.
  package enum Kind: Int, Sendable { case exact, decimal, approximate }

  enum Storage: Sendable {
    case exact(Rational)
    case decimal(Rational)
    case approximate(Double)
  }

  let storage: Storage

  init(_ storage: Storage) { self.storage = storage }

  /// An exact integer.
  public init(_ value: Int) { storage = .exact(Rational(value)) }

  /// An exact integer.
  public init(_ value: Integer) { storage = .exact(Rational(value)) }

  /// An exact fraction.
  public init(_ value: Rational) { storage = .exact(value) }

  /// An approximation; it may be ±∞ or NaN. −0 becomes 0.
  public init(approximate value: Double) { storage = .approximate(value.isNaN ? .nan : value + 0) }

  /// A fraction whose digits end, as a decimal; any other as an exact fraction.
  package init(decimalIfItTerminates value: Rational) {
    storage = value.terminates ? .decimal(value) : .exact(value)
  }

  /// 0.
  public static let zero = Number(0)
  /// 1.
  public static let one = Number(1)
  /// −1.
  public static let minusOne = Number(-1)
  /// 1/2.
  public static let half = Number(Rational(lowest: 1, 2))
}

extension Number {
  /// How this number came about.
  package var kind: Kind {
    switch storage {
    case .exact: .exact
    case .decimal: .decimal
    case .approximate: .approximate
    }
  }

  /// The exact value, nil where it is approximate.
  public var rational: Rational? {
    switch storage {
    case .exact(let value), .decimal(let value): value
    case .approximate: nil
    }
  }

  /// Whether it stands for no number at all.
  package var isUndefined: Bool {
    if case .approximate(let value) = storage { return value.isNaN }
    return false
  }

  /// The nearest `Double`.
  public var double: Double {
    switch storage {
    case .exact(let value), .decimal(let value): value.double
    case .approximate(let value): value
    }
  }

  /// Whether a number that is not 0 has ±∞ or 0 as its nearest `Double`.
  package var isBeyondDoubles: Bool {
    let value = double
    return value.isInfinite || value == 0 && !isZero
  }

  /// The exact value as a machine word where it is one; decimals such as 2.0 too.
  @inline(__always)
  public var small: Int? {
    switch storage {
    case .exact(let value), .decimal(let value): value.small
    case .approximate: nil
    }
  }

  /// The upper part of the exact value, nil where it is approximate.
  public var numerator: Integer? { rational?.numerator }
  /// The lower part of the exact value, nil where it is approximate.
  public var denominator: Integer? { rational?.denominator }

  /// Whether the value is 0, whatever its kind.
  public var isZero: Bool { isEqual(to: 0) }
  /// Whether the value is 1, whatever its kind.
  public var isOne: Bool { isEqual(to: 1) }
  /// Whether the value is −1, whatever its kind.
  public var isMinusOne: Bool { isEqual(to: -1) }

  private func isEqual(to word: Int) -> Bool {
    switch storage {
    case .exact(let value), .decimal(let value): value.small == word
    case .approximate(let value): value == Double(word)
    }
  }

  /// Whether the value is known to be an integer; an approximation never is.
  public var isInteger: Bool { rational?.isInteger ?? false }

  /// Whether this is not approximate: decimals are exact too.
  public var isExact: Bool { kind != .approximate }
  /// Whether this stands for a decimal as typed.
  public var isDecimal: Bool { kind == .decimal }

  /// Whether the value is below 0.
  public var isNegative: Bool {
    switch storage {
    case .exact(let value), .decimal(let value): value.isNegative
    case .approximate(let value): value < 0
    }
  }

  /// The distance from 0, of the same kind.
  public var magnitude: Number { isNegative ? -self : self }

  /// Folds kind and value into a hash that is the same in every process.
  package func combine(into hash: inout StableHash) {
    hash.combine(kind.rawValue)
    switch storage {
    case .exact(let value), .decimal(let value): value.combine(into: &hash)
    case .approximate(let value): hash.combine(value.bitPattern)
    }
  }
}

extension Number: ExpressibleByIntegerLiteral {
  /// The exact integer of a literal.
  public init(integerLiteral value: Int) { self.init(value) }
}
