import NablaNotation

/// What stands left of `=` in a gradient that somebody worked out: `∂f/∂x`, `f_x`, `∇f`, `f'(x)`.
enum ComponentLabel: Hashable {
  /// The derivative by a variable, by its name as typed.
  case partial(by: String)
  /// The whole, or something that says no variable.
  case whole
  /// What a first derivative is not.
  case other(Other)

  /// Labels of something else.
  enum Other: Hashable {
    /// `f''`, `d²y/dx²`
    case second
    /// `f'(1)`
    case value
    /// `2x`
    case expression
  }

  init(_ typed: String) {
    let text = Self.spelled(typed)
    if let mark = text.firstIndex(where: { $0 == "'" || $0 == "′" || $0 == "″" }) {
      let rest = text[mark...].drop { "'′″".contains($0) }
      let primes = text[mark..<rest.startIndex]
      let isSecond = primes.count > 1 || primes.contains("″")
      let isValue =
        rest.first == "(" && rest.dropFirst().first.map { $0.isNumber || "-−".contains($0) } == true
      self = isSecond ? .other(.second) : isValue ? .other(.value) : .whole
      return
    }
    if text.first?.isNumber == true {
      self = .other(.expression)
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(Self.withoutBrackets)
    if parts.count == 2, let above = parts[0].first, above == "∂" || above == "d", let below = parts[1].first,
      below == above
    {
      let isSecond = parts[0].dropFirst().first.map { "^²2".contains($0) } ?? false
      let name = parts[1].dropFirst().prefix { $0 != "(" }
      self = isSecond ? .other(.second) : name.isEmpty ? .whole : .partial(by: String(name))
      return
    }
    // f_x, ∂_x f, f_{x}(x, y)
    let bar = text.firstIndex(of: "_") ?? text.endIndex
    let isOperator = text[..<bar] == "∂" || text[..<bar] == "D"
    guard bar < text.endIndex, isOperator || bar == text.index(after: text.startIndex) else {
      self = .whole
      return
    }
    var name = text[text.index(after: bar)...].prefix { $0 != "(" }.filter { $0 != "{" && $0 != "}" }
    if isOperator, name.count > 1 { name.removeLast() }
    self = name.isEmpty || name.allSatisfy(\.isNumber) ? .whole : .partial(by: name)
  }

  /// Without blanks, and LaTeX's fractions and ∂ as signs.
  private static func spelled(_ typed: String) -> String {
    var text = typed.filter { !$0.isWhitespace }
    for (name, sign) in [
      ("\\partial", "∂"), ("\\prime", "′"), ("\\mathrm{d}", "d"), ("^{′}", "′"), ("^′", "′"),
    ] {
      text = text.split(separator: name, omittingEmptySubsequences: false).joined(separator: sign)
    }
    for name in ["\\dfrac{", "\\tfrac{", "\\frac{"] where text.hasPrefix(name) {
      let halves = text.dropFirst(name.count).split(separator: "}{")
      if halves.count == 2, halves[1].last == "}" { text = "\(halves[0])/\(halves[1].dropLast())" }
    }
    return text
  }

  private static func withoutBrackets(_ part: Substring) -> Substring {
    part.first == "(" && part.last == ")" ? part.dropFirst().dropLast() : part
  }
}
