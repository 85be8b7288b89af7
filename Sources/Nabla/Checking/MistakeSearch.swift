import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Looks for the mistakes that turn a derivative into the one that was given: in one term, the same one in all
/// terms, or two in two terms.
///
/// Each term of the formula is differentiated with every mistake of `WrongDerivatives`; what the given derivative
/// differs by is compared with what the mistakes would change, by values at points of the domain.
struct MistakeSearch {
  let formula: Formula
  let variable: Variable
  let given: Expr

  /// A mistake and by how much it changes the derivative at each point.
  private struct Candidate {
    let mistake: Mistake
    let term: Int
    let change: [Double]
  }

  /// What is known at the points.
  private struct Ground {
    let points: [[Double]]
    /// Given minus right.
    let gap: [Double]
    /// The size of what is compared, for tolerances.
    let size: [Double]

    /// Whether a change explains the gap at all points.
    func isExplained(by change: [Double]) -> Bool { isEqual(gap, change) }

    func isEqual(_ a: [Double], _ b: [Double]) -> Bool {
      zip(zip(a, b), size).allSatisfy { pair, size in (pair.0 - pair.1).magnitude <= 1e-9 * size }
    }

    func isNothing(_ change: [Double]) -> Bool {
      isEqual(change, [Double](repeating: 0, count: change.count))
    }
  }

  private static let (wanted, tries, mostTerms, mostPairs) = (6, 80, 60, 20_000)

  func mistakes() -> [Mistake] {
    let terms = formula.expression.terms
    guard terms.count <= Self.mostTerms else { return [] }
    let others = (formula.variables + formula.parameters).filter { $0 != variable }
    let rates = terms.map { (try? $0.derivative(by: variable)) ?? .zero }
    let letters = formula.letters(with: Formula(given))
    guard let ground = ground(rates, letters) else { return [] }
    var candidates: [Candidate] = []
    for (place, term) in terms.enumerated() {
      let all = WrongDerivatives(term: term, variable: variable, rate: rates[place], others: others).rows
      guard
        let compiled = try? CompiledFunctions(
          [rates[place]] + all.map(\.result), variables: letters, limits: formula.limits)
      else { continue }
      let values = ground.points.map { compiled($0) }
      for (number, row) in all.enumerated() {
        let change = values.map { $0[number + 1] - $0[0] }
        guard change.allSatisfy(\.isFinite), !ground.isNothing(change) else { continue }
        let mistake = Mistake(
          kind: row.kind, term: term, variable: variable, derivative: rates[place], part: row.part)
        candidates.append(Candidate(mistake: mistake, term: place, change: change))
      }
      candidates += factor(of: term, place, rates[place], values.map { $0[0] }, ground)
    }
    let order = Dictionary(
      uniqueKeysWithValues: Mistake.Kind.allCases.enumerated().map { ($0.element, $0.offset) })
    let ranked = candidates.enumerated().sorted { a, b in
      let (x, y) = (order[a.element.mistake.kind] ?? 0, order[b.element.mistake.kind] ?? 0)
      return x != y ? x < y : a.offset < b.offset
    }.map(\.element)
    return one(ranked, ground) ?? sameInAll(ranked, ground, rates) ?? two(ranked, ground) ?? []
  }

  private func ground(_ rates: [Expr], _ letters: [Variable]) -> Ground? {
    let right = Expr.sum(rates)
    guard
      let compiled = try? CompiledFunctions(
        [given, right] + rates, variables: letters, limits: formula.limits)
    else { return nil }
    var candidates = SamplePoints(in: formula.expression + given, letters: letters)
    var points: [[Double]] = []
    var gap: [Double] = []
    var size: [Double] = []
    for _ in 0..<Self.tries where points.count < Self.wanted {
      let point = candidates.next()
      let values = compiled(point)
      guard values.allSatisfy(\.isFinite), values.allSatisfy({ $0.magnitude < 1e12 }) else { continue }
      points.append(point)
      gap.append(values[0] - values[1])
      size.append(values.reduce(1e-300) { $0 + $1.magnitude })
    }
    let ground = Ground(points: points, gap: gap, size: size)
    return points.count >= 3 && !ground.isNothing(gap) ? ground : nil
  }

  /// A constant factor that, put to the derivative of one term, explains the gap.
  private func factor(
    of term: Expr, _ place: Int, _ rate: Expr, _ values: [Double], _ ground: Ground
  ) -> [Candidate] {
    guard let largest = values.indices.max(by: { values[$0].magnitude < values[$1].magnitude }),
      values[largest] != 0
    else { return [] }
    let share = ground.gap[largest] / values[largest]
    // −1 is a sign, 0 is a term that is missing: they have rows of their own.
    guard share.isFinite, (share + 1).magnitude > 1e-6, (share + 2).magnitude > 1e-6 else { return [] }
    let change = values.map { $0 * share }
    guard ground.isExplained(by: change), !ground.isNothing(change) else { return [] }
    let missing = Self.readable(1 / (1 + share))
    let mistake = Mistake(
      kind: .factor, term: term, variable: variable, derivative: rate, part: missing)
    return [Candidate(mistake: mistake, term: place, change: change)]
  }

  /// A small whole number, or one over one, where a factor is as good as that.
  private static func readable(_ factor: Double) -> Expr? {
    for (value, isOver) in [(factor, false), (1 / factor, true)] {
      let whole = value.rounded()
      guard whole.magnitude >= 2, whole.magnitude <= 1e6, (value - whole).magnitude <= 1e-8 * whole.magnitude,
        let integer = Int(exactly: whole)
      else { continue }
      return isOver ? Expr.integer(integer).reciprocal : .integer(integer)
    }
    return nil
  }

  private func one(_ ranked: [Candidate], _ ground: Ground) -> [Mistake]? {
    ranked.first { ground.isExplained(by: $0.change) }.map { [$0.mistake] }
  }

  /// The same kind of mistake in every term in which it can be made; the factor of the whole at last.
  private func sameInAll(_ ranked: [Candidate], _ ground: Ground, _ rates: [Expr]) -> [Mistake]? {
    for kind in Mistake.Kind.allCases {
      var first: [Int: Candidate] = [:]
      for candidate in ranked where candidate.mistake.kind == kind && first[candidate.term] == nil {
        first[candidate.term] = candidate
      }
      guard first.count > 1 else { continue }
      let chosen = first.keys.sorted().compactMap { first[$0] }
      let change = ground.points.indices.map { point in chosen.reduce(0) { $0 + $1.change[point] } }
      if ground.isExplained(by: change) { return Array(chosen.prefix(2).map(\.mistake)) }
    }
    guard rates.filter({ $0 != .zero }).count > 1,
      let compiled = try? CompiledFunctions(
        [Expr.sum(rates)], variables: formula.letters(with: Formula(given)), limits: formula.limits)
    else { return nil }
    let values = ground.points.map { compiled($0)[0] }
    return factor(of: formula.expression, 0, .sum(rates), values, ground).first.map { [$0.mistake] }
  }

  private func two(_ ranked: [Candidate], _ ground: Ground) -> [Mistake]? {
    guard ranked.count * ranked.count <= Self.mostPairs * 2 else { return nil }
    for (place, first) in ranked.enumerated() {
      for second in ranked[(place + 1)...] where second.term != first.term {
        let change = zip(first.change, second.change).map { $0 + $1 }
        if ground.isExplained(by: change) { return [first.mistake, second.mistake] }
      }
    }
    return nil
  }
}

extension Expr {
  /// The terms of a sum; the expression itself otherwise.
  var terms: [Expr] { if case .sum(let terms) = shape { terms } else { [self] } }
}
