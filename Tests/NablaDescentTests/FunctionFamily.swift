import NablaBasics
import NablaDescent

/// Functions with a parameter p, a power of ten, along which what is said of a point or of a way changes.
struct FunctionFamily: Sendable {
  let name: String
  let n: Int
  var powers = stride(from: -16, through: 2, by: 2)
  var isQuadratic = false
  let f: @Sendable (Double, [Jet]) -> Jet

  /// The function at a point, with slopes from the order 1 on and curvatures from 2 on.
  func jet(_ p: Double, at x: [Double], order: Int) -> Jet { f(p, Jet.variables(at: x, order: order)) }

  /// A thousandth and the square of the function, where the function alone is asked for.
  static let offset = 1e-3

  /// The places of a symmetric matrix that stand below its diagonal, row by row.
  var places: [(row: Int, column: Int)] { (0..<n).flatMap { row in (0...row).map { (row, $0) } } }

  /// The function as the one residual of a sum of squares.
  func residuals(_ p: Double, center: Double = 0) -> Residuals {
    let r: @Sendable ([Double], Int) -> Jet = { x, order in jet(p, at: x.map { $0 - center }, order: order) }
    let places = places
    return Residuals(
      count: 1, offset: Self.offset,
      values: { x in
        let jet = r(x, 1)
        return ([jet.value], jet.slopes)
      },
      places: places.map { .init(residual: 0, row: $0.column, column: $0.row) },
      curvatures: { x in
        let rows = r(x, 2).curvatures
        return places.map { rows[$0.row * n + $0.column] }
      })
  }
}

