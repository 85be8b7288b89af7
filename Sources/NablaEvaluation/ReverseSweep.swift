import NablaAlgebra

/// Writes the reverse sweep of a program behind its instructions: from the last to the first, each hands its adjoint
/// on to its operands, weighed by the partial derivatives that the function rows state.
///
/// About three times the operations of the program, whatever the number of variables. An adjoint that is exactly
/// zero contributes nothing, even beside an infinite derivative.
struct ReverseSweep {
  private let scope: Scope
  private var results: [Value?]
  private var inputs: [Value?]

  private init(_ scope: Scope) {
    self.scope = scope
    results = Array(repeating: nil, count: scope.instructions.count)
    inputs = Array(repeating: nil, count: scope.inputs.count)
  }

  /// The adjoints of a scope's inputs, by their places, where a value of the scope has the adjoint `seed`.
  static func adjoints(
    of value: Value, seed: Value, in scope: Scope, with compiler: inout Compiler
  ) throws(CompilationError) -> [Value?] {
    var sweep = ReverseSweep(scope)
    sweep.add(seed, to: value)
    for place in sweep.results.indices.reversed() {
      guard let adjoint = sweep.results[place] else { continue }
      try compiler.spend()
      try sweep.handOn(adjoint, from: place, with: &compiler)
    }
    return sweep.inputs
  }

  private mutating func add(_ adjoint: Value, to target: Value) {
    accumulate(adjoint, to: target, isNegative: false)
  }

  private mutating func accumulate(_ adjoint: Value, to target: Value, isNegative: Bool) {
    guard scope.isActive(target), scope.number(adjoint) != 0 else { return }
    let sum = { [scope] (earlier: Value?) -> Value in
      if let earlier { return scope.emit(isNegative ? .subtract : .add, earlier, adjoint) }
      return isNegative ? scope.emit(.negate, adjoint) : adjoint
    }
    switch target.kind {
    case .result(let place): results[place] = sum(results[place])
    case .input(let place): inputs[place] = sum(inputs[place])
    case .constant: break
    }
  }

  private mutating func handOn(
    _ w: Value, from place: Int, with compiler: inout Compiler
  ) throws(CompilationError) {
    let instruction = scope.instructions[place]
    let v = Value.result(place)
    let (a, b, c) = (Value(raw: instruction.a), Value(raw: instruction.b), Value(raw: instruction.c))
    switch instruction.opcode {
    case .add:
      add(w, to: a)
      add(w, to: b)
    case .subtract:
      add(w, to: a)
      accumulate(w, to: b, isNegative: true)
    case .negate: accumulate(w, to: a, isNegative: true)
    case .multiply, .weigh:
      if let (base, exponent) = scope.wholePower(at: place) {
        // (uⁿ)′ = n·uⁿ⁻¹; n goes to the adjoint, which may have a constant of its own and may be that of more powers.
        let scaled = scope.weigh(w, scope.constant(Double(exponent)))
        add(scope.weigh(scaled, scope.wholePower(base, exponent - 1)), to: base)
      } else if let (a, b) = scope.squareDifference(at: place) {
        let twice = scope.weigh(w, scope.constant(2))
        if scope.isActive(a) { add(scope.weigh(twice, a), to: a) }
        if scope.isActive(b) { accumulate(scope.weigh(twice, b), to: b, isNegative: true) }
      } else {
        if scope.isActive(a) { add(scope.weigh(w, b), to: a) }
        if scope.isActive(b) { add(scope.weigh(w, a), to: b) }
      }
    case .divide, .share:
      // (a/b)′ = a′/b − (a/b)·b′/b
      let shared = scope.share(w, b)
      add(shared, to: a)
      if scope.isActive(b) { accumulate(scope.weigh(shared, v), to: b, isNegative: true) }
    case .squareRoot:
      // (√u)′ = ½/√u, whose ½ meets the 2 of a square below the root.
      add(scope.weigh(scope.share(w, v), scope.constant(0.5)), to: a)
    case .cubeRoot:
      // (∛u)′ = 1/(3·∛u²)
      add(scope.share(w, scope.multiply(scope.constant(3), scope.multiply(v, v))), to: a)
    case .exponential: add(scope.weigh(w, v), to: a)
    case .power, .oddPower, .evenPower: power(instruction.opcode, w, v, a, b)
    case .select:
      let zero = scope.constant(0)
      if scope.isActive(b) { add(scope.emit(.select, a, w, zero), to: b) }
      if scope.isActive(c) { add(scope.emit(.select, a, zero, w), to: c) }
    case .logarithm, .sine, .cosine, .tangent, .hyperbolicTangent, .absolute:
      guard scope.isActive(a) else { return }
      if let slope = compiler.slope(of: instruction.opcode) {
        try compiler.spend()
        accumulate(scope.weigh(w, scope.emit(slope.opcode, a)), to: a, isNegative: slope.isNegative)
      } else if let function = instruction.opcode.row {
        try call(function, a, w, v, with: &compiler)
      }
    case .unary: try call(scope.functions[Int(instruction.function)], a, w, v, with: &compiler)
    case .binary: try call(scope.functions[Int(instruction.function)], [a, b], w, v, with: &compiler)
    case .ternary: try call(scope.functions[Int(instruction.function)], [a, b, c], w, v, with: &compiler)
    case .loop: try loop(w, Int(instruction.a), with: &compiler)
    case .reverseLoop, .held: break
    }
  }

