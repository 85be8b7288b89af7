/// The triangular factor of a matrix [A | b] with few columns, whose rows arrive in blocks (Golub & Van Loan 2013,
/// sections 5.2 and 5.3): all that least squares need, in memory that does not grow with the rows.
///
///     var factor = QR(columns: 2)                 // one column of A, and b
///     var rows = [1.0, 1.0, 3.0, 5.0]             // A = (1, 1)ᵀ, b = (3, 5)ᵀ, column after column
///     factor.absorb(&rows, count: 2)
///     factor.solution()                           // [4]
///
/// Rows are eliminated by Householder reflections; the normal equations AᵀA are never formed, so that no digits are
/// lost to their squared condition number.
public struct QR: Hashable, Sendable {
  /// The columns of A and the one of b.
  public let columns: Int
  /// R, row after row; its last column is Qᵀb, its last diagonal entry the length of the residual, up to its sign.
  public private(set) var r: [Double]
  /// The rows taken in.
  public private(set) var rows = 0

  /// The factor of no rows.
  public init(columns: Int) {
    self.columns = columns
    r = [Double](repeating: 0, count: columns * columns)
  }

  /// The number of columns of A.
  var size: Int { columns - 1 }

  subscript(row: Int, column: Int) -> Double {
    get { r[row * columns + column] }
    set { r[row * columns + column] = newValue }
  }

  /// Takes in so many rows, given column after column; the numbers are overwritten.
  public mutating func absorb(_ block: inout [Double], count: Int) {
    precondition(block.count >= count * columns, "a block holds every column")
    block.withUnsafeMutableBufferPointer { block in
      if let start = block.baseAddress { absorb(start, stride: count, count: count) }
    }
  }

  /// The same for columns that begin `stride` numbers after each other.
  package mutating func absorb(_ block: UnsafeMutablePointer<Double>, stride: Int, count: Int) {
    guard count > 0 else { return }
    rows += count
    let n = columns
    r.withUnsafeMutableBufferPointer { r in
      for k in 0..<n {
        let column = block + k * stride
        let top = r[k * n + k]
        let length = QR.length(column, count)
        if length == 0 { continue }
        let norm = QR.hypotenuse(top, length)
        // The sign that does not cancel; w = (1, column / pivot), H = 1 − β·w·wᵀ.
        let diagonal = top > 0 ? -norm : norm
        let pivot = top - diagonal
        let beta = -pivot / diagonal
        r[k * n + k] = diagonal
        for place in 0..<count { column[place] /= pivot }
        for j in (k + 1)..<max(n, k + 1) {
          let other = block + j * stride
          let factor = beta * (r[k * n + j] + QR.dot(column, other, count))
          r[k * n + j] -= factor
          QR.subtract(factor, column, from: other, count)
        }
      }
    }
  }

  /// Takes in the rows of another factor of as many columns.
  public mutating func absorb(_ other: QR) {
    precondition(other.columns == columns, "both factors have the same columns")
    if rows == 0 {
      self = other
      return
    }
    let taken = rows + other.rows
    var block = [Double](repeating: 0, count: columns * columns)
    for row in 0..<columns {
      for column in row..<columns { block[column * columns + row] = other[row, column] }
    }
    absorb(&block, count: columns)
    rows = taken
  }

  /// The factor of the same rows with other columns of A, in this order, and b + A·change.
  func selecting(_ order: [Int], moved change: [(column: Int, by: Double)] = []) -> QR {
    var result = QR(columns: order.count + 1)
    var block = [Double](repeating: 0, count: result.columns * columns)
    for (place, column) in (order + [size]).enumerated() {
      for row in 0...column { block[place * columns + row] = self[row, column] }
    }
    for (column, step) in change {
      for row in 0...column { block[order.count * columns + row] += step * self[row, column] }
    }
    result.absorb(&block, count: columns)
    result.rows = rows
    return result
  }

  /// Whether all entries are numbers.
  public var isFinite: Bool { r.allSatisfy(\.isFinite) }
  /// The length of what A cannot explain of b.
  public var residual: Double { self[size, size].magnitude }
  /// The sum of the squares of b.
  public var sumOfSquares: Double { column(size).reduce(0) { $0 + $1 * $1 } }
  /// Qᵀb without the residual.
  var projection: [Double] { (0..<size).map { self[$0, size] } }
  /// The lengths of A's columns.
  var lengths: [Double] { (0..<size).map { Vector.norm(column($0)) } }

