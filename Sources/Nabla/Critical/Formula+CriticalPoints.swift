import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

extension Formula {
  /// The points where ∇f = 0: all of them exactly where algebra solves the gradient, by a search otherwise.
  ///
  /// A box keeps the answer to the points inside; without one a search looks at −10 … 10 in every variable. Throws
  /// where parameters have no value, the work exceeds a limit or is cancelled.
  public func criticalPoints(
    within box: [ClosedRange<Double>]? = nil, cancellation: Cancellation? = nil
  ) throws(FormulaError) -> CriticalPoints {
    guard parameters.isEmpty else { throw .missingParameters(parameters) }
    if let box, box.count != variables.count {
      throw .wrongCount(expected: variables.count, given: box.count)
    }
    guard variables.count <= 50 else {
      throw .overrun(.tooLarge("critical points in more than 50 variables"))
    }
    guard !variables.isEmpty else {
      return CriticalPoints(formula: self, points: [], families: [], curves: [], evidence: .complete)
    }
    let finder = try CriticalPointFinder(formula: self, box: box, cancellation: cancellation)
    var found = try finder.find()
    found.withoutSlope = finder.placesWithoutSlope
    if cancellation?.isCancelled == true { throw .overrun(.cancelled) }
    return found
  }
}

/// Finds and classifies the critical points of one formula.
struct CriticalPointFinder {
  let formula: Formula
  let box: [ClosedRange<Double>]?
  let variables: [Variable]
  let gradient: [Expr]
  /// The value, then the gradient, then the rows of the Hessian, unless those come of `second`.
  let compiled: CompiledFunctions
  /// The second derivatives by the program of the formula, where formulas for them are long.
  let second: CompiledHessian?
  let noise: RoundingNoise?
  /// The formula by itself, which knows the rounding of its gradient.
  let slopes: CompiledFunction?
  let higherDerivatives: HigherDerivatives
  /// Once it is called for, no point has values any more, and every pass ends.
  let cancellation: Cancellation?

  /// The most points that are listed, and the operations that a search may take.
  static let (mostPoints, work) = (200, 20_000_000)
  /// The work that formulas of the Hessian may take.
  private static let hessianWork = 500_000

  init(
    formula: Formula, box: [ClosedRange<Double>]?, cancellation: Cancellation? = nil
  ) throws(FormulaError) {
    self.cancellation = cancellation
    (self.formula, self.box, variables) = (formula, box, formula.variables)
    gradient = try formula.gradient().partials.map(\.expression)
    slopes = try? formula.compiled()
    var budget = Budget(min(formula.limits.work, Self.hessianWork))
    var rows = try? formula.expression.hessian(by: variables, limits: formula.limits, budget: &budget)
    second = rows == nil ? try? slopes?.secondDerivatives() : nil
    if rows == nil, second == nil { rows = try formula.hessian() }
    let hessian = rows ?? []
    higherDerivatives = HigherDerivatives(of: gradient[0], by: variables[0], cancellation: cancellation)
    noise = RoundingNoise(of: formula.expression, letters: formula.variables, limits: formula.limits)
    do {
      compiled = try CompiledFunctions(
        [formula.expression] + gradient + hessian.flatMap { $0 }, variables: variables,
        limits: formula.limits, keepsDigits: true)
    } catch {
      throw FormulaError(error)
    }
  }

  /// What is known at a point.
  struct Local {
    let value: Double
    let gradient: [Double]
    let hessian: [Double]

    var isFinite: Bool { value.isFinite && (gradient + hessian).allSatisfy(\.isFinite) }
  }

  func local(at point: [Double]) -> Local {
    let n = variables.count
    if cancellation?.isCancelled == true {
      let nothing = { Array(repeating: Double.nan, count: $0) }
      return Local(value: .nan, gradient: nothing(n), hessian: nothing(n * n))
    }
    let values = compiled(point)
    return Local(
      value: values[0], gradient: Array(values[1...n]),
      hessian: second?.dense(at: point) ?? Array(values[(n + 1)...]))
  }

