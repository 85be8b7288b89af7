/// Completes the word in front of the cursor: names, commands, and `\alpha` to α.
///
///     Completer(names: ["minimize", "min"]).completion(of: "mini")?.text   // "minimize"
package struct Completer: Sendable {
  /// What a word becomes.
  package struct Completion: Hashable, Sendable {
    /// How many characters of the line it takes the place of.
    package var typed: Int
    /// What stands there now.
    package var text: String
    /// All names that fit.
    package var choices: [String]
  }

  private let names: [String]
  private let letters: [String: String]

  /// A completer of names, and of letters written `\name`.
  package init(names: [String], letters: [String: String] = [:]) {
    self.names = Set(names).sorted()
    self.letters = letters
  }

  /// What the end of a text may become; nil where nothing fits.
  package func completion(of text: String) -> Completion? {
    let word = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }.reversed()
    let before = text.dropLast(word.count)
    if before.last == "\\" { return letter(String(word)) }
    let dashes = before.last == ":" ? ":" : ""
    return name(dashes + String(word))
  }

  private func letter(_ word: String) -> Completion? {
    if let letter = letters[word] { return .init(typed: word.count + 1, text: letter, choices: [letter]) }
    let fitting = letters.keys.filter { $0.hasPrefix(word) }.sorted()
    guard !word.isEmpty, let common = common(fitting) else { return nil }
    if fitting.count == 1, let letter = letters[common] {
      return .init(typed: word.count + 1, text: letter, choices: [letter])
    }
    return .init(typed: word.count, text: common, choices: fitting)
  }

  private func name(_ word: String) -> Completion? {
    let fitting = names.filter { $0.hasPrefix(word) }
    guard !word.isEmpty, let common = common(fitting) else { return nil }
    return .init(typed: word.count, text: common, choices: fitting)
  }

  /// The longest start that all share.
  private func common(_ words: [String]) -> String? {
    guard var common = words.first else { return nil }
    for word in words.dropFirst() {
      while !word.hasPrefix(common) { common.removeLast() }
    }
    return common
  }
}
