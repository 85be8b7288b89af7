extension Rule {
  /// Exponentials and logarithms undo each other.
  static let logarithms: List = [
    Rule("logarithm of an exponential", of: .call) { whole in
      guard let argument = whole.argument(of: .ln), case .power(let base, let exponent) = argument.shape,
        base == .constant(.e)
      else { return nil }
      return Result(exponent)
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
  ]
}
