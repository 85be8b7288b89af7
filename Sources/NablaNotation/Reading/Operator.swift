/// The operators between operands: one row each, with its binding level and how it ties its right operand.
///
/// Levels, loosest first: 1 or, 2 and, 3 not, 4 comparisons, 5 plus and minus, 6 products. Signs, powers and
/// applications bind tighter and belong to the operand (see grammar.md).
struct Operator: Sendable {
  /// How tight; a higher level binds tighter.
  var level: Level
  /// How the right operand is tied to what stands before it.
  var link: Syntax.Link
  /// Whether a token spells it; a product may be implied.
  var isTyped: Bool

  enum Level: UInt8, Comparable, Sendable {
    case none, or, and, not, comparison, sum, product

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  init(_ level: Level, _ link: Syntax.Link, isTyped: Bool = true) {
    self.level = level
    self.link = link
    self.isTyped = isTyped
  }

  /// No operator: the expression ends.
  static let end = Operator(.none, .first, isTyped: false)
  /// A product with nothing typed between its factors.
  static let implied = Operator(.product, .implied, isTyped: false)

  /// The operator that a token spells.
  static func spelled(by kind: Token.Kind) -> Operator? {
    switch kind {
    case .or: Operator(.or, .first)
    case .and: Operator(.and, .first)
    case .less: Operator(.comparison, .less)
    case .lessOrEqual: Operator(.comparison, .lessOrEqual)
    case .greater: Operator(.comparison, .greater)
    case .greaterOrEqual: Operator(.comparison, .greaterOrEqual)
    case .assign, .equal: Operator(.comparison, .equal)
    case .notEqual: Operator(.comparison, .notEqual)
    case .plus: Operator(.sum, .plus)
    case .minus: Operator(.sum, .minus)
    case .star: Operator(.product, .times)
    case .slash: Operator(.product, .over)
    default: nil
    }
  }
}
