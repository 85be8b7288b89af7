extension Format {
  /// LaTeX as a mathematician types it: `3x^2 + 8xy - \frac{1}{2}\sqrt{x_1 + 1}`.
  ///
  ///     form.text(.latex)   // "\left(\frac{x}{2} + 1\right) \sin x"
  ///
  /// Brackets grow only around what is tall; fractions in exponents stay on the line.
  package static let latex = Format(
    name: "latex",
    minus: "-",
    times: #" \cdot "#,
    fraction: .framed(#"\frac{"#, "}{", "}"),
    raisedFraction: .inline("/"),
    splitsFractions: true,
    powersOfTen: .all,
    exponent: .framed("", "^{", "}"),
    shortRaise: "^",
    spell: LaTeXNames.spelling,
    pi: Spelling(#"\pi"#, .letter),
    root: { index in Root(open: index == 2 ? #"\sqrt{"# : #"\sqrt[\#(index)]{"#, close: "}") },
    functionName: LaTeXNames.function,
    raisesFunctionNames: true,
    enclosure: { enclosure in
      switch enclosure {
      case .absolute: ("|", "|")
      case .floor: (#"\lfloor "#, #" \rfloor"#)
      case .ceiling: (#"\lceil "#, #" \rceil"#)
      }
    },
    tall: { bracket, isOpening in (isOpening ? #"\left"# : #"\right"#) + bracket.filter { $0 != " " } },
    relation: { relation in
      switch relation {
      case .less: "<"
      case .lessOrEqual: #"\le"#
      case .greater: ">"
      case .greaterOrEqual: #"\ge"#
      case .equal: "="
      case .notEqual: #"\ne"#
      }
    },
    fold: { $0 == .sum ? #"\sum"# : #"\prod"# },
    bounds: ("", "_{", "}^{", "} "),
    lowering: ("", "_{", "}"),
    conditions: .rows(
      open: #"\begin{cases} "#, between: #" & \text{if } "#, next: #" \\ "#,
      otherwise: #" & \text{otherwise}"#, close: #" \end{cases}"#),
    words: (#"\lnot "#, #" \land "#, #" \lor "#),
    vector: (#"\langle "#, #" \rangle"#),
    marks: (#"\partial"#, "'", #"\nabla"#),
    ellipsis: #"\dots"#,
    endsCommands: true)
}

/// How LaTeX spells names.
private enum LaTeXNames {
  /// `x_{10}`, `\lambda`, `v_{\mathrm{max}}`, `\mathrm{speed}`.
  static func spelling(_ name: Name) -> Format.Spelling {
    let isLetter = name.stem.unicodeScalars.count == 1
    let isGreek = Glyphs.greek(name.stem) != nil
    let difference = Greek.difference(name.stem).map(String.init)
    let stem =
      difference.map { #"\Delta "# + (Glyphs.greek($0) == nil ? $0 : "\\" + $0) }
      ?? (isGreek ? "\\" + name.stem : isLetter ? name.stem : word(name.stem))
    let isShort = isLetter || isGreek
    guard let first = name.subscripts.first else { return .init(stem, isShort ? .letter : .word) }
    let lowered: String
    if name.subscripts.count > 1 {
      lowered = "{" + name.subscripts.joined(separator: ",") + "}"
    } else if first.utf8.count == 1, first.utf8.allSatisfy(\.isDigit) {
      lowered = first
    } else if first.unicodeScalars.count == 1 || first.utf8.allSatisfy(\.isDigit) {
      lowered = "{" + first + "}"
    } else if Glyphs.greek(first) != nil {
      lowered = #"{\"# + first + "}"
    } else {
      lowered = "{" + word(first) + "}"
    }
    let endsInDigit = first.utf8.last?.isDigit ?? false
    let isOne = isShort && name.subscripts.count == 1
    return .init(stem + "_" + lowered, isOne ? .subscripted : .word, endsInDigit: endsInDigit)
  }

  static func word(_ text: String) -> String { #"\mathrm{"# + text + "}" }

  /// The commands of LaTeX itself; other functions are operators by name.
  private static let commands: Set<String> = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth",
    "ln", "log", "exp", "min", "max", "det",
  ]

  static func function(_ name: String) -> String {
    if let base = Form.logarithmBase(name) {
      return #"\log_"# + (base.utf8.count == 1 ? base : "{" + base + "}")
    }
    if commands.contains(name) { return "\\" + name }
    if name == "gamma" || name == "Gamma" { return #"\Gamma"# }
    if let head = Form.derivativeHead(name) {
      let letter = head == "d/d" ? "d" : #"\partial "#
      let variable = Form.variable(String(name.dropFirst(head.count))).text(.latex)
      return #"\frac{"# + letter + "}{" + letter + variable + "}"
    }
    if name == "psi" { return #"\psi"# }
    let primes = name.reversed().prefix { $0 == "'" }.count
    let stem = String(name.dropLast(primes))
    let shown = stem.utf8.count == 1 ? stem : #"\operatorname{"# + stem + "}"
    return shown + String(repeating: "'", count: primes)
  }
}
