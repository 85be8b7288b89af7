import NablaAlgebra
import NablaBasics

/// A flat list of instructions over one frame of numbers: inputs first, then constants, then one result each.
final class Program: Sendable {
  /// The frame's place in the memory of a run.
  let frame: Int
  /// How many slots inputs take, the first ones.
  let inputCount: Int
  /// The constants, in the slots after the inputs.
  let constants: [Double]
  /// The steps; operands are slots of the frame.
  let instructions: [Instruction]
  /// The loops that instructions run.
  let loops: [Loop]
  /// The closures that instructions call.
  let closures: Closures

  /// Closures by their number of arguments.
  struct Closures: Sendable {
    var unary: [@Sendable (Double) -> Double] = []
    var binary: [@Sendable (Double, Double) -> Double] = []
    var ternary: [@Sendable (Double, Double, Double) -> Double] = []
    /// The rows that the closures come from, in the same order.
    var rows: (unary: [Function], binary: [Function], ternary: [Function]) = ([], [], [])
  }

  /// The row of the function that an instruction calls.
  func row(of step: Instruction) -> Function? {
    let place = Int(step.function)
    switch step.opcode {
    case .unary: return closures.rows.unary[place]
    case .binary: return closures.rows.binary[place]
    case .ternary: return closures.rows.ternary[place]
    default: return nil
    }
  }

  init(
    frame: Int, inputCount: Int, constants: [Double], instructions: [Instruction], loops: [Loop],
    closures: Closures
  ) {
    self.frame = frame
    self.inputCount = inputCount
    self.constants = constants
    self.instructions = instructions
    self.loops = loops
    self.closures = closures
  }

  /// The slot of the first result.
  var resultBase: Int { inputCount + constants.count }

  /// The sums whose adjoint is a constant, so that value and sweep take one pass over the terms: the place of each
  /// sweep among the first `count` instructions and that of its sum.
  func jointSweeps(among count: Int) -> [(sweep: Int, sum: Int)] {
    guard !loops.isEmpty else { return [] }
    var sums: [Int: Int] = [:]
    var result: [(sweep: Int, sum: Int)] = []
    for (place, step) in instructions.prefix(count).enumerated() {
      if step.opcode == .loop { sums[Int(step.a)] = place }
      guard step.opcode == .reverseLoop else { continue }
      let loop = loops[Int(step.a)]
      let isFixed = step.b >= inputCount && step.b < resultBase
      guard loop.kind == .sum, isFixed, let pair = loop.pair, let sum = sums[pair],
        loop.captures.allSatisfy({ $0.outer < resultBase + sum })
      else { continue }
      result.append((place, sum))
    }
    return result
  }

  /// The instructions that are run, those of a loop for one of its terms.
  var operations: Int {
    let joint = Set(jointSweeps(among: instructions.count).map { Int(instructions[$0.sum].a) })
    return loops.enumerated().reduce(instructions.count) { count, loop in
      joint.contains(loop.offset) ? count : count + loop.element.body.operations
    }
  }

  /// What one run does, in operations; those of a loop for each of its terms.
  var work: Double {
    loops.reduce(Double(instructions.count)) { $0 + Double($1.count) * $1.body.work }
  }
}

/// Where an input of a program comes from.
enum Source: Equatable, Sendable {
  /// The variable at a place of the point.
  case variable(Int)
  /// The member i + offset of a family, while the loop's index is i.
  case element(Family, offset: Int)
  /// The coordinate of a direction, and the element of its family: what a tangent starts from.
  case direction(Int)
  case directionElement(Family, offset: Int)
  /// The loop's index as a number.
  case index
  /// A value of the program around the loop.
  case captured(Value)
  /// The adjoint of one term of the loop, in a reverse sweep.
  case seed

  /// A number that is close for sources that are read one after another; nil where there are few.
  var number: Int? {
    switch self {
    case .variable(let place), .direction(let place): place
    case .element(_, let offset), .directionElement(_, let offset): offset
    case .captured(let value): Int(value.raw)
    case .index, .seed: nil
    }
  }

  /// The hash that is the same in every process.
  var stableHash: UInt64 {
    var hash = StableHash()
    switch self {
    case .variable(let place), .direction(let place): hash.combine(place)
    case .element(let family, let offset), .directionElement(let family, let offset):
      hash.combine(offset)
      hash.combine(family.name)
    case .captured(let value): hash.combine(Int(value.raw))
    case .index, .seed: break
    }
    return hash.value
  }
}

/// A program that is run for each value of an index, its results added or multiplied.
final class Loop: Sendable {
  /// An input that is read from the point for each value of the index.
  struct Gather: Sendable {
    let slot: Int
    /// Where the table of positions says which coordinate the loop's first term reads; the next follow.
    let start: Int
    /// How far behind the point's coordinates those that are read begin: a direction stands behind its point.
    let shift: Int
    /// The slot of the adjoint, in a reverse sweep.
    var adjoint: Int?
  }

  /// An input that the program around the loop has computed.
  struct Capture: Sendable {
    let outer: Int
    let slot: Int
    /// The slot of the adjoint, in a reverse sweep.
    var adjoint: Int?
  }

  let kind: Fold.Kind
  let lower: Int
  let count: Int
  let body: Program
  /// How many instructions give the body's value.
  let valueCount: Int
  let valueSlot: Int
  let gathers: [Gather]
  let captures: [Capture]
  let indexSlot: Int?
  /// The slot of each term's adjoint, in a reverse sweep.
  let seedSlot: Int?
  /// In a reverse sweep, the place of the loop whose terms it differentiates.
  let pair: Int?

  init(
    kind: Fold.Kind, lower: Int, count: Int, body: Program, valueCount: Int, valueSlot: Int,
    gathers: [Gather], captures: [Capture], indexSlot: Int?, seedSlot: Int?, pair: Int?
  ) {
    self.kind = kind
    self.lower = lower
    self.count = count
    self.body = body
    self.valueCount = valueCount
    self.valueSlot = valueSlot
    self.gathers = gathers
    self.captures = captures
    self.indexSlot = indexSlot
    self.seedSlot = seedSlot
    self.pair = pair
  }
}
