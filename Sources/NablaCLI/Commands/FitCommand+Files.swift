import Nabla
import NablaBasics
import NablaDescent

// The files beside a fit: its residuals, and predictions for the rows of another table.
extension FitCommand {
  /// The residuals into a file; - is standard output, after the answer.
  func writeResiduals(_ fit: Fit, to given: Arguments.Given) throws(Failure) {
    guard fit.model.response != nil else {
      throw .formula("a loss has no residuals: --residuals needs a model")
    }
    if given.text == "-" {
      guard !invocation.isJSON else {
        throw .usage(
          UsageError(
            .notTogether(option: "residuals -", other: "json"), at: given.argument,
            fix: "give the name of a file"))
      }
      return
    }
    do throws(System.Failure) {
      try System.replace(given.text) { write throws(System.Failure) in
        try FitCommand.residuals(of: fit, to: write)
      }
    } catch {
      throw .formula("\(invocation.glyphs.quoted(given.text)) cannot be written: \(error.sentence)")
    }
  }

  /// The residuals below the answer, where they are wanted there.
  func showResiduals(_ fit: Fit) throws(Failure) {
    guard invocation.arguments.value(.residuals)?.text == "-" else { return }
    var bytes: [UInt8] = []
    do throws(System.Failure) {
      try FitCommand.residuals(of: fit) { bytes += $0 }
    } catch { throw .formula("the residuals cannot be computed") }
    invocation.console.answer()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      invocation.console.answer(String(line))
    }
  }

  /// The residuals as CSV, a piece at a time.
  private static func residuals(
    of fit: Fit, to write: ([UInt8]) throws(System.Failure) -> Void
  ) throws(System.Failure) {
    let head = ["row"] + fit.rowColumns.map(CSVText.field) + ["fitted", "residual"]
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
    for note in FitText.skipNotes(predictions.skipped, count: predictions.skippedCount) {
      invocation.console.note(invocation.glyphs.worded("in the data to predict for, " + note))
    }
    if try invocation.writeToFile(text) || invocation.isJSON { return }
    invocation.console.answer()
    for line in text.split(separator: "\n") { invocation.console.answer(String(line)) }
  }
}
