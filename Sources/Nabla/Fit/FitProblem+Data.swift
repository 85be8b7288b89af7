import NablaAlgebra
import NablaBasics
import NablaDescent

extension FitProblem {
  /// Refuses data that cannot be fitted, and leaves out rows in which the left side or the weight has no value.
  mutating func check() throws(FitError) {
    for name in options.start.keys.sorted() { _ = try model.place(name) }
    _ = try bounds()
    try dropRowsWithoutValue()
    let rows = table.rowCount
    if rows == 0, let first = table.skipped.first {
      throw .noUsableRows(skipped: table.skippedCount, reason: first.reason)
    }
    guard rows >= free.count else { throw .tooFewRows(rows: rows, parameters: free.count) }
    try checkSize()
    guard let response = model.response, let wanted = options.loss.response else { return }
    let program = try program([response])
    let range = program.reduce(
      table, all(start), (low: Double.infinity, isWhole: true, bad: Int?.none)
    ) {
      block, values in
      let bad = values.firstIndex { !wanted.isAllowed($0) }.map { block.first + $0 }
      return (values.min() ?? 0, values.allSatisfy { $0 == $0.rounded() }, bad)
    } _: { total, part in
      total = (min(total.low, part.low), total.isWhole && part.isWhole, total.bad ?? part.bad)
    }
    if let bad = range.bad {
      throw .badResponse(
        loss: options.loss.rawValue, wants: wanted.words, value: try value(of: response, row: bad),
        row: originalRow(bad))
    }
    answers = range.low < 0 ? .signed : range.isWhole ? .binary : .parts
    if options.loss == .poisson, range.low == 0 { answers = .countsWithZero }
  }

  /// A point of zeros, where only columns matter.
  private var start: [Double] { [Double](repeating: 0, count: free.count) }

  private mutating func dropRowsWithoutValue() throws(FitError) {
    let checked = (model.response.map { [$0] } ?? []) + (spread.map { [$0] } ?? [])
    guard checked.contains(where: { if case .variable = $0.shape { false } else { true } }) || spread != nil
    else { return }
    let program = try program(checked)
    let text = model.left?.text(.unicode) ?? "the left side"
    let hasErrors = if case .errors = options.weights { true } else { false }
    var values: [Double] = []
    var last = -1
    var failure: FitError?
    let point = all(start)
    var copy = table
    copy.filter { block, row in
      if block.first != last {
        program.values(block, point, into: &values)
        last = block.first
      }
      for output in checked.indices {
        let value = values[output * block.count + row]
        let isSpread = output == checked.count - 1 && spread != nil
        guard value.isFinite else {
          let reason =
            !isSpread ? "\(text) has no value" : "its \(hasErrors ? "error" : "weight") has no value"
          return reason
        }
        guard isSpread else { continue }
        if failure == nil, hasErrors ? value <= 0 : value < 0 {
          let wanted = hasErrors ? "the standard error of a row is above 0" : "weights are 0 or more"
          failure = .badWeights(wanted, value: value, row: originalRow(block.first + row))
        }
        if value == 0 { return "its weight is 0" }
      }
      return nil
    }
    if let failure { throw failure }
    if copy.skippedCount > table.skippedCount { self = with(table: copy) }
  }

  /// The number that a kept row had before others were skipped, from 1.
  func originalRow(_ kept: Int) -> Int { table.number(ofRow: kept) }

  func value(of expression: Expr, row: Int, at x: [Double]? = nil) throws(FitError) -> Double {
    let program = try program([expression])
    var values: [Double] = []
    for block in table.blocks where block.first <= row && row < block.first + block.count {
      program.values(block, all(x ?? start), into: &values)
      return values[row - block.first]
    }
    return .nan
  }

  /// The starts given by name, by the place of the fitted parameter.
  func givenStart() throws(FitError) -> [Int: Double] {
    var given: [Int: Double] = [:]
    for (name, value) in options.start.sorted(by: { $0.key < $1.key }) {
      let parameter = try model.place(name)
      if let place = free.firstIndex(of: parameter) { given[place] = value }
    }
    return given
  }

  /// A point by the names of the fitted parameters.
  func named(_ x: [Double]) -> [String: Double] {
    Dictionary(zip(variables.map { model.shown($0) }, x), uniquingKeysWith: { first, _ in first })
  }

