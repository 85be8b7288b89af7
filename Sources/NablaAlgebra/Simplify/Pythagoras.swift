extension Expr {
  /// A sum of products with sin²u + cos²u, and cosh²u − sinh²u, taken together where that makes it shorter.
  ///
  ///     r·sin²t + r·cos²t   becomes   r
  ///
  /// Angle by angle one square is put in terms of the other and multiplied out; nil where no angle gets shorter.
  package var withSquaresJoined: Expr? {
    var best = self
    for angle in squaredAngles {
      for (from, to, isPlus) in [
        (Function.sin, Function.cos, false), (.cos, .sin, false), (.cosh, .sinh, true),
      ] {
        let candidate = best.replacingSquares(of: from, by: to, isPlus: isPlus, at: angle)
        if let wide = candidate.expanded(highestPower: 4), wide.cost < best.cost { best = wide }
      }
    }
    return best == self ? nil : best
  }

  /// The arguments of which a function occurs squared.
  private var squaredAngles: [Expr] {
    var angles: [Expr] = []
    for part in distinctSubexpressions() {
      guard case .power(let base, let exponent) = part.shape, let power = exponent.asNumber?.small,
        power >= 2,
        case .call(let function, let arguments) = base.shape,
        [.sin, .cos, .sinh, .cosh].contains(function), !angles.contains(arguments[0])
      else { continue }
      angles.append(arguments[0])
    }
    return Array(angles.prefix(8))
  }

  /// Fⁿ as F^(n mod 2)·(1 ± G²)^(n div 2).
  private func replacingSquares(of from: Function, by to: Function, isPlus: Bool, at angle: Expr) -> Expr {
    let (old, new): (Expr, Expr) = (.call(from, [angle]), .call(to, [angle]))
    let square = isPlus ? .one + new.squared : .one - new.squared
    return rebuilt { part in
      guard case .power(old, let exponent) = part.shape, let power = exponent.asNumber?.small, power >= 2,
        power <= 8
      else { return nil }
      let whole = Expr.power(square, .integer(power / 2))
      return power % 2 == 0 ? whole : whole * old
    }
  }
}
