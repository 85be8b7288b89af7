import NablaAlgebra
import NablaBasics

/// Turns expressions into the instructions of a program.
///
/// Every distinct part is computed once; a difference is one subtraction, a product with negative powers one
/// division, √ and e^u operations of their own. What does not depend on a loop's index is computed outside it.
struct Compiler {
  let variables: [Variable]
  let positions: VariablePlaces
  let limits: Limits
  var budget: Budget
  /// Whether products over an index are written out, as second derivatives need them.
  var writesOutProducts = false
  /// What stable forms that take the place of parts of the formula are for; nil where it is computed as it was typed.
  var stableUse: Expr.StableUse?
  /// The derivative rows that have been asked, each once.
  var templates: [DerivativeTemplate] = []
  /// The slopes of the operations that have been asked, each once.
  var slopes: [(opcode: Opcode, slope: NativeSlope?)] = []

  init(variables: [Variable], limits: Limits, cancellation: Cancellation? = nil) throws(CompilationError) {
    positions = VariablePlaces(variables)
    if positions.count < variables.count {
      for (place, variable) in variables.enumerated() where positions[variable] != place {
        throw .repeatedVariable(variable)
      }
    }
    self.variables = variables
    self.limits = limits
    budget = Budget(limits.work, cancellation: cancellation)
  }

  mutating func spend(_ units: Int = 1) throws(CompilationError) {
    do throws(Budget.Overrun) { try budget.spend(units) } catch { throw .overrun(error) }
  }

  /// The value of an expression in a scope. The walk keeps its own stack.
  mutating func value(of expression: Expr, in scope: Scope) throws(CompilationError) -> Value {
    let varying = scope.index.map { expression.parts(dependingOn: $0) }
    return try value(of: expression, in: scope, known: scope.known, varying: varying)
  }

  /// The value of a template over placeholders that are known.
  mutating func value(
    of expression: Expr, in scope: Scope, known: KnownValues, varying: Set<Expr>? = nil
  ) throws(CompilationError) -> Value {
    if let value = known[expression] { return value }
    var pending: [Visit] = []
    var next: Visit? = .first(expression)
    // In loops bodies are rewritten as a whole.
    let use = varying == nil && scope.known === known ? stableUse : nil
    while let visit = next.take() {
      defer { next = pending.popLast() }
      switch consume visit {
      case .last(let expr): known.enter(expr, try lowered(expr, in: scope, known))
      case .standIn(let expr, let form, let roots):
        let value = known[form] ?? scope.constant(.nan)
        if let roots, let a = known[roots.a], let b = known[roots.b] {
          scope.keepDifference(of: (a, b), at: value)
        }
        known.enter(expr, value)
      case .first(let expr):
        if known[expr] != nil { continue }
        try spend()
        if let use, let form = expr.stableStep(for: use) {
          let roots = if case .product = form.shape { expr.splitSquares } else { nil as (a: Expr, b: Expr)? }
          pending.append(.standIn(expr, form, roots))
          pending.append(.first(form))
          // The slopes are those of a² and b², which come before their difference.
          if let roots { pending += [.first(roots.b), .first(roots.a)] }
          continue
        }
        if let varying, !varying.contains(expr), let outside = scope.parent {
          known.enter(expr, try captured(expr, in: scope, from: outside))
          continue
        }
        let mark = pending.count
        Compiler.eachOperand(of: expr) { operand in
          if known[operand] == nil { pending.append(.first(operand)) }
        }
        guard pending.count > mark else {
          known.enter(expr, try lowered(expr, in: scope, known))
          continue
        }
        pending.append(.last(consume expr))
        // The first operand's turn comes first.
        var (low, high) = (mark, pending.count - 1)
        while low < high {
          pending.swapAt(low, high)
          (low, high) = (low + 1, high - 1)
        }
      }
    }
    guard let value = known[expression] else { return scope.constant(.nan) }
    return value
  }

  /// What the walk comes to: an expression for the first time, one whose operands have their values, one whose stable form
  /// has, with the roots of the squares that are split in it.
  private enum Visit {
    case first(Expr), last(Expr), standIn(Expr, Expr, (a: Expr, b: Expr)?)
  }

  /// A part that the loop's index leaves alone: computed outside.
  private mutating func captured(
    _ expr: Expr, in scope: Scope, from outside: Scope
  ) throws(CompilationError) -> Value {
    let outer = try value(of: expr, in: outside)
    if let number = outside.number(outer) { return scope.constant(number) }
    return scope.input(.captured(outer))
  }

  /// The parts whose values an expression's own instructions start from.
  @inline(__always)
  private static func eachOperand(of expr: Expr, _ body: (Expr) -> Void) {
    switch expr.shape {
    case .number, .constant, .variable, .element, .fold: return
    case .sum(let terms):
      for term in terms {
        if case .product(let factors) = term.shape {
          for factor in factors { eachOperand(ofFactor: factor, body) }
        } else {
          body(term)
        }
      }
    case .product(let factors): for factor in factors { eachOperand(ofFactor: factor, body) }
    case .power: eachOperand(ofFactor: expr, body)
    case .call(_, let arguments): for argument in arguments { body(argument) }
    }
  }

  private static func eachOperand(ofFactor factor: Expr, _ body: (Expr) -> Void) {
    switch factor.shape {
    case .number: return
    case .power(let base, let exponent):
      if !base.isE { body(base) }
      if base.isE || !exponent.isNumber { body(exponent) }
    case .constant, .variable, .element, .sum, .product, .call, .fold: body(factor)
    }
  }

