import NablaAlgebra
import NablaBasics

/// Lays the finished scopes out in one memory: each program a frame of its own, loops behind what runs them.
struct Assembler {
  /// The numbers of memory that the frames take so far.
  private(set) var memory = 0
  private let positions: [Variable: Int]
  private let limits: Limits
  private var families: [Family: [Int32]] = [:]
  private var lowestMembers: [Family: Int] = [:]
  private let variables: [Variable]

  init(variables: [Variable], positions: [Variable: Int], limits: Limits) {
    self.variables = variables
    self.positions = positions
    self.limits = limits
  }

  /// A program and how many instructions one run of it takes, loops counted out.
  mutating func program(of scope: Scope) throws(CompilationError) -> (program: Program, work: Int) {
    var program = Program()
    program.inputs = scope.inputs
    program.constants = scope.constants
    program.instructions = scope.instructions
    let places = functionPlaces(of: scope, in: &program)
    for place in program.instructions.indices {
      let old = program.instructions[place]
      switch old.opcode {
      case .loop: continue
      case .reverseLoop:
        program.instructions[place].b = Int32(Assembler.slot(of: Value(raw: old.b), in: scope))
      case .unary, .binary, .ternary:
        program.instructions[place].function = places[Int(old.function)]
        fallthrough
      default:
        program.instructions[place].a = Int32(Assembler.slot(of: Value(raw: old.a), in: scope))
        program.instructions[place].b = Int32(Assembler.slot(of: Value(raw: old.b), in: scope))
        program.instructions[place].c = Int32(Assembler.slot(of: Value(raw: old.c), in: scope))
      }
    }
    program.frame = memory
    memory += program.frameSize
    var work = program.instructions.count
    for plan in scope.loops {
      let (loop, its) = try loop(of: plan, in: scope)
      program.loops.append(loop)
      let (product, overflow) = its.multipliedReportingOverflow(by: loop.count)
      guard !overflow, product <= limits.work else { throw .overrun(.tooLarge("work")) }
      work += product
    }
    guard memory < Value.limit else { throw .overrun(.tooLarge("expressionSize")) }
    return (program, work)
  }

  static func slot(of value: Value, in scope: Scope) -> Int {
    switch value.kind {
    case .input(let place): place
    case .constant(let place): scope.inputs.count + place
    case .result(let place): scope.inputs.count + scope.constants.count + place
    }
  }

  /// Sorts the closures by their number of arguments; the new place of each.
  private func functionPlaces(of scope: Scope, in program: inout Program) -> [UInt16] {
    scope.functions.map { function in
      switch function.value {
      case .unary(let value):
        program.unary.append(value)
        return UInt16(program.unary.count - 1)
      case .binary(let value):
        program.binary.append(value)
        return UInt16(program.binary.count - 1)
      case .ternary(let value):
        program.ternary.append(value)
        return UInt16(program.ternary.count - 1)
      }
    }
  }

  private mutating func loop(
    of plan: LoopPlan, in outside: Scope
  ) throws(CompilationError) -> (loop: Loop, work: Int) {
    let (body, fold) = (plan.body, plan.fold)
    let (program, work) = try program(of: body)
    var (gathers, captures): ([Loop.Gather], [Loop.Capture]) = ([], [])
    var (indexSlot, seedSlot): (Int?, Int?) = (nil, nil)
    for (slot, source) in body.inputs.enumerated() {
      let adjoint = plan.adjoints?[slot].map { Assembler.slot(of: $0, in: body) }
      switch source {
      case .variable: continue
      case .index: indexSlot = slot
      case .seed: seedSlot = slot
      case .captured(let outer):
        captures.append(.init(outer: Assembler.slot(of: outer, in: outside), slot: slot, adjoint: adjoint))
      case .element(let family, let offset):
        let (positions, start) = try members(of: family, from: fold.lower, offset, count: fold.count)
        gathers.append(.init(slot: slot, positions: positions, start: start, adjoint: adjoint))
      }
    }
    var buffer = memory
    if plan.adjoints != nil, fold.kind == .product {
      guard fold.count <= limits.expressionSize else { throw .overrun(.tooLarge("expressionSize")) }
      memory += fold.count
    } else {
      buffer = 0
    }
    let loop = Loop(
      kind: fold.kind, lower: fold.lower, count: fold.count, body: program, valueCount: plan.valueCount,
      valueSlot: Assembler.slot(of: plan.value, in: body), gathers: gathers, captures: captures,
      indexSlot: indexSlot, seedSlot: seedSlot, buffer: buffer)
    return (loop, work + gathers.count + 1)
  }

  /// The places in the point of a family's members, and where the loop's first one stands among them.
  private mutating func members(
    of family: Family, from lower: Int, _ offset: Int, count: Int
  ) throws(CompilationError) -> (positions: [Int32], start: Int) {
    let (first, overflow) = lower.addingReportingOverflow(offset)
    let (last, beyond) = first.addingReportingOverflow(count - 1)
    guard !overflow, !beyond else { throw .overrun(.tooLarge("work")) }
    let (table, lowest) = table(of: family)
    guard first >= lowest, last - lowest < table.count else {
      throw .unknownVariable(
        family.member(table.isEmpty || first < lowest ? first : max(first, lowest + table.count)))
    }
    if let gap = table[(first - lowest)...(last - lowest)].firstIndex(of: -1) {
      throw .unknownVariable(family.member(lowest + gap))
    }
    return (table, first - lowest)
  }

  /// The place of every member of a family that is among the variables, −1 between them; from the lowest member on.
  private mutating func table(of family: Family) -> (positions: [Int32], lowest: Int) {
    if let known = families[family], let lowest = lowestMembers[family] { return (known, lowest) }
    let prefix = family.name + "_"
    var found: [(number: Int, position: Int)] = []
    for (position, variable) in variables.enumerated() where variable.name.hasPrefix(prefix) {
      guard let member = variable.member, member.family == family else { continue }
      found.append((member.number, position))
    }
    let lowest = found.map(\.number).min() ?? 0
    let highest = found.map(\.number).max() ?? -1
    // Members far apart, x_1 and x_1000000000, have no table: a loop over them meets a gap anyway.
    let reach = min(highest &- lowest, 2 * limits.expressionSize)
    var positions = [Int32](repeating: -1, count: max(0, reach + 1))
    for (number, position) in found where number - lowest < positions.count {
      positions[number - lowest] = Int32(position)
    }
    families[family] = positions
    lowestMembers[family] = lowest
    return (positions, lowest)
  }
}
