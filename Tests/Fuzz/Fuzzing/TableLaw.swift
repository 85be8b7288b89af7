import Nabla
import NablaBasics

/// A file of comma-separated values is the same table however its bytes arrive, and a table that is written down again
/// in another dialect reads back to the same numbers.
///
/// A text stands for bytes: a character below U+0100 for that byte, any other for its UTF-8.
public enum TableLaw {
  /// What is wrong with a file; nil where the law holds.
  public static func trouble(with text: String) -> String? {
    let bytes = bytes(of: text)
    for hasCommas in [false, true] {
      var format = CSVFormat()
      format.hasDecimalCommas = hasCommas
      format.longestRow = 4_000
      let whole = reading(bytes, format, by: bytes.count + 1)
      for size in [1, 2, 3, 7] where reading(bytes, format, by: size) != whole {
        return "in pieces of \(size): \(reading(bytes, format, by: size)); at once: \(whole)"
      }
      switch whole {
      case .refused(let error):
        if error.sentence.isEmpty { return "refused without a sentence" }
        if let line = line(of: error), line > bytes.count { return "line \(line) of \(bytes.count) bytes" }
      case .read(let names, let rows, _):
        if let trouble = rewritten(names, rows) { return trouble }
      }
    }
    return nil
  }

  /// What a reader makes of a file.
  private enum Outcome: Equatable, CustomStringConvertible {
    case read(names: [String], columns: [[UInt64]], skipped: [Table.Skip])
    case refused(CSVError)

    var description: String {
      switch self {
      case .read(let names, let columns, let skipped):
        "\(names) \(columns.map { $0.map(Double.init(bitPattern:)) }) without \(skipped.map(\.row))"
      case .refused(let error): error.sentence
      }
    }
  }

  private static func reading(_ bytes: [UInt8], _ format: CSVFormat, by size: Int) -> Outcome {
    var reader = CSVReader(format)
    do throws(CSVError) {
      var place = 0
      while place < bytes.count {
        try reader.push(Array(bytes[place..<min(bytes.count, place + size)]))
        place += size
      }
      let table = try reader.finish()
      return .read(
        names: table.names, columns: table.names.map { (table.column($0) ?? []).map(\.bitPattern) },
        skipped: table.skipped)
    } catch {
      return .refused(error)
    }
  }

  private static func line(of error: CSVError) -> Int? {
    switch error {
    case .notANumber(_, _, let place, _), .tooLarge(_, _, let place), .ragged(_, _, let place),
      .openQuote(let place), .afterQuote(let place), .rowTooLong(_, let place), .notText(let place):
      place.line
    case .empty, .noRows, .repeatedColumn, .wrongNames, .noColumn, .compressed: nil
    }
  }

  /// Writes the table without its header, with semicolons, decimal commas, quotes and CRLF, and reads that.
  private static func rewritten(_ names: [String], _ columns: [[UInt64]]) -> String? {
    guard !names.isEmpty, let rows = columns.first?.count, rows > 0 else { return nil }
    var text = ""
    for row in 0..<rows {
      let fields = columns.map { "\(Double(bitPattern: $0[row]))".replacing(".", with: ",") }
      text += fields.map { row % 2 == 0 ? $0 : quoted($0) }.joined(separator: ";") + "\r\n"
    }
    var format = CSVFormat()
    format.hasDecimalCommas = true
    format.separator = .character(";")
    format.columns = names
    let again = reading(Array(text.utf8), format, by: text.utf8.count)
    guard case .read(names, columns, []) = again else { return "written again: \(again), from \(text)" }
    return nil
  }

  private static func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

  private static func bytes(of text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { $0.value < 256 ? [UInt8($0.value)] : Array(String($0).utf8) }
  }
}

extension TableLaw {
  static let words = [
    ",", ";", "\t", "|", " ", "\"", "\"\"", "\n", "\r\n", "\r", "#", "\u{EF}\u{BB}\u{BF}", "\u{0}",
    "\u{FF}\u{FE}",
    "1e400", "-", "NaN", "NA", "x", "1,5", "1.000,5", "0x10", "+", "e", "1e", ".", "\u{C3}\u{A9}", "\u{E9}",
    "1_000",
  ]

  /// A file in some dialect, sometimes damaged.
  static func text(start: UInt64) -> String {
    var lot = Lot(start: start)
    let separator = lot.one(of: [",", ",", ";", "\t", "|", " "])
    let end = lot.one(of: ["\n", "\n", "\r\n", "\r"])
    let (columns, rows) = (1 + lot.below(4), lot.below(6))
    var text = lot.oneIn(6) ? "\u{EF}\u{BB}\u{BF}" : ""
    if lot.oneIn(5) { text += "# a comment, \"with\" signs" + end }
    if !lot.oneIn(6) {
      let names = ["t", "y", "a b", "\"a,b\"", "\"q\"\"q\"", "1st", "\u{C3}\u{A9}", "y"]
      text += (0..<columns).map { _ in lot.one(of: names) }.joined(separator: separator) + end
    }
    for _ in 0..<rows {
      if lot.oneIn(9) { text += lot.one(of: ["", " ", "#", "\t"]) + end }
      text += (0..<columns).map { _ in field(&lot, separator) }.joined(separator: separator) + end
    }
    if lot.oneIn(3) { text = String(text.dropLast()) }
    return lot.oneIn(2) ? lot.disturbed(text, with: words, changes: 1 + lot.below(3)) : text
  }

  private static func field(_ lot: inout Lot, _ separator: String) -> String {
    let digits = (0..<1 + lot.below(20)).map { _ in "\(lot.below(10))" }.joined()
    var number = lot.oneIn(2) ? digits : "\(digits.prefix(lot.below(4))).\(digits)"
    if lot.oneIn(3) { number += "e\(lot.below(660) - 330)" }
    if lot.oneIn(3) { number = "-" + number }
    if lot.oneIn(8), separator != "," { number = number.replacing(".", with: ",") }
    switch lot.below(14) {
    case 0: return "\"\(number)\""
    case 1: return " \(number) "
    case 2: return lot.one(of: ["", "NA", "nan", "-inf", "?", "null"])
    default: return number
    }
  }
}
