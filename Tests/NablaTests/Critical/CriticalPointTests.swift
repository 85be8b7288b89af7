import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation
import Testing

@testable import Nabla

struct CriticalPointTests {
  struct Row: Sendable {
    let formula: String
    /// The kind and the exact coordinates of each point, in order.
    let points: [(CriticalPoint.Kind, [String])]

    init(_ formula: String, _ points: (CriticalPoint.Kind, [String])...) {
      (self.formula, self.points) = (formula, points)
    }
  }

  static let exact: [Row] = [
    Row("x^2 + 5x + 6", (.localMinimum, ["-5/2"])), Row("x^3", (.inflection, ["0"])),
    Row("x^4", (.localMinimum, ["0"])), Row("-x^6", (.localMaximum, ["0"])),
    Row("x^3 - 3x", (.localMaximum, ["-1"]), (.localMinimum, ["1"])),
    Row("x^2 - y^2", (.saddle, ["0", "0"])), Row("x + y"),
    Row("x^2 + y^2 + z^2 - x y + z", (.localMinimum, ["0", "0", "-1/2"])),
    Row(
      "(x^2-2)^2", (.localMinimum, ["-sqrt(2)"]), (.localMaximum, ["0"]), (.localMinimum, ["sqrt(2)"])),
    Row("x^3/3 - x^2/2 - x", (.localMaximum, ["1/2 - sqrt(5)/2"]), (.localMinimum, ["1/2 + sqrt(5)/2"])),
    Row(
      "x^4 + y^4 - 4x y", (.localMinimum, ["-1", "-1"]), (.saddle, ["0", "0"]), (.localMinimum, ["1", "1"])),
    Row("(1-x)^2 + 100(y-x^2)^2", (.localMinimum, ["1", "1"])),
    Row(
      "x y (1 - x - y)", (.saddle, ["0", "0"]), (.saddle, ["0", "1"]), (.localMaximum, ["1/3", "1/3"]),
      (.saddle, ["1", "0"])),
    Row("x e^(-x)", (.localMaximum, ["1"])), Row("x ln(x)", (.localMinimum, ["1/e"])),
    Row("x + 1/x", (.localMaximum, ["-1"]), (.localMinimum, ["1"])),
    Row("e^x - 2x", (.localMinimum, ["ln(2)"])), Row("sqrt(x) - x", (.localMaximum, ["1/4"])),
    Row("x^x", (.localMinimum, ["1/e"])), Row("pi x^2 - x", (.localMinimum, ["1/(2pi)"])),
    Row("0.1x^2 - x", (.localMinimum, ["5"])), Row("x^4 + y^4", (.localMinimum, ["0", "0"])),
    Row("x^3 y - y", (.saddle, ["1", "0"])), Row("x^2/(x^2+1)", (.localMinimum, ["0"])),
    Row("x^(1/3) - x", (.localMinimum, ["-sqrt(3)/9"]), (.localMaximum, ["sqrt(3)/9"])),
    Row("x^2 + x y^3 + y^7/7", (.localMinimum, ["-27/16", "3/2"]), (.saddle, ["0", "0"])),
    Row("-x^4 - y^6", (.localMaximum, ["0", "0"])), Row("x^4 - y^4", (.saddle, ["0", "0"])),
    Row("x^2 + y^4", (.localMinimum, ["0", "0"])), Row("x^2 + y^3", (.saddle, ["0", "0"])),
    Row("e^(x^4 + y^4)", (.localMinimum, ["0", "0"])), Row("x^100", (.localMinimum, ["0"])),
    Row("(x - y)^2 + x^4", (.localMinimum, ["0", "0"])), Row("-x^80", (.localMaximum, ["0"])),
  ]

  @Test(
    "Higher terms decide at the origin",
    arguments: [
      ("x^4 - x^2 y^2 + y^4", .localMinimum), ("x^4 - 3x^2 y^2 + y^4", .saddle),
      ("x^2 + y^4 + z^6 + x y^3", .localMinimum), ("e^(-x^4 - y^2)", .localMaximum),
      ("x y^2 + x^3", .saddle),
    ] as [(String, CriticalPoint.Kind)])
  func higherTerms(text: String, kind: CriticalPoint.Kind) throws {
    let points = try Formula(text).criticalPoints().points
    #expect(points.first { $0.coordinates.allSatisfy { $0 == 0 } }?.kind == kind, "\(points)")
  }

