import NablaAlgebra
import NablaBasics

/// The functions a formula may use by name: the rows of the function table, and what the reader itself makes
/// out of other rows (`log` with a base, `min` of many, `where`).
enum FunctionNames {
  /// The function of that name; nil where there is none. A single letter is none.
  static func known(_ name: String) -> KnownFunction? {
    guard name.utf8.count > 1, let first = name.utf8.first, isInitial(first) else { return nil }
    return KnownFunction.byWord[name]
  }

  /// The letters that names begin with: `xy` needs no look into the table, and a formula without functions no table.
  static let initials = "abcdefghilmprstwBGL"

  private static func isInitial(_ byte: UInt8) -> Bool {
    byte >= 64 && byte < 128 && initialBits >> UInt64(byte - 64) & 1 == 1
  }

  private static let initialBits = initials.utf8.reduce(UInt64(0)) { $0 | 1 << UInt64($1 - 64) }

  /// The inverse of a function, by its name.
  static func inverse(of name: String) -> KnownFunction? { known("arc" + name) ?? known("a" + name) }

  /// All names in alphabetical order, for suggestions.
  static let names: [String] = KnownFunction.byWord.names.sorted()

  /// The longest name.
  static let longest: Int = names.map(\.utf8.count).max() ?? 0

  /// What people write elsewhere, and what it is called here.
  static let foreign: [String: String] = [
    "tg": "tan", "ctg": "cot", "cotg": "cot", "cotan": "cot", "ctan": "cot", "sen": "sin", "arcsen": "arcsin",
    "arctg": "arctan", "arcctg": "arccot", "sh": "sinh", "ch": "cosh", "th": "tanh", "senh": "sinh",
    "tgh": "tanh", "fabs": "abs", "sqr": "sqrt", "logn": "ln", "squareroot": "sqrt", "squareRoot": "sqrt",
    "cuberoot": "cbrt", "cubeRoot": "cbrt", "sine": "sin", "cosine": "cos", "tangent": "tan",
    "cotangent": "cot", "secant": "sec", "cosecant": "csc", "arcsine": "arcsin", "arccosine": "arccos",
    "sinus": "sin", "cosinus": "cos", "tangens": "tan", "cotangens": "cot", "arcussinus": "arcsin",
    "Power": "pow", "POWER": "pow", "arctangent": "arctan", "exponential": "exp", "logarithm": "log",
    "absolute": "abs",
  ]

  /// What other programs have functions for, and how it is written here.
  static let written: [String: String] = [
    "power": "a^b", "square": "a^2", "cube": "a^3", "nCr": "n!/(k! (n - k)!)", "ncr": "n!/(k! (n - k)!)",
    "binom": "n!/(k! (n - k)!)", "binomial": "n!/(k! (n - k)!)", "choose": "n!/(k! (n - k)!)",
    "comb": "n!/(k! (n - k)!)", "nPr": "n!/(n - k)!", "npr": "n!/(n - k)!", "factorial": "n!",
    "fact": "n!", "rad": "30°, or 30 pi/180", "radians": "30°, or 30 pi/180",
  ]
}

/// The Greek letters by name.
enum Greek {
  private static let small: [String] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
  ]

  /// The names without `pi`, each in one word.
  private static let packed: [UInt64] = small.filter { $0 != "pi" }.compactMap(packed)

  /// All names, small and with a capital; `pi` is a constant and not among them.
  static let names: Set<String> = Set(small.filter { $0 != "pi" }.flatMap { [$0, capitalized($0)] })

  /// Whether it is one of the names.
  static func isName(_ word: String) -> Bool { packed(word).map(packed.contains) ?? false }

  /// A word in the bytes of one integer, its first letter small; nil where it is no name for its length.
  private static func packed(_ word: String) -> UInt64? {
    guard (2...longest).contains(word.utf8.count) else { return nil }
    var packed: UInt64 = 0
    for byte in word.utf8 { packed = packed << 8 | UInt64(packed == 0 ? byte | 0x20 : byte) }
    return packed
  }

  /// The longest name.
  static let longest = 7

  /// The name of a Greek letter.
  static func name(of value: UInt32) -> String? {
    switch value {
    case 0x391...0x3A9: capitalized(small[Int(value - 0x391)])
    case 0x3B1...0x3C9: small[Int(value - 0x3B1)]
    default: nil
    }
  }

  /// What stands behind Δ in the name of a difference, a letter or a Greek name: `T` in `DeltaT`; nil for other names.
  static func difference(_ name: some StringProtocol) -> Substring? {
    guard name.utf8.first == UInt8(ascii: "D"), name.hasPrefix("Delta") else { return nil }
    let rest = Substring(name.dropFirst(5))
    return rest.unicodeScalars.count == 1 && rest != "_" || isName(String(rest)) ? rest : nil
  }

  private static func capitalized(_ name: String) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
  }
}
