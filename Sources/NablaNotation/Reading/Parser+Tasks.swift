/// Words that ask for something to be done where a formula is wanted: `derivative of x^2`, `solve x^2 = 4`.
extension Parser {
  /// Whether the line begins with the name of a task and goes on with a formula; that is an error.
  func complainOfTask() -> Bool {
    let typed = text(current)
    if typed == "def", next.kind == .letters, peek(1).kind == .leftRound, !names.isDeclared(typed) {
      fail(.unexpectedToken(typed), span(current), hint: "to define a function, write f(x) = …")
      return true
    }
    guard let task = TaskWord(named: typed.lowercased()), !names.isDeclared(typed), asksFor(task) else {
      return false
    }
    let place = span(current)
    let hidden = "for a variable of that name, write \(typed)*…"
    switch task.answer {
    case .formulaAlone:
      let all = characters.span(Int(current.start), endOfTask())
      fail(
        .taskWord(typed), all,
        fixes: [
          fix(all, "", "leave it out: a formula alone gets its derivative"), fix(place, typed + "*", hidden),
        ]
      )
    case .command(let name, let options):
      let rest = taskText()
      if let word = rest.ranges(of: "subject to").first ?? rest.ranges(of: "s.t.").first {
        let alone = Self.trimmed(rest[..<word.lowerBound])
        fail(
          .taskWord(typed), place,
          hint: isShort(alone)
            ? "conditions on the variables are not read: without one, write nabla \(name) '\(alone)'"
            : "conditions on the variables are not read; the command is \(name)")
        return true
      }
      if name == "eval", options.isEmpty == false, pointAsked(in: rest) == nil, isConstant(rest) {
        return complainOfValue(typed, hidden)
      }
      let asked = options.isEmpty ? nil : pointAsked(in: rest)
      let line = "nabla \(name) '\(asked?.formula ?? rest)'\(asked.map { " --at \($0.point)" } ?? options)"
      fail(
        .taskWord(typed), place, hint: isShort(rest) ? "write \(line); \(hidden)" : "the command is \(name)")
    case .inflections:
      let rest = taskText()
      let slope = isShort(rest) && !rest.contains("=") ? " 'd/dx (\(rest))'" : ""
      fail(
        .taskWord(typed), place,
        hint: "they are critical points of the derivative: nabla critical\(slope); \(hidden)")
    case .domain:
      fail(.taskWord(typed), place, hint: "a formula alone is printed with its domain; \(hidden)")
    case .integral: complainOfIntegral("‘\(typed)’", place, hidden)
    case .equation: complainOfSolving(typed, place)
    case .limit:
      fail(
        .notDone("‘\(typed)’", what: "limits"), place,
        hint: "where a formula has no value, nabla eval says what it tends to: nabla eval 'sin(x)/x' --at 0")
    }
    return true
  }

  /// Whether what follows the name of a task is what it is to be done with.
  private func asksFor(_ task: TaskWord) -> Bool {
    if task.answer == .limit { return holdsArrow() || followsOf() }
    // maximum(x, y) is a function by another name.
    if next.kind == .leftRound { return !task.isNameToo || !bracketsWithComma.contains(next.start) }
    // A sign that stands away from a verb and touches what follows is the formula's own: maximize -x^2.
    let isSigned = next.kind == .minus && !peek(1).isSpaced && !task.isNameToo
    // Differentiate: x^2
    let isBehindColon = next.kind == .colon && peek(1).isSpaced && peek(1).startsOperand
    guard isBehindColon || next.isSpaced && (next.startsOperand || isSigned) else { return false }
    return !(task.isNameToo && isDefinition)
  }

  /// `calculate 2 + 2`
  private func complainOfValue(_ typed: String, _ hidden: String) -> Bool {
    let all = characters.span(Int(current.start), endOfTask())
    fail(
      .taskWord(typed), all,
      fixes: [
        fix(all, "", "leave it out: a formula without variables gets its value"),
        fix(span(current), typed + "*", hidden),
      ])
    return true
  }

  /// Whether all words of a text are functions and constants.
  private func isConstant(_ text: String) -> Bool {
    text.split { !$0.isLetter }.allSatisfy { word in
      ["e", "pi", "π"].contains(word) || FunctionNames.known(String(word)) != nil
    }
  }

  /// What follows the name of a task: `\text{minimize }` has a brace behind it.
  private func taskText() -> String {
    var end = endOfTask()
    while characters.at(end) == 0x20 { end += 1 }
    return restOfLine(after: characters.at(end) == 0x7D ? end + 1 : end)
  }

