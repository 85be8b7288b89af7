import NablaBasics
import Testing

@testable import NablaAlgebra

/// Every row's derivative against Richardson's extrapolated differences of its values.
@Suite struct FunctionDerivativeTests {
  static let start: UInt64 = 20240607

  @Test(arguments: Function.all.map { [$0.name, "\($0.arity)"] })
  func agreesWithDifferences(row: [String]) throws {
    let function = try #require(Function.named(row[0], arity: Int(row[1])))
    var random = SplitMix64(start: Self.start)
    var checked = Array(repeating: 0, count: function.arity)
    for _ in 0..<400 {
      let point = (0..<function.arity).map { function.sample(argument: $0, using: &random) }
      guard function.apply(point).isFinite else { continue }
      for argument in 0..<function.arity {
        guard argument != function.order, let slope = Self.difference(function, point, argument) else {
          continue
        }
        let symbolic = Self.slope(function, point, argument)
        let scale = max(1, slope.magnitude, function.apply(point).magnitude)
        #expect(
          (symbolic - slope).magnitude < 1e-7 * scale,
          "∂\(function.name)/∂u\(argument) at \(point) is \(symbolic), differences say \(slope); start \(Self.start)"
        )
        checked[argument] += 1
      }
    }
    // An order is whole: there is no slope by it.
    for argument in 0..<function.arity where argument != function.order {
      #expect(checked[argument] >= 40)
    }
  }

  /// The row's own template, its calls evaluated by the tree walker.
  static func slope(_ function: Function, _ point: [Double], _ argument: Int) -> Double {
    let variables = ["a", "b", "c"].prefix(function.arity).map { Variable($0) }
    // An order is a number in a formula, and some templates ask which.
    let u = variables.enumerated().map { place, variable in
      place == function.order ? Expr.integer(Int(point[place])) : .variable(variable)
    }
    var values = Dictionary(uniqueKeysWithValues: zip(variables, point))
    let value = Variable("value")
    values[value] = function.apply(point)
    let evaluator = TreeEvaluator(values: values)
    switch function.derivative {
    case .zero: return 0
    case .partials(let partials): return evaluator.value(of: partials(u, .variable(value))[argument])
    case .selects(let condition, let then, let otherwise):
      let selected = evaluator.value(of: condition(u)) != 0 ? then : otherwise
      return selected == argument ? 1 : 0
    }
  }

  /// A central difference of order six; nil where the steps do not agree: at kinks, jumps and edges.
  static func difference(_ function: Function, _ point: [Double], _ argument: Int) -> Double? {
    let step = 4e-3 * max(0.02, min(1, point[argument].magnitude))
    let central: (Double) -> Double = { h in
      var (right, left) = (point, point)
      right[argument] += h
      left[argument] -= h
      return (function.apply(right) - function.apply(left)) / (right[argument] - left[argument])
    }
    let (d1, d2, d4) = (central(step), central(step / 2), central(step / 4))
    let (e1, e2) = ((4 * d2 - d1) / 3, (4 * d4 - d2) / 3)
    let best = (16 * e2 - e1) / 15
    guard best.isFinite else { return nil }
    return (best - e2).magnitude <= 1e-8 * max(1, best.magnitude) ? best : nil
  }

  /// Rows whose textbook derivative is known in full.
  static let templates: [(Expr, String)] = {
    let u = Expr("u")
    return [
      (.call(.tan, [u]), "(^ (sec u) 2)"), (.call(.tanh, [u]), "(^ (sech u) 2)"),
      (.call(.ln, [u]), "(^ u -1)"), (.call(.abs, [u]), "(sign u)"), (.call(.expm1, [u]), "(^ e u)"),
      (.call(.gamma, [u]), "(* (gamma u) (psi u))"),
      (.call(.digamma, [u]), "(polygamma 1 u)"), (.call(.polygamma, [3, u]), "(polygamma 4 u)"),
    ]
  }()

  @Test(arguments: templates.indices)
  func textbookForm(row: Int) throws {
    let (call, text) = Self.templates[row]
    guard case .call(let function, let arguments) = call.shape, case .partials(let rate) = function.derivative
    else {
      Issue.record("\(call.debugText) is no call with partials")
      return
    }
    #expect(try #require(rate(arguments, call).last).debugText == text)
  }
}

extension Function {
  /// A random argument, within the argument's conditions and among moderate numbers.
  func sample(argument: Int, using random: inout SplitMix64) -> Double {
    let kinds = domain.filter { $0.argument == argument }
    if kinds.contains(where: { $0.kind == .nonnegativeInteger }) {
      return Double.random(in: 0..<5, using: &random).rounded(.down)
    }
    if kinds.contains(where: { $0.kind == .wholeNumber }) {
      return Double.random(in: -5..<6, using: &random).rounded(.down)
    }
    for _ in 0..<1000 {
      let isClose = Bool.random(using: &random)
      let x = Double.random(in: isClose ? -1.5..<1.5 : -6..<6, using: &random)
      if kinds.allSatisfy({ $0.holds(x) }) { return x }
    }
    return 1.5
  }
}
