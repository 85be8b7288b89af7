import NablaAlgebra

/// Writes the tangents of a program behind its instructions: the derivative of each along a direction, whose
/// coordinates are inputs of their own.
///
/// A reverse sweep over the tangent of the value gives the Hessian times the direction (reverse over forward:
/// Griewank and Walther, Evaluating Derivatives, 2008, section 5.4). A tangent that is zero contributes nothing, even
/// beside an infinite derivative.
struct ForwardSweep {
  private let scope: Scope
  /// The tangents of values outside a loop.
  private let outer: [Int32: Value]
  /// The tangents so far; what has none stands still.
  private var tangents: [Int32: Value] = [:]

  private init(_ scope: Scope, _ outer: [Int32: Value]) {
    self.scope = scope
    self.outer = outer
  }

  /// The tangent of a value; nil where it depends on no variable.
  static func tangent(
    of value: Value, in scope: Scope, outer: [Int32: Value] = [:], with compiler: inout Compiler
  ) throws(CompilationError) -> Value? {
    var sweep = ForwardSweep(scope, outer)
    for place in scope.instructions.indices where scope.isActive(at: place) {
      try compiler.spend()
      if let tangent = try sweep.tangent(ofResult: place, with: &compiler) {
        sweep.tangents[Value.result(place).raw] = tangent
      }
    }
    return sweep[value]
  }

  /// The tangent of a value that comes before the instruction at hand.
  private subscript(_ value: Value) -> Value? {
    switch value.kind {
    case .constant: return nil
    case .result: return tangents[value.raw]
    case .input(let place):
      switch scope.inputs[place] {
      case .variable(let position): return scope.input(.direction(position))
      case .element(let family, let offset): return scope.input(.directionElement(family, offset: offset))
      case .captured(let value):
        guard let tangent = outer[value.raw] else { return nil }
        if let number = scope.parent?.number(tangent) { return scope.constant(number) }
        return scope.input(.captured(tangent))
      case .index, .seed, .direction, .directionElement: return nil
      }
    }
  }

  private func sum(_ a: Value?, _ b: Value?, isNegative: Bool = false) -> Value? {
    guard let b else { return a }
    guard let a else { return isNegative ? scope.emit(.negate, b) : b }
    return scope.emit(isNegative ? .subtract : .add, a, b)
  }

  private mutating func tangent(
    ofResult place: Int, with compiler: inout Compiler
  ) throws(CompilationError) -> Value? {
    let instruction = scope.instructions[place]
    let v = Value.result(place)
    let (a, b, c) = (Value(raw: instruction.a), Value(raw: instruction.b), Value(raw: instruction.c))
    switch instruction.opcode {
    case .add: return sum(self[a], self[b])
    case .subtract: return sum(self[a], self[b], isNegative: true)
    case .negate: return self[a].map { scope.emit(.negate, $0) }
    case .multiply, .weigh:
      if let (base, exponent) = scope.wholePower(at: place) {
        let slope = scope.multiply(scope.constant(Double(exponent)), scope.wholePower(base, exponent - 1))
        return self[base].map { scope.weigh($0, slope) }
      }
      return sum(self[a].map { scope.weigh($0, b) }, self[b].map { scope.weigh($0, a) })
    case .divide, .share:
      // (a/b)′ = (a′ − (a/b)·b′)/b
      return sum(self[a], self[b].map { scope.weigh($0, v) }, isNegative: true).map { scope.share($0, b) }
    case .squareRoot: return self[a].map { scope.share($0, scope.add(v, v)) }
    case .cubeRoot:
      return self[a].map { scope.share($0, scope.multiply(scope.constant(3), scope.multiply(v, v))) }
    case .exponential: return self[a].map { scope.weigh($0, v) }
    case .power, .oddPower, .evenPower: return power(instruction.opcode, v, a, b)
    case .select:
      let zero = scope.constant(0)
      let (yes, no) = (self[b], self[c])
      return yes == nil && no == nil ? nil : scope.emit(.select, a, yes ?? zero, no ?? zero)
    case .logarithm, .sine, .cosine, .tangent, .hyperbolicTangent, .absolute:
      guard let function = instruction.opcode.row else { return nil }
      return try call(function, [a], v, with: &compiler)
    case .unary: return try call(scope.functions[Int(instruction.function)], [a], v, with: &compiler)
    case .binary: return try call(scope.functions[Int(instruction.function)], [a, b], v, with: &compiler)
    case .ternary: return try call(scope.functions[Int(instruction.function)], [a, b, c], v, with: &compiler)
    case .loop: return try loop(scope.loops[Int(instruction.a)], with: &compiler)
    case .reverseLoop, .held: return nil
    }
  }

  /// (uᵖ)′ = p·uᵖ⁻¹·u′ + uᵖ·ln u·p′
  private func power(_ opcode: Opcode, _ v: Value, _ base: Value, _ exponent: Value) -> Value? {
    if scope.number(exponent) == 0 { return nil }
    var result: Value?
    if let tangent = self[base] {
      let less = scope.emit(.subtract, exponent, scope.constant(1))
      let slope: Opcode = opcode == .oddPower ? .evenPower : opcode == .evenPower ? .oddPower : .power
      result = scope.slope(tangent, exponent, scope.emit(slope, base, less))
    }
    let moved = scope.number(base) == 1 ? nil : self[exponent]
    let rest = moved.map { scope.weigh(scope.weigh($0, v), scope.emit(.logarithm, base)) }
    return sum(result, rest)
  }

  /// The chain rule over the row's own derivative.
  private func call(
    _ function: Function, _ arguments: [Value], _ v: Value, with compiler: inout Compiler
  ) throws(CompilationError) -> Value? {
    let template = compiler.template(of: function)
    let known = template.known
    known.restart(arguments + [v])
    switch function.derivative {
    case .zero: return nil
    case .selects(let condition, let then, let otherwise):
      let (yes, no) = (self[arguments[then]], self[arguments[otherwise]])
      if yes == nil, no == nil { return nil }
      let test = try compiler.value(
        of: condition(Compiler.placeholders(arguments.count)), in: scope, known: known)
      let zero = scope.constant(0)
      return scope.emit(.select, test, yes ?? zero, no ?? zero)
    case .partials:
      var result: Value?
      for (argument, partial) in zip(arguments, template.partials) {
        guard let tangent = self[argument] else { continue }
        let (isNegative, part) = try compiler.scaled(tangent, by: partial, in: scope, known)
        result = sum(result, part, isNegative: isNegative)
      }
      return result
    }
  }

  /// The tangent of a sum is the sum of its terms' tangents, a loop beside the first.
  private func loop(_ plan: LoopPlan, with compiler: inout Compiler) throws(CompilationError) -> Value? {
    let body = Scope(continuing: plan.body, in: scope)
    guard
      let tangent = try ForwardSweep.tangent(of: plan.value, in: body, outer: known, with: &compiler)
    else { return nil }
    let place = scope.loops.count
    scope.loops.append(
      LoopPlan(
        fold: plan.fold, body: body, value: tangent, valueCount: body.instructions.count, adjoints: nil))
    return scope.append(
      Instruction(opcode: .loop, a: Int32(place)), isActive: body.isActive(tangent))
  }

  /// What a loop may capture: the tangents of results and of inputs.
  private var known: [Int32: Value] {
    var result = tangents
    for place in scope.inputs.indices {
      let input = Value.input(place)
      if let tangent = self[input] { result[input.raw] = tangent }
    }
    return result
  }
}
