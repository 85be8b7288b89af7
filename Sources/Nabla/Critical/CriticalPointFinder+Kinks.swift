import NablaAlgebra
import NablaBasics
import NablaEvaluation

// Extrema where there is no gradient: the corner of |x|, the edge of max(x, y), the cusp of x^(2/3).
extension CriticalPointFinder {
  /// The most seams that are followed, and the largest formula whose seams are.
  private static let (mostSeams, largest) = (8, 400)

  /// The parts that jump by themselves, such as ⌊x⌋; where they do there is neither a gradient nor a kind.
  var jumps: [Expr] {
    formula.expression.distinctSubexpressions().filter { part in
      guard case .call(let function, _) = part.shape, case .zero = function.derivative else { return false }
      return ["floor", "ceil", "round", "sign"].contains(function.name)
    }
  }

  /// Adds the extrema on the seams of the formula, where it bends: on each seam that can be solved for a variable, the
  /// formula has one variable less, and its own critical points there are the candidates.
  func addKinks(to points: inout [CriticalPoint]) {
    guard formula.expression.size <= Self.largest, variables.count <= 4 else { return }
    for seam in formula.expression.seams.prefix(Self.mostSeams) {
      for candidate in candidates(on: seam) {
        if let point = extremum(at: candidate) { add(point, to: &points) }
      }
    }
  }

  /// In one variable: places with a value, no derivative and no extremum, as 0 of ∛x.
  var placesWithoutSlope: [Expr] {
    guard variables.count == 1, formula.expression.size <= Self.largest else { return [] }
    var places: [Expr] = []
    for place in formula.expression.seams.prefix(Self.mostSeams).flatMap({ candidates(on: $0) }).map({ $0[0] }
    ) {
      guard let x = place.constantValue, x.isFinite, box?[0].contains(x) ?? true, hasNoGradient(at: [x]),
        case let value = compiled([x])[0], value.isFinite, !jumps(at: [x], value: value),
        // The end of a domain is another thing.
        [-1e-3, 1e-3].allSatisfy({ compiled([x + $0 * max(1, x.magnitude)])[0].isFinite }),
        signAround([x], value: value) == nil, !places.contains(place)
      else { continue }
      places.append(place)
    }
    return places
  }

  /// Points of a seam where the formula may have an extremum, exactly.
  private func candidates(on seam: Expr) -> [[Expr]] {
    if variables.count == 1 {
      return LineZeros(of: seam, in: variables[0], limits: formula.limits).zeros.map { zero in
        // −3π and not the number next to it.
        let simple = zero.place.constantValue.flatMap { Self.simple($0) }
        let isZero = simple.map { seam.substituting([variables[0]: $0]).tidiedRoots.isZero } ?? false
        return [isZero ? simple ?? zero.place : zero.place]
      }
    }
    var result: [[Expr]] = []
    for solution in EquationSystem([seam], for: variables, limits: formula.limits).solutions.prefix(8) {
      let coordinates = variables.map { solution.value(of: $0) }
      if solution.free.isEmpty {
        result.append(coordinates)
        continue
      }
      guard solution.free.count < variables.count else { continue }
      let place = Dictionary(uniqueKeysWithValues: zip(variables, coordinates))
      let reduced = Formula(formula.expression.substituting(place), variables: solution.free)
      let ranges = solution.free.compactMap { free in variables.firstIndex(of: free).flatMap { box?[$0] } }
      let sides = ranges.count == solution.free.count ? ranges : nil
      guard let found = try? reduced.criticalPoints(within: sides) else { continue }
      for point in found.points {
        let exact = point.exact ?? point.coordinates.map { .number(Number(approximate: $0)) }
        let values = Dictionary(uniqueKeysWithValues: zip(solution.free, exact))
        result.append(coordinates.map { $0.substituting(values).tidiedRoots })
      }
    }
    // √(x² + y²): where a sum of squares is 0 its own gradient vanishes.
    if result.isEmpty {
      var budget = Budget(formula.limits.work)
      let slopes = (try? seam.partials(by: variables, limits: formula.limits, budget: &budget)) ?? []
      for solution in EquationSystem(slopes, for: variables, limits: formula.limits).solutions.prefix(8)
      where solution.free.isEmpty {
        let coordinates = variables.map { solution.value(of: $0) }
        let place = Dictionary(uniqueKeysWithValues: zip(variables, coordinates))
        if seam.substituting(place).tidiedRoots.isZeroUpToRounding { result.append(coordinates) }
      }
    }
    return result
  }

