/// What single characters are read as.
extension Characters {
  /// How a code point outside ASCII is taken.
  enum CharacterReading {
    /// As this character, without a word.
    case character(UInt32)
    /// As this character, which it only looks like.
    case lookAlike(UInt32)
    /// Not at all: it changes how its neighbour is drawn, or stands for what is read anyway.
    case nothing
    /// Not at all, although somebody may have meant something by it.
    case invisible
    /// Not at all; it turns the order of what is displayed around.
    case reversing
  }

  static func asciiReading(of value: UInt32) -> UInt32 {
    switch value {
    case 0x09, 0x0B, 0x0C: 0x20
    case 0x0D: 0x0A
    default: value
    }
  }

  /// The letters after a backslash that programs read as control characters.
  static let escapes: [UInt32: Character] = [
    0x07: "a", 0x08: "b", 0x09: "t", 0x0A: "n", 0x0B: "v", 0x0C: "f", 0x0D: "r",
  ]

  static func reading(of scalar: Unicode.Scalar) -> CharacterReading {
    let value = scalar.value
    switch value {
    case 0x338, 0xFE00...0xFE0F: return .nothing
    case 0x202B, 0x202E, 0x2067: return .reversing
    // Function application and invisible times of MathML, between the letters of a product.
    case 0x2061, 0x2062: return .character(0x20)
    // Its comma and its plus are invisible too.
    case 0x2063: return .character(0x2C)
    case 0x2064: return .character(0x2B)
    case 0xBA, 0x2DA: return .lookAlike(0xB0)
    case 0x2C4, 0x2C6: return .lookAlike(0x5E)
    case 0x212F, 0x2147: return .lookAlike(0x65)
    case 0x2146: return .lookAlike(0x64)
    case 0x2148: return .lookAlike(0x69)
    case 0x2149: return .lookAlike(0x6A)
    default: break
    }
    if let sign = sign(value) ?? letter(value) { return .character(sign) }
    return scalar.properties.isDefaultIgnorableCodePoint ? .invisible : .character(value)
  }

