/// A polynomial in up to sixteen kernels, parts of a formula that algebra need not look into: x, sin x, √x, e^x.
///
///     (x + y)·(x − y)   has the terms   x², −y²
///
/// The kernels are known by their places; `Kernels` says what they are. Operations that would have more than
/// `mostTerms` terms answer nil.
struct KernelPolynomial: Hashable {
  typealias Exponents = SIMD16<UInt16>

  /// A coefficient and the exponents of the kernels.
  struct Term: Hashable {
    var exponents: Exponents
    var coefficient: Number
  }

  /// The terms that are not zero, falling by the exponents of the first kernels.
  private(set) var terms: [Term]

  /// The most terms that are worked with.
  static let mostTerms = 150
  /// The longest coefficient of a product, numerator and denominator together, in bits.
  static let mostBits = 4_096
  /// The most kernels.
  static let mostKernels = 16
  /// The highest power of one kernel.
  static let highestPower = 1 << 14

  static let zero = KernelPolynomial(sorted: [])
  static let one = KernelPolynomial(.one)

  private init(sorted terms: [Term]) { self.terms = terms }

  init(_ number: Number) { terms = number.isZero ? [] : [Term(exponents: .zero, coefficient: number)] }

  /// A power of one kernel.
  init(kernel place: Int, power: Int = 1) {
    var exponents = Exponents.zero
    exponents[place] = UInt16(clamping: power)
    terms = [Term(exponents: exponents, coefficient: .one)]
  }

  /// Collects terms in any order.
  init(collecting terms: [Term]) {
    let sorted = terms.sorted { Self.isAbove($0.exponents, $1.exponents) }
    var result: [Term] = []
    result.reserveCapacity(sorted.count)
    for term in sorted {
      if let last = result.indices.last, result[last].exponents == term.exponents {
        result[last].coefficient = result[last].coefficient + term.coefficient
      } else {
        if let last = result.last, last.coefficient.isZero { result.removeLast() }
        result.append(term)
      }
    }
    if let last = result.last, last.coefficient.isZero { result.removeLast() }
    self.terms = result
  }

  static func isAbove(_ a: Exponents, _ b: Exponents) -> Bool {
    if a == b { return false }
    for place in 0..<mostKernels where a[place] != b[place] { return a[place] > b[place] }
    return false
  }

  var isZero: Bool { terms.isEmpty }
  /// Whether no kernel occurs.
  var isConstant: Bool { terms.allSatisfy { $0.exponents == .zero } }
  var count: Int { terms.count }

  /// The highest power of each kernel.
  var degrees: Exponents {
    terms.reduce(into: .zero) { $0.replace(with: $1.exponents, where: $1.exponents .> $0) }
  }

  /// The places of the kernels that occur.
  var kernels: [Int] {
    let degrees = degrees
    return (0..<Self.mostKernels).filter { degrees[$0] > 0 }
  }

  // MARK: Arithmetic

  static func + (a: Self, b: Self) -> Self { Self(collecting: a.terms + b.terms) }
  static func - (a: Self, b: Self) -> Self { a + b.scaled(by: .minusOne) }

  func scaled(by number: Number) -> Self {
    if number.isZero { return .zero }
    return Self(sorted: terms.map { Term(exponents: $0.exponents, coefficient: $0.coefficient * number) })
  }

  /// The product; nil where it is too long or too high.
  func multiplied(by other: Self) -> Self? {
    guard count <= Self.mostTerms, other.count <= Self.mostTerms, count * other.count <= 4 * Self.mostTerms
    else { return nil }
    // Common divisors of polynomials would multiply long numbers for minutes.
    guard longestCoefficient + other.longestCoefficient <= Self.mostBits else { return nil }
    let (high, otherHigh) = (degrees, other.degrees)
    for place in 0..<Self.mostKernels where Int(high[place]) + Int(otherHigh[place]) > Self.highestPower {
      return nil
    }
    var all: [Term] = []
    all.reserveCapacity(count * other.count)
    for a in terms {
      for b in other.terms {
        all.append(Term(exponents: a.exponents &+ b.exponents, coefficient: a.coefficient * b.coefficient))
      }
    }
    let product = Self(collecting: all)
    return product.count <= Self.mostTerms ? product : nil
  }

