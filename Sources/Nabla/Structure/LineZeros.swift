import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// The real zeros of an expression in one variable, as far as they can be found.
///
///     LineZeros(of: abs(x) − 1, in: x)      // −1 and 1: those of x − 1 and of −x − 1 that are zeros of the whole
///     LineZeros(of: cos(x) − x, in: x)      // ≈ 0.739085, looked for between −10 and 10
struct LineZeros {
  /// A zero; an approximate number where no exact form is known.
  struct Zero {
    let place: Expr
    let value: Double
  }

  /// The zeros in rising order.
  let zeros: [Zero]
  /// Whether these are all.
  let isComplete: Bool

  /// How far from 0 signs are compared where nothing else helps.
  static let reach = 10.0

  init(of expression: Expr, in variable: Variable, limits: Limits = .standard) {
    var search = Search(variable: variable, limits: limits)
    let candidates = search.candidates(of: expression)
    let compiled = try? CompiledFunction(expression, variables: [variable], limits: limits)
    var seen: [Double] = []
    zeros = candidates.sorted { $0.value < $1.value }.filter { zero in
      let isKnown = seen.contains { ($0 - zero.value).magnitude <= 1e-12 * max(1, zero.value.magnitude) }
      guard !isKnown, let compiled, search.isZero(compiled, at: zero.value) else { return false }
      seen.append(zero.value)
      return true
    }
    isComplete = search.isComplete
  }
}

extension LineZeros {
  fileprivate struct Search {
    let variable: Variable
    let limits: Limits
    var isComplete = true
    private var forms = 0

    init(variable: Variable, limits: Limits) { (self.variable, self.limits) = (variable, limits) }

    /// Zeros of the expression, and of what it would be on other sides of its bends.
    mutating func candidates(of expression: Expr) -> [Zero] {
      guard expression.contains(variable) else { return [] }
      if let chart = SignChart(of: expression, in: variable) {
        let ends = chart.solutions(of: .not).flatMap { [$0.low, $0.high] }.compactMap { $0 }
        return ends.map { Zero(place: $0.expression, value: $0.value) }
      }
      forms += 1
      if forms <= 64, let sides = expression.sidesOfOneBend {
        return sides.flatMap { candidates(of: $0) }
      }
      let system = EquationSystem([expression], for: [variable], limits: limits)
      let solved = system.solutions.filter { $0.free.isEmpty }.compactMap { solution -> Zero? in
        let place = solution.value(of: variable)
        return place.constantValue.map { Zero(place: place, value: $0) }
      }
      if system.isComplete { return solved }
      isComplete = false
      return solved + crossings(of: expression)
    }

    /// Changes of the sign on a grid, by bisection.
    private func crossings(of expression: Expr) -> [Zero] {
      guard let compiled = try? CompiledFunction(expression, variables: [variable], limits: limits) else {
        return []
      }
      let count = 800
      var result: [Zero] = []
      for place in 0..<count {
        // Not at round numbers, where a zero has no sign.
        var low = LineZeros.reach * (2 * (Double(place) + 0.317) / Double(count) - 1)
        var high = low + 2 * LineZeros.reach / Double(count)
        let first = compiled([low])
        guard first * compiled([high]) < 0 else { continue }
        while true {
          let middle = (low + high) / 2
          if middle <= low || middle >= high { break }
          if compiled([middle]) * first > 0 { low = middle } else { high = middle }
        }
        let nearest = (high * 1e9).rounded() / 1e9
        let value = compiled([nearest]) == 0 ? nearest : high
        result.append(
          Zero(
            place: .number(
              value == value.rounded() ? Number(Integer(Int(value))) : Number(approximate: value)),
            value: value))
      }
      return result
    }

    /// Whether it is 0 there up to the rounding of the place.
    func isZero(_ function: CompiledFunction, at x: Double) -> Bool {
      let value = function([x])
      guard value.isFinite else { return false }
      let step = 1e-9 * max(1, x.magnitude)
      let around = max((function([x + step]) - value).magnitude, (function([x - step]) - value).magnitude)
      return value == 0 || value.magnitude <= 1e-3 * around || value.magnitude <= 1e-15
    }
  }
}

extension Expr {
  /// The expression on the sides of the first part that bends; nil where none does.
  fileprivate var sidesOfOneBend: [Expr]? {
    for part in distinctSubexpressions() {
      guard case .call(let function, let u) = part.shape else { continue }
      let sides: [Expr]
      switch function {
      case .abs: sides = [u[0], u[0].negated]
      case .relu: sides = [u[0], .zero]
      case .sign: sides = [.one, .minusOne, .zero]
      case .min, .max: sides = u
      case .if: sides = [u[1], u[2]]
      case .less, .lessOrEqual, .greater, .greaterOrEqual: sides = [.zero, .one]
      default: continue
      }
      return sides.map { side in rebuilt { $0 == part ? side : nil } }
    }
    return nil
  }
}
