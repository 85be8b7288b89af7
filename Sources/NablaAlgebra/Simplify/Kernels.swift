/// The kernels that some formulas are polynomials in, and the relations between them.
///
/// Sums are opened, powers of sums multiplied out, (√u)² is u, e^x·e^(−x) is 1. A sum with denominators inside, and
/// whatever else is no polynomial, is a kernel as a whole.
struct Kernels {
  /// A kernel: a key to the power of one over `root`.
  private struct Kernel {
    let key: KernelKey
    var root: Int
    var isDecimal: Bool
  }

  private var kernels: [Kernel] = []
  private var places: [KernelKey: Int] = [:]
  /// The highest power of a sum that is multiplied out.
  private let highestPower: Int

  /// The kernels of terms given as powers with exponents that are not negative; nil where there are too many.
  init?(of terms: [[KernelPower]], highestPower: Int = 12) {
    self.highestPower = highestPower
    for powers in terms {
      for power in powers { guard note(power, depth: 0) else { return nil } }
    }
  }

  private mutating func note(_ power: KernelPower, depth: Int) -> Bool {
    guard !power.exponent.isZero else { return true }
    let root = power.exponent.rational?.denominator.small ?? 0
    if opens(power.key, depth: depth), case .sum(let terms) = power.key.base.shape {
      for term in terms {
        for inner in term.numberAndKernelPowers.powers {
          guard note(inner, depth: depth + 1) else { return false }
        }
      }
      if root == 1, let power = power.exponent.small, power <= highestPower { return true }
    }
    guard (1...24).contains(root) else { return false }
    if let place = places[power.key] {
      let shared = kernels[place].root * root / Integer.gcd(of: kernels[place].root, root)
      guard shared <= 48 else { return false }
      kernels[place].root = shared
      kernels[place].isDecimal = kernels[place].isDecimal || power.exponent.isDecimal && root > 1
      return true
    }
    guard kernels.count < KernelPolynomial.mostKernels else { return false }
    places[power.key] = kernels.count
    kernels.append(Kernel(key: power.key, root: root, isDecimal: power.exponent.isDecimal && root > 1))
    return true
  }

  /// Whether a key is a sum that is a polynomial itself.
  private func opens(_ key: KernelKey, depth: Int) -> Bool {
    guard depth < 4, key.symbol == .one, case .sum(let terms) = key.base.shape, terms.count <= 40 else {
      return false
    }
    return terms.allSatisfy { term in
      let (number, powers) = term.numberAndKernelPowers
      return number.isExact
        && powers.allSatisfy { power in
          !power.exponent.isNegative
            && (!power.key.base.isSum || power.key.symbol != .one || opens(power.key, depth: depth + 1))
        }
    }
  }

  /// The place of a kernel that is a function of an argument; it becomes one where it is none yet.
  mutating func place(of function: Function, at argument: Expr) -> Int? {
    let key = KernelKey(base: .call(function, [argument]), symbol: .one)
    if let place = places[key] { return kernels[place].root == 1 ? place : nil }
    guard kernels.count < KernelPolynomial.mostKernels else { return nil }
    places[key] = kernels.count
    kernels.append(Kernel(key: key, root: 1, isDecimal: false))
    return kernels.count - 1
  }

  /// The arguments at which a function is a kernel, by their places.
  func arguments(of function: Function) -> [Expr] {
    kernels.compactMap { $0.key.symbol == .one && $0.root == 1 ? $0.key.base.argument(of: function) : nil }
  }

  // MARK: Formulas and polynomials

  /// A number times powers as a polynomial; nil where it is too long.
  func polynomial(_ number: Number, _ powers: [KernelPower]) -> KernelPolynomial? {
    var result: KernelPolynomial? = KernelPolynomial(number)
    for power in powers where !power.exponent.isZero {
      guard let factor = polynomial(power) else { return nil }
      result = result?.multiplied(by: factor)
    }
    return result.flatMap(reduced)
  }

