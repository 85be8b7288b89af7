import NablaAlgebra

extension Variable: CustomStringConvertible {
  /// The variable of a name as it is typed: x1, x_1 and x₁ are one variable, λ and lambda another.
  ///
  ///     Variable("x1").name   // "x_1"
  ///
  /// The text must be one name; `init(validating:)` asks.
  public init(_ typed: some StringProtocol) {
    guard let variable = Variable(validating: typed) else {
      preconditionFailure("‘\(typed)’ is no name of a variable")
    }
    self = variable
  }

  /// The variable of a name as it is typed; nil where the text is none, as `x + 1` and `2x` are.
  public init?(validating typed: some StringProtocol) {
    guard let name = Reading.name(String(typed)) else { return nil }
    self.init(name)
  }

  /// The name as a book prints it: `x₁`, `λ`, `speed`.
  public var description: String { Form.variable(name).text(.unicode) }
}

extension Family {
  /// The family of a name as it is typed; the text must be one name.
  public init(_ typed: some StringProtocol) { self.init(Variable(typed).name) }
}

extension Expr: CustomStringConvertible {
  /// The variable of a name as it is typed, also where the name is e or pi: `Expr.e` and `Expr.pi` are the constants.
  ///
  ///     Expr("x1") + Expr("λ")   // x₁ + λ
  ///
  /// The text must be one name; `Formula` reads formulas.
  public init(_ typed: some StringProtocol) { self = .variable(Variable(typed)) }

  /// The expression in Unicode, its variables in natural order: `3x² − 1/x`; … where that would be very long.
  public var description: String { Form(self).text(.unicode) }
}
