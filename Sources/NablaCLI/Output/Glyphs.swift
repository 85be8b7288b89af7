import NablaBasics

/// The characters of a format: book characters, or ASCII alone.
///
///     Glyphs.unicode.partial("x")   // "∂f/∂x"
///     Glyphs.plain.partial("x")     // "df/dx"
package enum Glyphs: String, CaseIterable, Sendable {
  case unicode, plain

  /// What a locale can show: plain ASCII where it says C, POSIX or a character set other than UTF-8.
  package static func of(environment: NameTable<String>) -> Glyphs {
    var locale = ""
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] where locale.isEmpty { locale = environment[name] ?? "" }
    if locale.isEmpty { return .unicode }
    if locale == "C" || locale == "POSIX" { return .plain }
    guard let point = locale.firstIndex(of: ".") else { return .unicode }
    let set = locale[locale.index(after: point)...].prefix { $0 != "@" }.lowercased()
    return set == "utf-8" || set == "utf8" ? .unicode : .plain
  }

  private func either(_ book: String, _ ascii: String) -> String { self == .unicode ? book : ascii }

  var approximately: String { either("≈", "~") }
  var nabla: String { either("∇", "grad ") }
  var ellipsis: String { either("…", "...") }
  var cross: String { either("✗", "no:") }
  var tick: String { either("✓", "yes:") }
  var infinity: String { either("∞", "inf") }
  var minus: String { either("−", "-") }
  var atMost: String { either("≤", "<=") }
  var lambda: String { either("λ", "lambda") }
  var times: String { either("×", "by") }

  /// A sentence of our own in this format: ASCII stand-ins for book characters in plain text.
  ///
  /// What is quoted in ‘ ’ was typed and stays; raised characters become one exponent: `x⁻¹` is `x^(-1)`.
  func worded(_ sentence: String) -> String {
    guard self == .plain else { return sentence }
    var result = ""
    var exponent = ""
    var isQuoted = false
    func flush() {
      guard !exponent.isEmpty else { return }
      let isSimple = exponent.utf8.allSatisfy(\.isDigit) || exponent.utf8.count == 1
      result += isSimple ? "^" + exponent : "^(" + exponent + ")"
      exponent = ""
    }
    for character in sentence {
      if !isQuoted, let raised = Glyphs.raised[character] {
        exponent.append(raised)
        continue
      }
      flush()
      if character == "(", result.hasSuffix("sqrt ") { result.removeLast() }
      switch character {
      case "‘": isQuoted = true
      case "’": isQuoted = false
      default:
        if isQuoted {
          result.append(character)
          continue
        }
      }
      result += Glyphs.standIns[character] ?? String(character)
    }
    flush()
    return result
  }

  /// Diagnostics as rendered, three lines each: all but the middle one, the user's own text, in this format.
  func worded(diagnostics text: Styled) -> Styled {
    guard self == .plain else { return text }
    var result = Styled()
    var line = 0
    for run in text.runs {
      for (piece, part) in run.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if piece > 0 {
          line += 1
          result.append("\n", run.role)
        }
        result.append(line % 3 == 1 ? String(part) : worded(String(part)), run.role)
      }
    }
    return result
  }

  private static let standIns: [Character: String] = [
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "−": "-", "–": "-", "·": "*", "≈": "~", "≤": "<=", "≥": ">=",
    "≠": "!=", "∞": "inf", "∇": "grad ", "∂": "d", "…": "...", "→": "->", "π": "pi", "λ": "lambda",
    "μ": "mu", "⟨": "<", "⟩": ">", "′": "'", "″": "''", "√": "sqrt ",
    "×": "x", "✗": "no:", "½": "1/2", "Γ": "Gamma", "⌊": "floor(", "⌋": ")", "₀": "0", "₁": "1", "₂": "2",
    "₃": "3", "₄": "4", "₅": "5", "₆": "6",
    "₇": "7", "₈": "8", "₉": "9",
  ]

  /// Raised characters and what they raise.
  private static let raised: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip(
      "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+-abcdefghijklmnoprstuvwxyz"))

  /// ‘text’ or 'text'.
  func quoted(_ text: String) -> String { either("‘\(text)’", "'\(text)'") }

  /// ∂f/∂x
  func partial(_ function: String = "f", _ variable: String) -> String {
    either("∂\(function)/∂\(variable)", "d\(function)/d\(variable)")
  }

  /// ∂²f/∂x² or ∂²f/∂x∂y
  func second(_ function: String = "f", _ first: String, _ second: String) -> String {
    if first == second {
      return either("∂²\(function)/∂\(first)²", "d^2\(function)/d\(first)^2")
    }
    return either("∂²\(function)/∂\(first)∂\(second)", "d^2\(function)/d\(first)d\(second)")
  }

  private static func raisedDigits(_ number: Int) -> String {
    let digits: [Character] = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }

  /// f′, f″: the marks alone.
  func primes(_ count: Int) -> String {
    switch count {
    case 1: either("′", "'")
    case 2: either("″", "''")
    case 3: either("‴", "'''")
    default: either("⁽\(Glyphs.raisedDigits(count))⁾", "^(\(count))")
    }
  }

  /// ⟨a, b⟩, a vector of directions; ASCII has no such brackets.
  func vector(_ parts: [String]) -> String {
    var inside = ""
    for (place, part) in parts.enumerated() { inside += place > 0 ? ", " + part : part }
    return either("⟨" + inside + "⟩", "<" + inside + ">")
  }

  /// The six corners and sides of a matrix bracket: left and right of the first, a middle and the last row.
  func brackets(row: Int, of count: Int) -> (left: String, right: String) {
    if count == 1 || self == .plain { return ("[", "]") }
    if row == 0 { return ("⎡", "⎤") }
    return row == count - 1 ? ("⎣", "⎦") : ("⎢", "⎥")
  }
}
