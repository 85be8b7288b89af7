import NablaBasics
import Testing

@testable import NablaAlgebra

@Suite struct FamilyGradientTests {
  static let i = Variable.openIndex("i")
  static let family = Family("x")
  static func at(_ offset: Int, _ index: Variable = i) -> Expr {
    .element(family, Index(index, offset: offset))
  }

  /// Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²
  static func rosenbrock(_ n: Int) -> Expr {
    .fold(
      .sum, index: i, from: 1, through: n - 1,
      100 * (at(1) - at(0).squared).squared + (1 - at(0)).squared)
  }

  @Test func chainedRosenbrockHasThreePieces() throws {
    var budget = Budget(100_000)
    let gradient = try FamilyGradient(
      of: Self.rosenbrock(1_000_000), over: Self.family, members: 1...1_000_000, budget: &budget)
    #expect(gradient.pieces.map(\.members) == [1...1, 2...999_999, 1_000_000...1_000_000])
    let (a, b) = (Expr("x_5"), Expr("x_6"))
    let expected = 200 * (a - Expr("x_4").squared) + 2 * (a - 1) - 400 * a * (b - a.squared)
    #expect(gradient.derivative(byMember: 5) == expected)
    #expect(gradient.derivative(byMember: 1_000_001) == 0)
  }

  @Test func neighboursWithOneFormulaAreOnePiece() throws {
    var budget = Budget()
    let formula = Expr("x_1") + Expr("x_2") + .fold(.sum, index: Self.i, from: 1, through: 9, Self.at(0))
    let gradient = try FamilyGradient(of: formula, over: Self.family, members: 1...9, budget: &budget)
    #expect(gradient.pieces.map(\.members) == [1...2, 3...9])
    #expect(gradient.pieces.map(\.derivative) == [2, 1])
  }

  /// A formula that names its member is that of this member alone, also where the next has the same.
  @Test func aNamedMemberStandsAlone() throws {
    var budget = Budget()
    let formula =
      (Expr("x_1") + Expr("x_2")).squared + .fold(.sum, index: Self.i, from: 1, through: 9, Self.at(0))
    let gradient = try FamilyGradient(of: formula, over: Self.family, members: 1...9, budget: &budget)
    #expect(gradient.pieces.map(\.members) == [1...1, 2...2, 3...9])
  }

  /// The folded gradient is that of the sum written out, for several kinds of formula.
  static let formulas: [Expr] = [
    rosenbrock(6),
    Expr.fold(.sum, index: i, from: 1, through: 6, at(0).squared).squareRoot,
    Expr.fold(.sum, index: i, from: 2, through: 5, at(-1) * at(1)) + Expr("x_3") * Expr("x_1"),
    Expr.fold(
      .sum, index: i, from: 1, through: 4,
      Expr.fold(
        .sum, index: .openIndex("j"), from: 2, through: 6, at(0) * at(0, .openIndex("j")).squared)),
    Expr.fold(.sum, index: i, from: 1, through: 6, .variable(i) * at(0)).squared,
    Expr.fold(.product, index: i, from: 1, through: 5, at(0) + 1),
    Expr.fold(.sum, index: i, from: 1, through: 4, at(2) * at(0).squared + at(1)),
    Expr.fold(.sum, index: i, from: 3, through: 6, at(-2).squared * at(0) - at(-1)),
    Expr.fold(.sum, index: i, from: 2, through: 4, at(-1) * at(2).squared * at(0)),
  ]

  @Test(arguments: formulas.indices)
  func foldedEqualsWrittenOut(row: Int) throws {
    let folded = Self.formulas[row]
    let written = folded.rebuilt { part in
      guard case .fold(let fold) = part.shape else { return nil }
      let terms = (fold.lower...fold.upper).map { fold.term(at: $0) }
      return fold.kind == .sum ? .sum(terms) : .product(terms)
    }
    #expect(written.foldLevel == 0)
    var budget = Budget()
    let gradient = try FamilyGradient(of: folded, over: Self.family, members: 1...6, budget: &budget)
    #expect(gradient.pieces.first?.members.lowerBound == 1)
    #expect(gradient.pieces.last?.members.upperBound == 6)
    let values = Dictionary(
      uniqueKeysWithValues: (1...6).map { (Self.family.member($0), Expr.integer($0 * $0 - 7) / 3) })
    for member in 1...6 {
      let variable = Self.family.member(member)
      let direct = try written.derivative(by: variable).substituting(values)
      #expect(gradient.derivative(byMember: member).expandedFolds.substituting(values) == direct)
      #expect(try folded.derivative(by: variable).expandedFolds.substituting(values) == direct)
    }
  }
}

extension Expr {
  fileprivate var expandedFolds: Expr {
    rebuilt { part in
      guard case .fold(let fold) = part.shape else { return nil }
      let terms = (fold.lower...fold.upper).map { fold.term(at: $0) }
      return fold.kind == .sum ? .sum(terms) : .product(terms)
    }
  }
}