  struct Multiple: Sendable {
    let formula: String
    /// What is zero at the multiple zeros of the gradient and nowhere else among the points, and how many there are.
    let zero: String
    let count: Int
    let kind: CriticalPoint.Kind
  }

  /// The number next to 3π is not 3π: there sin³x has a second derivative.
  @Test(
    "Multiple zeros of the gradient that numbers only come near to",
    arguments: [
      Multiple(formula: "sin(x)^3", zero: "sin(x)", count: 7, kind: .inflection),
      Multiple(formula: "tan(x + 0.5)^3", zero: "tan(x + 0.5)", count: 7, kind: .inflection),
      Multiple(formula: "x - sin(x)", zero: "1 - cos(x)", count: 3, kind: .inflection),
      Multiple(formula: "x - sin(x + 0.3)", zero: "1 - cos(x + 0.3)", count: 3, kind: .inflection),
      Multiple(formula: "sin(x + 0.5)^4", zero: "sin(x + 0.5)", count: 7, kind: .localMinimum),
      Multiple(formula: "sin(x + 0.5)^3 + y^2", zero: "sin(x + 0.5) + 0y", count: 7, kind: .saddle),
    ])
  func multipleZeros(row: Multiple) throws {
    let formula = try Formula(row.formula)
    let zero = try Formula(row.zero).compiled()
    var count = 0
    for point in try formula.criticalPoints().points {
      guard zero(point.coordinates).magnitude < 1e-3 else { continue }
      count += 1
      #expect(point.kind == row.kind, "\(point.coordinates)")
    }
    #expect(count == row.count)
  }

  @Test(
    "Between two parabolas is another sign than on all lines",
    arguments: ["(y - x^2)(y - 2x^2)", "(x^2 - y)(y - 1.00001x^2)", "(y - x^2)(y - 1.000000000001x^2)"])
  func betweenParabolas(text: String) throws {
    let found = try Formula(text).criticalPoints()
    #expect(found.points.map(\.kind) == [.saddle], "\(found.points)")
  }

  @Test("Lines that the algebra of the equations does not find")
  func linesOfPoints() throws {
    let found = try Formula("x^3 + y^3 + z^3 - 3x y z").criticalPoints()
    let z = Expr.variable(Variable("z"))
    #expect(found.families.map(\.coordinates) == [[z, z, z]] && found.strewn.isEmpty, "\(found.families)")
    // Newton's method comes to no more than a few digits of a quadruple zero.
    let flat = try Formula("(x - y)^4 (1 + x^2 y^2)").criticalPoints()
    #expect(flat.families.count == 1 && flat.strewn.isEmpty && flat.points.isEmpty, "\(flat.points)")
  }

  @Test("What higher terms leave open stays degenerate")
  func open() throws {
    // On the axes x² and y⁴ are above 0; between them the form is (x − y²)², which a term of a higher order decides.
    let f = try Formula("(x - y^2)^2 - y^6 + y^8")
    let origin = try #require(f.criticalPoints().points.first { $0.coordinates == [0, 0] })
    #expect(origin.kind == .degenerate)
  }

  /// A formula, and its extrema without a gradient.
  static let kinks: [Row] = [
    Row("|x|", (.localMinimum, ["0"])), Row("-|x - 2|", (.localMaximum, ["2"])),
    Row("|x - 1| + |y + 1/2|", (.localMinimum, ["1", "-1/2"])),
    Row("|x| + y^2", (.localMinimum, ["0", "0"])),
    Row("max(x, -2x)", (.localMinimum, ["0"])), Row("min(x, 1 - x)", (.localMaximum, ["1/2"])),
    Row("max(x + y, -x - y) + (x - y)^2", (.localMinimum, ["0", "0"])),
    Row("x^(2/3)", (.localMinimum, ["0"])), Row("sqrt(x^2 + y^2)", (.localMinimum, ["0", "0"])),
    Row("|x^2 - 1|", (.localMinimum, ["-1"]), (.localMinimum, ["1"])),
    Row("if(x < 1, 2 - x, x)", (.localMinimum, ["1"])),
    Row("x |x|"), Row("|x| + 2x"), Row("x + floor(x)"), Row("sqrt(x) - x"),
  ]