  /// The largest change that a parameter's own size makes in the rows: what zero is measured by.
  func scale(at x: [Double]) -> Double { zip(lengths, x).reduce(0) { max($0, $1.0 * $1.1.magnitude) } }

  /// |A·x|
  func length(along x: [Double]) -> Double {
    Vector.norm(
      (0..<size).map { row in (row..<size).reduce(0) { $0 + self[row, $1] * x[$1] } })
  }

  private func column(_ place: Int) -> [Double] { (0...place).map { self[$0, place] } }

  /// The x for which |Ax − b| is least; of several, nearly the shortest.
  public func solution() -> [Double] {
    if let inverse { return zip(QR.product(inverse, projection), columnScale).map { $0 / $1 } }
    guard let svd = scaledSVD else { return [Double](repeating: 0, count: size) }
    return zip(svd.solve(projection, rank: svd.rank), columnScale).map { $0 / $1 }
  }

  /// The x for which |Ax − b| is least by all singular values, where `solution()` takes some of them for rounding.
  func wholeSolution() -> [Double]? {
    guard inverse == nil, let svd = scaledSVD, svd.rank < size, let least = svd.values.last, least > 0 else {
      return nil
    }
    return zip(svd.solve(projection, rank: size), columnScale).map { $0 / $1 }
  }

  /// |Ax − b|² at `solution()`: where columns depend on each other, the rounding that is left of one explains nothing.
  var leastSumOfSquares: Double {
    if inverse != nil { return residual * residual }
    guard let svd = scaledSVD else { return .nan }
    if svd.rank == size { return residual * residual }
    var left = projection
    for vector in svd.left.prefix(svd.rank) {
      left = Vector.moved(left, by: -Vector.dot(vector, projection), along: vector)
    }
    return Vector.dot(left, left) + residual * residual
  }

  private var columnScale: [Double] { lengths.map { $0 > 0 ? $0 : 1 } }
  private var scaledSVD: SVD? { SVD(of: self, columnScale: columnScale) }

  /// The factor of what the first columns of A leave of the others and of b.
  func trailing(from first: Int) -> QR {
    var result = QR(columns: columns - first)
    for row in first..<columns {
      for column in row..<columns { result[row - first, column - first] = self[row, column] }
    }
    result.rows = rows
    return result
  }

  /// The same with zeros for columns of which the first ones leave nothing but rounding: they depend on those.
  func independentTrailing(from first: Int) -> QR {
    var result = trailing(from: first)
    guard first > 0 else { return result }
    let (whole, left) = (lengths, result.lengths)
    for column in 0..<result.size where left[column] <= 1e-12 * whole[first + column] {
      for row in 0...column { result[row, column] = 0 }
    }
    return result
  }
}

extension QR {
  /// √Σ aᵢ², safe from overflow.
  private static func length(_ a: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
    let plain = dot(a, a, count)
    if plain > 1e-280, plain < 1e280 { return plain.squareRoot() }
    return Vector.norm(Array(UnsafeBufferPointer(start: a, count: count)))
  }

  private static func hypotenuse(_ a: Double, _ b: Double) -> Double { Vector.norm([a, b]) }

  /// Σ aᵢbᵢ in eight sums side by side.
  @inline(__always)
  private static func dot(_ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ count: Int)
    -> Double
  {
    var sums = SIMD8<Double>.zero
    var place = 0
    while place + 8 <= count {
      let left = UnsafeRawPointer(a + place).loadUnaligned(as: SIMD8<Double>.self)
      sums += left * UnsafeRawPointer(b + place).loadUnaligned(as: SIMD8<Double>.self)
      place += 8
    }
    var sum = sums.sum()
    while place < count {
      sum += a[place] * b[place]
      place += 1
    }
    return sum
  }

  /// b ← b − factor · a
  @inline(__always)
  private static func subtract(
    _ factor: Double, _ a: UnsafeMutablePointer<Double>, from b: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for place in 0..<count { b[place] -= factor * a[place] }
  }
}
