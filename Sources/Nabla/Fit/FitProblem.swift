import NablaAlgebra
import NablaBasics
import NablaDescent

/// A model over a table, ready to be evaluated: residuals, losses and their derivatives, row after row.
struct FitProblem: Sendable {
  let model: FitModel
  let table: Table
  let options: FitOptions
  /// The columns of the table as the model names them.
  let columns: [Variable]
  /// The parameters that are fitted, by their place in the model.
  let free: [Int]
  /// The values of all parameters; those of free ones are replaced.
  private let base: [Double]
  /// The weight of a row's square; nil for 1.
  let weight: Expr?
  /// The weights or the errors as they were given, an expression of the columns.
  let spread: Expr?
  /// How a logistic loss takes the left side.
  var answers = FitLoss.Answers.binary
  let limits: Limits

  init(_ model: FitModel, _ table: Table, _ options: FitOptions) throws(FitError) {
    self.model = model
    self.table = table
    self.options = options
    limits = model.options.limits
    columns = table.names.map { name in
      model.header.firstIndex(of: name).map { model.columns[$0] } ?? Variable(name)
    }
    var base = [Double](repeating: 0, count: model.parameters.count)
    for (name, value) in options.fixed.sorted(by: { $0.key < $1.key }) { base[try model.place(name)] = value }
    let fixed = Set(try options.fixed.keys.sorted().map { name throws(FitError) in try model.place(name) })
    free = model.parameters.indices.filter { !fixed.contains($0) }
    self.base = base
    guard !free.isEmpty else { throw .nothingToFit }
    if model.response != nil, free.count > 1, Set(columns).isDisjoint(with: model.expression.freeVariables) {
      throw .noColumn(
        parameters: free.map { model.shown(model.parameters[$0]) },
        columns: FitModel.written(model.header, model.columns.map(\.name)))
    }
    switch options.weights {
    case .equal: (weight, spread) = (nil, nil)
    case .weights(let text):
      spread = try model.columnExpression(text, as: "the weights")
      weight = spread
    case .errors(let text):
      spread = try model.columnExpression(text, as: "the errors")
      weight = spread?.squared.reciprocal
    }
  }

  private init(_ other: FitProblem, table: Table) {
    (model, self.table, options, columns) = (other.model, table, other.options, other.columns)
    (free, base, weight, spread, answers, limits) = (
      other.free, other.base, other.weight, other.spread, other.answers, other.limits
    )
  }

  /// The same problem over about so many of its rows.
  func sampled(_ rows: Int) -> FitProblem { with(table: table.sample(rows)) }

  /// The same problem over about so many of its rows at uneven distances, in which no wave looks like a slower one.
  func scattered(_ rows: Int) -> FitProblem {
    guard table.rowCount > rows else { return self }
    var random = SplitMix64(start: 1982)
    let step = Double(table.rowCount) / Double(rows)
    return with(
      table: table.rows(
        (0..<rows).map {
          min(table.rowCount - 1, Int((Double($0) + .random(in: 0..<1, using: &random)) * step))
        }))
  }

  /// The same problem over another table.
  func with(table: Table) -> FitProblem { FitProblem(self, table: table) }

  /// The variables that are fitted.
  var variables: [Variable] { free.map { model.parameters[$0] } }

  /// All parameters, with the fitted ones at x.
  func all(_ x: [Double]) -> [Double] {
    var values = base
    for (place, parameter) in free.enumerated() { values[parameter] = x[place] }
    return values
  }

  /// The bounds of the fitted parameters.
  func bounds() throws(FitError) -> [ClosedRange<Double>] {
    var bounds = [ClosedRange<Double>](repeating: -Double.infinity...Double.infinity, count: free.count)
    for (name, range) in options.bounds.sorted(by: { $0.key < $1.key }) {
      let parameter = try model.place(name)
      if let place = free.firstIndex(of: parameter) { bounds[place] = range }
    }
    return bounds
  }

  /// √w · (right − left).
  var residual: Expr {
    let difference = model.expression - (model.response ?? 0)
    return weight.map { $0.squareRoot * difference } ?? difference
  }

