import NablaAlgebra

/// What the parts of an expression show of its curvature, by the rules of disciplined convex programming (Grant, Boyd &
/// Ye 2006, "Disciplined convex programming") and those of log-convex functions (Boyd & Vandenberghe 2004, §3.5).
///
///     |x − 1| + e^x is convex, ln x concave;   of x³ and of x·y nothing is shown
///
/// A yes holds on the natural domain, which is convex then; a no proves nothing.
struct Convexity: Hashable, Sendable {
  /// Whether no chord lies below the graph.
  var isConvex = false
  /// Whether no chord lies above the graph.
  var isConcave = false
  /// Whether the graph is made of straight pieces.
  var isPiecewiseLinear = false
  /// Whether the values are positive and their logarithm is convex; then they are convex too.
  var isLogConvex = false
  /// Whether the values are positive and their logarithm is concave.
  var isLogConcave = false
  /// Whether it is a sum of squares of linear parts and of a constant: its root is a norm.
  var isSquaredNorm = false
  /// Whether it is no constant.
  var varies = true

  var isLinear: Bool { isConvex && isConcave }

  /// The same of minus the expression.
  private var negated: Convexity {
    Convexity(isConvex: isConcave, isConcave: isConvex, isPiecewiseLinear: isPiecewiseLinear)
  }
}

extension Expr {
  /// What its parts show of its curvature.
  var convexity: Convexity { convexity(in: .max) }

  /// The same in some of its variables, whose bits are given, where the others are constants that nobody knows.
  func convexity(in mask: UInt64) -> Convexity {
    var known = ExprMap<Convexity>()
    for part in distinctSubexpressions() {
      known[part] =
        part.mask & mask == 0
        ? Convexity(constant: part) : part.convexity { known[$0] ?? Convexity() }
    }
    return known[self] ?? Convexity()
  }

  /// What it is, when that is known of the parts one level down.
  private func convexity(_ known: (Expr) -> Convexity) -> Convexity {
    switch shape {
    case .number, .constant: return Convexity(constant: self)
    case .variable, .element:
      return Convexity(isConvex: true, isConcave: true, isPiecewiseLinear: true)
    case .sum(let terms):
      var found = Convexity(sumOf: terms.map(known))
      if !found.isConvex { found.isConvex = Convexity.isQuadraticBent(.convex, in: terms, known) }
      if !found.isConcave { found.isConcave = Convexity.isQuadraticBent(.concave, in: terms, known) }
      return found
    case .product(let factors): return Convexity(productOf: factors, known)
    case .power(let base, let exponent):
      return known(base).varies
        ? Convexity(power: base, known(base), exponent) : Convexity(exponential: base, known(exponent))
    case .call(let function, let arguments):
      return Convexity(function.curvature, of: arguments.map { ($0, known($0)) })
    case .fold(let fold):
      guard fold.kind == .sum, fold.lower <= fold.upper else { return Convexity() }
      return Convexity(sumOf: [known(fold.body)])
    }
  }

  /// Whether no value is below 0: as the expression knows, or because it is the larger of 0 and something.
  fileprivate var isNowhereNegative: Bool {
    if case .call(.max, let arguments) = shape { return arguments.contains(where: \.isNowhereNegative) }
    return isNonnegative
  }

  /// Whether it is the logarithm of a positive multiple of another, linear part.
  fileprivate func isLogarithm(of part: Expr) -> Bool {
    guard case .call(let function, let arguments) = shape, function.curvature?.logarithmOf == .argument else {
      return false
    }
    let (inside, outside) = (arguments[0].coefficientAndRest, part.coefficientAndRest)
    return inside.rest == outside.rest && inside.coefficient.isNegative == outside.coefficient.isNegative
  }
}

extension Convexity {
  /// What does not vary; nothing is shown of a constant without a value.
  fileprivate init(constant: Expr) {
    varies = false
    if case .number(let number) = constant.shape, !number.double.isFinite { return }
    (isConvex, isConcave, isPiecewiseLinear) = (true, true, true)
    (isLogConvex, isLogConcave) = (constant.isPositive, constant.isPositive)
    isSquaredNorm = constant.isNonnegative
  }

  fileprivate init(sumOf terms: [Convexity]) {
    isConvex = terms.allSatisfy(\.isConvex)
    isConcave = terms.allSatisfy(\.isConcave)
    isPiecewiseLinear = terms.allSatisfy(\.isPiecewiseLinear)
    isLogConvex = terms.allSatisfy(\.isLogConvex)
    isSquaredNorm = terms.allSatisfy(\.isSquaredNorm)
  }

