/// How many cells of a terminal a text takes.
///
///     DisplayWidth.of("x²")     // 2
///     DisplayWidth.of("e\u{301}")  // 1, a combining accent takes none
///     DisplayWidth.of("关")      // 2
public enum DisplayWidth {
  /// The cells of a whole text.
  public static func of(_ text: some StringProtocol) -> Int {
    // Putting scalars together to characters takes tables; most text has nothing to put together.
    var count = 0
    for scalar in text.unicodeScalars {
      guard isPlain(scalar.value) else { return text.reduce(0) { $0 + of($1) } }
      count += 1
    }
    return count
  }

  /// The cells of one character as a person sees it: that of its widest scalar.
  public static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
    return character.unicodeScalars.reduce(0) { max($0, of($1)) }
  }

  /// Whether it takes one cell and joins no neighbour: letters of ASCII, Latin-1 and Greek, raised and lowered
  /// characters, fractions, operators, angle brackets.
  package static func isPlain(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20...0x7E, 0xB0...0xFF, 0x391...0x3A1, 0x3A3...0x3A9, 0x3B1...0x3C9, 0x2032...0x2034,
      0x2070...0x2071, 0x2074...0x209C, 0x2150...0x215E, 0x2200...0x22FF, 0x27E8...0x27E9:
      true
    default: false
    }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    default: isWide(scalar.value) ? 2 : 1
    }
  }

  /// Whether it is of a block that East Asian Width (Unicode Standard Annex 11) calls wide or full-width, or an emoji.
  private static func isWide(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
