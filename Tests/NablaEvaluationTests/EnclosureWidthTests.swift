import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Enclosures are not only true but near: those of one function go hardly beyond its values in the box.
@Suite struct EnclosureWidthTests {
  /// On negative numbers these have poles at whole ones and are not enclosed there.
  private static let onPositives = ["gamma", "lnGamma", "factorial", "psi", "trigamma"]
  /// Those with a shape of their own, but for steps.
  static let names = Interval.shapes.keys.sorted().filter {
    !["floor", "ceil", "round", "sign", "not"].contains($0)
  }

  private static func values(_ f: (Double) -> Double, _ box: ClosedRange<Double>, _ count: Int) -> [Double] {
    (0...count).map {
      f(
        $0 == count
          ? box.upperBound : box.lowerBound + (box.upperBound - box.lowerBound) * Double($0) / Double(count))
    }
  }

  /// Numbers at random of many sizes, and those beside 0, 1 and −1.
  private static func points(_ name: String) -> [Double] {
    var random = SplitMix64(start: 1966)
    var points = [0.5, 2, 3.5].flatMap { size in
      (0..<40).map { _ in Double.random(in: -size...size, using: &random) }
    }
    points += [0.9, 0.99, 1.01, 1.1, 1e-3, 0.02, 30, 12.5].flatMap { [$0, -$0] }
    return points.filter { $0 > 0.01 || !onPositives.contains(name) }
  }

