import NablaBasics

/// Textbook forms of many derivatives, each made once for all that differ in the numbers of their members alone.
///
///     ∂f/∂x_20 = 200(x_20 − x_19²) − 400x_20(x_21 − x_20²)   is ∂f/∂x_10 with x_9, x_10, x_11 for x_19, x_20, x_21
///
/// The members of a family are counted anew from the first that has as many digits, so that such formulas become one.
/// Names keep their order and their length, and that is all of a name that a form depends on.
package struct RepeatedForms: Sendable {
  private let form: TextbookForm
  private var known = ExprMap<Simplifier.Outcome>()

  /// The most forms that are kept.
  private static let most = 4_096
  /// The deepest formula that is looked through for members.
  private static let deepest = 60

  package init(_ form: TextbookForm = TextbookForm()) { self.form = form }

  /// The same as `TextbookForm.form(of:budget:)`; a form that is known costs the size of the expression.
  package mutating func form(
    of expression: Expr, budget: inout Budget
  ) throws(Budget.Overrun) -> Simplifier.Outcome {
    guard expression.size <= TextbookForm.largest, expression.depth <= Self.deepest,
      expression.foldLevel == 0, !expression.isMonomial, let count = MemberCount(of: expression)
    else { return try form.form(of: expression, budget: &budget) }
    try budget.spend(expression.size)
    let counted = expression.renamed(count.counted)
    let outcome: Simplifier.Outcome
    if let same = known[counted] {
      outcome = same
    } else {
      outcome = try form.form(of: counted, budget: &budget)
      if known.count < Self.most { known[counted] = outcome }
    }
    return outcome.renamed(count.named)
  }
}

/// The members in a formula, beside those that they become when they are counted anew.
private struct MemberCount {
  /// From the formula's own members to those that are counted.
  let counted: Renaming
  /// The way back.
  let named: Renaming

  /// Nil where there are none, more than 24, or elements whose number is not known.
  init?(of expression: Expr) {
    var members: [Variable] = []
    guard expression.gatherMembers(into: &members), !members.isEmpty else { return nil }
    members.sort { $0.key < $1.key }
    var others: [Variable] = []
    for (place, member) in members.enumerated() {
      let follows = place > 0 && members[place - 1].isCounted(like: member)
      others.append(follows ? others[place - 1].nextCounted : member.firstCounted)
    }
    counted = Renaming(from: members, to: others)
    named = Renaming(from: others, to: members)
  }
}

/// Variables that take the place of others; both lists are in the order of canonical forms.
private struct Renaming {
  let old: [Variable]
  let new: [Variable]

  init(from old: [Variable], to new: [Variable]) { (self.old, self.new) = (old, new) }

  subscript(_ variable: Variable) -> Variable? {
    var (low, high) = (0, old.count)
    while low < high {
      let middle = (low + high) / 2
      if old[middle].key < variable.key { low = middle + 1 } else { high = middle }
    }
    return low < old.count && old[low] == variable ? new[low] : nil
  }
}

extension Variable {
  private static let low: UInt64 = 0xFFFF_FFFF

  /// Whether it is a member of a family by a name whose key says all of it: x_7.
  fileprivate var isCounted: Bool { indexLevel == 0 && key & Self.low != 0 && key & Self.low != Self.low }

  private var digits: Int { (key & Self.low - 1).description.utf8.count }

  /// Whether both are members of one family with numbers of as many digits.
  fileprivate func isCounted(like other: Variable) -> Bool {
    key >> 32 == other.key >> 32 && digits == other.digits
  }

  /// The first member with as many digits: x_0, x_10, x_100.
  fileprivate var firstCounted: Variable {
    let count = digits
    return Variable("\(base)_\(count == 1 ? "0" : "1" + String(repeating: "0", count: count - 1))")
  }

  /// The member after this one.
  fileprivate var nextCounted: Variable { Variable("\(base)_\(key & Self.low)") }
}

extension Expr {
  /// Adds the members that are not in the list yet; false where there are elements of a fold, or many members.
  fileprivate func gatherMembers(into members: inout [Variable]) -> Bool {
    if mask == 0 { return true }
    switch shape {
    case .number, .constant: return true
    case .element, .fold: return false
    case .variable(let variable):
      guard variable.isCounted, !members.contains(variable) else { return true }
      members.append(variable)
      return members.count <= 24
    case .sum(let parts), .product(let parts), .call(_, let parts):
      for part in parts where !part.gatherMembers(into: &members) { return false }
      return true
    case .power(let base, let exponent):
      return base.gatherMembers(into: &members) && exponent.gatherMembers(into: &members)
    }
  }

  /// The expression over variables that stand in the same order: what is canonical stays so, nothing is sorted anew.
  fileprivate func renamed(_ renaming: Renaming) -> Expr {
    if mask == 0 { return self }
    switch shape {
    case .number, .constant, .element, .fold: return self
    case .variable(let variable): return renaming[variable].map { .variable($0) } ?? self
    case .sum(let terms): return Expr(canonical: .sum(terms.map { $0.renamed(renaming) }))
    case .product(let factors): return Expr(canonical: .product(factors.map { $0.renamed(renaming) }))
    case .power(let base, let exponent):
      return Expr(canonical: .power(base.renamed(renaming), exponent.renamed(renaming)))
    case .call(let function, let arguments):
      return Expr(canonical: .call(function, arguments.map { $0.renamed(renaming) }))
    }
  }
}

extension Simplifier.Outcome {
  fileprivate func renamed(_ renaming: Renaming) -> Simplifier.Outcome {
    .init(
      expression: expression.renamed(renaming),
      conditions: conditions.map { .init(subject: $0.subject.renamed(renaming), kind: $0.kind) },
      isWhole: isWhole, names: names)
  }
}
