extension Expr {
  /// Whether it stands for no value, as where no case of a piecewise formula holds.
  package var isUndefined: Bool {
    if case .number(let number) = shape { return number.isUndefined }
    return false
  }

  /// What a node knows of itself without a walk.
  @usableFromInline struct Facts: Sendable {
    enum Sign: Sendable { case unknown, nonnegative, positive }

    @usableFromInline var size = 1
    var mask: UInt64 = 0
    /// The key of the first variable, 0 where there is none: the first thing that the order of expressions asks.
    var lead: UInt64 = 0
    @usableFromInline var depth: Int32 = 1
    @usableFromInline var foldLevel: Int32 = 0
    var hasCalls = false
    /// Whether it is a logarithm, of the functions the only ones that may have a stable form.
    var isLogarithm = false
    /// Whether it holds nothing but numbers, variables, sums, products and powers to positive whole exponents.
    var isPolynomial = false
    /// Whether it is made of numbers and even powers alone, as what may be a square with a sign; of a sum, whether its two
    /// terms are.
    var isSquareLike = false
    /// Whether a sum does not keep it as a term: a number, a + b, −(a + b).
    @usableFromInline var joinsSums = false
    var isDefinedEverywhere = true
    var sign = Sign.unknown

    /// A function, which borrows the shape that an initializer would own.
    static func of(_ shape: Shape) -> Facts {
      var facts = Facts()
      facts.gather(shape)
      return facts
    }

    private init() {}

    private mutating func gather(_ shape: Shape) {
      switch shape {
      case .number(let number):
        isPolynomial = true
        isSquareLike = true
        joinsSums = true
        isDefinedEverywhere = number.double.isFinite || number.isExact
        sign = number.isZero ? .nonnegative : number.isNegative ? .unknown : .positive
        if !isDefinedEverywhere { sign = .unknown }
      case .constant: sign = .positive
      case .variable(let variable):
        isPolynomial = true
        lead = variable.key
        if !variable.isIndex { mask = 1 << (Expr.bit(of: variable)) }
      case .element(let family, _):
        isPolynomial = true
        lead = Variable(family.name).key
        mask = .max
      case .sum(let terms):
        isPolynomial = true
        joinsSums = true
        gather(terms)
        isSquareLike = terms.count == 2 && terms.allSatisfy { $0.node.facts.isSquareLike }
        if terms.allSatisfy(\.isNonnegative) {
          sign = terms.contains(where: \.isPositive) ? .positive : .nonnegative
        }
      case .product(let factors):
        isPolynomial = true
        gather(factors)
        isSquareLike = factors.allSatisfy { $0.node.facts.isSquareLike }
        joinsSums = factors.count == 2 && factors[1].isSum && factors[0] == .minusOne
        if factors.allSatisfy(\.isPositive) {
          sign = .positive
        } else if factors.allSatisfy(\.isNonnegative) {
          sign = .nonnegative
        }
      case .power(let base, let exponent):
        if case .number(let number) = exponent.shape {
          if let power = number.small { isPolynomial = power > 0 }
          isSquareLike = number.small.map { $0 % 2 == 0 } ?? true
        }
        gather(base)
        gather(exponent)
        let power = PowerFacts(base, exponent)
        isDefinedEverywhere = isDefinedEverywhere && power.isDefinedWhereItsPartsAre
        sign = power.sign
      case .call(let function, let arguments):
        gather(arguments)
        hasCalls = true
        isLogarithm = function.isLogarithm
        isDefinedEverywhere = isDefinedEverywhere && function.isDefinedEverywhere
        sign =
          function.range == .positive ? .positive : function.range == .nonnegative ? .nonnegative : .unknown
      case .fold(let fold):
        gather(fold.body)
        foldLevel = Swift.max(foldLevel, Int32(clamping: fold.index.indexLevel))
        sign = fold.body.node.facts.sign
      }
    }

    private mutating func gather(_ parts: [Expr]) { for part in parts { gather(part) } }

    private mutating func gather(_ part: Expr) {
      let facts = part.node.facts
      depth = Swift.max(depth, facts.depth + 1)
      size = Swift.min(size &+ facts.size, Int.max / 4)
      mask |= facts.mask
      foldLevel = Swift.max(foldLevel, facts.foldLevel)
      hasCalls = hasCalls || facts.hasCalls
      isPolynomial = isPolynomial && facts.isPolynomial
      if lead == 0 { lead = facts.lead }
      isDefinedEverywhere = isDefinedEverywhere && facts.isDefinedEverywhere
    }
  }

  /// What is known of a power before it is built.
  struct PowerFacts {
    var isDefinedWhereItsPartsAre = false
    var sign = Facts.Sign.unknown

    init(_ base: Expr, _ exponent: Expr) {
      if base.isPositive {
        isDefinedWhereItsPartsAre = true
        sign = .positive
        return
      }
      if base.isNonnegative { sign = .nonnegative }
      guard case .number(let number) = exponent.shape, let power = number.rational else { return }
      let hasRealRoot = power.denominator.isOdd || base.isNonnegative
      isDefinedWhereItsPartsAre = !power.isNegative && hasRealRoot
      if power.denominator.isOdd, !power.numerator.isOdd { sign = .nonnegative }
      if !power.denominator.isOdd { sign = .nonnegative }
    }
  }

  /// The bit of `mask` that stands for a variable.
  package static func bit(of variable: Variable) -> UInt64 {
    ((variable.key &+ UInt64(variable.name.utf8.count)) &* 0x9E37_79B9_7F4A_7C15) >> 58
  }

  /// Whether a variable or an element of a family occurs that no fold binds.
  package var varies: Bool { mask != 0 }

  /// Whether the variable may occur; a cheap look that can say yes in vain, never no in vain.
  package func mayContain(_ variable: Variable) -> Bool { mask & (1 << Expr.bit(of: variable)) != 0 }
}
