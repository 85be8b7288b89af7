extension Format {
  /// MathML Core, the markup of formulas in web pages: `<msup><mi>x</mi><mn>2</mn></msup>`.
  ///
  ///     form.text(.mathML)   // what stands inside <math> … </math>
  package static let mathML = Format(
    name: "mathml",
    minus: "−",
    times: "·",
    fraction: .framed("<mfrac><mrow>", "</mrow><mrow>", "</mrow></mfrac>"),
    raisedFraction: .inline("/"),
    splitsFractions: true,
    powersOfTen: .all,
    exponent: .framed("<msup><mrow>", "</mrow><mrow>", "</mrow></msup>"),
    spell: MathMLNames.spelling,
    eulersNumber: Spelling("<mi>e</mi>", .letter),
    pi: Spelling("<mi>π</mi>", .letter),
    root: { index in
      index == 2
        ? Root(open: "<msqrt>", close: "</msqrt>")
        : Root(open: "<mroot><mrow>", close: "</mrow><mn>\(index)</mn></mroot>")
    },
    functionName: { $0 },
    raisesFunctionNames: true,
    enclosure: Format.unicode.enclosure,
    relation: Format.unicode.relation,
    fold: { $0 == .sum ? "∑" : "∏" },
    bounds: ("<munderover>", "<mrow>", "</mrow><mrow>", "</mrow></munderover>"),
    lowering: ("<msub>", "<mrow>", "</mrow></msub>"),
    conditions: .rows(
      open: "<mrow><mo>{</mo><mtable><mtr><mtd>", between: "</mtd><mtd><mtext>if\u{00A0}</mtext>",
      next: "</mtd></mtr><mtr><mtd>", otherwise: "</mtd><mtd><mtext>otherwise</mtext>",
      close: "</mtd></mtr></mtable></mrow>"),
    words: ("¬", "∧", "∨"),
    vector: ("⟨", "⟩"),
    marks: ("<mo form=\"prefix\">∂</mo>", "<mo>′</mo>", "<mo form=\"prefix\">∇</mo>"),
    primes: { name, order in
      if order == 0 { return name }
      let mark =
        order > 3
        ? "<mrow><mo>(</mo><mn>\(order)</mn><mo>)</mo></mrow>"
        : "<mo>\(String(repeating: "′", count: order))</mo>"
      return "<msup>\(name)\(mark)</msup>"
    },
    ellipsis: "…",
    besides: "<mo>\u{2062}</mo>",
    apart: "<mo>\u{2062}</mo>\(MathMLNames.thinSpace)",
    applies: ("<mo>\u{2061}</mo>", "<mo>\u{2061}</mo>\(MathMLNames.thinSpace)"),
    wrap: MathMLNames.marked)
}

/// How MathML marks up names and signs.
private enum MathMLNames {
  /// A sixth of the letter M, as books set it around the names of functions; browsers set none.
  static let thinSpace = "<mspace width=\"0.167em\"/>"

  static func spelling(_ name: Name) -> Format.Spelling {
    let stem = Glyphs.shown(name.stem)
    let isLetter = stem.unicodeScalars.count == 1
    guard let first = name.subscripts.first else {
      return .init(identifier(stem), isLetter ? .letter : .word)
    }
    let lowered = name.subscripts.map {
      $0.utf8.allSatisfy(\.isDigit) ? "<mn>\($0)</mn>" : identifier(Glyphs.greek($0) ?? $0)
    }
    let below =
      lowered.count == 1 ? lowered[0] : "<mrow>" + lowered.joined(separator: "<mo>,</mo>") + "</mrow>"
    let isOne = isLetter && lowered.count == 1
    return .init(
      "<msub>\(identifier(stem))\(below)</msub>", isOne ? .subscripted : .word,
      endsInDigit: first.utf8.last?.isDigit ?? false)
  }

  static func identifier(_ text: String) -> String { "<mi>" + escaped(text) + "</mi>" }

  /// Text with what markup would take for its own replaced.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      default: result.append(character)
      }
    }
    return result
  }

  static func marked(_ spaced: String, _ token: Format.Token) -> String {
    var text = spaced[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return marked(String(text), as: token)
  }

  private static func marked(_ text: String, as token: Format.Token) -> String {
    switch token {
    case .name: return text
    case .number: return "<mn>\(text)</mn>"
    case .function: return function(text)
    case .sign: return "<mo>\(escaped(text))</mo>"
    case .prefix: return "<mo form=\"prefix\">\(text)</mo>"
    case .open: return "<mrow><mo form=\"prefix\" fence=\"true\">\(escaped(text))</mo>"
    case .close: return "<mo form=\"postfix\" fence=\"true\">\(escaped(text))</mo></mrow>"
    case .separator: return text == "…" ? "<mo>…</mo>" : "<mo separator=\"true\">\(text)</mo>"
    }
  }

  /// `<mi>sin</mi>`, `<msub><mi>log</mi><mn>2</mn></msub>`, `<mi mathvariant="normal">Γ</mi>`.
  private static func function(_ name: String) -> String {
    if let base = Form.logarithmBase(name) { return "<msub><mi>log</mi><mn>\(base)</mn></msub>" }
    if name == "psi" { return "<mi>ψ</mi>" }
    if name == "gamma" || name == "Gamma" { return "<mi mathvariant=\"normal\">Γ</mi>" }
    return identifier(name)
  }
}
