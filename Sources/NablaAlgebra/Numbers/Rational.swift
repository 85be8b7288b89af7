import NablaBasics

/// A fraction in lowest terms with a positive denominator; two machine words take no allocation.
///
///     Rational(6, over: -4)   // -3/2
///     Rational(1, over: 0)    // nil
public struct Rational: Sendable {
  /// Two words, the lower positive, where both parts fit; otherwise the parts in a box.
  enum Storage: Sendable {
    case words(Int, Int)
    case box(Parts)
  }

  /// Numerator and denominator that are not both words.
  final class Parts: Sendable {
    let numerator: Integer
    let denominator: Integer

    init(_ numerator: Integer, _ denominator: Integer) {
      (self.numerator, self.denominator) = (numerator, denominator)
    }
  }

  let storage: Storage

  /// The fraction of two words in lowest terms, the lower positive.
  @inline(__always)
  init(lowest numerator: Int, _ denominator: Int) { storage = .words(numerator, denominator) }

  /// The fraction of two integers in lowest terms, the lower positive.
  init(lowest numerator: Integer, _ denominator: Integer) {
    if let n = numerator.small, let d = denominator.small {
      storage = .words(n, d)
    } else {
      storage = .box(Parts(numerator, denominator))
    }
  }

  /// An integer as a fraction over 1.
  public init(_ value: Integer) { self.init(lowest: value, 1) }

  /// A machine word as a fraction over 1.
  @inline(__always)
  public init(_ value: Int) { self.init(lowest: value, 1) }

  /// A fraction brought to lowest terms; nil for a denominator of 0.
  public init?(_ numerator: Integer, over denominator: Integer) {
    if denominator.isZero { return nil }
    self.init(numerator, overNonzero: denominator)
  }

  /// A fraction brought to lowest terms over a denominator that is not 0.
  init(_ numerator: Integer, overNonzero denominator: Integer) {
    let divisor = Integer.gcd(numerator, denominator)
    let n = numerator.exactlyDivided(by: divisor)
    let d = denominator.exactlyDivided(by: divisor)
    if d.isNegative { self.init(lowest: -n, -d) } else { self.init(lowest: n, d) }
  }

  /// The upper part; carries the sign.
  public var numerator: Integer {
    switch storage {
    case .words(let n, _): Integer(n)
    case .box(let parts): parts.numerator
    }
  }

  /// The lower part, at least 1.
  public var denominator: Integer {
    switch storage {
    case .words(_, let d): Integer(d)
    case .box(let parts): parts.denominator
    }
  }
}

extension Rational {
  /// The value as a machine word where it is one, nil otherwise.
  @inline(__always)
  public var small: Int? {
    if case .words(let n, 1) = storage { return n }
    return nil
  }

  /// Whether the denominator is 1.
  public var isInteger: Bool {
    switch storage {
    case .words(_, let d): d == 1
    case .box(let parts): parts.denominator.isOne
    }
  }

  /// Whether this is 0.
  public var isZero: Bool { small == 0 }
  /// Whether this is 1.
  public var isOne: Bool { small == 1 }
  /// Whether this is below 0.
  public var isNegative: Bool { signum < 0 }

  /// −1, 0 or 1.
  public var signum: Int {
    switch storage {
    case .words(let n, _): n.signum()
    case .box(let parts): parts.numerator.signum
    }
  }

  /// The distance from 0.
  public var magnitude: Rational { isNegative ? -self : self }

  /// The largest integer that is not above this: −2 for −3/2.
  public var floor: Integer { numerator.floorDivided(by: denominator) ?? numerator }

  /// Folds the value into a hash that is the same in every process.
  package func combine(into hash: inout StableHash) {
    switch storage {
    case .words(let n, let d):
      hash.combine(n)
      hash.combine(d)
    case .box(let parts):
      parts.numerator.combine(into: &hash)
      parts.denominator.combine(into: &hash)
    }
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  /// The fraction of a literal over 1.
  public init(integerLiteral value: Int) { self.init(value) }
}

extension Rational: Hashable, Comparable {
  /// Equality of values.
  public static func == (a: Rational, b: Rational) -> Bool {
    switch (a.storage, b.storage) {
    case (.words(let n, let d), .words(let p, let q)): n == p && d == q
    case (.box(let a), .box(let b)):
      a === b || (a.numerator == b.numerator && a.denominator == b.denominator)
    case (.words, .box), (.box, .words): false
    }
  }

  /// The order of values.
  public static func < (a: Rational, b: Rational) -> Bool { a.compared(to: b) < 0 }

  /// Negative, zero or positive as this is below, at or above the other.
  func compared(to other: Rational) -> Int {
    if case .words(let n, let d) = storage, case .words(let p, let q) = other.storage {
      if d == q { return n < p ? -1 : n > p ? 1 : 0 }
      let (left, right) = (n.multipliedFullWidth(by: q), p.multipliedFullWidth(by: d))
      if left.high != right.high { return left.high < right.high ? -1 : 1 }
      return left.low < right.low ? -1 : left.low > right.low ? 1 : 0
    }
    if signum != other.signum { return signum - other.signum }
    let (left, right) = (numerator * other.denominator, other.numerator * denominator)
    return left < right ? -1 : left == right ? 0 : 1
  }

  /// Feeds the value to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(numerator)
    hasher.combine(denominator)
  }
}
