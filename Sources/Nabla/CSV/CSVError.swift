/// Why a file of comma-separated values cannot be read, with the place where it stands.
public enum CSVError: NablaError, Hashable {
  /// Where a row stands: its number among the rows of data, and its line in the file, both from 1.
  public struct Place: Hashable, Sendable {
    /// The row of data, the header not counted; 0 for the header.
    public var row: Int
    /// The line of the file on which it begins.
    public var line: Int
  }

  /// There is no byte in it.
  case empty
  /// There is a header, and not one row.
  case noRows(columns: [String])
  /// A used field holds text that is no number.
  case notANumber(String, column: String, at: Place, remedy: Remedy?)
  /// A number beyond the range of `Double`.
  case tooLarge(String, column: String, at: Place)
  /// A row has more or fewer fields than the header.
  case ragged(fields: Int, expected: Int, at: Place)
  /// A quoted field has no end.
  case openQuote(at: Place)
  /// Something stands after the closing quote of a field.
  case afterQuote(at: Place)
  /// A row is longer than allowed.
  case rowTooLong(limit: Int, at: Place)
  /// Two columns have one name.
  case repeatedColumn(String)
  /// The header is no UTF-8 text.
  case notText(at: Place)
  /// It is compressed, or a spreadsheet's archive.
  case compressed(String)
  /// The names given are more or fewer than the columns.
  case wrongNames(given: Int, columns: Int)
  /// A column is wanted at a place, counted from 0, where there is none.
  case noColumn(at: Int, columns: Int)

  /// What a text that is no number would be a number with.
  public enum Remedy: Hashable, Sendable {
    /// `CSVFormat.hasDecimalCommas`.
    case decimalCommas
    /// A format without it.
    case decimalPoints

    /// The remedy in words.
    var words: String {
      switch self {
      case .decimalCommas: "with decimal commas it is one"
      case .decimalPoints: "decimal commas were asked for"
      }
    }
  }

  /// What is wrong, in a sentence without its end mark.
  public var sentence: String {
    switch self {
    case .empty: return "it is empty"
    case .noRows(let columns):
      return "there is no row below the header \(columns.joined(separator: ", "))"
    case .notANumber(let text, let column, let place, let remedy):
      let hint = remedy.map { ": " + $0.words } ?? ""
      return "\(place.words), column \(column): ‘\(text.shortened)’ is no number\(hint)"
    case .tooLarge(let text, let column, let place):
      return
        "\(place.words), column \(column): ‘\(text.shortened)’ is beyond every number that can be computed with"
    case .ragged(let fields, let expected, let place):
      let count = fields == 1 ? "1 field" : "\(fields) fields"
      return "\(place.words) has \(count), the header \(expected)"
    case .openQuote(let place): return "\(place.words): a quoted field begins and does not end"
    case .afterQuote(let place): return "\(place.words): text stands after the quote that ends a field"
    case .rowTooLong(let limit, let place): return "\(place.words) is longer than \(limit) bytes"
    case .repeatedColumn(let name): return "two columns are called ‘\(name)’"
    case .notText(let place): return "\(place.words) is no UTF-8 text"
    case .compressed(let kind): return "it is \(kind) and no text: unpack it, or save it as CSV"
    case .wrongNames(let given, let columns):
      return
        "it has \(columns) column\(columns == 1 ? "" : "s"), and \(given) name\(given == 1 ? " is" : "s are") given"
    case .noColumn(let place, let columns):
      return "there is no column at place \(place), counted from 0, among \(columns)"
    }
  }
}

extension String {
  /// Its beginning, where it is too long for a sentence.
  fileprivate var shortened: String { count > 60 ? prefix(50) + "…" : self }
}

extension CSVError.Place {
  /// `row 5 (line 6)`
  var words: String { row == 0 ? "the header (line \(line))" : "row \(row) (line \(line))" }
}
