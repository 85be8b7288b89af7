extension String {
  /// Whether it holds decimal digits and nothing else; an empty text holds nothing else.
  package var isAllDigits: Bool {
    var text = self
    return text.withUTF8 { bytes in bytes.allSatisfy(\.isDigit) }
  }
}
