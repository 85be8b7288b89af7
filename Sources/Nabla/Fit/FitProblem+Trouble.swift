import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation

// Why a fit has nothing to begin at.
extension FitProblem {
  /// Why there is nothing to begin at: the first row in which the model has no finite value, and whether columns alone
  /// are to blame for it, or the parameters; nil where every row has a value.
  func troubleAtStart(_ x: [Double]) throws(FitError) -> FitError? {
    let program = try program([model.expression])
    let found = program.reduce(table, all(x), Int?.none) { block, values in
      values.firstIndex { !$0.isFinite }.map { block.first + $0 }
    } _: { total, part in
      total = total ?? part
    }
    guard let row = found else { return nil }
    if let reason = reason(row, x, of: model.expression) {
      return .noValue(row: originalRow(row), reason: reason)
    }
    return .noValueAtStart(row: originalRow(row), start: named(x))
  }

  /// The same where no start was found.
  func troubleWithoutStart() throws(FitError) -> FitError {
    if let trouble = try troubleAtStart([Double](repeating: 1, count: free.count)), case .noValue = trouble {
      return trouble
    }
    return try troubleEverywhere() ?? .noStart
  }

  /// The first row that has no value at any of some points drawn by lot, and what is wrong with it there.
  private func troubleEverywhere() throws(FitError) -> FitError? {
    let loss = rowLoss(threshold: 1)
    let program = try program([loss])
    var random = SplitMix64(start: 1971)
    let bounds = try bounds()
    var points: [[Double]] = []
    for number in 0..<24 {
      points.append(
        bounds.map { bound in
          let size = number == 0 ? 1 : Libm.pow(10, Double.random(in: -3...3, using: &random))
          let sign: Double = number == 0 || Bool.random(using: &random) ? 1 : -1
          return min(max(sign * size, bound.lowerBound), bound.upperBound)
        })
    }
    var bad: [Bool]?
    for point in points {
      let now = program.reduce(table, all(point), [Bool]()) { _, values in
        values.map { !$0.isFinite }
      } _: {
        $0 += $1
      }
      bad = bad.map { zip($0, now).map { $0 && $1 } } ?? now
      guard bad?.contains(true) == true else { return nil }
    }
    guard let row = bad?.firstIndex(of: true), let x = points.first else { return nil }
    if options.loss == .poisson, let response = model.response {
      let mean = try value(of: model.expression, row: row, at: x)
      let count = try value(of: response, row: row)
      if mean.isFinite {
        return .noValue(
          row: originalRow(row),
          reason:
            "the mean is \(NumberText.significant(mean)) there, and the count \(NumberText.significant(count))"
        )
      }
    }
    return reason(row, x, of: loss, withParameters: true).map { .noValue(row: originalRow(row), reason: $0) }
  }

  /// What has no value in a kept row, in words; nil where parameters play a part in it, unless they may.
  private func reason(
    _ row: Int, _ x: [Double], of expression: Expr, withParameters: Bool = false
  ) -> String? {
    let block = table.blocks.first { $0.first <= row && row < $0.first + $0.count }
    guard let block else { return nil }
    let values = columns.indices.map { block.values[$0 * block.count + row - block.first] }
    let variables = model.parameters + columns
    let function = try? CompiledFunction(expression, variables: variables, limits: limits)
    guard let part = function?.nonFinitePart(at: all(x) + values),
      withParameters || Set(model.parameters).isDisjoint(with: part.subexpression.freeVariables)
    else { return nil }
    return part.sentence {
      Form($0).text(.unicode)
    } number: {
      NumberText.significant($0)
    }
  }
}