  /// (uᵖ)′ = p·uᵖ⁻¹·u′ + uᵖ·ln u·p′
  private mutating func power(_ opcode: Opcode, _ w: Value, _ v: Value, _ base: Value, _ exponent: Value) {
    if scope.number(exponent) == 0 { return }
    if scope.isActive(base) {
      let less = scope.emit(.subtract, exponent, scope.constant(1))
      let slope: Opcode = opcode == .oddPower ? .evenPower : opcode == .evenPower ? .oddPower : .power
      add(scope.slope(w, exponent, scope.emit(slope, base, less)), to: base)
    }
    if scope.isActive(exponent) {
      add(scope.weigh(scope.weigh(w, v), scope.emit(.logarithm, base)), to: exponent)
    }
  }

  /// The chain rule for a function of one argument: at once where its derivative is a function again, as that of the sine
  /// is.
  private mutating func call(
    _ function: Function, _ argument: Value, _ w: Value, _ v: Value, with compiler: inout Compiler
  ) throws(CompilationError) {
    guard let slope = compiler.template(of: function).slope else {
      return try call(function, [argument], w, v, with: &compiler)
    }
    guard scope.isActive(argument) else { return }
    try compiler.spend()
    let value = compiler.call(slope.function, argument, in: scope)
    accumulate(scope.weigh(w, value), to: argument, isNegative: slope.isNegative)
  }

  /// The chain rule over the row's own derivative.
  private mutating func call(
    _ function: Function, _ arguments: [Value], _ w: Value, _ v: Value, with compiler: inout Compiler
  ) throws(CompilationError) {
    let template = compiler.template(of: function)
    let known = template.known
    known.restart(arguments + [v])
    switch function.derivative {
    case .zero: return
    case .selects(let condition, let then, let otherwise):
      let test = try compiler.value(
        of: condition(Compiler.placeholders(arguments.count)), in: scope, known: known)
      let zero = scope.constant(0)
      if scope.isActive(arguments[then]) { add(scope.emit(.select, test, w, zero), to: arguments[then]) }
      if scope.isActive(arguments[otherwise]) {
        add(scope.emit(.select, test, zero, w), to: arguments[otherwise])
      }
    case .partials:
      for (argument, partial) in zip(arguments, template.partials)
      where scope.isActive(argument) {
        let (isNegative, adjoint) = try compiler.scaled(w, by: partial, in: scope, known)
        accumulate(adjoint, to: argument, isNegative: isNegative)
      }
    }
  }

  /// A loop's sweep is a loop: each term runs the body again, then backwards, and scatters its adjoints.
  private mutating func loop(
    _ w: Value, _ pair: Int, with compiler: inout Compiler
  ) throws(CompilationError) {
    let plan = scope.loops[pair]
    let body = Scope(continuing: plan.body)
    let seed = body.input(.seed)
    let adjoints = try ReverseSweep.adjoints(of: plan.value, seed: seed, in: body, with: &compiler)
    let place = scope.loops.count
    scope.loops.append(
      LoopPlan(
        fold: plan.fold, body: body, value: plan.value, valueCount: plan.valueCount, adjoints: adjoints,
        pair: pair))
    _ = scope.append(Instruction(opcode: .reverseLoop, a: Int32(place), b: w.raw), isActive: false)
    // The executor fills the places right behind the loop: all of them first, then what is added up from them.
    var receivers: [(outer: Value, held: Value)] = []
    for (input, adjoint) in adjoints.enumerated() where adjoint != nil {
      guard case .captured(let outer) = body.inputs[input] else { continue }
      receivers.append((outer, scope.append(Instruction(opcode: .held, a: w.raw), isActive: false)))
    }
    for receiver in receivers { add(receiver.held, to: receiver.outer) }
  }
}

