import NablaBasics
import NablaNotation

/// Why a model cannot be fitted.
public enum FitError: Error, Hashable, Sendable {
  /// The text of the model, of the weights or of a value has no reading.
  case reading(ReadingError)
  /// The model has no left side, and is no loss either.
  case noLeftSide(suggestion: String)
  /// The left side, or the weights, hold a name that is no column.
  case notAColumn(String, where: String, columns: [String])
  /// Every name is a column.
  case noParameters(columns: [String])
  /// Nothing on the right side is a column, so that no data tell its parameters apart.
  case noColumn(parameters: [String], columns: [String])
  /// A start, a bound or a fixed value is given to a name that is no parameter.
  case notAParameter(String, parameters: [String])
  /// Every parameter is held fast.
  case nothingToFit
  /// Fewer rows than parameters.
  case tooFewRows(rows: Int, parameters: Int)
  /// No row can be used.
  case noUsableRows(skipped: Int, reason: String)
  /// Numbers on the left side that the loss cannot take.
  case badResponse(loss: String, wants: String, value: Double, row: Int)
  /// Weights that are negative, or errors that are not positive.
  case badWeights(String, value: Double, row: Int)
  /// The squares of the left side are too large for a number, or too small to be told from 0.
  case squaresOutOfRange(row: Int, isLarge: Bool)
  /// A column is spelt as in the header, which is no name.
  case columnIsWritten(String, name: String)
  /// The model has no value in a row, whatever its parameters are.
  case noValue(row: Int, reason: String)
  /// The model has no value at the start.
  case noValueAtStart(row: Int, start: [String: Double])
  /// No start was found at which the model has a value.
  case noStart
  /// The model is too large to be differentiated.
  case overrun(Budget.Overrun)

  /// What is wrong and what to do, in a sentence.
  public var sentence: String {
    switch self {
    case .reading(let error): return error.diagnostics.first?.message ?? "it cannot be read"
    case .noLeftSide(let suggestion):
      return "the model does not say which column it explains: \(suggestion)"
    case .notAColumn(let name, let place, let columns):
      return "‘\(name)’ \(place) is no column; the columns are \(columns.joined(separator: ", "))"
    case .noParameters(let columns):
      return
        "the model has no parameters: every name in it is one of the columns \(columns.joined(separator: ", "))"
    case .noColumn(let parameters, let columns):
      return
        "no name on the right side is a column: \(parameters.joined(separator: ", ")) are parameters, and the columns are \(columns.joined(separator: ", "))"
    case .notAParameter(let name, let parameters):
      return "the model has no parameter ‘\(name)’; it has \(parameters.joined(separator: ", "))"
    case .nothingToFit: return "every parameter is fixed: nothing is left to fit"
    case .tooFewRows(let rows, let parameters):
      return "\(rows == 1 ? "1 row" : "\(rows) rows") cannot determine \(parameters) parameters"
    case .noUsableRows(let skipped, let reason):
      return "not one row can be used: all \(skipped) were skipped, the first because \(reason)"
    case .badResponse(let loss, let wants, let value, let row):
      return
        "the \(loss) loss wants \(wants) on the left side; in row \(row) it is \(NumberText.significant(value))"
    case .badWeights(let what, let value, let row):
      return "\(what); in row \(row) it is \(NumberText.significant(value))"
    case .squaresOutOfRange(let row, let isLarge):
      return isLarge
        ? "the left side is so large in row \(row) that its square is beyond every number: give it in larger units"
        : "the left side is so small, at most in row \(row), that its squares are 0: give it in smaller units"
    case .columnIsWritten(let header, let name):
      return "the column ‘\(header)’ is written \(name) in a model"
    case .noValue(let row, let reason): return "the model has no value in row \(row): \(reason)"
    case .noValueAtStart(let row, let start):
      let point = start.sorted { $0.key < $1.key }.map { "\($0.key) = \(NumberText.significant($0.value))" }
      return "at the start \(point.joined(separator: ", ")) the model has no finite value in row \(row)"
    case .noStart:
      return "the model has no finite value at any of the starts that were tried: give it one"
    case .overrun(.cancelled): return "interrupted"
    case .overrun: return "the model is too large to be differentiated"
    }
  }
}
