import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaEvaluation

/// Bounds of rounding errors as they were recorded: of every operation on numbers that carry errors, of every function,
/// and of formulas with their slopes.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedLevelTests {
  private static let numbers: [RoundedNumber] = [
    .init(0), .init(0, error: 1e-3), .init(1), .init(-2.5, error: 1e-9), .init(0.75, error: 0.5),
    .init(3, error: 1e-300), .init(.nan), .init(1e200),
  ]

  private static func texts(_ results: [RoundedNumber]) -> String {
    var digest = Digest()
    digest.add(results.flatMap { [$0.value.double, $0.error.double] })
    return results.map(text).joined(separator: " ") + " [\(digest.text)]"
  }

  private static func text(_ x: RoundedNumber) -> String {
    Record.number(x.value.double) + "±" + Record.number(x.error.double)
  }

  @Test("Operations and functions") func operations() throws {
    var lines: [String] = []
    let (zero, numbers) = (RoundedNumber(0), Self.numbers)
    let positive = RoundedNumber(1.25, error: 1e-4)
    for opcode in [
      Opcode.add, .subtract, .multiply, .divide, .weigh, .share, .power, .oddPower, .evenPower, .select,
    ] {
      for a in numbers {
        let results = numbers.map { RoundedNumber.value(opcode, a, $0, positive, nil) }
        lines.append("\(opcode) \(Self.text(a)): " + Self.texts(results))
      }
    }
    for opcode in [
      Opcode.negate, .absolute, .squareRoot, .cubeRoot, .exponential, .logarithm, .sine, .cosine, .tangent,
      .hyperbolicTangent, .loop, .reverseLoop, .held,
    ] {
      let results = numbers.map { RoundedNumber.value(opcode, $0, zero, zero, nil) }
      lines.append("\(opcode): " + Self.texts(results))
    }
    for function in Function.all {
      let opcode: Opcode
      switch function.value {
      case .unary: opcode = .unary
      case .binary: opcode = .binary
      case .ternary: opcode = .ternary
      }
      let results = numbers.map { RoundedNumber.value(opcode, $0, positive, numbers[4], function) }
      lines.append(function.name + ": " + Self.texts(results))
    }
    #expect(try Record(name: "levels.txt").differences(from: lines) == [])
  }

  /// Numbers that are exact, and rounded ones, of which a 2 and a 0 do not look it.
  private static let exactOrNot: [ExactNumber] = {
    let tenth = ExactNumber(constant: 0.1)
    return [0, 1, 3, -2.5, 0.25, 4, -8, 1e17, 1e-200, 1e200, .nan].map { ExactNumber($0) } + [
      tenth, tenth * ExactNumber(20), ExactNumber.value(.subtract, tenth, tenth, tenth, nil),
    ]
  }()

  private static func line(_ name: String, _ results: [ExactNumber]) -> String {
    var digest = Digest()
    digest.add(results.map(\.value))
    return name + ": " + results.map { $0.isExact ? "=" : "~" }.joined() + " [\(digest.text)]"
  }

  @Test("Which operations and functions of which numbers are exact") func exact() throws {
    var lines: [String] = []
    let numbers = Self.exactOrNot
    for opcode in [
      Opcode.add, .subtract, .multiply, .divide, .weigh, .share, .power, .oddPower, .evenPower, .select,
    ] {
      for a in numbers {
        let results = numbers.map { ExactNumber.value(opcode, a, $0, ExactNumber(7), nil) }
        lines.append(Self.line("\(opcode) \(Record.number(a.value))", results))
      }
    }
    for opcode in [
      Opcode.negate, .absolute, .squareRoot, .cubeRoot, .exponential, .logarithm, .sine, .cosine, .tangent,
      .hyperbolicTangent, .loop, .reverseLoop, .held,
    ] {
      lines.append(Self.line("\(opcode)", numbers.map { ExactNumber.value(opcode, $0, $0, $0, nil) }))
    }
    for function in Function.all {
      let results: [ExactNumber]
      switch function.value {
      case .unary: results = numbers.map { ExactNumber.value(.unary, $0, $0, $0, function) }
      case .binary:
        results = numbers.flatMap { a in numbers.map { ExactNumber.value(.binary, a, $0, a, function) } }
      case .ternary:
        results = numbers.flatMap { a in
          numbers.map { ExactNumber.value(.ternary, a, $0, ExactNumber(3), function) }
        }
      }
      lines.append(Self.line(function.name, results))
    }
    #expect(try Record(name: "exact.txt").differences(from: lines) == [])
  }

  @Test("Formulas with their slopes") func formulas() throws {
    var lines: [String] = []
    for (name, formula, variables) in RecordedProgramTests.formulas where variables.count <= 9 {
      let function = try CompiledFunction(formula, variables: variables)
      lines.append(name)
      for first in [0.0, 0.7] {
        let level = function.roundingLevel(at: variables.indices.map { first + 0.3 * Double($0) })
        let numbers = [level.value] + level.gradient.prefix(4)
        var digest = Digest()
        digest.add(numbers)
        lines.append("  " + numbers.map(Record.number).joined(separator: " ") + " [\(digest.text)]")
      }
    }
    #expect(try Record(name: "formula-levels.txt").differences(from: lines) == [])
  }
}
