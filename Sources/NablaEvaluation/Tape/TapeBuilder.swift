import NablaAlgebra

/// Makes a tape of a program: only what the results need, neighbours fused, loops in lanes.
struct TapeBuilder {
  /// One instruction on its way to a step; operands are slots of the program.
  struct Node {
    var code: StepCode
    /// Whether it becomes a step: it is needed, and no other step does its work.
    var isStep = false
    var function: Int32 = 0
    var operands: (Int32, Int32, Int32, Int32)
    /// A fifth and a sixth operand; of a step with two results, the places of the nodes that these belong to.
    var more: (Int32, Int32) = (0, 0)
    /// How many nodes and results read it.
    var uses: Int32 = 0

    /// The places of the two nodes whose results a step with two of them has.
    var pair: (first: Int, second: Int)? {
      code.hasTwoResults ? (Int(more.0), Int(more.1)) : nil
    }

    func operand(_ place: Int) -> Int32 {
      switch place {
      case 0: operands.0
      case 1: operands.1
      case 2: operands.2
      case 3: operands.3
      case 4: more.0
      default: more.1
      }
    }
  }

  /// The numbers of memory taken so far.
  private(set) var memory = 0
  private let positions: [Int32]
  /// How many numbers the slots of a tape with lanes take, about 24 KB.
  private static let cache = 3072
  /// The most lanes.
  static let widest = 256

  init(positions: [Int32]) { self.positions = positions }

  /// A tape that computes the given slots of a program from its first `count` instructions.
  ///
  /// With lanes, slots are as wide as lets them stay in the first-level cache, and no wider than `lanes`; all of them
  /// have the same numbers in the slots of inputs that are fixed. A hopeful tape takes adjoints of 0 times anything for
  /// plain products: right where all its outputs are finite. The last `settling` roots get positive zeros in lanes,
  /// where the steps that compute them can do it.
  mutating func tape(
    of program: Program, count: Int, roots: [Int], settling: Int = 0, lanes most: Int = 1,
    fixed: [Int] = [], isHopeful: Bool = false
  ) -> Tape {
    var draft = TapeDraft(program, count: count, roots: roots)
    if isHopeful { draft.hope() }
    if most > 1 || !draft.isLong { draft.pairFunctions() }
    draft.fuse()
    let plan = draft.isLong && program.loops.isEmpty && most == 1 ? draft.scheduled() : nil
    let base = memory
    var layout = plan ?? draft.inOrder(reusingSlots: most > 1)
    var constants = program.constants
    if plan == nil, program.loops.isEmpty {
      constants = layout.dropUnused(constants, behind: program.inputCount, roots: roots)
    }
    if most == 1, !draft.isLong, program.loops.isEmpty { layout.pairSteps() }
    if most > 1 {
      let first = program.inputCount
      let held = Set(fixed).union(first..<first + constants.count)
      layout.keepConstants(in: held)
      let slots = roots.map { layout.slots[$0] }
      layout.settle(slots.suffix(settling), besides: slots.dropLast(settling))
    }
    let room = (TapeBuilder.cache / max(1, layout.slotCount)) & ~7
    let lanes = most == 1 ? 1 : min(max(8, room), most)
    // Whole vectors are read and written at the end of a run.
    memory = Kernels.whole(memory + layout.slotCount * lanes + 8)
    let rowTable = memory
    if lanes > 1 { memory += Kernels.whole(layout.slotCount) }
    var loops: [TapeLoop] = []
    for place in layout.steps.indices {
      switch layout.steps[place].code {
      case .loop, .reverseLoop, .loopWithSweep:
        let source = program.loops[Int(layout.steps[place].function)]
        layout.steps[place].function = Int32(loops.count)
        loops.append(loop(source, slots: layout.slots))
      default: continue
      }
    }
    return Tape(
      base: base, lanes: lanes, inputCount: program.inputCount, constants: constants,
      slotCount: layout.slotCount, rowTable: rowTable, outputs: roots.map { Int(layout.slots[$0]) },
      loops: loops, closures: program.closures, steps: layout.steps)
  }

  private mutating func loop(_ loop: Loop, slots: [Int32]) -> TapeLoop {
    let body = loop.body
    let isInnermost = body.loops.isEmpty
    let lanes = isInnermost ? min(TapeBuilder.widest, Kernels.whole(loop.count)) : 1
    let value = tape(of: body, count: loop.valueCount, roots: [loop.valueSlot], lanes: lanes)
    var outputs = [loop.valueSlot]
    var gathers: [TapeLoop.Gather] = []
    for gather in loop.gathers {
      let first = positions[gather.start]
      let isRow = (0..<loop.count).allSatisfy { positions[gather.start + $0] == first + Int32($0) }
      gathers.append(
        .init(
          slot: gather.slot, start: gather.start, shift: gather.shift, first: isRow ? Int(first) : nil,
          adjoint: gather.adjoint == nil ? nil : outputs.count))
      if let adjoint = gather.adjoint { outputs.append(adjoint) }
    }
    var held: [Int] = []
    for capture in loop.captures {
      guard let adjoint = capture.adjoint else { continue }
      held.append(outputs.count)
      outputs.append(adjoint)
    }
    var sweep: Tape?
    var buffer = memory
    if loop.seedSlot != nil {
      sweep = tape(of: body, count: body.instructions.count, roots: outputs, lanes: lanes)
      buffer = memory
      if loop.kind == .product { memory += Kernels.whole(2 * loop.count) }
    }
    return TapeLoop(
      isProduct: loop.kind == .product, lower: loop.lower, count: loop.count, value: value, sweep: sweep,
      gathers: gathers, captures: loop.captures.map { .init(outer: Int(slots[$0.outer]), slot: $0.slot) },
      held: held, indexSlot: loop.indexSlot, seedSlot: loop.seedSlot, buffer: buffer)
  }
}
