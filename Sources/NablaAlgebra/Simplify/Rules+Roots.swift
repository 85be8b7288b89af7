extension Rule {
  /// Roots of products beside their factors.
  static let roots: List = [
    Rule("root beside its radicand", of: .product) { whole in
      // u·v/√(u·v) = √(u·v), u·v·(u·v)ⁿ⁻¹ = (u·v)ⁿ: all factors of the radicand stand outside of it too.
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (place, factor) in factors.enumerated() {
        let (base, exponent) = factor.baseAndExponent
        guard exponent.isRaisedByItsBase, case .product(let parts) = base.shape,
          parts.allSatisfy({ $0.asNumber == nil })
        else { continue }
        var rest = factors
        rest[place] = .power(base, exponent + 1)
        var isMet = true
        for part in parts {
          let (partBase, partExponent) = part.baseAndExponent
          guard let wanted = partExponent.asNumber, wanted.isExact,
            let match = rest.firstIndex(where: { other in
              let (ownBase, own) = other.baseAndExponent
              guard ownBase == partBase, let number = own.asNumber, number.isExact else { return false }
              return number.isNegative == wanted.isNegative && number.magnitude >= wanted.magnitude
            }), let own = rest[match].baseAndExponent.exponent.asNumber
          else {
            isMet = false
            break
          }
          let left = own - wanted
          if left.isZero { rest.remove(at: match) } else { rest[match] = .power(partBase, .number(left)) }
        }
        if isMet { return Result(.product(rest), where: .init(subject: base, kind: .nonzero)) }
      }
      return nil
    },
    Rule("radicand out of the power of a root", of: .product) { whole in
      // 2πu/(2πu²)^(3/2) = 1/(u√(2πu²)): whole powers of a product below meet its factors above.
      guard case .product(var factors) = whole.shape, factors.count <= 40 else { return nil }
      for (place, factor) in factors.enumerated() {
        guard case .power(let base, let exponent) = factor.shape, case .product(let parts) = base.shape,
          parts.allSatisfy({ !$0.isSum }), let power = exponent.asNumber, power.isExact,
          let halves = (power * 2).small, halves <= -3, halves % 2 != 0
        else { continue }
        factors[place] = .power(base, .integer((halves + 1) / 2)) * .power(base, .number(-.half))
        let product = Expr.product(factors)
        let result = joiningLikeBases(product, across: true)?.expression ?? product
        return result.cost < whole.cost ? Result(result) : nil
      }
      return nil
    },
    Rule("roots of numbers together", of: .product) { whole in
      // √2·√3 = √6, √10/√5 = √2
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (place, factor) in factors.enumerated() {
        guard let first = factor.rootOfNumber else { continue }
        for (other, partner) in factors.enumerated().dropFirst(place + 1) {
          guard let second = partner.rootOfNumber, first.exponent.magnitude == second.exponent.magnitude,
            let joined = Expr.joined(first, second)
          else { continue }
          var rest = factors
          rest[place] = joined
          rest.remove(at: other)
          return Result(.product(rest))
        }
      }
      return nil
    },
    Rule("cube of a cube root", of: .power) { whole in
      guard case .power(let base, let exponent) = whole.shape, let radicand = base.argument(of: .cbrt),
        let power = exponent.wholeNumber, power % 3 == 0 || power > 3
      else { return nil }
      return Result(
        .product([.power(radicand, .integer(power / 3)), .power(base, .integer(power % 3))]))
    },
    Rule("square of a hypotenuse", of: .power) { whole in
      guard case .power(let base, let exponent) = whole.shape, case .call(.hypot, let legs) = base.shape,
        let power = exponent.wholeNumber, power > 0, power % 2 == 0
      else { return nil }
      return Result(.power(legs[0].squared + legs[1].squared, .integer(power / 2)))
    },
    Rule("cube root beside its radicand", of: .product) { whole in
      // u/∛(u²)² = 1/∛u
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (i, root) in factors.enumerated() {
        let (call, exponent) = root.baseAndExponent
        guard let radicand = call.argument(of: .cbrt), let power = exponent.wholeNumber,
          case let (base, inner) = radicand.baseAndExponent,
          let raised = inner.wholeNumber, raised > 0
        else { continue }
        for (j, other) in factors.enumerated() where j != i {
          let (ownBase, ownExponent) = other.baseAndExponent
          guard ownBase == base, let own = ownExponent.wholeNumber, own.signum() == -power.signum()
          else { continue }
          let thirds = raised * power + 3 * own
          // x²/∛x stays.
          guard (raised * power).magnitude > 2 || thirds.magnitude < 3 else { continue }
          var rest = factors
          rest[i] = .power(.call(.cbrt, [base]), .integer(thirds % 3))
          rest[j] = .power(base, .integer(thirds / 3))
          let joined = Expr.product(rest)
          return thirds < 0 ? Result(joined) : Result(joined, where: .init(subject: base, kind: .nonzero))
        }
      }
      return nil
    },
    Rule("number under a root beside a number's root", of: .product) { whole in
      // √2·√(u/2) = √u
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (place, factor) in factors.enumerated() {
        guard case .power(let base, let exponent) = factor.shape, let number = base.asNumber,
          let power = exponent.asNumber, !power.isInteger, !number.isNegative
        else { continue }
        for (other, sum) in factors.enumerated() where other != place {
          guard case .power(let radicand, exponent) = sum.shape,
            let (content, rest) = radicand.numberAndRest,
            case .number(let outside) = Expr.power(.number(number * content), exponent).shape
          else { continue }
          var left = factors
          left[other] = .power(rest, exponent)
          left[place] = .number(outside)
          return Result(.product(left))
        }
      }
      return nil
    },
  ]
}