  private mutating func lowered(
    _ expr: Expr, in scope: Scope, _ known: KnownValues
  ) throws(CompilationError) -> Value {
    switch expr.shape {
    case .number(let number): return scope.constant(number.double)
    case .constant(let constant): return scope.constant(constant.value)
    case .variable(let variable):
      if variable.isIndex {
        guard variable == scope.index else { throw .openIndex(variable) }
        return scope.input(.index)
      }
      guard let position = positions[variable] else { throw .unknownVariable(variable) }
      return scope.input(.variable(position))
    case .element(let family, let place):
      guard place.bound == scope.index else { throw .openIndex(place.bound) }
      return scope.input(.element(family, offset: place.offset))
    case .sum(let terms):
      try spend(terms.count)
      return sum(terms, in: scope, known)
    case .product(let factors):
      try spend(factors.count)
      let (isNegative, value) = product(factors, in: scope, known)
      return isNegative ? scope.emit(.negate, value) : value
    case .power(let base, let exponent):
      if case .number(let number) = exponent.shape, !number.isNegative, !base.isE {
        return power(known[base] ?? scope.constant(.nan), number, in: scope)
      }
      return product([expr], in: scope, known).value
    case .call(let function, let arguments):
      if expr.isExactPole { return scope.constant(.nan) }
      if function == .asTyped { return known[arguments[0]] ?? scope.constant(.nan) }
      if arguments.count == 1, let argument = known[arguments[0]] {
        return call(function, argument, in: scope)
      }
      return call(function, arguments.map { known[$0] ?? scope.constant(.nan) }, in: scope)
    case .fold(let fold): return try value(of: fold, in: scope)
    }
  }

  /// A sum as additions and subtractions from the left; of what is negative as a whole the opposite is added up, as
  /// −x² − y² has the x² + y² that may stand elsewhere too.
  private func sum(_ terms: [Expr], in scope: Scope, _ known: KnownValues) -> Value {
    var (isNegative, total) = term(terms[0], in: scope, known)
    let second = term(terms[1], in: scope, known)
    let rest = terms[2...].map { term($0, in: scope, known) }
    func take(_ term: (isNegative: Bool, value: Value)) {
      if term.isNegative == isNegative {
        total = scope.emit(.add, total, term.value)
      } else if isNegative {
        total = scope.emit(.subtract, term.value, total)
        isNegative = false
      } else {
        total = scope.emit(.subtract, total, term.value)
      }
    }
    take(second)
    for term in rest { take(term) }
    return isNegative ? scope.emit(.negate, total) : total
  }

  /// A term of a sum, its sign apart.
  private func term(
    _ term: Expr, in scope: Scope, _ known: KnownValues
  ) -> (isNegative: Bool, value: Value) {
    switch term.shape {
    case .product(let factors): product(factors, in: scope, known)
    case .number(let number) where number.isNegative: (true, scope.constant(-number.double))
    default: (false, known[term] ?? scope.constant(.nan))
    }
  }

  /// A function's value: an operation of its own where there is one, its row's closure otherwise.
  private func call(_ function: Function, _ arguments: [Value], in scope: Scope) -> Value {
    if let opcode = Opcode.native(function) { return scope.emit(opcode, arguments[0]) }
    switch function.value {
    case .unary: return scope.emit(.unary, arguments[0], function: function)
    case .binary: return scope.emit(.binary, arguments[0], arguments[1], function: function)
    case .ternary:
      if function.isChoice { return scope.emit(.select, arguments[0], arguments[1], arguments[2]) }
      return scope.emit(.ternary, arguments[0], arguments[1], arguments[2], function: function)
    }
  }

  /// The value of a function of one argument.
  func call(_ function: Function, _ argument: Value, in scope: Scope) -> Value {
    if let opcode = Opcode.native(function) { return scope.emit(opcode, argument) }
    return scope.emit(.unary, argument, function: function)
  }
}

extension Opcode {
  /// The operation of its own that a function has; it computes what the row's closure does.
  static func native(_ function: Function) -> Opcode? {
    rows.firstIndex { $0.function === function }.map { rows[$0].opcode }
  }

  /// The row of the function that an operation computes.
  var row: Function? {
    Opcode.rows.firstIndex { $0.opcode == self }.map { Opcode.rows[$0].function }
  }

  private static let rows: [(opcode: Opcode, function: Function)] = [
    (.sine, .sin), (.cosine, .cos), (.logarithm, .ln), (.tangent, .tan), (.hyperbolicTangent, .tanh),
    (.absolute, .abs), (.cubeRoot, .cbrt),
  ]
}

extension Function {
  /// Whether the function is `if` itself: its first argument chooses between the other two.
  var isChoice: Bool {
    guard case .ternary = value, case .selects(let condition, 1, 2) = derivative else { return false }
    let arguments = Compiler.placeholders(3)
    return condition(arguments) == arguments[0]
  }
}

extension Expr {
  /// Whether this is a number.
  var isNumber: Bool { if case .number = shape { true } else { false } }

  /// The parts in which an index occurs, as a number or in an element.
  fileprivate func parts(dependingOn index: Variable) -> Set<Expr> {
    var parts: Set<Expr> = []
    for part in distinctSubexpressions() {
      let depends =
        switch part.shape {
        case .number, .constant: false
        case .variable(let variable): variable == index
        case .element(_, let place): place.bound == index
        case .sum, .product, .power, .call, .fold: part.children.contains { parts.contains($0) }
        }
      if depends { parts.insert(part) }
    }
    return parts
  }
}
