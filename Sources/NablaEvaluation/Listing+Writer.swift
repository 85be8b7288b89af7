import NablaAlgebra

extension Listing {
  /// Numbers steps and loops over all scopes.
  struct Writer {
    let positions: VariablePlaces
    private var steps = 0
    private var loops = 0

    init(positions: VariablePlaces) { self.positions = positions }

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
      defer { loops += 1 }
      return Loop(number: loops, index: index, range: range, body: [])
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
      for step in 0..<range.count {
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
      let row = instruction.opcode.row
      return (.call(row?.name ?? "\(instruction.opcode)"), row?.arity ?? 1)
    }
  }
}
