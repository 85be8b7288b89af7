import NablaAlgebra
import NablaBasics

/// A column that lies far from 0 beside its own range, so that its powers are alike: years from 1990 to 2020.
package struct FarColumn: Hashable, Sendable {
  /// The name in the header.
  package let name: String
  /// A round number in its middle: powers of the difference are not alike.
  package let centre: Double

  /// The first column of which the model takes a power, and which is ten times as far from 0 as it reaches.
  init?(_ problem: FitProblem) {
    for part in problem.model.expression.distinctSubexpressions() {
      guard case .power(let base, let exponent) = part.shape, case .variable(let name) = base.shape,
        let power = exponent.constantValue, power >= 2, let column = problem.columns.firstIndex(of: name)
      else { continue }
      var (low, high) = (Double.infinity, -Double.infinity)
      for block in problem.table.blocks {
        for value in block.values[column * block.count..<(column + 1) * block.count] {
          (low, high) = (min(low, value), max(high, value))
        }
      }
      let (middle, half) = ((low + high) / 2, (high - low) / 2)
      guard half > 0, middle.magnitude > 10 * half else { continue }
      let unit = Libm.pow(10, Libm.log10(half).rounded(.down)) / 2
      self.name = problem.table.names[column]
      centre = (middle / unit).rounded() * unit
      return
    }
    return nil
  }
}
