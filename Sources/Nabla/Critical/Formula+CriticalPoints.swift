import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

extension Formula {
  /// The points where ∇f = 0: all of them exactly where algebra solves the gradient, by a search otherwise.
  ///
  /// A box keeps the answer to the points inside; without one a search looks at −10 … 10 in every variable. Throws
  /// where parameters have no value or the work exceeds a limit.
  public func criticalPoints(within box: [ClosedRange<Double>]? = nil) throws(FormulaError) -> CriticalPoints
  {
    guard parameters.isEmpty else { throw .missingParameters(parameters) }
    if let box, box.count != variables.count {
      throw .wrongCount(expected: variables.count, given: box.count)
    }
    guard variables.count <= 50 else { throw .overrun(.tooLarge("variables of critical points")) }
    guard !variables.isEmpty else {
      return CriticalPoints(formula: self, points: [], families: [], curves: [], evidence: .complete)
    }
    return try CriticalPointFinder(formula: self, box: box).find()
  }
}

/// Finds and classifies the critical points of one formula.
struct CriticalPointFinder {
  private let formula: Formula
  private let box: [ClosedRange<Double>]?
  private let variables: [Variable]
  private let gradient: [Expr]
  /// The value, then the gradient, then the rows of the Hessian.
  private let compiled: CompiledFunctions
  private let noise: RoundingNoise?

  /// The most points that are listed, and the operations that a search may take.
  private static let (mostPoints, work) = (200, 20_000_000)

  init(formula: Formula, box: [ClosedRange<Double>]?) throws(FormulaError) {
    (self.formula, self.box, variables) = (formula, box, formula.variables)
    gradient = try formula.gradient().partials.map(\.expression)
    let hessian = try formula.hessian().flatMap { $0 }
    noise = RoundingNoise(of: formula.expression, letters: formula.variables, limits: formula.limits)
    do {
      compiled = try CompiledFunctions(
        [formula.expression] + gradient + hessian, variables: variables, limits: formula.limits)
    } catch {
      throw FormulaError(error)
    }
  }

  /// What is known at a point.
  private struct Local {
    let value: Double
    let gradient: [Double]
    let hessian: [Double]

    var isFinite: Bool { value.isFinite && (gradient + hessian).allSatisfy(\.isFinite) }
  }

  private func local(at point: [Double]) -> Local {
    let values = compiled(point)
    let n = variables.count
    return Local(value: values[0], gradient: Array(values[1...n]), hessian: Array(values[(n + 1)...]))
  }

  func find() throws(FormulaError) -> CriticalPoints {
    let system = EquationSystem(gradient, for: variables, limits: formula.limits)
    var points: [CriticalPoint] = []
    var families: [[Expr]] = []
    var isComplete = system.isComplete
    for solution in system.solutions {
      let coordinates = variables.map { solution.value(of: $0) }
      guard solution.free.isEmpty else {
        let family = coordinates.map(\.tidiedRoots)
        if !families.contains(family), isStationary(family, free: solution.free) { families.append(family) }
        continue
      }
      guard let point = point(of: solution, coordinates) else {
        // An exact one lies outside the domain; digits may have misled the algebra.
        if !solution.isExact { isComplete = false }
        continue
      }
      add(point, to: &points)
    }
    guard !isComplete else {
      return CriticalPoints(
        formula: formula, points: points.sorted(by: Self.isBefore), families: families, curves: [],
        evidence: .complete)
    }
    let range = (box ?? variables.map { _ in -Double.infinity...Double.infinity }).map(Self.searched)
    let starts = search(in: range, into: &points)
    var curves: [[Expr]] = []
    for leftover in system.leftovers where leftover.isCurve {
      guard
        let curve = try? CompiledFunctions(
          leftover.equations, variables: variables, limits: formula.limits)
      else { continue }
      let apart = points.filter { point in
        curve(point.coordinates).contains { !($0.magnitude <= 1e-6) }
      }
      if apart.count < points.count { curves.append(leftover.equations) }
      points = apart
    }
    return CriticalPoints(
      formula: formula, points: points.sorted(by: Self.isBefore), families: families, curves: curves,
      evidence: .search(starts: starts, box: range))
  }

  /// A range with ends: where one is missing, at least 20 long and 10 beyond zero.
  private static func searched(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    switch (range.lowerBound.isFinite, range.upperBound.isFinite) {
    case (true, true): range
    case (true, false): range.lowerBound...max(10, range.lowerBound + 20)
    case (false, true): min(-10, range.upperBound - 20)...range.upperBound
    case (false, false): -10...10
    }
  }

