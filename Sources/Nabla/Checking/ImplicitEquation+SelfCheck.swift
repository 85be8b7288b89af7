import NablaAlgebra
import NablaBasics
import NablaEvaluation

extension ImplicitEquation {
  /// Compares implicit derivatives with differences of the dependent variable along the curve or surface, where it is
  /// solved for by Newton's method; those of second order with differences of the first.
  public func selfCheck(_ rows: [ImplicitDerivative], mixed: [ImplicitMixedDerivative] = []) -> SelfCheck {
    guard let first = rows.first else { return SelfCheck() }
    guard var curve = ImplicitCurve(formula, dependent: first.dependent) else { return SelfCheck() }
    var claims: [ImplicitCurve.Claim] = []
    for row in rows {
      claims.append(.init(of: nil, by: row.independent, rate: row.first))
      if let second = row.second { claims.append(.init(of: row.first, by: row.independent, rate: second)) }
    }
    for row in mixed {
      guard let lower = rows.first(where: { $0.independent == row.first }) else { continue }
      claims.append(.init(of: lower.first, by: row.second, rate: row.rate))
    }
    return curve.check(claims, text: { formula.text(of: $0) })
  }
}

/// A curve or surface F = 0 near points that are found on it.
struct ImplicitCurve {
  /// A derivative along the curve; of the dependent variable itself where `of` is nil.
  struct Claim {
    let of: Expr?
    let by: Variable
    let rate: Expr
  }

  /// The points wanted, and the most that are tried.
  private static let (wanted, tries) = (3, 60)
  /// The largest equation that is looked at.
  private static let largest = 5_000

  private let formula: Formula
  private let letters: [Variable]
  private let dependent: Int
  private let f: CompiledFunction
  private var candidates: SamplePoints

  /// Nil where the equation is very large.
  init?(_ formula: Formula, dependent: Variable) {
    let letters = formula.variables + formula.parameters
    guard formula.expression.size <= Self.largest, let place = letters.firstIndex(of: dependent),
      let f = try? CompiledFunction(formula.expression, variables: letters, limits: formula.limits)
    else { return nil }
    (self.formula, self.letters, self.dependent, self.f) = (formula, letters, place, f)
    candidates = SamplePoints(in: formula.expression, letters: letters)
  }

  mutating func check(_ claims: [Claim], text: (Expr) -> String) -> SelfCheck {
    let expressions = claims.map(\.rate) + claims.compactMap(\.of)
    guard let compiled = try? CompiledFunctions(expressions, variables: letters, limits: formula.limits)
    else { return SelfCheck() }
    var tally = SelfCheckTally(claims.count)
    var tried = 0
    while tally.result.points < Self.wanted || tally.isInDoubt, tried < Self.tries {
      tried += 1
      guard let point = solved(candidates.next()) else { continue }
      let values = compiled(point)
      let slope = f.gradient(at: point)[dependent].magnitude
      // How far Newton's method may be off.
      let noise = f.valueRoundingLevel(at: point) / slope + 4 * point[dependent].ulp
      guard noise.isFinite else { continue }
      var lower = claims.count - 1
      for (number, claim) in claims.enumerated() {
        if claim.of != nil { lower += 1 }
        guard values[number].isFinite, let place = letters.firstIndex(of: claim.by) else { continue }
        let (row, isFirst) = (lower, claim.of == nil)
        let check = DerivativeCheck(
          expression: claim.of ?? formula.expression, letters: letters, limits: formula.limits)
        let verdict = check.compare(
          values[number],
          { moved in
            guard let there = solved(moved) else { return .nan }
            return isFirst ? there[dependent] : compiled(there)[row]
          }, nil, at: point, place,
          rounding: {
            let size = isFirst ? 1 : max(1, values[number].magnitude, values[row].magnitude)
            let distance = max(point[dependent].magnitude, 1e-3)
            return (noise * (isFirst ? 1 : size / distance), 1e-12 * values[number].magnitude)
          })
        tally.count(verdict, of: number, at: point)
      }
      guard let number = tally.endPoint() else { continue }
      return tally.ended(
        DerivativeDisagreement(
          formula: text(formula.expression), variable: claims[number].by,
          derivative: text(claims[number].rate),
          letters: letters, points: tally.against[number]))
    }
    return tally.ended()
  }

  /// The point with the dependent variable where F is 0; nil where Newton's method does not lead there.
  private func solved(_ start: [Double]) -> [Double]? {
    var point = start
    for _ in 0..<40 {
      var gradient: [Double] = []
      let value = f.valueAndGradient(at: point, into: &gradient)
      let slope = gradient[dependent]
      guard value.isFinite, slope.isFinite, slope != 0 else { return nil }
      let step = value / slope
      point[dependent] -= step
      if step.magnitude <= 2 * point[dependent].ulp { return point }
      guard step.magnitude < 1e6 * (1 + start[dependent].magnitude) else { return nil }
    }
    // Rounding may keep the last step from getting any shorter.
    var gradient: [Double] = []
    let value = f.valueAndGradient(at: point, into: &gradient)
    let isNear = (value / gradient[dependent]).magnitude <= 1e-12 * max(1, point[dependent].magnitude)
    return isNear ? point : nil
  }
}
