import NablaAlgebra
import NablaBasics

/// Random expressions over x, y, z with every row of the function table in them.
struct RandomFormulas {
  var random: SplitMix64

  init(start: UInt64) { random = SplitMix64(start: start) }

  /// An expression of at most that many levels.
  mutating func next(depth: Int) -> Expr {
    if depth <= 1 || Int.random(in: 0..<6, using: &random) == 0 { return leaf() }
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: return .sum(several(depth))
    case 2, 3: return .product(several(depth))
    case 4: return next(depth: depth - 1) / next(depth: depth - 1)
    case 5, 6: return pow(next(depth: depth - 1), exponent())
    case 7: return exp(next(depth: depth - 1))
    default:
      guard let row = Function.all.randomElement(using: &random) else { return leaf() }
      return .call(row, (0..<row.arity).map { _ in next(depth: depth - 1) })
    }
  }

  /// A point with coordinates between −3 and 3.
  mutating func point(_ count: Int = 3) -> [Double] {
    (0..<count).map { _ in Double.random(in: -3...3, using: &random) }
  }

  private mutating func several(_ depth: Int) -> [Expr] {
    (0..<Int.random(in: 2...4, using: &random)).map { _ in next(depth: depth - 1) }
  }

  private mutating func leaf() -> Expr {
    switch Int.random(in: 0..<8, using: &random) {
    case 0...5: [x, y, z].randomElement(using: &random) ?? x
    case 6: Expr.integer(Int.random(in: -5...5, using: &random)) / 3
    default: .constant(Bool.random(using: &random) ? .pi : .e)
    }
  }

  private mutating func exponent() -> Expr {
    Expr.integer(Int.random(in: -7...12, using: &random))
      / Expr.integer([1, 1, 1, 2, 3, 5].randomElement(using: &random) ?? 1)
  }
}
