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
  /// The derivative of a function of one argument u with the value v, for values alone, where that of the row loses
  /// digits; nil for most functions.
  package let stableSlope: (@Sendable (_ u: Expr, _ v: Expr) -> Expr)?
  /// The partial derivatives for second derivatives alone, where the slopes of those of the row lose digits; nil for most
  /// functions.
  package let curvedPartials: (@Sendable (_ u: [Expr]) -> [Expr])?
  /// Where the arguments must lie.
  public let domain: [DomainCondition]
  /// The argument that is a whole number, an order, so that there is no derivative by it; nil for most functions.
  public let order: Int?
  /// Even, odd or neither.
  public let parity: Parity
  /// The sign of all values.
  public let range: Range
  /// ln |F| of an argument whose value is too large or too small for a `Double`; not a number for others. Nil where nobody
  /// needs to know. The sign there is that of all values, or that of the argument.
  public let logarithmOfSize: (@Sendable (Double) -> Double)?
  /// How far the computed value may be off at an order and an argument, however small the value: by its series, between
  /// zeros that go on and on. Nil where small values keep their digits.
  package let oscillationError: (@Sendable (_ order: Double, _ x: Double) -> Double)?
  /// How its graph bends; nil where it bends to both sides, or nobody needs to know.
  public let curvature: Curvature?
  /// Whether it is a logarithm of its only argument.
  let isLogarithm: Bool
  /// Whether books write it without brackets before one letter: sin x, ln x.
  public let takesBareArgument: Bool
  /// The exact value or the other node that a call stands for; nil where it stays a call.
  public let canonical: @Sendable ([Expr]) -> Expr?
  /// What it is, in one sentence.
  public let summary: String
  /// A formula and what it is.
  public let example: (formula: String, result: String)

  /// What the arguments are called in documents.
  public var argumentNames: [String] { Array(arguments.prefix(arity)) }
  private let arguments: [String]
  /// The hash of the name that is the same in every process.
  let stableHash: UInt64

  /// How many arguments the function takes.
  public var arity: Int { value.arity }

  /// Whether every real argument has a value.
  public var isDefinedEverywhere: Bool { domain.isEmpty }

  init(
    _ name: String, aliases: [String] = [], _ value: Value, derivative: Derivative,
    stableSlope: (@Sendable (_ u: Expr, _ v: Expr) -> Expr)? = nil,
    curvedPartials: (@Sendable (_ u: [Expr]) -> [Expr])? = nil,
    domain: [DomainCondition] = [], order: Int? = nil, parity: Parity = .none, range: Range = .any,
    logarithmOfSize: (@Sendable (Double) -> Double)? = nil, curvature: Curvature? = nil,
    oscillationError: (@Sendable (_ order: Double, _ x: Double) -> Double)? = nil,
    isLogarithm: Bool = false, takesBareArgument: Bool = false,
    canonical: @escaping @Sendable ([Expr]) -> Expr? = { _ in nil },
    arguments: [String] = ["x", "y", "z"], summary: String, example: (formula: String, result: String)
  ) {
    self.name = name
    self.aliases = aliases
    self.value = value
    self.derivative = derivative
    self.stableSlope = stableSlope
    self.curvedPartials = curvedPartials
    self.domain = domain
    self.order = order
    self.parity = parity
    self.range = range
    self.logarithmOfSize = logarithmOfSize
    self.oscillationError = oscillationError
    self.curvature = curvature
    self.isLogarithm = isLogarithm
    self.takesBareArgument = takesBareArgument
    self.canonical = canonical
    self.summary = summary
    self.example = example
    self.arguments = arguments
    var hash = StableHash()
    hash.combine(name)
    stableHash = hash.value
  }

  /// Rows are equal when they are the same row.
  public static func == (left: Function, right: Function) -> Bool { left === right }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Function {
  /// Every row, in the order of the documentation.
  public static let all: [Function] =
    exponentials + roots + trigonometric + inverseTrigonometric + hyperbolic + inverseHyperbolic
    + piecewise + logical + special + bessel

  /// The row that a name or an alias stands for.
  ///
  ///     Function.named("asin")            // the row arcsin
  ///     Function.named("log", arity: 2)   // the logarithm to a base; without an arity, ln
  ///
  /// Where one word stands for two rows, the one with fewer arguments comes first.
  public static func named(_ name: String, arity: Int? = nil) -> Function? {
    byName[name]?.first { arity == nil || $0.arity == arity }
  }

  private static let byName: [String: [Function]] = {
    var result: [String: [Function]] = [:]
    for row in all.sorted(by: { $0.arity < $1.arity }) {
      for name in [row.name] + row.aliases { result[name, default: []].append(row) }
    }
    return result
  }()
}

// How a row is written down: `sin(u)` in a template is a call, and most rows have one argument.
extension Function {
  func callAsFunction(_ arguments: Expr...) -> Expr { .call(self, arguments) }
}

extension Function.Derivative {
  /// The derivative of a function of one argument u with the value v.
  static func slope(_ rate: @escaping @Sendable (_ u: Expr, _ v: Expr) -> Expr) -> Function.Derivative {
    .partials { u, v in [rate(u[0], v)] }
  }
}
