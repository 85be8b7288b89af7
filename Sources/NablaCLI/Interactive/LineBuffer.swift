/// The line being typed: its characters, where the cursor stands, what was cut, what can be undone.
///
///     var line = LineBuffer("x^2")
///     line.insert(" + 1")
///     line.text   // "x^2 + 1"
package struct LineBuffer: Sendable {
  private struct State: Equatable {
    var characters: [Character]
    var cursor: Int
  }

  private var state: State
  private var past: [State] = []
  private var cut = ""
  private static let remembered = 200

  /// A line with the cursor at its end.
  package init(_ text: String = "") {
    state = State(characters: Array(text), cursor: 0)
    state.cursor = state.characters.count
  }

  /// The whole text.
  package var text: String { String(state.characters) }
  /// The characters in front of the cursor.
  package var cursor: Int { state.cursor }
  /// The text in front of the cursor.
  package var before: String { String(state.characters[..<state.cursor]) }
  package var isEmpty: Bool { state.characters.isEmpty }
  package var isAtEnd: Bool { state.cursor == state.characters.count }

  private mutating func change(_ edit: (inout State) -> Void) {
    let old = state
    edit(&state)
    guard old != state else { return }
    past.append(old)
    if past.count > LineBuffer.remembered { past.removeFirst() }
  }

  /// Puts text at the cursor; accents join the character in front of them.
  package mutating func insert(_ text: String) {
    change { state in
      let head = Array(String(state.characters[..<state.cursor]) + text)
      state = State(characters: head + state.characters[state.cursor...], cursor: head.count)
    }
  }

  /// Replaces the characters in front of the cursor.
  package mutating func replace(last count: Int, with text: String) {
    change { state in
      let kept = Array(state.characters[..<max(0, state.cursor - count)]) + Array(text)
      state = State(characters: kept + state.characters[state.cursor...], cursor: kept.count)
    }
  }

  /// Another line, from the history; undo leads back.
  package mutating func become(_ text: String) {
    change { $0 = State(characters: Array(text), cursor: text.count) }
  }

  /// Removes the character in front of the cursor, or the one behind it.
  package mutating func erase(forward: Bool) {
    change { state in
      let place = forward ? state.cursor : state.cursor - 1
      guard state.characters.indices.contains(place) else { return }
      state.characters.remove(at: place)
      state.cursor = place
    }
  }

  /// Moves the cursor by so many characters, as far as there are any.
  package mutating func move(by count: Int) {
    state.cursor = min(max(0, state.cursor + count), state.characters.count)
  }

  /// To the start or the end of the line of the text that the cursor is in.
  package mutating func moveToEdge(end: Bool) { state.cursor = edge(end: end) }

  /// To the other end of the word.
  package mutating func moveByWord(forward: Bool) { state.cursor = wordEdge(forward: forward) }

  /// Cuts up to the start or the end of the line.
  package mutating func cutToEdge(end: Bool) { cut(to: edge(end: end)) }

  /// Cuts the word in front of the cursor.
  package mutating func cutWord() { cut(to: wordEdge(forward: false)) }

  /// Puts back what was cut last.
  package mutating func paste() { insert(cut) }

  /// Takes the last change back.
  package mutating func undo() {
    if let last = past.popLast() { state = last }
  }

  private mutating func cut(to place: Int) {
    let range = min(place, state.cursor)..<max(place, state.cursor)
    guard !range.isEmpty else { return }
    cut = String(state.characters[range])
    change { state in
      state.characters.removeSubrange(range)
      state.cursor = range.lowerBound
    }
  }

  private func edge(end: Bool) -> Int {
    if end { return state.characters[state.cursor...].firstIndex(of: "\n") ?? state.characters.count }
    return state.characters[..<state.cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  private func wordEdge(forward: Bool) -> Int {
    let isWord: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" }
    var place = state.cursor
    if forward {
      while place < state.characters.count, !isWord(state.characters[place]) { place += 1 }
      while place < state.characters.count, isWord(state.characters[place]) { place += 1 }
    } else {
      while place > 0, !isWord(state.characters[place - 1]) { place -= 1 }
      while place > 0, isWord(state.characters[place - 1]) { place -= 1 }
    }
    return place
  }
}
