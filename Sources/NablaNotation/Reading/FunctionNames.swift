import NablaAlgebra

/// The functions a formula may use by name: the rows of the function table, and what the reader itself makes
/// out of other rows (`log` with a base, `min` of many, `where`).
enum FunctionNames {
  /// A function as the reader knows it.
  struct Known: Sendable {
    /// The name of the row.
    var name: String
    /// How many arguments it takes.
    var arity: ClosedRange<Int>
  }

  /// The function of that name; nil where there is none.
  static func known(_ name: String) -> Known? { table[name] }

  /// All names in alphabetical order, for suggestions.
  static let names: [String] = table.keys.sorted()

  /// The longest name.
  static let longest: Int = names.map(\.utf8.count).max() ?? 0

  private static let table: [String: Known] = {
    var table: [String: Known] = [:]
    for row in Function.all {
      for name in [row.name] + row.aliases where isWord(name) {
        table[name] = Known(name: row.name, arity: row.arity...row.arity)
      }
    }
    for (name, row, arity) in own where table[name] == nil || arity.count > 1 {
      table[name] = Known(name: row, arity: arity)
    }
    return table
  }()

  /// Rows are also called `<` and the like; those are no words.
  private static func isWord(_ name: String) -> Bool {
    !["and", "or", "not"].contains(name) && name.utf8.allSatisfy { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 }
  }

  /// Names that the reader resolves by itself, where the table has no row of the same name and arity.
  private static let own: [(String, String, ClosedRange<Int>)] = [
    ("exp", "exp", 1...1), ("sqrt", "sqrt", 1...1), ("log", "log", 1...2), ("lg", "log10", 1...1),
    ("min", "min", 2...10_000), ("max", "max", 2...10_000), ("where", "if", 3...3),
    ("piecewise", "piecewise", 2...10_000), ("sum", "sum", 1...10_000), ("prod", "prod", 1...10_000),
    ("sin", "sin", 1...1), ("cos", "cos", 1...1), ("tan", "tan", 1...1), ("cot", "cot", 1...1),
    ("sec", "sec", 1...1), ("csc", "csc", 1...1), ("cosec", "csc", 1...1), ("asin", "arcsin", 1...1),
    ("arcsin", "arcsin", 1...1), ("acos", "arccos", 1...1), ("arccos", "arccos", 1...1),
    ("atan", "arctan", 1...1), ("arctan", "arctan", 1...1), ("atan2", "atan2", 2...2),
    ("sinh", "sinh", 1...1), ("cosh", "cosh", 1...1), ("tanh", "tanh", 1...1), ("ln", "ln", 1...1),
    ("log2", "log2", 1...1), ("log10", "log10", 1...1), ("cbrt", "cbrt", 1...1), ("root", "root", 2...2),
    ("abs", "abs", 1...1), ("sign", "sign", 1...1), ("floor", "floor", 1...1), ("ceil", "ceil", 1...1),
    ("round", "round", 1...1), ("mod", "mod", 2...2), ("if", "if", 3...3), ("gamma", "gamma", 1...1),
    ("erf", "erf", 1...1), ("factorial", "factorial", 1...1), ("hypot", "hypot", 2...2),
    ("clamp", "clamp", 3...3),
  ]

  /// Whether a name starts a sum or product over an index.
  static func fold(_ name: String) -> Syntax.FoldKind? {
    switch name {
    case "sum": .sum
    case "prod": .product
    default: nil
    }
  }

  /// What people write elsewhere, and what it is called here.
  static let foreign: [String: String] = [
    "tg": "tan", "ctg": "cot", "cotg": "cot", "cotan": "cot", "ctan": "cot", "sen": "sin", "arcsen": "arcsin",
    "arctg": "arctan", "arcctg": "arccot", "sh": "sinh", "ch": "cosh", "th": "tanh", "senh": "sinh",
    "tgh": "tanh", "sgn": "sign", "signum": "sign", "fabs": "abs", "sqr": "sqrt", "logn": "ln",
  ]
}

/// The Greek letters by name.
enum Greek {
  private static let small: [String] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
  ]

  /// All names, small and with a capital; `pi` is a constant and not among them.
  static let names: Set<String> = Set(small.filter { $0 != "pi" }.flatMap { [$0, capitalized($0)] })

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

  private static func capitalized(_ name: String) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
  }
}