  /// The bits of the longest coefficient, numerator and denominator together.
  private var longestCoefficient: Int {
    terms.reduce(0) { longest, term in
      guard let number = term.coefficient.rational else { return longest }
      return max(longest, number.numerator.bitLength + number.denominator.bitLength)
    }
  }

  /// The power for a whole exponent from 0 to 24.
  func power(_ exponent: Int) -> Self? {
    guard (0...24).contains(exponent) || count == 1 && (0...1_000).contains(exponent) else { return nil }
    var result: Self? = .one
    for _ in 0..<exponent { result = result?.multiplied(by: self) }
    return result
  }

  /// The quotient where nothing remains.
  func dividedExactly(by divisor: Self) -> Self? {
    guard let lead = divisor.terms.first else { return nil }
    if divisor.isConstant { return Number.one.divided(by: lead.coefficient).map(scaled(by:)) }
    var rest = self
    var quotient: [Term] = []
    while let first = rest.terms.first {
      guard all(first.exponents .>= lead.exponents), quotient.count < Self.mostTerms,
        let share = first.coefficient.divided(by: lead.coefficient)
      else { return nil }
      let exponents = first.exponents &- lead.exponents
      quotient.append(Term(exponents: exponents, coefficient: share))
      let multiple = divisor.terms.map { term in
        Term(exponents: term.exponents &+ exponents, coefficient: -(term.coefficient * share))
      }
      rest = rest + Self(sorted: multiple)
      if rest.count > Self.mostTerms { return nil }
    }
    return Self(sorted: quotient)
  }

  /// The derivative by one kernel.
  func derivative(by place: Int) -> Self {
    Self(
      collecting: terms.compactMap { term in
        guard term.exponents[place] > 0 else { return nil }
        var lower = term
        lower.exponents[place] -= 1
        lower.coefficient = term.coefficient * Number(Int(term.exponents[place]))
        return lower
      })
  }

  /// The coefficients by the powers of one kernel, lowest first.
  func coefficients(of place: Int) -> [Self] {
    var lists = [[Term]](repeating: [], count: Int(degrees[place]) + 1)
    for term in terms {
      var without = term
      without.exponents[place] = 0
      lists[Int(term.exponents[place])].append(without)
    }
    return lists.map { Self(sorted: $0) }
  }

  /// The product with a power of one kernel.
  func raised(_ place: Int, by power: Int) -> Self {
    Self(
      sorted: terms.map { term in
        var higher = term
        higher.exponents[place] &+= UInt16(clamping: power)
        return higher
      })
  }

  /// The greatest power of each kernel that all terms have.
  var commonMonomial: Exponents {
    guard var lowest = terms.first?.exponents else { return .zero }
    for term in terms { lowest.replace(with: term.exponents, where: term.exponents .< lowest) }
    return lowest
  }

  /// Without a monomial that all terms have.
  func removing(_ monomial: Exponents) -> Self {
    Self(sorted: terms.map { Term(exponents: $0.exponents &- monomial, coefficient: $0.coefficient) })
  }

  /// The common number of the coefficients, with the sign of all where they agree; 1 where there are decimals.
  var content: Number { Expr.commonNumber(terms.map(\.coefficient)) }

  /// Decimals with a 1 in front: x − 0.1, not 0.5x − 0.05.
  var monicIfDecimal: Self {
    guard terms.contains(where: \.coefficient.isDecimal), let lead = terms.first?.coefficient,
      let inverse = Number.one.divided(by: lead)
    else { return self }
    return scaled(by: inverse)
  }

  /// With whole coefficients that have nothing in common, the first one positive.
  var primitive: Self {
    guard let first = terms.first, let inverse = Number.one.divided(by: content) else { return self }
    let whole = scaled(by: inverse)
    return first.coefficient.isNegative != content.isNegative ? whole.scaled(by: .minusOne) : whole
  }
}
