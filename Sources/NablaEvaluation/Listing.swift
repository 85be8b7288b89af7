import NablaAlgebra
import NablaBasics

/// A program as steps that can be written down in any language: each value is computed once, sums and products over
/// an index are loops.
///
///     for x²y and xy:    step 0 = x · y,   step 1 = x · step 0;   outputs: step 1, step 0
///
/// This is the one place where code export looks at programs; steps that no output needs are left out.
package struct Listing: Sendable {
  /// What a step works on.
  package enum Operand: Hashable, Sendable {
    case number(Double)
    /// The letter at a place of the list.
    case letter(Int)
    /// The coordinate at the place `loop's index + shift`.
    case element(loop: Int, shift: Int)
    /// The index of a loop as a number.
    case index(loop: Int)
    /// What a step or a fold gives.
    case step(Int)
  }

  /// What a step does.
  package enum Operation: Hashable, Sendable {
    case add, subtract, multiply, divide, negate
    /// |a|ᵇ with the sign of a, and |a|ᵇ.
    case oddPower, evenPower
    case power
    /// The second operand where the first is not 0, the third where it is.
    case select
    /// A function of the table, by its name; `sqrt`, `cbrt`, `exp` and `ln` among them.
    case call(String)
  }

  /// One step, or a loop of them.
  package enum Line: Sendable {
    case step(Int, Operation, [Operand])
    /// Sums and products of values over one index.
    case fold(Loop, [Total])
    /// The same value for a stretch of outputs, those at the places `index + shift`.
    case map(Loop, shift: Int, value: Operand)
  }

  /// A sum or product: the number of its step, and what is added or multiplied.
  package struct Total: Sendable {
    package let number: Int
    package let kind: Fold.Kind
    package var value: Operand
  }

  /// What is done for each value of an index.
  package struct Loop: Sendable {
    /// The number of the loop, which its index is known by.
    package let number: Int
    /// The name of the index as typed.
    package let index: String
    package let range: ClosedRange<Int>
    package var body: [Line]
  }

  /// One formula for the outputs at several places, in terms of `FamilyGradient.symbol`.
  package struct Stretch: Sendable {
    package let members: ClosedRange<Int>
    package let shift: Int
    package let value: Expr

    package init(members: ClosedRange<Int>, shift: Int, value: Expr) {
      (self.members, self.shift, self.value) = (members, shift, value)
    }
  }

  /// The steps in order.
  package private(set) var lines: [Line] = []
  /// The values asked for, in order.
  package private(set) var outputs: [Operand] = []
  /// How many steps there are, those of loops counted once.
  package private(set) var count = 0

  /// Lists the steps that give some values, and stretches of outputs beside them.
  package init(
    _ values: [Expr], stretches: [Stretch] = [], letters: [Variable], limits: Limits = .standard
  ) throws(CompilationError) {
    var compiler = try Compiler(variables: letters, limits: limits)
    let scope = Scope()
    var results: [Value] = []
    for value in values { results.append(try compiler.value(of: value, in: scope)) }
    var maps: [(plan: Scope, value: Value, stretch: Stretch)] = []
    for stretch in stretches {
      let body = Scope(parent: scope, index: FamilyGradient.symbol, trips: stretch.members.count)
      maps.append((body, try compiler.value(of: stretch.value, in: body), stretch))
    }
    var writer = Writer(positions: compiler.positions)
    let frame = try writer.frame(of: scope, loop: nil, outer: nil)
    outputs = results.map { frame.operand($0) }
    lines = Listing.joined(frame.lines)
    for map in maps {
      let loop = writer.loop(named: FamilyGradient.symbol.name, map.stretch.members)
      let body = try writer.frame(of: map.plan, loop: loop, outer: frame)
      var filled = loop
      filled.body = body.lines
      lines.append(.map(filled, shift: map.stretch.shift, value: body.operand(map.value)))
    }
    prune()
  }

  /// Leaves out what no output needs.
  private mutating func prune() {
    var needed: Set<Int> = []
    func need(_ operands: [Operand]) {
      for case .step(let number) in operands { needed.insert(number) }
    }
    func pruned(_ lines: [Line]) -> [Line] {
      var kept: [Line] = []
      for line in lines.reversed() {
        switch line {
        case .step(let number, _, let operands):
          guard needed.contains(number) else { continue }
          need(operands)
          kept.append(line)
        case .fold(var loop, let totals):
          let wanted = totals.filter { needed.contains($0.number) }
          guard !wanted.isEmpty else { continue }
          need(wanted.map(\.value))
          loop.body = pruned(loop.body)
          kept.append(.fold(loop, wanted))
        case .map(var loop, let shift, let value):
          need([value])
          loop.body = pruned(loop.body)
          kept.append(.map(loop, shift: shift, value: value))
        }
      }
      count += kept.count
      return kept.reversed()
    }
    need(outputs)
    lines = pruned(lines)
  }
}