  private static func isBefore(_ a: CriticalPoint, _ b: CriticalPoint) -> Bool {
    a.coordinates.lexicographicallyPrecedes(b.coordinates)
  }

  private func add(_ point: CriticalPoint, to points: inout [CriticalPoint]) {
    let isKnown = points.contains { known in
      zip(known.coordinates, point.coordinates).allSatisfy { a, b in
        (a - b).magnitude <= 1e-6 * max(1, a.magnitude, b.magnitude)
      }
    }
    if !isKnown { points.append(point) }
  }

  /// A solution as a point; nil where the formula has no value there or the gradient is not zero after all.
  private func point(of solution: EquationSystem.Solution, _ exact: [Expr]) -> CriticalPoint? {
    let tidied = exact.map(\.tidiedRoots)
    var coordinates = tidied.compactMap(\.constantValue)
    guard coordinates.count == variables.count, coordinates.allSatisfy(\.isFinite) else { return nil }
    if !solution.isExact { coordinates = newton(from: coordinates) ?? coordinates }
    if let box, !zip(box, coordinates).allSatisfy({ $0.contains($1) }) { return nil }
    let here = local(at: coordinates)
    guard here.value.isFinite, isStationary(here, at: coordinates) else { return nil }
    guard solution.isExact else { return point(at: coordinates, here) }
    let relations = variables.map { variable in
      (solution.bindings.first { $0.variable == variable }?.value ?? .variable(variable)).tidiedRoots
    }
    let place = Dictionary(uniqueKeysWithValues: zip(variables, tidied))
    let value = formula.expression.substituting(place).tidiedRoots
    let eigenvalues = eigenvalues(here)
    let kind =
      CriticalPoint.Kind.decided(by: eigenvalues, tolerance: 1e-11) ?? kindByHigherDerivatives(at: tidied)
    return CriticalPoint(
      coordinates: coordinates, exact: tidied, relations: relations,
      value: PointValue(value, decimal: value.constantValue ?? here.value), eigenvalues: eigenvalues,
      kind: kind ?? .degenerate)
  }

  /// A point that is known in digits.
  private func point(at coordinates: [Double], _ here: Local) -> CriticalPoint {
    let eigenvalues = eigenvalues(here)
    // What rounding alone may have left of a zero is one.
    let size = here.hessian.reduce(0) { $0 + $1.magnitude }
    let isNothing =
      here.value.magnitude < 1e-20 * size
      || (here.value.magnitude < 1e-6 && here.value.magnitude <= 10 * (noise?(coordinates) ?? 0))
    let value = isNothing ? 0 : here.value
    return CriticalPoint(
      coordinates: coordinates, exact: nil, relations: nil,
      value: PointValue(.number(Number(approximate: value)), decimal: value),
      eigenvalues: eigenvalues,
      kind: CriticalPoint.Kind.decided(by: eigenvalues, tolerance: 1e-7) ?? .degenerate)
  }

  private func eigenvalues(_ here: Local) -> [Double] {
    SymmetricEigen(here.hessian, size: variables.count)?.values ?? []
  }

  /// In one variable: the first derivative that is not zero decides, of an even order as a second one would.
  private func kindByHigherDerivatives(at point: [Expr]) -> CriticalPoint.Kind? {
    guard variables.count == 1, var rate = try? gradient[0].derivative(by: variables[0]) else { return nil }
    for order in 3...12 {
      guard let next = try? rate.derivative(by: variables[0]), next.size < 5_000 else { return nil }
      rate = next
      let value = rate.substituting([variables[0]: point[0]])
      guard let number = value.constantValue, number.isFinite else { return nil }
      if value.isZeroUpToRounding { continue }
      if order % 2 == 1 { return .inflection }
      return number > 0 ? .localMinimum : .localMaximum
    }
    return nil
  }

  /// Whether the gradient is zero wherever the free variables of a family are.
  private func isStationary(_ family: [Expr], free: [Variable]) -> Bool {
    var random = SplitMix64(start: 577_215_664)
    var count = 0
    for _ in 0..<20 {
      let values = free.map { _ in Expr.number(Number(approximate: .random(in: -2...2, using: &random))) }
      let place = Dictionary(uniqueKeysWithValues: zip(free, values))
      let point = family.compactMap { $0.substituting(place).constantValue }
      guard point.count == family.count, point.allSatisfy(\.isFinite) else { continue }
      let here = local(at: point)
      guard here.value.isFinite else { continue }
      guard isStationary(here, at: point) else { return false }
      count += 1
    }
    return count > 0
  }

