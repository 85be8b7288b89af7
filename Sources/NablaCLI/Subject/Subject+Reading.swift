import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Subject {
  /// The formula of a command line, read by its options; notes are said at once.
  init(_ invocation: Invocation) throws(Failure) {
    let operand = try invocation.operand(0, "a formula", such: "'x^2 + 3x'")
    try invocation.allow(values: 1)
    try self.init(invocation, operand)
  }

  /// One operand of a command line as a formula; notes are said at once.
  init(_ invocation: Invocation, _ operand: Arguments.Given) throws(Failure) {
    let options = try invocation.readingOptions()
    try self.init(invocation, operand) { text throws(ReadingError) in try Formula(text, options: options) }
  }

  /// One operand of a command line, read as `read` does; notes are said at once.
  init(
    _ invocation: Invocation, _ operand: Arguments.Given, read: (String) throws(ReadingError) -> Formula
  ) throws(Failure) {
    let text = invocation.process.preamble + (try invocation.text(of: operand))
    try self.init(invocation, text: text, read: read)
  }

  /// A text as a formula, read as `read` does; notes are said at once.
  init(
    _ invocation: Invocation, text: String, read: (String) throws(ReadingError) -> Formula
  ) throws(Failure) {
    let formula: Formula
    do { formula = try read(text) } catch { throw .reading(error) }
    let source = SourceText(text)
    // What is to be said about the definitions has been said.
    let preamble = invocation.process.preamble
    let notes = formula.notes.filter { $0.span.start >= preamble.utf8.count }
    self.init(invocation: invocation, formula: formula, notices: notes.map { NoticeAnswer($0, in: source) })
    if !invocation.process.hasSaidNotes { invocation.show(notes: notes, in: source) }
  }

  /// The formula of a request; what is wrong with it becomes its answer.
  init(
    request text: String, id: JSONValue?, variables: [String]?, parameters: [String: Double]?,
    notices: [NoticeAnswer], invocation: Invocation
  ) throws(Unanswerable) {
    let formula: Formula
    do {
      var options = invocation.readingOptionsOfValues
      options.variables = variables
      for (name, value) in parameters ?? [:] {
        options.parameters[name] = try Reading.constant(NumberText.shortest(value))
      }
      formula = try Formula(text, options: options)
    } catch {
      throw Unanswerable(id: id, NoticeAnswer.errors(error))
    }
    let source = SourceText(text)
    self.init(
      invocation: invocation, formula: formula,
      notices: notices + formula.notes.map { NoticeAnswer($0, in: source) })
  }

  var noticesOrNil: [NoticeAnswer]? { notices.isEmpty ? nil : notices }
}

extension Invocation {
  /// An operand by its place; its absence is told with an example.
  func operand(_ place: Int, _ what: String, such example: String) throws(Failure) -> Arguments.Given {
    if place < arguments.values.count { return arguments.values[place] }
    throw .usage(
      UsageError(
        .missing(what, command: arguments.command.name), at: arguments.end, fix: "such as \(example)"))
  }

  /// The text that an operand stands for.
  func text(of operand: Arguments.Given) throws(Failure) -> String {
    do {
      return try FormulaText.read(operand.text, input: input, limits: limits, glyphs: glyphs)
    } catch { throw .text(error) }
  }
}

extension Subject {
  /// The point that an option gives, in order or by name; nil where the option is not given.
  func point(of option: Option, called noun: String = "point") throws(Failure) -> Point? {
    guard let given = invocation.arguments.value(option) else { return nil }
    let parts = invocation.parts(given.text)
    func refuse(_ sentence: String, fix: String? = nil) -> Failure {
      .usage(UsageError(.badPoint(sentence), at: given.argument, fix: fix))
    }
    if let part = parts.first(where: { $0.value.isEmpty }) {
      let what = part.name.map { "\($0) has no value" } ?? "a coordinate is missing"
      throw refuse(parts.count == 1 && part.name == nil ? "the \(noun) is empty" : what)
    }
    let named = parts.count { $0.name != nil }
    guard named == 0 || named == parts.count else {
      throw refuse("the \(noun) gives some coordinates by name and some in order: do one or the other")
    }
    var values = [Double?](repeating: nil, count: variables.count)
    var texts = [String](repeating: "", count: variables.count)
    var exact = [Expr](repeating: .zero, count: variables.count)
    for (order, part) in parts.enumerated() {
      var place = order
      if let name = part.name {
        guard let found = self.place(ofVariable: name) else {
          let near = closest(to: name, among: plainNames)
          throw refuse(
            "there is no variable \(invocation.glyphs.quoted(name))",
            fix: near.map { "did you mean \($0)?" } ?? variablesInWords)
        }
        place = found
        guard values[place] == nil else { throw refuse("\(name) is given twice") }
      }
      guard place < variables.count else { continue }
      if let listed = withCommas(part.value) {
        throw refuse(
          "\(invocation.glyphs.quoted(part.value)) is no number",
          fix: "between coordinates, write a comma: \(listed)")
      }
      let constant = try invocation.constant(part.value, at: given.argument)
      values[place] = constant.value
      texts[place] = constant.text
      exact[place] = constant.expression
    }
    if named == 0, parts.count != variables.count {
      throw refuse(
        "the \(noun) has \(counted(parts.count, "coordinate")), the formula \(counted(variables.count, "variable"))",
        fix: variablesInWords)
    }
    if let missing = values.firstIndex(where: { $0 == nil }) {
      throw refuse("\(plainName(missing)) has no value")
    }
    return Point(values: values.compactMap { $0 }, texts: texts, exact: exact)
  }

  /// `1 2` as `1,2`; nil where anything but plain numbers stands there.
  private func withCommas(_ text: String) -> String? {
    let pieces = text.split(whereSeparator: \.isWhitespace)
    guard pieces.count > 1, pieces.allSatisfy({ Double($0) != nil && $0.first?.isNumber == true }) else {
      return nil
    }
    return pieces.joined(separator: invocation.arguments.has(.decimalComma) ? ";" : ",")
  }

  /// A point is needed and not given.
  func missingPoint(_ option: Option) -> Failure {
    let shown = variables.count > 4 ? "…" : variables.indices.map { String($0 + 1) }.joined(separator: ",")
    return .usage(
      UsageError(
        .missing("a point", command: invocation.arguments.command.name), at: invocation.arguments.end,
        fix: invocation.glyphs.worded("--\(option.name) \(shown)")))
  }

  /// The index of a variable by what a person types for it: `x1`, `x_1`, `x₁`, `lambda`, `λ`.
  func place(ofVariable typed: String) -> Int? {
    let name = Reading.canonicalName(typed)
    return variables.firstIndex { $0.name == name }
  }

  var variablesInWords: String {
    if variables.isEmpty {
      return "the formula has no variables" + (givenValues().map { ": it is read \($0)" } ?? "")
    }
    let shown = PointText(glyphs: invocation.glyphs).shown(plainNames).joined(separator: ", ")
    return variables.count == 1 ? "the variable is \(shown)" : "the variables are \(shown)"
  }

}
