import NablaBasics

/// Single characters that stand raised, lowered, for a fraction or for a Greek name.
enum Glyphs {
  /// The text in raised characters, or nil where one of them has none.
  ///
  ///     Glyphs.raised("-12")   // "⁻¹²"
  ///     Glyphs.raised("q")     // nil
  static func raised(_ text: String) -> String? {
    translated(
      text, plain: "0123456789+-abcdefghijklmnoprstuvwxyz", glyphs: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
  }

  /// The text in lowered characters, or nil where one of them has none.
  static func lowered(_ text: String) -> String? {
    translated(text, plain: "0123456789+-=aehijklmnoprstuvx", glyphs: "₀₁₂₃₄₅₆₇₈₉₊₋₌ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
  }

  /// A subscript as it is typed: `_max`, and in braces where digits stand among letters, `_{1a}`.
  static func subscripted(_ text: String) -> String {
    let digits = text.utf8.count(where: \.isDigit)
    return digits > 0 && digits < text.utf8.count ? "_{" + text + "}" : "_" + text
  }

  /// The one character for a fraction of small integers: `½`.
  static func fraction(_ numerator: String, _ denominator: String) -> String? {
    fractions[numerator + "/" + denominator]
  }

  /// The Greek letter of a name: `λ` for `lambda`.
  static func greek(_ name: String) -> String? {
    name.utf8.count > 1 ? greekLetters.first { $0.name == name }?.letter : nil
  }

  /// A name with its Greek letters: `λ` for `lambda`, `ΔT` for `DeltaT`.
  static func shown(_ name: String) -> String {
    if let difference = Greek.difference(name).map(String.init) {
      return "Δ" + (greek(difference) ?? difference)
    }
    return greek(name) ?? name
  }

  /// Each plain character has the glyph at its place.
  private static func translated(_ text: String, plain: String, glyphs: String) -> String? {
    guard !text.isEmpty else { return nil }
    var result = ""
    for scalar in text.unicodeScalars {
      var glyph = glyphs.unicodeScalars.makeIterator()
      var isFound = false
      for letter in plain.unicodeScalars {
        guard let shown = glyph.next() else { return nil }
        if letter == scalar {
          result.unicodeScalars.append(shown)
          isFound = true
          break
        }
      }
      if !isFound { return nil }
    }
    return result
  }

  private static let fractions: NameTable<String> = [
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗",
    "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
  ]

  /// A letter and what it is called.
  private struct GreekLetter: Sendable {
    let name: String
    let letter: String

    init(_ name: String, _ letter: String) { (self.name, self.letter) = (name, letter) }
  }

  private static let greekLetters: [GreekLetter] = [
    .init("alpha", "α"), .init("beta", "β"), .init("gamma", "γ"), .init("delta", "δ"), .init("epsilon", "ε"),
    .init("zeta", "ζ"), .init("eta", "η"), .init("theta", "θ"), .init("iota", "ι"), .init("kappa", "κ"),
    .init("lambda", "λ"), .init("mu", "μ"), .init("nu", "ν"), .init("xi", "ξ"), .init("rho", "ρ"),
    .init("sigma", "σ"), .init("tau", "τ"), .init("upsilon", "υ"), .init("phi", "φ"), .init("chi", "χ"),
    .init("psi", "ψ"), .init("omega", "ω"), .init("Gamma", "Γ"), .init("Delta", "Δ"), .init("Theta", "Θ"),
    .init("Lambda", "Λ"), .init("Xi", "Ξ"), .init("Pi", "Π"), .init("Sigma", "Σ"), .init("Upsilon", "Υ"),
    .init("Phi", "Φ"), .init("Psi", "Ψ"), .init("Omega", "Ω"),
  ]
}
