/// Long programs in another order: by levels, equal operations side by side, so that stretches of results become one
/// step each over rows of operands. What is computed, and how it is rounded, stays the same.
///
/// A sum written out is one after the other in its nature; its additions are kept together as a chain.
extension TapeDraft {
  /// The steps of a long program; nil where too little runs side by side.
  func scheduled() -> Layout? {
    let chains = Chains(self)
    guard let order = levelled(chains) else { return nil }
    var layout = emptyLayout
    // What a slot belongs to: the inputs, itself for a constant, a group of equal operations for results.
    var families = [Int32](repeating: 0, count: base + nodes.count)
    for slot in program.inputCount..<base { families[slot] = Int32(slot) }
    var familyCount = Int32(base)
    var group: [Int] = []
    var start = 0
    while start < order.count {
      var end = start
      let level = order[start].level
      group.removeAll(keepingCapacity: true)
      var units: [Int] = []
      while end < order.count, order[end].level == level {
        let index = order[end].place
        if chains.length(endingAt: index) > 0 {
          units.append(index)
        } else {
          group.append(index)
        }
        end += 1
      }
      emit(group, &families, &familyCount, into: &layout)
      for unit in units {
        emit(chains.members(endingAt: unit), chain: chains, into: &layout)
        familyCount += 1
        families[base + unit] = familyCount
      }
      start = end
    }
    return layout
  }

  /// The nodes by level; nil where there are too many levels for runs.
  private func levelled(_ chains: Chains) -> [(level: Int32, place: Int)]? {
    var levels = [Int32](repeating: 0, count: nodes.count)
    var highest: Int32 = 0
    var count = 0
    for (index, node) in nodes.enumerated() where node.isStep {
      // The members of a chain stand on one level, that of the last.
      let before = chains.isFirst(index) ? -1 : chains.before(index)
      var level: Int32 = before < 0 ? 1 : levels[before]
      for operand in 0..<node.code.arity {
        if let place = place(node.operand(operand)), place != before { level = max(level, levels[place] + 1) }
      }
      levels[index] = level
      if chains.isInside(index), !chains.isLast(index) { continue }
      highest = max(highest, levels[index])
      count += 1
    }
    guard count >= 8 * Int(highest) else { return nil }
    var order: [(level: Int32, place: Int)] = []
    order.reserveCapacity(count)
    for (index, node) in nodes.enumerated() where node.isStep && !chains.isBefore(index) {
      order.append((levels[index], index))
    }
    order.sort { $0.level == $1.level ? $0.place < $1.place : $0.level < $1.level }
    return order
  }

  /// The nodes of one level, sorted by what they do, by the kind of their operands and by where these stand.
  private func emit(
    _ group: [Int], _ families: inout [Int32], _ familyCount: inout Int32, into layout: inout Layout
  ) {
    var keyed: [(kind: UInt64, slots: UInt64, place: Int)] = []
    keyed.reserveCapacity(group.count)
    for index in group {
      let node = nodes[index]
      var kind = UInt64(node.code.rawValue) << 32 | UInt64(UInt32(bitPattern: node.function))
      for place in 0..<node.code.arity {
        let family = UInt64(UInt32(bitPattern: families[Int(node.operand(place))]))
        kind = (kind ^ (kind >> 29) ^ family) &* 0x9E37_79B9_7F4A_7C15
      }
      let first = UInt64(layout.slots[Int(node.operands.0)])
      let second = UInt64(layout.slots[Int(node.operands.1)])
      keyed.append((kind, first << 32 | second, index))
    }
    keyed.sort { $0.kind == $1.kind ? $0.slots < $1.slots : $0.kind < $1.kind }
    var last: UInt64?
    var pending: Step?
    for (kind, _, index) in keyed {
      let node = nodes[index]
      if kind != last { familyCount += 1 }
      last = kind
      families[base + index] = familyCount
      var step = step(of: node, layout.slots)
      step.result = Int32(layout.slotCount)
      layout.slots[base + index] = step.result
      layout.slotCount += 1
      if pending?.extend(by: step) == true { continue }
      if let pending { layout.steps.append(contentsOf: pending.finished()) }
      pending = step
    }
    if let pending { layout.steps.append(contentsOf: pending.finished()) }
  }

  /// A chain of additions: stretches with rows of operands as one step each.
  private func emit(_ members: [Int], chain: Chains, into layout: inout Layout) {
    var pending: Step?
    for index in members {
      let node = nodes[index]
      var step = step(of: node, layout.slots)
      step.result = Int32(layout.slotCount)
      layout.slots[base + index] = step.result
      if !chain.isFirst(index), node.code == .add || node.code == .multiplyAdd {
        let before = layout.slots[base + chain.before(index)]
        if node.code == .add {
          step.a = step.a == before ? step.b : step.a
          step.b = 0
          step.code = .addAll
        } else {
          step.code = .multiplyAddAll
        }
        step.c = before
        if pending?.extendChain(by: step) == true {
          // One result for the whole stretch.
          layout.slots[base + index] = pending?.result ?? step.result
          continue
        }
      }
      if let pending { layout.steps.append(pending) }
      layout.slotCount += 1
      pending = step
    }
    if let pending { layout.steps.append(pending) }
  }
}

