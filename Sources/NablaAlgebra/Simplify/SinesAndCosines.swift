/// Sines and cosines alone: the common ground on which secants, tangents and half angles meet.
///
///     sec u·tan u + csc u                          sin u/cos²u + 1/sin u
///     sec²(u/2)/(a·sec²(u/2) + 2b·tan(u/2))        1/(a + 2b·sin(u/2)·cos(u/2))
extension Expr {
  /// Tangents, cotangents, secants and cosecants written with sines and cosines, hyperbolic ones as well; nil where
  /// no two different ones of one argument, or of one and its half, meet.
  var inSinesAndCosines: Expr? {
    var met: [(function: Function, argument: Expr)] = []
    for part in distinctSubexpressions() {
      guard case .call(let function, let arguments) = part.shape, arguments.count == 1,
        CircularQuotient.all[function] != nil || CircularQuotient.grounds.contains(function)
      else { continue }
      met.append((function, arguments[0]))
      if met.count > 12 { return nil }
    }
    let hasQuotients = met.contains { CircularQuotient.all[$0.function] != nil }
    let doMeet = met.indices.contains { first in
      met.indices.dropFirst(first + 1).contains { second in
        let (u, v) = (met[first].argument, met[second].argument)
        return u == v && (hasQuotients || u.isHalf) || u == 2 * v || v == 2 * u
      }
    }
    guard doMeet else { return nil }
    return rebuilt { part in
      guard case .call(let function, let arguments) = part.shape, arguments.count == 1 else { return nil }
      return CircularQuotient.all[function]?.expression(of: arguments[0])
    }
  }

  /// Even products of sines and cosines of half an angle, written with the whole angle.
  ///
  ///     2·sin(x/2)·cos(x/2)   becomes   sin x
  ///     a·cos²(x/2)           becomes   a/2 + a·cos(x)/2
  var withHalfAnglesJoined: Expr {
    rebuilt { part in
      switch part.shape {
      case .product: HalfAngleProduct(part)?.joined
      case .power(let base, let exponent):
        if base.isSum, let power = exponent.asNumber, power.magnitude == 2, base.holdsHalfAngle,
          let square = base.squared.expanded(highestPower: 2, maximumTerms: 20)
        {
          .power(square.withHalfAnglesJoined, power.isNegative ? .minusOne : .one)
        } else {
          HalfAngleProduct(part)?.joined
        }
      case .sum: part.expanded(maximumTerms: 40)
      case .number, .constant, .variable, .element, .call, .fold: nil
      }
    }
  }

  /// Sums of e^u and e^(−u) written with sinh u and cosh u, where these occur besides; nil where there is none.
  var withExponentialsJoined: Expr? {
    var arguments: [Expr] = []
    for part in distinctSubexpressions() {
      guard case .call(let function, let parts) = part.shape, function == .sinh || function == .cosh,
        !arguments.contains(parts[0])
      else { continue }
      arguments.append(parts[0])
      if arguments.count > 4 { return nil }
    }
    if arguments.isEmpty { return nil }
    let joined = rebuilt { part in
      guard case .sum(let terms) = part.shape, terms.count <= 24 else { return nil }
      return arguments.reduce(part) { $0.joiningExponentials(of: $1) }
    }
    return joined == self ? nil : joined
  }

  /// c·e^u + c·e^(−u) as 2c·cosh u, c·e^u − c·e^(−u) as 2c·sinh u.
  func joiningExponentials(of argument: Expr) -> Expr {
    guard case .sum(var terms) = shape else { return self }
    let (rising, falling) = (exp(argument), exp(argument.negated))
    for (place, term) in terms.enumerated() {
      guard term.factors.contains(rising) else { continue }
      let rest = Expr.product(term.factors.filter { $0 != rising })
      for (function, partner) in [(Function.cosh, rest * falling), (.sinh, -rest * falling)] {
        guard let other = terms.firstIndex(of: partner) else { continue }
        terms[place] = 2 * rest * .call(function, [argument])
        terms.remove(at: other)
        return Expr.sum(terms).joiningExponentials(of: argument)
      }
    }
    return self
  }
}

