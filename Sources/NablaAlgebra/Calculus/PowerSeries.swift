import NablaBasics

/// A power series in several displacements, cut off behind an order, with exact coefficients.
///
///     e^h   to the order 3   is   1 + h + h²/2 + h³/6
///
/// Coefficients stand in graded order: by degree, in one degree the earlier variables first.
struct PowerSeries {
  /// The monomials of a number of variables up to an order.
  struct Space {
    let order: Int
    /// The exponents of each monomial.
    let exponents: [[Int]]
    /// Pairs of monomials and their product, those beyond the order left out.
    let products: [(left: Int, right: Int, product: Int)]

    /// Nil where there are more than 1000 monomials.
    init?(variables count: Int, order: Int) {
      var layers: [[[Int]]] = [[[Int](repeating: 0, count: count)]]
      var total = 1
      for degree in stride(from: 1, through: order, by: 1) {
        var layer: [[Int]] = []
        for lower in layers[degree - 1] {
          // Raise only from the last variable that occurs on, so that each monomial comes once.
          let last = lower.lastIndex { $0 > 0 } ?? 0
          for place in last..<max(count, last) {
            var raised = lower
            raised[place] += 1
            layer.append(raised)
          }
        }
        total += layer.count
        guard total <= 1_000 else { return nil }
        layers.append(layer)
      }
      let all = layers.flatMap { $0 }
      let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($0.element, $0.offset) })
      var products: [(Int, Int, Int)] = []
      for (i, left) in all.enumerated() {
        let degree = left.reduce(0, +)
        for (j, right) in all.enumerated() {
          if degree + right.reduce(0, +) > order { break }
          if let place = places[zip(left, right).map { $0 + $1 }] { products.append((i, j, place)) }
        }
      }
      self.order = order
      exponents = all
      self.products = products
    }

    /// The place of the first power of a variable.
    func place(of variable: Int) -> Int? {
      exponents.firstIndex { $0.reduce(0, +) == 1 && $0[variable] == 1 }
    }
  }

  /// The coefficients in the order of the space's monomials.
  var coefficients: [Expr]

  /// A constant.
  init(_ constant: Expr, in space: Space) {
    coefficients = [Expr](repeating: .zero, count: space.exponents.count)
    coefficients[0] = constant
  }

  /// The value at the centre.
  var constant: Expr { coefficients[0] }

  /// Whether nothing but the value at the centre is there.
  var isConstant: Bool { coefficients.dropFirst().allSatisfy { $0 == .zero } }

  /// The series without its value at the centre.
  var displacement: PowerSeries {
    var result = self
    result.coefficients[0] = .zero
    return result
  }

  var negated: PowerSeries {
    var result = self
    result.coefficients = coefficients.map { $0.negated }
    return result
  }

  static func sum(_ parts: [PowerSeries], in space: Space) -> PowerSeries {
    var result = PowerSeries(.zero, in: space)
    for place in result.coefficients.indices {
      result.coefficients[place] = .sum(parts.map { $0.coefficients[place] })
    }
    return result
  }

  func times(
    _ other: PowerSeries, in space: Space, budget: inout Budget
  ) throws(Budget.Overrun) -> PowerSeries {
    var addends = [[Expr]](repeating: [], count: coefficients.count)
    for (left, right, product) in space.products {
      let (a, b) = (coefficients[left], other.coefficients[right])
      if a == .zero || b == .zero { continue }
      try budget.spend(1 + min(a.size + b.size, 1_000))
      addends[product].append(a * b)
    }
    var result = self
    for place in addends.indices {
      try budget.look()
      result.coefficients[place] = .sum(addends[place])
    }
    return result
  }

  /// Σ cₖ·(this)ᵏ by Horner's scheme; this has no constant term.
  func composed(
    with outer: [Expr], in space: Space, budget: inout Budget
  ) throws(Budget.Overrun) -> PowerSeries {
    var result = PowerSeries(outer.last ?? .zero, in: space)
    for coefficient in outer.dropLast().reversed() {
      result = try result.times(self, in: space, budget: &budget)
      result.coefficients[0] = result.coefficients[0] + coefficient
    }
    return result
  }
}
