import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// The parts of a formula that jump: steps, signs and the conditions of its branches.
///
///     x·⌊1000x⌋    has the step ⌊1000x⌋: a difference over more than a thousandth says nothing of its slope
struct Switches {
  private let parts: CompiledFunctions

  /// Nil where the formula has no such part outside its sums and products over an index.
  init?(in expression: Expr, letters: [Variable], limits: Limits) {
    var found: [Expr] = []
    let outside = expression.distinctSubexpressions { part in
      if case .fold = part.shape { false } else { true }
    }
    for part in outside {
      guard case .call(let function, let arguments) = part.shape else { continue }
      switch function.derivative {
      case .zero: found.append(part)
      case .selects(let condition, _, _): found.append(condition(arguments))
      case .partials:
        if function == .abs { found.append(.call(.sign, arguments)) }
        if function == .mod { found.append(.call(.floor, [arguments[0] / arguments[1]])) }
      }
    }
    guard !found.isEmpty,
      let compiled = try? CompiledFunctions(found, variables: letters, limits: limits)
    else { return nil }
    parts = compiled
  }

  /// Whether one of them changes on the way from a coordinate − h to the coordinate + h.
  func change(at point: [Double], _ place: Int, within h: Double) -> Bool {
    var moved = point
    moved[place] = point[place] - h
    let before = parts(moved)
    moved[place] = point[place] + h
    // The steps of what is beyond all exact whole numbers cannot be told apart.
    return zip(before, parts(moved)).contains { $0 != $1 || $0.magnitude > 0x1p53 }
  }
}