extension Compiler {
  /// The names that derivative rows are asked with, in place of arguments.
  static func placeholders(_ count: Int) -> [Expr] { Array(arguments.prefix(count)) }

  private static let arguments: [Expr] = ["argument_0", "argument_1", "argument_2"].map { Expr($0) }

  /// The name of a function's own value in its derivative row.
  static let ownValue = Expr("value")

  /// An adjoint or a tangent times a partial derivative, whose sign stands apart.
  mutating func scaled(
    _ w: Value, by partial: Expr, in scope: Scope, _ known: KnownValues
  ) throws(CompilationError) -> (isNegative: Bool, value: Value) {
    // A function alone, as most slopes are, is no quotient.
    if case .call = partial.shape {
      return (false, scope.weigh(w, try value(of: partial, in: scope, known: known)))
    }
    let factors = if case .product(let factors) = partial.shape { factors } else { [partial] }
    for factor in factors {
      for part in factor.quotientParts { _ = try value(of: part, in: scope, known: known) }
    }
    let (isNegative, above, below) = self.quotient(factors, in: scope, known)
    // Divisors first: 0/0, as of x/√(x² + y²) at the origin, is no slope, where a product that is 0 already would
    // pass for an adjoint that is 0.
    let quotient = below.reduce(w) { scope.share($0, $1) }
    return (isNegative, above.reduce(quotient) { scope.weigh($0, $1) })
  }

  /// The operation that is the derivative of another one, or minus it; nil where it is none.
  mutating func slope(of opcode: Opcode) -> NativeSlope? {
    for known in slopes where known.opcode == opcode { return known.slope }
    let slope = opcode.row.flatMap { template(of: $0).slope }
    let native = slope.flatMap { slope in
      Opcode.native(slope.function).map { NativeSlope(isNegative: slope.isNegative, opcode: $0) }
    }
    slopes.append((opcode, native))
    return native
  }

  mutating func template(of function: Function) -> DerivativeTemplate {
    if let known = templates.first(where: { $0.function === function }) { return known }
    let template = DerivativeTemplate(function, for: stableUse)
    templates.append(template)
    return template
  }
}

/// The operation that is the derivative of another one of one argument, or minus that derivative.
struct NativeSlope {
  let isNegative: Bool
  let opcode: Opcode
}

/// A function's derivative row over placeholders, and what they stand for at the call that is being differentiated.
final class DerivativeTemplate {
  let function: Function
  /// The partial derivative by each argument; none for a function that is one of two of its arguments.
  let partials: [Expr]
  /// The function of the only argument that is the derivative, or minus the derivative.
  let slope: Slope?
  /// The arguments first, then the own value; what is worked out of them comes after them.
  let known: KnownValues

  /// A function as a derivative, or minus one.
  struct Slope {
    let isNegative: Bool
    let function: Function
  }

  /// Bounds are closer by the row's own derivative than by one that keeps digits.
  init(_ function: Function, for use: Expr.StableUse?) {
    self.function = function
    let names = Compiler.placeholders(function.arity)
    known = KnownValues(names + [Compiler.ownValue], Array(repeating: .result(0), count: names.count + 1))
    if use == .values, let slope = function.stableSlope {
      partials = [slope(names[0], Compiler.ownValue)]
    } else if use == .secondDerivatives, let curved = function.curvedPartials {
      partials = curved(names)
    } else if case .partials(let partials) = function.derivative {
      let partials = partials(names, Compiler.ownValue)
      self.partials = use.map { use in partials.map { $0.stableForm(for: use) } } ?? partials
    } else {
      partials = []
    }
    slope = partials.count == 1 ? DerivativeTemplate.slope(partials[0], names[0]) : nil
  }

  private static func slope(_ partial: Expr, _ argument: Expr) -> Slope? {
    switch partial.shape {
    case .call(let function, let arguments):
      arguments == [argument] && !partial.isExactPole ? Slope(isNegative: false, function: function) : nil
    case .product(let factors):
      factors.count == 2 && factors[0] == .minusOne
        ? slope(factors[1], argument).map { Slope(isNegative: true, function: $0.function) } : nil
    case .number, .constant, .variable, .element, .sum, .power, .fold: nil
    }
  }
}

extension Expr {
  /// The parts whose values a factor of a quotient needs.
  fileprivate var quotientParts: [Expr] {
    switch shape {
    case .number: []
    case .power(let base, let exponent): [base, exponent]
    case .constant, .variable, .element, .sum, .product, .call, .fold: [self]
    }
  }
}
