/// How a formula is written as text.
public enum TextFormat: String, Hashable, Sendable, CaseIterable {
  /// As a textbook prints it: `3x² + 8xy − 3y⁵`.
  case unicode
  /// In ASCII, as it is typed: `3x^2 + 8x*y - 3y^5`.
  case plain
  /// What stands between dollar signs in LaTeX: `3x^2 + 8xy - 3y^5`.
  case latex
  /// What stands inside `<math>` in MathML Core.
  case mathML = "mathml"

  /// The row of the printer.
  package var row: Format {
    switch self {
    case .unicode: .unicode
    case .plain: .plain
    case .latex: .latex
    case .mathML: .mathML
    }
  }
}
