import NablaAlgebra
import NablaBasics

/// Sums: the order of their terms.
extension ExprForm {
  /// A sum with its terms in the order that was typed, or in that of a textbook.
  func sum(_ whole: Expr, _ terms: [Expr]) -> Form {
    if let typed = typedOrder[whole], typed.count == terms.count, Set(typed) == Set(terms) {
      guard whole != root, isNegative(typed[0]) else { return .sum(typed.map(signed)) }
      return .sum((typed.filter { !isNegative($0) } + typed.filter(isNegative)).map(signed))
    }
    let keys = terms.map { TermKey($0, facts(of: $0), order) }
    var indices = terms.indices.sorted { i, j in (keys[i].compare(keys[j]), i) < (0, j) }
    if isNegative(terms[indices[0]]), let last = indices.last {
      if !isNegative(terms[last]), isPolynomialInOneVariable(keys) || isPolynomialInOneFunction(keys) {
        indices.reverse()
      } else {
        indices = indices.filter { !isNegative(terms[$0]) } + indices.filter { isNegative(terms[$0]) }
      }
    }
    return .sum(indices.map { signed(terms[$0]) })
  }

  private func isNegative(_ term: Expr) -> Bool { term.coefficientAndFactors.0.isNegative }

  private func signed(_ term: Expr) -> Form.Term {
    if case .negative(let inner) = known(term) { return .minus(inner) }
    return .plus(known(term))
  }

  /// Whether all terms but numbers are numbers times powers of one function: 720 − 840 cos²(x) + 182 cos⁴(x).
  private func isPolynomialInOneFunction(_ keys: [TermKey]) -> Bool {
    let functions = keys.filter { $0.group != .number }.map(\.onlyFunction)
    guard let first = functions.first, first != nil else { return false }
    return functions.allSatisfy { $0 == first }
  }

  /// Whether all terms are numbers times powers of one variable.
  private func isPolynomialInOneVariable(_ keys: [TermKey]) -> Bool {
    var variable: VariableOrder.Key?
    for key in keys {
      guard key.group == .polynomial || key.group == .number, !key.hasOpaqueFactors else { return false }
      for name in key.exponents.map(\.key) {
        if let variable, variable != name { return false }
        variable = name
      }
    }
    return true
  }
}

/// The user's order of variables; parameters come after them, in natural order.
struct VariableOrder {
  /// The place of a variable, parameter or element of a family.
  struct Key: Hashable, Comparable {
    var isParameter: Bool
    var rank: Int
    var offset: Int
    var name: Variable

    static func < (a: Key, b: Key) -> Bool {
      if a.isParameter != b.isParameter { return b.isParameter }
      if a.rank != b.rank { return a.rank < b.rank }
      return a.offset != b.offset ? a.offset < b.offset : a.name < b.name
    }
  }

  private let ranks: VariablePlaces
  /// The place of a family's first member, by its name.
  private var families = NameTable<Int>()

  init(_ variables: [Variable]) {
    ranks = VariablePlaces(variables)
    for (rank, variable) in variables.enumerated() {
      if let name = variable.member?.family.name, families[name] == nil { families[name] = rank }
    }
  }

  /// The place of a name, nil for anything else.
  func key(of expr: Expr) -> Key? {
    switch expr.shape {
    case .variable(let variable):
      if let rank = ranks[variable] { return Key(isParameter: false, rank: rank, offset: 0, name: variable) }
      return Key(isParameter: true, rank: 0, offset: 0, name: variable)
    case .element(let family, let index):
      let rank = families[family.name] ?? .max
      return Key(isParameter: false, rank: rank, offset: index.offset, name: Variable(family.name))
    default: return nil
    }
  }
}

/// What the order of terms has to know of a part.
struct TermFacts {
  /// Whether none of the user's variables occurs.
  var isConstant = true
  /// Whether no variable, parameter or index occurs.
  var isNumber = true
  /// Whether it is a polynomial of the user's variables.
  var isPolynomial = true
  /// The degree as a polynomial.
  var degree = 0

  init() {}