  /// A sum or a term as a polynomial in these kernels; nil where it is none.
  func polynomial(of expression: Expr) -> KernelPolynomial? {
    let terms: [Expr]
    if case .sum(let parts) = expression.shape { terms = parts } else { terms = [expression] }
    var all: [KernelPolynomial.Term] = []
    for term in terms {
      let (number, powers) = term.numberAndKernelPowers
      guard number.isExact, let part = polynomial(number, powers) else { return nil }
      all += part.terms
      if all.count > 4 * KernelPolynomial.mostTerms { return nil }
    }
    let whole = KernelPolynomial(collecting: all)
    return whole.count <= KernelPolynomial.mostTerms ? whole : nil
  }

  private func polynomial(_ power: KernelPower) -> KernelPolynomial? {
    guard !power.exponent.isNegative, let exponent = power.exponent.rational else { return nil }
    if let place = places[power.key] {
      guard let count = (exponent * Rational(kernels[place].root)).small,
        count <= KernelPolynomial.highestPower
      else { return nil }
      return KernelPolynomial(kernel: place, power: count)
    }
    guard let count = exponent.small, power.key.symbol == .one, power.key.base.isSum else { return nil }
    return polynomial(of: power.key.base)?.power(count)
  }

  /// The polynomial with (√u)² as u and e^x·e^(−x) as 1.
  func reduced(_ polynomial: KernelPolynomial) -> KernelPolynomial? {
    var result = polynomial
    for (place, kernel) in kernels.enumerated() {
      if kernel.key.symbol != .one, let other = places[kernel.key.opposite], other > place,
        kernels[other].root == kernel.root
      {
        result = KernelPolynomial(
          collecting: result.terms.map { term in
            var term = term
            let shared = min(term.exponents[place], term.exponents[other])
            term.exponents[place] -= shared
            term.exponents[other] -= shared
            return term
          })
      }
      guard kernel.root > 1, Int(result.degrees[place]) >= kernel.root, kernel.key.symbol == .one else {
        continue
      }
      let radicand: KernelPolynomial?
      if let number = kernel.key.base.asNumber {
        radicand = KernelPolynomial(number)
      } else if opens(kernel.key, depth: 0) {
        radicand = self.polynomial(of: kernel.key.base)
      } else {
        continue
      }
      guard let radicand else { return nil }
      guard let next = Self.replacing(place, to: kernel.root, by: radicand, in: result) else { return nil }
      result = next
    }
    return result
  }

  /// Every whole multiple of kernelⁿ replaced by a polynomial.
  static func replacing(
    _ place: Int, to power: Int, by value: KernelPolynomial, in polynomial: KernelPolynomial
  ) -> KernelPolynomial? {
    var result = KernelPolynomial.zero
    let parts = polynomial.coefficients(of: place)
    var valuePower = KernelPolynomial.one
    for first in stride(from: 0, to: parts.count, by: power) {
      if first > 0 {
        guard let next = valuePower.multiplied(by: value) else { return nil }
        valuePower = next
      }
      var slice = KernelPolynomial.zero
      for rest in 0..<power where first + rest < parts.count {
        slice = slice + parts[first + rest].raised(place, by: rest)
      }
      guard let product = slice.multiplied(by: valuePower) else { return nil }
      result = result + product
    }
    return result
  }

  /// The formula that a polynomial is.
  func expression(of polynomial: KernelPolynomial) -> Expr {
    .sum(polynomial.terms.map { .product([.number($0.coefficient)] + factors(of: $0.exponents)) })
  }

  /// The factors of a monomial.
  func factors(of exponents: KernelPolynomial.Exponents) -> [Expr] {
    kernels.indices.compactMap { place in
      guard exponents[place] > 0 else { return nil }
      let kernel = kernels[place]
      let count = Number(Int(exponents[place]))
      let exponent = count.divided(by: Number(kernel.root)) ?? count
      return kernel.key.power(
        kernel.isDecimal ? exponent.rational.map { Number(decimalIfItTerminates: $0) } ?? exponent : exponent)
    }
  }
}
