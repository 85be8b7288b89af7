import NablaBasics
import NablaDescent
import Testing

@Suite struct EdgeVerdictTests {
  /// Poles, edges of the domain, cusps and jumps: none is a zero of the gradient.
  static let ends: [VerdictRow] = [
    .init(
      name: "arcsin x", objective: Functions.single({ Libm.asin($0) }, { 1 / (1 - $0 * $0).squareRoot() }),
      start: [0], verdict: .onBound, succeeds: true),
    .init(
      name: "arccos x", objective: Functions.single({ Libm.acos($0) }, { -1 / (1 - $0 * $0).squareRoot() }),
      start: [0], verdict: .onBound, succeeds: true),
    .init(
      name: "√(1 − x²)",
      objective: Functions.single({ (1 - $0 * $0).squareRoot() }, { -$0 / (1 - $0 * $0).squareRoot() }),
      start: [0.5], verdict: .onBound, succeeds: true),
    .init(
      name: "√x", objective: Functions.single({ $0.squareRoot() }, { 0.5 / $0.squareRoot() }), start: [1],
      verdict: .onBound, succeeds: true),
    .init(
      name: "tan x", objective: Functions.single({ Libm.tan($0) }, { 1 / (Libm.cos($0) * Libm.cos($0)) }),
      start: [0], verdict: .unboundedBelow),
    .init(
      name: "tan x from 1",
      objective: Functions.single({ Libm.tan($0) }, { 1 / (Libm.cos($0) * Libm.cos($0)) }),
      start: [1], verdict: .unboundedBelow),
    .init(
      name: "sec x from 2",
      objective: Functions.single({ 1 / Libm.cos($0) }, { Libm.tan($0) / Libm.cos($0) }),
      start: [2], verdict: .unboundedBelow),
    .init(
      name: "ln|x|", objective: Functions.single({ Libm.log(abs($0)) }, { 1 / $0 }, { -1 / ($0 * $0) }),
      start: [1], verdict: .unboundedBelow),
    .init(
      name: "ln x", objective: Functions.single({ Libm.log($0) }, { 1 / $0 }, { -1 / ($0 * $0) }),
      start: [1], verdict: .unboundedBelow),
    .init(
      name: "1/x from −1", objective: Functions.single({ 1 / $0 }, { -1 / ($0 * $0) }), start: [-1],
      verdict: .unboundedBelow),
    .init(
      name: "−1/x²", objective: Functions.single({ -1 / ($0 * $0) }, { 2 / ($0 * $0 * $0) }), start: [1],
      verdict: .unboundedBelow),
    .init(
      name: "1/(x² − 1)",
      objective: Functions.single(
        { 1 / ($0 * $0 - 1) }, { -2 * $0 / (($0 * $0 - 1) * ($0 * $0 - 1)) }),
      start: [0.5], verdict: .unboundedBelow),
    .init(
      name: "x^(2/3)",
      objective: Functions.single(
        { Libm.cbrt($0 * $0) }, { 2 / (3 * Libm.cbrt($0)) }, { -2 / (9 * Libm.cbrt($0 * $0 * $0 * $0)) }),
      start: [1], verdict: .kink, succeeds: true),
    .init(
      name: "√|x|",
      objective: Functions.single(
        { abs($0).squareRoot() }, { ($0 < 0 ? -0.5 : 0.5) / abs($0).squareRoot() }),
      start: [1], verdict: .kink, succeeds: true),
    .init(
      name: "√(x² + y²)",
      objective: Objective(
        { v in Libm.hypot(v[0], v[1]) },
        gradient: { v in
          let r = Libm.hypot(v[0], v[1])
          return r == 0 ? [0, 0] : [v[0] / r, v[1] / r]
        }),
      start: [1, 2], verdict: .kink, succeeds: true),
    .init(
      name: "x, and 6 − x up to 1",
      objective: Functions.single({ $0 > 1 ? $0 : 6 - $0 }, { $0 > 1 ? 1 : -1 }), start: [3],
      verdict: .degenerate),
    .init(
      name: "x² + ⌊x⌋", objective: Functions.single({ $0 * $0 + $0.rounded(.down) }, { 2 * $0 }),
      start: [2], verdict: .degenerate),
    .init(
      name: "x down to 1, and 6 − x from there on",
      objective: Functions.single({ $0 > 1 ? $0 : 6 - $0 }, { $0 > 1 ? 1 : -1 }, { _ in 0 }),
      start: [3], verdict: .degenerate),
    .init(
      name: "x² + 1e20", objective: Functions.single({ $0 * $0 + 1e20 }, { 2 * $0 }, { _ in 2 }), start: [3],
      verdict: .strictLocalMinimum),
    .init(
      name: "x²y²",
      objective: Objective(
        { v in v[0] * v[0] * v[1] * v[1] },
        gradient: { v in [2 * v[0] * v[1] * v[1], 2 * v[0] * v[0] * v[1]] },
        hessian: { v in [2 * v[1] * v[1], 4 * v[0] * v[1], 4 * v[0] * v[1], 2 * v[0] * v[0]] }),
      start: [1, 1], verdict: .localMinimum),
    .init(
      name: "x⁴y⁴",
      objective: Objective(
        { v in Libm.pow(v[0] * v[1], 4) },
        gradient: { v in
          let cube = 4 * Libm.pow(v[0] * v[1], 3)
          return [cube * v[1], cube * v[0]]
        }),
      start: [1, 1], verdict: .localMinimum),
  ]

  @Test(arguments: ends)
  func notAZeroOfTheGradient(row: VerdictRow) { row.check() }

  @Test("A kink at a short decimal is found to the last bit", arguments: [0.3, 2, -7.25, 123.4, 1e-3, 5e4])
  func shortDecimals(place: Double) {
    let objective = Functions.single({ abs($0 - place) }, { $0 > place ? 1 : -1 })
    let trace = Minimizer().minimize(objective, from: [0])
    #expect(trace.x == [place])
    #expect(trace.f == 0)
  }
}
