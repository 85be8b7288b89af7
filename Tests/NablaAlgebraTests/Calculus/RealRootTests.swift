import NablaBasics
import Testing

@testable import NablaAlgebra

struct RealRootTests {
  /// The product of x − r over whole numbers r.
  private func polynomial(_ roots: [Rational]) -> [Rational] {
    roots.reduce([1]) { product, root in
      let shifted = [0] + product
      return zip(shifted, product + [0]).map { $0 - root * $1 }
    }
  }

  @Test("Rational roots are found exactly, each once")
  func rational() throws {
    var random = SplitMix64(start: 77)
    for _ in 0..<60 {
      let roots = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Rational(
          Integer(Int.random(in: -20...20, using: &random)),
          over: Integer(Int.random(in: 1...6, using: &random)))!
      }
      let found = try #require(RealRoots(polynomial(roots)))
      #expect(found.roots.map(\.expression) == Set(roots).sorted().map { .number(Number($0)) })
    }
  }

  static let rows: [([Int], [Double])] = [
    ([1], []), ([0, -3, 0, 3], [-1, 0, 1]), ([0, 0, 7], [0]), ([1, 0, 1], []),
    ([-2, 0, 1], [-1.4142135623730951, 1.4142135623730951]),
    ([0, 0, 0, 1], [0]), ([32, 0, 0, 45], [-0.8925772667762261]),
    ([-1, -1, 0, 0, 0, 1], [1.1673039782614187]),
    ([6, 0, -5, 0, 1], [-1.7320508075688772, -1.4142135623730951, 1.4142135623730951, 1.7320508075688772]),
    ([2, 2, -1, -1, 1, 1], [-1]), ([-1, 0, 0, 0, 1], [-1, 1]),
    ([-1, -1, 1], [-0.6180339887498949, 1.618033988749895]),
    ([2, 2, 1, -2, -2, -1, 0], [1]),
  ]

  @Test("Roots in digits, ascending", arguments: rows)
  func digits(coefficients: [Int], expected: [Double]) throws {
    let found = try #require(RealRoots(coefficients.map { Rational($0) }))
    #expect(found.roots.count == expected.count, "\(found.roots.map(\.value))")
    for (root, value) in zip(found.roots, expected) {
      #expect(abs(root.value - value) <= 2e-15 * max(1, abs(value)))
      #expect(abs((root.expression.constantValue ?? .nan) - root.value) <= 1e-15 * max(1, abs(value)))
    }
  }

  @Test func exactForms() throws {
    let surds = try #require(RealRoots([-2, 0, 1]))
    #expect(surds.roots.map(\.expression) == [-Expr(2).squareRoot, Expr(2).squareRoot])
    let cube = try #require(RealRoots([32, 0, 0, 45]))
    #expect(cube.roots.map(\.expression) == [-pow(Expr(32) / 45, Expr(1) / 3)])
    // (x² − 2)(x³ − 3)(x − 5): each factor is found.
    let mixed = try #require(RealRoots([-30, 6, 15, 7, -2, -5, 1].map { Rational($0) }))
    #expect(mixed.roots.allSatisfy(\.isExact) && mixed.roots.count == 4, "\(mixed.roots)")
    #expect(RealRoots([0]) == nil)
  }

  @Test("Close and far roots are told apart")
  func hard() throws {
    let close = polynomial([1, Rational(1_000_001, over: 1_000_000)!, 1_000_000_000])
    #expect(try #require(RealRoots(close)).roots.count == 3)
    // Wilkinson's polynomial of degree 20.
    let wilkinson = polynomial((1...20).map { Rational($0) })
    #expect(try #require(RealRoots(wilkinson)).roots.map(\.value) == (1...20).map(Double.init))
  }
}

struct EquationSystemTests {
  private static let (x, y) = (Expr("x"), Expr("y"))
  private static let unknowns = [Variable("x"), Variable("y")]

  static let rows: [([Expr], Int)] = [
    ([x + y - 3, x - y - 1], 1), ([x * y, x - 1], 1), ([x.squared + y.squared - 25, x - y - 1], 2),
    ([x * y - 1, x - y], 2), ([x.squared + 1, y], 0), ([x - 1, x - 2], 0),
    ([pow(x, 3) - y, pow(y, 3) - x], 3),
    ([x * (x - y), y * (x + y - 2)], 3),
  ]

  @Test("Every solution satisfies every equation", arguments: rows)
  func solutions(equations: [Expr], count: Int) {
    let system = EquationSystem(equations, for: Self.unknowns)
    #expect(system.isComplete)
    let points = Set(
      system.solutions.map { solution in Self.unknowns.map { solution.value(of: $0).tidiedRoots } })
    #expect(points.count == count, "\(points)")
    for point in points {
      let place = Dictionary(uniqueKeysWithValues: zip(Self.unknowns, point))
      for equation in equations { #expect(equation.substituting(place).tidiedRoots.isZeroUpToRounding) }
    }
  }

  @Test func saysWhatIsLeftOver() {
    let circle = EquationSystem([Self.x.squared + Self.y.squared - 1], for: Self.unknowns)
    #expect(!circle.isComplete && circle.leftovers.count == 1 && circle.leftovers[0].isCurve)
  }
}
