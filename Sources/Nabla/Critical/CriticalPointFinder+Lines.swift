import NablaAlgebra
import NablaBasics
import NablaDescent

// Straight lines of critical points that the algebra of the equations does not find.
extension CriticalPointFinder {
  /// The most points that a line is looked for through, and the most lines.
  private static let (mostTried, mostLines) = (24, 6)

  /// The lines through points along the direction in which the Hessian vanishes there, where simple fractions describe
  /// them and the gradient vanishes on all of them.
  ///
  ///     x³ + y³ + z³ − 3xyz    // x = y = z
  func lines(through points: [CriticalPoint], beside families: [CriticalFamily]) -> [CriticalFamily] {
    var lines: [CriticalFamily] = []
    for point in points.prefix(Self.mostTried) {
      let known = families + lines
      guard lines.count < Self.mostLines, !known.contains(where: { isOne(point, with: $0) }),
        let line = line(through: point.coordinates), !known.contains(where: { isPart(line, of: $0) })
      else { continue }
      lines.append(line)
    }
    return lines
  }

  /// Whether a point lies on a line up to what is left around a multiple zero of the gradient.
  func isOne(_ point: CriticalPoint, with line: CriticalFamily) -> Bool {
    let place = Dictionary(
      uniqueKeysWithValues: zip(variables, point.coordinates.map { Expr.number(Number(approximate: $0)) }))
    let nearest = line.coordinates.compactMap { $0.substituting(place).constantValue }
    return nearest.count == point.coordinates.count && isOneZero(point.coordinates, nearest)
  }

  private func line(through point: [Double]) -> CriticalFamily? {
    let here = local(at: point)
    guard here.isFinite, let eigen = SymmetricEigen(here.hessian, size: variables.count) else { return nil }
    let largest = eigen.values.reduce(0) { max($0, $1.magnitude) }
    for (value, direction) in zip(eigen.values, eigen.vectors) where value.magnitude <= 1e-6 * largest {
      // The last of the variables that the line goes along stays free.
      guard let most = direction.map(\.magnitude).max(),
        let free = direction.lastIndex(where: { $0.magnitude > 0.5 * most })
      else { continue }
      let coordinates = variables.indices.compactMap { place -> Expr? in
        let ratio = direction[place] / direction[free]
        guard place != free else { return .variable(variables[free]) }
        guard let slope = Self.simple(ratio),
          let start = Self.simple(point[place] - (slope.constantValue ?? ratio) * point[free])
        else { return nil }
        return slope * .variable(variables[free]) + start
      }
      guard coordinates.count == variables.count, isStationary(along: coordinates),
        let line = family(coordinates, free: [variables[free]])
      else { continue }
      return line
    }
    return nil
  }

  /// Whether all slopes vanish on a family, by algebra.
  private func isStationary(along family: [Expr]) -> Bool {
    let place = Dictionary(uniqueKeysWithValues: zip(variables, family))
    var budget = Budget(formula.limits.work)
    return gradient.allSatisfy { slope in
      let along = slope.substituting(place)
      let wide = along.expanded() ?? along
      return (try? TextbookForm().form(of: wide, budget: &budget).expression)?.isZero ?? false
    }
  }
}
