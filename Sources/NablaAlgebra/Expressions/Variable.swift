import NablaBasics

/// A mathematical constant that has a name and no exact decimal value.
public enum Constant: Int, Hashable, Sendable, CaseIterable {
  /// The circle's circumference over its diameter, 3.14159…
  case pi
  /// Euler's number, 2.71828…
  case e

  /// The nearest `Double`.
  public var value: Double { self == .pi ? .pi : 2.718281828459045 }
}

/// A variable by its canonical ASCII name: `x`, `x_1` (typed x1, x_1 or x₁), `lambda` (typed λ), `speed`.
///
///     Variable("x_2") < Variable("x_10")   // true: digits compare as numbers
///
/// The bound index of a sum or product is a variable too; it is known by its level (1 for a fold without folds
/// inside), so that renaming an index changes nothing.
public struct Variable: Hashable, Comparable, Sendable {
  /// The name in ASCII, with `_` before a subscript.
  public let name: String
  /// 0 for a variable; the level of the fold that binds it otherwise.
  package let indexLevel: Int
  /// What orders most names without a look at their text: four bytes of the base, then the number in the subscript.
  let key: UInt64

  /// A free variable of a name that is canonical already; other packages type names, see `init(_:)` in NablaNotation.
  package init(_ name: String) { self.init(name, 0) }

  package init(index name: String, level: Int) { self.init(name, level) }

  private init(_ name: String, _ level: Int) {
    self.name = name
    indexLevel = level
    key = Variable.key(of: name)
  }

  /// The key of `x` is x and 0, that of `x_7` is x and 8; a name that does not fit ends in `unfit`.
  private static func key(of name: String) -> UInt64 {
    var name = name
    return name.withUTF8 { key(ofBytes: $0) }
  }

  private static func key(ofBytes name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var base: UInt64 = 0
    var place = 0
    while place < min(4, name.count), name[place] != UInt8(ascii: "_") {
      base = base << 8 | UInt64(name[place])
      place += 1
    }
    let head = base << (32 + 8 * UInt64(4 - place))
    if place == name.count { return head }
    guard name[place] == UInt8(ascii: "_"), (1...9).contains(name.count - place - 1) else {
      return head | unfit
    }
    var number: UInt64 = 0
    for digit in place + 1..<name.count {
      let value = name[digit] &- 48
      // A zero in front would be lost.
      guard value < 10, number > 0 || digit == place + 1 else { return head | unfit }
      number = number &* 10 &+ UInt64(value)
    }
    return head | (number + 1)
  }

  private static let unfit: UInt64 = 0xFFFF_FFFF

  /// A number that is one more for the next member of a family.
  var near: Int { Int(truncatingIfNeeded: (key & Variable.unfit) &+ (key >> 32) &* 0x9E37_79B1) }

  /// Whether the key says all of the name.
  private var hasFullKey: Bool { key & Variable.unfit != Variable.unfit }

  /// An index that no fold binds yet: hand it to `Expr.fold`, which binds it.
  public static func openIndex(_ name: String) -> Variable { Variable(index: name, level: .max) }

  /// Whether this is an index, bound or still open.
  package var isIndex: Bool { indexLevel > 0 }

  /// Whether this is an index that no fold binds, told apart by its name.
  package var isOpenIndex: Bool { indexLevel > Int.max / 2 }

  /// The name before the first underscore.
  public var base: String { String(name.prefix { $0 != "_" }) }

  /// What stands after the first underscore, empty where there is none.
  public var subscriptText: String { String(name.drop { $0 != "_" }.dropFirst()) }

  /// The family and the member that a name such as `x_3` stands for.
  package var member: (family: Family, number: Int)? {
    guard indexLevel == 0, let bar = name.utf8.lastIndex(of: UInt8(ascii: "_")) else { return nil }
    let digits = name[name.utf8.index(after: bar)...]
    guard digits.utf8.count < 18, digits.utf8.first != UInt8(ascii: "0") || digits.utf8.count == 1,
      digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = Int(digits)
    else { return nil }
    return (Family(String(name[..<bar])), number)
  }

  /// Bound indices are equal by level, whatever they are called.
  public static func == (left: Variable, right: Variable) -> Bool {
    guard left.indexLevel == right.indexLevel else { return false }
    if left.isIndex && !left.isOpenIndex { return true }
    return left.key == right.key && (left.hasFullKey || left.name == right.name)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(indexLevel)
    if !isIndex || isOpenIndex { hasher.combine(name) }
  }

  package func combine(into hash: inout StableHash) {
    hash.combine(indexLevel)
    guard !isIndex || isOpenIndex else { return }
    hash.combine(key)
    if !hasFullKey { hash.combine(name) }
  }

  /// Natural alphabetical order, small letters after capitals of the same letter, free variables before indices.
  public static func < (left: Variable, right: Variable) -> Bool {
    if left.indexLevel != right.indexLevel { return left.indexLevel < right.indexLevel }
    if left == right { return false }
    let haveOneBase = left.key >> 32 == right.key >> 32 && left.hasFullKey && right.hasFullKey
    if haveOneBase { return left.key < right.key }
    return left.name.utf8.elementsEqual(right.name.utf8) ? false : naturallyPrecedes(left.name, right.name)
  }

  /// The order of canonical forms: levels, then keys, then names by their bytes.
  static func compare(_ left: Variable, _ right: Variable) -> Int {
    if left.indexLevel != right.indexLevel { return left.indexLevel < right.indexLevel ? -1 : 1 }
    if left == right { return 0 }
    if left.key != right.key { return left.key < right.key ? -1 : 1 }
    return left.name.utf8.lexicographicallyPrecedes(right.name.utf8) ? -1 : 1
  }

  private static func naturallyPrecedes(_ left: String, _ right: String) -> Bool {
    let (a, b) = (Array(left.utf8), Array(right.utf8))
    var (i, j) = (0, 0)
    let isDigit: (UInt8) -> Bool = { $0 >= 48 && $0 <= 57 }
    while i < a.count, j < b.count {
      if isDigit(a[i]), isDigit(b[j]) {
        let (startA, startB) = (i, j)
        while i < a.count, isDigit(a[i]) { i += 1 }
        while j < b.count, isDigit(b[j]) { j += 1 }
        let runA = a[startA..<i].drop { $0 == 48 }
        let runB = b[startB..<j].drop { $0 == 48 }
        if runA.count != runB.count { return runA.count < runB.count }
        if !runA.elementsEqual(runB) { return runA.lexicographicallyPrecedes(runB) }
      } else if a[i] != b[j] {
        let (lowerA, lowerB) = (a[i] | 0x20, b[j] | 0x20)
        return lowerA == lowerB ? a[i] < b[j] : lowerA < lowerB
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
    if a.count - i != b.count - j { return a.count - i < b.count - j }
    return left < right
  }
}

/// Variables that share a name and are told apart by a number: x of x[1], x[2], …
public struct Family: Hashable, Sendable {
  /// The common name in ASCII.
  public let name: String

  /// The family of a name that is canonical already.
  package init(_ name: String) { self.name = name }

  /// The member with that number, an ordinary variable.
  public func member(_ number: Int) -> Variable { Variable("\(name)_\(number)") }
}

/// The place `i + c` in a family, where i is the index of a fold.
public struct Index: Hashable, Sendable {
  /// The index variable i.
  public let bound: Variable
  /// The constant c.
  public let offset: Int

  /// The place `bound + offset`.
  public init(_ bound: Variable, offset: Int = 0) {
    self.bound = bound
    self.offset = offset
  }
}
