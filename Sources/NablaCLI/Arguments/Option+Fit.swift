import Nabla

extension Option {
  static let fix: Option = .init(
    name: "fix", value: .text("NAME=VALUE"), summary: "hold parameters at these values", example: "c=2",
    isRepeatable: true)
  static let weights: Option = .init(
    name: "weights", value: .text("COLUMN"),
    summary: "how much each squared residual counts: a column, or 1/y",
    example: "w")
  static let sigma: Option = .init(
    name: "sigma", value: .text("COLUMN"), summary: "the known standard error of each row: a column, or 0.1y",
    example: "dy")
  static let loss: Option = .init(
    name: "loss", value: .choice(FitLoss.allCases.map(\.rawValue)),
    summary: "how residuals count; logistic wants the log-odds on the right, poisson the mean",
    example: "huber")
  static let threshold: Option = .init(
    name: "threshold", value: .text("NUMBER"),
    summary: "where robust losses leave the squares; from the residuals themselves if not given",
    example: "0.5")
  static let minimizing: Option = .init(
    name: "minimize", value: .text("LOSS"),
    summary: "make the sum of this over all rows small, in place of a model",
    example: "'ln(1 + exp(-t(w + v a)))'")
  static let batchSize: Option = .init(
    name: "batch-size", value: .integer(1...1_000_000_000),
    summary: "stochastic gradient descent: so many rows a step", example: "10")
  static let randomStart: Option = .init(
    name: "random-start", value: .integer(0...Int.max),
    summary: "where the random numbers begin; 1 if not given",
    example: "7")
  static let residuals: Option = .init(
    name: "residuals", value: .text("FILE"),
    summary: "write each row with its fitted value (of logistic, a probability) and its residual as CSV",
    example: "residuals.csv")
  static let predict: Option = .init(
    name: "predict", value: .text("DATA"),
    summary: "what the model says for the rows of another file, as CSV; of logistic, probabilities",
    example: "new.csv")
  static let report: Option = .init(
    name: "report",
    summary: "everything known about the fit: intervals, correlations, criteria, why it stopped")
  static let separator: Option = .init(
    name: "separator", value: .text("CHARACTER"),
    summary: "what stands between fields: , ; tab or space; seen from the first line if not given",
    example: "';'")
  static let columns: Option = .init(
    name: "columns", value: .text("NAMES"), summary: "the names of the columns, for data without a header",
    example: "t,y")

  /// Options of fits alone.
  static let ofFits: [Option] = [
    fix, weights, sigma, loss, threshold, minimizing, batchSize, randomStart, residuals, predict, report,
    separator,
    columns,
  ]
}
