import NablaAlgebra
import NablaBasics
import NablaDescent

/// A line, a plane and so on of critical points.
///
///     (x − y)²    // x = y, where y may have any value: local minima of value 0
public struct CriticalFamily: Sendable {
  /// The coordinates in terms of variables that may have any value.
  public let coordinates: [Expr]
  /// The value of the formula where it is the same everywhere on the family; nil where it is not seen to be.
  public let value: Expr?
  /// What the points are, except perhaps some single ones; nil where the eigenvalues of the Hessian do not say.
  public let kind: CriticalPoint.Kind?
}

extension CriticalPointFinder {
  /// A family with what is seen at points of it: across it the Hessian has as many eigenvalues that are not zero as it
  /// can have, and all of one sign, or of both (Morse and Bott); nil where the gradient is not zero.
  func family(_ coordinates: [Expr], free: [Variable]) -> CriticalFamily? {
    guard isStationary(coordinates, free: free) else { return nil }
    let place = Dictionary(uniqueKeysWithValues: zip(variables, coordinates))
    var budget = Budget(formula.limits.work)
    let along = formula.expression.substituting(place)
    let value = (try? TextbookForm().form(of: along, budget: &budget).expression) ?? along
    var kinds: [CriticalPoint.Kind?] = []
    for (_, here) in samples(of: coordinates, free: free) {
      guard let values = SymmetricEigen(here.hessian, size: variables.count)?.values else { continue }
      let largest = values.reduce(0) { max($0, $1.magnitude) }
      let across = values.filter { $0.magnitude > 1e-9 * largest }
      kinds.append(
        across.count + free.count == variables.count ? .decided(by: across, tolerance: 1e-9) : nil)
    }
    let isOfOneKind = kinds.allSatisfy { $0 == kinds[0] }
    return CriticalFamily(
      coordinates: coordinates, value: value.freeVariables.isEmpty ? value : nil,
      kind: isOfOneKind ? kinds.first ?? nil : nil)
  }

  /// Whether a point of a family is another thing than the rest of it: another kind of extremum, or a place where f is
  /// flatter than elsewhere on the family.
  func standsOut(_ point: CriticalPoint, on family: CriticalFamily) -> Bool {
    if point.kind == .degenerate || point.kind == family.kind { return false }
    if point.kind != .saddle { return true }
    // A place of the family that nothing singles out.
    var odd = 11
    var place: [Variable: Expr] = [:]
    for (variable, coordinate) in zip(variables, family.coordinates) where coordinate == .variable(variable) {
      place[variable] = .integer(odd) / .integer(7)
      odd += 6
    }
    guard let exact = point.exact, let here = lowestDegree(at: exact),
      let elsewhere = lowestDegree(at: family.coordinates.map { $0.substituting(place) })
    else { return true }
    return here != elsewhere
  }

  /// Whether all points of a family belong to another one.
  func isPart(_ family: CriticalFamily, of other: CriticalFamily) -> Bool {
    let place = Dictionary(uniqueKeysWithValues: zip(variables, family.coordinates))
    return zip(family.coordinates, other.coordinates).allSatisfy { own, bound in
      (own - bound.substituting(place)).tidiedRoots.isZero
    }
  }

  /// Whether a point lies on a family.
  func lies(_ point: CriticalPoint, on family: CriticalFamily) -> Bool {
    let place = Dictionary(
      uniqueKeysWithValues: zip(variables, point.coordinates.map { Expr.number(Number(approximate: $0)) }))
    return zip(family.coordinates, point.coordinates).allSatisfy { coordinate, x in
      guard let value = coordinate.substituting(place).constantValue else { return false }
      return (value - x).magnitude <= 1e-9 * max(1, x.magnitude)
    }
  }

  /// Whether the gradient is zero wherever the free variables of a family are.
  private func isStationary(_ family: [Expr], free: [Variable]) -> Bool {
    let points = samples(of: family, free: free)
    return !points.isEmpty && points.allSatisfy { isStationary($0.here, at: $0.point) }
  }

  /// What is known at some points of a family.
  private func samples(of family: [Expr], free: [Variable]) -> [(point: [Double], here: Local)] {
    var random = SplitMix64(start: 577_215_664)
    return (0..<20).compactMap { _ in
      let values = free.map { _ in Expr.number(Number(approximate: .random(in: -2...2, using: &random))) }
      let place = Dictionary(uniqueKeysWithValues: zip(free, values))
      let point = family.compactMap { $0.substituting(place).constantValue }
      guard point.count == family.count, point.allSatisfy(\.isFinite) else { return nil }
      let here = local(at: point)
      return here.value.isFinite ? (point, here) : nil
    }
  }
}
