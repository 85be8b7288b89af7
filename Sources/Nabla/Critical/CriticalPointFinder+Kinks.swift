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

  /// What is found where the formula bends.
  struct Kinks {
    var points: [CriticalPoint] = []
    /// Seams on which the formula is the same all along.
    var ridges: [CriticalRidge] = []
    /// Other lines on which it bends and is the same all along.
    var families: [CriticalFamily] = []
    /// What is 0 where the formula may bend, where that is not all solved.
    var open: [Expr] = []
  }

  /// The extrema on the seams of the formula, where it bends: on each seam that can be solved for a variable, the formula
  /// has one variable less, and its own critical points there are the candidates.
  func kinks() -> Kinks {
    var kinks = Kinks()
    let seams = formula.expression.seams
    guard formula.expression.size <= Self.largest, variables.count <= 4 else {
      kinks.open = seams
      return kinks
    }
    kinks.open = Array(seams.dropFirst(Self.mostSeams))
    for seam in seams.prefix(Self.mostSeams) {
      if variables.count > 1, let ridge = ridge(seam) {
        kinks.ridges.append(ridge)
        continue
      }
      let found = candidates(on: seam)
      if !found.isComplete, !isEdge(seam) { kinks.open.append(seam) }
      for candidate in found.points {
        if let point = extremum(at: candidate) { add(point, to: &kinks.points) }
      }
      for family in found.families {
        if !kinks.families.contains(where: { $0.coordinates == family.coordinates }) {
          kinks.families.append(family)
        }
      }
    }
    return kinks
  }

  /// In one variable: places with a value, no derivative and no extremum, as 0 of ∛x.
  var placesWithoutSlope: [Expr] {
    guard variables.count == 1, formula.expression.size <= Self.largest else { return [] }
    var places: [(place: Expr, x: Double)] = []
    let seams = formula.expression.seams.prefix(Self.mostSeams)
    for place in seams.flatMap({ candidates(on: $0).points.map { $0[0] } }) {
      guard let x = place.constantValue, x.isFinite, box?[0].contains(x) ?? true,
        hasNoGradient(at: [x]) || isSteep(at: [x]),
        case let value = value(at: [place], [x]), value.isFinite, !jumps(at: [x], value: value),
        // The end of a domain is another thing.
        [-1e-3, 1e-3].allSatisfy({ compiled([x + $0 * max(1, x.magnitude)])[0].isFinite }),
        signAround([x], value: value) == nil, !places.contains(where: { $0.place == place })
      else { continue }
      places.append((place, x))
    }
    return places.sorted { $0.x < $1.x }.map(\.place)
  }

  /// Points of a seam where the formula may have an extremum, exactly, and where it is the same along the seam.
  private func candidates(
    on seam: Expr
  ) -> (points: [[Expr]], families: [CriticalFamily], isComplete: Bool) {
    if variables.count == 1 {
      let zeros = LineZeros(of: seam, in: variables[0], limits: formula.limits)
      let points = zeros.zeros.map { zero in
        // −3π and not the number next to it.
        let simple = zero.place.constantValue.flatMap { Self.simple($0) }
        let isZero = simple.map { seam.substituting([variables[0]: $0]).tidiedRoots.isZero } ?? false
        return [isZero ? simple ?? zero.place : zero.place]
      }
      return (points, [], zeros.isComplete)
    }
    var result: [[Expr]] = []
    var families: [CriticalFamily] = []
    let system = EquationSystem([seam], for: variables, limits: formula.limits)
    var isComplete = system.isComplete && system.solutions.count <= 8
    for solution in system.solutions.prefix(8) {
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
      guard let found = try? reduced.criticalPoints(within: sides) else {
        isComplete = false
        continue
      }
      if found.evidence != .complete { isComplete = false }
      for point in found.points {
        let exact = point.exact ?? point.coordinates.map { .number(Number(approximate: $0)) }
        let values = Dictionary(uniqueKeysWithValues: zip(solution.free, exact))
        result.append(coordinates.map { $0.substituting(values).tidiedRoots })
      }
      for along in found.families {
        let values = Dictionary(uniqueKeysWithValues: zip(solution.free, along.coordinates))
        let free = zip(solution.free, along.coordinates).filter { Expr.variable($0) == $1 }.map(\.0)
        let whole = coordinates.map { $0.substituting(values).tidiedRoots }
        if let family = bentFamily(whole, free: free) { families.append(family) }
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
    return (result, families, isComplete)
  }

  /// The point as an extremum without a gradient; nil where the formula is smooth there, or higher on one side and lower
  /// on another.
  func extremum(at exact: [Expr]) -> CriticalPoint? {
    let coordinates = exact.compactMap(\.constantValue)
    guard coordinates.count == variables.count, coordinates.allSatisfy(\.isFinite) else { return nil }
    if let box, !zip(box, coordinates).allSatisfy({ $0.contains($1) }) { return nil }
    let value = value(at: exact, coordinates)
    guard value.isFinite, hasNoGradient(at: coordinates) || isSteep(at: coordinates),
      let sign = signAround(coordinates, value: value)
    else { return nil }
    let isExact = exact.allSatisfy { !$0.hasApproximation }
    let exactValue = isExact ? exactValue(at: exact) : .number(Number(approximate: value))
    return CriticalPoint(
      coordinates: coordinates, exact: isExact ? exact : nil, relations: isExact ? exact : nil,
      value: PointValue(exactValue, decimal: exactValue.constantValue ?? value), eigenvalues: [],
      kind: sign > 0 ? .localMinimum : .localMaximum, isKink: true,
      isCusp: isSteep(at: coordinates), isJump: jumps(at: coordinates, value: value))
  }

  /// The value at a point: that of the exact one where there is one, as the numbers next to √2 are not √2.
  private func value(at exact: [Expr], _ coordinates: [Double]) -> Double {
    let own = compiled(coordinates)[0]
    guard exact.allSatisfy({ !$0.hasApproximation }) else { return own }
    return exactValue(at: exact).constantValue ?? own
  }

  /// The value at an exact point, where powers of what is 0 are 0.
  private func exactValue(at exact: [Expr]) -> Expr {
    let place = Dictionary(uniqueKeysWithValues: zip(variables, exact))
    return formula.expression.rebuilt { part in
      guard case .power(let base, let exponent) = part.shape, exponent.isPositive,
        base.substituting(place).isZeroUpToRounding
      else { return nil }
      return .zero
    }.substituting(place).tidiedRoots
  }

  /// Whether slopes grow without end towards a point whose nearest numbers have finite ones, as of (x² − 2)^(2/3) at √2.
  func isSteep(at point: [Double]) -> Bool {
    directions(in: point.count).contains { direction in
      let slopes = [1e-6, 1e-9].map { part in
        norm(local(at: zip(point, direction).map { $0 + part * max(1, $0.magnitude) * $1 }).gradient)
      }
      return slopes[1].isFinite && slopes[1] > 1.2 * slopes[0] && slopes[1] > 1e-9
    }
  }

  /// A few directions and their opposites, none of them along an axis where there are several.
  func directions(in n: Int) -> [[Double]] {
    if n == 1 { return [[-1], [1]] }
    var random = SplitMix64(start: 299_792_458)
    let some = (0..<4).map { _ in (0..<n).map { _ in Double.random(in: -1...1, using: &random) } }
    return some + some.map { $0.map { -$0 } }
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
        let moved = zip(point, direction).map { $0 + size * radius * $1 }
        let change = compiled(moved)[0] - value
        // The end of a domain, as 0 of √x, is no corner.
        guard change.isFinite else { return nil }
        // On one side of 0 max(0, x) is level, which is no reason against a minimum.
        if n == 1, change == 0, local(at: moved).gradient == [0] { continue }
        guard change.magnitude > 4 * value.ulp else { return nil }
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
        // sin²x is 0 where sin x is.
        if case .power(let root, let count) = base.shape, case .number(let number) = count.shape,
          !number.isNegative
        {
          add(root)
        } else {
          add(base)
        }
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
