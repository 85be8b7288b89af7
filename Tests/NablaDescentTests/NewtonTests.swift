import NablaBasics
import NablaDescent
import Testing

@Suite struct NewtonTests {
  static let rosenbrockAsSquares: Objective = .init(
    value: { v in
      let valley = v[1] - v[0] * v[0]
      return 100 * valley * valley + (1 - v[0]) * (1 - v[0])
    },
    valueAndGradient: { v in
      let valley = v[1] - v[0] * v[0]
      return (
        100 * valley * valley + (1 - v[0]) * (1 - v[0]),
        [-400 * v[0] * valley - 2 * (1 - v[0]), 200 * valley]
      )
    },
    hessian: { v in [1200 * v[0] * v[0] - 400 * v[1] + 2, -400 * v[0], -400 * v[0], 200] },
    residuals: Residuals(
      count: 2, values: { v in ([10 * (v[1] - v[0] * v[0]), 1 - v[0]], [-20 * v[0], 10, -1, 0]) },
      places: [.init(residual: 0, row: 0, column: 0)], curvatures: { _ in [-20] }))

  @Test func rosenbrockInFewEvaluations() {
    let plain = Minimizer().minimize(Functions.rosenbrock, from: [-1.2, 1])
    #expect(plain.certificate.verdict == .strictLocalMinimum && plain.counts.f <= 45, "\(plain.counts)")
    // Both squares are quadratics: their model is exact, and only the trust region keeps the first step short.
    let squares = Minimizer().minimize(Self.rosenbrockAsSquares, from: [-1.2, 1])
    #expect(squares.success && squares.f < 1e-25 && squares.counts.f <= 12, "\(squares.counts)")
    for trace in [plain, squares] {
      #expect(abs(trace.x[0] - 1) < 1e-12 && abs(trace.x[1] - 1) < 1e-12)
    }
  }

  @Test func theSaddleIsLeft() {
    let trace = Minimizer().minimize(Functions.saddle, from: [0, 0])
    #expect(trace.certificate.verdict == .unboundedBelow && !trace.success)
    let hill = Functions.single({ Libm.cos($0) }, { -Libm.sin($0) }, { -Libm.cos($0) })
    #expect(Minimizer().minimize(hill, from: [0]).certificate.verdict == .strictLocalMinimum)
  }

  /// From twelve starts: the one minimum, or unbounded below along y → ∞, never anything else called a success.
  @Test func theArticlesFunction() {
    for start in [
      [0.0, 0], [1, -1], [0.1, 0.1], [0, 1], [-1, -0.1], [1, 2], [4, 4], [-4, -4], [10, -10], [-0.5, 0.25],
      [1e-9, -1e-9], [2, -2],
    ] {
      let trace = Minimizer().minimize(Functions.quintic, from: start)
      if trace.success {
        #expect(trace.certificate.verdict == .strictLocalMinimum)
        #expect(abs(trace.x[0] - 1.190103022368) < 1e-9 && abs(trace.x[1] - -0.892577266776) < 1e-9)
        #expect(abs(trace.f - -2.549421366930) < 1e-11)
      } else {
        #expect(trace.certificate.verdict == .unboundedBelow, "from \(start): \(trace.stop)")
      }
    }
  }

