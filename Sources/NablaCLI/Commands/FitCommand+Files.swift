import Nabla
import NablaBasics
import NablaDescent

// The files beside a fit: its residuals, and predictions for the rows of another table.
extension FitCommand {
  func writeResiduals(_ fit: Fit, to path: String) throws(Failure) {
    guard fit.model.response != nil else {
      throw .formula("a loss has no residuals: --residuals needs a model")
    }
    let head = ["row"] + fit.rowColumns.map(CSVText.field) + ["fitted", "residual"]
    do throws(System.Failure) {
      try System.replace(path) { write throws(System.Failure) in
        var text = head.joined(separator: ",") + "\n"
        do {
          try fit.forEachRow { row in
            let numbers = row.columns + [row.fitted, row.residual]
            text += "\(row.number)," + numbers.map { CSVText.number($0) }.joined(separator: ",") + "\n"
            if text.utf8.count > 1 << 20 {
              try write(Array(text.utf8))
              text = ""
            }
          }
        } catch let failure as System.Failure {
          throw failure
        } catch {
          throw .refused("the residuals cannot be computed")
        }
        try write(Array(text.utf8))
      }
    } catch {
      throw .formula("\(invocation.glyphs.quoted(path)) cannot be written: \(error.sentence)")
    }
  }

  /// What the model says for the rows of `--predict`.
  func predictions(of fit: Fit) throws(Failure) -> FitPredictions? {
    guard let given = invocation.arguments.value(.predict) else { return nil }
    guard fit.model.response != nil else {
      throw .formula("a loss predicts nothing: --predict needs a model")
    }
    let wanted = fit.predictors
    let reader = DataReader(invocation: invocation, path: given.text)
    let table = try reader.read { header, _ throws(Failure) in
      var places: [Int] = []
      for name in wanted {
        guard let place = header.firstIndex(of: name) else {
          throw .formula(
            "\(reader.name) has no column \(invocation.glyphs.quoted(name)); it has \(header.joined(separator: ", "))"
          )
        }
        places.append(place)
      }
      return places
    }
    do throws(FitError) {
      return FitPredictions(
        table: table, names: wanted, predictions: try fit.predictions(for: table))
    } catch { throw Failure(error) }
  }

  func tell(_ predictions: FitPredictions, of fit: Fit) throws(Failure) {
    let text = predictions.csv
    if try invocation.writeToFile(text) || invocation.isJSON { return }
    invocation.console.answer()
    for line in text.split(separator: "\n") { invocation.console.answer(String(line)) }
  }
}
