import NablaCLI
import Testing

@Suite struct LineEditorTests {
  /// Types text, and keys by their names between braces: `x^2{left}{backspace}`.
  private func type(_ script: String, into editor: inout LineEditor) -> LineEditor.Event? {
    let names: [String: Key] = [
      "enter": .enter, "tab": .tab, "backspace": .backspace, "delete": .delete, "left": .left,
      "right": .right, "up": .up, "down": .down, "home": .home, "end": .end, "wordLeft": .wordLeft,
      "wordRight": .wordRight, "cutToEnd": .cutToEnd, "cutToStart": .cutToStart, "cutWord": .cutWord,
      "paste": .paste, "undo": .undo, "search": .search, "cancel": .cancel, "endOfInput": .endOfInput,
    ]
    var last: LineEditor.Event?
    var rest = script[...]
    while let first = rest.first {
      if first == "{", let end = rest.firstIndex(of: "}"),
        let key = names[String(rest[rest.index(after: rest.startIndex)..<end])]
      {
        last = editor.press(key)
        rest = rest[rest.index(after: end)...]
      } else {
        last = editor.press(.text(String(first)))
        rest.removeFirst()
      }
    }
    return last
  }

  @Test(
    arguments: [
      ("x^2", "x^2", 3), ("x^2{left}{left}y", "xy^2", 2), ("ab{home}c", "cab", 1),
      ("ab{home}{delete}", "b", 0),
      ("ab{backspace}", "a", 1), ("sin x + cos y{cutWord}", "sin x + cos ", 12),
      ("sin x{wordLeft}{wordLeft}a", "asin x", 1), ("abc{home}{right}{cutToEnd}", "a", 1),
      ("abc{cutToStart}x{paste}", "xabc", 4), ("abc{undo}", "ab", 2), ("{undo}{left}{backspace}", "", 0),
      ("e\u{301}x{left}{backspace}", "x", 0), ("∇{left}{right}{right}", "∇", 1),
    ] as [(String, String, Int)])
  func keys(_ script: String, _ text: String, _ cursor: Int) {
    var editor = LineEditor()
    _ = type(script, into: &editor)
    #expect(editor.line.text == text)
    #expect(editor.line.cursor == cursor)
  }

  @Test func enterGivesTheLineAndTheHistoryKeepsIt() {
    var editor = LineEditor()
    #expect(type("x^2{enter}", into: &editor) == .entered("x^2"))
    #expect(editor.line.isEmpty)
    _ = type("y{up}", into: &editor)
    #expect(editor.line.text == "x^2")
    _ = type("{down}", into: &editor)
    #expect(editor.line.text == "y")
    _ = type("{up}{up}{up}{down}{down}{down}", into: &editor)
    #expect(editor.line.text == "y")
  }

  @Test func anOpenBracketBeginsAnotherLine() {
    var editor = LineEditor(goesOn: { $0.contains("(") && !$0.contains(")") })
    #expect(type("(1 +{enter}", into: &editor) == .edited)
    #expect(type("2){enter}", into: &editor) == .entered("(1 +\n2)"))
    _ = type("(1{enter}", into: &editor)
    // An empty second line is the end, whatever is open.
    #expect(type("{enter}", into: &editor) == .entered("(1\n"))
  }

  @Test func searchFindsTheNewestLineAndThenOlderOnes() {
    var editor = LineEditor(history: History(["sin x", "cos x", "sin y"]))
    _ = type("{search}sin", into: &editor)
    #expect(editor.line.text == "sin y")
    _ = type("{search}", into: &editor)
    #expect(editor.line.text == "sin x")
    #expect(type("{enter}", into: &editor) == .entered("sin x"))
    _ = type("{search}tan", into: &editor)
    #expect(editor.search?.place == nil)
    _ = type("{cancel}", into: &editor)
    #expect(editor.search == nil)
  }

  @Test func controlKeysEndOrGiveUp() {
    var editor = LineEditor()
    #expect(type("x{cancel}", into: &editor) == .cancelled)
    #expect(editor.line.isEmpty)
    #expect(type("{endOfInput}", into: &editor) == .ended)
    #expect(type("x{home}{endOfInput}", into: &editor) == .edited)
    #expect(editor.line.isEmpty)
  }

  @Test(
    arguments: [
      ("mini", "minimize", ["minimize"]), ("2 + max", "2 + max", ["max", "maximize"]),
      ("\\alpha", "α", ["α"]),
      ("\\alp", "α", ["α"]), ("\\ep", "ε", ["ε"]), (":va", ":vars", [":vars"]), ("zzz", "zzz", []),
      ("", "", []),
    ] as [(String, String, [String])])
  func completion(_ typed: String, _ text: String, _ choices: [String]) {
    let completer = Completer(
      names: ["minimize", "max", "maximize", ":vars"], letters: ["alpha": "α", "epsilon": "ε", "eta": "η"])
    var editor = LineEditor(completer: completer)
    _ = editor.press(.text(typed))
    let event = editor.press(.tab)
    #expect(editor.line.text == text)
    #expect(completer.completion(of: typed)?.choices ?? [] == choices)
    #expect(event == (choices.count > 1 ? .choices(choices) : .edited))
  }
}

@Suite struct KeyDecoderTests {
  @Test(
    arguments: [
      ("x", [.text("x")]), ("∇", [.text("∇")]), ("\r", [.enter]), ("\u{1B}[A", [.up]),
      ("\u{1B}[1;5D", [.wordLeft]),
      ("\u{1B}OH", [.home]), ("\u{1B}[3~x", [.delete, .text("x")]),
      ("\u{7F}\u{04}", [.backspace, .endOfInput]),
      ("\u{1B}[99;99z", []), ("\u{1B}", [.escape]), ("\u{1B}[200~x^2\r\ny\r\n\u{1B}[201~", [.text("x^2\ny")]),
      ("\u{1B}[200~a\u{1B}[Ab\u{1B}[201~", [.text("a\u{1B}[Ab")]),
    ] as [(String, [Key])])
  func sequences(_ text: String, _ keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array(text.utf8)) == keys)
  }

  @Test func bytesThatComeOneByOneGiveTheSameKeys() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for byte in "∇x²\u{1B}[200~y\u{1B}[201~".utf8 { keys += decoder.feed([byte]) }
    // An ESC that comes alone is the key itself: terminals send sequences in one piece.
    #expect(keys.prefix(3) == [.text("∇"), .text("x"), .text("²")])
  }

  @Test func brokenBytesAreDropped() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0xFF, 0xC3, 0x28, 0x78]) == [.text("x")])
  }
}