  /// Refuses a left side whose squares are no numbers, or nothing but zeros.
  private func checkSize() throws(FitError) {
    guard model.response != nil, options.loss == .squares || options.loss.isRobust else { return }
    let whole = try program([(weight?.squareRoot ?? 1) * (model.response ?? 0)])
    let largest = whole.reduce(table, all(start), (size: 0.0, row: 0)) { block, values in
      var found = (size: 0.0, row: 0)
      for row in 0..<block.count where !(values[row].magnitude <= found.size) {
        found = (values[row].magnitude, block.first + row)
      }
      return found
    } _: { total, part in
      if !(part.size <= total.size) { total = part }
    }
    if largest.size > 1e140 { throw .squaresOutOfRange(row: originalRow(largest.row), isLarge: true) }
    if largest.size > 0, largest.size < 1e-140 {
      throw .squaresOutOfRange(row: originalRow(largest.row), isLarge: false)
    }
  }

  /// The largest size of the left side, 1 where there is none.
  func responseSize() throws(FitError) -> Double {
    guard let response = model.response else { return 1 }
    let size = try program([response]).reduce(table, all(start), 0.0) { _, values in
      values.reduce(0) { max($0, $1.magnitude) }
    } _: {
      $0 = max($0, $1)
    }
    return size > 0 ? size : 1
  }

  /// √(Σ w y²) of the left side: what the rounding of residuals is measured by.
  func responseLength() throws(FitError) -> Double {
    guard let response = model.response else { return 0 }
    let whole = try program([(weight?.squareRoot ?? 1) * response])
    return whole.reduce(table, all(start), 0.0) { _, values in
      values.reduce(0) { $0 + $1 * $1 }
    } _: {
      $0 += $1
    }.squareRoot()
  }

  /// 1 − RSS/TSS with the weighted mean of the left side; nil where it is constant, 0 where rounding is all that is left.
  func rSquared(rss: Double) throws(FitError) -> Double? {
    guard let response = model.response else { return nil }
    let program = try program([response, weight ?? 1])
    let point = all(start)
    let sums = program.reduce(table, point, (y: 0.0, w: 0.0)) { block, values in
      var (y, w) = (0.0, 0.0)
      for row in 0..<block.count {
        let weight = values[block.count + row]
        (y, w) = (y + weight * values[row], w + weight)
      }
      return (y, w)
    } _: {
      $0 = ($0.y + $1.y, $0.w + $1.w)
    }
    let mean = sums.y / sums.w
    let total = program.reduce(table, point, 0.0) { block, values in
      var sum = 0.0
      for row in 0..<block.count {
        let off = values[row] - mean
        sum += values[block.count + row] * off * off
      }
      return sum
    } _: {
      $0 += $1
    }
    // What rounding of a constant leaves is no variation.
    guard total > 1e-28 * sums.w * mean * mean, total > 0 else { return nil }
    let share = 1 - rss / total
    let noise =
      8 * Double.ulpOfOne
      * (Double(table.rowCount).squareRoot() + (sums.w / total).squareRoot() * mean.magnitude)
    return share.magnitude <= noise ? 0 : share
  }

  /// A standard deviation of the residuals that a few outliers leave alone: 1.4826 times the median of their sizes.
  func deviation(at x: [Double]) throws(FitError) -> Double {
    let sample = sampled(100_000)
    let program = try sample.program([sample.residual])
    var sizes = program.reduce(sample.table, all(x), [Double]()) { _, values in
      values.map(\.magnitude)
    } _: {
      $0 += $1
    }
    guard !sizes.isEmpty else { return 0 }
    sizes.sort()
    return 1.4826 * (sizes[sizes.count / 2] + sizes[(sizes.count - 1) / 2]) / 2
  }

  /// Of all answers that the model's symmetries make equal the one nearest to a reference.
  func nearest(
    _ x: [Double], to reference: [Double], within bounds: [ClosedRange<Double>]
  ) throws(FitError) -> [Double] {
    let sample = sampled(50)
    let program = try sample.program([model.expression])
    let symmetry = ParameterSymmetry(of: model.expression, parameters: variables, at: x) { x in
      program.reduce(sample.table, sample.all(x), [Double]()) { _, values in
        values
      } _: {
        $0 += $1
      }
    }
    return symmetry.nearest(x, to: reference, within: bounds)
  }
}
