extension Rule {
  /// Exponentials and logarithms undo each other.
  static let logarithms: List = [
    Rule("logarithm of an exponential", of: .call) { whole in
      guard let argument = whole.argument(of: .ln), case .power(let base, let exponent) = argument.shape,
        base == .constant(.e)
      else { return nil }
      return Result(exponent)
    },
    Rule("logarithm of a power", of: .call) { whole in
      // xˣ asks for x > 0 already; of ln(xⁿ) it is not known whether x is above 0.
      guard let argument = whole.argument(of: .ln), case .power(let base, let exponent) = argument.shape,
        base.mask & exponent.mask != 0
      else { return nil }
      return Result(exponent * .call(.ln, [base]), where: .init(subject: base, kind: .positive))
    },
    Rule("exponential of a logarithm", of: .power) { whole in
      guard case .power(let base, let exponent) = whole.shape, base == .constant(.e) else { return nil }
      let factors = exponent.factors
      guard let place = factors.firstIndex(where: { $0.argument(of: .ln) != nil }),
        let argument = factors[place].argument(of: .ln)
      else { return nil }
      var others = factors
      others.remove(at: place)
      return Result(.power(argument, .product(others)), where: .init(subject: argument, kind: .positive))
    },
    Rule("logarithm of a power beside that of its base", of: .sum) { whole in
      // ln u asks for u > 0 anyway, where ln(uⁿ) = n ln u.
      guard case .sum(let terms) = whole.shape, terms.count <= 40 else { return nil }
      let known = terms.flatMap { $0.factors.compactMap { $0.argument(of: .ln) } }
      for (place, term) in terms.enumerated() {
        var factors = term.factors
        for (position, factor) in factors.enumerated() {
          guard case .power(let base, let exponent)? = factor.argument(of: .ln)?.shape,
            exponent.asNumber != nil, known.contains(base)
          else { continue }
          factors[position] = exponent * .call(.ln, [base])
          var changed = terms
          changed[place] = .product(factors)
          return Result(.sum(changed), where: .init(subject: base, kind: .positive))
        }
      }
      return nil
    },
  ]
}
