extension Expr {
  /// The one total order of expressions: by first variable, kind and size, then by parts; never by a hash.
  package static func compare(_ left: Expr, _ right: Expr) -> Int {
    if left.node === right.node { return 0 }
    if left.node.facts.lead != right.node.facts.lead {
      return left.node.facts.lead < right.node.facts.lead ? -1 : 1
    }
    let (a, b) = (left.shape, right.shape)
    if a.rank != b.rank { return a.rank < b.rank ? -1 : 1 }
    // Sizes first: two deep chains need not be walked to be told apart.
    if left.size != right.size { return left.size < right.size ? -1 : 1 }
    // Equal ones of many shared nodes are equal at once, where walks down both as trees would not end.
    if left.size > 500, left == right { return 0 }
    switch (a, b) {
    case (.number(let x), .number(let y)): return order(x, y)
    case (.constant(let x), .constant(let y)): return order(x.rawValue, y.rawValue)
    case (.variable(let x), .variable(let y)): return Variable.compare(x, y)
    case (.element(let family, let i), .element(let other, let j)):
      if family != other { return family.name < other.name ? -1 : 1 }
      return i.bound == j.bound ? order(i.offset, j.offset) : Variable.compare(i.bound, j.bound)
    case (.power(let x, let p), .power(let y, let q)):
      let bases = compare(x, y)
      return bases != 0 ? bases : compare(p, q)
    case (.call(let f, let xs), .call(let g, let ys)):
      if f != g { return f.name < g.name ? -1 : 1 }
      return compare(xs[...], ys[...])
    case (.product(let xs), .product(let ys)), (.sum(let xs), .sum(let ys)):
      return compare(xs[...], ys[...])
    case (.fold(let f), .fold(let g)):
      if f.kind != g.kind { return f.kind.rawValue < g.kind.rawValue ? -1 : 1 }
      if f.lower != g.lower { return order(f.lower, g.lower) }
      if f.upper != g.upper { return order(f.upper, g.upper) }
      return compare(f.body, g.body)
    default: return 0  // equal ranks are equal kinds
    }
  }

  package static func compare(_ left: ArraySlice<Expr>, _ right: ArraySlice<Expr>) -> Int {
    for (x, y) in zip(left, right) {
      let result = compare(x, y)
      if result != 0 { return result }
    }
    return order(left.count, right.count)
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> Int {
    left < right ? -1 : right < left ? 1 : 0
  }

  /// The numeric coefficient and the other factors, without building anything.
  package var coefficientAndFactors: (Number, ArraySlice<Expr>) {
    switch shape {
    case .number(let number): return (number, [])
    case .product(let factors):
      if case .number(let number) = factors[0].shape { return (number, factors[1...]) }
      return (.one, factors[...])
    default: return (.one, [self])
    }
  }

  /// The numeric coefficient and the rest as one expression.
  package var coefficientAndRest: (coefficient: Number, rest: Expr) {
    let (coefficient, factors) = coefficientAndFactors
    if factors.count == 1 { return (coefficient, factors[factors.startIndex]) }
    if factors.isEmpty { return (coefficient, .one) }
    if case .product(let all) = shape, all.count == factors.count { return (coefficient, self) }
    return (coefficient, Expr(canonical: .product(Array(factors))))
  }

  /// The base and the exponent, 1 where the expression is no power.
  package var baseAndExponent: (base: Expr, exponent: Expr) {
    if case .power(let base, let exponent) = shape { return (base, exponent) }
    return (self, .one)
  }
}
