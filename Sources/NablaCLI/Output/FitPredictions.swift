import Nabla
import NablaBasics

/// Predictions with the columns they were made from, row for row of the data given.
struct FitPredictions {
  let names: [String]
  /// The predictors and the prediction of each row; nil for rows that hold no numbers.
  let rows: [(values: [Double], prediction: Fit.Prediction)?]
  let skipped: [Table.Skip]
  let skippedCount: Int

  init(table: Table, names: [String], predictions: [Fit.Prediction]) {
    self.names = names
    let columns = names.map { table.column($0) ?? [] }
    (skipped, skippedCount) = (table.skipped, table.skippedCount)
    var rows: [(values: [Double], prediction: Fit.Prediction)?] = []
    for (row, prediction) in predictions.enumerated() {
      while rows.count + 1 < table.number(ofRow: row) { rows.append(nil) }
      rows.append((columns.map { $0[row] }, prediction))
    }
    while rows.count < table.rowCount + table.skippedCount { rows.append(nil) }
    self.rows = rows
  }

  /// The rows as CSV: the predictors, the prediction, its standard error, the ends of the interval; nothing but commas
  /// for a row without numbers, so that rows stay where they are.
  var csv: String {
    let head = names.map(CSVText.field) + ["prediction", "standard_error", "lower", "upper"]
    var text = head.joined(separator: ",") + "\n"
    for row in rows {
      let numbers = row.map { values, prediction in
        values + [prediction.value, prediction.standardError, prediction.lower, prediction.upper]
      }
      let fields = (numbers ?? head.map { _ in .nan }).map { CSVText.number($0) }
      text += fields.joined(separator: ",") + "\n"
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
