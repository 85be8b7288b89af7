import NablaBasics

/// How wide a text is before a font is known: in ems of a wide sans-serif font, so that there is room for it in most.
package enum TextWidth {
  /// The width in units of the font's size.
  ///
  ///     TextWidth.ems("ill")   // 0.93
  ///     TextWidth.ems("mow")   // 2.4
  package static func ems(_ text: some StringProtocol) -> Double { text.reduce(0) { $0 + ems($1) } }

  private static func ems(_ character: Character) -> Double {
    if narrow.contains(character) { return 0.31 }
    if small.contains(character) { return 0.43 }
    if wide.contains(character) { return 0.88 }
    return 0.65 * Double(DisplayWidth.of(character))
  }

  private static let narrow = Set("ijlI.,:;'|!· ")
  private static let small = Set("frtJ()[]{}/\\\"-*⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉")
  private static let wide = Set("mwMWQO%@&+=<>~…→−≈≤≥≠∞×")
}
