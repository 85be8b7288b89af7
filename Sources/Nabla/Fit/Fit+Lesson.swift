import NablaAlgebra
import NablaBasics
import NablaDescent

/// A model fitted by a method that one learns with: every iterate of a plain descent on the mean loss of a row.
///
///     let line = try FitLesson("y = a x + b", to: table)
///     let path = line.descend(from: [0, 0], GradientDescent(rate: 0.1), .steps(10))
///     path.points.map(\.f)   // the loss, falling
///
/// The loss is that of the fit divided by the number of rows: the mean squared residual for least squares.
public struct FitLesson: Sendable {
  /// The model.
  public let model: FitModel
  /// The names of the parameters that are fitted, as typed.
  public let names: [String]
  /// The rows that are used.
  public let rows: Int
  /// Their canonical names.
  package var problemNames: [String] { problem.variables.map(\.name) }
  let problem: FitProblem
  private let whole: RowProgram
  private let value: RowProgram
  private let curved: RowLoss?

  /// Reads a model against a table.
  public init(_ model: String, to table: Table, _ options: FitOptions = FitOptions()) throws(FitError) {
    try self.init(try FitModel(model, columns: table.names), to: table, options)
  }

  /// Takes a model that has been read; robust losses take the threshold of the options, or 1.
  public init(_ model: FitModel, to table: Table, _ options: FitOptions = FitOptions()) throws(FitError) {
    var problem = try FitProblem(model, table, options)
    try problem.check()
    let loss = problem.rowLoss(threshold: options.threshold ?? 1)
    value = try problem.program([loss])
    whole = try problem.program([loss] + (try problem.partials(loss, problem.variables)))
    curved = problem.free.count <= FitProblem.mostForCurvature ? try problem.sum(of: loss) : nil
    self.problem = problem
    self.model = model
    rows = problem.table.rowCount
    names = problem.variables.map { model.shown($0) }
  }

  /// The start that the options give, 0 for what they leave out.
  public func start() throws(FitError) -> [Double] {
    let given = try problem.givenStart()
    return names.indices.map { given[$0] ?? 0 }
  }

  /// The mean loss as an objective, its gradient beside it, and its Hessian for what can be learned about the rate.
  public var objective: Objective {
    let (problem, whole, value, curved) = (problem, whole, value, curved)
    let count = Double(problem.table.rowCount)
    let mean = { @Sendable (program: RowProgram, x: [Double]) -> [Double] in
      program.sums(problem.table, problem.all(x)).map { $0 / count }
    }
    var hessian: Objective.Hessian?
    if let curved {
      hessian = { x in curved.derivatives(x).hessian.map { $0 / count } }
    }
    return Objective(
      value: { mean(value, $0)[0] },
      valueAndGradient: { x in
        let all = mean(whole, x)
        return (all[0], Array(all.dropFirst()))
      }, hessian: hessian)
  }

  /// Descends from a start, one number for each of `names`, by any method.
  public func descend(
    from start: [Double], _ method: any Method, _ criteria: StopCriteria = StopCriteria(),
    cancellation: Cancellation? = nil
  ) -> Trace {
    Minimizer(method, criteria, recording: .all).minimize(objective, from: start, cancellation: cancellation)
  }

  /// One point of a stochastic descent.
  public struct Step: Hashable, Sendable {
    /// The number of steps so far.
    public let k: Int
    /// The parameters.
    public let x: [Double]
    /// The mean loss over all rows.
    public let loss: Double
  }

  /// Stochastic gradient descent (Robbins & Monro 1951): each step at the rate along the gradient over a few rows.
  ///
  /// The rows are shuffled anew for every pass; the same `randomStart` gives the same path everywhere. The points are
  /// those at the end of each pass, or every step where `everyStep` is set; the last is where it ended, and a loss that
  /// is not finite ends it.
  public func stochasticDescent(
    from start: [Double], rate: Double, batch: Int, steps: Int, randomStart: UInt64, everyStep: Bool = false,
    cancellation: Cancellation? = nil
  ) -> [Step] {
    let objective = objective
    var counted = objective
    var random = SplitMix64(start: randomStart)
    var order = Array(0..<rows)
    var x = start
    var next = rows
    var points = [Step(k: 0, x: x, loss: counted.value(at: x))]
    let size = min(max(1, batch), rows)
    for step in 1...max(1, steps) where steps > 0 {
      var chosen: [Int] = []
      while chosen.count < size {
        if next >= rows {
          order.shuffle(using: &random)
          next = 0
        }
        chosen.append(order[next])
        next += 1
      }
      let gradient = meanGradient(of: chosen, at: x)
      for place in x.indices { x[place] -= rate * gradient[place] }
      let isLast = step == steps || cancellation?.isCancelled == true
      let isPass = step * size / rows > (step - 1) * size / rows
      if everyStep || isLast || isPass || !x.allSatisfy(\.isFinite) {
        points.append(Step(k: step, x: x, loss: counted.value(at: x)))
        if isLast || !(points.last?.loss.isFinite ?? false) { break }
      }
    }
    return points
  }

  private func meanGradient(of rows: [Int], at x: [Double]) -> [Double] {
    let batch = problem.table.rows(rows)
    var values: [Double] = []
    var sums = [Double](repeating: 0, count: x.count)
    for block in batch.blocks {
      whole.values(block, problem.all(x), into: &values)
      for place in x.indices {
        for row in 0..<block.count { sums[place] += values[(place + 1) * block.count + row] }
      }
    }
    return sums.map { $0 / Double(rows.count) }
  }
}
