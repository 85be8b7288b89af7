extension Expr: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }

  /// A decimal, as `init(_:)` of a `Double` makes it: 0.1 is one tenth.
  public init(floatLiteral value: Double) { self.init(value) }

  /// A whole number.
  public init(_ value: Int) { self = .integer(value) }

  /// A number: whole where it is, else the decimal with the fewest digits that is read as it.
  ///
  ///     Expr(0.1)   // one tenth, and not the binary fraction nearby
  ///
  /// Infinities and what is not a number stay that, as approximations.
  public init(_ value: Double) {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      self = .integer(whole)
    } else {
      self = .number(Number(decimal: "\(value)") ?? Number(approximate: value))
    }
  }

  /// A number in decimal text, exact as written; nil for any other text.
  ///
  ///     Expr(decimal: "0.1")   // one tenth, printed 0.1
  public init?(decimal text: String) {
    guard let number = Number(decimal: text) else { return nil }
    self = .number(number)
  }

  /// Euler's number, 2.71828…
  public static var e: Expr { .constant(.e) }

  /// The circle's circumference over its diameter, 3.14159…
  public static var pi: Expr { .constant(.pi) }
}