extension Listing {
  /// Numbers steps and loops over all scopes.
  private struct Writer {
    let positions: VariablePlaces
    var steps = 0
    var loops = 0

    /// The lines of a scope, and what its values are called.
    struct Frame {
      var lines: [Line] = []
      var results: [Operand] = []
      var inputs: [Operand] = []
      var constants: [Double] = []

      func operand(_ value: Value) -> Operand {
        switch value.kind {
        case .result(let place): results[place]
        case .input(let place): inputs[place]
        case .constant(let place): .number(constants[place])
        }
      }
    }

    mutating func loop(named index: String, _ range: ClosedRange<Int>) -> Loop {
      loops += 1
      return Loop(number: loops - 1, index: index, range: range, body: [])
    }

    mutating func frame(of scope: Scope, loop: Loop?, outer: Frame?) throws(CompilationError) -> Frame {
      var frame = Frame()
      frame.constants = scope.constants
      for source in scope.inputs { frame.inputs.append(try operand(source, loop, outer)) }
      for instruction in scope.instructions {
        if instruction.opcode == .loop {
          let plan = scope.loops[Int(instruction.a)]
          var inner = self.loop(named: plan.fold.index.name, plan.fold.lower...plan.fold.upper)
          let body = try self.frame(of: plan.body, loop: inner, outer: frame)
          inner.body = body.lines
          let total = Total(number: steps, kind: plan.fold.kind, value: body.operand(plan.value))
          frame.lines.append(.fold(inner, [total]))
        } else {
          let operands = [instruction.a, instruction.b, instruction.c].map { Value(raw: $0) }
          let (operation, arity) = Listing.operation(instruction, scope)
          frame.lines.append(.step(steps, operation, operands.prefix(arity).map { frame.operand($0) }))
        }
        frame.results.append(.step(steps))
        steps += 1
      }
      return frame
    }

    private func operand(_ source: Source, _ loop: Loop?, _ outer: Frame?) throws(CompilationError) -> Operand
    {
      switch source {
      case .variable(let place): return .letter(place)
      case .index: return .index(loop: loop?.number ?? 0)
      case .captured(let value): return outer?.operand(value) ?? .number(.nan)
      case .element(let family, let offset):
        guard let loop else { return .number(.nan) }
        return .element(loop: loop.number, shift: try shift(of: family, offset, over: loop.range))
      default: return .number(.nan)
      }
    }

    /// How far the place of x[i + offset] is from i; the members must stand one after the other.
    private func shift(
      of family: Family, _ offset: Int, over range: ClosedRange<Int>
    ) throws(CompilationError) -> Int {
      let first = range.lowerBound + offset
      guard let start = positions[family.member(first)] else { throw .unknownVariable(family.member(first)) }
      for step in 1..<max(range.count, 2) where range.count > 1 {
        guard positions[family.member(first + step)] == start + step else {
          throw .unknownVariable(family.member(first + step))
        }
      }
      return start - range.lowerBound
    }
  }

  private static func operation(_ instruction: Instruction, _ scope: Scope) -> (Operation, arity: Int) {
    switch instruction.opcode {
    case .add: return (.add, 2)
    case .subtract: return (.subtract, 2)
    case .multiply: return (.multiply, 2)
    case .divide: return (.divide, 2)
    case .negate: return (.negate, 1)
    case .power: return (.power, 2)
    case .oddPower: return (.oddPower, 2)
    case .evenPower: return (.evenPower, 2)
    case .select: return (.select, 3)
    case .squareRoot: return (.call("sqrt"), 1)
    case .exponential: return (.call("exp"), 1)
    case .unary: return (.call(scope.functions[Int(instruction.function)].name), 1)
    case .binary: return (.call(scope.functions[Int(instruction.function)].name), 2)
    case .ternary: return (.call(scope.functions[Int(instruction.function)].name), 3)
    default:
      let row = Opcode.rows[instruction.opcode]
      return (.call(row?.name ?? "\(instruction.opcode)"), row?.arity ?? 1)
    }
  }
}

// Loops over the same range are run together.
extension Listing {
  /// Lines in which a fold stands in the loop of an earlier one over the same range, where nothing it needs is
  /// computed in between; what their bodies share is computed once.
  private static func joined(_ lines: [Line]) -> [Line] {
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
