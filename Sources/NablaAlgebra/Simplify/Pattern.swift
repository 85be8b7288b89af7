/// A formula with places that anything may take: the variables `Pattern.u`, `Pattern.v`, `Pattern.r`.
///
/// In a product the pattern's factors may meet higher powers of the same sign, and other factors stay beside the
/// replacement; in a sum all matched terms may have one common multiplier, and other terms stay. Each factor and
/// each term is tried once against each part of the pattern: the work is at most the product of their counts.
struct Pattern: Sendable {
  /// What stands in the places.
  typealias Bindings = [Variable: Expr]

  /// A place for any expression; no variable that is typed has such a name.
  static let u = Expr("?u")
  static let v = Expr("?v")
  static let r = Expr("?r")

  let pattern: Expr
  let replacement: Expr
  /// What is looked for among factors: the whole pattern, or the largest term of one that is a sum, without its number.
  private let sought: Factors
  /// The number before that term, and the other terms.
  private let number: Number
  private let others: [Expr]

  init(pattern: Expr, replacement: Expr) {
    (self.pattern, self.replacement) = (pattern, replacement)
    let terms = if case .sum(let terms) = pattern.shape { terms } else { [Expr]() }
    let lead = terms.max { $0.size < $1.size }
    let product = Factors(lead ?? pattern)
    number = product.number
    sought = lead == nil ? product : Factors(number: .one, powers: product.powers)
    others = terms.filter { $0 != lead }
  }

  /// A product as it is looked for: its number, and the powers, the most specific base first: it says what stands in the
  /// places. No powers where an exponent is none that is looked for.
  private struct Factors {
    let number: Number
    let powers: [(base: Expr, exponent: Number)]?

    init(number: Number, powers: [(base: Expr, exponent: Number)]?) {
      (self.number, self.powers) = (number, powers)
    }

    init(_ product: Expr) {
      let (number, factors) = product.coefficientAndFactors
      let powers = factors.map(\.baseAndExponent).sorted { $0.base.size > $1.base.size }
      let known = powers.compactMap { power in
        power.exponent.asNumber.map { (base: power.base, exponent: $0) }
      }
      self.init(number: number, powers: known.count == powers.count ? known : nil)
    }
  }

  /// What an expression becomes and what stands in the places; nil where the pattern is not found.
  func rewritten(_ whole: Expr) -> (expression: Expr, bindings: Bindings)? {
    switch (pattern.shape, whole.shape) {
    case (.sum, .sum(let terms)): return inSum(terms)
    case (.product, .product), (.power, .product), (.call, .product): return inProduct(whole.factors)
    case (.product(let wanted), .power) where wanted.count == 1: return inProduct([whole])
    case (.power, .power):
      if let found = inProduct([whole]) { return found }
      var bindings = Bindings()
      return Self.matches(pattern, whole, &bindings) ? (replacement.substituting(bindings), bindings) : nil
    default:
      var bindings = Bindings()
      return Self.matches(pattern, whole, &bindings) ? (replacement.substituting(bindings), bindings) : nil
    }
  }

  /// The pattern's factors among those of a product; what is left of their powers stays.
  private func inProduct(_ factors: [Expr]) -> (expression: Expr, bindings: Bindings)? {
    var bindings = Bindings()
    guard let rest = taking(sought, from: factors, &bindings) else { return nil }
    return (.product(rest + [replacement.substituting(bindings)]), bindings)
  }

  /// The factors without those of a pattern.
  private func taking(_ wanted: Factors, from factors: [Expr], _ bindings: inout Bindings) -> [Expr]? {
    guard let powers = wanted.powers else { return nil }
    var rest = factors
    if !wanted.number.isOne {
      guard let place = rest.firstIndex(where: { $0.asNumber != nil }), let own = rest[place].asNumber,
        let share = own.divided(by: wanted.number), share.isInteger
      else { return nil }
      rest[place] = .number(share)
    }
    for (base, least) in powers {
      var found = false
      for place in rest.indices {
        let (ownBase, ownExponent) = rest[place].baseAndExponent
        guard base.isVariable || base.shape.rank == ownBase.shape.rank, let own = ownExponent.asNumber,
          own.isExact, own.isNegative == least.isNegative,
          own.magnitude >= least.magnitude, (own - least).isInteger
        else { continue }
        var attempt = bindings
        guard Self.matches(base, ownBase, &attempt) else { continue }
        bindings = attempt
        let left = own - least
        if left.isZero { rest.remove(at: place) } else { rest[place] = .power(ownBase, .number(left)) }
        found = true
        break
      }
      guard found else { return nil }
    }
    return rest
  }

  /// The pattern's terms, all times one multiplier, among those of a sum.
  private func inSum(_ terms: [Expr]) -> (expression: Expr, bindings: Bindings)? {
    guard terms.count <= 200 else { return nil }
    for place in terms.indices {
      var bindings = Bindings()
      guard let outside = taking(sought, from: terms[place].factors, &bindings) else { continue }
      let multiplier = Expr.product(outside + [Expr.number(number).reciprocal])
      var rest = terms
      rest.remove(at: place)
      var isFound = true
      for other in others {
        let term = Expr.product([multiplier, other.substituting(bindings)])
        guard let match = rest.firstIndex(of: term) else {
          isFound = false
          break
        }
        rest.remove(at: match)
      }
      if isFound {
        return (.sum(rest + [.product([multiplier, replacement.substituting(bindings)])]), bindings)
      }
    }
    return nil
  }

  /// Whether an expression has the pattern's structure, from the root down; the pattern is small.
  static func matches(_ pattern: Expr, _ whole: Expr, _ bindings: inout Bindings) -> Bool {
    if case .variable(let place) = pattern.shape, place.name.utf8.first == UInt8(ascii: "?") {
      if let known = bindings[place] { return known == whole }
      bindings[place] = whole
      return true
    }
    if pattern.shape.rank != whole.shape.rank { return false }
    switch (pattern.shape, whole.shape) {
    case (.power(let base, let exponent), .power(let ownBase, let ownExponent)):
      return matches(base, ownBase, &bindings) && matches(exponent, ownExponent, &bindings)
    case (.call(let function, let parts), .call(let own, let ownParts)):
      return function == own && zip(parts, ownParts).allSatisfy { matches($0, $1, &bindings) }
    case (.sum(let parts), .sum(let ownParts)), (.product(let parts), .product(let ownParts)):
      guard parts.count == ownParts.count else { return false }
      // The parts stand in the total order, numbers first: two ways round are enough for two parts.
      let start = bindings
      if zip(parts, ownParts).allSatisfy({ matches($0, $1, &bindings) }) { return true }
      bindings = start
      guard parts.count == 2 else { return false }
      return matches(parts[0], ownParts[1], &bindings) && matches(parts[1], ownParts[0], &bindings)
    default: return pattern == whole
    }
  }
}

extension Expr {
  fileprivate var isVariable: Bool { if case .variable = shape { true } else { false } }
}
