extension Rule {
  /// Sums of powers of an index, which are numbers.
  static let sumsOfPowers: List = [
    Rule("sum of powers of the index", of: .fold) { whole in
      // Σₖ₌₁¹⁰ kx = 55x
      guard case .fold(let fold) = whole.shape, fold.kind == .sum, fold.lower <= fold.upper,
        case let (span, isTooLong) = fold.upper.subtractingReportingOverflow(fold.lower), !isTooLong,
        span < 10_000
      else { return nil }
      let (index, body) = fold.opened()
      guard let wide = body.expanded(highestPower: 6, maximumTerms: 40) else { return nil }
      let terms = if case .sum(let terms) = wide.shape { terms } else { [wide] }
      var sums: [Int: Expr] = [:]
      var result: [Expr] = []
      for term in terms {
        var rest: [Expr] = []
        var power = 0
        for factor in term.factors {
          let (base, exponent) = factor.baseAndExponent
          if base == .variable(index), let whole = exponent.asNumber?.small, (1...12).contains(whole) {
            power += whole
          } else if factor.contains(index: index) {
            return nil
          } else {
            rest.append(factor)
          }
        }
        let sum = sums[power] ?? sumOfPowers(power, from: fold.lower, through: fold.upper)
        sums[power] = sum
        result.append(.product(rest + [sum]))
      }
      return Result(.sum(result))
    }
  ]

  private static func sumOfPowers(_ power: Int, from lower: Int, through upper: Int) -> Expr {
    var sum = Integer(0)
    for value in lower...upper {
      var term = Integer(1)
      for _ in 0..<power { term = term * Integer(value) }
      sum = sum + term
    }
    return .number(Number(sum))
  }
}
