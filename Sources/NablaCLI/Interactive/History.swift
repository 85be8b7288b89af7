/// The lines entered so far, and a place among them.
///
///     var history = History(["x^2", "sin x"])
///     history.older(than: "")   // "sin x"
package struct History: Sendable {
  /// The lines, the newest last.
  package private(set) var lines: [String]
  /// The line that is looked at; the count of `lines` for the one being typed.
  private var place: Int
  private var typed = ""
  private static let most = 10_000

  /// A history that begins with these lines.
  package init(_ lines: [String] = []) {
    self.lines = lines
    place = lines.count
  }

  /// Keeps a line, unless it repeats the last one or is empty, and goes back to the newest end.
  package mutating func add(_ line: String) {
    if line.contains(where: { !$0.isWhitespace }), lines.last != line { lines.append(line) }
    if lines.count > History.most { lines.removeFirst() }
    place = lines.count
  }

  /// The line before; `current` is kept where it is the one being typed.
  package mutating func older(than current: String) -> String? {
    guard place > 0 else { return nil }
    if place == lines.count { typed = current }
    place -= 1
    return lines[place]
  }

  /// The line after; at the end the one that was being typed.
  package mutating func newer() -> String? {
    guard place < lines.count else { return nil }
    place += 1
    return place < lines.count ? lines[place] : typed
  }

  /// The newest line from `start` back that holds a text, and its place.
  package func search(_ text: String, before start: Int? = nil) -> (line: String, place: Int)? {
    guard !text.isEmpty else { return nil }
    for index in lines.indices.prefix(start ?? lines.count).reversed() where lines[index].contains(text) {
      return (lines[index], index)
    }
    return nil
  }
}
