/// A sum or a product over an index: Σ or Π of `body` for index = lower … upper.
public struct Fold: Hashable, Sendable {
  /// Which of the two.
  public enum Kind: Int, Hashable, Sendable {
    case sum, product
  }

  /// Sum or product.
  public let kind: Kind
  /// The index that the fold binds.
  public let index: Variable
  /// The first value of the index.
  public let lower: Int
  /// The last value of the index, at least `lower`.
  public let upper: Int
  /// What is summed or multiplied; the index and elements of families occur in it.
  public let body: Expr

  /// How many times the body is taken.
  public var count: Int { upper - lower + 1 }

  /// The fold with another body over the same index.
  package func mapped(_ body: Expr) -> Expr {
    .fold(kind, index: index, from: lower, through: upper, body)
  }

  /// The body with an index of its own that no other fold uses, for work that puts other expressions into it.
  package func opened() -> (index: Variable, body: Expr) {
    let open = Variable(index: index.name, level: .max - index.indexLevel)
    return (open, body.replacingIndex(index, with: .index(Index(open))))
  }

  /// The body at one value of the index.
  package func term(at value: Int) -> Expr { body.replacingIndex(index, with: .integer(value)) }
}
