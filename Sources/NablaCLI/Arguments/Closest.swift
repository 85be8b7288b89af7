import NablaNotation

/// The word of a list that a mistyped or shortened one was probably meant to be.
///
///     closest(to: "jsn", among: ["json", "strict"])   // "json"
///     closest(to: "str", among: ["json", "strict"])   // "strict", the only one that begins so
///     closest(to: "xyz", among: ["json", "strict"])   // nil
package func closest(to word: String, among words: [String]) -> String? {
  let typed = word.lowercased()
  if let near = words.first(where: { $0.lowercased() == typed }) { return near }
  if let near = Suggestion.closest(to: typed, among: words) { return near }
  guard typed.utf8.count >= 3 else { return nil }
  let longer = words.filter { $0.lowercased().hasPrefix(typed) }
  return longer.count == 1 ? longer[0] : nil
}
