import NablaAlgebra
import NablaBasics
import NablaDescent

extension Fit {
  /// What the fit says about one row.
  public struct Row: Hashable, Sendable {
    /// The number of the row in the data, from 1.
    public let number: Int
    /// The values of the columns that the model uses.
    public let columns: [Double]
    /// The left side; of a logistic loss 0 and 1, or a part between, also where the data say −1 and 1.
    public let observed: Double
    /// The right side; of a logistic loss, whose right side is the log-odds, the probability of 1.
    public let fitted: Double
    /// The standard error that was given for the row; nil where none was.
    package let error: Double?
    /// What was observed less what was fitted.
    public var residual: Double { observed - fitted }
  }

  /// The columns of the rows of `forEachRow`, by their names in the table.
  public var rowColumns: [String] { problem.table.names }

  /// Goes through all rows that were used, in their order, a block of them in memory at a time.
  public func forEachRow(_ body: (Row) throws -> Void) throws {
    guard var response = model.response else { return }
    if problem.answers == .signed { response = (response + 1) / 2 }
    var errors: [Expr] = []
    if case .errors = options.weights, let spread = problem.spread { errors = [spread] }
    let program = try problem.program([response, model.expression] + errors)
    let point = problem.all(x)
    var values: [Double] = []
    for block in problem.table.blocks {
      program.values(block, point, into: &values)
      for row in 0..<block.count {
        let columns = problem.columns.indices.map { block.values[$0 * block.count + row] }
        try body(
          Row(
            number: problem.originalRow(block.first + row), columns: columns, observed: values[row],
            fitted: options.loss.mean(values[block.count + row]),
            error: errors.isEmpty ? nil : values[2 * block.count + row]))
      }
    }
  }

  /// What the model says for rows of new data, with the standard error of its mean.
  public struct Prediction: Hashable, Sendable {
    /// The right side; of a logistic loss, whose right side is the log-odds, the probability of 1.
    public let value: Double
    /// Its standard error, from the covariance of the parameters (delta method); NaN without one.
    public let standardError: Double
    /// The lower end of its 95 % interval, of a probability by the one of the log-odds; NaN without one.
    public let lower: Double
    /// The upper end.
    public let upper: Double
  }

  /// The columns that the right side needs, by their names in the header that the model was read with.
  public var predictors: [String] {
    let used = Set(model.expression.freeVariables)
    return model.columns.indices.filter { used.contains(model.columns[$0]) }.map { model.header[$0] }
  }

  /// What the model says for each row of a table that has the predictors.
  public func predictions(for table: Table) throws(FitError) -> [Prediction] {
    let columns = table.names.map { name in
      model.header.firstIndex(of: name).map { model.columns[$0] } ?? Variable("_" + name)
    }
    let rates = try problem.partials(model.expression, problem.variables)
    let program = try RowProgram(
      rates + [model.expression], parameters: model.parameters, columns: columns, limits: problem.limits)
    let n = fitted.count
    let point = problem.all(x)
    let errors = statistics.standardErrors.map { $0.isFinite ? $0 : 0 }
    let isKnown = statistics.standardErrors.allSatisfy(\.isFinite) && degreesOfFreedom > 0
    var result: [Prediction] = []
    result.reserveCapacity(table.rowCount)
    var values: [Double] = []
    for block in table.blocks {
      program.values(block, point, into: &values)
      for row in 0..<block.count {
        var variance = 0.0
        for i in 0..<n {
          for j in 0..<n {
            let correlation = i == j ? 1 : statistics.correlations[i][j]
            let product =
              values[i * block.count + row] * errors[i] * values[j * block.count + row] * errors[j]
            if product != 0 { variance += product * correlation }
          }
        }
        let right = values[n * block.count + row]
        let error = isKnown && right.isFinite ? Swift.max(0, variance).squareRoot() : .nan
        let width = statistics.quantile * error
        let loss = model.response == nil ? .squares : options.loss
        result.append(
          Prediction(
            value: loss.mean(right), standardError: loss.slopeOfMean(right) * error,
            lower: loss.mean(right - width), upper: loss.mean(right + width)))
      }
    }
    return result
  }
}
