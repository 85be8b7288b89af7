import NablaBasics

/// Changes texts by lot: characters, words of the language, and stretches of other texts.
public struct Mutations {
  private var random: SplitMix64
  private let samples: [String]

  /// Changes of these samples.
  public init(start: UInt64, of samples: [String]) {
    random = SplitMix64(start: start)
    self.samples = samples.isEmpty ? ["x"] : samples
  }

  /// The words that the language is made of.
  public static let dictionary: [String] = [
    "(", ")", "[", "]", "{", "}", "|", "^", "*", "/", "-", "+", ",", ".", "=", "<", ">", "≤", "≠", "!", ":",
    ";", "#", "'",
    "_", "\\", "&", "$", "%", "°", "²", "⁻¹", "ⁿ", "₁", "ᵢ", "½", "√", "∛", "π", "λ", "Σ", "∏", "∂", "∞", "−",
    "·", "⟨",
    "e", "i", "x", "y", "1", "0", "9", "1e308", "1e-999", "0.1", "..", "**", "sin", "ln", "log_2", "exp",
    "sqrt", "abs",
    "sum(i, 1, 3, ", "prod(", "if(", "max(", "mod", "and", "or", "not", "d/dx", "\\frac{", "\\sqrt[3]{",
    "\\left(",
    "\\right)", "\\sum_{i=1}^{", "\\begin{cases}", "\\end{cases}", "\\\\", "\\text{", "x_1", "x[", "f(x) = ",
    "\n", " ", "\t",
    "\u{0}", "\u{FEFF}", "\u{200B}", "\u{202E}", "\u{301}", "é", "关", "😀", "ｘ", "𝑥", "²⁰²",
    "999999999999999999999999",
    ", x > 0", " (2)", "3. ", "a) ", "np.sin(", "return ", " // c", " 5 m/s", "x(2)", "^{(k)}", " s.t. ",
    "f(x; ", "$$", "& ",
    "\\quad ", "\\begin{align}", "\\end{align}", "{1 \\over ", "‖", ">>> ",
    "besselj(", "gamma(", "lambertW(", "0^0", "1/0", "(((((((((", "^^", "--", "2^2^2^2^2",
  ]

  /// The next text: one sample with up to four changes.
  public mutating func next() -> String {
    var characters = Array(samples[below(samples.count)].unicodeScalars)
    for _ in 0...below(4) { change(&characters) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: characters.prefix(400))
    return String(text)
  }

  private mutating func change(_ text: inout [Unicode.Scalar]) {
    let place = below(text.count + 1)
    let last = min(text.count, place + 1 + below(6))
    switch below(7) {
    case 0: text.removeSubrange(place..<last)
    case 1, 2:
      text.insert(contentsOf: Self.dictionary[below(Self.dictionary.count)].unicodeScalars, at: place)
    case 3:
      text.replaceSubrange(place..<last, with: Self.dictionary[below(Self.dictionary.count)].unicodeScalars)
    case 4: text.insert(contentsOf: text[place..<last], at: below(text.count + 1))
    case 5:
      let other = Array(samples[below(samples.count)].unicodeScalars)
      let from = below(other.count + 1)
      text.insert(contentsOf: other[from..<min(other.count, from + 1 + below(12))], at: place)
    default: text.removeSubrange(place..<text.count)
    }
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }
}
