import Nabla
import Testing

@Suite struct StructureTests {
  @Test func quadraticsAreSolvedExactly() throws {
    let form = try #require(Formula("x^2 + xy + y^2 - 3x").quadraticForm)
    #expect(form.point.map(\.double) == [2, -1] && form.value.double == -3 && form.isMinimum)
    let hill = try #require(Formula("5 - 2x^2 + 3x").quadraticForm)
    #expect(!hill.isMinimum && hill.point[0] == Number(3).divided(by: Number(4)))
    for text in ["x^2 - y^2", "x^2 + 0y", "x^3", "sin x", "x + y", "|x|^2 + abs(y)"] {
      #expect(try Formula(text).quadraticForm == nil, "\(text)")
    }
  }

  @Test func aQuadraticIsGlobal() throws {
    for (text, start) in [("x^2 + 5x + 6", [9.0]), ("x^2 + xy + y^2 - 3x", [4, 4]), ("(x - y)^2", [3, 1])] {
      let trace = try Formula(text).minimize(from: start)
      #expect(trace.certificate.verdict == .globalMinimum && trace.success, "\(text)")
    }
    #expect(try Formula("x^2 - y^2").minimize(from: [1, 1]).certificate.verdict == .unboundedBelow)
  }

  @Test func raysThatProve() throws {
    let article = try Formula("3x^2 + 8xy - 3y^5")
    let ray = try #require(article.unboundedRay())
    #expect(ray.degree == 5 && ray.coefficient == Number(-3) && ray.direction == [0, 1])
    let up = try #require(article.unboundedRay(.maximize))
    #expect(!up.coefficient.isNegative)
    for text in ["x^2 + y^2", "x^4 - 3x", "exp(x)", "5"] {
      #expect(try Formula(text).unboundedRay() == nil, "\(text)")
    }
    #expect(try Formula("x y").unboundedRay(.minimize, toward: [1, -1])?.direction == [1, -1])
  }

  /// The squares are found where they are, and the descent that uses them agrees with the one that does not.
  @Test(arguments: [
    ("100(y - x^2)^2 + (1 - x)^2", [-1.2, 1.0], 2),
    ("sum(i, 1, 5, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)", [-1.2, 1, -1.2, 1, -1.2, 1], 10),
    ("2(x^4 + (y - 3)^2/5) + 7", [1, 1], 2), ("x^2 y^2 + (x - 1)^2", [2, 2], 2),
    ("((x - 1)^2 + y^2)^2", [3, 1], 1),
  ])
  func sumsOfSquares(text: String, start: [Double], count: Int) throws {
    let formula = try Formula(text)
    let objective = try formula.objective()
    let squares = try #require(objective.residuals)
    #expect(squares.count == count)
    for x in [start, start.map { 0.3 - $0 }] {
      let (r, _) = squares.values(x)
      let sum = r.reduce(squares.offset) { $0 + $1 * $1 }
      #expect(abs(sum - (try formula.value(at: x))) <= 1e-12 * max(1, abs(sum)))
    }
    let found = try formula.minimize(from: start)
    let plain = try formula.minimize(from: start, TrustRegionNewton(model: .quadratic))
    #expect(found.success && plain.success && abs(found.f - plain.f) <= 1e-9, "\(found.f) \(plain.f)")
  }

  @Test(arguments: ["x^2 - y^2", "x^3 + y^2", "(x - 1)^2 y", "exp(x)^2 + x", "-(x^2)"])
  func noSums(text: String) throws { #expect(try Formula(text).objective().residuals == nil) }

  /// A long chain: every square is differentiated once and modelled for itself.
  @Test func aLongSumOfSquares() throws {
    let n = 240
    let chain = try Formula("sum(i, 1, \(n - 1), 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)")
    let objective = try chain.objective()
    let squares = try #require(objective.coupled)
    #expect(squares.count == 2 * (n - 1))
    let x = (0..<n).map { Double($0 % 7) / 5 - 0.6 }
    let (r, slopes) = squares.values(x)
    var gradient = [Double](repeating: 0, count: n)
    for i in r.indices {
      for place in squares.starts[i]..<squares.starts[i + 1] {
        gradient[squares.variables[place]] += 2 * r[i] * slopes[place]
      }
    }
    let (value, exact) = try chain.valueAndGradient(at: x)
    #expect(abs(r.reduce(0) { $0 + $1 * $1 } - value) <= 1e-10 * value)
    #expect(zip(gradient, exact).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) })
    let trace = try chain.minimize(from: (0..<n).map { $0 % 2 == 0 ? -1.2 : 1 })
    #expect(trace.success && trace.counts.f <= 100, "\(trace.stop) \(trace.counts)")
    // The index itself and a variable outside the family.
    let other = try Formula("sum(i, 1, 199, (x[i] - i/100 - c)^2 + (x[i+1] - x[i])^2) + 3")
    let fitted = try #require(try other.objective().coupled)
    let point = (0..<other.variables.count).map { Double($0 % 5) }
    let sum = fitted.values(point).residuals.reduce(fitted.offset) { $0 + $1 * $1 }
    #expect(abs(sum - (try other.value(at: point))) <= 1e-10 * sum)
  }
}
