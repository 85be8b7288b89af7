import NablaAlgebra

/// Products and powers: what goes below the line, what stands first.
extension ExprForm {
  /// Where a factor stands in a product, first to last.
  private enum Position: Int {
    case constant, parameter, variable, variablePower, exponentialBeforeBracket, bracket, root
    case exponentialBeforeFunction, function, constantFunction, exponential, fold
  }

  /// A factor with the exponent it shows, which is positive.
  private struct Part {
    var base: Expr
    /// The expression as a whole, for the order.
    var whole: Expr
    var position: Position
    var variable: VariableOrder.Key?
    var form: Form
  }

  /// A product, or a power by itself: sign, numerator and denominator.
  func product(_ expr: Expr) -> Form {
    let (coefficient, factors) = expr.coefficientAndFactors
    let company = Company(
      hasBracket: factors.contains(where: isBracket), hasFunction: factors.contains(where: isNamedFunction))
    var upper: [Part] = []
    var lower: [Part] = []
    for factor in factors {
      let (base, exponent) = factor.baseAndExponent
      if case .number(let number) = exponent.shape, number.isNegative,
        goesBelow(base, number, isAlone: factors.count == 1 && coefficient.isInteger)
      {
        lower.append(part(factor, base, .number(-number), beside: company))
      } else {
        upper.append(part(factor, base, exponent, beside: company))
      }
    }
    sort(&upper)
    sort(&lower)
    return assembled(coefficient, upper.map(\.form), lower.map(\.form))
  }

  /// Whether a negative power is shown as one over the positive one: where that reads back as the same power.
  ///
  /// (1/a²)⁻² stays, because 1/(1/a²)² is read as 1/(1/a⁴); so does 0⁻², because 0² is read as 0, and 0⁻¹ beside
  /// other factors.
  private func goesBelow(_ base: Expr, _ exponent: Number, isAlone: Bool) -> Bool {
    guard exponent.isExact else { return false }
    if case .number(let number) = base.shape, number.isZero { return exponent.isMinusOne && isAlone }
    if exponent.isMinusOne { return true }
    switch base.shape {
    case .power(_, let inner):
      guard case .number(let number) = inner.shape else { return true }
      return !number.isNegative
    default: return true
    }
  }

  private func assembled(_ coefficient: Number, _ upper: [Form], _ lower: [Form]) -> Form {
    var (above, below) = (upper, lower)
    let size = coefficient.magnitude
    if size.kind == .exact, let value = size.rational {
      if !value.numerator.isOne || above.isEmpty {
        above.insert(.number(value.numerator.description, isApproximate: false), at: 0)
      }
      if !value.denominator.isOne {
        below.insert(.number(value.denominator.description, isApproximate: false), at: 0)
      }
    } else {
      above.insert(Form(size), at: 0)
    }
    let numerator = joined(above)
    let whole: Form = below.isEmpty ? numerator : .fraction(numerator, joined(below))
    return coefficient.isNegative ? .negative(whole) : whole
  }

  /// What else there is in a product: an exponential stands before brackets and functions, and last without them.
  private struct Company {
    var hasBracket: Bool
    var hasFunction: Bool
  }

  private func isBracket(_ factor: Expr) -> Bool { factor.baseAndExponent.base.isSum }

  private func isNamedFunction(_ factor: Expr) -> Bool {
    if case .application = known(factor.baseAndExponent.base) { true } else { false }
  }

  private func part(_ whole: Expr, _ base: Expr, _ exponent: Expr, beside company: Company) -> Part {
    let isNumeric: Bool = if case .number = exponent.shape { true } else { false }
    let key = order.key(of: base)
    let isRoot = exponent == .number(.half)
    let position: Position
    if whole.freeOfVariables {
      position = isNamedFunction(whole) ? .constantFunction : .constant
    } else if isRoot {
      position = .root
    } else if let key {
      position =
        !key.isParameter ? (isNumeric ? .variable : .variablePower) : isNumeric ? .parameter : .exponential
    } else if !isNumeric {
      position =
        company.hasBracket && isShort(exponent)
        ? .exponentialBeforeBracket : company.hasFunction ? .exponentialBeforeFunction : .exponential
    } else {
      switch base.shape {
      case .fold: position = .fold
      case .call: position = isNamedFunction(whole) ? .function : .root
      case .power: position = .function
      case .sum, .product, .number, .constant, .variable, .element: position = .bracket
      }
    }
    return Part(base: base, whole: whole, position: position, variable: key, form: power(base, exponent))
  }

  private func power(_ base: Expr, _ exponent: Expr) -> Form {
    if exponent == .one { return known(base) }
    if exponent == .number(.half) { return .root(index: 2, known(base)) }
    // The exponent of a denominator lost its minus and was never met as a part.
    if case .number(let number) = exponent.shape { return .power(known(base), Form(number)) }
    return .power(known(base), known(exponent))
  }

  /// Whether an exponent is a letter or minus a letter, so that the power may stand before a bracket.
  private func isShort(_ exponent: Expr) -> Bool {
    let (coefficient, rest) = exponent.coefficientAndFactors
    guard coefficient.isOne || coefficient.isMinusOne, rest.count == 1, let only = rest.first else {
      return false
    }
    switch only.shape {
    case .variable, .constant: return true
    default: return false
    }
  }

  private func sort(_ parts: inout [Part]) {
    guard parts.count > 1 else { return }
    let ranks = letterRanks.flatMap { ranks in
      parts.allSatisfy { $0.variable.map { ranks[$0.name] != nil } ?? true } ? ranks : nil
    }
    let indices = parts.indices.sorted { i, j in
      let (a, b) = (parts[i], parts[j])
      if a.position != b.position { return a.position.rawValue < b.position.rawValue }
      if let x = a.variable, let y = b.variable, x != y {
        if let ranks, let i = ranks[x.name], let j = ranks[y.name] { return i < j }
        return x < y
      }
      let (f, g) = (a.base.functionRank, b.base.functionRank)
      if f != g { return f < g }
      return i < j
    }
    parts = indices.map { parts[$0] }
  }
}

extension Expr {
  /// The place of a call's function in the table, so that sin stands before cos; the same for all that is no call.
  var functionRank: Int {
    guard case .call(let function, _) = shape else { return .max }
    return Expr.functionRanks[function] ?? .max
  }

  /// Twice the place in the table, but sec stands between cos and tan, and csc between tan and cot: sec x tan x.
  private static let functionRanks: [Function: Int] = Dictionary(
    Function.all.enumerated().map { place, row in
      let isReciprocal = ["sec", "csc", "sech", "csch"].contains(row.name)
      return (row, 2 * place - (isReciprocal ? 5 : 0))
    }, uniquingKeysWith: min)

  /// Whether neither a variable nor an index occurs.
  fileprivate var freeOfVariables: Bool {
    guard mask == 0 else { return false }
    switch shape {
    case .number, .constant: return true
    case .variable, .element: return false
    case .power(let base, let exponent): return base.isLiteral && exponent.isLiteral || holdsNoVariable
    case .call, .sum, .product, .fold: return holdsNoVariable
    }
  }

  private var isLiteral: Bool {
    switch shape {
    case .number, .constant: true
    default: false
    }
  }

  private var holdsNoVariable: Bool {
    distinctSubexpressions().allSatisfy { part in
      switch part.shape {
      case .variable, .element: false
      default: true
      }
    }
  }
}
