/// Points and vectors of any length as short texts: from 21 components on, the first three and the last.
struct PointText {
  let glyphs: Glyphs

  /// How many components are printed in full.
  static let most = 20

  /// The components that are shown, with an ellipsis for those that are not.
  func shown(_ parts: [String]) -> [String] {
    guard parts.count > PointText.most else { return parts }
    return parts.prefix(3) + [glyphs.ellipsis, parts[parts.count - 1]]
  }

  /// ⟨22, −232⟩
  func vector(_ parts: [String]) -> String { glyphs.vector(shown(parts)) }

  /// (1, 2)
  func tuple(_ parts: [String]) -> String { "(" + shown(parts).joined(separator: ", ") + ")" }

  /// `x ≈ −2.69` for one variable, `(x, y) ≈ (1, 2)` for several.
  func equation(_ names: [String], _ sign: String, _ parts: [String]) -> String {
    names.count == 1 ? "\(names[0]) \(sign) \(parts[0])" : "\(tuple(names)) \(sign) \(tuple(parts))"
  }
}

/// `1 step`, `2 steps`
func counted(_ count: Int, _ noun: String) -> String { counted(count, noun, noun + "s") }

/// `1 box`, `2 boxes`
func counted(_ count: Int, _ noun: String, _ plural: String) -> String {
  "\(count) \(count == 1 ? noun : plural)"
}