  /// A program over this table.
  func program(_ expressions: [Expr]) throws(FitError) -> RowProgram {
    try RowProgram(expressions, parameters: model.parameters, columns: columns, limits: limits)
  }

  func partials(_ expression: Expr, _ variables: [Variable]) throws(FitError) -> [Expr] {
    var budget = Budget(limits.work)
    do { return try expression.partials(by: variables, limits: limits, budget: &budget) } catch {
      throw .overrun(error)
    }
  }

  // MARK: Least squares

  /// The places among the fitted parameters of those that occur where a function moves by jumps only: a in floor(a x).
  var stepped: [Int] {
    var found: Set<Variable> = []
    for part in model.expression.distinctSubexpressions() {
      if case .call(let function, let arguments) = part.shape, case .zero = function.derivative {
        for argument in arguments { found.formUnion(argument.freeVariables) }
      }
    }
    return found.isEmpty ? [] : variables.indices.filter { found.contains(variables[$0]) }
  }

  /// Whether the residual depends linearly on all parameters together, bounds or not: there is one minimum.
  func isLinear() throws(FitError) -> Bool { try linearParameters(inBounds: true).count == free.count }

  /// The places among the fitted parameters of some that the residual depends on linearly, all of them together; of
  /// those with bounds only where `inBounds` is set.
  func linearParameters(inBounds: Bool = false) throws(FitError) -> [Int] {
    let rates = try partials(model.expression, variables)
    let occurring = rates.map { Set($0.freeVariables) }
    let bounds = try bounds()
    let stepped = stepped
    let candidates = variables.indices.filter {
      !occurring[$0].contains(variables[$0]) && !stepped.contains($0)
        && (inBounds || bounds[$0] == -Double.infinity...Double.infinity)
    }
    // Parameters that multiply few others first, so that many can be projected out.
    let conflicts = { (i: Int) in candidates.count { occurring[i].contains(variables[$0]) } }
    var chosen: [Int] = []
    for i in candidates.sorted(by: { (conflicts($0), $0) < (conflicts($1), $1) }) {
      if chosen.allSatisfy({ !occurring[i].contains(variables[$0]) && !occurring[$0].contains(variables[i]) })
      {
        chosen.append(i)
      }
    }
    return chosen.sorted()
  }

  /// The most parameters for which second derivatives are worked out.
  static let mostForCurvature = 25

  /// The residuals as a least-squares problem.
  func leastSquares(withCurvature: Bool = true) throws(FitError) -> LeastSquares {
    let variables = self.variables
    let n = variables.count
    let residual = residual
    let rates = try partials(residual, variables)
    let rows = try program(rates + [residual])
    let values = try program([residual])
    let table = table
    var curvature: LeastSquares.Curvature?
    if withCurvature, n <= FitProblem.mostForCurvature {
      var pairs: [(i: Int, j: Int, rate: Expr)] = []
      for (i, rate) in rates.enumerated() {
        for (offset, second) in try partials(rate, Array(variables[i...])).enumerated() where second != .zero
        {
          pairs.append((i, i + offset, second))
        }
      }
      let places = pairs.map { ($0.i, $0.j) }
      let seconds = try program(pairs.map(\.rate) + [residual])
      curvature = { [self] x in
        let sums = seconds.reduce(table, all(x), [Double](repeating: 0, count: places.count)) {
          block, values in
          let residuals = places.count * block.count
          return places.indices.map { pair in
            var sum = 0.0
            for row in 0..<block.count {
              let term = values[pair * block.count + row] * values[residuals + row]
              if term.isFinite { sum += term }
            }
            return sum
          }
        } _: { total, part in
          for place in total.indices { total[place] += part[place] }
        }
        var matrix = [Double](repeating: 0, count: n * n)
        for (sum, (i, j)) in zip(sums, places) { (matrix[i * n + j], matrix[j * n + i]) = (sum, sum) }
        return matrix
      }
    }
    var problem = LeastSquares(parameters: n, linear: try linearParameters(), curvature: curvature) {
      [self] x in
      let point = all(x)
      return rows.reduce(table, point, QR(columns: n + 1)) { block, numbers in
        let kept = numbers
        var factor = QR(columns: n + 1)
        factor.absorb(&numbers, count: block.count)
        if factor.isFinite { return factor }
        var patched = kept
        guard patch(&patched, block, point, values) else { return factor }
        factor = QR(columns: n + 1)
        factor.absorb(&patched, count: block.count)
        return factor
      } _: {
        $0.absorb($1)
      }
    }
    problem.bounds = try bounds()
    problem.response = try responseLength()
    return problem
  }

