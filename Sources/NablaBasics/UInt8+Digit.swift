extension UInt8 {
  /// Whether it is the code of a decimal digit in UTF-8.
  package var isDigit: Bool { self &- 48 < 10 }
}
