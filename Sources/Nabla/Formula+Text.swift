import NablaAlgebra
import NablaBasics
import NablaNotation

extension Formula: CustomStringConvertible {
  /// An expression in this formula's letters as it is shown: its variables' order, its brackets as typed.
  ///
  /// `termOrder` are sums with their terms in order, those that were typed where nothing else is given.
  package func form(of expression: Expr, termOrder: [Expr: [Expr]]? = nil) -> Form {
    Form(
      expression, variables: letters(of: expression),
      typedOrder: termOrder.map { TypedOrder($0) } ?? reading?.typedOrder ?? TypedOrder(),
      letterOrder: reading?.letterOrder ?? LetterOrder())
  }

  /// The variables in their order; of many, those that the expression's text depends on.
  private func letters(of expression: Expr) -> [Variable] {
    guard variables.count > 20 else { return variables }
    let lookup = lookup
    var occurring = Set(expression.freeVariables + lookup.words)
    for part in expression.distinctSubexpressions() {
      if case .element(let family, _) = part.shape { occurring.insert(family.member(1)) }
    }
    let known = occurring.compactMap { variable in
      lookup.places[variable].map { (place: $0, variable: variable) }
    }
    return known.sorted { $0.place < $1.place }.map(\.variable)
  }

  /// The right-hand side as typed, tidied up.
  package var bodyForm: Form {
    if let reading { Form(reading.syntax) } else { form(of: expression) }
  }

  /// The formula as it was read, in Unicode: `f(x, y) = 3x² + 8xy − 3y⁵`.
  public var description: String { text(as: .unicode) }

  /// The formula as it was read, with its name and its variables.
  ///
  ///     try Formula("f(x) = sqrt(x)/2").text(as: .latex)   // "f(x) = \\frac{\\sqrt{x}}{2}"
  public func text(as format: TextFormat) -> String {
    let left = Form.label(.function(name, variables.map { .name(Name($0.name)) })).text(format.row)
    return left + (format == .mathML ? "<mo>=</mo>" : " = ") + bodyForm.text(format.row)
  }

  /// The text of an expression in this formula's letters.
  public func text(of expression: Expr, as format: TextFormat) -> String {
    form(of: expression).text(format.row)
  }

  /// The text of an expression in this formula's letters, in ASCII where `isPlain`.
  public func text(of expression: Expr, isPlain: Bool = false) -> String {
    form(of: expression).text(isPlain ? .plain : .unicode)
  }
}
