extension Rule {
  /// Roots of products beside their factors.
  static let roots: [Rule] = [
    Rule("root beside its radicand") { whole in
      // u·v/√(u·v) = √(u·v): all factors below the root stand outside of it too.
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (place, factor) in factors.enumerated() {
        let (base, exponent) = factor.baseAndExponent
        guard let power = exponent.asNumber?.rational, power.isNegative, power.denominator == 2,
          case .product(let parts) = base.shape, parts.allSatisfy({ $0.asNumber == nil })
        else { continue }
        var rest = factors
        rest[place] = .power(base, .number(Number(power) + .one))
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
    Rule("number under a root beside a number's root") { whole in
      // √2·√(u/2) = √u
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (place, factor) in factors.enumerated() {
        guard case .power(let base, let exponent) = factor.shape, let number = base.asNumber,
          let power = exponent.asNumber, !power.isInteger, !number.isNegative
        else { continue }
        for (other, sum) in factors.enumerated() where other != place {
          guard case .power(let radicand, exponent) = sum.shape,
            let (content, rest) = radicand.contentAndRest,
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