  /// The sign or blank that a character is another spelling of.
  private static func sign(_ value: UInt32) -> UInt32? {
    switch value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: 0x20
    case 0x85, 0x2028, 0x2029: 0x0A
    // The brackets and the blank that a word processor puts around the parts of a formula.
    case 0x3016: 0x28
    case 0x3017: 0x29
    case 0x2592: 0x20
    case 0x2010...0x2015, 0x2212, 0x2796, 0xFE58, 0xFE63: 0x2D
    case 0x2795: 0x2B
    case 0xB7, 0xD7, 0x2022, 0x2027, 0x204E, 0x2217, 0x2219, 0x22C5, 0x22C6, 0x2715, 0x2716, 0x2A2F, 0x30FB:
      0x2A
    case 0xF7, 0x2044, 0x2215, 0x2797: 0x2F
    case 0x2254: 0x3D
    case 0x2140: 0x2211
    case 0x2018, 0x2019, 0x2032, 0x2B9, 0x2BC: 0x27
    case 0x2BA: 0x2033
    case 0x2223: 0x7C
    case 0x2A7D, 0x2266: 0x2264
    case 0x2A7E, 0x2267: 0x2265
    case 0x1D6DB, 0x1D715, 0x1D74F, 0x1D789, 0x1D7C3: 0x2202
    case 0xFF01...0xFF5E: value - 0xFEE0
    default: nil
    }
  }

  /// The plain letter or digit that a character is another shape of.
  private static func letter(_ value: UInt32) -> UInt32? {
    switch value {
    case 0xB5: 0x3BC
    case 0x2206: 0x394
    case 0x2126, 0x2127: 0x3A9
    case 0x213C: 0x3C0
    case 0x213D: 0x3B3
    case 0x213E: 0x393
    case 0x213F: 0x3A0
    case 0x3C2: 0x3C3
    case 0x3F0: 0x3BA
    case 0x3D1: 0x3B8
    case 0x3D5: 0x3C6
    case 0x3D6: 0x3C0
    case 0x3F1: 0x3C1
    case 0x3F4: 0x398
    case 0x3F5: 0x3B5
    case 0x212A: 0x4B
    case 0x212B: 0xC5
    case 0x2102...0x2134: scripts[value]
    case 0x1D400...0x1D6A3: latin((value - 0x1D400) % 52)
    case 0x1D6A4: 0x69
    case 0x1D6A5: 0x6A
    case 0x1D6A8...0x1D7C9: greek((value - 0x1D6A8) % 58)
    case 0x1D7CE...0x1D7FF: 0x30 + (value - 0x1D7CE) % 10
    default: nil
    }
  }

  private static func latin(_ place: UInt32) -> UInt32 { place < 26 ? 0x41 + place : 0x61 + place - 26 }

  /// The letter at a place of a Greek alphabet of mathematics: capitals, nabla, small letters, variants.
  private static func greek(_ place: UInt32) -> UInt32? {
    switch place {
    case 17: 0x398
    case 0...24: 0x391 + place
    case 26...50: place == 43 ? 0x3C3 : 0x3B1 + place - 26
    case 52: 0x3B5
    case 53: 0x3B8
    case 54: 0x3BA
    case 55: 0x3C6
    case 56: 0x3C1
    case 57: 0x3C0
    default: nil
    }
  }

  /// Letters that the alphabets of mathematics took from elsewhere: ℎ, ℬ, ℝ.
  private static let scripts: [UInt32: UInt32] = {
    let shapes: [(UInt32, Unicode.Scalar)] = [
      (0x2102, "C"), (0x210A, "g"), (0x210B, "H"), (0x210C, "H"), (0x210D, "H"), (0x210E, "h"), (0x2110, "I"),
      (0x2111, "I"), (0x2112, "L"), (0x2115, "N"), (0x2119, "P"), (0x211A, "Q"), (0x211B, "R"), (0x211C, "R"),
      (0x211D, "R"), (0x2124, "Z"), (0x2128, "Z"), (0x212C, "B"), (0x212D, "C"), (0x2130, "E"), (0x2131, "F"),
      (0x2133, "M"), (0x2134, "o"),
    ]
    return Dictionary(uniqueKeysWithValues: shapes.map { ($0.0, $0.1.value) })
  }()

  /// The letters of two or three that are printed as one: ﬂ.
  static func ligature(_ value: UInt32) -> String? {
    switch value {
    case 0xFB00: "ff"
    case 0xFB01: "fi"
    case 0xFB02: "fl"
    case 0xFB03: "ffi"
    case 0xFB04: "ffl"
    case 0xFB05, 0xFB06: "st"
    default: nil
    }
  }

  // MARK: Letters that look Latin

  static func isCyrillic(_ value: UInt32) -> Bool { (0x400...0x52F).contains(value) }

  /// The Latin letters that Cyrillic letters and the Greek omicron look like.
  static let twins: [UInt32: UInt32] = {
    let typed = "аеорсухѕіјһԁԛԝАВЕКМНОРСТУХЅІЈο"
    let latin = "aeopcyxsijhdqwABEKMHOPCTYXSIJo"
    return Dictionary(
      uniqueKeysWithValues: zip(typed.unicodeScalars, latin.unicodeScalars).map { ($0.value, $1.value) })
  }()

  /// The Latin letters that Greek capitals look like; these stay Greek.
  static let greekCapitals: [UInt32: String] = {
    let greek = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
    let latin = "ABEZHIKMNOPTYX"
    return Dictionary(uniqueKeysWithValues: zip(greek.unicodeScalars, latin).map { ($0.value, String($1)) })
  }()

  // MARK: Quotation marks

  /// Whether a character is a quotation mark and nothing else: a single one is a prime as well.
  static func isQuotationMark(_ value: UInt32) -> Bool {
    switch value {
    case 0x22, 0x60, 0xAB, 0xBB, 0x201A, 0x201C...0x201F, 0x2039, 0x203A: true
    default: false
    }
  }

  /// The marks that may close what a mark opens.
  static func closing(_ mark: UInt32) -> [UInt32] {
    switch mark {
    case 0x201C, 0x201D, 0x201F: [0x201D]
    case 0x201E: [0x201C, 0x201D]
    case 0x201A, 0x60: [0x27, 0x60]
    case 0xAB: [0xBB]
    case 0xBB: [0xAB]
    case 0x2039: [0x203A]
    case 0x203A: [0x2039]
    default: [mark]
    }
  }

  // MARK: Names of characters

  /// ‘х’ (U+0445)
  static func described(_ value: UInt32) -> String {
    let letter = Unicode.Scalar(value).map { String(Character($0)) } ?? "?"
    return "‘\(letter)’ (\(code(value)))"
  }

  /// `U+200B`
  static func code(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
