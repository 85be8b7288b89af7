import NablaEvaluation

extension Formula {
  /// Whether the curve of a formula in one variable has a vertical tangent at a point: its values go on there, and its
  /// difference quotients grow beyond all bounds from every side on which it has values.
  ///
  ///     try Formula("x^(1/3)").hasVerticalTangent(at: 0)   // true
  ///     try Formula("|x|").hasVerticalTangent(at: 0)       // false
  public func hasVerticalTangent(at x: Double) -> Bool {
    guard variables.count == 1, let compiled = try? compiled() else { return false }
    let value = compiled([x])
    guard value.isFinite else { return false }
    let size = max(1, x.magnitude)
    let sides = [-size, size].compactMap { side -> [Double]? in
      let changes = [1e-3, 1e-5, 1e-7, 1e-9].map { (compiled([x + side * $0]) - value).magnitude }
      return changes.allSatisfy(\.isFinite) ? changes : nil
    }
    // A hundredth of the step, and less than half of the change: hᵃ with a below 0.85, and no jump.
    return !sides.isEmpty
      && sides.allSatisfy { changes in
        zip(changes, changes.dropFirst()).allSatisfy { $1 > 0 && $1 < 0.9 * $0 && $1 > 0.02 * $0 }
      }
  }
}
