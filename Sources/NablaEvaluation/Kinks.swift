import NablaAlgebra
import NablaBasics

/// What a formula does on either side of a point along one variable, where the sides differ.
///
///     |x| at 0     // below: value 0, slope −1; above: value 0, slope 1
///     ⌊x⌋ at 2     // below: value 1, slope 0; above: value 2, slope 0
public struct Kink: Hashable, Sendable {
  /// One side.
  public struct Side: Hashable, Sendable {
    /// What the value tends to.
    public let value: Double
    /// The one-sided derivative.
    public let slope: Double
  }

  /// The variable along which the formula is looked at.
  public let variable: Variable
  /// The parts that bend or jump exactly at the point: |x|, max(x, y), x < 1.
  public let parts: [Expr]
  /// Where the variable is smaller; nil where the formula has no value or no slope there.
  public let below: Side?
  /// Where the variable is larger.
  public let above: Side?
  /// The formula's own value and slope at the point: those of the branch that the rows of the functions take.
  public let here: Side

  /// Whether the value changes, not only the slope.
  public var isJump: Bool {
    [below, above].contains { side in
      guard let side else { return false }
      return (side.value - here.value).magnitude > 1e-9 * max(here.value.magnitude, side.value.magnitude)
    }
  }
}

extension Kink.Side {
  /// The same side with the formula's own value, where the two differ by no more than the rounding of the point.
  fileprivate func joined(to here: Double, within tolerance: Double) -> Kink.Side {
    // A part that is off by so much may go up on one side by twice as much.
    let isSame = (value - here).magnitude <= 2 * tolerance * max(1, slope.magnitude)
    return isSame && tolerance > 0 ? Kink.Side(value: here, slope: slope) : self
  }
}

extension CompiledFunction {
  /// The variables along which the formula bends or jumps exactly at a point, with the derivatives from either side.
  ///
  ///     try Formula("|x|").compiled().kinks(at: [0])   // x: −1 from below, 1 from above
  ///
  /// Empty where the one-sided derivatives agree, as of x·|x| at 0. Long formulas, of more than some ten thousand
  /// parts, are not looked through. `within` is how far from 0 a part may be to bend there, for points that are rounded.
  public func kinks(at x: [Double], within tolerance: Double = 0) -> [Kink] {
    precondition(x.count == variables.count, "\(variables.count) coordinates expected, \(x.count) given")
    guard let bends = Bends(expression, variables: variables, limits: limits) else { return [] }
    let hits = bends.hits(at: x, within: tolerance)
    guard !hits.isEmpty else { return [] }
    var gradient: [Double] = []
    let value = valueAndGradient(at: x, into: &gradient)
    guard value.isFinite else { return [] }
    var result: [Kink] = []
    for (place, variable) in variables.enumerated() {
      let seen = hits.filter { $0.mayContain(variable) && $0.contains(variable) }
      guard !seen.isEmpty else { continue }
      let here = Kink.Side(value: value, slope: gradient[place])
      let below = bends.side(at: x, place, hits: hits, step: -1)?.joined(to: value, within: tolerance)
      let above = bends.side(at: x, place, hits: hits, step: 1)?.joined(to: value, within: tolerance)
      let kink = Kink(variable: variable, parts: seen, below: below, above: above, here: here)
      guard let below, let above else {
        result.append(kink)
        continue
      }
      let size = max(below.slope.magnitude, above.slope.magnitude)
      if kink.isJump || (below.slope - above.slope).magnitude > 1e-9 * size { result.append(kink) }
      if result.count == Bends.most { break }
    }
    return result
  }
}

/// The parts of a formula that can bend or jump.
private struct Bends {
  /// The most variables that are named.
  static let most = 20
  private static let largest = 20_000

  private let expression: Expr
  private let variables: [Variable]
  private let limits: Limits
  private let candidates: [Expr]

  /// Nil where there are none.
  init?(_ expression: Expr, variables: [Variable], limits: Limits) {
    guard expression.size <= Bends.largest else { return nil }
    let hasAny = expression.distinctSubexpressions().contains { $0.bends }
    guard hasAny, let written = expression.writtenOut(most: Bends.largest) else { return nil }
    self.expression = written
    self.variables = variables
    self.limits = limits
    candidates = written.distinctSubexpressions().filter { $0.bends }
  }

  /// The parts that bend or jump exactly at a point.
  func hits(at point: [Double], within tolerance: Double) -> [Expr] {
    let tests = candidates.map { $0.bendingDistance }
    guard let distances = try? CompiledFunctions(tests, variables: variables, limits: limits)(point) else {
      return []
    }
    return zip(candidates, distances).filter { $0.1.magnitude <= tolerance }.map(\.0)
  }