  // MARK: Losses

  /// The loss of one row; `threshold` is the place where robust losses leave the squares.
  func rowLoss(threshold: Double) -> Expr {
    guard let response = model.response else {
      return weight.map { $0 * model.expression } ?? model.expression
    }
    return options.loss.expression(
      response, model.expression, threshold: .number(Number(approximate: threshold)), weight: weight,
      answers: answers)
  }

  /// The sum of a loss over all rows, with its derivatives.
  func sum(of loss: Expr) throws(FitError) -> RowLoss {
    let variables = self.variables
    let n = variables.count
    let rates = try partials(loss, variables)
    var seconds: [Expr] = []
    for (i, rate) in rates.enumerated() { seconds += try partials(rate, Array(variables[i...])) }
    let value = try program([loss])
    let whole = try program([loss] + rates + seconds)
    let table = table
    let sums = { @Sendable [self] (program: RowProgram, x: [Double]) -> [Double] in
      program.sums(table, all(x))
    }
    var problem = RowLoss(parameters: n, value: { sums(value, $0)[0] }) { [self] x in
      var all = sums(whole, x)
      if all[0].isFinite, !all.allSatisfy(\.isFinite) { all = patchedSums(whole, value, x) }
      var hessian = [Double](repeating: 0, count: n * n)
      var next = n + 1
      for i in 0..<n {
        for j in i..<n {
          (hessian[i * n + j], hessian[j * n + i]) = (all[next], all[next])
          next += 1
        }
      }
      return (all[0], Array(all[1...n]), hessian)
    }
    problem.bounds = try bounds()
    let mask = variables.reduce(UInt64(0)) { $0 | 1 << Expr.bit(of: $1) }
    problem.hasKinks = loss.hasKinks(in: variables)
    problem.isNonnegative = loss.isNonnegative
    if problem.hasKinks {
      let found = loss.convexity(in: mask)
      problem.convexity = found.isConvex ? (found.isPiecewiseLinear ? .polyhedral : .convex) : nil
    }
    return problem
  }

  /// The sum of squares as a loss, where its slopes may jump as a parameter moves; nil where they do not.
  func kinks() throws(FitError) -> RowLoss? {
    guard free.count <= FitProblem.mostForCurvature, residual.hasKinks(in: variables) else { return nil }
    return try sum(of: residual.squared)
  }

  /// The factor of the rows' gradients, for errors of losses that are no likelihood.
  func scores(of loss: Expr, at x: [Double]) throws(FitError) -> QR {
    let n = free.count
    let program = try program(try partials(loss, variables) + [0])
    return program.reduce(table, all(x), QR(columns: n + 1)) { block, values in
      var factor = QR(columns: n + 1)
      factor.absorb(&values, count: block.count)
      return factor
    } _: {
      $0.absorb($1)
    }
  }
}

extension Expr {
  /// Whether it is one formula here and another there, as some of the variables move.
  fileprivate func hasKinks(in variables: [Variable]) -> Bool {
    let mask = variables.reduce(UInt64(0)) { $0 | 1 << Expr.bit(of: $1) }
    return distinctSubexpressions().contains { $0.hasTwoSides && $0.mask & mask != 0 }
  }
}

extension FitModel {
  /// The place of a parameter by name, or the news that there is none.
  func place(_ name: String) throws(FitError) -> Int {
    guard let place = parameter(name) else {
      throw .notAParameter(name, parameters: parameters.map { shown($0) })
    }
    return place
  }
}
