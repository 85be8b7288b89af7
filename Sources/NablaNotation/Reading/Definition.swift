/// One line of the text: `f(x, y) = x y`, `a = 3` or a formula without a name.
package struct Definition: Sendable {
  /// The name left of `=`; nil where there is none.
  package var name: String?
  /// Where the name stands; empty at the line's beginning where there is none.
  package var nameSpan: Span
  /// The names in the brackets after the name; nil where there are no brackets.
  package var parameters: [String]?
  /// What stands right of `=`, or the whole line.
  package var body: Syntax
}
