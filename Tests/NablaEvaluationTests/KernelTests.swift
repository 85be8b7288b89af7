import NablaBasics
import Testing

@testable import NablaEvaluation

/// Every kernel of lanes computes the bits of the scalar step, with whichever operands it keeps in registers.
@Suite struct KernelTests {
  static let codes = (UInt8(0)...255).compactMap { StepCode(rawValue: $0) }.filter(\.isArithmetic)
  static let constants: [LaneTraits] = [.none, .b, .c, .d, .bd, .ce, .cf]
  private static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.1, -2.5, 3, 1e300, -1e-300, .leastNonzeroMagnitude, .infinity, -.infinity, .nan, 7,
    1 / 3, -1e10,
  ]

  /// A tape of one step: its operands stand in slots 0 to 5, the result in slot 6.
  private static func tape(_ code: StepCode, _ traits: LaneTraits, lanes: Int) -> Tape {
    var step = Step(code: code, function: 0)
    for place in 0..<code.arity { step[operand: place] = Int32(place) }
    step.result = 6
    step.traits = traits
    return Tape(
      base: 0, lanes: lanes, inputCount: 6, constants: [], slotCount: 7, rowTable: 7 * lanes, outputs: [6],
      loops: [], closures: Program.Closures(), steps: [step])
  }

  /// What a step gives lane by lane.
  private static func scalar(_ code: StepCode, _ rows: [[Double]]) -> [Double] {
    let tape = tape(code, .none, lanes: 1)
    return rows[0].indices.map { lane in
      var memory = rows.map { $0[lane] } + [0]
      return memory.withMutablePointer { start in
        var nothing: Int32 = 0
        return withUnsafePointer(to: &nothing) { positions in
          ScalarExecutor(memory: start, point: start, gradient: nil, positions: positions).run(tape)
          return start[6]
        }
      }
    }
  }

  /// The same in lanes, and whether a step that settles found all results finite.
  private static func inLanes(_ code: StepCode, _ traits: LaneTraits, _ rows: [[Double]]) -> ([Double], Bool)
  {
    let width = rows[0].count
    let tape = tape(code, traits, lanes: width)
    var memory = rows.flatMap { $0 } + Array(repeating: 0, count: width + 8)
    return memory.withMutablePointer { start in
      tape.prepare(start)
      let isFinite = LaneExecutor.run(tape, tape.rows(in: start), lanes: width, settles: true)
      return ((0..<width).map { start[6 * width + $0] }, isFinite)
    }
  }

  @Test func rowsAreFilledUpWithTheirLastNumber() {
    for count in 1...24 {
      let whole = Kernels.whole(count)
      #expect(whole % 8 == 0 && (count..<count + 8).contains(whole))
      var row = (0..<32).map { Double($0) }
      row.withMutablePointer { Kernels.fillUp($0, count) }
      #expect(row == (0..<32).map { Double((count..<whole).contains($0) ? count - 1 : $0) })
    }
  }

  @Test(arguments: codes) func lanesComputeTheBitsOfTheStep(code: StepCode) {
    var random = SplitMix64(start: UInt64(code.rawValue))
    for traits in Self.constants {
      for onlyFinite in [false, true] {
        let rows = (0..<6).map { place in
          let isFixed = traits.contains(LaneTraits(rawValue: 1 << UInt8(place))) && place > 0
          let row = (0..<64).map { _ -> Double in
            onlyFinite
              ? Double(Int(random.next() % 9)) + 1 : Self.numbers[Int(random.next() % 16)]
          }
          return isFixed ? Array(repeating: row[0], count: 64) : row
        }
        let expected = Self.scalar(code, rows)
        let (found, _) = Self.inLanes(code, traits, rows)
        #expect(zip(found, expected).allSatisfy(AgreementTests.same), "\(traits): \(found), not \(expected)")
        let (settled, isFinite) = Self.inLanes(code, traits.union(.settles), rows)
        #expect(zip(settled, expected).allSatisfy { AgreementTests.same($0, $1 + 0) }, "\(traits)")
        #expect(isFinite == expected.allSatisfy { $0.isFinite })
      }
    }
  }
}
