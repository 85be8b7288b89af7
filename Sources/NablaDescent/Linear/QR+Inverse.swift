// Factors of many columns: where they are told apart well, R⁻¹ says all that singular values would, at a small part of
// their cost (Golub & Van Loan 2013, section 3.1).
extension QR {
  /// From so many columns on, singular values take too long.
  private static let many = 60

  /// The inverse of R with columns of A of length 1, by its columns; nil for few columns, and for columns that are
  /// hardly told apart.
  var inverse: [[Double]]? {
    guard size > QR.many else { return nil }
    let lengths = lengths
    guard lengths.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let triangle = (0..<size).map { row in (0..<size).map { $0 < row ? 0 : self[row, $0] / lengths[$0] } }
    var columns: [[Double]] = []
    var sum = 0.0
    for column in 0..<size {
      var solution = [Double](repeating: 0, count: size)
      solution[column] = 1 / triangle[column][column]
      for row in (0..<column).reversed() {
        var known = 0.0
        for place in row + 1...column { known += triangle[row][place] * solution[place] }
        solution[row] = -known / triangle[row][row]
      }
      sum += Vector.dot(solution, solution)
      columns.append(solution)
    }
    // The lengths of the columns are 1: √n and this bound the condition number.
    return (sum * Double(size)).squareRoot() < 1e10 ? columns : nil
  }

  /// R⁻¹·b in those columns.
  static func product(_ inverse: [[Double]], _ b: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: b.count)
    for (column, factor) in zip(inverse, b) { result = Vector.moved(result, by: factor, along: column) }
    return result
  }

  /// The condition number of R with columns of length 1: powers of (RᵀR)⁻¹ and of RᵀR lead to its ends.
  func condition(_ inverse: [[Double]]) -> Double {
    let lengths = lengths
    let forward = { (x: [Double]) in
      (0..<size).map { row in (row..<size).reduce(0) { $0 + self[row, $1] / lengths[$1] * x[$1] } }
    }
    let backward = { (y: [Double]) in
      (0..<size).map { column in (0...column).reduce(0) { $0 + self[$1, column] / lengths[column] * y[$1] } }
    }
    let inverted = { (b: [Double]) in QR.product(inverse, b) }
    let transposed = { (b: [Double]) in inverse.map { Vector.dot($0, b) } }
    func norm(_ first: ([Double]) -> [Double], _ second: ([Double]) -> [Double]) -> Double {
      var x = (0..<size).map { 1 + Double($0 % 7) / 10 }
      var square = 0.0
      for _ in 0..<40 {
        let length = Vector.norm(x)
        x = second(first(x.map { $0 / length }))
        square = Vector.norm(x)
      }
      return square.squareRoot()
    }
    return norm(forward, backward) * norm(inverted, transposed)
  }
}