  /// A constant times one part, a product of positive parts, or u·ln u.
  fileprivate init(productOf factors: [Expr], _ known: (Expr) -> Convexity) {
    let constants = factors.filter { !known($0).varies }
    let parts = factors.filter { known($0).varies }
    let isPositive = constants.allSatisfy(\.isPositive)
    let isNegative = Convexity.isNegative(constants)
    if parts.count == 1 {
      let part = known(parts[0])
      if let isNegative { self = isNegative ? part.negated : part } else if part.isLinear { self = part }
      // Of a constant that may be 0, and of one without a sign.
      if !isPositive { (isLogConvex, isLogConcave) = (false, false) }
      if isNegative == nil { isSquaredNorm = false }
      return
    }
    isLogConvex = isPositive && parts.allSatisfy { known($0).isLogConvex }
    isLogConcave = isPositive && parts.allSatisfy { known($0).isLogConcave }
    isConvex = isLogConvex
    if parts.count == 2, let isNegative,
      known(parts[0]).isLinear && parts[1].isLogarithm(of: parts[0])
        || known(parts[1]).isLinear && parts[0].isLogarithm(of: parts[1])
    {
      (isConvex, isConcave) = (!isNegative, isNegative)
    }
  }

  /// Whether a product of constants is below 0; nil where that is not known.
  private static func isNegative(_ constants: [Expr]) -> Bool? {
    var isNegative = false
    for constant in constants where !constant.isNonnegative {
      guard case .number(let number) = constant.shape, number.isNegative, number.double.isFinite else {
        return nil
      }
      isNegative.toggle()
    }
    return isNegative
  }

  /// aᵘ of a constant a: 2ᵘ rises with u, (1/2)ᵘ falls.
  fileprivate init(exponential base: Expr, _ exponent: Convexity) {
    let rises: Bool
    switch base.shape {
    case .constant: rises = true
    case .number(let number) where number.double.isFinite && number.double > 0: rises = number.double >= 1
    default: return
    }
    isLogConvex = rises ? exponent.isConvex : exponent.isConcave
    isLogConcave = rises ? exponent.isConcave : exponent.isConvex
    isConvex = isLogConvex
  }

  /// uᵖ of a part u, for a fraction p.
  fileprivate init(power base: Expr, _ inner: Convexity, _ exponent: Expr) {
    guard case .number(let number) = exponent.shape, let power = number.rational else { return }
    let p = power.double
    let hasEvenRoot = !power.denominator.isOdd
    // An even root is of numbers from 0 on; a power with an even numerator, of |u|.
    let isOfNonnegative = hasEvenRoot || base.isNowhereNegative || !power.numerator.isOdd
    isConvex =
      inner.isLinear && p > 1 && isOfNonnegative || inner.isConvex && base.isNowhereNegative && p >= 1
      || inner.isConcave && hasEvenRoot && p < 0 || inner.isSquaredNorm && p >= 0.5
    isConcave = inner.isConcave && hasEvenRoot && p > 0 && p < 1
    isSquaredNorm = inner.isLinear && p == 2
    isLogConvex = p > 0 ? inner.isLogConvex : inner.isLogConcave
    isLogConcave = p > 0 ? inner.isLogConcave : inner.isLogConvex
    isConvex = isConvex || isLogConvex
  }

  /// A function of parts.
  fileprivate init(_ curvature: Function.Curvature?, of parts: [(expr: Expr, convexity: Convexity)]) {
    guard let curvature else { return }
    isPiecewiseLinear = curvature.isPiecewiseLinear && parts.allSatisfy(\.convexity.isPiecewiseLinear)
    let areConvex = parts.allSatisfy {
      $0.convexity.isLinear
        || $0.convexity.isConvex && (curvature.direction == .rising || $0.expr.isNowhereNegative)
    }
    let areConcave = parts.allSatisfy {
      $0.convexity.isLinear || $0.convexity.isConcave && curvature.direction == .rising
    }
    isConvex = curvature.bend == .convex && areConvex
    isConcave = curvature.bend == .concave && areConcave
    isLogConvex = curvature.logarithm == .convex && areConvex
    isLogConcave = curvature.logarithm == .concave && areConcave
    // 1 + u is log-convex with u, but not log-concave with it.
    if curvature.logarithmOf != nil { isConvex = parts.allSatisfy(\.convexity.isLogConvex) }
    if curvature.logarithmOf == .argument, parts.allSatisfy(\.convexity.isLogConcave) { isConcave = true }
  }
}
