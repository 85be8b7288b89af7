/// Second derivatives that are mostly zero: the lower triangle, row after row, as a closure.
///
///     SparseHessian(rowStarts: [0, 1, 2], columns: [0, 1]) { x in [2, 2] }   // of x² + y²
public struct SparseHessian: Sendable {
  /// Where each row begins in `columns`, and where the last one ends.
  public let rowStarts: [Int]
  /// The columns of the entries of a row, rising, none beyond the diagonal.
  public let columns: [Int]
  /// The entries at a point, in that order.
  public let values: @Sendable (_ x: [Double]) -> [Double]

  /// A Hessian by its pattern and its entries.
  public init(
    rowStarts: [Int], columns: [Int], values: @escaping @Sendable (_ x: [Double]) -> [Double]
  ) {
    self.rowStarts = rowStarts
    self.columns = columns
    self.values = values
  }

  /// How far below the diagonal entries reach.
  var bandwidth: Int {
    var width = 0
    for row in 0..<(rowStarts.count - 1) where rowStarts[row] < rowStarts[row + 1] {
      width = max(width, row - columns[rowStarts[row]])
    }
    return width
  }
}

/// The entries of a sparse Hessian at a point.
struct SparseRows {
  let rowStarts: [Int]
  let columns: [Int]
  var values: [Double]

  var size: Int { rowStarts.count - 1 }

  /// H·v.
  func times(_ v: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: v.count)
    for i in 0..<size {
      for place in rowStarts[i]..<rowStarts[i + 1] {
        let j = columns[place]
        result[i] += values[place] * v[j]
        if i != j { result[j] += values[place] * v[i] }
      }
    }
    return result
  }

  /// The entries Hᵢᵢ.
  var diagonal: [Double] {
    (0..<size).map { i in
      guard rowStarts[i] < rowStarts[i + 1] else { return 0 }
      let place = rowStarts[i + 1] - 1
      return columns[place] == i ? values[place] : 0
    }
  }

  /// D⁻¹·H·D⁻¹.
  func divided(_ metric: [Double]) -> SparseRows {
    var result = self
    for i in 0..<size {
      for place in rowStarts[i]..<rowStarts[i + 1] {
        result.values[place] /= metric[i] * metric[columns[place]]
      }
    }
    return result
  }

  /// The largest sum of sizes in a row: no eigenvalue is larger.
  var largestRow: Double {
    var sums = [Double](repeating: 0, count: size)
    for i in 0..<size {
      for place in rowStarts[i]..<rowStarts[i + 1] {
        sums[i] += abs(values[place])
        if columns[place] != i { sums[columns[place]] += abs(values[place]) }
      }
    }
    return sums.max() ?? 0
  }
}
