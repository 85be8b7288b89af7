import NablaBasics

/// A formula as meant: numbers, constants, variables, sums, products, powers, function calls and folds.
///
///     let x = Expr("x")
///     (x + x + 1).shape   // a sum of 2x and 1: like terms are collected
///
/// There is no minus, no division and no bracket: a − b is a + (−1)·b, a/b is a·b⁻¹, √a is a^(1/2), exp a is e^a.
/// Every value is canonical (`checkInvariants`), made by constructors that never enlarge a domain: x/x stays.
public struct Expr: Hashable, Sendable {
  /// What an expression is made of.
  ///
  /// A node holds its shape; what is seldom stands in a box of its own, so that the many others stay small.
  public enum Shape: Hashable, Sendable {
    case number(Number)
    case constant(Constant)
    case variable(Variable)
    indirect case element(Family, Index)
    case sum([Expr])
    case product([Expr])
    case power(Expr, Expr)
    case call(Function, [Expr])
    indirect case fold(Fold)
  }

  @usableFromInline let node: Node

  /// What the expression is, one level deep; lent where it stands.
  @inlinable public var shape: Shape { _read { yield node.shape } }

  /// The levels of nesting; 1 for a leaf.
  @inlinable package var depth: Int { Int(node.facts.depth) }
  /// The nodes of the expression written out as a tree, at most `Int.max / 4`.
  @inlinable package var size: Int { node.facts.size }
  /// Whether the expression has a real value wherever its variables have one.
  package var isDefinedEverywhere: Bool { node.facts.isDefinedEverywhere }
  /// Whether the value is known to be above zero wherever it is defined.
  package var isPositive: Bool { node.facts.sign == .positive }
  /// Whether the value is known not to be below zero wherever it is defined.
  package var isNonnegative: Bool { node.facts.sign != .unknown }
  /// One bit a variable, all bits for elements of families: where a bit is off, the variable does not occur.
  package var mask: UInt64 { node.facts.mask }
  /// The highest level among the folds inside, 0 where there are none.
  @inlinable package var foldLevel: Int { Int(node.facts.foldLevel) }
  /// Whether it holds nothing but numbers, variables, sums, products and powers to positive whole exponents.
  var isPolynomial: Bool { node.facts.isPolynomial }
  /// Whether a function is called somewhere inside.
  package var hasCalls: Bool { node.facts.hasCalls }
  /// The hash that is the same in every process.
  @inlinable package var stableHash: UInt64 { node.hash }
  /// Whether both are one node.
  @inlinable package func isSame(as other: Expr) -> Bool { node === other.node }

  /// The address of its node, while it lives: a number that tells nodes apart.
  @inlinable package var nodeAddress: Int { Int(bitPattern: ObjectIdentifier(node)) }

  init(node: Node) { self.node = node }

  /// The node for a shape that is known to be canonical.
  init(canonical shape: Shape) { node = Node(shape) }

  /// Feeds the cached hash.
  public func hash(into hasher: inout Hasher) { hasher.combine(node.hash) }

  /// The box of an expression, with what is asked often enough to be kept.
  @usableFromInline final class Node: Sendable {
    // Only `deinit` changes it, when nobody else can see the node.
    @exclusivity(unchecked) @usableFromInline nonisolated(unsafe) private(set) var shape: Shape
    @usableFromInline let hash: UInt64
    @usableFromInline let facts: Facts

    init(_ shape: Shape) {
      hash = Node.hash(of: shape)
      facts = Facts.of(shape)
      self.shape = shape
    }

    /// Releases a deep chain in a loop: the stack does not grow with the depth.
    deinit {
      guard facts.depth > 200 else { return }
      var pending = shape.children
      shape = .constant(.e)
      while var last = pending.popLast()?.node {
        guard last.facts.depth > 200, isKnownUniquelyReferenced(&last) else { continue }
        pending += last.shape.children
        last.shape = .constant(.e)
      }
    }

    private static func hash(of shape: Shape) -> UInt64 {
      var hash = StableHash(shape.rank)
      switch shape {
      case .number(let number): number.combine(into: &hash)
      case .constant(let constant): hash.combine(constant.rawValue)
      case .variable(let variable): variable.combine(into: &hash)
      case .element(let family, let index):
        hash.combine(family.name)
        index.bound.combine(into: &hash)
        hash.combine(index.offset)
      case .sum(let parts), .product(let parts):
        for part in parts { hash.combine(part.node.hash) }
      case .power(let base, let exponent):
        hash.combine(base.node.hash)
        hash.combine(exponent.node.hash)
      case .call(let function, let arguments):
        hash.combine(function.stableHash)
        for argument in arguments { hash.combine(argument.node.hash) }
      case .fold(let fold):
        hash.combine(fold.kind.rawValue)
        hash.combine(fold.lower)
        hash.combine(fold.upper)
        hash.combine(fold.body.node.hash)
      }
      return hash.value
    }
  }
}

extension Expr.Shape {
  /// The kinds in the total order of expressions.
  var rank: UInt64 {
    switch self {
    case .number: 0
    case .constant: 1
    case .variable: 2
    case .element: 3
    case .power: 4
    case .call: 5
    case .product: 6
    case .sum: 7
    case .fold: 8
    }
  }

  /// The expressions one level down.
  var children: [Expr] {
    switch self {
    case .number, .constant, .variable, .element: []
    case .sum(let parts), .product(let parts), .call(_, let parts): parts
    case .power(let base, let exponent): [base, exponent]
    case .fold(let fold): [fold.body]
    }
  }
}