/// A function that is sinᵐ·cosⁿ, or sinhᵐ·coshⁿ, of its argument.
private struct CircularQuotient {
  let sine: Function
  let cosine: Function
  let sinePower: Int
  let cosinePower: Int

  func expression(of argument: Expr) -> Expr {
    .product([
      .power(.call(sine, [argument]), .integer(sinePower)),
      .power(.call(cosine, [argument]), .integer(cosinePower)),
    ])
  }

  static let grounds: [Function] = [.sin, .cos, .sinh, .cosh]

  static let all: [Function: CircularQuotient] = [
    .tan: .init(sine: .sin, cosine: .cos, sinePower: 1, cosinePower: -1),
    .cot: .init(sine: .sin, cosine: .cos, sinePower: -1, cosinePower: 1),
    .sec: .init(sine: .sin, cosine: .cos, sinePower: 0, cosinePower: -1),
    .csc: .init(sine: .sin, cosine: .cos, sinePower: -1, cosinePower: 0),
    .tanh: .init(sine: .sinh, cosine: .cosh, sinePower: 1, cosinePower: -1),
    .coth: .init(sine: .sinh, cosine: .cosh, sinePower: -1, cosinePower: 1),
    .sech: .init(sine: .sinh, cosine: .cosh, sinePower: 0, cosinePower: -1),
    .csch: .init(sine: .sinh, cosine: .cosh, sinePower: -1, cosinePower: 0),
  ]
}

/// A product that holds sines and cosines of one half angle, an even number of them on one side of the line.
private struct HalfAngleProduct {
  private var others: [Expr] = []
  private var sines = 0
  private var cosines = 0
  private var angle: Expr?
  private var isHyperbolic = false

  init?(_ product: Expr) {
    for factor in product.factors {
      let (base, exponent) = factor.baseAndExponent
      guard case .call(let function, let arguments) = base.shape, let power = exponent.asNumber?.small,
        (-8...8).contains(power), [.sin, .cos, .sinh, .cosh].contains(function), arguments[0].isHalf,
        angle == nil
          || angle == arguments[0]
            && isHyperbolic == (function == .sinh || function == .cosh)
      else {
        others.append(factor)
        continue
      }
      angle = arguments[0]
      isHyperbolic = function == .sinh || function == .cosh
      if function == .sin || function == .sinh { sines += power } else { cosines += power }
    }
    guard angle != nil, (sines + cosines).isMultiple(of: 2), sines * cosines >= 0 else { return nil }
  }

  /// sin·cos = sin 2u/2, sin² = (1 − cos 2u)/2, cos² = (1 + cos 2u)/2, and sinh² = (cosh 2u − 1)/2.
  var joined: Expr? {
    guard let angle else { return nil }
    let whole = 2 * angle
    let cosine = Expr.call(isHyperbolic ? .cosh : .cos, [whole])
    let mixed = Expr.call(isHyperbolic ? .sinh : .sin, [whole]) * .number(.half)
    let shared = sines < 0 || cosines < 0 ? max(sines, cosines) : min(sines, cosines)
    let square: Expr =
      sines == shared ? .one + cosine : isHyperbolic ? cosine - 1 : .one - cosine
    let left = (sines + cosines) / 2 - shared
    return .product(
      others + [.power(mixed, .integer(shared)), .power(square * .number(.half), .integer(left))])
  }
}

extension Expr {
  /// Whether a term of a sum has a sine or a cosine of a half angle as a factor.
  fileprivate var holdsHalfAngle: Bool {
    children.contains { term in
      term.factors.contains { factor in
        CircularQuotient.grounds.contains { factor.argument(of: $0)?.isHalf == true }
      }
    }
  }

  /// Whether it is half of something whole: x/2, a/2 + 3b/2.
  fileprivate var isHalf: Bool {
    let terms = if case .sum(let terms) = shape { terms } else { [self] }
    let numbers = terms.map { $0.coefficientAndFactors.0 }
    return numbers.contains { !$0.isInteger }
      && numbers.allSatisfy { $0.isExact && !$0.isDecimal && ($0 * 2).isInteger }
  }
}
