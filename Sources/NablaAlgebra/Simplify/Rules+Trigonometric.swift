private let u = Pattern.u
private let (sin, cos, tan): (Function, Function, Function) = (.sin, .cos, .tan)
private let (cot, sec, csc): (Function, Function, Function) = (.cot, .sec, .csc)
private let (sinh, cosh, tanh): (Function, Function, Function) = (.sinh, .cosh, .tanh)
private let (coth, sech, csch): (Function, Function, Function) = (.coth, .sech, .csch)

extension Rule {
  /// The functions that these rules speak of.
  static let circular: [Function] = [sin, cos, tan, cot, sec, csc, sinh, cosh, tanh, coth, sech, csch]

  /// Those of them that are one over another.
  static let circularReciprocals: [Function] = [sec, csc, sech, csch]

  /// Squares whose sum or difference is 1, with any common multiplier.
  static let identities: List = [
    Rule("sin² + cos² = 1", sin(u).squared + cos(u).squared, 1),
    Rule("cosh² − sinh² = 1", cosh(u).squared - sinh(u).squared, 1),
    Rule("sec² − tan² = 1", sec(u).squared - tan(u).squared, 1),
    Rule("csc² − cot² = 1", csc(u).squared - cot(u).squared, 1),
    Rule("tanh² + sech² = 1", tanh(u).squared + sech(u).squared, 1),
    Rule("coth² − csch² = 1", coth(u).squared - csch(u).squared, 1),
    Rule("1 − sin² = cos²", 1 - sin(u).squared, cos(u).squared),
    Rule("1 − cos² = sin²", 1 - cos(u).squared, sin(u).squared),
    Rule("1 + tan² = sec²", 1 + tan(u).squared, sec(u).squared),
    Rule("sec² − 1 = tan²", sec(u).squared - 1, tan(u).squared),
    Rule("1 + cot² = csc²", 1 + cot(u).squared, csc(u).squared),
    Rule("csc² − 1 = cot²", csc(u).squared - 1, cot(u).squared),
    Rule("1 + sinh² = cosh²", 1 + sinh(u).squared, cosh(u).squared),
    Rule("cosh² − 1 = sinh²", cosh(u).squared - 1, sinh(u).squared),
    Rule("1 − tanh² = sech²", 1 - tanh(u).squared, sech(u).squared),
    Rule("1 − sech² = tanh²", 1 - sech(u).squared, tanh(u).squared),
  ]

  /// Quotients and products of circular and hyperbolic functions of one argument that are one function.
  static let quotients: List = [
    Rule("sin/cos = tan", sin(u) / cos(u), tan(u)),
    Rule("cos/sin = cot", cos(u) / sin(u), cot(u)),
    Rule("tan/sec = sin", tan(u) / sec(u), sin(u)),
    Rule("tan·cos = sin", tan(u) * cos(u), sin(u), where: cos(u)),
    Rule("sec·cos = 1", sec(u) * cos(u), 1, where: cos(u)),
    Rule("cot·sin = cos", cot(u) * sin(u), cos(u), where: sin(u)),
    Rule("csc·sin = 1", csc(u) * sin(u), 1, where: sin(u)),
    Rule("tan·cot = 1", tan(u) * cot(u), 1, where: sin(u)),
    Rule("tan/sin = sec", tan(u) / sin(u), sec(u), where: sin(u)),
    Rule("sec²/tan² = csc²", sec(u).squared / tan(u).squared, csc(u).squared),
    Rule("sec/tan = csc", sec(u) / tan(u), csc(u)),
    Rule("csc/cot = sec", csc(u) / cot(u), sec(u)),
    Rule("cot/csc = cos", cot(u) / csc(u), cos(u), where: sin(u)),
    Rule("tan/cos = sec·tan", tan(u) / cos(u), sec(u) * tan(u)),
    Rule("cot/sin = csc·cot", cot(u) / sin(u), csc(u) * cot(u)),
    Rule("sec/cos = sec²", sec(u) / cos(u), sec(u).squared),
    Rule("csc/sin = csc²", csc(u) / sin(u), csc(u).squared),
    Rule("sinh/cosh = tanh", sinh(u) / cosh(u), tanh(u)),
    Rule("cosh/sinh = coth", cosh(u) / sinh(u), coth(u)),
    Rule("tanh·cosh = sinh", tanh(u) * cosh(u), sinh(u)),
    Rule("sech·cosh = 1", sech(u) * cosh(u), 1),
    Rule("tanh/cosh = sech·tanh", tanh(u) / cosh(u), sech(u) * tanh(u)),
  ]

