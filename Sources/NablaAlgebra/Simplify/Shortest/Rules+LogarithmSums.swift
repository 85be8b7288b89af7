private let logarithms: [Function] = [.ln, .log10, .log2]

extension Rule {
  /// Logarithms beside each other as one, where that is shorter.
  static let logarithmSums: List = [
    Rule("sum of logarithms", of: .sum) { whole in
      // ln u + ln v = ln(uv), 2 ln u − ln v = ln(u²/v), and with any common multiplier.
      guard case .sum(let terms) = whole.shape, terms.count <= 16 else { return nil }
      let parts = terms.map(LogarithmTerm.init)
      let own = whole.cost
      var best: (cost: Int, result: Result)?
      for (place, first) in parts.enumerated() {
        for (other, second) in parts.enumerated().dropFirst(place + 1) {
          guard let first, let second, let joined = first.joined(second) else { continue }
          var rest = terms
          rest[place] = joined.term
          rest.remove(at: other)
          let sum = Expr.sum(rest)
          guard sum.cost < best?.cost ?? own else { continue }
          best = (sum.cost, Result(sum, where: joined.conditions))
        }
      }
      return best?.result
    },
    Rule("logarithms of powers of one number", of: .product) { whole in
      // ln 8/ln 2 = 3
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (place, above) in factors.enumerated() {
        guard let upper = above.argument(of: .ln)?.asNumber else { continue }
        for (other, below) in factors.enumerated() {
          guard case .power(let base, .minusOne) = below.shape, let lower = base.argument(of: .ln)?.asNumber,
            let p = NumberPower(upper), let q = NumberPower(lower), p.base == q.base,
            let quotient = Rational(Integer(p.exponent), over: Integer(q.exponent))
          else { continue }
          var rest = factors
          rest[place] = .number(Number(quotient))
          rest.remove(at: other)
          return Result(.product(rest))
        }
      }
      return nil
    },
  ]
}

/// A term c·ln u of a sum: a whole number, other factors, a logarithm.
private struct LogarithmTerm {
  let function: Function
  let argument: Expr
  let count: Int
  /// The other factors, with what is left of the number.
  let rest: Expr

  init?(_ term: Expr) {
    let (number, factors) = term.coefficientAndFactors
    guard
      let place = factors.firstIndex(where: { factor in logarithms.contains { factor.argument(of: $0) != nil }
      }
      ), case .call(let function, let arguments) = factors[place].shape, let value = number.rational,
      number.isExact, !number.isDecimal, let count = value.numerator.small, (-12...12).contains(count),
      count != 0
    else { return nil }
    (self.function, argument, self.count) = (function, arguments[0], count)
    var others = Array(factors)
    others.remove(at: place - factors.startIndex)
    guard let part = Rational(1, over: value.denominator) else { return nil }
    rest = .product([.number(Number(part))] + others)
  }

  /// Both as one.
  func joined(_ other: LogarithmTerm) -> (term: Expr, conditions: [Rule.Condition])? {
    guard function == other.function, rest == other.rest else { return nil }
    let sign = count < 0 && other.count < 0 ? -1 : 1
    let inner =
      Expr.power(argument, .integer(sign * count)) * .power(other.argument, .integer(sign * other.count))
    let conditions = [argument, other.argument].map { Rule.Condition(subject: $0, kind: .positive) }
    return (.integer(sign) * rest * .call(function, [inner]), conditions)
  }
}

/// A whole number as the highest power that it is of a smaller one: 8 = 2³, 1/8 = 2⁻³.
struct NumberPower {
  let base: Integer
  let exponent: Int

  init?(_ number: Number) {
    guard number.isExact, !number.isDecimal, let value = number.rational, !value.isNegative, !value.isZero,
      !value.isOne, value.isInteger || value.numerator.isOne
    else { return nil }
    let whole = value.isInteger ? value.numerator : value.denominator
    guard whole.bitLength <= 512 else { return nil }
    var (base, exponent) = (whole, 1)
    for root in [2, 3, 5, 7, 11, 13] {
      while let smaller = base.exactRoot(root), !smaller.isOne {
        (base, exponent) = (smaller, exponent * root)
      }
    }
    self.base = base
    self.exponent = value.isInteger ? exponent : -exponent
  }
}

extension Expr {
  /// Logarithms of products as sums of logarithms, those of numbers by their prime factors; nil where there is none to open.
  ///
  /// A factor must be known to be above zero: all but one of each product, as the whole product is.
  var withLogarithmsOpened: (expression: Expr, conditions: [Rule.Condition])? {
    let parts = distinctSubexpressions()
    guard !parts.contains(where: { if case .call(.if, _) = $0.shape { true } else { false } }) else {
      return nil
    }
    let known = parts.compactMap { part in logarithms.lazy.compactMap { part.argument(of: $0) }.first }
    var conditions: [Rule.Condition] = []
    let opened = rebuilt { part in
      guard let function = logarithms.first(where: { part.argument(of: $0) != nil }),
        let argument = part.argument(of: function)
      else { return nil }
      let (number, factors) = argument.coefficientAndFactors
      guard !number.isNegative, number.isExact, !number.isDecimal, let size = number.rational else {
        return nil
      }
      let powers = factors.map(\.baseAndExponent)
      let unknown = powers.filter { !$0.base.isPositive && !known.contains($0.base) }
      guard unknown.count <= 1, unknown.allSatisfy({ $0.exponent.keepsSign }),
        powers.allSatisfy({ $0.base.isPositive || $0.exponent.asNumber != nil })
      else { return nil }
      var terms = size.logarithmsOfPrimes(function)
      for (base, exponent) in powers {
        terms.append(exponent * .call(function, [base]))
        if base.varies { conditions.append(.init(subject: base, kind: .positive)) }
      }
      return terms.count > 1 || terms.first != part ? .sum(terms) : nil
    }
    return opened == self ? nil : (opened, conditions.filter { !$0.subject.isPositive })
  }

  /// Whether a base to it is above zero just where the base is.
  private var keepsSign: Bool {
    guard let value = asNumber?.rational else { return false }
    return value.numerator.isOdd
  }
}

extension Rational {
  /// ln(8/3) as 3 ln 2 − ln 3, by primes below 100; what is left stays whole.
  fileprivate func logarithmsOfPrimes(_ function: Function) -> [Expr] {
    if isOne { return [] }
    guard !isLarge else { return [.call(function, [.number(Number(self))])] }
    var terms: [Expr] = []
    for (whole, sign) in [(numerator, 1), (denominator, -1)] {
      var rest = whole
      for prime in [
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
      ] {
        let count = rest.removeFactor(prime)
        if count > 0 { terms.append(.integer(sign * count) * .call(function, [.integer(prime)])) }
      }
      if !rest.isOne { terms.append(.integer(sign) * .call(function, [.number(Number(rest))])) }
    }
    return terms
  }

  private var isLarge: Bool { numerator.bitLength > 512 || denominator.bitLength > 512 }
}
