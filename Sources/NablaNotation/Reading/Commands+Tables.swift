/// The commands by what they stand for.
extension Commands {
  /// Environments that only set a formula apart.
  static let displays: Set<String> = [
    "equation", "align", "aligned", "gather", "gathered", "split", "math",
  ]

  static let signs: [String: Token.Kind] = [
    "cdot": .star, "times": .star, "ast": .star, "bullet": .star, "star": .star, "div": .slash,
    "le": .lessOrEqual, "leq": .lessOrEqual, "leqslant": .lessOrEqual, "lt": .less, "ge": .greaterOrEqual,
    "geq": .greaterOrEqual, "geqslant": .greaterOrEqual, "gt": .greater, "ne": .notEqual, "neq": .notEqual,
    "land": .and, "wedge": .and, "lor": .or, "vee": .or, "lnot": .not, "neg": .not, "lvert": .bar,
    "rvert": .bar, "vert": .bar, "lVert": .bar, "rVert": .bar, "Vert": .bar, "|": .bar, "mid": .bar,
    "lfloor": .leftFloor, "rfloor": .rightFloor, "lceil": .leftCeiling, "rceil": .rightCeiling,
    "{": .leftCurly, "}": .rightCurly, "lbrace": .leftCurly, "rbrace": .rightCurly, "lbrack": .leftSquare,
    "rbrack": .rightSquare, "infty": .infinity, "partial": .partial, "sum": .bigSum, "prod": .bigProduct,
    "frac": .fraction, "dfrac": .fraction, "tfrac": .fraction, "cfrac": .fraction, "sqrt": .radical,
    "prime": .prime, "%": .percent, "colon": .colon, "dots": .dots, "ldots": .dots,
  ]

  /// Commands that are spaces, or begin and end a formula.
  static let spaces: Set<String> = [
    ",", ";", ":", "!", " ", ">", "quad", "qquad", "thinspace", "(", ")", "[", "]", "displaystyle",
    "textstyle", "limits", "nolimits", "nonumber", "notag", "boxed",
  ]

  /// Commands whose braces hold nothing of the formula: a length, a colour, a label, what is not shown.
  static let silent: Set<String> = [
    "hspace", "vspace", "color", "textcolor", "label", "phantom", "hphantom", "vphantom",
  ]

  /// Commands that make the next bracket larger.
  static let sizes: Set<String> = [
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr",
    "Biggl", "Biggr", "middle",
  ]

  /// Commands whose braces hold letters in another shape.
  static let words: Set<String> = [
    "text", "mathrm", "mathit", "mathbf", "mathsf", "mathcal", "mathtt", "textit", "textrm", "boldsymbol",
    "bm", "operatorname", "rm", "mbox", "hbox", "textnormal", "textbf", "textsf", "mathnormal", "symbf",
  ]

  /// Greek letters in their other shape, with how many letters stand in front of the name.
  static let variants: [String: Int] = [
    "varepsilon": 3, "vartheta": 3, "varphi": 3, "varrho": 3, "varsigma": 3, "varkappa": 3, "varpi": 3,
  ]

  /// Functions, constants, Greek letters, ℏ and ℓ: their commands are their names.
  static let names: Set<String> = Greek.names.union(FunctionNames.names).union([
    "pi", "Pi", "e", "hbar", "ell",
  ])
  .union(FunctionNames.foreign.keys).subtracting(["sqrt", "sum", "prod"])

  /// Marks on letters.
  static let accents: Set<String> = [
    "hat", "widehat", "bar", "overline", "tilde", "widetilde", "vec", "dot", "ddot", "check", "breve",
  ]

  /// Commands that people know and no formula of numbers has, with what to do.
  static let unsupported: [String: String] = [
    "int": "integrals are no formulas here", "iint": "integrals are no formulas here",
    "oint": "integrals are no formulas here", "lim": "limits are no formulas here",
    "binom": "write n!/(k! (n-k)!)", "choose": "write n!/(k! (n-k)!)",
    "top": "all variables are numbers: there is no transpose",
    "dagger": "all variables are numbers: there is no transpose",
    "intercal": "all variables are numbers: there is no transpose",
    "bmod": "write mod(a, b)", "pmod": "write mod(a, b)", "mod": "write mod(a, b)",
    "in": "write the formula alone", "to": "write the formula alone", "mapsto": "write f(x) = …",
    "rightarrow": "write the formula alone", "mathbb": "write the formula alone",
    "nabla": "write the formula alone: its gradient is the answer",
    "pm": "write two formulas, one with + and one with -",
    "mp": "write two formulas, one with + and one with -",
    "approx": "write =", "equiv": "write =", "sim": "write the formula alone",
    "propto": "write = and a factor",
    "tag": "leave the number of the equation out", "ref": "", "det": "",
    "forall": "write the formula alone", "exists": "write the formula alone", "cdots": "write all of it",
    "matrix": "", "pmatrix": "",
  ]

  /// All commands, for suggestions.
  static let all: [String] =
    (Array(signs.keys) + Array(spaces) + Array(sizes) + Array(variants.keys) + Array(names)
    + ["text", "mathrm", "mathbf", "operatorname", "begin", "end", "circ"]).sorted()

  /// The same, to look a name up.
  static let known = Set(all).union(words)
}
