import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// What a short search of a whole box says about a point.
@Suite struct BoxSearchTests {
  private static func finding(
    _ text: String, _ box: [ClosedRange<Double>], at point: [Double], _ sense: Objective.Sense = .minimize
  ) throws -> BoxFinding {
    try Formula(text).search(box, besides: point, sense, cancellation: Cancellation())
  }

  @Test(
    "The least value of the box is proved",
    arguments: [
      ("x^3 - 3x", [0...5], [1], Objective.Sense.minimize), ("x^3 - 3x", [0...5], [5], .maximize),
      ("x + 1/x", [0.1...5], [1], .minimize), ("1e-9 (x^3 - 3x)", [-1...3], [1], .minimize),
      ("1e9 + x^2", [-1...1], [0], .minimize),
      ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [-5...5, -5...5], [3, 2], .minimize),
    ] as [(String, [ClosedRange<Double>], [Double], Objective.Sense)])
  func proved(text: String, box: [ClosedRange<Double>], point: [Double], sense: Objective.Sense) throws {
    guard case .lowest(let boxes) = try Self.finding(text, box, at: point, sense) else {
      Issue.record("not proved")
      return
    }
    #expect(boxes > 0)
  }

  @Test(
    "A point that is not the least one is never taken for it, at any scale",
    arguments: [
      ("x^3 - 3x", 0.0, Objective.Sense.maximize), ("1e-12 (x^3 - 3x)", 0, .maximize),
      ("1e12 (x^3 - 3x)", 0, .maximize), ("x^3 - 3x", 1 + 1e-3, .minimize),
    ])
  func lower(text: String, place: Double, sense: Objective.Sense) throws {
    let formula = try Formula(text)
    guard case .lower(let better) = try Self.finding(text, [0...5], at: [place], sense) else {
      Issue.record("no better point")
      return
    }
    let (here, there) = (try formula.value(at: [place]), try formula.value(at: better))
    #expect(sense == .minimize ? there < here : there > here)
  }

  /// How much f is worth elsewhere in the box does not hide a lower value.
  @Test(
    "A steep valley hides no lower point",
    arguments: [
      ("1e12 (y - x^2)^2 + (1 - x)^2 + x/10", [-2...2, -2...2], [0.104505, 0.0109212]),
      ("1e10 (x^2 + y^2 - 1)^2 + x", [-2...2, -2...2], [-0.988731, 0.149706]),
      ("(x^2 - 4)^2 + 1e-15 x", [-3...3], [2]), ("(x - 1e15)^2 + sin(x)", [0...2e15], [999_999_997_250_656]),
    ] as [(String, [ClosedRange<Double>], [Double])])
  func steep(text: String, box: [ClosedRange<Double>], point: [Double]) throws {
    if case .lowest = try Self.finding(text, box, at: point) { Issue.record("taken for the least") }
  }

  @Test(
    "What is approached beside a jump is not taken for a minimum",
    arguments: [
      ("floor(x) + x^2", [-3...3], [-2e-8], Objective.Sense.minimize),
      ("ceil(x) - x", [0...2], [1 + 1e-9], .maximize),
      ("{x != 1: (x - 1)^2; 5}", [0...3], [1 - 1e-9], .minimize),
      ("{x > 0: x - 1; 1 - x}", [-1...1], [1e-12], .minimize),
    ] as [(String, [ClosedRange<Double>], [Double], Objective.Sense)])
  func unreached(text: String, box: [ClosedRange<Double>], point: [Double], sense: Objective.Sense) throws {
    guard case .unreached = try Self.finding(text, box, at: point, sense) else {
      Issue.record("taken for a minimum")
      return
    }
  }

  @Test("Where nothing is proved nothing is said")
  func open() throws {
    for (text, box, point) in [
      ("a x", [-1...1, -1...1], [1, .nan]),
      ("x1^2 + x2^2 + x3^2 + x4^2 + x5^2", Array(repeating: -1...1, count: 5), [0, 0, 0, 0, 0]),
    ] as [(String, [ClosedRange<Double>], [Double])] {
      guard case .open = try Self.finding(text, box, at: point) else {
        Issue.record("\(text)")
        continue
      }
    }
  }
}
