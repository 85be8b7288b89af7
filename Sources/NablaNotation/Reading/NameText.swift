import NablaBasics

/// A canonical name as a book prints it.
///
///     NameText.shown("lambda_12")   // "λ₁₂"
///     NameText.shown("x_max")       // "x_max"
enum NameText {
  static func shown(_ name: String) -> String {
    var parts = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2 else { return letter(parts[0]) + "_" + parts.dropFirst().joined(separator: "_") }
    parts[0] = letter(parts[0])
    guard parts.count == 2 else { return parts[0] }
    return !parts[1].isEmpty && parts[1].utf8.allSatisfy(\.isDigit)
      ? parts[0] + lowered(parts[1]) : parts[0] + "_" + letter(parts[1])
  }

  /// Digits as subscripts.
  static func lowered(_ digits: String) -> String { moved(digits, to: 0x2080) }

  /// A small exponent, raised; nil where there is no character for it.
  static func raised(_ exponent: String) -> String? {
    var text = ""
    for byte in exponent.utf8 {
      switch byte {
      case 0x2D: text += "⁻"
      case 0x31: text += "¹"
      case 0x32: text += "²"
      case 0x33: text += "³"
      case 0x30, 0x34...0x39: text.unicodeScalars.append(Unicode.Scalar(0x2070 + UInt32(byte) - 48) ?? "?")
      default: return nil
      }
    }
    return text
  }

  private static func moved(_ digits: String, to zero: UInt32) -> String {
    var text = ""
    for byte in digits.utf8 { text.unicodeScalars.append(Unicode.Scalar(zero + UInt32(byte) - 48) ?? "?") }
    return text
  }

  /// The Greek letter of that name, or the name.
  private static func letter(_ name: String) -> String {
    if name.utf8.count < 2 { return name }
    if let difference = Greek.difference(name) { return "Δ" + letter(String(difference)) }
    return letters[name] ?? name
  }

  private static let letters: NameTable<String> = {
    var letters: NameTable<String> = [:]
    for value in Array(0x391...0x3A9) + Array(0x3B1...0x3C9) where value != 0x3C2 && value != 0x3A2 {
      guard let name = Greek.name(of: UInt32(value)), let scalar = Unicode.Scalar(UInt32(value)) else {
        continue
      }
      letters[name] = String(Character(scalar))
    }
    return letters
  }()
}