  // MARK: Search

  /// Whether the gradient is zero up to rounding: a last step of Newton's method would hardly move.
  private func isStationary(_ here: Local, at point: [Double]) -> Bool {
    let n = variables.count
    for (row, slope) in here.gradient.enumerated() {
      guard slope.isFinite else { return false }
      var size = 1e-9 * here.value.magnitude
      for column in 0..<n where here.hessian[row * n + column].isFinite {
        size += here.hessian[row * n + column].magnitude * max(point[column].magnitude, 1e-3)
      }
      if slope.magnitude > 1e-8 * size + 1e-12 { return false }
    }
    return true
  }

  /// Newton's method on the gradient from many points of a box; says from how many.
  private func search(in box: [ClosedRange<Double>], into points: inout [CriticalPoint]) -> Int {
    var random = SplitMix64(start: 1_618_033_988)
    let n = variables.count
    let cost = formula.expression.size * (2 + n) + n * n * n
    let starts = max(8, min(100 * n + 100, 1_000, Self.work / (40 * max(1, cost))))
    for _ in 0..<starts {
      let start = box.map { Double.random(in: $0, using: &random) }
      guard points.count < Self.mostPoints, let found = newton(from: start),
        zip(box, found).allSatisfy({ $0.contains($1) })
      else { continue }
      let snapped = found.map { $0.magnitude < 1e-9 ? 0 : $0 }
      let here = local(at: snapped)
      guard here.isFinite, isStationary(here, at: snapped) else { continue }
      add(point(at: snapped, here), to: &points)
    }
    return starts
  }

  /// The point that Newton's method on the gradient leads to; steps are halved until the gradient gets shorter.
  private func newton(from start: [Double]) -> [Double]? {
    var x = start
    var here = local(at: x)
    for _ in 0..<60 {
      guard here.isFinite else { return nil }
      let length = norm(here.gradient)
      guard length > 0 else { return x }
      guard let step = newtonStep(here) else { return nil }
      var share = 1.0
      var isMoved = false
      while share > 1e-4 {
        let next = zip(x, step).map { $0 - share * $1 }
        let there = local(at: next)
        if there.isFinite, norm(there.gradient) < length {
          (x, here, isMoved) = (next, there, true)
          break
        }
        share /= 2
      }
      let move = share * norm(step)
      if !isMoved || move <= 1e-15 * norm(x) { return isStationary(here, at: x) ? x : nil }
    }
    return isStationary(here, at: x) ? x : nil
  }

  /// H⁻¹g; directions in which H vanishes are left out.
  private func newtonStep(_ here: Local) -> [Double]? {
    let n = variables.count
    if let step = eliminated(here.hessian, here.gradient) { return step }
    guard let eigen = SymmetricEigen(here.hessian, size: n) else { return nil }
    let largest = eigen.values.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0 else { return nil }
    var step = [Double](repeating: 0, count: n)
    for (value, vector) in zip(eigen.values, eigen.vectors) where value.magnitude > 1e-14 * largest {
      let share = zip(vector, here.gradient).reduce(0) { $0 + $1.0 * $1.1 } / value
      for place in 0..<n { step[place] += share * vector[place] }
    }
    return step
  }

  /// The solution of a linear system by Gauss's elimination; nil where a pivot is next to nothing.
  private func eliminated(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    let n = right.count
    var (a, b) = (matrix, right)
    let smallest = 1e-12 * a.reduce(0) { max($0, $1.magnitude) }
    for column in 0..<n {
      guard let pivot = (column..<n).max(by: { a[$0 * n + column].magnitude < a[$1 * n + column].magnitude }),
        a[pivot * n + column].magnitude > smallest
      else { return nil }
      if pivot != column {
        for k in 0..<n { a.swapAt(pivot * n + k, column * n + k) }
        b.swapAt(pivot, column)
      }
      for row in (column + 1)..<max(n, column + 1) {
        let share = a[row * n + column] / a[column * n + column]
        guard share != 0 else { continue }
        for k in column..<n { a[row * n + k] -= share * a[column * n + k] }
        b[row] -= share * b[column]
      }
    }
    for row in (0..<n).reversed() {
      for k in (row + 1)..<max(n, row + 1) { b[row] -= a[row * n + k] * b[k] }
      b[row] /= a[row * n + row]
    }
    return b
  }

  private func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