  func find() throws(FormulaError) -> CriticalPoints {
    let system = EquationSystem(gradient, for: variables, limits: formula.limits)
    var points: [CriticalPoint] = []
    var families: [CriticalFamily] = []
    var isComplete = system.isComplete
    for solution in system.solutions {
      let coordinates = variables.map { solution.value(of: $0) }
      guard solution.free.isEmpty else {
        let coordinates = coordinates.map(\.tidiedRoots)
        guard !families.contains(where: { $0.coordinates == coordinates }) else { continue }
        if let family = family(coordinates, free: solution.free) { families.append(family) }
        continue
      }
      guard let point = point(of: solution, coordinates) else {
        // An exact one lies outside the domain; digits may have misled the algebra.
        if !solution.isExact { isComplete = false }
        continue
      }
      add(point, to: &points)
    }
    families = families.enumerated().filter { place, family in
      !families.enumerated().contains {
        $0 != place && isPart(family, of: $1) && !($0 > place && isPart($1, of: family))
      }
    }.map(\.element)
    points.removeAll { point in families.contains { lies(point, on: $0) && !standsOut(point, on: $0) } }
    let kinks = kinks()
    for point in kinks.points { add(point, to: &points) }
    families += kinks.families.filter { bent in !families.contains { isPart(bent, of: $0) } }
    guard !isComplete else {
      return CriticalPoints(
        formula: formula, points: points.sorted(by: Self.isBefore), families: families,
        ridges: kinks.ridges, curves: [], evidence: .complete, jumps: jumps, openSeams: kinks.open)
    }
    let range = (box ?? variables.map { _ in -Double.infinity...Double.infinity }).map(Self.searched)
    let end = search(in: range, into: &points)
    points.removeAll { point in families.contains { lies(point, on: $0) && !standsOut(point, on: $0) } }
    var curves: [[Expr]] = []
    for leftover in system.leftovers where leftover.isCurve {
      // Where a sign is 0 the formula bends.
      let bends = leftover.equations.contains { $0.distinctSubexpressions().contains { $0.isSign } }
      guard !bends,
        let curve = try? CompiledFunctions(
          leftover.equations, variables: variables, limits: formula.limits)
      else { continue }
      let apart = points.filter { point in
        curve(point.coordinates).contains { !($0.magnitude <= 1e-6) }
      }
      if apart.count < points.count { curves.append(leftover.equations) }
      points = apart
    }
    var strewn = points.filter { point in !families.contains { lies(point, on: $0) } && isOnCurve(point) }
    if strewn.count > Self.mostStrewn {
      families += lines(through: strewn, beside: families)
      points.removeAll { point in
        families.contains { isOne(point, with: $0) && (point.exact == nil || !standsOut(point, on: $0)) }
      }
      strewn.removeAll { point in families.contains { isOne(point, with: $0) } }
    }
    if strewn.count > Self.mostStrewn {
      points.removeAll { point in strewn.contains { $0.coordinates == point.coordinates } }
    }
    return CriticalPoints(
      formula: formula, points: points.sorted(by: Self.isBefore), families: families,
      ridges: kinks.ridges, curves: curves,
      evidence: .search(starts: end.starts, box: range), flat: end.flat,
      strewn: strewn.count > Self.mostStrewn ? strewn.map(\.coordinates) : [], jumps: jumps,
      openSeams: kinks.open, isOpen: end.isOpen)
  }

  /// A range with ends: where one is missing, at least 20 long and 10 beyond zero.
  static func searched(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    switch (range.lowerBound.isFinite, range.upperBound.isFinite) {
    case (true, true): range
    case (true, false): range.lowerBound...max(10, range.lowerBound + 20)
    case (false, true): min(-10, range.upperBound - 20)...range.upperBound
    case (false, false): -10...10
    }
  }

  static func isBefore(_ a: CriticalPoint, _ b: CriticalPoint) -> Bool {
    a.coordinates.lexicographicallyPrecedes(b.coordinates)
  }

  func add(_ point: CriticalPoint, to points: inout [CriticalPoint]) {
    let isKnown = points.contains { known in
      zip(known.coordinates, point.coordinates).allSatisfy { a, b in
        (a - b).magnitude <= 1e-6 * max(1, a.magnitude, b.magnitude)
      }
    }
    if !isKnown { points.append(point) }
  }