extension FunctionFamily {
  static let all: [FunctionFamily] = [
    .init(name: "p", n: 1, isQuadratic: true) { p, v in p + 0 * v[0] },
    .init(name: "p·x", n: 1, isQuadratic: true) { p, v in p * v[0] },
    .init(name: "p + x²", n: 1, powers: stride(from: 0, through: 18, by: 1), isQuadratic: true) { p, v in
      p + v[0].squared
    },
    .init(name: "p·x²", n: 1, isQuadratic: true) { p, v in p * v[0].squared },
    .init(name: "x² + p·x", n: 1, isQuadratic: true) { p, v in v[0].squared + p * v[0] },
    .init(name: "x⁴ + p·x²", n: 1) { p, v in v[0].squared.squared + p * v[0].squared },
    .init(name: "x⁴ − p·x²", n: 1) { p, v in v[0].squared.squared - p * v[0].squared },
    .init(name: "p·x⁴ − x²", n: 1) { p, v in p * v[0].squared.squared - v[0].squared },
    .init(name: "x³ + p·x²", n: 1) { p, v in v[0].squared * v[0] + p * v[0].squared },
    .init(name: "x³ + p·x", n: 1) { p, v in v[0].squared * v[0] + p * v[0] },
    .init(name: "|x| + p·x²", n: 1) { p, v in v[0].magnitude + p * v[0].squared },
    .init(name: "x² + p·|x|", n: 1) { p, v in v[0].squared + p * v[0].magnitude },
    .init(name: "p·|x| + x", n: 1) { p, v in p * v[0].magnitude + v[0] },
    .init(name: "1 + p·|x| + x²", n: 1) { p, v in 1 + (p * v[0].magnitude + v[0].squared) },
    .init(name: "1 − p·|x| + x²", n: 1) { p, v in 1 + (-p * v[0].magnitude + v[0].squared) },
    .init(name: "3 + x² + y⁴ + p·y²", n: 2) { p, v in
      3 + (v[0].squared + v[1].squared.squared + p * v[1].squared)
    },
    .init(name: "3 + |x| − p·|y|", n: 2) { p, v in 3 + (v[0].magnitude - p * v[1].magnitude) },
    .init(name: "1e6 + x⁴ + p·x³", n: 1) { p, v in
      1e6 + (v[0].squared.squared + p * v[0].squared * v[0])
    },
    .init(name: "1 + (y − x²)² + p·x⁶", n: 2) { p, v in
      1 + ((v[1] - v[0].squared).squared + p * v[0].squared.squared * v[0].squared)
    },
    .init(name: "1 + p·(y − x²)(y − 2x²)", n: 2) { p, v in
      1 + p * ((v[1] - v[0].squared) * (v[1] - 2 * v[0].squared))
    },
    .init(name: "√(p + x²)", n: 1) { p, v in (p + v[0].squared).squareRoot },
    .init(name: "√|x| + p·x", n: 1) { p, v in v[0].magnitude.squareRoot + p * v[0] },
    .init(name: "√x − p·x", n: 1) { p, v in v[0].squareRoot - p * v[0] },
    .init(name: "p/x + x", n: 1) { p, v in p * v[0].reciprocal + v[0] },
    .init(name: "1/(1 + p·x²)", n: 1) { p, v in (1 + p * v[0].squared).reciprocal },
    .init(name: "x² + p beyond 0", n: 1) { p, v in (v[0].value > 0 ? p : 0) + v[0].squared },
    .init(name: "x² − p beyond 0", n: 1) { p, v in (v[0].value > 0 ? -p : 0) + v[0].squared },
    .init(name: "x² up to p", n: 1) { p, v in (v[0].value > p ? .nan : 0) + v[0].squared },
    .init(name: "−x up to p, then 1", n: 1) { p, v in v[0].value > p ? 1 + 0 * v[0] : -v[0] },
    .init(name: "flat up to p", n: 1) { p, v in
      let beyond = -p + v[0].magnitude
      return beyond.value < 0 ? 0 * v[0] : beyond.squared
    },
    .init(name: "x² + p·y²", n: 2, isQuadratic: true) { p, v in v[0].squared + p * v[1].squared },
    .init(name: "x² − p·y²", n: 2, isQuadratic: true) { p, v in v[0].squared - p * v[1].squared },
    .init(name: "x² + y⁴ + p·x·y", n: 2) { p, v in v[0].squared + v[1].squared.squared + p * v[0] * v[1] },
    .init(name: "x² − p·y⁴", n: 2) { p, v in v[0].squared - p * v[1].squared.squared },
    .init(name: "x⁴ − p·y⁴", n: 2) { p, v in v[0].squared.squared - p * v[1].squared.squared },
    .init(name: "(y − x²)(y − (1 + p)x²)", n: 2) { p, v in
      (v[1] - v[0].squared) * (v[1] - (1 + p) * v[0].squared)
    },
    .init(name: "(y − x²)(y − 2x²) + p·y²", n: 2) { p, v in
      (v[1] - v[0].squared) * (v[1] - 2 * v[0].squared) + p * v[1].squared
    },
    .init(name: "x⁴ + y⁴ − (2 + p)x²y²", n: 2) { p, v in
      v[0].squared.squared + v[1].squared.squared - (2 + p) * v[0].squared * v[1].squared
    },
    .init(name: "x⁴ + y⁴ − (2 − p)x²y²", n: 2) { p, v in
      v[0].squared.squared + v[1].squared.squared - (2 - p) * v[0].squared * v[1].squared
    },
    .init(name: "(x + y)² + p·x⁴", n: 2) { p, v in (v[0] + v[1]).squared + p * v[0].squared.squared },
    .init(name: "(y² − x³)(y² − 2x³) + p·x⁴", n: 2) { p, v in
      let cube = v[0].squared * v[0]
      return (v[1].squared - cube) * (v[1].squared - 2 * cube) + p * v[0].squared.squared
    },
    .init(name: "|x| + p·|y|", n: 2) { p, v in v[0].magnitude + p * v[1].magnitude },
    .init(name: "|x| − p·y", n: 2) { p, v in v[0].magnitude - p * v[1] },
    .init(name: "|x| + p·y²", n: 2) { p, v in v[0].magnitude + p * v[1].squared },
    .init(name: "max(x, −p·y) + y²", n: 2) { p, v in
      (v[0].value > -p * v[1].value ? v[0] : -p * v[1]) + v[1].squared
    },
    .init(name: "x² + y⁴ where x > −p", n: 2) { p, v in
      (v[0].value < -p ? .nan : 0) + v[0].squared + v[1].squared.squared
    },
    .init(name: "x·y·z + p(x⁴ + y⁴ + z⁴)", n: 3) { p, v in
      v[0] * v[1] * v[2] + p * (v[0].squared.squared + v[1].squared.squared + v[2].squared.squared)
    },
    .init(name: "(x + y + z)² − p·x·y·z", n: 3) { p, v in
      (v[0] + v[1] + v[2]).squared - p * v[0] * v[1] * v[2]
    },
    .init(name: "Σx⁴ − p(Σx²)²", n: 4) { p, v in
      let (fourth, second) = (
        v.map(\.squared.squared).reduce(0 * v[0], +), v.map(\.squared).reduce(0 * v[0], +)
      )
      return fourth - p * second.squared
    },
    .init(name: "product of five + p·Σx⁶", n: 5) { p, v in
      v.dropFirst().reduce(v[0], *) + p * v.map { $0.squared.squared * $0.squared }.reduce(0 * v[0], +)
    },
  ]
}
