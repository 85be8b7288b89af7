extension Expr {
  /// How hard the printed form is to read: its length in the plain format without spaces, 3 for each bracket
  /// around another, 5 for each fraction inside a fraction. Bars cost what `abs(…)` is long: where one begins and one
  /// ends must be found.
  ///
  /// The length is reckoned on the tree, without printing it; terms and factors in any order cost the same.
  package var cost: Int {
    if size <= 200, depth <= 30 { return costOfTree }
    var costs = ExprMap<Int>()
    for part in distinctSubexpressions() { costs[part] = part.cost { costs[$0] ?? $0.cost } }
    return costs[self] ?? 0
  }

  /// The same for what is small enough to be walked without a memory.
  private var costOfTree: Int { cost { $0.costOfTree } }

  /// The cost by that of the parts.
  private func cost(_ cost: (Expr) -> Int) -> Int {
    switch shape {
    case .number(let number): return number.printedLength
    case .constant(let constant): return constant == .pi ? 2 : 1
    case .variable(let variable): return variable.name.utf8.count
    case .element(let family, let place):
      return family.name.utf8.count + 2 + place.bound.name.utf8.count + (place.offset == 0 ? 0 : 2)
    case .sum(let terms):
      // A sign between the terms, one before a first negative one only where all are negative.
      let signs = terms.filter { $0.coefficientAndFactors.0.isNegative }.count
      return terms.reduce(terms.count - 1) { $0 + cost($1) } - signs + (signs == terms.count ? 1 : 0)
    case .product(let factors): return Self.cost(ofFactors: factors, cost)
    case .power(let base, let exponent):
      if exponent.asNumber?.isNegative == true { return Self.cost(ofFactors: [self], cost) }
      return Self.cost(ofPower: base, exponent, cost)
    case .call(let function, let arguments):
      let brackets = isBareCall ? 0 : arguments.count + 1
      return arguments.reduce(function.name.utf8.count + brackets) { $0 + cost($1) }
    case .fold(let fold): return cost(fold.body) + 12
    }
  }

  /// Numerator over denominator.
  private static func cost(ofFactors factors: [Expr], _ cost: (Expr) -> Int) -> Int {
    var (above, below) = (0, 0)
    var (countAbove, countBelow) = (0, 0)
    var result = 0
    for factor in factors {
      if let number = factor.asNumber {
        if let value = number.rational, !number.isDecimal, !value.isInteger {
          below += value.denominator.description.utf8.count
          countBelow += 1
          if !value.numerator.magnitude.isOne {
            above += value.numerator.description.utf8.count
            countAbove += 1
          } else if value.isNegative {
            result += 1
          }
        } else if number.isMinusOne {
          result += 1
        } else {
          above += number.printedLength
          countAbove += 1
        }
        continue
      }
      let (base, exponent) = factor.baseAndExponent
      if let power = exponent.asNumber, power.isNegative {
        let inverse = Expr.power(base, .number(-power))
        if case .power(let root, let positive) = inverse.shape {
          below += Self.cost(ofPower: root, positive, cost)
        } else {
          below += cost(inverse) + (inverse.isSum ? 2 : 0)
        }
        if base.hasDenominator { result += 5 }
        countBelow += 1
      } else {
        above += factor.isSum ? cost(factor) + (factor.hasBrackets ? 5 : 2) : cost(factor)
        if factor.hasDenominator { result += 5 }
        countAbove += 1
      }
    }
    if countBelow > 0, countAbove > 0, factors.contains(where: \.isBareCall) { above += 2 }
    if countBelow > 0 {
      result += 1 + max(1, above) + below + (countBelow > 1 ? 2 : 0)
      return result
    }
    return result + above
  }

  private static func cost(ofPower base: Expr, _ exponent: Expr, _ cost: (Expr) -> Int) -> Int {
    if exponent.asNumber?.hasSameValue(as: .half) == true { return cost(base) + 6 }
    var result = cost(base) + 1 + cost(exponent)
    if base.isBareCall { result += 2 }
    if base.needsBracketsInPower { result += base.hasBrackets ? 5 : 2 }
    if exponent.needsBracketsInPower { result += 2 }
    return result
  }

  private var needsBracketsInPower: Bool {
    switch shape {
    case .sum, .product, .fold, .power: true
    case .number(let number): number.isNegative || !number.isInteger
    case .constant, .variable, .element, .call: false
    }
  }

  /// Whether it is a function of one letter or number, written without brackets: sin x.
  private var isBareCall: Bool {
    guard case .call(let function, let arguments) = shape, function.takesBareArgument, arguments.count == 1
    else {
      return false
    }
    switch arguments[0].shape {
    case .variable(let variable): return variable.name.utf8.count == 1
    case .number(let number): return number.isInteger && !number.isNegative
    case .constant(let constant): return constant == .pi
    default: return false
    }
  }

  /// Whether a bracket would show inside.
  private var hasBrackets: Bool {
    switch shape {
    case .sum(let parts): parts.contains(where: \.hasBrackets)
    case .product(let parts): parts.contains { $0.isSum || $0.hasBrackets }
    case .power(let base, _): base.isSum
    case .number, .constant, .variable, .element, .call, .fold: false
    }
  }

  /// Whether a fraction would show inside.
  var hasDenominator: Bool {
    switch shape {
    case .sum(let parts), .product(let parts): parts.contains(where: \.hasDenominator)
    case .power(let base, let exponent): exponent.asNumber?.isNegative == true || base.hasDenominator
    case .number, .constant, .variable, .element, .call, .fold: false
    }
  }
}

extension Number {
  fileprivate var printedLength: Int {
    if let text = decimalText { return text.utf8.count }
    guard let value = rational else { return 8 }
    let whole = value.numerator.printedLength
    return value.isInteger ? whole : whole + 1 + value.denominator.printedLength
  }
}

extension Integer {
  /// How many characters it has; where these are many, one more at most.
  fileprivate var printedLength: Int {
    if let value = small { return String(value).utf8.count }
    // A binary digit is less than 0.30103 decimal ones.
    return (isNegative ? 1 : 0) + bitLength * 30_103 / 100_000 + 1
  }
}
