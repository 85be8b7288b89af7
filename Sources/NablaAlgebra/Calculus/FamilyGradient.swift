import NablaBasics

/// The gradient over an indexed family: one formula for each stretch of members on which it is the same.
///
///     Σᵢ₌₁⁹⁹⁹ (xᵢ₊₁ − xᵢ)²  has  ∂f/∂xⱼ = 2(xⱼ − xⱼ₋₁) − 2(xⱼ₊₁ − xⱼ)  for 2 ≤ j ≤ 999, and its two ends
package struct FamilyGradient: Sendable {
  /// A stretch of members and the derivative with respect to each of them.
  package struct Piece: Sendable {
    /// The members, by number.
    package let members: ClosedRange<Int>
    /// The derivative; for several members in terms of the open index `FamilyGradient.symbol`.
    package let derivative: Expr
  }

  /// The family.
  package let family: Family
  /// The pieces in order of their members; together they cover all members that the formula touches.
  package let pieces: [Piece]

  /// The index that stands for the member's number in a piece of several members.
  package static let symbol = Variable.openIndex("j")

  /// How many pieces the gradient may have at most; a look that differentiates nothing.
  package static func pieceBound(
    of expression: Expr, over family: Family, members: ClosedRange<Int>, limits: Limits = .standard
  ) -> Int {
    starts(of: expression, family, members, limits).count
  }

  /// The gradient of an expression over a family whose members are those numbers.
  ///
  /// The work depends on the size of the formula and on the members it names one by one, not on the length of its
  /// sums. Throws where a product over an index would have to be written out beyond a limit.
  package init(
    of expression: Expr, over family: Family, members: ClosedRange<Int>, limits: Limits = .standard,
    budget: inout Budget
  ) throws(Budget.Overrun) {
    self.family = family
    let starts = Self.starts(of: expression, family, members, limits)
    let form = TextbookForm()
    var pieces: [Piece] = []
    for (place, start) in starts.enumerated() {
      try budget.spend()
      let end = place + 1 < starts.count ? starts[place + 1] - 1 : members.upperBound
      let target: Differentiator.Target =
        start == end ? .variable(family.member(start)) : .member(family, Self.symbol, start...end)
      let walk = Differentiator(targets: [target], limits: limits)
      let rate = try walk.derivatives(of: expression, budget: &budget).first?.value ?? .zero
      let derivative = try form.form(of: rate, budget: &budget).expression
      pieces.append(Piece(members: start...end, derivative: derivative))
    }
    self.pieces = Self.joined(pieces)
  }

  /// Where a new formula may begin: at the ends of what each element of a fold reaches, around members named alone.
  private static func starts(
    of expression: Expr, _ family: Family, _ members: ClosedRange<Int>, _ limits: Limits
  ) -> [Int] {
    var starts: Set<Int> = [members.lowerBound]
    for part in expression.distinctSubexpressions() {
      switch part.shape {
      case .variable(let variable):
        guard let member = variable.member, member.family == family else { continue }
        starts.insert(member.number)
        starts.insert(member.number + 1)
      case .fold(let fold):
        for offset in fold.body.offsets(of: family, at: fold.index) {
          starts.insert(fold.lower &+ offset)
          starts.insert(fold.upper &+ offset &+ 1)
          guard fold.kind == .product, fold.count <= limits.expandedTerms else { continue }
          // A product is written out to be differentiated: its members have no formula in common.
          starts.formUnion((fold.lower &+ offset)...(fold.upper &+ offset))
        }
      default: continue
      }
    }
    return starts.filter { members.contains($0) }.sorted()
  }

  /// Neighbours with the same formula become one piece.
  private static func joined(_ pieces: [Piece]) -> [Piece] {
    var result: [Piece] = []
    for piece in pieces {
      if let last = result.last, last.derivative == piece.derivative,
        last.members.count > 1 || !last.derivative.mentionsMembers
      {
        result[result.count - 1] = Piece(
          members: last.members.lowerBound...piece.members.upperBound, derivative: last.derivative)
      } else {
        result.append(piece)
      }
    }
    return result
  }

  /// The derivative with respect to one member; zero outside the range.
  package func derivative(byMember number: Int) -> Expr {
    guard let piece = pieces.first(where: { $0.members.contains(number) }) else { return .zero }
    return piece.derivative.replacingIndex(Self.symbol, with: .integer(number))
  }
}

extension Expr {
  /// Whether any member of a family occurs as an ordinary variable.
  fileprivate var mentionsMembers: Bool {
    distinctSubexpressions().contains { part in
      if case .variable(let variable) = part.shape { variable.member != nil } else { false }
    }
  }
}
