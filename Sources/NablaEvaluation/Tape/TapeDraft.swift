import NablaAlgebra

/// The nodes of a program from which a tape's steps are made.
struct TapeDraft {
  typealias Node = TapeBuilder.Node

  /// Steps in their order, the new slot of each old one, and how many slots there are.
  struct Layout {
    var steps: [Step]
    var slots: [Int32]
    var slotCount: Int

    /// Takes out the constants that no step reads and no output is; the others and all results move up.
    mutating func dropUnused(_ constants: [Double], behind inputCount: Int, roots: [Int]) -> [Double] {
      let end = inputCount + constants.count
      var isUsed = Array(repeating: false, count: constants.count)
      func use(_ slot: Int) { if slot >= inputCount, slot < end { isUsed[slot - inputCount] = true } }
      for step in steps {
        for place in 0..<step.code.arity { use(Int(step[operand: place])) }
      }
      for root in roots { use(root) }
      var places: [Int32] = []
      var kept: [Double] = []
      for (place, constant) in constants.enumerated() {
        places.append(Int32(inputCount + kept.count))
        if isUsed[place] { kept.append(constant) }
      }
      let dropped = Int32(constants.count - kept.count)
      func moved(_ slot: Int32) -> Int32 {
        slot < inputCount ? slot : slot < end ? places[Int(slot) - inputCount] : slot - dropped
      }
      for index in steps.indices {
        for place in 0..<steps[index].code.arity {
          steps[index][operand: place] = moved(steps[index][operand: place])
        }
        steps[index].result = moved(steps[index].result)
        if steps[index].code.hasTwoResults { steps[index].b = moved(steps[index].b) }
      }
      for index in slots.indices { slots[index] = moved(slots[index]) }
      slotCount -= Int(dropped)
      return kept
    }
  }

  let program: Program
  let roots: [Int]
  /// The slot of the first result.
  let base: Int
  var nodes: [Node] = []
  /// The instruction that sweeps a loop together with it, by the loop's place.
  private var sweeps: [Int: Int] = [:]

  /// Whether it pays to look for runs of equal steps.
  var isLong: Bool { nodes.count >= 128 && base + nodes.count < 1 << 22 }

  init(_ program: Program, count: Int, roots: [Int]) {
    self.program = program
    self.roots = roots
    base = program.resultBase
    nodes.reserveCapacity(count)
    for place in 0..<count { nodes.append(TapeDraft.node(of: program.instructions[place], in: program)) }
    pairLoops()
    markNeeded()
  }

  private static func node(of step: Instruction, in program: Program) -> Node {
    let operands = (step.a, step.b, step.c, Int32(0))
    if let code = StepCode(step.opcode) { return Node(code: code, operands: operands) }
    switch step.opcode {
    case .loop: return Node(code: .loop, function: step.a, operands: (0, 0, 0, 0))
    case .reverseLoop: return Node(code: .reverseLoop, function: step.a, operands: (step.b, 0, 0, 0))
    case .unary, .binary, .ternary:
      if let name = program.row(of: step)?.name, let code = StepCode.ofFunctions[name] {
        return Node(code: code, operands: operands)
      }
      let code: StepCode = step.opcode == .unary ? .unary : step.opcode == .binary ? .binary : .ternary
      return Node(code: code, function: Int32(step.function), operands: operands)
    default: return Node(code: .run, operands: operands)
    }
  }

  /// Sums whose sweep can go along with them are swept in the same pass over the terms.
  private mutating func pairLoops() {
    for (sweep, sum) in program.jointSweeps(among: nodes.count) {
      nodes[sum] = Node(
        code: .loopWithSweep, function: nodes[sweep].function, operands: nodes[sweep].operands)
      sweeps[sweep] = sum
      nodes[sweep] = Node(code: .run, operands: (0, 0, 0, 0))
    }
  }

  /// The place of the node whose result a slot is; nil for inputs and constants.
  func place(_ slot: Int32) -> Int? { slot >= base ? Int(slot) - base : nil }

  /// The slots that a node reads.
  func reads(_ node: Node) -> [Int32] {
    switch node.code {
    case .loop: return program.loops[Int(node.function)].captures.map { Int32($0.outer) }
    case .reverseLoop, .loopWithSweep:
      return [node.operands.0] + program.loops[Int(node.function)].captures.map { Int32($0.outer) }
    default: return []
    }
  }

