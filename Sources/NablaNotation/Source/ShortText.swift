import NablaBasics

/// A sentence in which long quotations are cut in the middle, so that it can be read.
///
///     ShortText.of("‘aaa…(5,000 letters)…’ is read as one variable")   // "‘aaaa…aaaa’ is read as one variable"
///
/// What is quoted in ‘ ’ and words without a blank are cut; what is short stays as it is.
enum ShortText {
  /// The most characters of one quotation or word.
  static let most = 60

  static func of(_ sentence: String) -> String {
    guard sentence.utf8.count > most else { return sentence }
    var text = ""
    var quoted: String?
    for character in sentence {
      switch (character, quoted) {
      case ("‘", nil): quoted = ""
      case ("’", let inner?):
        text += "‘" + cut(inner) + "’"
        quoted = nil
      case (_, nil): text.append(character)
      case (_, _?): quoted?.append(character)
      }
    }
    if let quoted { text += "‘" + quoted }
    guard text.utf8.count > most else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { cut(String($0)) }
      .joined(separator: " ")
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > most, text.count > most else { return text }
    return text.prefix(most / 2) + "…" + text.suffix(most / 4)
  }
}