  @Test("Of a narrow box", arguments: names) func narrow(name: String) throws {
    let function = try #require(Function.named(name))
    guard case .unary(let f) = function.value else { return }
    var seen = 0
    for x in Self.points(name) {
      let half = 1e-6 * max(1, x.magnitude)
      let values = Self.values(f, x - half...x + half, 8)
      guard let low = values.min(), let high = values.max(), values.allSatisfy({ $0.magnitude < 1e4 }) else {
        continue
      }
      let found = Interval.value(of: function, Interval(x - half, x + half), Interval(0), Interval(0))
      let slack = 3 * (high - low) + 8 * half * (1 + high.magnitude) + 1e-11
      #expect(found.lower <= low && found.upper >= high, "\(name) at \(x): \(found), not \(low)...\(high)")
      #expect(
        found.lower >= low - slack && found.upper <= high + slack,
        "\(name) at \(x): \(found), not \(low)...\(high)")
      #expect(found.isContinuous, "\(name) at \(x)")
      seen += 1
    }
    #expect(seen > 20)
  }

  @Test("Of a wide box", arguments: names.filter { $0 != "gelu" && $0 != "sinc" })
  func wide(name: String) throws {
    let function = try #require(Function.named(name))
    guard case .unary(let f) = function.value else { return }
    let points = Self.points(name)
    var seen = 0
    for (a, b) in zip(points, points.dropFirst()) where a != b {
      let box = min(a, b)...max(a, b)
      let values = Self.values(f, box, 400)
      guard let low = values.min(), let high = values.max(), values.allSatisfy({ $0.magnitude < 100 }) else {
        continue
      }
      // No pole between two of the values.
      guard zip(values, values.dropFirst()).allSatisfy({ ($0 - $1).magnitude < 0.5 * max(1, high - low) })
      else { continue }
      let found = Interval.value(
        of: function, Interval(box.lowerBound, box.upperBound), Interval(0), Interval(0))
      let slack = 0.02 * (high - low) + 1e-9
      #expect(found.lower <= low && found.upper >= high, "\(name), \(box): \(found), not \(low)...\(high)")
      #expect(
        found.lower >= low - slack && found.upper <= high + slack,
        "\(name), \(box): \(found), not \(low)...\(high)")
      seen += 1
    }
    #expect(seen > 5)
  }

  @Test(
    "Of a narrow box of two arguments", arguments: ["min", "max", "hypot", "log", "atan2", "beta", "mod"])
  func ofTwoArguments(name: String) throws {
    let function = try #require(Function.named(name))
    guard case .binary(let f) = function.value else { return }
    var random = SplitMix64(start: 1979)
    var seen = 0
    for number in 0..<400 {
      let size = [0.5, 3, 20][number % 3]
      let (x, y) = (
        Double.random(in: -size...size, using: &random), Double.random(in: -size...size, using: &random)
      )
      let half = 1e-6
      let offsets = [-half, -half / 2, 0, half / 2, half]
      let values = offsets.flatMap { a in offsets.map { f(x + a, y + $0) } }
      guard let low = values.min(), let high = values.max(), values.allSatisfy({ $0.magnitude < 1e4 }),
        high - low < 1e-2, name != "beta" || min(x, y) > 0.01
      else { continue }
      let found = Interval.value(
        of: function, Interval(x - half, x + half), Interval(y - half, y + half), Interval(0))
      let slack = 3 * (high - low) + 1e-10
      #expect(
        found.lower <= low && found.upper >= high, "\(name)(\(x), \(y)): \(found), not \(low)...\(high)")
      #expect(
        found.lower >= low - slack && found.upper <= high + slack,
        "\(name)(\(x), \(y)): \(found), not \(low)...\(high)")
      seen += 1
    }
    #expect(seen > 50)
  }

  @Test("A remainder over several turns lies between 0 and what it is divided by") func remainders() throws {
    let mod = try #require(Function.named("mod"))
    for (divisor, low, high) in [(3.0, 0.0, 3.0), (-3, -3, 0)] {
      let found = Interval.value(of: mod, Interval(-4, 5), Interval(divisor), Interval(0))
      #expect(found.lower == low && found.upper == high && !found.isContinuous)
      let one = Interval.value(of: mod, Interval(3.25, 3.5), Interval(divisor), Interval(0))
      #expect(one.lower >= low && one.upper <= high && one.upper - one.lower < 0.2600001)
    }
    let unknown = Interval.value(of: mod, Interval(1, 2), Interval(-1, 1), Interval(0))
    #expect(unknown.lower == -.infinity && unknown.upper == .infinity)
  }

  @Test("Steps are known where they do not jump") func steps() throws {
    for (name, inside) in [("floor", 2.0), ("ceil", 3), ("round", 2), ("sign", 1)] {
      let function = try #require(Function.named(name))
      let known = Interval.value(of: function, Interval(2.1, 2.4), Interval(0), Interval(0))
      #expect(known.lower == inside && known.upper == inside && known.isContinuous, "\(name): \(known)")
      let wide = Interval.value(of: function, Interval(-1.75, 2.75), Interval(0), Interval(0))
      #expect(!wide.isContinuous && wide.lower < 0 && wide.upper > 0)
    }
  }

  /// One condition without a value leaves what the other decides alone.
  @Test("Conditions beside one that has no value") func decided() throws {
    let none = Interval.value(of: Function.ln, Interval(-2, -1), Interval(0), Interval(0))
    #expect(none.isEmpty)
    let (no, yes, unknown) = (Interval(0), Interval(1), Interval(0, 1))
    func value(_ name: String, _ a: Interval, _ b: Interval) throws -> Interval {
      Interval.value(of: try #require(Function.named(name)), a, b, Interval(0))
    }
    for (a, b) in [(none, no), (no, none)] {
      #expect(try value("or", a, b).isEmpty)
      #expect(try value("and", a, b).isZero)
    }
    for (a, b) in [(none, yes), (yes, none)] {
      #expect(try value("or", a, b).lower == 1 && value("or", a, b).upper == 1)
      #expect(try value("and", a, b).isEmpty)
    }
    #expect(try value("or", none, unknown).lower == 1 && value("and", unknown, none).isZero)
    #expect(try value("or", none, none).isEmpty && value("and", none, none).isEmpty)
    #expect(try value("<", none, yes).isEmpty && value("==", yes, none).isEmpty)
  }
}
