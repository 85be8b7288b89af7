import Nabla
import NablaBasics

/// Predictions with the columns they were made from.
struct FitPredictions {
  let table: Table
  let names: [String]
  let predictions: [Fit.Prediction]

  /// The rows as CSV: the predictors, the prediction, its standard error, the ends of the interval.
  var csv: String {
    let columns = names.map { table.column($0) ?? [] }
    let head = names.map(CSVText.field) + ["prediction", "standard_error", "lower", "upper"]
    var text = head.joined(separator: ",") + "\n"
    for (row, prediction) in predictions.enumerated() {
      let numbers =
        columns.map { $0[row] }
        + [prediction.value, prediction.standardError, prediction.lower, prediction.upper]
      text += numbers.map { CSVText.number($0) }.joined(separator: ",") + "\n"
    }
    return text
  }
}

/// Fields of CSV as they are written (RFC 4180).
enum CSVText {
  /// A text, in quotes where it needs them.
  static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// A number so that it reads back; what is not finite is an empty field.
  static func number(_ value: Double) -> String { value.isFinite ? NumberText.shortest(value) : "" }
}
