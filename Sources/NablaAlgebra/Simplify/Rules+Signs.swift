private let u = Pattern.u
private let (abs, sign): (Function, Function) = (.abs, .sign)

extension Rule {
  /// Absolute values and signs.
  static let signs: List = [
    Rule("number over its absolute value", u / abs(u), sign(u), where: u),
    Rule("absolute value over its number", abs(u) / u, sign(u), where: u),
    Rule("sign over its number", sign(u) / u, 1 / abs(u)),
    Rule("absolute value of what is not negative", of: .call) { whole in
      guard let argument = whole.argument(of: .abs), argument.isNonnegative else { return nil }
      return Result(argument)
    },
    Rule("sign of what is positive", of: .call) { whole in
      guard let argument = whole.argument(of: .sign), argument.isPositive else { return nil }
      return Result(.one)
    },
    Rule("positive factors leave a sign", of: .call) { whole in
      guard let argument = whole.argument(of: .sign), case .product(let factors) = argument.shape else {
        return nil
      }
      let others = factors.filter { !$0.isPositive }
      return others.count == factors.count ? nil : Result(.call(.sign, [.product(others)]))
    },
    Rule("factors that are not negative leave an absolute value", of: .call) { whole in
      guard let argument = whole.argument(of: .abs), case .product(let factors) = argument.shape else {
        return nil
      }
      let (outside, inside) = (factors.filter(\.isNonnegative), factors.filter { !$0.isNonnegative })
      return outside.isEmpty ? nil : Result(.product(outside + [.call(.abs, [.product(inside)])]))
    },
    Rule("even power of an absolute value", of: .power) { whole in
      guard case .power(let base, let exponent) = whole.shape, let argument = base.argument(of: .abs),
        let power = exponent.asNumber?.rational, power.denominator.isOdd, !power.numerator.isOdd
      else { return nil }
      return Result(.power(argument, exponent))
    },
    Rule("even power of a sign", of: .power) { whole in
      guard case .power(let base, let exponent) = whole.shape, let argument = base.argument(of: .sign),
        let power = exponent.asNumber?.rational, power.isInteger, !power.numerator.isOdd
      else { return nil }
      return Result(.one, where: .init(subject: argument, kind: .nonzero))
    },
    Rule("absolute value times sign", of: .product) { whole in
      product(of: whole) { sign, exponent, argument in
        // |u|ⁿ·sign(u) = u·|u|ⁿ⁻¹
        guard exponent.base.argument(of: .abs) == argument, let power = exponent.exponent.asNumber,
          power.isInteger
        else { return nil }
        return power.isOne
          ? [argument]
          : power.isNegative && power.isMinusOne
            ? [argument.reciprocal] : [argument, .power(.call(.abs, [argument]), .number(power - .one))]
      }
    },
    Rule("choice beside what it chooses", of: .product) { whole in
      // {x ≤ 0: 0; 1}·max(0, x) = max(0, x), which is 0 there itself; {x > 0: 1; 0}·relu(x) = relu(x)
      guard case .product(let factors) = whole.shape else { return nil }
      for (i, choice) in factors.enumerated() {
        guard case .call(.if, let branches) = choice.shape else { continue }
        for (j, factor) in factors.enumerated() where j != i {
          let (base, exponent) = factor.baseAndExponent
          guard let power = exponent.asNumber, !power.isNegative else { continue }
          var rest = factors
          if let argument = base.argument(of: .relu), branches[0] == .call(.greater, [argument, .zero]),
            branches[2] == .zero
          {
            rest[i] = branches[1]
            return Result(.product(rest))
          }
          guard case .call(let function, let arguments) = base.shape,
            case .selects(let condition, let then, let otherwise) = function.derivative,
            condition(arguments) == branches[0]
          else { continue }
          if branches[1] == .zero, arguments[then] == .zero {
            rest[i] = branches[2]
          } else if branches[2] == .zero, arguments[otherwise] == .zero {
            rest[i] = branches[1]
          } else {
            continue
          }
          return Result(.product(rest))
        }
      }
      return nil
    },
    Rule("sign beside what vanishes with it", of: .product) { whole in
      // x·sign(x²) = x: the sign is 1, but for x = 0.
      guard case .product(let factors) = whole.shape else { return nil }
      for (place, factor) in factors.enumerated() {
        guard let argument = factor.argument(of: .sign), argument.isNonnegative else { continue }
        let rest = factors.indices.filter { $0 != place }.map { factors[$0] }
        if vanish(rest, with: argument) { return Result(.product(rest)) }
      }
      return nil
    },
    Rule("number times its sign", of: .product) { whole in
      product(of: whole) { sign, exponent, argument in
        // uⁿ·sign(u) = uⁿ⁻¹·|u|
        guard exponent.base == argument, let power = exponent.exponent.asNumber, power.isInteger,
          !power.isNegative
        else { return nil }
        return [.power(argument, .number(power - .one)), .call(.abs, [argument])]
      }
    },
  ]

  /// Whether one of the factors is 0 wherever an expression is that is never below 0.
  private static func vanish(_ factors: [Expr], with expression: Expr) -> Bool {
    switch expression.shape {
    case .product(let parts): return parts.allSatisfy { $0.isPositive || vanish(factors, with: $0) }
    case .sum(let terms):
      // All terms are 0 there, as none is below 0.
      return terms.allSatisfy(\.isNonnegative) && terms.contains { vanish(factors, with: $0) }
    default:
      let (base, power) = expression.baseAndExponent
      guard let number = power.asNumber, !number.isNegative else { return false }
      return factors.contains { factor in
        let (own, exponent) = factor.baseAndExponent
        return own == base && exponent.asNumber?.isNegative == false
      }
    }
  }

  /// A product in which sign(u) meets another factor that `combine` can join with it.
  private static func product(
    of whole: Expr, combine: (Expr, (base: Expr, exponent: Expr), Expr) -> [Expr]?
  ) -> Result? {
    guard case .product(let factors) = whole.shape else { return nil }
    for (i, sign) in factors.enumerated() {
      guard let argument = sign.argument(of: .sign) else { continue }
      for (j, other) in factors.enumerated() where j != i {
        guard let joined = combine(sign, other.baseAndExponent, argument) else { continue }
        let rest = factors.indices.filter { $0 != i && $0 != j }.map { factors[$0] }
        return Result(.product(rest + joined))
      }
    }
    return nil
  }
}