  @Test func theTrustRegionProblem() throws {
    var random = SplitMix64(start: 1983)
    for round in 0..<300 {
      let n = Int.random(in: 1...6, using: &random)
      var rows = [Double](repeating: 0, count: n * n)
      for i in 0..<n {
        for j in 0...i {
          rows[i * n + j] = Double.random(in: -2...2, using: &random)
          rows[j * n + i] = rows[i * n + j]
        }
      }
      // Every third time the hard case: no slope along the first axis, where the curvature is lowest.
      var gradient = (0..<n).map { _ in Double.random(in: -1...1, using: &random) }
      if round % 3 == 0 {
        for i in 1..<max(n, 1) { (rows[i], rows[i * n]) = (0, 0) }
        (rows[0], gradient[0]) = (-9, 0)
      }
      let radius = Double.random(in: 0.1...3, using: &random)
      let matrix = rows
      let slopes = gradient
      let model: ([Double]) -> Double = { s in
        var sum = 0.0
        for i in 0..<n {
          sum += slopes[i] * s[i]
          for j in 0..<n { sum += 0.5 * s[i] * matrix[i * n + j] * s[j] }
        }
        return sum
      }
      let found = try #require(
        TrustRegionProblem(gradient: gradient, hessian: rows, radius: radius).solution()?.step,
        "round \(round)")
      let length = found.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(length <= radius * (1 + 1e-9), "round \(round)")
      for _ in 0..<200 {
        let any = (0..<n).map { _ in Double.random(in: -1...1, using: &random) }
        let size = any.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let part = Double.random(in: 0...1, using: &random).squareRoot()
        let other = any.map { $0 / size * part * radius }
        #expect(model(found) <= model(other) + 1e-6 * abs(model(found)) + 1e-12, "round \(round)")
      }
    }
  }

  @Test func largeEigensystems() throws {
    var random = SplitMix64(start: 16)
    for n in [16, 25, 60] {
      var rows = [Double](repeating: 0, count: n * n)
      for i in 0..<n {
        for j in 0...i {
          rows[i * n + j] = Double.random(in: -1...1, using: &random)
          rows[j * n + i] = rows[i * n + j]
        }
      }
      let eigen = try #require(SymmetricEigen(rows, size: n))
      for (value, vector) in zip(eigen.values, eigen.vectors) {
        for i in 0..<n {
          let product = (0..<n).reduce(0) { $0 + rows[i * n + $1] * vector[$1] }
          #expect(abs(product - value * vector[i]) < 1e-12 * Double(n))
        }
      }
      #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test func bounds() throws {
    let box = Bounds(lower: [-2, 1.5], upper: [2, 3])
    var valley = Functions.rosenbrock
    valley.bounds = box
    let trace = Minimizer().minimize(valley, from: [2, 2])
    #expect(trace.certificate.verdict == .onBound && trace.success && trace.x[1] == 1.5)
    #expect(abs(trace.f - 0.0504261879) < 1e-9)
    // Every bound is kept on the way, and a start outside is brought in.
    let away = Minimizer(recording: .all).minimize(valley, from: [-9, 9])
    #expect(away.points.allSatisfy { box.contains($0.x) } && away.points[0].x == [-2, 3])
    // An infinite slope on the bound that holds the point.
    var root = Functions.single(
      { $0.squareRoot() }, { 0.5 / $0.squareRoot() }, { -0.25 / ($0 * $0.squareRoot()) })
    root.bounds = Bounds(lower: [0], upper: [4])
    let held = Minimizer().minimize(root, from: [1])
    #expect(held.certificate.verdict == .onBound && held.x == [0] && held.f == 0, "\(held.stop)")
    #expect(Bounds(validatingLower: [1], upper: [0]) == nil)
  }

  @Test func aKinkInTwoVariables() {
    let corner = Objective(
      { v in abs(v[0]) + abs(v[1] - 1) + 0.1 * v[0] * v[0] },
      gradient: { v in
        [(v[0] > 0 ? 1 : v[0] < 0 ? -1 : 0) + 0.2 * v[0], v[1] > 1 ? 1 : v[1] < 1 ? -1 : 0]
      },
      hessian: { _ in [0.2, 0, 0, 0] })
    for start in [[3.0, -2], [0.3, 0.3], [-7, 5]] {
      let trace = Minimizer().minimize(corner, from: start)
      #expect(trace.certificate.verdict == .kink && trace.success, "\(start): \(trace.stop)")
      #expect(abs(trace.x[0]) < 1e-9 && abs(trace.x[1] - 1) < 1e-9 && trace.f < 1e-9)
    }
  }
}
