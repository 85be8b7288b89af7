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
