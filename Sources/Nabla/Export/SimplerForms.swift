import NablaAlgebra

/// Functions in terms of simpler ones, for languages that do not have them.
enum SimplerForms {
  /// The rows by the function's name.
  static let rows: [String: @Sendable ([Expr]) -> Expr] = [
    "cot": { call("cos", $0[0]) / call("sin", $0[0]) }, "sec": { 1 / call("cos", $0[0]) },
    "csc": { 1 / call("sin", $0[0]) }, "arccot": { call("arctan", 1 / $0[0]) },
    "arcsec": { call("arccos", 1 / $0[0]) }, "arccsc": { call("arcsin", 1 / $0[0]) },
    "coth": { 1 / call("tanh", $0[0]) }, "sech": { 1 / call("cosh", $0[0]) },
    "csch": { 1 / call("sinh", $0[0]) }, "acoth": { call("atanh", 1 / $0[0]) },
    "asech": { call("acosh", 1 / $0[0]) }, "acsch": { call("asinh", 1 / $0[0]) },
    "sinh": { (exp($0[0]) - exp(-$0[0])) / 2 }, "cosh": { (exp($0[0]) + exp(-$0[0])) / 2 },
    "tanh": { call("sinh", $0[0]) / call("cosh", $0[0]) },
    "asinh": { u in
      let size = call("abs", u[0])
      return call("sign", u[0]) * call("ln", size + (u[0].squared + 1).squareRoot)
    },
    "acosh": { call("ln", $0[0] + ($0[0].squared - 1).squareRoot) },
    "atanh": { call("ln", (1 + $0[0]) / (1 - $0[0])) / 2 },
    "sigmoid": { 1 / (1 + exp(-$0[0])) },
    "softplus": { call("max", $0[0], 0) + call("log1p", exp(-call("abs", $0[0]))) },
    "relu": { call("max", $0[0], 0) }, "log1p": { call("ln", 1 + $0[0]) }, "expm1": { exp($0[0]) - 1 },
    "log": { call("ln", $0[0]) / call("ln", $0[1]) }, "log10": { call("ln", $0[0]) / call("ln", 10) },
    "log2": { call("ln", $0[0]) / call("ln", 2) }, "hypot": { ($0[0].squared + $0[1].squared).squareRoot },
    "mod": { $0[0] - $0[1] * call("floor", $0[0] / $0[1]) },
    "min": { call("if", call("<=", $0[0], $0[1]), $0[0], $0[1]) },
    "max": { call("if", call(">=", $0[0], $0[1]), $0[0], $0[1]) },
    "clamp": { call("min", call("max", $0[0], $0[1]), $0[2]) },
    "round": { call("sign", $0[0]) * call("floor", call("abs", $0[0]) + Expr.number(.half)) },
    "factorial": { call("gamma", $0[0] + 1) }, "erfc": { 1 - call("erf", $0[0]) },
    "beta": { call("gamma", $0[0]) * call("gamma", $0[1]) / call("gamma", $0[0] + $0[1]) },
  ]

  private static func call(_ name: String, _ arguments: Expr...) -> Expr {
    guard let row = Function.named(name, arity: arguments.count) else { return .zero }
    return .call(row, arguments)
  }

  private static func exp(_ exponent: Expr) -> Expr { .power(.constant(.e), exponent) }
}

extension Expr {
  /// The expression with every function that a language lacks put in terms of those it has, where that goes.
  func lowered(for dialect: Dialect) -> Expr {
    var result = rebuilt { $0.stableForm(in: dialect) }
    for _ in 0..<5 {
      var isChanged = false
      result = result.rebuilt { part in
        guard case .call(let function, let arguments) = part.shape, dialect.functions[function.name] == nil,
          !CodeWriter.isLogical(function.name), let simpler = SimplerForms.rows[function.name]
        else { return nil }
        isChanged = true
        return simpler(arguments)
      }
      if !isChanged { break }
    }
    return result
  }

  /// ln(1 + u) and e^u − 1 by the functions that are accurate for small u, where the language has them.
  private func stableForm(in dialect: Dialect) -> Expr? {
    switch shape {
    case .call(.ln, let arguments):
      guard dialect.functions["log1p"] != nil, case .sum(let terms) = arguments[0].shape,
        let one = terms.firstIndex(of: .one)
      else { return nil }
      var rest = terms
      rest.remove(at: one)
      return .call(.log1p, [.sum(rest)])
    case .sum(let terms):
      guard dialect.functions["expm1"] != nil, terms.count == 2, let one = terms.firstIndex(of: .minusOne),
        case .power(.constant(.e), let exponent) = terms[1 - one].shape
      else { return nil }
      return .call(.expm1, [exponent])
    case .number, .constant, .variable, .element, .product, .power, .call, .fold: return nil
    }
  }
}
