import Nabla
import NablaAlgebra
import NablaBasics
import NablaDescent

extension Subject {
  /// Where a walk begins that is given no start: the origin, or the point of the bounds next to it; where the formula
  /// has no value there, the simplest point found at which it has one.
  ///
  ///     x + 1/x    1
  func usualStart(within bounds: Bounds?) -> Point {
    let next = bounds.map { $0.nearest(to: origin.values) } ?? origin.values
    let nearest = next == origin.values ? origin : point(next)
    return hasValues(at: next) ? nearest : pointInside(bounds) ?? nearest
  }

  /// The simplest point found at which the formula and its gradient have values.
  func pointInside(_ bounds: Bounds? = nil, accepts: ([Expr]) -> Bool = { _ in true }) -> Point? {
    let box = bounds.map { zip($0.lower, $0.upper).map { $0...$1 } }
    guard let found = formula.pointInside(box, accepts: accepts) else { return nil }
    return Point(
      values: found.map(\.double), texts: found.map { text(.number($0)) }, exact: found.map { .number($0) })
  }

  /// The simplest point inside of the domain where a walk begins that cannot leave the usual start, a corner of it.
  func startInside(besides start: Point) -> Point? {
    let corner = start.exact
    return pointInside { zip($0, corner).allSatisfy { $0 != $1 } }
  }

  /// A point as options want it: `1,2`, or `x=1,y=2` where that is not too long to read.
  func typed(_ point: Point) -> String {
    point.values.map { NumberText.significant($0, minus: .ascii) }.joined(separator: ",")
  }

  private func hasValues(at point: [Double]) -> Bool {
    guard let (f, gradient) = try? formula.valueAndGradient(at: point) else { return false }
    return f.isFinite && gradient.allSatisfy(\.isFinite)
  }

  private func point(_ values: [Double]) -> Point {
    Point(
      values: values, texts: values.map { invocation.number($0) },
      exact: values.map { .number(Number(approximate: $0)) })
  }
}
