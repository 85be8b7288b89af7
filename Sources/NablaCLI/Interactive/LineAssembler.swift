/// Puts lines together until they make a whole: one goes on in the next where a bracket is open, or an environment or a
/// display of LaTeX.
///
///     var lines = LineAssembler()
///     lines.add("f(x) = (x")   // true: it goes on
///     lines.add("+ 1)")        // false
///     lines.take()             // "f(x) = (x\n+ 1)"
struct LineAssembler {
  /// The lines so far.
  private(set) var text = ""
  /// How many brackets and environments are open, less what closes without one, and how many times `$$` stands there.
  private var brackets = 0
  private var environments = 0
  private var displays = 0

  /// Adds a line; whether it goes on in the next one. What stands behind `#` opens nothing.
  @discardableResult
  mutating func add(_ line: some StringProtocol) -> Bool {
    text += (text.isEmpty ? "" : "\n") + line
    let read = line.prefix { $0 != "#" }
    for character in read {
      if "([{".contains(character) { brackets += 1 }
      if ")]}".contains(character) { brackets -= 1 }
    }
    if read.utf8.contains(where: { [UInt8(ascii: "\\"), UInt8(ascii: "$")].contains($0) }) {
      environments += read.ranges(of: "\\begin{").count - read.ranges(of: "\\end{").count
      displays += read.ranges(of: "$$").count
    }
    return goesOn
  }

  private var goesOn: Bool { brackets > 0 || environments > 0 || !displays.isMultiple(of: 2) }

  /// The whole; the next line begins another one.
  mutating func take() -> String {
    defer { self = LineAssembler() }
    return text
  }

  /// The wholes of a text of many lines; the last may go on.
  static func wholes(of text: String) -> [String] {
    var wholes: [String] = []
    var lines = LineAssembler()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !lines.add(line) {
      wholes.append(lines.take())
    }
    return lines.text.isEmpty ? wholes : wholes + [lines.text]
  }

  /// Whether a text goes on in a next line.
  static func goesOn(_ text: String) -> Bool {
    var lines = LineAssembler()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { lines.add(line) }
    return lines.goesOn
  }
}
