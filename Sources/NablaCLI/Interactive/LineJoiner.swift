import NablaNotation

/// A formula of a script, and the lines in which it goes on, as a text of several lines is read.
///
///     var formula = LineJoiner("f(x) = x^2", defined: [])
///     formula.takes("  + 3x", defined: [])   // true
///     formula.text                           // "f(x) = x^2\n  + 3x"
struct LineJoiner {
  /// The lines so far.
  private(set) var text: String
  /// Whether they have been run already: no more was at hand then.
  var isRun = false
  /// Whether they are a formula or a definition; a command does not go on.
  let isFormula: Bool
  /// The left side of a definition, and the last line.
  private var (head, last): (String, String)

  /// Begins with a whole that `LineAssembler` made.
  init(_ whole: String, defined: [String]) {
    text = whole
    isFormula = LineJoiner.isFormula(whole, defined)
    let first = whole.prefix { !$0.isNewline }
    head = first.firstIndex(of: "=").map { String(first[...$0]) } ?? ""
    last = LineJoiner.lastLine(of: whole)
    if !whole.contains(where: \.isNewline) { head = "" }
  }

  /// Whether something is missing at the end.
  var endsInOperator: Bool { isFormula && LineJoiner.endsInOperator(text) }

  /// Takes the next whole where it belongs to the formula; false where it stands by itself: `-x` below a formula without
  /// a name is a formula of its own unless it is set in.
  mutating func takes(_ whole: String, defined: [String]) -> Bool {
    let isDefinition = !head.isEmpty || last.contains("=")
    guard isFormula, let sign = whole.first(where: { !$0.isWhitespace }),
      isDefinition || endsInOperator || sign == "=" || whole.first?.isWhitespace == true,
      endsInOperator || last.last == "=" || "+-−–—*·×/÷^=".contains(sign),
      LineJoiner.isFormula(whole, defined),
      Reading.goesOn(head + " " + last, in: whole, defined: defined)
    else { return false }
    if head.isEmpty, let equals = last.firstIndex(of: "=") { head = String(last[...equals]) }
    text += "\n" + whole
    last = LineJoiner.lastLine(of: whole)
    isRun = false
    return true
  }

  private static func isFormula(_ text: String, _ defined: [String]) -> Bool {
    if case .formula = SessionLine(text, defined: defined) { true } else { false }
  }

  private static func lastLine(of text: String) -> String {
    let line = text[(text.lastIndex(where: \.isNewline).map(text.index(after:)) ?? text.startIndex)...]
    return String(SessionLine.trimmed(line.prefix { $0 != "#" }))
  }

  /// Whether the last line of a text ends in a sign that joins it to what follows; a remark behind it does not count.
  static func endsInOperator(_ text: String) -> Bool {
    let line = lastLine(of: text)
    return line.count > 1 && line.last.map("+-−–—*·×∗⋅/÷^".contains) == true
  }

  /// Whether a text that a person has typed goes on in a next line.
  static func goesOn(_ text: String, defined: [String]) -> Bool {
    LineAssembler.goesOn(text) || (endsInOperator(text) && isFormula(text, defined))
  }
}
