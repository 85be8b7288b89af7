extension Expr {
  /// A canonical form that is broken.
  package struct BrokenInvariant: Error, CustomStringConvertible {
    package let description: String
  }

  /// Throws where an expression, or a part of it, is not as the constructors promise.
  package func checkInvariants() throws(BrokenInvariant) {
    for part in distinctSubexpressions() { try part.checkNode() }
  }

  private func checkNode() throws(BrokenInvariant) {
    func require(_ holds: Bool, _ what: String) throws(BrokenInvariant) {
      if !holds { throw BrokenInvariant(description: "\(what): \(debugText)") }
    }
    switch shape {
    case .number, .constant, .variable, .element: break
    case .sum(let terms):
      try require(terms.count >= 2, "a sum has two terms or more")
      for (place, term) in terms.enumerated() {
        try require(!term.isSum, "sums are flat")
        if case .number(let number) = term.shape {
          try require(place == 0 && !number.isZero, "one number leads a sum, and it is not zero")
        }
      }
      let bare = terms.map(\.coefficientAndFactors.1).filter { !$0.isEmpty }
      for (a, b) in zip(bare, bare.dropFirst()) {
        let isRising = a.lead != b.lead ? a.lead < b.lead : Expr.compareFactors(a, b) < 0
        try require(isRising, "terms are in order and collected")
      }
    case .product(let factors):
      try require(factors.count >= 2, "a product has two factors or more")
      for (place, factor) in factors.enumerated() {
        if case .product = factor.shape { try require(false, "products are flat") }
        if case .number(let number) = factor.shape {
          try require(place == 0 && !number.isOne, "one number leads a product, and it is not one")
        }
      }
    case .power(_, let exponent): try require(exponent != .one, "no power of one")
    case .call(let function, let arguments):
      try require(arguments.count == function.arity, "arguments fit the function")
    case .fold(let fold):
      try require(fold.lower < fold.upper, "a fold has two terms or more")
      try require(fold.index.indexLevel == 1 + fold.body.foldLevel, "levels rise outwards")
    }
    try require(replacingChildren(children) == self, "rebuilding changes nothing")
  }

  /// The tree as an S-expression, for tests and for broken invariants.
  package var debugText: String {
    switch shape {
    case .number(let number):
      if let value = number.rational {
        return value.isInteger ? "\(value.numerator)" : "\(value.numerator)/\(value.denominator)"
      }
      return "≈\(number.double)"
    case .constant(let constant): return constant == .pi ? "pi" : "e"
    case .variable(let variable): return variable.name
    case .element(let family, let place):
      return
        "\(family.name)[\(place.bound.name)\(place.offset == 0 ? "" : place.offset > 0 ? "+\(place.offset)" : "\(place.offset)")]"
    case .sum(let terms): return "(+ " + terms.map(\.debugText).joined(separator: " ") + ")"
    case .product(let factors): return "(* " + factors.map(\.debugText).joined(separator: " ") + ")"
    case .power(let base, let exponent): return "(^ \(base.debugText) \(exponent.debugText))"
    case .call(let function, let arguments):
      return "(\(function.name) " + arguments.map(\.debugText).joined(separator: " ") + ")"
    case .fold(let fold):
      return
        "(\(fold.kind == .sum ? "sum" : "prod") \(fold.index.name) \(fold.lower) \(fold.upper) \(fold.body.debugText))"
    }
  }
}

extension ArraySlice<Expr> {
  fileprivate var lead: UInt64 { first { $0.node.facts.lead != 0 }?.node.facts.lead ?? 0 }
}