  /// 2 sin u cos u and cos²u − sin²u, which every table has as sin 2u and cos 2u.
  static let doubleAngles: List = [
    Rule("2 sin·cos = sin of the double", 2 * sin(u) * cos(u), sin(2 * u)),
    Rule("cos² − sin² = cos of the double", cos(u).squared - sin(u).squared, cos(2 * u)),
    Rule("2 sinh·cosh = sinh of the double", 2 * sinh(u) * cosh(u), sinh(2 * u)),
    Rule("cosh² + sinh² = cosh of the double", cosh(u).squared + sinh(u).squared, cosh(2 * u)),
  ]

  /// One over a sine or a cosine by its name.
  static let reciprocals: List = [
    Rule("1/cos = sec", 1 / cos(u), sec(u)),
    Rule("1/sin = csc", 1 / sin(u), csc(u)),
    Rule("1/cosh = sech", 1 / cosh(u), sech(u)),
    Rule("1/sinh = csch", 1 / sinh(u), csch(u)),
    Rule("sin·sec = tan", sin(u) * sec(u), tan(u)),
    Rule("cos·csc = cot", cos(u) * csc(u), cot(u)),
    Rule("sinh·sech = tanh", sinh(u) * sech(u), tanh(u)),
    Rule("cosh·csch = coth", cosh(u) * csch(u), coth(u)),
  ]

  /// (1 ± cos 2u)/2 and (cosh 2u ± 1)/2, which are squares.
  static let halfAngles: List = [
    Rule("(1 ± cos 2u)/2 is a square", of: [.sum, .product]) { whole in
      switch whole.shape {
      case .sum(let terms):
        return terms.count == 2 ? squareOfHalf(terms[0], terms[1]).map { Result($0) } : nil
      case .product(let factors):
        guard let number = factors[0].asNumber, !number.isInteger else { return nil }
        for (place, factor) in factors.enumerated() {
          guard case .sum(let terms) = factor.shape, terms.count == 2,
            let square = squareOfHalf(factors[0] * terms[0], factors[0] * terms[1])
          else { continue }
          var rest = factors
          rest.remove(at: place)
          rest[0] = square
          return Result(.product(rest))
        }
        return nil
      default: return nil
      }
    }
  ]

  /// c/2 ± c·cos(2u)/2 as c·cos²u or c·sin²u, c·cosh(2u)/2 ± c/2 as c·cosh²u or c·sinh²u, for whole c.
  private static func squareOfHalf(_ first: Expr, _ second: Expr) -> Expr? {
    for (wave, other) in [(first, second), (second, first)] {
      for call in wave.factors {
        guard let angle = call.argument(of: cos) ?? call.argument(of: cosh) else { continue }
        let isHyperbolic = call.argument(of: cosh) != nil
        let rest = Expr.product(wave.factors.filter { $0 != call })
        let (number, half) = (other.coefficientAndFactors.0, angle * .number(.half))
        guard number.isExact, !number.isDecimal, !number.isInteger, (number * 2).isInteger,
          half.contentAndRest == nil, half.coefficientAndFactors.0.isInteger
        else { continue }
        if other == rest { return 2 * rest * .power(.call(isHyperbolic ? cosh : cos, [half]), 2) }
        if other == -rest {
          return isHyperbolic
            ? 2 * rest * .power(.call(sinh, [half]), 2) : 2 * other * .power(.call(sin, [half]), 2)
        }
      }
    }
    return nil
  }
}
