import NablaBasics

/// One sweep of the interval Newton method in the form of Hansen and Sengupta (Hansen, Walster: Global Optimization Using
/// Interval Analysis, 2004, section 11.8).
enum IntervalNewton {
  /// What a sweep says about the zeros of a gradient in a box.
  enum Outcome {
    /// There are none.
    case none
    /// All lie in this box; where `isUnique`, there is exactly one.
    case inside([Interval], isUnique: Bool)
  }

  /// Looks at the variables `free` of a box; the others stay as they are.
  ///
  /// `slopes` is the gradient at the middle of the box, `hessian` holds all second derivatives on it.
  static func sweep(
    _ box: [Interval], free: [Int], middle: [Double], slopes: [Interval], hessian: [Interval]
  ) -> Outcome {
    let size = box.count
    let count = free.count
    let centers = free.map { row in free.map { hessian[row * size + $0].middle } }
    guard let inverse = Self.inverse(of: centers) else { return .inside(box, isUnique: false) }
    // The inverse of the middle matrix makes the system nearly diagonal.
    var matrix: [[Interval]] = []
    var right: [Interval] = []
    for row in 0..<count {
      var entries = Array(repeating: Interval(0), count: count)
      var sum = Interval(0)
      for inner in 0..<count {
        let factor = Interval(inverse[row][inner])
        for column in 0..<count {
          entries[column] = entries[column] + factor * hessian[free[inner] * size + free[column]]
        }
        sum = sum + factor * slopes[free[inner]]
      }
      matrix.append(entries)
      right.append(sum)
    }
    var result = box
    var isUnique = true
    for row in 0..<count {
      var sum = right[row]
      for column in 0..<count where column != row {
        let place = free[column]
        sum = sum + matrix[row][column] * (result[place] - Interval(middle[place]))
      }
      guard !matrix[row][row].contains(0) else {
        isUnique = false
        continue
      }
      let place = free[row]
      let step = Interval(middle[place]) - sum / matrix[row][row]
      // Inside without touching: the map has exactly one fixed point there.
      if !(step.lower > box[place].lower && step.upper < box[place].upper) { isUnique = false }
      let narrowed = result[place].intersection(step)
      if narrowed.isEmpty { return .none }
      result[place] = narrowed
    }
    return .inside(result, isUnique: isUnique)
  }

  /// The inverse of a small matrix by elimination with the largest pivot; nil where it is singular.
  private static func inverse(of matrix: [[Double]]) -> [[Double]]? {
    let count = matrix.count
    var left = matrix
    var right = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
    for column in 0..<count {
      let candidates = column..<count
      guard let pivot = candidates.max(by: { left[$0][column].magnitude < left[$1][column].magnitude }),
        left[pivot][column].magnitude > 1e-300, left[pivot][column].isFinite
      else { return nil }
      left.swapAt(column, pivot)
      right.swapAt(column, pivot)
      let scale = 1 / left[column][column]
      for place in 0..<count {
        left[column][place] *= scale
        right[column][place] *= scale
      }
      for row in 0..<count where row != column {
        let factor = left[row][column]
        for place in 0..<count {
          left[row][place] -= factor * left[column][place]
          right[row][place] -= factor * right[column][place]
        }
      }
    }
    return right.allSatisfy { $0.allSatisfy(\.isFinite) } ? right : nil
  }
}
