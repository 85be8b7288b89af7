import NablaBasics
import NablaDescent
import Testing

@Suite struct DegenerateVerdictTests {
  /// A polynomial of two variables from its terms: coefficient, exponent of x, exponent of y.
  static func polynomial(_ terms: [(Double, Int, Int)]) -> Objective {
    @Sendable func power(_ x: Double, _ n: Int) -> Double {
      (0..<max(n, 0)).reduce(1) { product, _ in product * x }
    }
    return Objective(
      { v in terms.reduce(0) { $0 + $1.0 * power(v[0], $1.1) * power(v[1], $1.2) } },
      gradient: { v in
        [
          terms.reduce(0) { $0 + $1.0 * Double($1.1) * power(v[0], $1.1 - 1) * power(v[1], $1.2) },
          terms.reduce(0) { $0 + $1.0 * Double($1.2) * power(v[0], $1.1) * power(v[1], $1.2 - 1) },
        ]
      })
  }

  /// Points where the Hessian vanishes, and which no line along an axis tells from a minimum or from a plain.
  static let degenerate: [VerdictRow] = [
    .init(
      name: "x⁴ + y⁴ − 3x²y²", objective: polynomial([(1, 4, 0), (1, 0, 4), (-3, 2, 2)]), start: [0, 0],
      verdict: .saddle),
    .init(
      name: "x⁴ − 2x²y² + y⁴ − x⁶", objective: polynomial([(1, 4, 0), (-2, 2, 2), (1, 0, 4), (-1, 6, 0)]),
      start: [0, 0], verdict: .saddle),
    .init(
      name: "(y² − x³)(y² − 2x³), lower between two curves that touch",
      objective: polynomial([(1, 0, 4), (-3, 3, 2), (2, 6, 0)]), start: [0, 0], verdict: .saddle),
    .init(name: "x³y³", objective: polynomial([(1, 3, 3)]), start: [0, 0], verdict: .saddle),
    .init(
      name: "x⁴y⁴ − x²y²", objective: polynomial([(1, 4, 4), (-1, 2, 2)]), start: [0, 0],
      verdict: .degenerate),
    .init(
      name: "xy(x − y)(x + y)", objective: polynomial([(1, 3, 1), (-1, 1, 3)]), start: [0, 0],
      verdict: .saddle),
    .init(
      name: "x⁴ + y⁴ − x²y²", objective: polynomial([(1, 4, 0), (1, 0, 4), (-1, 2, 2)]), start: [0, 0],
      verdict: .localMinimum),
    .init(
      name: "x⁴ − 2x²y² + y⁴, whose terms cancel", objective: polynomial([(1, 4, 0), (-2, 2, 2), (1, 0, 4)]),
      start: [0, 0], verdict: .localMinimum),
    .init(
      name: "xyz",
      objective: Objective(
        { v in v[0] * v[1] * v[2] }, gradient: { v in [v[1] * v[2], v[0] * v[2], v[0] * v[1]] }),
      start: [0, 0, 0], verdict: .saddle),
  ]

  @Test(arguments: degenerate)
  func noneIsTakenForAMinimum(row: VerdictRow) { row.check() }

  /// Inflections are no jumps; constants hide f, not its gradient; what rounding leaves of zero is no curvature.
  static let smooth: [VerdictRow] = [
    .init(
      name: "x + sin x",
      objective: Functions.single({ $0 + Libm.sin($0) }, { 1 + Libm.cos($0) }, { -Libm.sin($0) }), start: [1],
      method: TrustRegionNewton(), verdict: .unboundedBelow),
    .init(
      name: "x²e^(−x) from 5",
      objective: Functions.single(
        { $0 * $0 * Libm.exp(-$0) }, { $0 * (2 - $0) * Libm.exp(-$0) },
        { ($0 * $0 - 4 * $0 + 2) * Libm.exp(-$0) }),
      start: [5], method: TrustRegionNewton(), verdict: .infimumAtInfinity),
    .init(
      name: "max(x, 0)², flat to the left of its end",
      objective: Functions.single(
        { max($0, 0) * max($0, 0) }, { 2 * max($0, 0) }, { $0 > 0 ? 2 : 0 }),
      start: [1], method: TrustRegionNewton(), verdict: .degenerate),
    .init(
      name: "x³ from 1", objective: Functions.single({ $0 * $0 * $0 }, { 3 * $0 * $0 }, { 6 * $0 }),
      start: [1],
      verdict: .saddle),
    .init(
      name: "x² + y² − 2xy − 2yz + z² + 2zx",
      objective: Objective(
        { v in
          v[0] * v[0] + v[1] * v[1] + v[2] * v[2] - 2 * v[0] * v[1] - 2 * v[1] * v[2] + 2 * v[2] * v[0]
        },
        gradient: { v in
          let s = 2 * (v[0] - v[1] + v[2])
          return [s, -s, s]
        },
        hessian: { _ in [2, -2, 2, -2, 2, -2, 2, -2, 2] }),
      start: [1, 2, 4], method: TrustRegionNewton(), verdict: .localMinimum),
  ]

  @Test(arguments: smooth)
  func smoothFunctions(row: VerdictRow) { row.check() }
}