  /// A solution as a point; nil where the formula has no value there or the gradient is not zero after all.
  func point(of solution: EquationSystem.Solution, _ exact: [Expr]) -> CriticalPoint? {
    let tidied = exact.map(\.tidiedRoots)
    var coordinates = tidied.compactMap(\.constantValue)
    guard coordinates.count == variables.count, coordinates.allSatisfy(\.isFinite) else { return nil }
    if !solution.isExact { coordinates = newton(from: coordinates) ?? coordinates }
    if let box, !zip(box, coordinates).allSatisfy({ $0.contains($1) }) { return nil }
    let here = local(at: coordinates)
    guard here.value.isFinite, isStationary(here, at: coordinates) else { return nil }
    if jumps(at: coordinates, value: here.value) { return extremum(at: tidied) }
    guard solution.isExact else { return point(at: coordinates, here) }
    let relations = variables.map { variable in
      (solution.bindings.first { $0.variable == variable }?.value ?? .variable(variable)).tidiedRoots
    }
    return point(exactly: tidied, coordinates, relations: relations, here)
  }

  /// A point whose coordinates are exact.
  func point(
    exactly exact: [Expr], _ coordinates: [Double], relations: [Expr], _ here: Local
  ) -> CriticalPoint {
    let place = Dictionary(uniqueKeysWithValues: zip(variables, exact))
    let value = formula.expression.substituting(place).tidiedRoots
    let curvature = curvature(here, at: coordinates) { _ in coordinates.map { 2 * $0.ulp } }
    let kind =
      CriticalPoint.Kind.decided(by: curvature, tolerance: 1e-11) ?? kindBySign(value: value)
      ?? kindByHigherDerivatives(at: exact)
      ?? kindByTaylorPolynomial(at: exact)
      ?? (variables.count == 1 ? kindBySamples(around: coordinates) : nil)
    return CriticalPoint(
      coordinates: coordinates, exact: exact, relations: relations,
      value: PointValue(value, decimal: value.constantValue ?? here.value), eigenvalues: curvature,
      kind: kind ?? .degenerate)
  }

  /// A point that is known in digits.
  func point(at coordinates: [Double], _ here: Local) -> CriticalPoint {
    // What rounding alone may have left of a zero is one.
    let size = here.hessian.reduce(0) { $0 + $1.magnitude }
    let isNothing =
      here.value.magnitude < 1e-20 * size
      || (here.value.magnitude < 1e-6 && here.value.magnitude <= 10 * (noise?(coordinates) ?? 0))
    let value = isNothing ? 0 : here.value
    let curvature = curvature(here, at: coordinates) { eigenvalues in
      uncertainty(of: coordinates, here, eigenvalues: eigenvalues)
    }
    return CriticalPoint(
      coordinates: coordinates, exact: nil, relations: nil,
      value: PointValue(.number(Number(approximate: value)), decimal: value),
      eigenvalues: curvature,
      kind: CriticalPoint.Kind.decided(by: curvature, tolerance: 1e-7) ?? kindBySamples(around: coordinates)
        ?? .degenerate)
  }

  /// The point whose coordinates are simple fractions or parts of π, where it is one: 3π/2 for 4.71238898….
  func exactPoint(near coordinates: [Double], within reach: [Double]? = nil) -> CriticalPoint? {
    guard formula.expression.size <= 1_000 else { return nil }
    let exact = coordinates.indices.compactMap { Self.simple(coordinates[$0], within: reach?[$0] ?? 0) }
    guard exact.count == coordinates.count else { return nil }
    let place = Dictionary(uniqueKeysWithValues: zip(variables, exact))
    guard gradient.allSatisfy({ $0.substituting(place).tidiedRoots.isZero }) else { return nil }
    let decimals = exact.compactMap(\.constantValue)
    let here = local(at: decimals)
    guard decimals.count == exact.count, here.isFinite else { return nil }
    return point(exactly: exact, decimals, relations: exact, here)
  }

  /// A multiple of 1/12 or of π/12 that is a number up to what is left at a multiple zero of a gradient.
  static func simple(_ value: Double, within reach: Double = 0) -> Expr? {
    for unit in [1, Double.pi] {
      let twelfths = (value / unit * 12).rounded()
      guard twelfths.magnitude < 1e6,
        (twelfths / 12 * unit - value).magnitude <= max(reach, 1e-6 * max(1, value.magnitude)),
        let part = Number(Int(twelfths)).divided(by: 12)
      else { continue }
      return unit == 1 ? .number(part) : .number(part) * .constant(.pi)
    }
    return nil
  }
}

extension Expr {
  fileprivate var isSign: Bool { if case .call(.sign, _) = shape { true } else { false } }
}
