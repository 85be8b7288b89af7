/// What kind of character a code point is.
enum CharacterClass {
  static func isDigit(_ value: UInt32) -> Bool { value &- 0x30 < 10 }

  /// Letters of any script; combining marks, superscripts and subscripts are none.
  static func isLetter(_ value: UInt32) -> Bool {
    if value < 0x80 { return (value | 0x20) &- 0x61 < 26 }
    if superscript(value) != nil || subscripted(value) != nil { return false }
    if value == 0x3A3 || vulgar(value) != nil { return false }
    guard let scalar = Unicode.Scalar(value) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: return true
    // The long-vowel and iteration marks of Japanese words; other modifiers are look-alikes of signs.
    case .modifierLetter: return value >= 0x3000
    default: return false
    }
  }

  static func isCapital(_ value: UInt32) -> Bool {
    if value < 0x80 { return value &- 0x41 < 26 }
    return Unicode.Scalar(value)?.properties.isUppercase ?? false
  }

  /// The plain character that a superscript raises.
  static func superscript(_ value: UInt32) -> UInt32? {
    switch value {
    case 0xB2, 0xB3: value - 0x80
    case 0xB9: 0x31
    case 0x2070: 0x30
    case 0x2074...0x2079: value - 0x2074 + 0x34
    case 0x207A: 0x2B
    case 0x207B: 0x2D
    case 0x207D: 0x28
    case 0x207E: 0x29
    case 0x1D43: 0x61
    case 0x1D47: 0x62
    case 0x1D9C: 0x63
    case 0x1D48: 0x64
    case 0x1D49: 0x65
    case 0x1DA0: 0x66
    case 0x1D4D: 0x67
    case 0x2B0: 0x68
    case 0x2071: 0x69
    case 0x2B2: 0x6A
    case 0x1D4F: 0x6B
    case 0x2E1: 0x6C
    case 0x1D50: 0x6D
    case 0x207F: 0x6E
    case 0x1D52: 0x6F
    case 0x1D56: 0x70
    case 0x2B3: 0x72
    case 0x2E2: 0x73
    case 0x1D57: 0x74
    case 0x1D58: 0x75
    case 0x1D5B: 0x76
    case 0x2B7: 0x77
    case 0x2E3: 0x78
    case 0x2B8: 0x79
    case 0x1DBB: 0x7A
    default: nil
    }
  }

  /// The plain character that a subscript lowers.
  static func subscripted(_ value: UInt32) -> UInt32? {
    switch value {
    case 0x2080...0x2089: value - 0x2080 + 0x30
    case 0x208A: 0x2B
    case 0x208B: 0x2D
    case 0x208C: 0x3D
    case 0x2090: 0x61
    case 0x2091: 0x65
    case 0x2092: 0x6F
    case 0x2093: 0x78
    case 0x2095: 0x68
    case 0x2096: 0x6B
    case 0x2097: 0x6C
    case 0x2098: 0x6D
    case 0x2099: 0x6E
    case 0x209A: 0x70
    case 0x209B: 0x73
    case 0x209C: 0x74
    case 0x1D62: 0x69
    case 0x1D63: 0x72
    case 0x1D64: 0x75
    case 0x1D65: 0x76
    case 0x2C7C: 0x6A
    default: nil
    }
  }

  /// The fraction that one character stands for.
  static func vulgar(_ value: UInt32) -> (Int, Int)? {
    switch value {
    case 0xBC: (1, 4)
    case 0xBD: (1, 2)
    case 0xBE: (3, 4)
    case 0x2150: (1, 7)
    case 0x2151: (1, 9)
    case 0x2152: (1, 10)
    case 0x2153: (1, 3)
    case 0x2154: (2, 3)
    case 0x2155: (1, 5)
    case 0x2156: (2, 5)
    case 0x2157: (3, 5)
    case 0x2158: (4, 5)
    case 0x2159: (1, 6)
    case 0x215A: (5, 6)
    case 0x215B: (1, 8)
    case 0x215C: (3, 8)
    case 0x215D: (5, 8)
    case 0x215E: (7, 8)
    default: nil
    }
  }
}
