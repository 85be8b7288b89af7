/// How a file of comma-separated values is written down.
///
///     var format = CSVFormat()
///     format.separator = .character(";")
///     format.hasDecimalCommas = true
///
/// Quoted fields, line ends and doubled quotes follow RFC 4180 everywhere. Lines that begin with `#` and empty lines
/// are no rows.
public struct CSVFormat: Hashable, Sendable {
  /// What stands between two fields.
  public enum Separator: Hashable, Sendable {
    /// One ASCII character, such as a comma, a semicolon or a tab.
    case character(Character)
    /// Any run of spaces and tabs.
    case blanks

    /// The byte looked for; a space for `blanks`.
    var byte: UInt8 {
      switch self {
      case .character(let character): character.asciiValue ?? UInt8(ascii: ",")
      case .blanks: UInt8(ascii: " ")
      }
    }
  }

  /// What stands between two fields; nil: seen from the first line (a tab, else `;`, `,`, `|`, else blanks).
  public var separator: Separator?
  /// Whether `3,5` is a number.
  public var hasDecimalCommas = false
  /// The names of the columns of a file without a header; nil: the first row names them.
  public var columns: [String]?
  /// The longest row, in bytes.
  public var longestRow = 64_000_000

  /// The separator seen from the first line, decimal points, a header.
  public init() {}

  /// The separator of a line, by what occurs in it outside quotes.
  func separator(of line: some Collection<UInt8>) -> Separator {
    if let separator { return separator }
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { found.insert(byte) }
    }
    for candidate in "\t;,|".utf8 where found.contains(candidate) {
      if candidate == UInt8(ascii: ","), hasDecimalCommas { continue }
      return .character(Character(Unicode.Scalar(candidate)))
    }
    if found.contains(UInt8(ascii: " ")) { return .blanks }
    return .character(hasDecimalCommas ? ";" : ",")
  }
}