extension Step {
  /// Takes in a step of the same kind whose operands are the next ones or the same ones.
  fileprivate mutating func extend(by next: Step) -> Bool {
    guard next.code == code, next.function == function, code.arity > 0 else { return false }
    return grow(by: next, operands: [(a, next.a), (b, next.b), (c, next.c), (d, next.d)], code.arity)
  }

  /// The same for additions onto this step's own result.
  fileprivate mutating func extendChain(by next: Step) -> Bool {
    guard next.code == code, code == .addAll || code == .multiplyAddAll, next.c == result else {
      return false
    }
    return grow(by: next, operands: [(a, next.a), (b, next.b)], code == .addAll ? 1 : 2)
  }

  private mutating func grow(by next: Step, operands: [(Int32, Int32)], _ arity: Int) -> Bool {
    var moves: UInt8 = 0
    for place in 0..<arity {
      let (first, new) = operands[place]
      let bit: UInt8 = 1 << UInt8(place)
      if new == first + count, count == 1 || moving & bit != 0 {
        moves |= bit
      } else if new != first || (count > 1 && moving & bit != 0) {
        return false
      }
    }
    if count > 1, moves != moving { return false }
    moving = moves
    count += 1
    return true
  }

  /// A stretch long enough as one run, a short one as the steps that it was.
  fileprivate func finished() -> [Step] {
    if count >= 4 {
      var run = self
      run.inner = code
      run.code = .run
      return [run]
    }
    return (0..<count).map { place in
      var step = self
      step.count = 1
      step.result += place
      if moving & 1 != 0 { step.a += place }
      if moving & 2 != 0 { step.b += place }
      if moving & 4 != 0 { step.c += place }
      if moving & 8 != 0 { step.d += place }
      return step
    }
  }
}

/// Sums built up one addition after the other, none of whose partial sums is read elsewhere.
struct Chains {
  private static let shortest = 8
  private var previous: [Int32]
  private var next: [Int32]
  private var lengths: [Int32]

  init(_ draft: TapeDraft) {
    let nodes = draft.nodes
    previous = Array(repeating: -1, count: nodes.count)
    next = Array(repeating: -1, count: nodes.count)
    lengths = Array(repeating: 0, count: nodes.count)
    for (index, node) in nodes.enumerated() where node.isStep {
      let candidates: [Int32]
      switch node.code {
      case .add: candidates = [node.operands.0, node.operands.1]
      case .multiplyAdd: candidates = [node.operands.2]
      case .subtract: candidates = [node.operands.0]
      case .subtractMultiple: candidates = [node.operands.2]
      default: continue
      }
      for slot in candidates {
        guard let place = draft.place(slot), nodes[place].uses == 1, nodes[place].isStep, next[place] < 0
        else {
          continue
        }
        switch nodes[place].code {
        case .add, .multiplyAdd, .subtract, .subtractMultiple: break
        case .productSum, .productDifference, .multiplySubtract: break
        default: continue
        }
        previous[index] = Int32(place)
        next[place] = Int32(index)
        break
      }
    }
    for index in nodes.indices where next[index] < 0 && previous[index] >= 0 {
      var length = 1
      var place = index
      while previous[place] >= 0 {
        place = Int(previous[place])
        length += 1
      }
      if length >= Chains.shortest {
        lengths[index] = Int32(length)
      } else {
        // Too short to be worth a row of its own.
        place = index
        while previous[place] >= 0 {
          let before = Int(previous[place])
          previous[place] = -1
          next[before] = -1
          place = before
        }
      }
    }
  }

  func length(endingAt index: Int) -> Int { Int(lengths[index]) }
  func isFirst(_ index: Int) -> Bool { previous[index] < 0 }
  func isLast(_ index: Int) -> Bool { next[index] < 0 }
  func isInside(_ index: Int) -> Bool { previous[index] >= 0 || next[index] >= 0 }
  /// Whether a later member of a chain follows.
  func isBefore(_ index: Int) -> Bool { next[index] >= 0 }
  func before(_ index: Int) -> Int { Int(previous[index]) }

  /// The members of a chain from the first to the last.
  func members(endingAt index: Int) -> [Int] {
    var result = [index]
    var place = index
    while previous[place] >= 0 {
      place = Int(previous[place])
      result.append(place)
    }
    return result.reversed()
  }
}
