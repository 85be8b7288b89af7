import NablaAlgebra
import NablaBasics
import NablaNotation

/// One partial derivative: by a variable, or by every member of an indexed family in a stretch.
public struct PartialDerivative: Hashable, Sendable {
  /// What the derivative is taken by.
  public enum Subject: Hashable, Sendable {
    /// One variable.
    case variable(Variable)
    /// The members xⱼ with j in a range; the expression holds for each j.
    case members(Family, ClosedRange<Int>)
  }

  /// What the derivative is taken by.
  public let subject: Subject
  /// The derivative in its textbook form.
  public let expression: Expr
  /// Comparisons that must hold because something cancelled, such as x ≠ 1.
  public let conditions: [Expr]
}

extension PartialDerivative: CustomStringConvertible {
  /// The derivative with what it is taken by: `∂/∂x: 6x + 8y`, `∂/∂x: x + 1 for x ≠ 1`.
  public var description: String {
    let by: String
    switch subject {
    case .variable(let variable): by = "∂/∂\(variable)"
    case .members(let family, let range):
      by = "∂/∂\(family.member(range.lowerBound)), …, ∂/∂\(family.member(range.upperBound))"
    }
    let remark = conditions.isEmpty ? "" : " for " + conditions.map(\.description).joined(separator: ", ")
    return "\(by): \(expression)\(remark)"
  }
}

/// The gradient of a formula: its partial derivatives in the order of the variables.
public struct Gradient: Sendable, CustomStringConvertible {
  /// The formula that was differentiated.
  public let formula: Formula
  /// The partial derivatives.
  public let partials: [PartialDerivative]

  init(of formula: Formula, partials: [PartialDerivative]) {
    self.formula = formula
    self.partials = partials
  }

  /// The derivative by the variable at a place.
  public subscript(place: Int) -> Expr { partials[place].expression }

  /// The derivative by a variable; zero where it does not occur.
  public subscript(variable: Variable) -> Expr {
    partials.first { $0.subject == .variable(variable) }?.expression ?? .zero
  }

  /// The gradient as a vector in Unicode: `⟨6x + 8y, 8x − 15y⁴⟩`.
  public var description: String { text(as: .unicode) }

  /// The gradient as a vector.
  ///
  ///     try Formula("f(x, y) = x y").gradient().text(as: .plain)   // "<y, x>"
  public func text(as format: TextFormat) -> String {
    Form.vector(partials.map { formula.form(of: $0.expression) }).text(format.row)
  }
}