  /// Where the task has been named: `of` and `the` behind it belong to the sentence, not to the formula.
  private func endOfTask() -> Int {
    if next.kind == .colon { return Int(next.end) }
    var (end, ahead) = (Int(current.end), 0)
    while peek(ahead).kind == .letters, case let word = text(peek(ahead)), word == "of" || word == "the",
      !names.isDeclared(word), case let after = peek(ahead + 1), after.isSpaced,
      after.startsOperand || after.kind == .minus
    {
      end = Int(peek(ahead).end)
      ahead += 1
    }
    return end
  }

  /// `x^2 at x = 3`, taken apart; nil where no point is named.
  private func pointAsked(in text: String) -> (formula: String, point: String)? {
    guard !names.isDeclared("at"), let word = text.ranges(of: " at ").last else { return nil }
    let point = String(text[word.upperBound...].filter { $0 != " " })
    let isPlain = point.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || ",.=-".utf8.contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    let formula = Self.trimmed(text[..<word.lowerBound])
    return isPlain && !point.isEmpty && !formula.isEmpty ? (formula, point) : nil
  }

  private func followsOf() -> Bool { next.kind == .letters && text(next) == "of" }

  /// Whether `->`, `→` or `\to` stands in the line.
  private func holdsArrow() -> Bool {
    var ahead = 0
    while peek(ahead).kind != .end, peek(ahead).kind != .newline {
      let (token, after) = (peek(ahead), peek(ahead + 1))
      if token.kind == .minus, after.kind == .greater, !after.isSpaced { return true }
      if token.kind == .unknown, characters.at(Int(token.start)) == 0x2192 { return true }
      if token.kind == .command, ["\\to", "\\rightarrow"].contains(text(token)) { return true }
      if token.kind == .lowered, case let below = text(token),
        ["→", "->", "\\to"].contains(where: below.contains)
      {
        return true
      }
      ahead += 1
    }
    return false
  }

  /// `integrate`, `∫`, `\int`
  func complainOfIntegral(_ typed: String, _ place: Span, _ hint: String = "") {
    let alone = "write the formula alone for its derivative"
    fail(.notDone(typed, what: "integrals"), place, hint: hint.isEmpty ? alone : "\(alone); \(hint)")
  }

  /// `solve x^2 = 4`: the solutions are where the square of the difference is smallest.
  private func complainOfSolving(_ typed: String, _ place: Span) {
    var rest = taskText()
    if rest.hasPrefix("for "), let colon = rest.firstIndex(of: ":") {
      rest = Self.trimmed(rest[rest.index(after: colon)...])
    }
    if let name = derivativeSetToZero(rest) {
      return fail(
        .notDone("‘\(typed)’", what: "solutions of equations"), place,
        hint: "its solutions are the critical points: nabla critical \(name)")
    }
    let inner = rest.dropFirst().dropLast()
    if rest.hasPrefix("("), rest.hasSuffix(")"), !inner.contains("("), !inner.contains(")") {
      rest = Self.trimmed(inner)
    }
    let sides = rest.split(separator: "=", omittingEmptySubsequences: false).map(Self.trimmed)
    var hint =
      "the solutions are where the square of left - right is smallest: nabla minimize --global --within"
    if sides.count < 3, isShort(rest), sides.allSatisfy({ !$0.isEmpty && !$0.contains(",") }) {
      let right = sides.count == 2 && sides[1] != "0" ? sides[1] : nil
      let difference = right.map { "\(sides[0]) - " + (isSum($0) ? "(\($0))" : $0) } ?? sides[0]
      hint = "its solutions are minima: nabla minimize '(\(difference))^2' --global --within -10..10"
    }
    fail(.notDone("‘\(typed)’", what: "solutions of equations"), place, hint: hint)
  }

  /// The name of f in `f'(x) = 0` and `f' = 0`.
  private func derivativeSetToZero(_ text: String) -> String? {
    let sides = text.split(separator: "=").map(Self.trimmed)
    guard sides.count == 2, sides[1] == "0", let prime = sides[0].firstIndex(where: { "'’′".contains($0) })
    else { return nil }
    let name = sides[0][..<prime]
    let rest = sides[0][sides[0].index(after: prime)...]
    let isArgument =
      rest.isEmpty
      || (rest.first == "(" && rest.last == ")" && rest.dropFirst().dropLast().allSatisfy(\.isLetter))
    return !name.isEmpty && name.allSatisfy(\.isLetter) && isArgument ? String(name) : nil
  }

  private func isSum(_ text: String) -> Bool { text.utf8.contains { $0 == 0x2B || $0 == 0x2D } }

