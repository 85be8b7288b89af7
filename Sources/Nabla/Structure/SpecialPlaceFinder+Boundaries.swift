import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Bends and jumps: where the formula is another one on either side.
extension SpecialPlaceFinder {
  var boundaries: [SpecialPlace] {
    var groups: [(distance: Expr, parts: [Expr])] = []
    for part in expression.distinctSubexpressions() where part.hasTwoSides && part.bendingDistance.varies {
      let distance = part.bendingDistance
      if let known = groups.firstIndex(where: { $0.distance == distance || $0.distance == distance.negated })
      {
        groups[known].parts.append(part)
      } else {
        groups.append((distance, [part]))
      }
    }
    return groups.prefix(Self.most).compactMap { boundary($0.distance, $0.parts) }
  }

  private func boundary(_ distance: Expr, _ parts: [Expr]) -> SpecialPlace? {
    let sides = [false, true].compactMap { textbook(expression.onSide(of: distance, parts, isAbove: $0)) }
    guard sides.count == 2, let first = compiled(sides[0].expression),
      let second = compiled(sides[1].expression)
    else { return nil }
    let (below, above) = (sides[0].expression, sides[1].expression)
    let places = variables.compactMap { letters.firstIndex(of: $0) }
    var verdicts: Set<SpecialPlace.Kind?> = []
    var count = 0
    for crossing in crossings.points(on: distance) {
      guard isAlone(crossing, below), isAlone(crossing, above) else { return nil }
      guard follows(first, crossing, isAbove: false), follows(second, crossing, isAbove: true) else {
        continue
      }
      var (slopes, others): ([Double], [Double]) = ([], [])
      let value = first.valueAndGradient(at: crossing.point, into: &slopes)
      let other = second.valueAndGradient(at: crossing.point, into: &others)
      guard value.isFinite, other.isFinite, (slopes + others).allSatisfy(\.isFinite) else { continue }
      count += 1
      let size = max(1, value.magnitude, other.magnitude)
      let steepest = places.map { max(slopes[$0].magnitude, others[$0].magnitude) }.max() ?? 0
      let isJump = (value - other).magnitude > 1e-6 * size
      let isBend = places.contains { (slopes[$0] - others[$0]).magnitude > 1e-5 * max(1, steepest) }
      verdicts.insert(isJump ? .jump : isBend ? .bend : nil)
    }
    guard count >= Crossings.fewest, verdicts.count == 1, let verdict = verdicts.first, let kind = verdict,
      let low = side(below, distance, isAbove: false), let high = side(above, distance, isAbove: true)
    else { return nil }
    let (left, right, isTurned) = distance.sides
    return SpecialPlace(
      kind: kind, equations: [.call(.equal, [left, right])], sides: isTurned ? [high, low] : [low, high])
  }

  private func side(_ value: Expr, _ distance: Expr, isAbove: Bool) -> SpecialPlace.Side? {
    var budget = Budget(formula.limits.work)
    guard let rates = try? value.partials(by: variables, limits: formula.limits, budget: &budget)
    else { return nil }
    let derivatives = rates.compactMap { textbook($0)?.expression }
    let (left, right, isTurned) = distance.sides
    let relation: Function = isAbove != isTurned ? .greater : .less
    return derivatives.count == rates.count
      ? .init(condition: .call(relation, [left, right]), value: value, derivatives: derivatives) : nil
  }

  /// Whether nothing else bends or jumps at a point.
  private func isAlone(_ crossing: Crossings.Point, _ side: Expr) -> Bool {
    let distances = side.distinctSubexpressions().filter(\.bends).map(\.bendingDistance)
    guard !distances.isEmpty else { return true }
    guard
      let values = try? CompiledFunctions(distances, variables: letters, limits: formula.limits)(
        crossing.point)
    else { return false }
    return values.allSatisfy { $0.magnitude > 1e-6 }
  }

  /// Whether the formula is the given one near a point, on that side of it.
  private func follows(_ side: CompiledFunction, _ crossing: Crossings.Point, isAbove: Bool) -> Bool {
    [1e-4, 1e-6].allSatisfy { step in
      let near = crossing.moved(isAbove ? step : -step)
      let (value, own) = (whole(near), side(near))
      return value.isFinite && (value - own).magnitude <= 1e-9 * max(1, own.magnitude)
    }
  }
}

extension Expr {
  /// Whether it is a call that is one formula on the one side of a boundary and another on the other.
  var hasTwoSides: Bool {
    guard case .call(let function, _) = shape else { return false }
    return [
      Function.abs, .sign, .relu, .min, .max, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ].contains(function)
  }

  /// The expression with some of its parts as they are on one side of the boundary where `distance` is 0.
  fileprivate func onSide(of distance: Expr, _ parts: [Expr], isAbove: Bool) -> Expr {
    rebuilt { part in
      guard parts.contains(part), case .call(let function, let u) = part.shape else { return nil }
      let isPositive = (part.bendingDistance == distance) == isAbove
      switch function {
      case .abs: return isPositive ? u[0] : u[0].negated
      case .relu: return isPositive ? u[0] : .zero
      case .sign: return isPositive ? .one : .minusOne
      case .max: return isPositive ? u[0] : u[1]
      case .min: return isPositive ? u[1] : u[0]
      case .greater, .greaterOrEqual: return isPositive ? .one : .zero
      case .less, .lessOrEqual: return isPositive ? .zero : .one
      default: return nil
      }
    }
  }
}