  @Test("Extrema where the formula bends", arguments: kinks)
  func corners(row: Row) throws {
    let found = try Formula(row.formula).criticalPoints().points.filter(\.isKink)
    try #require(found.count == row.points.count, "\(found)")
    for (point, expected) in zip(found, row.points) {
      #expect(point.kind == expected.0 && point.eigenvalues.isEmpty)
      let exact = try #require(point.exact)
      for (own, text) in zip(exact, expected.1) {
        #expect((own - (try Reading.constant(text))).isZeroUpToRounding, "\(exact)")
      }
    }
  }

  @Test("Sums of bumps: every summit, however narrow beside the range that is searched")
  func bumps() throws {
    let twins = try Formula("e^(-x^2-y^2) + e^(-(x-3)^2-y^2)").criticalPoints().points
    #expect(twins.map(\.kind) == [.localMaximum, .saddle, .localMaximum])
    let waves = try Formula("sin(x)cos(y) + x/10").criticalPoints().points
    // The slopes vanish where cos x cos y = −1/10 and sin x sin y = 0, at 84 places within ±10.
    #expect(waves.count == 84 && waves.count { $0.kind == .saddle } == 42, "\(waves.count)")
  }

  @Test("A flat tail holds no point")
  func tails() throws {
    let bell = try Formula("(x^2 + y^2) e^(-x^2 - y^2)").criticalPoints()
    #expect(
      bell.points.allSatisfy { $0.coordinates.allSatisfy { $0.magnitude < 1.1 } }, "\(bell.points.count)")
    #expect(bell.points.contains { $0.coordinates == [0, 0] && $0.kind == .localMinimum })
    let wave = try Formula("x e^(-x^2) + y e^(-y^2)").criticalPoints()
    #expect(wave.points.allSatisfy { $0.coordinates.allSatisfy { $0.magnitude < 1 } })
    let step = try Formula("relu(x - 1)^2").criticalPoints()
    #expect(step.flat != nil)
  }

  @Test(
    "A zero of the slope beside a jump or a hole is no critical point",
    arguments: [
      "floor(x) + x^2", "sign(x) + x^2", "{x > 0: x^2; x^2 + 1}", "{x > 1: x^2; (x - 1)^2 + 3} + 0x",
      "(e^x - 1 - x - x^2/2)/x^2", "(tan x - x)/x", "(x - sin x)/x^3",
    ])
  func besideJumpsAndHoles(text: String) throws {
    let found = try Formula(text).criticalPoints(within: [-1.2...0.8])
    #expect(found.points.isEmpty, "\(found.points)")
  }

  @Test(
    "Around a multiple zero of the gradient there is one point",
    arguments: [
      ("sin(x) - x + x^3/6", .inflection), ("1 - cos x - x^2/2 + x^4/24", .localMinimum),
      ("(x - sin x)^2", .localMinimum), ("(x - 1)^4 ln(x)^2 + 0x", .localMinimum),
    ] as [(String, CriticalPoint.Kind)])
  func oneZero(text: String, kind: CriticalPoint.Kind) throws {
    let points = try Formula(text).criticalPoints(within: [-2...2]).points
    #expect(points.count == 1 && points[0].exact != nil && points[0].kind == kind, "\(points)")
  }

  @Test("Zeros of the gradient near each other stay apart where the slope between them is more than rounding")
  func zerosNearEachOther() throws {
    let points = try Formula("e^(sin((x - 1)^2 (x - 1.001)^2)) + 0x").criticalPoints(within: [0.99...1.01])
      .points
    #expect(points.count == 3, "\(points)")
  }

  @Test("Without a box starts are denser where formulas do most, near 0")
  func peaks() throws {
    let peaks = try Formula(
      "3(1-x)^2 e^(-x^2-(y+1)^2) - 10(x/5-x^3-y^5) e^(-x^2-y^2) - e^(-(x+1)^2-y^2)/3"
    ).criticalPoints().points
    #expect(peaks.count == 9)
  }

  @Test(
    "Places without a slope that are no extrema are told apart",
    arguments: [
      ("x^(1/3)", ["0"]), ("x^(3/5) (4 - x)", ["0"]), ("|x| + 2x", ["0"]), ("x^2", []), ("sqrt(x)", []),
      ("|x|", []),
      ("floor(x)", []),
    ])
  func withoutSlope(text: String, places: [String]) throws {
    let formula = try Formula(text)
    let found = try formula.criticalPoints().withoutSlope
    #expect(found == (try places.map { try Formula($0).expression }))
  }

  @Test func aBoxMayBeLongerThanTheLargestNumber() throws {
    let found = try Formula("sin(x) + x^2 cos(x)").criticalPoints(within: [-1e308...1e308])
    #expect(found.evidence != .complete)
  }

  @Test func cornersAtPartsOfPi() throws {
    let found = try Formula("|sin x|").criticalPoints(within: [-7...7]).points
    #expect(found.allSatisfy { $0.exact != nil })
    #expect(found.filter(\.isKink).allSatisfy { $0.value.decimal == 0 })
  }

  @Test("Jumps are told")
  func jumps() throws {
    let floor = try Formula("floor(x)").criticalPoints()
    #expect(floor.jumps.count == 1)
    #expect(try Formula("x^2").criticalPoints().jumps.isEmpty)
  }

  @Test("All points, exactly", arguments: exact)
  func points(row: Row) throws {
    let f = try Formula(row.formula)
    let result = try f.criticalPoints()
    #expect(result.evidence == .complete)
    let found = result.points.map {
      "\($0.kind.rawValue) at \($0.exact.map { $0.map { f.text(of: $0) } } ?? [])"
    }
    try #require(result.points.count == row.points.count, "\(found)")
    for (point, expected) in zip(result.points, row.points) {
      #expect(point.kind == expected.0, "\(found)")
      let coordinates = try expected.1.map { try Reading.constant($0) }
      let exact = try #require(point.exact)
      for (own, other) in zip(exact, coordinates) {
        #expect((own - other).tidiedRoots.isZeroUpToRounding, "\(found)")
      }
    }
  }

  @Test func theArticlesFunction() throws {
    let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
    let result = try f.criticalPoints()
    #expect(result.evidence == .complete && result.points.map(\.kind) == [.saddle, .localMinimum])
    let minimum = try #require(result.points.last)
    #expect(minimum.relations?.map { f.text(of: $0) } == ["−4y/3", "−(32/45)^(1/3)"])
    #expect(minimum.exact?[1] == -pow(Expr(32) / 45, Expr(1) / 3))
    #expect(minimum.value.exact == Expr(-16) / 5 * pow(Expr(32) / 45, Expr(2) / 3))
    #expect(abs(minimum.value.decimal + 2.549421366930) < 1e-12)
    #expect(abs(minimum.coordinates[1] + 0.892577266776) < 1e-12)
  }

  @Test("What has no exact form is given in digits, and still all of it")
  func digits() throws {
    let result = try Formula("x^5/5 - x^2/2 - x").criticalPoints()
    #expect(result.evidence == .complete && result.points.map(\.kind) == [.localMaximum, .localMinimum])
    for point in result.points {
      let x = point.coordinates[0]
      #expect(point.exact == nil && abs(x * x * x * x - x - 1) < 1e-14)
    }
  }

  @Test("A search says so, and keeps to its box")
  func search() throws {
    let sine = try Formula("sin(x) + x/100").criticalPoints()
    guard case .search(let starts, let box) = sine.evidence else {
      Issue.record("\(sine.evidence)")
      return
    }
    #expect(starts >= 100 && box == [-10...10] && sine.points.count == 6)
    #expect(try Formula("sin(x) + x/100").criticalPoints(within: [0...2]).points.count == 1)
    #expect(try Formula("x^3 - 3x").criticalPoints(within: [0...2]).points.count == 1)
    #expect(throws: FormulaError.self) { try Formula("x y").criticalPoints(within: [0...2]) }
    let himmelblau = try Formula("(x^2+y-11)^2+(x+y^2-7)^2").criticalPoints()
    let kinds = himmelblau.points.map(\.kind)
    #expect(
      kinds.count { $0 == .localMinimum } == 4 && kinds.count { $0 == .saddle } == 4 && kinds.count == 9)
  }

  @Test(
    "What a search costs does not grow with the terms of a sum",
    arguments: [(10, 200), (100_000, 9), (10_000_000, 1)])
  func searchesLongSumsFromFewPoints(terms: Int, starts: Int) throws {
    let sum = try Formula("sum(i, 1, \(terms), sin(i x))")
    let compiled = try CompiledFunctions(
      [sum.expression] + sum.gradient().partials.map(\.expression), variables: sum.variables)
    #expect(compiled.work > 2 * Double(terms) && compiled.work < 20 * Double(terms))
    #expect(
      CriticalPointFinder.starts(size: sum.expression.size, work: compiled.work, variables: 1) == starts)
    // A program may consist of inputs and constants alone.
    #expect(CriticalPointFinder.starts(size: 1, work: 0, variables: 1) == 200)
  }

  @Test("What a family is shows across it")
  func kindsOfFamilies() throws {
    func families(_ text: String) throws -> [String] {
      let formula = try Formula(text)
      return try formula.criticalPoints().families.map {
        "\($0.kind?.rawValue ?? "?") \($0.value.map { formula.text(of: $0) } ?? "?")"
      }
    }
    #expect(try families("x^2 - 2x y + y^2 + 3") == ["local minimum 3"])
    #expect(try families("-(x + 2y)^2") == ["local maximum 0"])
    #expect(try families("x^2 - y^2 + 0z") == ["saddle 0"])
    #expect(try families("x^2 y^2") == ["local minimum 0", "local minimum 0"])
    #expect(try families("x^2 y") == ["? 0"])
    #expect(try families("x^4 + 0y") == ["local minimum 0"])
    // (9/2, 0) lies on y = 0, and nothing more is known of it.
    let product = try Formula("x^3 y^2 (6 - x - y)").criticalPoints()
    #expect(product.points.map(\.coordinates) == [[0, 6], [3, 2]])
    // (4, 0) lies on y = 0 as all others do, (0, 6) on x = 0 where minima become maxima.
    let other = try Formula("x^2 y^3 (6 - x - y)").criticalPoints()
    #expect(other.points.map(\.coordinates) == [[0, 6], [2, 3]])
    let planes = try Formula("x^2 y^2 z^2 (1 - x - y - z)").criticalPoints()
    #expect(planes.families.count == 3, "\(planes.families.map(\.coordinates))")
  }

  @Test("Points that are not alone come as families and curves")
  func families() throws {
    let ridge = try Formula("x^2 y").criticalPoints()
    #expect(
      ridge.points.isEmpty && ridge.families.map(\.coordinates) == [[.zero, Expr("y")]]
        && ridge.evidence == .complete)
    let circle = try Formula("(x^2 + y^2 - 1)^2").criticalPoints()
    #expect(circle.curves.count == 1 && circle.points.map(\.coordinates) == [[0, 0]])
    let plane = try Formula("(x + y + z)^10").criticalPoints()
    #expect(plane.points.isEmpty && plane.evidence == .complete && plane.families.count == 1)
    let constant = try Formula("f(x, y) = 5").criticalPoints()
    #expect(constant.families.map(\.coordinates) == [[Expr("x"), Expr("y")]])
  }

  @Test("The same on every run, and parameters are asked for")
  func contract() throws {
    let f = try Formula("sin(x) cos(y)")
    #expect(try f.criticalPoints().points.map(\.coordinates) == f.criticalPoints().points.map(\.coordinates))
    #expect(throws: FormulaError.self) { try Formula("f(x) = a x^2").criticalPoints() }
    #expect(try Formula("1 + 1").criticalPoints().points.isEmpty)
  }

  @Test("A random quadratic has the one point that elimination gives")
  func quadratics() throws {
    var random = SplitMix64(start: 31)
    for _ in 0..<30 {
      let names = Array(["x", "y", "z", "u"].prefix(Int.random(in: 1...4, using: &random)))
      var terms: [Expr] = []
      for (i, name) in names.enumerated() {
        terms.append(.integer(Int.random(in: 1...9, using: &random)) * Expr(name).squared)
        terms.append(.integer(Int.random(in: -9...9, using: &random)) * Expr(name))
        for other in names[..<i] {
          terms.append(.integer(Int.random(in: -4...4, using: &random)) * Expr(name) * Expr(other))
        }
      }
      let f = Formula(.sum(terms), variables: names.map { Variable($0) })
      let result = try f.criticalPoints()
      #expect(result.evidence == .complete && result.points.count + result.families.count <= 1)
      for point in result.points {
        let place = Dictionary(uniqueKeysWithValues: zip(f.variables, try #require(point.exact)))
        for variable in f.variables {
          #expect(try f.expression.derivative(by: variable).substituting(place) == .zero)
        }
      }
    }
  }
}
