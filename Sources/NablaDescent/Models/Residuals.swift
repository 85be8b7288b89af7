/// A sum of squares given by its parts: f(x) = offset + Σᵢ rᵢ(x)².
///
/// An objective that has them is descended with a model of every rᵢ, which says far more than a model of f.
public struct Residuals: Sendable {
  /// The place of a second derivative ∂²rᵢ/∂xⱼ∂xₖ that is not zero everywhere, j ≤ k.
  public struct Place: Hashable, Sendable {
    /// The residual's number i.
    public let residual: Int
    /// The variable's number j.
    public let row: Int
    /// The variable's number k.
    public let column: Int

    /// A place; `row` is at most `column`.
    public init(residual: Int, row: Int, column: Int) {
      self.residual = residual
      self.row = row
      self.column = column
    }
  }

  /// How many residuals there are.
  public let count: Int
  /// What is added to the squares.
  public let offset: Double
  /// r(x), and ∂rᵢ/∂xⱼ as count·n numbers, row after row.
  public let values: @Sendable (_ x: [Double]) -> (residuals: [Double], jacobian: [Double])
  /// Where second derivatives can be other than zero.
  public let places: [Place]
  /// The second derivatives at those places.
  public let curvatures: @Sendable (_ x: [Double]) -> [Double]

  /// A sum of squares by its parts.
  public init(
    count: Int, offset: Double = 0,
    values: @escaping @Sendable (_ x: [Double]) -> (residuals: [Double], jacobian: [Double]),
    places: [Place], curvatures: @escaping @Sendable (_ x: [Double]) -> [Double]
  ) {
    self.count = count
    self.offset = offset
    self.values = values
    self.places = places
    self.curvatures = curvatures
  }
}
