/// One simplification: its name, and what it makes of a node whose parts are already simple.
///
/// A rule keeps the value wherever both sides have one. Where the new form has a value that the old one had not,
/// or takes a choice such as u ≥ 0, the rule records the condition.
package struct Rule: Sendable {
  /// What must hold for the two sides to be the same.
  package struct Condition: Hashable, Sendable {
    package enum Kind: Int, Hashable, Sendable {
      case nonzero, positive, nonnegative
    }

    package let subject: Expr
    package let kind: Kind
  }

  /// What a rule answers.
  package struct Result: Sendable {
    package let expression: Expr
    package let conditions: [Condition]

    init(_ expression: Expr, where conditions: Condition...) { self.init(expression, where: conditions) }

    init(_ expression: Expr, where conditions: [Condition]) {
      self.expression = expression
      self.conditions = conditions.filter { condition in
        condition.kind == .nonnegative ? !condition.subject.isNonnegative : !condition.subject.isPositive
      }
    }
  }

  /// The kinds of nodes that a rule may have something to say of.
  package struct Kinds: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    static let sum = Kinds(rawValue: 1)
    static let product = Kinds(rawValue: 2)
    static let power = Kinds(rawValue: 4)
    static let call = Kinds(rawValue: 8)
    static let fold = Kinds(rawValue: 16)

    /// The kind of a node; empty for those that no rule speaks of.
    package init(of expression: Expr) {
      switch expression.shape {
      case .number, .constant, .variable, .element: self = []
      case .sum: self = .sum
      case .product: self = .product
      case .power: self = .power
      case .call: self = .call
      case .fold: self = .fold
      }
    }
  }

  /// What a teacher calls it.
  package let name: String
  /// What it looks at.
  package let kinds: Kinds
  /// The two sides of a rule that is a pattern and its replacement; nil for one that computes.
  package let sides: (pattern: Expr, replacement: Expr)?
  /// The result, or nil where the rule has nothing to say.
  package let apply: @Sendable (Expr) -> Result?

  /// A rule that computes its result.
  init(_ name: String, of kinds: Kinds, _ apply: @escaping @Sendable (Expr) -> Result?) {
    self.name = name
    self.kinds = kinds
    sides = nil
    self.apply = apply
  }

  /// A rule as data: what is found, what takes its place, and what must hold of the parts; a condition is recorded.
  ///
  ///     Rule("sine over cosine", sin(u) / cos(u), tan(u))
  ///     Rule("number over its absolute value", u / abs(u), sign(u), where: u, .nonzero)
  init(
    _ name: String, _ pattern: Expr, _ replacement: Expr, where subject: Expr? = nil,
    _ kind: Condition.Kind = .nonzero, if guarded: @escaping @Sendable (Expr) -> Bool = { _ in true }
  ) {
    self.name = name
    // One factor is also looked for among others.
    kinds = [Kinds(of: pattern), pattern.isSum ? .sum : .product]
    sides = (pattern, replacement)
    let rewriting = Pattern(pattern: pattern, replacement: replacement)
    apply = { whole in
      guard let (expression, bindings) = rewriting.rewritten(whole),
        guarded(bindings[Variable("?u")] ?? .zero)
      else { return nil }
      guard let subject else { return Result(expression) }
      return Result(expression, where: .init(subject: subject.substituting(bindings), kind: kind))
    }
  }

  /// Rules in the order in which they are tried, and which of them speak of a kind of node.
  package struct List: ExpressibleByArrayLiteral, Sendable {
    package let all: [Rule]
    private let ofSums, ofProducts, ofPowers, ofCalls, ofFolds: [Rule]

    package init(arrayLiteral rules: Rule...) { self.init(rules) }

    init(_ rules: [Rule]) {
      all = rules
      let some = { (kind: Kinds) in rules.filter { $0.kinds.contains(kind) } }
      (ofSums, ofProducts, ofPowers) = (some(.sum), some(.product), some(.power))
      (ofCalls, ofFolds) = (some(.call), some(.fold))
    }

    /// The rules that may have something to say of an expression.
    package func rules(for expression: Expr) -> [Rule] {
      switch expression.shape {
      case .number, .constant, .variable, .element: []
      case .sum: ofSums
      case .product: ofProducts
      case .power: ofPowers
      case .call: ofCalls
      case .fold: ofFolds
      }
    }
  }

  /// A list of rules, or none where no function is called.
  package struct Group: Sendable {
    /// Whether all of them speak of functions, so that they have nothing to say of an expression without a call; for
    /// one they are not even made.
    package let needsCalls: Bool
    private let make: @Sendable () -> List

    init(needsCalls: Bool = false, _ make: @escaping @Sendable @autoclosure () -> List) {
      self.needsCalls = needsCalls
      self.make = make
    }

    /// The rules in their order.
    package var rules: [Rule] { make().all }

    /// The rules that may have something to say of an expression.
    func rules(for expression: Expr) -> [Rule] {
      needsCalls && !expression.hasCalls ? [] : make().rules(for: expression)
    }
  }

  /// All rules in the order in which they are tried.
  package static let all: [Group] =
    collecting + [Group(needsCalls: true, identities), Group(numbers)]

  /// Rules that only put together what stands side by side: no factor is taken out.
  package static let collecting: [Group] = [
    Group(powers), Group(roots), Group(needsCalls: true, logarithms), Group(needsCalls: true, inverses),
    Group(needsCalls: true, signs), Group(needsCalls: true, conditions),
  ]

  /// Rules that are tried once more at the end where a sine and a cosine stand alone.
  package static let finishing: [Group] = [ofQuotients, Group(needsCalls: true, doubleAngles)]

  /// The first of them.
  static let ofQuotients = Group(needsCalls: true, quotients)

  /// Squares in place of half ones and cosines of the double.
  package static let ofHalfAngles = Group(needsCalls: true, halfAngles)

  /// The names of what is one over another.
  package static let ofReciprocals = Group(needsCalls: true, reciprocals)
}

extension Expr {
  /// The number that the expression is, if it is one.
  var asNumber: Number? { if case .number(let number) = shape { number } else { nil } }

  /// The factors of a product, the expression itself otherwise.
  var factors: [Expr] { if case .product(let factors) = shape { factors } else { [self] } }

  /// The argument where the expression is a call of that function of one argument.
  func argument(of function: Function) -> Expr? {
    if case .call(function, let arguments) = shape, arguments.count == 1 { arguments[0] } else { nil }
  }
}
