import Nabla
import NablaBasics
import NablaDescent
import Testing

/// Whole boxes, searched with a proof; the values are those of the literature (Surjanovic, Bingham: Virtual Library of
/// Simulation Experiments, Simon Fraser University).
@Suite struct GlobalMinimumTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var formula: String
    var box: [ClosedRange<Double>]
    var value: Double
    var count: Int
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    .init(
      name: "Himmelblau", formula: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", box: [-5...5, -5...5], value: 0,
      count: 4),
    .init(
      name: "six-hump camel", formula: "(4 - 2.1x^2 + x^4/3)x^2 + x y + (-4 + 4y^2)y^2",
      box: [-3...3, -2...2],
      value: -1.031_628_453_489_877, count: 2),
    .init(
      name: "Branin",
      formula: "(y - 5.1/(4pi^2) x^2 + 5/pi x - 6)^2 + 10(1 - 1/(8pi))cos(x) + 10", box: [-5...10, 0...15],
      value: 0.397_887_357_729_738, count: 3),
    .init(
      name: "Rastrigin", formula: "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
      box: [-5.12...5.12, -5.12...5.12],
      value: 0, count: 1),
    .init(
      name: "Hartmann 3",
      formula: """
        -(1.0 exp(-(3(x - 0.3689)^2 + 10(y - 0.1170)^2 + 30(z - 0.2673)^2)) \
        + 1.2 exp(-(0.1(x - 0.4699)^2 + 10(y - 0.4387)^2 + 35(z - 0.7470)^2)) \
        + 3.0 exp(-(3(x - 0.1091)^2 + 10(y - 0.8732)^2 + 30(z - 0.5547)^2)) \
        + 3.2 exp(-(0.1(x - 0.0381)^2 + 10(y - 0.5743)^2 + 35(z - 0.8828)^2)))
        """, box: [0...1, 0...1, 0...1], value: -3.862_779_787_332_66, count: 1),
    .init(name: "on the edge", formula: "x^3 - x", box: [-3...3], value: -24, count: 1),
    .init(name: "a corner", formula: "x + y", box: [-1...1, 2...3], value: 1, count: 1),
    .init(name: "a kink", formula: "|x - 1| + 2", box: [-3...3], value: 2, count: 1),
    .init(name: "an edge of the domain", formula: "sqrt(x) + x", box: [-1...1], value: 0, count: 1),
    .init(name: "no dependence", formula: "x^2 + 0y", box: [-1...2, -1...1], value: 0, count: 1),
  ]

  @Test(
    "A place that is listed holds values as low as the least",
    arguments: [
      ("|x - round(x)|", -1...1, [-1.0, 0, 1]), ("(x - round(x))^2", -1.2...1.3, [-1, 0, 1]),
      ("|x - floor(x) - 1/2|", -1...1, [-0.5, 0.5]), ("-mod(x, 1)", 0...2, [1, 2]),
      ("ceil(x)", -1.5...2.5, [-1]),
    ])
  func places(text: String, box: ClosedRange<Double>, points: [Double]) throws {
    let found = try Formula(text).globalMinimum(within: [box]).places
    #expect(found.count == points.count, "\(found.map(\.point))")
    for (place, point) in zip(found.sorted { $0.box[0].lower < $1.box[0].lower }, points) {
      #expect(place.box[0].lower - 1e-8 <= point && point <= place.box[0].upper + 1e-8)
    }
  }

  @Test(
    "Beside a jump an infimum is told from a minimum",
    arguments: [
      ("floor(x) - x", 0...2.5, -1.0, true), ("sign(x) + x^2", -1...1, -1, true),
      ("{x > 0: x - 1; 1 - x}", -1...1, -1, true), ("floor(x) + x^2", -3...3, -1, true),
      ("x - floor(x)", 0.2...2.5, 0, false), ("{x >= 0: x - 1; 1 - x}", -1...1, -1, false),
      ("mod(x, 1) + (x - 1)^2", -0.5...2, 0, false), ("mod(x, 1) + x", -1...1, -1, false),
      ("2min(x, 1) + mod(x, 1)", -1...1, -2, false), ("2ceil(x)", -3...(-2), -6, false),
      ("sqrt(x)", -1...1, 0, false), ("|x|", -1...1, 0, false), ("floor(x)", 0...1.5, 0, false),
    ])
  func jumps(text: String, box: ClosedRange<Double>, value: Double, isInfimum: Bool) throws {
    let found = try Formula(text).globalMinimum(within: [box])
    #expect(found.isInfimum == isInfimum)
    #expect((found.value.lower - value).magnitude < 1e-8 && (found.value.upper - value).magnitude < 1e-8)
  }

  @Test(arguments: rows)
  func theLeastValueAndItsPlacesAreEnclosed(row: Row) throws {
    let formula = try Formula(row.formula, variables: row.box.count == 2 ? ["x", "y"] : nil)
    let found = try formula.globalMinimum(within: row.box)
    #expect(found.end == .proved || found.end == .valueProved)
    let slack = 1e-9 * max(1, row.value.magnitude)
    #expect(found.value.lower <= row.value + slack && found.value.upper >= row.value - slack)
    #expect(found.value.width <= slack)
    #expect(found.places.count == row.count, "\(found.places.map(\.box))")
    // A place without Newton’s proof may hold more than minimizers.
    for place in found.places where place.isUnique {
      let value = try formula.value(at: place.box.map(\.middle))
      #expect((value - row.value).magnitude <= 1e-7)
    }
  }

  @Test func whatIsNotProvedIsSaid() throws {
    var search = BranchAndBound()
    search.limit = 10
    let found = try Formula("x^4 - 3x^3 y + 2y^4 - x y").globalMinimum(within: [-5...5, -5...5], search)
    #expect(found.end == .exhausted)
    #expect(found.value.width > 0.01)
    let unbounded = try Formula("ln x").globalMinimum(within: [-1...1])
    #expect(unbounded.end == .indistinct)
    #expect(unbounded.value.lower == -.infinity)
    #expect(try Formula("sqrt(-1 - x^2)").globalMinimum(within: [-1...1]).end == .undefined)
  }

  @Test("Rounding may leave more than was asked for, however many boxes there are")
  func rounding() throws {
    let found = try Formula("abs(x - 1e300)").globalMinimum(within: [0...1e301])
    #expect(found.end == .indistinct && found.boxes < 1000)
  }

  @Test("A box of a long sum counts for many")
  func longSum() throws {
    var search = BranchAndBound()
    search.limit = 1000
    let found = try Formula("sum(i, 1, 2000, sin(i x))").globalMinimum(within: [-1e18...1], search)
    #expect(found.end == .exhausted && found.boxes < 50)
  }

  @Test("Where minimizers form a line the point shown is one of them")
  func ring() throws {
    let formula = try Formula("(x^2 + y^2 - 1)^2")
    let found = try formula.globalMinimum(within: [-2...2, -2...2])
    let place = try #require(found.places.first)
    let value = try formula.value(at: place.point)
    #expect(!place.isUnique && value < 1e-12, "\(place.point)")
  }

  @Test func cancellationEndsIt() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    let found = try Formula("x^2").globalMinimum(within: [-1...1], cancellation: cancellation)
    #expect(found.end == .interrupted)
  }
}
