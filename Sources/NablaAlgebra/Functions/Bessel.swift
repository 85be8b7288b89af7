// The Bessel functions of whole order.
extension Function {
  static let bessel: [Function] = [besselj, bessely]

  package static let besselj: Function = .init(
    "besselj", aliases: ["besselJ", "BesselJ"], .binary { RealMath.besselJ($0, $1) },
    derivative: betweenNeighbours { besselj($0, $1) }, domain: [.init(.wholeNumber)], order: 0,
    oscillationError: betweenZeros,
    canonical: { u in
      if let turned = positiveOrder(u, { besselj($0, $1) }) { return turned }
      guard u[1] == .zero, let n = u[0].exactNumber, n.isInteger else { return nil }
      return n.isZero ? .one : .zero
    },
    arguments: ["n", "x"], summary: "The Bessel function of the first kind, for a whole number n.",
    example: ("besselj(0, 0)", "1"))

  package static let bessely: Function = .init(
    "bessely", aliases: ["besselY", "BesselY"], .binary { RealMath.besselY($0, $1) },
    derivative: betweenNeighbours { bessely($0, $1) },
    domain: [.init(.wholeNumber), .init(.positive, argument: 1)], order: 0, oscillationError: betweenZeros,
    canonical: { u in positiveOrder(u) { bessely($0, $1) } },
    arguments: ["n", "x"], summary: "The Bessel function of the second kind, for a whole number n and x > 0.",
    example: ("bessely(-1, x)", "-bessely(1, x)"))

  /// All zeros lie beyond the order (DLMF 10.21(i)), where recurrence upwards adds an error a step.
  private static let betweenZeros: @Sendable (Double, Double) -> Double = { n, x in
    x.magnitude > n.magnitude ? 4 * Double.ulpOfOne * Swift.max(1, n.magnitude / 1000) : 0
  }

  /// The derivative by x is half the difference of the neighbours (DLMF 10.6.1); by the order, a whole number, there is
  /// none: the partial is 1/0, which has no value.
  private static func betweenNeighbours(
    _ function: @escaping @Sendable (Expr, Expr) -> Expr
  ) -> Derivative {
    .partials { u, _ in
      if u[0] == .zero { return [Expr.zero.reciprocal, -function(1, u[1])] }
      return [Expr.zero.reciprocal, (function(u[0] - 1, u[1]) - function(u[0] + 1, u[1])) / 2]
    }
  }

  /// A function of the order −n is that of n, with a minus where n is odd.
  private static func positiveOrder(
    _ u: [Expr], _ function: @Sendable (Expr, Expr) -> Expr
  ) -> Expr? {
    guard let n = u[0].exactNumber, n.isInteger, n.signum < 0, let size = n.numerator.small else {
      return nil
    }
    let turned = function(.integer(-size), u[1])
    return size % 2 == 0 ? turned : -turned
  }
}
