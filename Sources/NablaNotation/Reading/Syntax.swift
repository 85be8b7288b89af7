/// A piece of a formula as it was typed: its kind, its place in the text and its parts in typed order.
///
///     1/2x is product [1, over 2, implied x]
///
/// All nodes of a formula stand in one table, parts before wholes, so neither walking a chain of a hundred
/// thousand terms nor releasing it recurses. A formula is a contiguous stretch of the table that ends with its
/// root, and no node is a part of two.
public struct Syntax: Sendable {
  package let tree: SyntaxTree
  /// The place of the node in the table of its tree; a part's place is lower than that of its whole.
  package let index: Int

  package init(tree: SyntaxTree, index: Int) {
    self.tree = tree
    self.index = index
  }

  /// What the node is.
  package var kind: Kind { tree.nodes[index].kind }
  /// Where the node stands in the text.
  public var span: SourceSpan { tree.nodes[index].span }
  /// The number of parts.
  package var count: Int { Int(tree.nodes[index].count) }
  /// One part.
  package subscript(_ part: Int) -> Syntax {
    Syntax(tree: tree, index: Int(tree.parts[Int(tree.nodes[index].first) + part].node))
  }
  /// How one part is tied to the parts before it.
  package func link(_ part: Int) -> Link { tree.parts[Int(tree.nodes[index].first) + part].link }
  /// All parts in typed order.
  package var parts: [Syntax] { (0..<count).map { self[$0] } }

  /// The lowest place in the table that belongs to the node: parts need not stand there in the order they have in the
  /// node, nor next to each other. In `log_2^3 x` the base comes first, then the exponent of the whole, then x.
  package var lowestIndex: Int {
    var lowest = index
    var place = index
    // What stands between the parts of a node has its own parts there as well.
    while place >= lowest {
      let node = tree.nodes[place]
      for part in 0..<Int(node.count) { lowest = min(lowest, Int(tree.parts[Int(node.first) + part].node)) }
      place -= 1
    }
    return lowest
  }

  /// What a node is; the comment says what its parts are.
  package enum Kind: Hashable, Sendable {
    /// A number with its own text, ASCII: `3`, `0.1`, `.5`, `5.`, `1e-3`. No parts.
    case number(String)
    /// A typed fraction character such as `½`. No parts.
    case vulgar(Int, Int)
    /// `e` or `pi`. No parts.
    case constant(String)
    /// A variable, a parameter or a defined value by its canonical name (`x_1`, `lambda`). No parts.
    case variable(String)
    /// The bound index of an enclosing sum or product over an index. No parts.
    case boundIndex(String)
    /// `x[i+1]`, `x_i`: a member of the family. Part 0 is the index.
    case element(String)
    /// Terms; each part's link is `.plus` or `.minus` (the net sign of a run of signs), a lone `-x` included.
    case sum
    /// Factors from left to right; links `.first`, `.implied`, `.times`, `.over`.
    case product
    /// A minus inside a product or an exponent: `2*-x`, `x^-1`. Part 0 is the operand.
    case negative
    /// `x^2`, `x²`. Parts: base, exponent.
    case power(PowerStyle)
    /// `x!`. Part 0 is the operand.
    case factorial
    /// `30°`. Part 0 is the operand.
    case degrees
    /// A function applied to its parts. `log_2 x` has the parts x and 2.
    case call(Callee, CallStyle)
    /// `√x` or `\sqrt[3]{x}`. Part 0 is the radicand, part 1 (if there is one) the degree.
    case root
    /// `\frac{a}{b}`. Parts: numerator, denominator.
    case fraction
    /// `|x|`. Part 0 is the content.
    case absolute
    /// Part 0 in brackets.
    case group(Bracket)
    /// `0 < x < 1`: the links of the parts from the second on are the relations.
    case comparison
    /// `not c`. Part 0 is the condition.
    case not
    /// `a and b and c`. The parts are the conditions.
    case and
    /// `a or b or c`. The parts are the conditions.
    case or
    /// `{x > 0: a; b}`: condition, value, condition, value, ..., and the value otherwise where there is one.
    case piecewise
    /// `sum(i, 1, 10, x[i])`. Parts: lower bound, upper bound, body; the name is that of the bound index.
    case fold(FoldKind, String)
    /// `d/dx x^2`: part 0 differentiated by the names in order.
    case derivative([String])
    /// What an error left out; the formula has a diagnostic then. No parts.
    case missing
  }

  /// How a part is tied to what stands before it.
  package enum Link: UInt8, Hashable, Sendable {
    case first, plus, minus, implied, times, over
    case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  }

  /// How an exponent was typed.
  package enum PowerStyle: Hashable, Sendable {
    /// `x^2`, `x**2`
    case caret
    /// `x²`
    case superscript
    /// `sin^2 x`, `sin² x`: the base is the call.
    case onFunction
  }

  /// What is called.
  package enum Callee: Hashable, Sendable {
    /// A function that the reader knows.
    case known(KnownFunction)
    /// A function that the text defines; with primes, its derivative: `f'`.
    case defined(String)

    /// The name of either.
    package var name: String {
      switch self {
      case .known(let function): function.name
      case .defined(let name): name
      }
    }
  }

  /// How a function's argument was typed.
  package enum CallStyle: Hashable, Sendable {
    /// `sin(x)`
    case bracketed
    /// `sin x`
    case bare
    /// `⌊x⌋`, `⌈x⌉`
    case fence
  }

  /// The brackets of a group.
  package enum Bracket: Hashable, Sendable {
    case round, square, curly
  }

  /// What an index runs over.
  package enum FoldKind: Hashable, Sendable {
    case sum, product
  }
}

/// The table of all nodes of one text.
package final class SyntaxTree: Sendable {
  /// One node; its parts are `count` entries of `parts` from `first` on.
  package struct Node: Sendable {
    package var kind: Syntax.Kind
    package var span: Span
    package var first: Int32
    package var count: Int32
  }

  /// One part of a node: which node, and how it is tied to the parts before it.
  package struct Part: Sendable {
    package var node: Int32
    package var link: Syntax.Link
    package var span: Span
  }

  package let nodes: [Node]
  package let parts: [Part]

  package init(nodes: [Node], parts: [Part]) {
    self.nodes = nodes
    self.parts = parts
  }
}
