import NablaBasics

/// One row of the function table: everything known about a function stands here and nowhere else.
///
///     Function.named("arcsin")?.summary
public final class Function: Hashable, Sendable {
  /// How a value is computed.
  public enum Value: Sendable {
    case unary(@Sendable (Double) -> Double)
    case binary(@Sendable (Double, Double) -> Double)
    case ternary(@Sendable (Double, Double, Double) -> Double)

    /// How many arguments the function takes.
    public var arity: Int {
      switch self {
      case .unary: 1
      case .binary: 2
      case .ternary: 3
      }
    }
  }

  /// How the function is differentiated.
  public enum Derivative: Sendable {
    /// ∂F/∂uᵢ for each argument, in terms of the arguments u and of the function's own value v.
    case partials(@Sendable (_ u: [Expr], _ v: Expr) -> [Expr])
    /// The function is one of two of its arguments; so is its derivative.
    case selects(condition: @Sendable (_ u: [Expr]) -> Expr, then: Int, otherwise: Int)
    /// The function is constant between its jumps.
    case zero
  }

  /// What a change of the argument's sign does to a function of one argument.
  public enum Parity: Sendable { case even, odd, none }

  /// What is known of the sign of all values.
  public enum Range: Sendable { case any, nonnegative, positive }

  /// The name that is printed.
  public let name: String
  /// Other names that are read.
  public let aliases: [String]
  /// The closure that computes it.
  public let value: Value
  /// The derivative, as data.
  public let derivative: Derivative
  /// Where the arguments must lie.
  public let domain: [DomainCondition]
  /// Even, odd or neither.
  public let parity: Parity
  /// The sign of all values.
  public let range: Range
  /// The exact value or the other node that a call stands for; nil where it stays a call.
  public let canonical: @Sendable ([Expr]) -> Expr?
  /// What it is, in one sentence.
  public let summary: String
  /// A formula and what it is.
  public let example: (formula: String, result: String)

  /// How many arguments the function takes.
  public var arity: Int { value.arity }

  /// Whether every real argument has a value.
  public var isDefinedEverywhere: Bool { domain.isEmpty }

  init(
    _ name: String, aliases: [String] = [], _ value: Value, derivative: Derivative,
    domain: [DomainCondition] = [], parity: Parity = .none, range: Range = .any,
    canonical: @escaping @Sendable ([Expr]) -> Expr? = { _ in nil },
    summary: String, example: (formula: String, result: String)
  ) {
    self.name = name
    self.aliases = aliases
    self.value = value
    self.derivative = derivative
    self.domain = domain
    self.parity = parity
    self.range = range
    self.canonical = canonical
    self.summary = summary
    self.example = example
  }

  /// Rows are equal when they are the same row.
  public static func == (left: Function, right: Function) -> Bool { left === right }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
