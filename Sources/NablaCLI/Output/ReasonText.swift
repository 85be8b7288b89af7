/// A formula inside a sentence: what is too long to be read there is cut.
///
///     ReasonText.short("10000000000000000000000000000000")   // "10000000…0000 (32 digits)"
package enum ReasonText {
  /// The most digits in a row, and the most characters.
  private static let mostDigits = 24
  private static let most = 80

  package static func short(_ text: String) -> String {
    guard text.utf8.count > mostDigits else { return text }
    var result = ""
    var digits = ""
    func flush() {
      let isLong = digits.utf8.count > mostDigits
      result += isLong ? "\(digits.prefix(8))…\(digits.suffix(4)) (\(digits.utf8.count) digits)" : digits
      digits = ""
    }
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result.count > most ? result.prefix(most / 2) + " … " + result.suffix(most / 4) : result
  }
}
