/// What polynomials have in common, and what they are products of.
extension KernelPolynomial {
  /// The products of terms that one search for a divisor may take.
  static let mostWork = 6_000

  /// The greatest common divisor with whole coefficients; nil where finding it takes too much work.
  ///
  /// Euclid's algorithm on primitive remainders, one kernel after the other (Knuth, TAOCP 2, 4.6.1, algorithm E).
  static func gcd(_ a: Self, _ b: Self) -> Self? {
    var work = Self.mostWork
    return gcd(a, b, &work)
  }

  private static func gcd(_ a: Self, _ b: Self, _ work: inout Int) -> Self? {
    if a.isZero { return b.primitive }
    if b.isZero { return a.primitive }
    if a.isConstant || b.isConstant { return .one }
    work -= a.count + b.count
    if work < 0 { return nil }
    // A kernel that only one of them has is not in the divisor: its coefficients are.
    let (inA, inB) = (a.kernels, b.kernels)
    if let lone = inA.first(where: { !inB.contains($0) }) {
      return common(a.coefficients(of: lone).filter { !$0.isZero } + [b], &work)
    }
    if let lone = inB.first(where: { !inA.contains($0) }) {
      return common(b.coefficients(of: lone).filter { !$0.isZero } + [a], &work)
    }
    let (highA, highB) = (a.degrees, b.degrees)
    guard let main = inA.min(by: { min(highA[$0], highB[$0]) < min(highA[$1], highB[$1]) }) else {
      return .one
    }
    guard highA[main] <= 40, highB[main] <= 40, let contentA = a.content(in: main, &work),
      let contentB = b.content(in: main, &work), let content = gcd(contentA, contentB, &work),
      var u = a.dividedExactly(by: contentA)?.primitive, var v = b.dividedExactly(by: contentB)?.primitive
    else { return nil }
    if u.degrees[main] < v.degrees[main] { (u, v) = (v, u) }
    while true {
      guard let rest = u.pseudoRemainder(by: v, in: main, &work) else { return nil }
      if rest.isZero { break }
      if rest.degrees[main] == 0 { return content }
      guard let own = rest.content(in: main, &work), let next = rest.dividedExactly(by: own) else {
        return nil
      }
      (u, v) = (v, next.primitive)
    }
    return v.multiplied(by: content)?.primitive
  }

  private static func common(_ parts: [Self], _ work: inout Int) -> Self? {
    var result = Self.zero
    for part in parts {
      guard let next = gcd(result, part, &work) else { return nil }
      result = next
      if result.isConstant { return .one }
    }
    return result
  }

  /// The divisor of all coefficients by one kernel.
  private func content(in main: Int, _ work: inout Int) -> Self? {
    Self.common(coefficients(of: main).filter { !$0.isZero }, &work)
  }

  /// What remains of a multiple of this polynomial in the division by another, both seen in one kernel.
  private func pseudoRemainder(by divisor: Self, in main: Int, _ work: inout Int) -> Self? {
    let high = Int(divisor.degrees[main])
    let lead = divisor.coefficients(of: main)[high]
    var rest = self
    while !rest.isZero, Int(rest.degrees[main]) >= high {
      let degree = Int(rest.degrees[main])
      let top = rest.coefficients(of: main)[degree]
      work -= rest.count * lead.count + divisor.count * top.count
      guard work >= 0, let scaled = rest.multiplied(by: lead),
        let part = divisor.multiplied(by: top)?.raised(main, by: degree - high)
      else { return nil }
      rest = scaled - part
    }
    return rest
  }

  /// A factor and how often it divides.
  struct Factor: Hashable {
    var polynomial: KernelPolynomial
    var power: Int
  }

  /// A number and factors of which it is the product: contents by each kernel, and what is there several times.
  ///
  ///     a·x + a·y + b·x + b·y   is   (a + b)·(x + y)
  ///
  /// The factors need not be irreducible. A kernel that divides all terms is a factor of its own.
  var squareFreeFactors: (number: Number, factors: [Factor]) {
    let number = content
    guard !isConstant, let inverse = Number.one.divided(by: number) else { return (number, []) }
    var factors: [Factor] = []
    let whole = scaled(by: inverse)
    let monomial = whole.commonMonomial
    for place in 0..<Self.mostKernels where monomial[place] > 0 {
      factors.append(Factor(polynomial: Self(kernel: place), power: Int(monomial[place])))
    }
    factors += whole.removing(monomial).split
    return (number, factors)
  }

  /// The factors of a polynomial that no kernel divides; itself where there are none.
  private var split: [Factor] {
    if isConstant { return self == .one ? [] : [Factor(polynomial: self, power: 1)] }
    guard count <= 120 else { return [Factor(polynomial: self, power: 1)] }
    var work = Self.mostWork
    for place in kernels {
      guard kernels.count > 1, let content = content(in: place, &work) else { continue }
      if content.isConstant { continue }
      guard let rest = dividedExactly(by: content) else { continue }
      return content.split + rest.split
    }
    let high = degrees
    guard let main = kernels.max(by: { high[$0] < high[$1] }), high[main] > 1 else {
      return [Factor(polynomial: self, power: 1)]
    }
    return repeated(in: main, &work) ?? [Factor(polynomial: self, power: 1)]
  }

  /// Yun's algorithm: the parts that divide once, twice, and so on; nil where nothing does so twice.
  private func repeated(in main: Int, _ work: inout Int) -> [Factor]? {
    let slope = derivative(by: main)
    guard let shared = Self.gcd(self, slope, &work), !shared.isConstant,
      var b = dividedExactly(by: shared), let c = slope.dividedExactly(by: shared)
    else { return nil }
    var d = c - b.derivative(by: main)
    var result: [Factor] = []
    var power = 1
    while !b.isConstant {
      guard let part = Self.gcd(b, d, &work), let next = b.dividedExactly(by: part),
        let rest = d.dividedExactly(by: part), power <= 64
      else { return nil }
      if !part.isConstant { result.append(Factor(polynomial: part.monicIfDecimal, power: power)) }
      (b, power) = (next, power + 1)
      d = rest - b.derivative(by: main)
    }
    // Divisors of decimals come with any number in front; the leading terms say which one is left.
    var lead: Number? = .one
    for factor in result {
      let own = factor.polynomial.terms[0].coefficient.power(Number(factor.power))
      lead = own.flatMap { own in lead.map { $0 * own } }
    }
    guard let lead, let number = terms[0].coefficient.divided(by: lead) else { return nil }
    if !number.isOne { result.insert(Factor(polynomial: Self(number), power: 1), at: 0) }
    return result
  }
}
