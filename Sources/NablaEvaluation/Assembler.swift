import NablaAlgebra
import NablaBasics

/// Lays the finished scopes out in one memory: each program a frame of its own, loops behind what runs them.
struct Assembler {
  /// The numbers of memory that the frames take so far.
  private(set) var memory = 0
  private let positions: VariablePlaces
  private let limits: Limits
  /// The places in the point of the members of all families that loops run over.
  private(set) var positionTable: [Int32] = []
  private var families: [Family: Stretch] = [:]
  private let variables: [Variable]

  init(variables: [Variable], positions: VariablePlaces, limits: Limits) {
    self.variables = variables
    self.positions = positions
    self.limits = limits
  }

  /// A program and how many instructions one run of it takes, loops counted out.
  mutating func program(of scope: Scope) throws(CompilationError) -> (program: Program, work: Int) {
    var closures = Program.Closures()
    let places = functionPlaces(of: scope, in: &closures)
    let inputs = scope.inputs.count
    let results = inputs + scope.constants.count
    let instructions = scope.instructions.map { old in
      var new = old
      let slot = { (raw: Int32) in
        Int32(Assembler.slot(of: Value(raw: raw), behindInputs: inputs, andConstants: results))
      }
      switch old.opcode {
      case .loop: break
      case .reverseLoop: new.b = slot(old.b)
      default:
        let isCall = old.opcode == .unary || old.opcode == .binary || old.opcode == .ternary
        if isCall { new.function = places[Int(old.function)] }
        (new.a, new.b, new.c) = (slot(old.a), slot(old.b), slot(old.c))
      }
      return new
    }
    let frame = memory
    memory += results + instructions.count
    var (work, loops): (Int, [Loop]) = (instructions.count, [])
    for plan in scope.loops {
      let (loop, its) = try loop(of: plan, in: scope)
      loops.append(loop)
      let (product, overflow) = its.multipliedReportingOverflow(by: loop.count)
      guard !overflow, product <= limits.work else { throw .overrun(.tooLarge("work")) }
      work += product
    }
    guard memory < Value.limit else { throw .overrun(.tooLarge("expressionSize")) }
    let program = Program(
      frame: frame, inputCount: scope.inputs.count, constants: scope.constants, instructions: instructions,
      loops: loops, closures: closures)
    return (program, work)
  }

  static func slot(of value: Value, in scope: Scope) -> Int {
    let inputs = scope.inputs.count
    return slot(of: value, behindInputs: inputs, andConstants: inputs + scope.constants.count)
  }

  /// A frame's slots: its inputs, its constants from `inputs` on, its results from `results` on.
  private static func slot(of value: Value, behindInputs inputs: Int, andConstants results: Int) -> Int {
    switch value.kind {
    case .input(let place): place
    case .constant(let place): inputs + place
    case .result(let place): results + place
    }
  }

  /// Sorts the closures by their number of arguments; the new place of each.
  private func functionPlaces(of scope: Scope, in closures: inout Program.Closures) -> [UInt16] {
    scope.functions.map { function in
      switch function.value {
      case .unary(let value):
        closures.unary.append(value)
        closures.rows.unary.append(function)
        return UInt16(closures.unary.count - 1)
      case .binary(let value):
        closures.binary.append(value)
        closures.rows.binary.append(function)
        return UInt16(closures.binary.count - 1)
      case .ternary(let value):
        closures.ternary.append(value)
        closures.rows.ternary.append(function)
        return UInt16(closures.ternary.count - 1)
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
      let adjoint = (plan.adjoints?[slot]).map { Assembler.slot(of: $0, in: body) }
      switch source {
      case .variable, .direction: continue
      case .index: indexSlot = slot
      case .seed: seedSlot = slot
      case .captured(let outer):
        captures.append(.init(outer: Assembler.slot(of: outer, in: outside), slot: slot, adjoint: adjoint))
      case .element(let family, let offset):
        let start = try members(of: family, from: fold.lower, offset, count: fold.count)
        gathers.append(.init(slot: slot, start: start, shift: 0, adjoint: adjoint))
      case .directionElement(let family, let offset):
        let start = try members(of: family, from: fold.lower, offset, count: fold.count)
        gathers.append(.init(slot: slot, start: start, shift: variables.count, adjoint: nil))
      }
    }
    // The sweep of a product keeps two numbers for each of its terms.
    if plan.adjoints != nil, fold.kind == .product, fold.count > limits.expressionSize {
      throw .overrun(.tooLarge("expressionSize"))
    }
    let loop = Loop(
      kind: fold.kind, lower: fold.lower, count: fold.count, body: program, valueCount: plan.valueCount,
      valueSlot: Assembler.slot(of: plan.value, in: body), gathers: gathers, captures: captures,
      indexSlot: indexSlot, seedSlot: seedSlot, pair: plan.pair)
    return (loop, work + gathers.count + 1)
  }

  /// The members of a family in the table of positions.
  private struct Stretch {
    let start: Int
    let lowest: Int
    let count: Int
  }

  /// Where in the table of positions a loop over x[i + offset] begins.
  private mutating func members(
    of family: Family, from lower: Int, _ offset: Int, count: Int
  ) throws(CompilationError) -> Int {
    let (first, overflow) = lower.addingReportingOverflow(offset)
    let (last, beyond) = first.addingReportingOverflow(count - 1)
    guard !overflow, !beyond else { throw .overrun(.tooLarge("work")) }
    let known = stretch(of: family)
    guard first >= known.lowest, first < known.lowest + known.count else {
      throw .unknownVariable(family.member(first))
    }
    guard last < known.lowest + known.count else {
      throw .unknownVariable(family.member(known.lowest + known.count))
    }
    let start = known.start + first - known.lowest
    if let gap = positionTable[start..<(start + count)].firstIndex(of: -1) {
      throw .unknownVariable(family.member(known.lowest + gap - known.start))
    }
    return start
  }

  /// The stretch of a family, entered into the table the first time: −1 stands between its members.
  private mutating func stretch(of family: Family) -> Stretch {
    if let known = families[family] { return known }
    let prefix = family.name + "_"
    var found: [(number: Int, position: Int)] = []
    for (position, variable) in variables.enumerated() where variable.name.hasPrefix(prefix) {
      guard let member = variable.member, member.family == family else { continue }
      found.append((member.number, position))
    }
    let lowest = found.map(\.number).min() ?? 0
    let highest = found.map(\.number).max() ?? -1
    // Members far apart, x_1 and x_1000000000, get a table of the first ones: a loop over them meets a gap anyway.
    let count = min(highest - lowest + 1, 2 * limits.expressionSize)
    let known = Stretch(start: positionTable.count, lowest: lowest, count: count)
    positionTable += Array(repeating: -1, count: count)
    for (number, position) in found where number - lowest < count {
      positionTable[known.start + number - lowest] = Int32(position)
    }
    families[family] = known
    return known
  }
}