extension Expr {
  /// A small whole number.
  fileprivate var wholeNumber: Int? {
    guard let number = asNumber?.rational, number.isInteger, let value = number.numerator.small,
      value.magnitude < 1000
    else { return nil }
    return value
  }

  /// A positive number and the fraction with 2 below that is its exponent.
  fileprivate var rootOfNumber: (radicand: Number, exponent: Number)? {
    guard case .power(let base, let exponent) = shape, let radicand = base.asNumber, radicand.isExact,
      !radicand.isDecimal, !radicand.isNegative, let power = exponent.asNumber,
      power.rational?.denominator == 2
    else { return nil }
    return (radicand, power)
  }

  /// The product of two roots of one order, where it is one root of a whole number, or one over it, or a number.
  fileprivate static func joined(
    _ first: (radicand: Number, exponent: Number), _ second: (radicand: Number, exponent: Number)
  ) -> Expr? {
    if first.exponent == second.exponent {
      return .power(.number(first.radicand * second.radicand), .number(first.exponent))
    }
    let (above, below) = first.exponent.isNegative ? (second, first) : (first, second)
    guard let quotient = above.radicand.divided(by: below.radicand),
      let inverse = below.radicand.divided(by: above.radicand)
    else { return nil }
    if quotient.isInteger { return .power(.number(quotient), .number(above.exponent)) }
    if inverse.isInteger { return .power(.number(inverse), .number(below.exponent)) }
    let joined = Expr.power(.number(quotient), .number(above.exponent))
    return joined.asNumber == nil ? nil : joined
  }

  /// Whether a power with this exponent takes one more factor of its base: −1/2, −3/2, n − 1.
  fileprivate var isRaisedByItsBase: Bool {
    if let power = asNumber?.rational { return power.isNegative && power.denominator == 2 }
    guard case .sum(let terms) = shape, let number = terms[0].asNumber else { return false }
    return number.isInteger && number.isNegative
  }

  /// The positive number in front of a radicand and what it leaves, also of a product: u/2 has ½.
  fileprivate var numberAndRest: (content: Number, rest: Expr)? {
    guard case .product = shape else { return contentAndRest }
    let (number, rest) = coefficientAndRest
    guard number.isExact, !number.isDecimal, !number.magnitude.isOne, !number.isZero else { return nil }
    return (number.magnitude, number.isNegative ? .product([.minusOne, rest]) : rest)
  }
}
