extension Rational {
  /// The sum.
  public static func + (a: Rational, b: Rational) -> Rational {
    if case .words(let n, let d) = a.storage, case .words(let p, let q) = b.storage,
      let sum = sum(n, d, p, q)
    {
      return sum
    }
    return sum(a, b)
  }

  /// The sum in words, nil on overflow (Knuth, The Art of Computer Programming 2, 4.5.1).
  @inline(__always)
  private static func sum(_ n: Int, _ d: Int, _ p: Int, _ q: Int) -> Rational? {
    if d == q {
      let (sum, overflow) = n.addingReportingOverflow(p)
      if overflow { return nil }
      if d == 1 { return Rational(lowest: sum, 1) }
      let divisor = Int(bitPattern: Integer.gcd(sum.magnitude, d.magnitude))
      return Rational(lowest: sum / divisor, d / divisor)
    }
    let divisor = Int(bitPattern: Integer.gcd(d.magnitude, q.magnitude))
    let (dRest, qRest) = divisor == 1 ? (d, q) : (d / divisor, q / divisor)
    let (left, first) = n.multipliedReportingOverflow(by: qRest)
    let (right, second) = p.multipliedReportingOverflow(by: dRest)
    let (sum, third) = left.addingReportingOverflow(right)
    if first || second || third { return nil }
    // Only a factor of the common divisor can still cancel.
    let cancels = divisor == 1 ? 1 : Int(bitPattern: Integer.gcd(sum.magnitude, divisor.magnitude))
    let (below, fourth) = dRest.multipliedReportingOverflow(by: q / cancels)
    return fourth ? nil : Rational(lowest: sum / cancels, below)
  }

  @inline(never)
  private static func sum(_ a: Rational, _ b: Rational) -> Rational {
    let (d, q) = (a.denominator, b.denominator)
    if d.isOne && q.isOne { return Rational(lowest: a.numerator + b.numerator, 1) }
    let divisor = Integer.gcd(d, q)
    let (dRest, qRest) = (d.exactlyDivided(by: divisor), q.exactlyDivided(by: divisor))
    let sum = a.numerator * qRest + b.numerator * dRest
    let cancels = divisor.isOne ? divisor : Integer.gcd(sum, divisor)
    return Rational(lowest: sum.exactlyDivided(by: cancels), dRest * q.exactlyDivided(by: cancels))
  }

  /// The difference.
  public static func - (a: Rational, b: Rational) -> Rational { a + -b }

  /// The opposite.
  public static prefix func - (a: Rational) -> Rational {
    if case .words(let n, let d) = a.storage, n != Int.min { return Rational(lowest: 0 &- n, d) }
    return Rational(lowest: -a.numerator, a.denominator)
  }

  /// The product.
  public static func * (a: Rational, b: Rational) -> Rational {
    if case .words(let n, let d) = a.storage, case .words(let p, let q) = b.storage,
      let product = product(n, d, p, q)
    {
      return product
    }
    return product(a, b)
  }

  /// The product in words, nil on overflow: what cancels crosswise is divided out first.
  @inline(__always)
  private static func product(_ n: Int, _ d: Int, _ p: Int, _ q: Int) -> Rational? {
    if d == 1 && q == 1 {
      let (product, overflow) = n.multipliedReportingOverflow(by: p)
      return overflow ? nil : Rational(lowest: product, 1)
    }
    if n == 0 || p == 0 { return Rational(lowest: 0, 1) }
    let first = q == 1 ? 1 : Int(bitPattern: Integer.gcd(n.magnitude, q.magnitude))
    let second = d == 1 ? 1 : Int(bitPattern: Integer.gcd(p.magnitude, d.magnitude))
    let (above, overflow) = (n / first).multipliedReportingOverflow(by: p / second)
    let (below, overflowBelow) = (d / second).multipliedReportingOverflow(by: q / first)
    return overflow || overflowBelow ? nil : Rational(lowest: above, below)
  }

  @inline(never)
  private static func product(_ a: Rational, _ b: Rational) -> Rational {
    let (d, q) = (a.denominator, b.denominator)
    if d.isOne && q.isOne { return Rational(lowest: a.numerator * b.numerator, 1) }
    let first = Integer.gcd(a.numerator, q)
    let second = Integer.gcd(b.numerator, d)
    return Rational(
      lowest: a.numerator.exactlyDivided(by: first) * b.numerator.exactlyDivided(by: second),
      d.exactlyDivided(by: second) * q.exactlyDivided(by: first))
  }

  /// One over this; nil for 0.
  public var inverse: Rational? {
    if isZero { return nil }
    if case .words(let n, let d) = storage, n != Int.min {
      return n < 0 ? Rational(lowest: 0 &- d, 0 &- n) : Rational(lowest: d, n)
    }
    let (n, d) = (numerator, denominator)
    return n.isNegative ? Rational(lowest: -d, -n) : Rational(lowest: d, n)
  }

  /// The quotient; nil for a divisor of 0.
  public func divided(by divisor: Rational) -> Rational? {
    divisor.inverse.map { self * $0 }
  }

  /// This raised to an integer power; 0^0 = 1, nil for a negative power of 0.
  ///
  /// The size of the result is the caller's to bound.
  ///
  ///     Rational(2, over: 3)?.power(-2)   // 9/4
  public func power(_ exponent: Int) -> Rational? {
    if exponent >= 0 {
      return Rational(lowest: numerator.power(exponent), denominator.power(exponent))
    }
    if let value = small, value.magnitude == 1 { return exponent & 1 == 0 ? 1 : self }
    guard let inverse, exponent != Int.min else { return nil }
    return inverse.power(0 &- exponent)
  }

  /// The n-th root where it is rational; a negative number has one for odd n only.
  func exactRoot(_ n: Int) -> Rational? {
    guard let above = numerator.exactRoot(n), let below = denominator.exactRoot(n) else { return nil }
    return Rational(lowest: above, below)
  }
}
