import NablaAlgebra
import NablaBasics

/// Random expressions of everything that can be typed, and the search for the smallest one that breaks a law.
struct RandomExpr {
  private var source: SplitMix64

  init(start: UInt64) { source = SplitMix64(start: start) }

  /// The names that occur: letters that spell known names together, subscripts, Greek, words.
  static let variables: [Variable] = [
    "x", "y", "a", "n", "l", "i", "p", "f", "d", "x_1", "x_2", "n_3", "lambda", "gamma", "speed", "v_max",
  ].map { Variable($0) }

  private static let names: [Expr] = variables.map { .variable($0) }
  private static let bare = Function.all.filter(\.takesBareArgument)
  private static let exponents: [Number] = [
    2, 3, 4, -1, -2, -3, .half, -.half, Number(decimal: "0.2")!, Number(decimal: "-1.5")!,
  ]

  /// An expression of at most so many levels.
  mutating func next(depth: Int) -> Expr {
    if depth <= 0 { return leaf() }
    switch below(16) {
    case 0, 1: return leaf()
    case 2, 3, 4: return .sum((0..<(2 + below(3))).map { _ in next(depth: depth - 1) })
    case 5, 6, 7, 8: return .product((0..<(2 + below(3))).map { _ in next(depth: depth - 1) })
    case 9, 10: return .power(next(depth: depth - 1), exponent())
    case 11: return .power(next(depth: depth - 1), next(depth: depth - 2))
    case 12: return .power(.constant(.e), next(depth: depth - 1))
    case 13: return call(depth: depth)
    case 14: return .call(Self.bare[below(Self.bare.count)], [leaf()])
    default: return -next(depth: depth - 1)
    }
  }

  private mutating func leaf() -> Expr {
    switch below(10) {
    case 0, 1: .integer(below(25) - 12)
    case 2: .number(Number(Rational(Integer(below(19) - 9), over: Integer(1 + below(9))) ?? 1))
    case 3: .number(Number(decimal: ["0.1", "-2.5", "1e-7", "12.75", "2.0"][below(5)]) ?? 1)
    case 4: .constant(below(2) == 0 ? .e : .pi)
    case 5: below(3) == 0 ? .power(.integer(2 + below(5)), .number(.half)) : Self.names[below(2)]
    default: Self.names[below(Self.names.count)]
    }
  }

  private mutating func exponent() -> Expr {
    below(4) == 0
      ? .number(Number(Rational(Integer(below(9) - 4), over: Integer(1 + below(4))) ?? 1))
      : .number(Self.exponents[below(Self.exponents.count)])
  }

  private mutating func call(depth: Int) -> Expr {
    if below(16) == 0 {
      // Two comparisons that stand as a chain, or would as one.
      let relations: [Function] = [.less, .lessOrEqual, .greater, .greaterOrEqual]
      let parts = (0..<3).map { _ in next(depth: depth - 1) }
      let (first, second) = (relations[below(4)], relations[below(4)])
      return below(2) == 0
        ? .call(.and, [.call(first, [parts[0], parts[1]]), .call(second, [parts[1], parts[2]])])
        : .call(.and, [.call(first, [parts[0], parts[1]]), .call(second, [parts[0], parts[2]])])
    }
    let function = Function.all[below(Function.all.count)]
    return .call(function, (0..<function.arity).map { _ in next(depth: depth - 1) })
  }

  private mutating func below(_ bound: Int) -> Int { Int(source.next() % UInt64(bound)) }
}

extension Expr {
  /// The smallest expression found that breaks what this one breaks: parts instead of wholes, again and again.
  func shrunk(while breaks: (Expr) -> Bool) -> Expr {
    var smallest = self
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for candidate in smallest.smaller() where candidate.size < smallest.size && breaks(candidate) {
        smallest = candidate
        isSmaller = true
        break
      }
    }
    return smallest
  }

  private func smaller() -> [Expr] {
    var result = children
    let parts = distinctSubexpressions().dropLast()
    for part in parts.reversed() where part.size > 1 {
      for replacement in part.children + [.variable(Variable("x"))] {
        result.append(rebuilt { $0 == part ? replacement : nil })
      }
      let inner = part.children
      guard inner.count > 2 else { continue }
      for place in inner.indices {
        if case .call = part.shape { continue }
        if case .fold = part.shape { continue }
        let rest = Array(inner[..<place] + inner[(place + 1)...])
        result.append(rebuilt { $0 == part ? part.replacingChildren(rest) : nil })
      }
    }
    if inner(of: shape) > 2 {
      for place in children.indices {
        let rest = Array(children[..<place] + children[(place + 1)...])
        result.append(replacingChildren(rest))
      }
    }
    return result
  }

  private func inner(of shape: Shape) -> Int {
    switch shape {
    case .sum(let parts), .product(let parts): parts.count
    default: 0
    }
  }
}
