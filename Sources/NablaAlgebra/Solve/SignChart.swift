/// Where a fraction of polynomials in one variable is positive, negative or zero: its sign chart.
///
///     SignChart(of: (x + 1) / (x - 1), in: Variable("x"))?.solutions(of: .above)   // x < −1, x > 1
///
/// Nil for anything but such a fraction with rational coefficients, beyond a degree of 60, and where roots lie so close
/// together that numbers do not tell them apart.
package struct SignChart: Sendable {
  /// What is asked of the value: its relation to 0.
  package enum Relation: String, CaseIterable, Sendable {
    case above = ">"
    case atLeast = ">="
    case atMost = "<="
    case below = "<"
    case not = "!="

    func allows(_ sign: Int) -> Bool {
      switch self {
      case .above: sign > 0
      case .atLeast: sign >= 0
      case .atMost: sign <= 0
      case .below: sign < 0
      case .not: sign != 0
      }
    }
  }

  /// The end of an interval.
  package struct End: Hashable, Sendable {
    package let expression: Expr
    package let value: Double
    package let isIncluded: Bool

    package init(expression: Expr, value: Double, isIncluded: Bool) {
      (self.expression, self.value, self.isIncluded) = (expression, value, isIncluded)
    }
  }

  /// A stretch of the line; nil ends are infinite.
  package struct Stretch: Hashable, Sendable {
    package var low: End?
    package var high: End?

    package init(low: End? = nil, high: End? = nil) { (self.low, self.high) = (low, high) }
  }

  private let zeros: [RealRoots.Root]
  private let poles: [RealRoots.Root]
  private let fraction: (above: UnivariatePolynomial, below: UnivariatePolynomial)

  /// The chart of an expression.
  package init?(of expression: Expr, in variable: Variable) {
    guard let fraction = expression.fraction(in: variable), !fraction.above.isZero, !fraction.below.isZero,
      let zeros = RealRoots(fraction.above.coefficients), let poles = RealRoots(fraction.below.coefficients)
    else { return nil }
    // Different roots that are one number, or numbers next to each other, have no sign between them that can be seen.
    let marks = (zeros.roots + poles.roots).sorted { $0.value < $1.value }
    for (a, b) in zip(marks, marks.dropFirst()) where a.expression != b.expression {
      guard b.value - a.value > 8 * max(a.value.magnitude, b.value.magnitude).ulp else { return nil }
    }
    self.fraction = fraction
    self.zeros = zeros.roots
    self.poles = poles.roots
  }

  /// The stretches on which the value stands in a relation to 0, from left to right, none touching the next.
  package func solutions(of relation: Relation) -> [Stretch] {
    var marks: [(root: RealRoots.Root, isPole: Bool)] = poles.map { ($0, true) }
    for zero in zeros where !poles.contains(where: { $0.value == zero.value }) { marks.append((zero, false)) }
    marks.sort { $0.root.value < $1.root.value }
    var result: [Stretch] = []
    var open: Stretch?
    for place in 0...marks.count {
      let isIn = relation.allows(sign(between: place, marks.map(\.root.value)))
      if isIn, open == nil {
        open = Stretch(low: place == 0 ? nil : end(marks[place - 1].root, false), high: nil)
      }
      guard place < marks.count else { break }
      let (root, isPole) = marks[place]
      let isMarkIn = !isPole && relation.allows(0)
      if isIn, var stretch = open {
        let goesOn = isMarkIn && relation.allows(sign(between: place + 1, marks.map(\.root.value)))
        if goesOn { continue }
        stretch.high = end(root, isMarkIn)
        result.append(stretch)
        open = nil
      } else if isMarkIn {
        let next = relation.allows(sign(between: place + 1, marks.map(\.root.value)))
        if next {
          open = Stretch(low: end(root, true), high: nil)
        } else {
          result.append(Stretch(low: end(root, true), high: end(root, true)))
        }
      }
    }
    if let open { result.append(open) }
    return result
  }

  private func end(_ root: RealRoots.Root, _ isIncluded: Bool) -> End {
    End(expression: root.expression, value: root.value, isIncluded: isIncluded)
  }

  /// The sign left of the mark at a place.
  private func sign(between place: Int, _ marks: [Double]) -> Int {
    let x: Double
    if marks.isEmpty {
      x = 0
    } else if place == 0 {
      x = marks[0] - 1 - marks[0].magnitude
    } else if place == marks.count {
      x = marks[place - 1] + 1 + marks[place - 1].magnitude
    } else {
      x = (marks[place - 1] + marks[place]) / 2
    }
    guard let point = Rational(exactly: x) else { return 0 }
    return fraction.above.value(at: point).signum * fraction.below.value(at: point).signum
  }
}

extension Expr {
  /// Numerator and denominator as polynomials in one variable with rational coefficients; nil for anything else.
  fileprivate func fraction(
    in variable: Variable
  ) -> (above: UnivariatePolynomial, below: UnivariatePolynomial)? {
    guard size <= 200 else { return nil }
    switch shape {
    case .number(let number):
      return number.rational.map { (UnivariatePolynomial([$0]), UnivariatePolynomial([1])) }
    case .variable(variable): return (UnivariatePolynomial([0, 1]), UnivariatePolynomial([1]))
    case .sum(let terms):
      var result = (above: UnivariatePolynomial([]), below: UnivariatePolynomial([1]))
      for term in terms {
        guard let next = term.fraction(in: variable) else { return nil }
        result = (
          result.above.times(next.below).plus(next.above.times(result.below)), result.below.times(next.below)
        )
        guard result.above.degree <= 60, result.below.degree <= 60 else { return nil }
      }
      return result
    case .product(let factors):
      var result = (above: UnivariatePolynomial([1]), below: UnivariatePolynomial([1]))
      for factor in factors {
        guard let next = factor.fraction(in: variable) else { return nil }
        result = (result.above.times(next.above), result.below.times(next.below))
        guard result.above.degree <= 60, result.below.degree <= 60 else { return nil }
      }
      return result
    case .power(let base, let exponent):
      guard let count = exponent.asNumber?.small, count.magnitude <= 12,
        let part = base.fraction(in: variable),
        max(part.above.degree, part.below.degree) * Int(count.magnitude) <= 60
      else { return nil }
      var result = (above: UnivariatePolynomial([1]), below: UnivariatePolynomial([1]))
      for _ in 0..<count.magnitude {
        result = (result.above.times(part.above), result.below.times(part.below))
      }
      return count < 0 ? (result.below, result.above) : result
    case .constant, .variable, .element, .call, .fold: return nil
    }
  }
}

extension UnivariatePolynomial {
  fileprivate func times(_ other: Self) -> Self {
    guard !isZero, !other.isZero else { return Self([]) }
    var result = [Rational](repeating: 0, count: degree + other.degree + 1)
    for (i, a) in coefficients.enumerated() {
      for (j, b) in other.coefficients.enumerated() { result[i + j] = result[i + j] + a * b }
    }
    return Self(result)
  }

  fileprivate func plus(_ other: Self) -> Self {
    Self(
      (0..<max(coefficients.count, other.coefficients.count)).map { place in
        (place < coefficients.count ? coefficients[place] : 0)
          + (place < other.coefficients.count ? other.coefficients[place] : 0)
      })
  }
}
