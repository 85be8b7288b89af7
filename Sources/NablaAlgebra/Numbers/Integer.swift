import NablaBasics

/// An integer of any size; one that fits in a machine word takes no allocation.
///
///     Integer(Int.max) + 1   // 9223372036854775808
///     -Integer(Int.min)      // 9223372036854775808, no trap
public struct Integer: Sendable {
  /// A word where the value fits in `Int`, otherwise sign and magnitude.
  enum Storage: Sendable {
    case word(Int)
    case positive([UInt])
    case negative([UInt])
  }

  let storage: Storage

  init(_ storage: Storage) { self.storage = storage }

  /// The integer of a machine word.
  @inline(__always)
  public init(_ value: Int) { storage = .word(value) }

  /// An integer from sign and magnitude in any form; makes it canonical.
  init(isNegative: Bool, limbs: [UInt]) {
    var limbs = limbs
    Limbs.trim(&limbs)
    guard limbs.count > 1 else {
      self.init(isNegative: isNegative, word: limbs.first ?? 0)
      return
    }
    self.init(isNegative ? .negative(limbs) : .positive(limbs))
  }

  /// An integer from sign and a one-word magnitude.
  init(isNegative: Bool, word: UInt) {
    if word <= Int.max.magnitude {
      storage = .word(isNegative ? -Int(word) : Int(word))
    } else if isNegative, word == Int.min.magnitude {
      storage = .word(Int.min)
    } else {
      storage = isNegative ? .negative([word]) : .positive([word])
    }
  }

  /// The value as a machine word where it is one, nil otherwise.
  @inline(__always)
  public var small: Int? {
    if case .word(let value) = storage { return value }
    return nil
  }

  /// The magnitude as words, none for zero.
  var limbs: [UInt] {
    switch storage {
    case .word(let value): value == 0 ? [] : [value.magnitude]
    case .positive(let limbs), .negative(let limbs): limbs
    }
  }
}

extension Integer {
  /// Whether this is 0.
  public var isZero: Bool { small == 0 }
  /// Whether this is 1.
  public var isOne: Bool { small == 1 }

  /// Whether this is below 0.
  public var isNegative: Bool {
    switch storage {
    case .word(let value): value < 0
    case .positive: false
    case .negative: true
    }
  }

  /// Whether 2 does not divide this; −3 is odd.
  public var isOdd: Bool {
    switch storage {
    case .word(let value): value & 1 == 1
    case .positive(let limbs), .negative(let limbs): limbs[0] & 1 == 1
    }
  }

  /// −1, 0 or 1.
  public var signum: Int {
    switch storage {
    case .word(let value): value.signum()
    case .positive: 1
    case .negative: -1
    }
  }

  /// The distance from 0.
  public var magnitude: Integer { isNegative ? -self : self }

  /// How many binary digits the magnitude has: 3 for 7 and −7, 4 for 8, 0 for 0.
  public var bitLength: Int {
    switch storage {
    case .word(let value): UInt.bitWidth - value.magnitude.leadingZeroBitCount
    case .positive(let limbs), .negative(let limbs): Limbs.bitLength(limbs)
    }
  }

  /// Folds the value into a hash that is the same in every process.
  package func combine(into hash: inout StableHash) {
    switch storage {
    case .word(let value):
      hash.combine(value)
    case .positive(let limbs), .negative(let limbs):
      hash.combine(isNegative ? -limbs.count : limbs.count)
      for limb in limbs { hash.combine(UInt64(limb)) }
    }
  }
}

extension Integer: ExpressibleByIntegerLiteral {
  /// The integer of a literal.
  public init(integerLiteral value: Int) { self.init(value) }
}

extension Integer: Hashable, Comparable {
  /// Equality of values.
  public static func == (a: Integer, b: Integer) -> Bool {
    switch (a.storage, b.storage) {
    case (.word(let a), .word(let b)): a == b
    case (.positive(let a), .positive(let b)), (.negative(let a), .negative(let b)): a == b
    case (.word, _), (.positive, _), (.negative, _): false
    }
  }

  /// The order of values.
  public static func < (a: Integer, b: Integer) -> Bool {
    switch (a.storage, b.storage) {
    case (.word(let a), .word(let b)): a < b
    case (.positive(let a), .positive(let b)): Limbs.compare(a, b) < 0
    case (.negative(let a), .negative(let b)): Limbs.compare(a, b) > 0
    case (.negative, _), (_, .positive): true
    case (_, .negative), (.positive, _): false
    }
  }

  /// Feeds the value to a hasher.
  public func hash(into hasher: inout Hasher) {
    switch storage {
    case .word(let value):
      hasher.combine(value)
    case .positive(let limbs), .negative(let limbs):
      hasher.combine(isNegative)
      hasher.combine(limbs)
    }
  }
}