  init(of expr: Expr, among known: ShownParts, _ order: VariableOrder) {
    for child in expr.children {
      guard let facts = known.facts(of: child) else { continue }
      isConstant = isConstant && facts.isConstant
      isNumber = isNumber && facts.isNumber
      isPolynomial = isPolynomial && facts.isPolynomial
    }
    switch expr.shape {
    case .number, .constant: break
    case .variable, .element:
      isNumber = false
      isConstant = order.key(of: expr)?.isParameter ?? true
      degree = isConstant ? 0 : 1
    case .sum(let terms): degree = terms.reduce(0) { max($0, known.facts(of: $1)?.degree ?? 0) }
    case .product(let factors):
      degree = factors.reduce(0) { min($0 + (known.facts(of: $1)?.degree ?? 0), 1 << 30) }
    case .power(let base, let exponent):
      if case .number(let number) = exponent.shape, let power = number.small, power > 0 {
        degree = min(
          (known.facts(of: base)?.degree ?? 0).multipliedReportingOverflow(by: min(power, 1 << 20)).0, 1 << 30
        )
      } else {
        isPolynomial = isConstant
      }
    case .call: isPolynomial = isConstant
    case .fold(let fold): degree = known.facts(of: fold.body)?.degree ?? 0
    }
  }
}

/// What a term is sorted by: its kind, the exponents of its variables, the degree of its brackets.
struct TermKey {
  enum Group: Int { case polynomial, other, parameters, constant, number }

  /// A variable of the term and its exponent.
  struct Exponent {
    let key: VariableOrder.Key
    let number: Number
  }

  let group: Group
  /// The variables of the term with their exponents, in the user's order.
  let exponents: [Exponent]
  let hasOpaqueFactors: Bool
  private let degree: Int
  /// The first place in the table among the functions of the term.
  private let functionRank: Int
  /// The power of that function.
  private let functionPower: Number
  /// That function at its argument, where the term is a number times a power of it.
  let onlyFunction: Expr?

  init(_ term: Expr, _ facts: TermFacts, _ order: VariableOrder) {
    let (_, factors) = term.coefficientAndFactors
    var exponents: [Exponent] = []
    for factor in factors {
      let (base, exponent) = factor.baseAndExponent
      guard case .number(let number) = exponent.shape, let key = order.key(of: base) else { continue }
      exponents.append(Exponent(key: key, number: number))
    }
    hasOpaqueFactors = exponents.count < factors.count
    exponents.sort { $0.key < $1.key }
    self.exponents = exponents
    degree = facts.degree
    let functionRank = factors.reduce(Int.max) { min($0, $1.baseAndExponent.base.functionRank) }
    self.functionRank = functionRank
    let lead = factors.first { $0.baseAndExponent.base.functionRank == functionRank }?.baseAndExponent
    functionPower = if case .number(let number)? = lead?.exponent.shape { number } else { .one }
    onlyFunction = factors.count == 1 && functionRank < .max ? lead?.base : nil
    if factors.isEmpty {
      group = .number
    } else if facts.isNumber {
      group = .constant
    } else if facts.isConstant {
      group = .parameters
    } else {
      group = facts.isPolynomial ? .polynomial : .other
    }
  }

  /// Negative where this term comes first.
  func compare(_ other: TermKey) -> Int {
    if group != other.group { return group.rawValue - other.group.rawValue }
    for (own, others) in zip(exponents, other.exponents) {
      let (key, exponent, otherKey, otherExponent) = (own.key, own.number, others.key, others.number)
      if key < otherKey { return exponent.isNegative ? 1 : -1 }
      if otherKey < key { return otherExponent.isNegative ? -1 : 1 }
      if exponent != otherExponent { return exponent > otherExponent ? -1 : 1 }
    }
    if exponents.count > other.exponents.count {
      return exponents[other.exponents.count].number.isNegative ? 1 : -1
    }
    if exponents.count < other.exponents.count {
      return other.exponents[exponents.count].number.isNegative ? -1 : 1
    }
    if degree != other.degree { return other.degree - degree }
    if functionRank != other.functionRank { return functionRank < other.functionRank ? -1 : 1 }
    return functionPower == other.functionPower ? 0 : functionPower > other.functionPower ? -1 : 1
  }
}
