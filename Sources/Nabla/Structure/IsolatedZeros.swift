import NablaAlgebra

extension Expr {
  /// A letter and the value that it has.
  struct IsolatedZero {
    let letter: Variable
    let value: Double
    let exact: Expr
    var equation: Expr { .call(.equal, [.variable(letter), exact]) }
  }

  /// The values of letters at which a sum of even powers is zero, where each of them is of one letter: x² + (y − 1)⁴.
  var isolatedZeros: [IsolatedZero]? {
    guard case .sum(let terms) = shape else { return nil }
    var zeros: [IsolatedZero] = []
    for term in terms {
      let (number, factors) = term.coefficientAndFactors
      guard !number.isNegative, factors.count == 1, let factor = factors.first,
        case .power(let base, let exponent) = factor.shape, case .number(let power) = exponent.shape,
        let count = power.rational, count.isInteger, !count.numerator.isOdd, !count.isNegative
      else { return nil }
      let letters = base.freeVariables
      guard letters.count == 1, let chart = SignChart(of: base, in: letters[0]) else { return nil }
      let ends = chart.solutions(of: .not).compactMap(\.high)
      guard ends.count == 1, !zeros.contains(where: { $0.letter == letters[0] }) else { return nil }
      zeros.append(IsolatedZero(letter: letters[0], value: ends[0].value, exact: ends[0].expression))
    }
    return zeros
  }
}