  /// Value and slope of the formula whose bending parts are those of one side.
  func side(at point: [Double], _ place: Int, hits: [Expr], step: Double) -> Kink.Side? {
    var moved = point
    moved[place] += step * 0x1p-26 * max(1, point[place].magnitude)
    let arguments = hits.flatMap { $0.children }
    guard let compiled = try? CompiledFunctions(hits + arguments, variables: variables, limits: limits) else {
      return nil
    }
    let values = Dictionary(zip(hits + arguments, compiled(moved)), uniquingKeysWith: { first, _ in first })
    // From the leaves up a part's own children may be replaced before it: it is known by its place in the walk.
    let isHit = Set(hits)
    var branches: [Expr: Expr] = [:]
    for part in expression.distinctSubexpressions() {
      let children = part.children.map { branches[$0] ?? $0 }
      if isHit.contains(part) {
        branches[part] = part.branch(children, values)
      } else if children != part.children {
        branches[part] = part.replacingChildren(children)
      }
    }
    let smooth = branches[expression] ?? expression
    guard let function = try? CompiledFunction(smooth, variables: variables, limits: limits) else {
      return nil
    }
    var gradient: [Double] = []
    let value = function.valueAndGradient(at: point, into: &gradient)
    guard value.isFinite, gradient[place].isFinite else { return nil }
    return Kink.Side(value: value, slope: gradient[place])
  }
}

extension Expr {
  fileprivate func contains(_ variable: Variable) -> Bool {
    distinctSubexpressions().contains { if case .variable(variable) = $0.shape { true } else { false } }
  }

  /// Whether this is a call that bends or jumps somewhere.
  package var bends: Bool {
    guard case .call(let function, _) = shape else { return false }
    return Function.bending.contains(function)
  }

  /// What is zero exactly where the call bends or jumps.
  package var bendingDistance: Expr {
    guard case .call(let function, let u) = shape else { return .one }
    switch function {
    case .abs, .sign, .relu: return u[0]
    case .floor, .ceil: return u[0] - .call(.floor, [u[0]])
    case .round: return u[0] + .number(.half) - .call(.floor, [u[0] + .number(.half)])
    case .mod: return u[0] / u[1] - .call(.floor, [u[0] / u[1]])
    case .hypot: return self
    // The half of an axis on which the angle is π to the one side and −π to the other.
    case .atan2: return .call(.hypot, [u[0], .call(.max, [u[1], 0])])
    default: return u[0] - u[1]
    }
  }

  /// The call as it is on the side where its parts have the given values.
  fileprivate func branch(_ u: [Expr], _ values: [Expr: Double]) -> Expr {
    guard case .call(let function, let original) = shape else { return self }
    let value = { (part: Expr) in values[part] ?? .nan }
    switch function {
    case .abs, .relu:
      let first = value(original[0])
      return first > 0 ? u[0] : first < 0 && function == .abs ? -u[0] : .zero
    case .min: return value(original[0]) <= value(original[1]) ? u[0] : u[1]
    case .max: return value(original[0]) >= value(original[1]) ? u[0] : u[1]
    case .mod:
      let turns = (value(original[0]) / value(original[1])).rounded(.down)
      return u[0] - u[1] * .number(Number(approximate: turns))
    case .hypot:
      // Near the origin √(a² + b²) is the part of (a, b) along the direction of the step.
      let (a, b) = (value(original[0]), value(original[1]))
      let length = Libm.hypot(a, b)
      if length == 0 { return .zero }
      return u[0] * .number(Number(approximate: a / length)) + u[1] * .number(Number(approximate: b / length))
    case .atan2:
      let (a, b) = (value(original[0]), value(original[1]))
      if Libm.hypot(a, b) < 1e-6 { return .number(Number(approximate: value(self))) }
      // On which side of the half-axis the point itself lies does not matter: the angle from the other half goes on.
      return .call(function, u.map { -$0 }) + (a < 0 ? -1 : 1) * Expr.constant(.pi)
    default: return .number(Number(approximate: value(self)))
    }
  }
}

extension Function {
  /// The functions with kinks and jumps.
  fileprivate static let bending: Set<Function> = [
    .abs, .sign, .relu, .floor, .ceil, .round, .mod, .min, .max, .less, .lessOrEqual, .greater,
    .greaterOrEqual, .equal, .notEqual, .hypot, .atan2,
  ]
}
