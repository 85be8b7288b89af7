import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaEvaluation

/// Enclosures of every operation and function on boxes of every kind, as they were recorded: with ends inside and outside
/// of the domain, at 0, at infinity. A `~` stands where the result is not continuous, `∅` where there is none.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedEnclosureTests {
  private static func boxes(_ ends: [Double]) -> [Interval] {
    ends.indices.flatMap { i in ends[i...].map { Interval(ends[i], $0) } }
  }

  private static let boxes = boxes([-.infinity, -3.7, -1, -0.3, 0, 0.3, 1, 2.5, 9, .infinity])
  private static let besideOne = boxes([-1.00001, -1, -0.99999, 0.99999, 1, 1.00001])
  private static let few = boxes([-1.5, 0, 0.5, 2]) + [Interval(-3), Interval(2, .infinity), .empty]

  private static func text(_ x: Interval) -> String {
    if x.isEmpty { return "∅" }
    let ends = [x.lower, x.upper].map { Record.number($0) }
    return (ends[0] == ends[1] ? ends[0] : ends.joined(separator: "…")) + (x.isContinuous ? "" : "~")
  }

  private static func line(_ name: String, _ results: [Interval]) -> String {
    var digest = Digest()
    digest.add(results.flatMap { $0.isEmpty ? [] : [$0.lower, $0.upper] })
    return name + ": " + results.map(text).joined(separator: " ") + " [\(digest.text)]"
  }

  /// The results for all, and how many are continuous where the arguments are not.
  private static func lines(_ name: String, _ boxes: [Interval], _ f: (Interval) -> Interval) -> [String] {
    let broken = boxes.filter { f($0.broken).isContinuous }.count
    return [line(name, boxes.map(f)) + (broken == 0 ? "" : "; \(broken) continuous of broken ones")]
  }

  @Test("Functions of one argument, and how many units of the last place they are widened") func unary()
    throws
  {
    var lines: [String] = []
    for function in Function.all {
      guard case .unary(let f) = function.value else { continue }
      let value = { Interval.value(of: function, $0, Interval(0), Interval(0)) }
      lines += Self.lines(function.name, Self.boxes, value)
      let units = [-0.7, 0.3, 0.7, 1.7, 30, 3e8].map { x -> String in
        let found = value(Interval(x))
        let size = f(x).ulp
        return Record.number(min(99999, (f(x) - found.lower) / size)) + "+"
          + Record.number(min(99999, (found.upper - f(x)) / size))
      }
      lines.append("  " + units.joined(separator: " "))
    }
    #expect(try Record(name: "functions.txt").differences(from: lines) == [])
  }

  @Test("Operations, and functions of two and three arguments") func binary() throws {
    var lines: [String] = []
    for opcode in [
      Opcode.add, .subtract, .multiply, .divide, .weigh, .share, .power, .oddPower, .evenPower, .select,
    ] {
      for a in Self.few {
        lines += Self.lines("\(opcode) \(Self.text(a))", Self.few) { b in
          Interval.value(opcode, a, b, Interval(7), nil)
        }
      }
    }
    for exponent in [-3.0, -2, -1, 0, 1, 2, 3, 0.5, -0.5, 1.0 / 3] {
      for opcode in [Opcode.power, .oddPower, .evenPower] {
        lines += Self.lines("\(opcode) \(Record.number(exponent))", Self.boxes) {
          Interval.value(opcode, $0, Interval(exponent), Interval(0), nil)
        }
      }
    }
    for exponent in [7, 8, -9, 1_000_001, 3e6, -2e7, 0x1p60].map({ Interval($0) }) + [
      Interval(-20, 21), Interval(4, 40), Interval(-7.5, 3), Interval(1e6, 3e6), Interval(-.infinity, 3),
    ] {
      lines += Self.lines("power \(Self.text(exponent))", Self.few + Self.besideOne) {
        Interval.value(.power, $0, exponent, Interval(0), nil)
      }
    }
    for opcode in [
      Opcode.squareRoot, .cubeRoot, .exponential, .logarithm, .sine, .cosine, .tangent, .hyperbolicTangent,
      .absolute, .negate,
    ] {
      lines += Self.lines("\(opcode)", Self.boxes) {
        Interval.value(opcode, $0, Interval(0), Interval(0), nil)
      }
    }
    for function in Function.all {
      switch function.value {
      case .unary: continue
      case .binary:
        for a in Self.few {
          lines += Self.lines("\(function.name) \(Self.text(a))", Self.few) {
            Interval.value(of: function, a, $0, Interval(0))
          }
        }
      case .ternary:
        for (a, b) in zip(Self.few, Self.few.reversed()) {
          lines += Self.lines("\(function.name) \(Self.text(a)) \(Self.text(b))", Self.few) {
            Interval.value(of: function, a, b, $0)
          }
        }
      }
    }
    #expect(try Record(name: "operations.txt").differences(from: lines) == [])
  }

  /// The ends of an arc that come near an extreme or a pole, over many turns.
  @Test("Extremes and poles of circular functions") func circular() throws {
    var lines: [String] = []
    for place in [0, 0.5, 1, 1.5, -0.5, -1, 7, 1000, 1e7] {
      for distance in [0.3, 1e-6, 1e-14] {
        let center = place * Double.pi
        let boxes = [
          Interval(center - 2 * distance, center - distance), Interval(center - distance, center + distance),
          Interval(center + distance, center + 2 * distance), Interval(center),
          Interval(center - 3, center + 3),
        ]
        let results = [Interval.sine, Interval.cosine, Interval.tangent, Interval.cotangent].map {
          boxes.map($0)
        }
        lines.append(Self.line("\(place)π ± \(distance)", results.flatMap { $0 }))
      }
    }
    #expect(try Record(name: "circular.txt").differences(from: lines) == [])
  }

  @Test("Formulas with their slopes and second derivatives") func formulas() throws {
    var lines: [String] = []
    for (name, formula, variables) in RecordedProgramTests.formulas where variables.count <= 9 {
      let function = try CompiledFunction(formula, variables: variables)
      let hessian = try function.secondDerivatives()
      lines.append(name)
      for (center, half) in [(0.0, 0.25), (0.75, 0), (1.5, 0.5)] {
        let box = variables.indices.map { place in
          Interval(center + 0.25 * Double(place) - half, center + 0.25 * Double(place) + half)
        }
        let (value, gradient) = function.gradientEnclosure(of: box)
        lines.append(
          Self.line(
            "  \(Self.text(box[0]))", [value] + gradient.prefix(3) + hessian.enclosure(of: box).prefix(2)))
      }
    }
    #expect(try Record(name: "enclosures.txt").differences(from: lines) == [])
  }
}