  /// The point as an extremum without a gradient; nil where the formula is smooth there, or higher on one side and lower
  /// on another.
  func extremum(at exact: [Expr]) -> CriticalPoint? {
    let coordinates = exact.compactMap(\.constantValue)
    guard coordinates.count == variables.count, coordinates.allSatisfy(\.isFinite) else { return nil }
    if let box, !zip(box, coordinates).allSatisfy({ $0.contains($1) }) { return nil }
    let value = compiled(coordinates)[0]
    guard value.isFinite, hasNoGradient(at: coordinates),
      let sign = signAround(coordinates, value: value)
    else { return nil }
    let place = Dictionary(uniqueKeysWithValues: zip(variables, exact))
    let isExact = exact.allSatisfy { !$0.hasApproximation }
    let exactValue =
      isExact ? formula.expression.substituting(place).tidiedRoots : .number(Number(approximate: value))
    return CriticalPoint(
      coordinates: coordinates, exact: isExact ? exact : nil, relations: isExact ? exact : nil,
      value: PointValue(exactValue, decimal: exactValue.constantValue ?? value), eigenvalues: [],
      kind: sign > 0 ? .localMinimum : .localMaximum, isKink: true,
      isJump: jumps(at: coordinates, value: value))
  }

  /// Whether the formula bends at a point, or has no finite slope there.
  func hasNoGradient(at point: [Double]) -> Bool {
    guard let compiled = try? formula.compiled() else { return false }
    // A bend at √2 is met up to rounding only.
    let reach = 1e-12 * point.reduce(1) { max($0, $1.magnitude) }
    return !compiled.kinks(at: point, within: reach).isEmpty
      || compiled.gradient(at: point).contains { !$0.isFinite }
  }

  /// Whether the formula jumps at a point: along some axis its change does not shrink with the distance.
  func jumps(at point: [Double], value: Double) -> Bool {
    guard hasNoGradient(at: point) else { return false }
    let size = point.reduce(1) { max($0, $1.magnitude) }
    return point.indices.contains { place in
      [-1.0, 1].contains { side in
        let changes = [1e-9, 1e-6].map { part in
          var moved = point
          moved[place] += side * part * size
          return (compiled(moved)[0] - value).magnitude
        }
        return changes[0] > 1e-9 * max(1, value.magnitude) && changes[0] > 0.5 * changes[1]
      }
    }
  }

  /// 1 where the formula is higher in all directions around a point, −1 where it is lower; nil where it is neither.
  private func signAround(_ point: [Double], value: Double) -> Int? {
    var random = SplitMix64(start: 662_607_015)
    let n = point.count
    var directions: [[Double]] = []
    if n == 1 {
      directions = [[1], [-1]]
    } else if n == 2 {
      directions = (0..<96).map { turn in
        let angle = Double(turn) * .pi / 48
        return [Libm.cos(angle), Libm.sin(angle)]
      }
    } else {
      directions = (0..<400).map { _ in (0..<n).map { _ in Double.random(in: -1...1, using: &random) } }
      for place in 0..<n {
        for side in [-1.0, 1] {
          var axis = [Double](repeating: 0, count: n)
          axis[place] = side
          directions.append(axis)
        }
      }
    }
    let size = point.reduce(1) { max($0, $1.magnitude) }
    var sign: Int?
    for radius in [1e-3, 1e-5, 1e-6] {
      for direction in directions {
        let there = compiled(zip(point, direction).map { $0 + size * radius * $1 })[0]
        let change = there - value
        // The end of a domain, as 0 of √x, is no corner.
        guard change.isFinite, change.magnitude > 4 * value.ulp else { return nil }
        let here = change > 0 ? 1 : -1
        guard here == sign ?? here else { return nil }
        sign = here
      }
    }
    return sign
  }
}

extension Expr {
  /// What is 0 where the expression bends: the arguments of absolute values and signs, the sides of what is compared,
  /// what stands under a root.
  fileprivate var seams: [Expr] {
    var result: [Expr] = []
    func add(_ seam: Expr) {
      if seam.constantValue == nil, !result.contains(seam) { result.append(seam) }
    }
    for part in distinctSubexpressions() {
      switch part.shape {
      case .power(let base, let exponent):
        guard case .number(let power) = exponent.shape, power.double > 0, power.double < 1 else { continue }
        add(base)
      case .call(let function, let arguments):
        switch function.derivative {
        case .selects(let condition, _, _): condition(arguments).comparedSides.forEach(add)
        case .zero: if function == .sign { add(arguments[0]) }
        case .partials: if function == .abs || function == .cbrt { add(arguments[0]) }
        }
      case .number, .constant, .variable, .element, .sum, .product, .fold: continue
      }
    }
    return result
  }

  /// The differences of the sides of all comparisons.
  private var comparedSides: [Expr] {
    distinctSubexpressions().compactMap { part in
      guard case .call(let function, let sides) = part.shape, sides.count == 2,
        ["<", "<=", ">", ">=", "==", "!="].contains(function.name)
      else { return nil }
      return sides[0] - sides[1]
    }
  }
}
