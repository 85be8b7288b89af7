/// The digamma function as a definition in a language that has none: reflection for x < 0, recurrence up to 12, then
/// the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.7, 6.3.18).
enum Digamma {
  /// The parts of the definition, in order.
  enum Statement {
    /// The first lines, and a sum that begins with 0.
    case open
    /// No value at 0, −1, −2, ….
    case pole
    /// −π·cot πx for x < 0, and x in 1 − x's place.
    case reflection(pi: String)
    /// −1/x up to x = 12.
    case recurrence
    /// s is x⁻²; the sum, ln x − 1/2x and the tail together.
    case series(tail: String)
  }

  /// The lines of the definition, as a language writes its parts.
  static func code(_ write: (Statement) -> [String]) -> String {
    let statements: [Statement] = [
      .open, .pole, .reflection(pi: "3.141592653589793"), .recurrence, .series(tail: tail),
    ]
    return statements.flatMap(write).joined(separator: "\n")
  }

  /// Σ B₂ₖ/2k·sᵏ from k = 1 to 7, by Horner's rule.
  private static let tail: String = {
    let coefficients = [
      "1.0 / 12.0", "1.0 / 120.0", "1.0 / 252.0", "1.0 / 240.0", "1.0 / 132.0", "691.0 / 32760.0",
    ]
    return coefficients.reversed().reduce("s / 12.0") { "s * (\($1) - \($0))" }
  }()
}
