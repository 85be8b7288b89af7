/// The characters of a text as a person reads them: invisible ones are gone, look-alikes are one character.
///
/// Every minus is `-`, every multiplication sign `*`, every space a space; full-width and mathematical
/// letters are plain letters. Each character remembers where it stands in the source. Superscripts,
/// subscripts and fractions such as `½` stay what they are.
struct Characters: Sendable {
  /// The code points after reading.
  private(set) var scalars: [UInt32] = []
  /// Where each of them begins in the source, in UTF-8 bytes.
  private var starts: [Int32] = []
  /// Where each of them ends.
  private var ends: [Int32] = []
  /// The length of the source.
  private let length: Int

  init(_ source: SourceText) {
    length = source.count
    scalars.reserveCapacity(length)
    starts.reserveCapacity(length)
    ends.reserveCapacity(length)
    var offset: Int32 = 0
    for scalar in source.text.unicodeScalars {
      let end = offset + Int32(UTF8.width(scalar))
      if (0x300...0x36F).contains(scalar.value), let composed = composed(with: scalar) {
        scalars[scalars.count - 1] = composed
        ends[ends.count - 1] = end
      } else if let read = Self.reading(of: scalar.value) {
        scalars.append(read)
        starts.append(offset)
        ends.append(end)
      } else if scalar.value == 0x338, let last = scalars.last, last == 0x3D {
        scalars[scalars.count - 1] = 0x2260
        ends[ends.count - 1] = end
      }
      offset = end
    }
  }

  /// The one character for the last letter and a mark that stands on it; nil where there is none.
  private func composed(with mark: Unicode.Scalar) -> UInt32? {
    guard let last = scalars.last, let letter = Unicode.Scalar(last), CharacterClass.isLetter(last) else {
      return nil
    }
    return Self.accented[Character(String(String.UnicodeScalarView([letter, mark])))]
  }

  /// Latin and Greek letters with marks, found by what they look like, however they are spelled.
  private static let accented: [Character: UInt32] = {
    var accented: [Character: UInt32] = [:]
    for value in Array(0xC0...0x24F) + Array(0x386...0x3CE) + Array(0x1E00...0x1EFF) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      accented[Character(scalar)] = scalar.value
    }
    return accented
  }()

  var count: Int { scalars.count }

  /// The code point at a place; 0 past the end.
  func at(_ place: Int) -> UInt32 { place < scalars.count ? scalars[place] : 0 }

  /// The source bytes of the characters from `start` up to `end`.
  func span(_ start: Int, _ end: Int) -> Span {
    let first = start < starts.count ? Int(starts[start]) : length
    return Span(first, end > start ? Int(ends[end - 1]) : first)
  }

  /// The read characters from `start` up to `end`.
  func text(_ start: Int, _ end: Int) -> String {
    var text = String.UnicodeScalarView()
    for value in scalars[start..<end] { text.append(Unicode.Scalar(value) ?? "?") }
    return String(text)
  }

  /// What a code point is read as; nil where it is invisible.
  private static func reading(of value: UInt32) -> UInt32? {
    if value < 0x80 { return asciiReading(of: value) }
    switch value {
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF:
      return nil
    case 0x338: return nil
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return 0x20
    case 0x85, 0x2028, 0x2029: return 0x0A
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: return 0x2D
    case 0xB7, 0xD7, 0x2022, 0x2217, 0x2219, 0x22C5, 0x2715, 0x2A2F: return 0x2A
    case 0xF7, 0x2044, 0x2215: return 0x2F
    case 0x2018, 0x2019, 0x2032: return 0x27
    case 0xFF01...0xFF5E: return value - 0xFEE0
    case 0xB5: return 0x3BC
    case 0x3C2: return 0x3C3
    case 0x3D1: return 0x3B8
    case 0x3D5: return 0x3C6
    case 0x3F1: return 0x3C1
    case 0x3F5: return 0x3B5
    case 0x2126: return 0x3A9
    case 0x210E: return 0x68
    case 0x2A7D: return 0x2264
    case 0x2A7E: return 0x2265
    case 0x1D400...0x1D6A3:
      let letter = (value - 0x1D400) % 52
      return letter < 26 ? 0x41 + letter : 0x61 + letter - 26
    case 0x1D6A8...0x1D7C9:
      let letter = (value - 0x1D6A8) % 58
      return letter < 25 ? 0x391 + letter : (26...50).contains(letter) ? 0x3B1 + letter - 26 : value
    case 0x1D7CE...0x1D7FF: return 0x30 + (value - 0x1D7CE) % 10
    default: return value
    }
  }

  private static func asciiReading(of value: UInt32) -> UInt32 {
    switch value {
    case 0x09, 0x0B, 0x0C: 0x20
    case 0x0D: 0x0A
    default: value
    }
  }
}

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
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter: return true
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
