/// Edits a line key by key: no terminal in it, so that a test can type.
///
///     var editor = LineEditor()
///     for key in "x^2".map({ Key.text(String($0)) }) { _ = editor.press(key) }
///     editor.press(.enter)   // .entered("x^2")
package struct LineEditor {
  /// What a key led to.
  package enum Event: Hashable, Sendable {
    /// The line has changed, or the cursor has moved.
    case edited
    /// The line is complete.
    case entered(String)
    /// The line is given up.
    case cancelled
    /// There is nothing more to read.
    case ended
    /// The screen is to be empty but for this line.
    case cleared
    /// Several ways to complete a name.
    case choices([String])
  }

  /// The line.
  package private(set) var line = LineBuffer()
  /// What was entered before.
  package private(set) var history: History
  /// The text looked for, and the place it was found at.
  package private(set) var search: (text: String, place: Int?)?
  private let completer: Completer
  private let goesOn: @Sendable (String) -> Bool

  /// An editor; `goesOn` tells whether a text is not complete, so that Enter begins a new line.
  package init(
    history: History = History(), completer: Completer = Completer(names: []),
    goesOn: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    self.history = history
    self.completer = completer
    self.goesOn = goesOn
  }

  /// Begins with a text that is to be edited.
  package mutating func begin(with text: String) { line = LineBuffer(text) }

  /// Does what a key asks for.
  package mutating func press(_ key: Key) -> Event {
    if search != nil, let event = pressWhileSearching(key) { return event }
    switch key {
    case .text(let text): line.insert(text)
    case .enter: return enter()
    case .tab: return complete()
    case .backspace: line.erase(forward: false)
    case .delete: line.erase(forward: true)
    case .left: line.move(by: -1)
    case .right: line.move(by: 1)
    case .up: if let older = history.older(than: line.text) { line.become(older) }
    case .down: if let newer = history.newer() { line.become(newer) }
    case .home: line.moveToEdge(end: false)
    case .end: line.moveToEdge(end: true)
    case .wordLeft: line.moveByWord(forward: false)
    case .wordRight: line.moveByWord(forward: true)
    case .cutToEnd: line.cutToEdge(end: true)
    case .cutToStart: line.cutToEdge(end: false)
    case .cutWord: line.cutWord()
    case .paste: line.paste()
    case .undo: line.undo()
    case .search: search = ("", nil)
    case .clear: return .cleared
    case .cancel:
      line = LineBuffer()
      return .cancelled
    case .endOfInput:
      if line.isEmpty { return .ended }
      line.erase(forward: true)
    case .escape: break
    }
    return .edited
  }

  private mutating func enter() -> Event {
    let text = line.text
    // An empty last line ends a text that would otherwise go on.
    if line.isAtEnd, goesOn(text), !text.hasSuffix("\n") {
      line.insert("\n")
      return .edited
    }
    history.add(text)
    line = LineBuffer()
    return .entered(text)
  }

  private mutating func complete() -> Event {
    guard let completion = completer.completion(of: line.before) else { return .edited }
    line.replace(last: completion.typed, with: completion.text)
    return completion.choices.count > 1 ? .choices(completion.choices) : .edited
  }

  /// The keys that mean something else while the history is searched; nil hands the key on.
  private mutating func pressWhileSearching(_ key: Key) -> Event? {
    guard var (text, place) = search else { return nil }
    switch key {
    case .text(let more): text += more
    case .backspace: text = String(text.dropLast())
    case .search:
      if let next = history.search(text, before: place) { place = next.place }
      return look(for: text, from: place.map { $0 + 1 })
    case .cancel, .escape:
      search = nil
      return .edited
    default:
      search = nil
      return nil
    }
    return look(for: text, from: nil)
  }

  private mutating func look(for text: String, from start: Int?) -> Event {
    let found = history.search(text, before: start)
    search = (text, found?.place)
    if let found { line.become(found.line) }
    return .edited
  }
}
