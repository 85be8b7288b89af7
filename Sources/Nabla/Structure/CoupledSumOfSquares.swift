import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

/// A sum over an index whose terms are squares, as residuals for many variables: each square is differentiated once,
/// for all values of the index.
///
///     Σᵢ (100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²)   has the squares 10(xᵢ₊₁ − xᵢ²) and 1 − xᵢ
struct CoupledSumOfSquares {
  /// One square of the sum's body in variables of its own.
  private struct Square {
    var weight: Double
    /// The values: the root, its slopes, and its second derivatives.
    var first: CompiledFunctions
    var second: CompiledFunctions
    var slopeCount: Int
    /// The pairs of slopes of the second derivatives.
    var pairs: [(Int, Int)]
  }

  /// Where a square's own variables come from.
  private enum Input: Hashable {
    case index
    case member(Family, Int)
    case free(Int)
  }

  /// The residuals of a formula that is such a sum; nil for other formulas.
  static func squares(of expression: Expr, variables: [Variable], limits: Limits) -> CoupledSquares? {
    var places: [Variable: Int] = [:]
    for (place, variable) in variables.enumerated() { places[variable] = place }
    var parts: [Expr]
    if case .sum(let terms) = expression.shape { parts = terms } else { parts = [expression] }
    var offset = 0.0
    var starts = [0]
    var slopes: [Int] = []
    var seconds: [CoupledSquares.Second] = []
    var jobs: [(square: Square, inputs: [[Int32]], indices: [Double]?)] = []
    var budget = Budget(limits.work / 10)
    for part in parts {
      if case .number(let number) = part.shape {
        offset += number.double
        continue
      }
      guard case .fold(let fold) = part.shape, fold.kind == .sum else { return nil }
      let (index, body) = fold.opened()
      guard body.foldLevel == 0, let sum = SumOfSquares(body) else { return nil }
      offset += sum.offset * Double(fold.count)
      for term in sum.terms {
        guard
          let (square, inputs) = square(of: term, index: index, places: places, limits: limits, &budget)
        else { return nil }
        // The inputs of each value of the index.
        var table: [[Int32]] = []
        for value in fold.lower...fold.upper {
          var row: [Int32] = []
          for input in inputs {
            switch input {
            case .index: row.append(-1)
            case .free(let place): row.append(Int32(place))
            case .member(let family, let offset):
              guard let place = places[family.member(value + offset)] else { return nil }
              row.append(Int32(place))
            }
          }
          table.append(row)
          let residual = starts.count - 1
          let base = slopes.count
          slopes += row.filter { $0 >= 0 }.prefix(square.slopeCount).map(Int.init)
          starts.append(slopes.count)
          for (a, b) in square.pairs {
            seconds.append(.init(residual: residual, first: base + a, second: base + b))
          }
        }
        jobs.append((square, table, (fold.lower...fold.upper).map(Double.init)))
        guard slopes.count <= 8_000_000 else { return nil }
      }
    }
    guard !jobs.isEmpty else { return nil }
    let work = jobs
    return CoupledSquares(
      offset: offset, size: variables.count, starts: starts, variables: slopes, seconds: seconds,
      values: { x in
        var residuals: [Double] = []
        var slopes: [Double] = []
        for job in work {
          for (row, index) in zip(job.inputs, job.indices ?? []) {
            let values = job.square.first(row.map { $0 < 0 ? index : x[Int($0)] })
            residuals.append(job.square.weight * values[0])
            for k in 1..<values.count { slopes.append(job.square.weight * values[k]) }
          }
        }
        return (residuals, slopes)
      },
      curvatures: { x in
        var result: [Double] = []
        for job in work where !job.square.pairs.isEmpty {
          for (row, index) in zip(job.inputs, job.indices ?? []) {
            let values = job.square.second(row.map { $0 < 0 ? index : x[Int($0)] })
            for value in values { result.append(job.square.weight * value) }
          }
        }
        return result
      })
  }

  private static func square(
    of term: SumOfSquares.Term, index: Variable, places: [Variable: Int], limits: Limits,
    _ budget: inout Budget
  ) -> (Square, [Input])? {
    var inputs: [Input] = []
    var names: [Variable] = []
    func own(_ input: Input) -> Expr {
      if let place = inputs.firstIndex(of: input) { return .variable(names[place]) }
      inputs.append(input)
      names.append(Variable("v_\(inputs.count)"))
      return .variable(names[names.count - 1])
    }
    var isKnown = true
    let root = term.root.rebuilt { part in
      switch part.shape {
      case .element(let family, let place):
        if place.bound != index { isKnown = false }
        return own(.member(family, place.offset))
      case .variable(let variable):
        if variable == index { return own(.index) }
        guard let place = places[variable] else {
          isKnown = false
          return nil
        }
        return own(.free(place))
      default: return nil
      }
    }
    guard isKnown else { return nil }
    // The index last: it has no slope.
    let order = inputs.indices.sorted {
      (inputs[$0] == .index ? 1 : 0, $0) < (inputs[$1] == .index ? 1 : 0, $1)
    }
    let sortedInputs = order.map { inputs[$0] }
    let sortedNames = order.map { names[$0] }
    let moving = sortedNames.indices.filter { sortedInputs[$0] != .index }
    do {
      let first = try root.partials(by: moving.map { sortedNames[$0] }, limits: limits, budget: &budget)
      var pairs: [(Int, Int)] = []
      var second: [Expr] = []
      for (a, slope) in first.enumerated() {
        let rest = Array(moving[a...])
        let values = try slope.partials(by: rest.map { sortedNames[$0] }, limits: limits, budget: &budget)
        for (b, value) in values.enumerated() {
          if case .number(let number) = value.shape, number.isZero { continue }
          pairs.append((a, a + b))
          second.append(value)
        }
      }
      let square = Square(
        weight: term.weight.squareRoot(),
        first: try CompiledFunctions(
          [root] + first, variables: sortedNames, limits: limits, keepsDigits: true),
        second: try CompiledFunctions(second, variables: sortedNames, limits: limits, keepsDigits: true),
        slopeCount: moving.count, pairs: pairs)
      return (square, sortedInputs)
    } catch {
      return nil
    }
  }
}
