import NablaBasics

extension Expr {
  /// Sines and cosines of sums and of multiples up to four by those of their parts, tangents as quotients of them; nil where
  /// fewer than two functions could meet.
  ///
  ///     sin(x + y)   becomes   sin x cos y + cos x sin y
  ///     cos(2x)      becomes   2cos²(x) − 1
  var withAnglesOpened: Expr? {
    let circular: [Function] = [.sin, .cos, .tan, .cot, .sec, .csc]
    var count = 0
    for part in distinctSubexpressions() {
      guard case .call(let function, _) = part.shape, circular.contains(function) else { continue }
      count += 1
      if count > 12 { return nil }
    }
    guard count > 1 else { return nil }
    let opened = rebuilt { part in
      guard case .call(let function, let arguments) = part.shape, circular.contains(function),
        let (sine, cosine) = arguments[0].openedSineAndCosine
      else { return nil }
      switch function {
      case .sin: return sine
      case .cos: return cosine
      case .tan: return sine / cosine
      case .cot: return cosine / sine
      case .sec: return cosine.reciprocal
      default: return sine.reciprocal
      }
    }
    return opened == self ? nil : opened
  }

  /// The sine and the cosine of an angle by those of its parts; nil for an angle without parts.
  private var openedSineAndCosine: (sine: Expr, cosine: Expr)? {
    if case .sum(let terms) = shape {
      guard terms.count <= 3 else { return nil }
      var (sine, cosine) = (Expr.zero, Expr.one)
      for term in terms {
        let (s, c) = term.openedSineAndCosine ?? (sin(term), cos(term))
        (sine, cosine) = (sine * c + cosine * s, cosine * c - sine * s)
      }
      return (sine, cosine)
    }
    let (number, factors) = coefficientAndFactors
    guard let count = number.small, (2...4).contains(abs(count)), number.isExact, multipleOfPi == nil else {
      return nil
    }
    let angle = Expr.product(Array(factors))
    let (s, c) = (sin(angle), cos(angle))
    let sign = Expr.integer(count.signum())
    switch abs(count) {
    case 2: return (sign * 2 * s * c, 2 * c.squared - 1)
    case 3: return (sign * (3 * s - 4 * .power(s, 3)), 4 * .power(c, 3) - 3 * c)
    default:
      return (
        sign * (4 * s * .power(c, 3) - 4 * .power(s, 3) * c), 8 * .power(c, 4) - 8 * c.squared + 1
      )
    }
  }

  /// Sums of e^u and e^(−u) as sinh u and cosh u, whatever the u.
  var withAllExponentialsJoined: Expr {
    guard case .sum(let terms) = shape, terms.count <= 24 else { return self }
    var result = self
    for term in terms {
      for factor in term.factors {
        guard case .power(let base, let exponent) = factor.shape, base.isE, exponent.varies,
          !exponent.coefficientAndFactors.0.isNegative
        else { continue }
        result = result.joiningExponentials(of: exponent)
      }
    }
    return result
  }

  /// Hyperbolic functions as exponentials, and all exponentials of multiples of one argument as powers of the smallest, in
  /// textbook form; nil where there are not two of one argument.
  ///
  ///     1 − 1/(1 + e^(−x))   becomes   1/(eˣ + 1), as 1 − 1/(1 + 1/t) is 1/(t + 1)
  func inOneExponential(
    _ budget: inout Budget
  ) throws(Budget.Overrun) -> (expression: Expr, conditions: [Rule.Condition])? {
    let plain = withoutHyperbolicFunctions
    var multiples: [Expr: [Rational]] = [:]
    for part in plain.distinctSubexpressions() {
      guard case .power(let base, let exponent) = part.shape, base.isE, let (number, rest) = exponent.multiple
      else { continue }
      multiples[rest, default: []].append(number)
    }
    let shared = multiples.filter { $0.value.count > 1 || $0.value.contains(where: \.isNegative) }
    guard shared.count == 1, let (argument, numbers) = shared.first,
      let unit = numbers.map(\.magnitude).min(),
      numbers.allSatisfy({ $0.divided(by: unit)?.isInteger == true })
    else { return nil }
    // No typed variable has such a name.
    let letter = Variable("?t")
    let inLetter = plain.rebuilt { part in
      guard case .power(let base, let exponent) = part.shape, base.isE,
        let (number, rest) = exponent.multiple,
        rest == argument, let count = number.divided(by: unit)
      else { return nil }
      return .power(.variable(letter), .number(Number(count)))
    }
    guard !inLetter.distinctSubexpressions().contains(argument) || argument.isVariable else { return nil }
    let outcome = try TextbookForm().form(of: inLetter, budget: &budget)
    let values = [letter: exp(.number(Number(unit)) * argument)]
    let conditions = outcome.conditions.map {
      Rule.Condition(subject: $0.subject.substituting(values), kind: $0.kind)
    }
    return (outcome.expression.substituting(values), conditions.filter { !$0.subject.isPositive })
  }

  private var withoutHyperbolicFunctions: Expr {
    rebuilt { part in
      guard case .call(let function, let arguments) = part.shape, arguments.count == 1 else { return nil }
      let (up, down) = (exp(arguments[0]), exp(arguments[0].negated))
      switch function {
      case .sinh: return (up - down) / 2
      case .cosh: return (up + down) / 2
      case .tanh: return (up - down) / (up + down)
      case .coth: return (up + down) / (up - down)
      case .sech: return 2 / (up + down)
      case .csch: return 2 / (up - down)
      case .sigmoid: return up / (up + 1)
      default: return nil
      }
    }
  }

  /// A rational multiple of what varies.
  private var multiple: (number: Rational, rest: Expr)? {
    let (number, factors) = coefficientAndFactors
    guard number.isExact, !number.isDecimal, let value = number.rational, varies, !isSum else { return nil }
    return (value, .product(Array(factors)))
  }

  private var isVariable: Bool { if case .variable = shape { true } else { false } }
}
