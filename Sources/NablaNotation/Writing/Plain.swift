extension Format {
  /// ASCII as it can be typed: `3x^2 + 8x*y`... with signs only where they are needed.
  package static let plain = Format(
    name: "plain",
    minus: "-",
    times: "*",
    fraction: .inline("/"),
    exponent: .inline("^"),
    spell: { name in
      if name.subscripts.isEmpty { return Spelling(name.stem, name.stem.utf8.count == 1 ? .letter : .word) }
      return Spelling(name.stem + name.subscripts.map(Glyphs.subscripted).joined(), .word)
    },
    pi: Spelling("pi", .word),
    root: { _ in nil },
    functionName: { name in
      if name.hasPrefix("∂/∂") { return "d/d" + name.dropFirst(3) }
      guard let base = Form.logarithmBase(name), base != "2", base != "10" else { return name }
      return "log_" + base
    },
    raisesFunctionNames: false,
    enclosure: { $0 == .absolute ? ("|", "|") : nil },
    relation: { relation in
      switch relation {
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      case .equal: "="
      case .notEqual: "!="
      }
    },
    fold: { _ in nil },
    conditions: .calls,
    vector: ("<", ">"),
    marks: ("d", "'", "grad "),
    ellipsis: "...")
}
