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
    let digits = text.utf8.count { $0 &- 48 < 10 }
    return digits > 0 && digits < text.utf8.count ? "_{" + text + "}" : "_" + text
  }

  /// The one character for a fraction of small integers: `½`.
  static func fraction(_ numerator: String, _ denominator: String) -> String? {
    fractions[numerator + "/" + denominator]
  }

  /// The Greek letter of a name: `λ` for `lambda`.
  static func greek(_ name: String) -> String? { name.utf8.count > 1 ? greekLetters[name] : nil }

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

  private static let greekLetters: NameTable<String> = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]
}
