private let (u, v) = (Pattern.u, Pattern.v)
private let (sin, cos): (Function, Function) = (.sin, .cos)
private let (sinh, cosh): (Function, Function) = (.sinh, .cosh)

extension Rule {
  /// What makes a formula shorter and its derivative no more like it: for `ShortestForm` alone.
  package static let ofShortening = Group(shortening)

  private static let shortening: List = List(
    turns.all + theorems.all + logarithmSums.all + numbersToPowers.all + nestedRoots.all + sumsOfPowers.all)

  /// Pairs of functions that are one, and sines and cosines of sums and doubles.
  private static let theorems: List = [
    Rule("sine of a sum", sin(u) * cos(v) + cos(u) * sin(v), sin(u + v)),
    Rule("sine of a difference", sin(u) * cos(v) - cos(u) * sin(v), sin(u - v)),
    Rule("cosine of a sum", cos(u) * cos(v) - sin(u) * sin(v), cos(u + v)),
    Rule("cosine of a difference", cos(u) * cos(v) + sin(u) * sin(v), cos(u - v)),
    Rule("1 − 2 sin² = cos of the double", 1 - 2 * sin(u).squared, cos(2 * u)),
    Rule("2 cos² − 1 = cos of the double", 2 * cos(u).squared - 1, cos(2 * u)),
    Rule("1 + 2 sinh² = cosh of the double", 1 + 2 * sinh(u).squared, cosh(2 * u)),
    Rule("2 cosh² − 1 = cosh of the double", 2 * cosh(u).squared - 1, cosh(2 * u)),
    Rule("cosh + sinh = e^u", cosh(u) + sinh(u), exp(u)),
    Rule("cosh − sinh = e^(−u)", cosh(u) - sinh(u), exp(-u)),
    Rule(
      "arcsin + arccos = π/2", Function.arcsin(u) + Function.arccos(u), .multiple(.init(lowest: 1, 2)),
      where: 1 - u.squared, .nonnegative),
    Rule("erf + erfc = 1", Function.erf(u) + Function.erfc(u), 1),
    Rule("max + min = u + v", Function.max(u, v) + Function.min(u, v), u + v),
    Rule("max − min = |u − v|", Function.max(u, v) - Function.min(u, v), .call(.abs, [u - v])),
    Rule("e^u and e^(−u) as hyperbolic functions", of: .sum) { whole in
      let joined = whole.withAllExponentialsJoined
      return joined.cost < whole.cost ? Result(joined) : nil
    },
    Rule("sigmoid(u) + sigmoid(−u) = 1", of: .sum) { whole in
      guard case .sum(let terms) = whole.shape, terms.count <= 40 else { return nil }
      for (place, term) in terms.enumerated() {
        for factor in term.factors {
          guard let argument = factor.argument(of: .sigmoid) else { continue }
          let rest = Expr.product(term.factors.filter { $0 != factor })
          guard let other = terms.firstIndex(of: rest * .call(.sigmoid, [argument.negated])) else { continue }
          var left = terms
          left[place] = rest
          left.remove(at: other)
          return Result(.sum(left))
        }
      }
      return nil
    },
  ]

  /// sin, cos, tan and their reciprocals of u + kπ/2 by those of u.
  private static let turns: List = [
    Rule("quarter turns", of: .call) { whole in
      guard case .call(let function, let arguments) = whole.shape, arguments.count == 1,
        let quarters = QuarterTurn.of(function), case .sum(let terms) = arguments[0].shape
      else { return nil }
      for (place, term) in terms.enumerated() {
        guard let turns = term.multipleOfPi, let count = (turns * 2).small else { continue }
        var rest = terms
        rest.remove(at: place)
        let (turned, isNegative) = quarters[(count % 4 + 4) % 4]
        let result = Expr.call(turned, [.sum(rest)])
        return Result(isNegative ? -result : result)
      }
      return nil
    }
  ]

  /// What a circular function becomes by 0, 1, 2 and 3 quarter turns.
  private enum QuarterTurn {
    static func of(_ function: Function) -> [(function: Function, isNegative: Bool)]? {
      switch function {
      case .sin: [(.sin, false), (.cos, false), (.sin, true), (.cos, true)]
      case .cos: [(.cos, false), (.sin, true), (.cos, true), (.sin, false)]
      case .tan: [(.tan, false), (.cot, true), (.tan, false), (.cot, true)]
      case .cot: [(.cot, false), (.tan, true), (.cot, false), (.tan, true)]
      case .sec: [(.sec, false), (.csc, true), (.sec, true), (.csc, false)]
      case .csc: [(.csc, false), (.sec, false), (.csc, true), (.sec, true)]
      default: nil
      }
    }
  }
}
