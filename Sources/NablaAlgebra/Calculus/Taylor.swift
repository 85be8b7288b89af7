import NablaBasics

/// The Taylor polynomial of an expression about a point: its terms by rising degree.
///
///     e^(2x) about 0 to the order 3   has the terms   1, 2x, 2x², 4x³/3
public struct TaylorPolynomial: Hashable, Sendable {
  /// One term: a coefficient and powers of the displacements.
  public struct Term: Hashable, Sendable {
    /// The exponents, in the order of the variables.
    public let exponents: [Int]
    /// The coefficient, simplified.
    public let coefficient: Expr

    /// The sum of the exponents.
    public var degree: Int { exponents.reduce(0, +) }
  }

  /// The variables.
  public let variables: [Variable]
  /// The coordinates of the point.
  public let center: [Expr]
  /// The highest degree asked for.
  public let order: Int
  /// The terms that are not zero, by rising degree, in one degree the earlier variables first.
  public let terms: [Term]

  /// A term as an expression: 3(x − 1)².
  public func expression(of term: Term) -> Expr {
    var factors = [term.coefficient]
    for (place, exponent) in term.exponents.enumerated() where exponent > 0 {
      factors.append(pow(Expr.variable(variables[place]) - center[place], .integer(exponent)))
    }
    return .product(factors)
  }

  /// The polynomial as an expression in the variables.
  public var expression: Expr { .sum(terms.map { expression(of: $0) }) }
}

/// Why an expression has no Taylor polynomial at a point.
public enum ExpansionError: Error, Hashable, Sendable {
  /// A part has no value there, or no finite derivative.
  case noValue(Expr)
  /// A part has a kink or a jump there.
  case notSmooth(Expr)
  /// A value or a derivative of a part is finite there, but too large for a number.
  case tooLarge(Expr)
  /// Another number of coordinates than of variables.
  case wrongCount(expected: Int, given: Int)
  /// The order is below 0.
  case negativeOrder(Int)
  /// The work or the number of terms exceeds a limit.
  case overrun(Budget.Overrun)
}

extension Expr {
  /// The Taylor polynomial of some order about an exact point; other letters stay as they are.
  ///
  ///     try log(Expr("x")).taylor(about: [1], in: [Variable("x")], order: 2).expression   // x − 1 − (x − 1)²/2
  ///
  /// Of one variable, where sin(x)/x has no value at 0, its limit counts. Throws where a part has no value otherwise, or a
  /// kink or a jump at the point that the whole, up to the order, does not smooth: x·|x| is 0 to the order 1. Throws
  /// for an order below 0 too.
  public func taylor(
    about center: [Expr], in variables: [Variable], order: Int, limits: Limits = .standard
  ) throws(ExpansionError) -> TaylorPolynomial {
    guard center.count == variables.count else {
      throw .wrongCount(expected: variables.count, given: center.count)
    }
    if order < 0 { throw .negativeOrder(order) }
    guard order <= 1_000, let space = PowerSeries.Space(variables: variables.count, order: order)
    else { throw .overrun(.tooLarge("terms of a Taylor polynomial")) }
    do {
      var (series, expansion) = try self.smoothSeries(about: center, in: variables, space, limits)
      var terms: [TaylorPolynomial.Term] = []
      for (place, coefficient) in series.coefficients.enumerated()
      where expansion.space.exponents[place].reduce(0, +) <= order {
        let simple = try expansion.simple(coefficient)
        try expansion.requireValue(simple, of: self)
        if simple.asNumber?.isZero == true { continue }
        terms.append(.init(exponents: expansion.space.exponents[place], coefficient: simple))
      }
      return TaylorPolynomial(variables: variables, center: center, order: order, terms: terms)
    } catch let error as ExpansionError {
      throw error
    } catch let error as Budget.Overrun {
      throw .overrun(error)
    } catch {
      throw .overrun(.exhausted)
    }
  }

  /// The series; where a part bends or jumps at the point, that of all sides, if they agree up to the order and with the
  /// value there, as those of x·|x| at 0 do up to the order 1.
  private func smoothSeries(
    about center: [Expr], in variables: [Variable], _ space: PowerSeries.Space, _ limits: Limits
  ) throws -> (PowerSeries, Expansion) {
    do { return try series(about: center, in: variables, space, limits) } catch ExpansionError.notSmooth(
      let part)
    {
      guard variables.count <= 4, space.exponents.count <= 60,
        let common = try commonSeries(about: center, in: variables, space, limits)
      else { throw ExpansionError.notSmooth(part) }
      return common
    }
  }

  /// The series that all sides have in common up to the order; nil where they differ.
  private func commonSeries(
    about center: [Expr], in variables: [Variable], _ space: PowerSeries.Space, _ limits: Limits
  ) throws -> (PowerSeries, Expansion)? {
    var random = SplitMix64(start: 11)
    let directions =
      variables.count == 1
      ? [[1], [-1]] : (0..<32).map { _ in variables.map { _ in Double.random(in: -1...1, using: &random) } }
    // On which side of x³ = 0 a direction lies, terms of the order 1 do not tell.
    let wider = PowerSeries.Space(variables: variables.count, order: space.order + 6) ?? space
    var first: (series: PowerSeries, expansion: Expansion)?
    for direction in directions {
      var (side, expansion) = try series(about: center, in: variables, wider, limits, direction)
      guard let known = first?.series else {
        let place = Dictionary(zip(variables, center), uniquingKeysWith: { first, _ in first })
        guard try expansion.simple(side.constant - substituting(place)).isZeroUpToRounding else { return nil }
        first = (side, expansion)
        continue
      }
      for (a, b) in zip(known.coefficients, side.coefficients).prefix(space.exponents.count) where a != b {
        guard try expansion.simple(a - b).isZeroUpToRounding else { return nil }
      }
    }
    return first
  }

  /// The series, to more orders where quotients such as sin(x)/x at 0 cost some.
  private func series(
    about center: [Expr], in variables: [Variable], _ first: PowerSeries.Space, _ limits: Limits,
    _ direction: [Double]? = nil
  ) throws -> (PowerSeries, Expansion) {
    var (space, extra) = (first, 0)
    while true {
      var expansion = Expansion(
        space: space, variables: variables, center: center, direction: direction, limits: limits)
      do {
        let series = try expansion.series(of: self)
        if expansion.lostOrders <= extra { return (series, expansion) }
        extra = expansion.lostOrders
      } catch ExpansionError.noValue(let part) {
        // So many orders may be needed to see the first term of a divisor.
        guard expansion.lostOrders > extra else { throw ExpansionError.noValue(part) }
        extra = 2 * extra + 4
      }
      guard extra <= 60,
        let wider = PowerSeries.Space(variables: variables.count, order: first.order + extra)
      else { throw ExpansionError.overrun(.tooLarge("terms of a Taylor polynomial")) }
      space = wider
    }
  }
}