  /// Counts readers and marks what the results need; a sweep that adds to the gradient is always needed.
  private mutating func markNeeded() {
    for root in roots {
      guard let place = place(Int32(root)) else { continue }
      nodes[place].uses += 1
    }
    for index in nodes.indices.reversed() {
      let node = nodes[index]
      let isSweep = node.code == .reverseLoop || node.code == .loopWithSweep
      guard node.uses > 0 || isSweep, node.code != .run else { continue }
      nodes[index].isStep = true
      for operand in 0..<node.code.arity { use(node.operand(operand)) }
      if node.code.arity == 0 { for slot in reads(node) { use(slot) } }
    }
  }

  private mutating func use(_ slot: Int32) {
    if let place = place(slot) { nodes[place].uses += 1 }
  }

  /// How many results a node has: loops hand adjoints to what they captured.
  func resultCount(_ node: Node) -> Int {
    guard node.code == .reverseLoop || node.code == .loopWithSweep else { return 1 }
    let captures = program.loops[Int(node.function)].captures
    return captures.count { $0.adjoint != nil } + (node.code == .loopWithSweep ? 1 : 0)
  }

  /// No steps yet: every slot is where it was.
  var emptyLayout: Layout {
    Layout(steps: [], slots: Array(0..<Int32(base + nodes.count)), slotCount: base)
  }

  /// The steps in the order of the program.
  func inOrder(reusingSlots: Bool) -> Layout {
    var layout = emptyLayout
    layout.steps.reserveCapacity(nodes.count)
    var lastRead = reusingSlots ? lastReaders() : []
    if reusingSlots { for root in roots where root >= base { lastRead[root - base] = .max } }
    var (free, given): ([Int32], [Int32]) = ([], [])
    func takeBack() {
      free += given
      given.removeAll(keepingCapacity: true)
    }
    for (index, node) in nodes.enumerated() where node.isStep {
      var step = step(of: node, layout.slots)
      if reusingSlots {
        for operand in Set((0..<node.code.arity).map { node.operand($0) }).sorted() {
          if let place = place(operand), lastRead[place] == index { given.append(layout.slots[Int(operand)]) }
        }
      }
      // Functions look at their arguments once more where some are hard: a result does not take such a place.
      if node.code.arity > 1 { takeBack() }
      defer { takeBack() }
      func newSlot() -> Int32 {
        if let reused = free.popLast() { return reused }
        layout.slotCount += resultCount(node)
        return Int32(layout.slotCount - resultCount(node))
      }
      step.result = newSlot()
      if let pair = node.pair {
        step.b = newSlot()
        layout.slots[base + pair.first] = step.result
        layout.slots[base + pair.second] = step.b
      } else {
        assign(step.result, to: index, node, in: &layout.slots)
      }
      layout.steps.append(step)
    }
    return layout
  }

  private func lastReaders() -> [Int] {
    var last = Array(repeating: -1, count: nodes.count)
    for (index, node) in nodes.enumerated() where node.isStep {
      for operand in 0..<node.code.arity {
        if let place = place(node.operand(operand)) { last[place] = index }
      }
    }
    return last
  }

  /// Gives a node's results their slots: those of a sweep stand behind it in the program.
  private func assign(_ slot: Int32, to index: Int, _ node: Node, in slots: inout [Int32]) {
    switch node.code {
    case .reverseLoop:
      for place in 0..<resultCount(node) { slots[base + index + 1 + place] = slot + Int32(place) }
    case .loopWithSweep:
      slots[base + index] = slot
      guard let sweep = sweeps.first(where: { $0.value == index })?.key else { return }
      for place in 1..<resultCount(node) { slots[base + sweep + place] = slot + Int32(place) }
    default: slots[base + index] = slot
    }
  }

  /// A node as a step over the new slots of its operands.
  func step(of node: Node, _ slots: [Int32]) -> Step {
    var step = Step(code: node.code, function: node.function)
    let arity = node.code == .reverseLoop || node.code == .loopWithSweep ? 1 : node.code.arity
    if arity > 0 { step.a = slots[Int(node.operands.0)] }
    if arity > 1 { step.b = slots[Int(node.operands.1)] }
    if arity > 2 { step.c = slots[Int(node.operands.2)] }
    if arity > 3 { step.d = slots[Int(node.operands.3)] }
    if arity > 4 { step.e = slots[Int(node.more.0)] }
    if arity > 5 { step.f = slots[Int(node.more.1)] }
    return step
  }
}
