extension Format {
  /// One line of Unicode as in a textbook: `3x² + 8xy − ½√(x₁ + 1)`.
  package static let unicode = Format(
    name: "unicode",
    minus: "−",
    times: "·",
    fraction: .inline("/"),
    powersOfTen: .readable,
    exponent: .inline("^"),
    raised: Glyphs.raised,
    lowered: Glyphs.lowered,
    spell: { name in
      let stem = Glyphs.shown(name.stem)
      let isLetter = stem.unicodeScalars.count == 1
      guard let first = name.subscripts.first else { return Spelling(stem, isLetter ? .letter : .word) }
      let isGreek = Glyphs.greek(first) != nil
      if name.subscripts.count == 1, isLetter, !isGreek, let lowered = Glyphs.lowered(first) {
        return Spelling(stem + lowered, .subscripted)
      }
      let lowered = name.subscripts.map { Glyphs.subscripted(Glyphs.greek($0) ?? $0) }
      return Spelling(stem + lowered.joined(), .word)
    },
    pi: Spelling("π", .letter),
    smallFraction: Glyphs.fraction,
    root: { index in
      switch index {
      case 2: Root(open: "√")
      case 3: Root(open: "∛")
      default: nil
      }
    },
    functionName: { name in
      if name == "psi" { return "ψ" }
      if name.hasPrefix(Form.partialBesideD) { return "∂/∂" + name.dropFirst(Form.partialBesideD.count) }
      return Form.logarithmBase(name).flatMap(Glyphs.lowered).map { "log" + $0 } ?? name
    },
    raisesFunctionNames: true,
    enclosure: { enclosure in
      switch enclosure {
      case .absolute: ("|", "|")
      case .floor: ("⌊", "⌋")
      case .ceiling: ("⌈", "⌉")
      }
    },
    relation: { relation in
      switch relation {
      case .less: "<"
      case .lessOrEqual: "≤"
      case .greater: ">"
      case .greaterOrEqual: "≥"
      case .equal: "="
      case .notEqual: "≠"
      }
    },
    fold: { $0 == .sum ? "Σ" : "∏" },
    conditions: .braces,
    vector: ("⟨", "⟩"),
    marks: ("∂", "′", "∇"),
    ellipsis: "…")
}
