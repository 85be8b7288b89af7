import NablaAlgebra
import NablaBasics

/// Functions, conditions and piecewise values.
extension Resolver {
  mutating func call(_ callee: Syntax.Callee, _ arguments: [Expr], _ span: Span) throws(Diagnostic) -> Expr {
    switch callee {
    case .defined(let name): return try apply(name, arguments, span)
    case .known(let known):
      if let function = known.function, function.arity == arguments.count {
        return .call(function, arguments)
      }
      switch known.name {
      case "min": return balanced(.min, arguments[...])
      case "max": return balanced(.max, arguments[...])
      case "piecewise": return piecewise(arguments)
      case "log" where arguments.count == 2: return logarithm(arguments[0], base: arguments[1])
      default: break
      }
      guard let function = Function.named(known.name, arity: arguments.count) else {
        throw Diagnostic(.unknownFunction(known.name), span)
      }
      return .call(function, arguments)
    }
  }

  /// A function of the text: its body with the arguments in the place of its variables.
  private mutating func apply(_ name: String, _ arguments: [Expr], _ span: Span) throws(Diagnostic) -> Expr {
    guard let function = try function(name, span) else { throw Diagnostic(.notDefined(name), span) }
    guard function.parameters.count == arguments.count else {
      let letters = function.parameters.map { NameText.shown($0.name) }.joined(separator: ", ")
      let count = function.parameters.count
      throw Diagnostic(
        .wrongArgumentCount(
          name, expected: "\(count) argument\(count == 1 ? "" : "s") (\(letters))", given: arguments.count),
        span, hint: functions[name] == nil ? "" : "list them where it is defined: \(name)(\(letters)) = …")
    }
    let plain = String(name.prefix { $0 != "'" })
    if functions[plain] == nil {
      // All that a value mentions is an argument now.
      used.insert(plain)
      keepUse(plain)
    } else if let earlier = mentioned[plain] {
      occurrences.add(line: earlier)
    }
    for use in usesOfFunctions[plain] ?? [] { keepUse(use) }
    let added = arguments.reduce(0) { max($0, $1.size) }
    let (size, overflow) = function.body.size.multipliedReportingOverflow(by: max(1, added))
    if overflow || size > limits.expressionSize, !isSmall(function.body, arguments) {
      throw Diagnostic(.expressionTooLarge(limit: limits.expressionSize), span)
    }
    if function.body.depth + (arguments.map(\.depth).max() ?? 0) > 2 * limits.expressionDepth {
      throw Diagnostic(.nestedTooDeep(limit: limits.expressionDepth), span)
    }
    return function.body.substituting(
      Dictionary(zip(function.parameters, arguments)) { first, _ in first })
  }

  /// Whether the arguments are numbers, constants and variables, which make no body larger.
  private func isSmall(_ body: Expr, _ arguments: [Expr]) -> Bool {
    arguments.allSatisfy { $0.size <= 1 } && body.size <= limits.expressionSize
  }

  private func logarithm(_ argument: Expr, base: Expr) -> Expr {
    if base == .integer(2), let log2 = Function.named("log2") { return .call(log2, [argument]) }
    if base == .integer(10), let log10 = Function.named("log10") { return .call(log10, [argument]) }
    guard let log = Function.named("log", arity: 2) else {
      return .call(.ln, [argument]) / .call(.ln, [base])
    }
    return .call(log, [argument, base])
  }

  func root(_ radicand: Expr, degree: Expr) -> Expr {
    if degree == .integer(2) { return radicand.squareRoot }
    if degree == .integer(3), let cbrt = Function.named("cbrt") { return .call(cbrt, [radicand]) }
    guard let root = Function.named("root", arity: 2) else { return .power(radicand, degree.reciprocal) }
    return .call(root, [radicand, degree])
  }

  /// A function of two arguments over many, as a tree of little depth.
  func balanced(_ function: Function, _ arguments: ArraySlice<Expr>) -> Expr {
    var level = Array(arguments)
    while level.count > 1 {
      var next: [Expr] = []
      for place in stride(from: 0, to: level.count - 1, by: 2) {
        next.append(.call(function, [level[place], level[place + 1]]))
      }
      if level.count % 2 == 1 { next.append(level[level.count - 1]) }
      level = next
    }
    return level.first ?? .zero
  }

  /// `a < b < c` is a < b and b < c; an equation at the top is the difference of its sides.
  func comparison(_ node: Syntax, _ parts: [Expr]) -> Expr {
    var conditions: [Expr] = []
    for part in 1..<max(1, parts.count) {
      let relation: Function
      switch node.link(part) {
      case .less: relation = .less
      case .lessOrEqual: relation = .lessOrEqual
      case .greater: relation = .greater
      case .greaterOrEqual: relation = .greaterOrEqual
      case .notEqual: relation = .notEqual
      case .equal, .first, .plus, .minus, .implied, .times, .over: relation = .equal
      }
      conditions.append(.call(relation, [parts[part - 1], parts[part]]))
    }
    return balanced(.and, conditions[...])
  }

  /// Condition, value, condition, value, ..., value otherwise; without that one, undefined otherwise.
  func piecewise(_ parts: [Expr]) -> Expr {
    let pairs = parts.count / 2
    var value = parts.count % 2 == 1 ? parts[parts.count - 1] : Expr.number(Number(approximate: .nan))
    for pair in (0..<pairs).reversed() {
      value = .call(.if, [parts[2 * pair], parts[2 * pair + 1], value])
      if value.depth > limits.expressionDepth { return value }
    }
    return value
  }
}
