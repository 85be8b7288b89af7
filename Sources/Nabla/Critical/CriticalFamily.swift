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
  /// What the points are, except perhaps some single ones; nil where it is not certain that they are all of one kind.
  public let kind: CriticalPoint.Kind?
  /// Whether the formula bends there, or is infinitely steep: all around lie places without a gradient.
  public var isKink = false
}

extension CriticalPointFinder {
  /// A family with what is certain of all its points; nil where the gradient is not zero, or is none.
  func family(_ coordinates: [Expr], free: [Variable]) -> CriticalFamily? {
    let samples = samples(of: coordinates, free: free)
    guard !samples.isEmpty, samples.allSatisfy({ isStationary($0.here, at: $0.point) }),
      !samples.allSatisfy({ hasNoGradient(at: $0.point) })
    else { return nil }
    let value = value(along: coordinates)
    return CriticalFamily(
      coordinates: coordinates, value: value.freeVariables.isEmpty ? value : nil,
      kind: kind(along: coordinates, free: free, value: value, samples: samples))
  }

  /// The formula on a family.
  func value(along coordinates: [Expr]) -> Expr {
    let place = Dictionary(uniqueKeysWithValues: zip(variables, coordinates))
    var budget = Budget(formula.limits.work)
    let along = formula.expression.substituting(place)
    return (try? TextbookForm().form(of: along, budget: &budget).expression) ?? along
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

  /// What is known at some points of a family.
  func samples(of family: [Expr], free: [Variable]) -> [(point: [Double], here: Local)] {
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
