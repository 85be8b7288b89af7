import NablaAlgebra

/// Loops over the same range are run together.
extension Listing {
  /// Lines in which a fold stands in the loop of an earlier one over the same range, where nothing it needs is
  /// computed in between; what their bodies share is computed once.
  static func joined(_ lines: [Line]) -> [Line] {
    var result: [Line] = []
    /// The place in `result` of the line that computes a step.
    var places: [Int: Int] = [:]
    var open: [ClosedRange<Int>: Int] = [:]
    for line in lines {
      switch line {
      case .step(let number, _, _): places[number] = result.count
      case .fold(var loop, let totals):
        loop.body = joined(loop.body)
        let needed = outerSteps(loop.body, totals)
        if let place = open[loop.range], case .fold(let first, let earlier) = result[place],
          needed.allSatisfy({ (places[$0] ?? -1) < place })
        {
          result[place] = merged(first, earlier, loop, totals)
          for total in totals { places[total.number] = place }
          continue
        }
        open[loop.range] = result.count
        for total in totals { places[total.number] = result.count }
        result.append(.fold(loop, totals))
        continue
      case .map: break
      }
      result.append(line)
    }
    return result
  }

  /// The steps that a body needs and does not compute.
  private static func outerSteps(_ body: [Line], _ totals: [Total]) -> Set<Int> {
    var (own, needed): (Set<Int>, Set<Int>) = ([], [])
    func need(_ operands: [Operand]) {
      for case .step(let number) in operands { needed.insert(number) }
    }
    for line in body {
      switch line {
      case .step(let number, _, let operands):
        own.insert(number)
        need(operands)
      case .fold(let loop, let totals):
        for total in totals { own.insert(total.number) }
        needed.formUnion(outerSteps(loop.body, totals))
      case .map: continue
      }
    }
    need(totals.map(\.value))
    return needed.subtracting(own)
  }

  private struct Key: Hashable {
    let operation: Operation
    let operands: [Operand]
  }

  /// One loop in place of two: the second one's index becomes the first one's, its steps those that are known.
  private static func merged(_ first: Loop, _ totals: [Total], _ second: Loop, _ more: [Total]) -> Line {
    var loop = first
    var known: [Key: Int] = [:]
    for case .step(let number, let operation, let operands) in first.body {
      known[Key(operation: operation, operands: operands)] = number
    }
    var renamed: [Int: Int] = [:]
    func renewed(_ operand: Operand) -> Operand {
      switch operand {
      case .step(let number): .step(renamed[number] ?? number)
      case .index(second.number): .index(loop: first.number)
      case .element(second.number, let shift): .element(loop: first.number, shift: shift)
      case .number, .letter, .element, .index: operand
      }
    }
    func renewed(_ lines: [Line]) -> [Line] {
      lines.compactMap { line in
        switch line {
        case .step(let number, let operation, let operands):
          return .step(number, operation, operands.map(renewed))
        case .fold(var inner, var totals):
          inner.body = renewed(inner.body)
          for place in totals.indices { totals[place].value = renewed(totals[place].value) }
          return .fold(inner, totals)
        case .map: return line
        }
      }
    }
    for line in second.body {
      guard case .step(let number, let operation, let operands) = line else {
        loop.body += renewed([line])
        continue
      }
      let key = Key(operation: operation, operands: operands.map(renewed))
      if let same = known[key] {
        renamed[number] = same
      } else {
        known[key] = number
        loop.body.append(.step(number, operation, key.operands))
      }
    }
    let others = more.map { Total(number: $0.number, kind: $0.kind, value: renewed($0.value)) }
    return .fold(loop, totals + others)
  }
}
