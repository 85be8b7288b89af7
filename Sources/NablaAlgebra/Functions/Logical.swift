import NablaBasics

// Comparisons are 1 where they hold and 0 where not; what is not 0 counts as true. A branch that is not
// selected is not evaluated, and `and` and `or` know their answer where one side decides it.
extension Function {
  static let logical: [Function] = [
    `if`, less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, and, or, not,
  ]

  /// Whether its values are 1 where something holds and 0 where not.
  package var isCondition: Bool { Function.logical.contains(self) && self != .if }

  package static let `if`: Function = .init(
    "if", .ternary { $0.isNaN ? .nan : $0 != 0 ? $1 : $2 },
    derivative: .selects(condition: { $0[0] }, then: 1, otherwise: 2),
    canonical: { u in
      if let isTrue = truth(u[0]) { return isTrue ? u[1] : u[2] }
      return u[1] == u[2] && u[0].isDefinedEverywhere ? u[1] : nil
    },
    arguments: ["p", "a", "b"], summary: "The second argument where the first holds, else the third.",
    example: ("if(1 > 0, 2, 3)", "2"))

  package static let less: Function = comparison(
    "<", "below", turned: { greater }, { $0 < $1 }, { $0 < 0 }, ("1 < 2", "1"))
  package static let lessOrEqual: Function = comparison(
    "<=", "below or at", turned: { greaterOrEqual }, { $0 <= $1 }, { $0 <= 0 }, ("2 <= 1", "0"))
  package static let greater: Function = comparison(
    ">", "above", turned: { less }, { $0 > $1 }, { $0 > 0 }, ("2 > 1", "1"))
  package static let greaterOrEqual: Function = comparison(
    ">=", "above or at", turned: { lessOrEqual }, { $0 >= $1 }, { $0 >= 0 }, ("1 >= 2", "0"))
  package static let equal: Function = comparison(
    "==", "equal to", turned: { equal }, { $0 == $1 }, { $0 == 0 }, ("1 == 1", "1"))
  package static let notEqual: Function = comparison(
    "!=", "different from", turned: { notEqual }, { $0 != $1 }, { $0 != 0 }, ("1 != 1", "0"))

  package static let and: Function = .init(
    "and",
    .binary { a, b in
      a == 0 || b == 0 ? 0 : a.isNaN || b.isNaN ? .nan : 1
    },
    derivative: .zero, range: .nonnegative,
    canonical: { u in
      if truth(u[0]) == false || truth(u[1]) == false { return .zero }
      return truth(u[0]) == true && truth(u[1]) == true ? .one : nil
    },
    arguments: ["p", "q"], summary: "1 where both arguments hold, else 0.", example: ("1 < 2 and 2 < 1", "0"))

  package static let or: Function = .init(
    "or",
    .binary { a, b in
      holds(a) || holds(b) ? 1 : a.isNaN || b.isNaN ? .nan : 0
    },
    derivative: .zero, range: .nonnegative,
    canonical: { u in
      if truth(u[0]) == true || truth(u[1]) == true { return .one }
      return truth(u[0]) == false && truth(u[1]) == false ? .zero : nil
    },
    arguments: ["p", "q"], summary: "1 where one of the arguments holds or both do, else 0.",
    example: ("1 < 2 or 2 < 1", "1"))

  package static let not: Function = .init(
    "not", .unary { $0.isNaN ? .nan : $0 == 0 ? 1 : 0 },
    derivative: .zero, range: .nonnegative,
    canonical: { u in truth(u[0]).map { $0 ? .zero : .one } },
    arguments: ["p"], summary: "1 where the argument does not hold, else 0.", example: ("not(1 < 2)", "0"))

  /// A row that compares: the words, the row with the sides exchanged, the test of two values, the test of their order.
  ///
  /// What varies stands on the left: 0 < x is x > 0.
  private static func comparison(
    _ name: String, _ words: String, turned: @escaping @Sendable () -> Function,
    _ compare: @escaping @Sendable (Double, Double) -> Bool,
    _ decide: @escaping @Sendable (Int) -> Bool, _ example: (formula: String, result: String)
  ) -> Function {
    .init(
      name, .binary { a, b in a.isNaN || b.isNaN ? .nan : compare(a, b) ? 1 : 0 },
      derivative: .zero, range: .nonnegative,
      canonical: { u in
        if let order = Expr.order(u[0], u[1]) { return decide(order) ? .one : .zero }
        return u[0].varies || !u[1].varies ? nil : .call(turned(), [u[1], u[0]])
      },
      summary: "1 where the first number is \(words) the second, else 0.", example: example)
  }

  /// Whether a constant condition holds, where that is decided.
  private static func truth(_ u: Expr) -> Bool? { Expr.order(u, 0).map { $0 != 0 } }

  private static func holds(_ x: Double) -> Bool { x < 0 || x > 0 }
}