  /// Whether a formula can be shown again in a hint, between the quotes of a shell.
  private func isShort(_ text: String) -> Bool { (1...40).contains(text.count) && !text.contains("'") }

  /// The text up to the end of the line.
  func restOfLine(after place: Int) -> String {
    var end = place
    while end < characters.count, characters.at(end) != 0x0A, characters.at(end) != 0x23 { end += 1 }
    return Self.trimmed(source.slice(characters.span(place, end)))
  }

  // MARK: At a point

  /// Whether `at 2` or `at x = 2` begins at the current token.
  func startsPoint() -> Bool {
    guard current.end - current.start == 2, current.isSpaced, next.isSpaced, isWord("at"),
      !names.isDeclared("at")
    else { return false }
    return next.kind == .number || next.kind == .letters && peek(1).kind == .assign
  }

  /// `x^2 at x = 2`
  func complainOfPoint() {
    var start = Int(current.start)
    while start > 0, characters.at(start - 1) != 0x0A { start -= 1 }
    let formula = Self.trimmed(source.slice(characters.span(start, Int(current.start))))
    let point = restOfLine(after: Int(current.end)).filter { $0 != " " }
    fail(
      .wordBetween(text(current)), span(current),
      hint: isShort(formula) && isShort(point)
        ? "for the value there, write nabla eval '\(formula)' --at \(point)"
        : "for the value at a point, write nabla eval … --at …")
  }
}

/// What a word asks for that is no part of a formula.
struct TaskWord: Sendable {
  /// What is there for those who ask.
  enum Answer: Hashable, Sendable {
    /// Nothing needs to be said: a formula by itself is differentiated.
    case formulaAlone
    /// A command, with what it needs apart from the formula.
    case command(String, options: String)
    case domain, inflections, integral, equation, limit
  }

  let answer: Answer
  /// Whether the word is as likely a quantity: `y = value x` is a line through 0.
  let isNameToo: Bool

  /// The task of a word in small letters.
  init?(named word: String) {
    switch word {
    case "derive", "differentiate", "diff", "derivate": (answer, isNameToo) = (.formulaAlone, false)
    case "derivative", "gradient", "grad": (answer, isNameToo) = (.formulaAlone, true)
    case "evaluate", "calculate", "compute":
      (answer, isNameToo) = (.command("eval", options: " --at 1"), false)
    case "table": (answer, isNameToo) = (.command("eval", options: " --at 1"), true)
    case "value": (answer, isNameToo) = (.command("eval", options: " --at 1"), true)
    case "minimize", "minimise", "optimize", "optimise":
      (answer, isNameToo) = (.command("minimize", options: ""), false)
    case "minimum": (answer, isNameToo) = (.command("minimize", options: ""), true)
    case "maximize", "maximise": (answer, isNameToo) = (.command("maximize", options: ""), false)
    case "maximum": (answer, isNameToo) = (.command("maximize", options: ""), true)
    case "plot", "draw", "sketch": (answer, isNameToo) = (.command("plot", options: ""), false)
    case "graph": (answer, isNameToo) = (.command("plot", options: ""), true)
    case "hessian": (answer, isNameToo) = (.command("hessian", options: ""), true)
    case "simplify": (answer, isNameToo) = (.command("simplify", options: ""), false)
    case "expand": (answer, isNameToo) = (.command("expand", options: ""), false)
    case "factorize", "factorise": (answer, isNameToo) = (.command("factor", options: ""), false)
    case "factor": (answer, isNameToo) = (.command("factor", options: ""), true)
    case "linearize", "linearise": (answer, isNameToo) = (.command("tangent", options: " --at 1"), false)
    case "extrema", "vertex", "range": (answer, isNameToo) = (.command("critical", options: ""), true)
    case "inflection", "inflections": (answer, isNameToo) = (.inflections, true)
    case "domain": (answer, isNameToo) = (.domain, true)
    case "show": (answer, isNameToo) = (.formulaAlone, false)
    case "integrate", "antidifferentiate": (answer, isNameToo) = (.integral, false)
    case "integral", "antiderivative": (answer, isNameToo) = (.integral, true)
    case "solve": (answer, isNameToo) = (.equation, false)
    case "roots", "zeros", "solutions": (answer, isNameToo) = (.equation, true)
    case "lim", "limit": (answer, isNameToo) = (.limit, true)
    default: return nil
    }
  }

  /// ∫, ∬, ∮ and their like.
  static let integralSigns: ClosedRange<UInt32> = 0x222B...0x2233
}
