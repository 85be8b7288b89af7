/// What stands around a formula on a page: the number of an item, words in front, a full stop, a condition.
///
///     3. f(x) = x^2, x > 0      is f(x) = x^2, and notes say what is left out
extension Parser {
  /// One look over the tokens of a line at its own level of brackets.
  struct LineLook {
    /// The first `=`.
    var equals: Int?
    /// Whether all brackets are closed.
    var isBalanced = true
    /// Where a comment of a program begins, `// twice`, or the next sentence.
    var comment: Int?
    /// Where a condition begins with the comma or the gap in front of it, and the condition itself.
    var condition: (cut: Int, start: Int)?
  }

  /// Takes out what stands around the formulas, each with a note.
  func trimMargins() {
    var cuts: [Range<Int>] = []
    var defined: Set<String> = []
    var start = 0
    while start < tokens.count {
      var end = start
      while tokens[end].kind != .newline, tokens[end].kind != .end { end += 1 }
      if start < end { trim(start, end, &cuts, &defined) }
      start = end + 1
    }
    guard !cuts.isEmpty else { return }
    var kept: [Token] = []
    kept.reserveCapacity(tokens.count)
    var place = 0
    // What is left out may hold what is left out: a condition a module's name.
    for cut in cuts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if cut.lowerBound > place { kept.append(contentsOf: tokens[place..<cut.lowerBound]) }
      place = max(place, cut.upperBound)
    }
    tokens = kept + tokens[place...]
  }

  private func trim(_ start: Int, _ end: Int, _ cuts: inout [Range<Int>], _ defined: inout Set<String>) {
    var (first, end) = (start, end)
    if let question = questionStart(first, end) {
      cuts.append(question..<end)
      leaveOut(tokens[question].start, tokens[end - 1].end)
      end = question
    }
    while let next = itemEnd(first, end) ?? phraseEnd(first, end) ?? secondNameEnd(first, end) {
      first = next
    }
    if first > start {
      cuts.append(start..<first)
      leaveOut(tokens[start].start, tokens[first - 1].end)
    }
    if kinds.holdsAny(of: .behindModules) {
      for place in first..<end {
        guard let behind = moduleEnd(place, end) else { continue }
        cuts.append(place..<behind)
        leaveOut(tokens[place].start, tokens[behind - 1].end)
      }
    }
    guard kinds.holdsWord || kinds.followsNumber || kinds.holdsAny(of: .behindFormulas) else { return }
    let look = look(over: first..<end)
    guard look.isBalanced else { return }
    noteUnits(first..<end, defined)
    if look.equals != nil, first < end, tokens[first].kind == .letters { defined.insert(text(tokens[first])) }
    var last = end
    if let comment = look.comment {
      last = comment
      leaveOut(tokens[comment].start, tokens[end - 1].end)
    }
    while last > first + 1, endsSentence(tokens[last - 1]) {
      last -= 1
      leaveOut(tokens[last].start, tokens[last].end)
    }
    if let condition = look.condition, condition.start < last {
      noteCondition(condition.start..<last, behind: look.equals.map { $0 + 1 } ?? first, condition.cut)
      last = condition.cut
    }
    if last < end { cuts.append(last..<end) }
  }

  func leaveOut(_ start: Int32, _ end: Int32) {
    let place = source.whole(characters.span(Int(start), Int(end)))
    note(.leftOut(sourceText(of: place)), place, fixes: [fix(place, "", "leave it out")])
  }

  /// Where `= ?` begins at the end of a line.
  private func questionStart(_ start: Int, _ end: Int) -> Int? {
    guard start + 2 < end, tokens[end - 1].kind == .unknown, text(tokens[end - 1]) == "?",
      tokens[end - 2].kind == .assign || tokens[end - 2].kind == .equal
    else { return nil }
    return end - 2
  }

  /// A full stop, a comma or a semicolon behind a formula.
  private func endsSentence(_ token: Token) -> Bool {
    token.kind == .comma || token.kind == .semicolon
      || (token.kind == .unknown && characters.at(Int(token.start)) == 0x2E)
  }

  // MARK: In front

  /// The end of `3.`, `b)`, `(a)` before a definition, a bullet before one, or `>>>`.
  private func itemEnd(_ start: Int, _ end: Int) -> Int? {
    guard start + 1 < end else { return nil }
    let (token, next) = (tokens[start], tokens[start + 1])
    switch token.kind {
    case .number where characters.at(Int(token.end) - 1) == 0x2E && token.end - token.start < 5:
      // 3. 14 is no item but a number with a blank in it, and 1. - x a difference.
      let isNumber = next.kind == .number && start + 2 == end
      let isSign = next.kind == .minus && start + 2 < end && !tokens[start + 2].isSpaced
      return next.isSpaced && !isNumber && (next.startsOperand || isSign) ? start + 1 : nil
    case .number, .letters:
      let isItem =
        token.kind == .number
        ? token.end - token.start < 4
        : token.end - token.start == 1 && (0x61...0x68).contains(characters.at(Int(token.start)))
      guard isItem, next.kind == .rightRound, start + 2 < end, tokens[start + 2].isSpaced else { return nil }
      return start + 2
    case .leftRound:
      guard start + 3 < end, next.kind == .number || next.kind == .letters, next.end - next.start < 5,
        tokens[start + 2].kind == .rightRound, tokens[start + 3].isSpaced, isDefined(start + 3, end)
      else { return nil }
      return start + 3
    case .minus, .star: return next.isSpaced && isDefined(start + 1, end) ? start + 1 : nil
    case .greater:
      let isPrompt = start + 3 < end && next.kind == .greater && tokens[start + 2].kind == .greater
      return isPrompt ? start + 3 : nil
    default: return nil
    }
  }

  /// Whether a name with or without a list and `=` stand there.
  private func isDefined(_ start: Int, _ end: Int, withList: Bool = false) -> Bool {
    guard start < end, tokens[start].kind == .letters else { return false }
    var at = start + 1
    while at < end, !tokens[at].isSpaced, tokens[at].kind == .lowered || tokens[at].kind == .number {
      at += 1
    }
    if at < end, tokens[at].kind == .leftRound {
      while at < end, tokens[at].kind != .rightRound, tokens[at].kind != .assign { at += 1 }
      at += 1
    } else if withList {
      return false
    }
    return at < end && tokens[at].kind == .assign
  }

  /// The end of `Let`, `Find the gradient of`, `double` before a formula.
  private func phraseEnd(_ start: Int, _ end: Int) -> Int? {
    guard tokens[start].kind == .letters, tokens[start].end - tokens[start].start < 9 else { return nil }
    let typed = text(tokens[start])
    let word = typed.lowercased()
    let isCode = Self.wordsOfPrograms.contains(word)
    guard isCode || Self.wordsInFront.contains(word), !names.isDeclared(typed) else { return nil }
    var at = start + 1
    while at + 1 < end, tokens[at].kind == .letters, tokens[at].isSpaced, tokens[at + 1].isSpaced,
      Self.wordsBetween.contains(text(tokens[at]).lowercased())
    {
      at += 1
    }
    if at < end, tokens[at].kind == .colon { at += 1 }
    // The points of f are asked for by a command.
    if word == "points", text(tokens[at - 1]) != "of" { return nil }
    guard at < end, tokens[at].isSpaced,
      tokens[at].startsOperand || (word == "of" && tokens[at].kind == .minus)
    else { return nil }
    let mayStandAlone = word == "return" || (!isCode && Self.leading.contains(word))
    return mayStandAlone || at > start + 2 || isDefined(at, end) ? at : nil
  }

  private static let wordsOfPrograms: Set<String> = [
    "double", "float", "var", "const", "auto", "let", "return", "val",
  ]
  private static let leading: Set<String> = ["given", "consider", "suppose", "of", "points"]
  private static let wordsInFront: Set<String> = leading.union([
    "find", "define", "assume", "take", "partial", "the",
  ])
  private static let wordsBetween: Set<String> = [
    "the", "of", "gradient", "partial", "derivative", "derivatives", "function", "that", "all", "following",
  ]

  /// The end of `z =` in `z = f(x, y) = x y`.
  private func secondNameEnd(_ start: Int, _ end: Int) -> Int? {
    guard start + 2 < end, tokens[start].kind == .letters, tokens[start + 1].kind == .assign,
      isDefined(start + 2, end, withList: true)
    else { return nil }
    return start + 2
  }

  // MARK: Behind

  private func look(over line: Range<Int>) -> LineLook {
    var look = LineLook()
    var depth = 0
    var gap: (cut: Int, start: Int)?
    var isCompared = false
    for place in line {
      let token = tokens[place]
      depth += Self.opening(token.kind)
      guard depth == 0 else { continue }
      switch token.kind {
      case .assign:
        if look.equals == nil { look.equals = place }
        gap = nil
      case .slash where look.comment == nil && startsComment(place, line.upperBound): look.comment = place
      case .comma where place > line.lowerBound && place + 1 < line.upperBound:
        if tokens[place + 1].startsOperand || tokens[place + 1].kind == .minus { gap = (place, place + 1) }
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .notEqual, .command, .unknown:
        guard isComparison(token) else { break }
        if !isCompared, look.comment == nil, let gap, gap.start < place { look.condition = gap }
        isCompared = true
      case .letters where look.comment == nil && namesVariable(place, line): look.comment = place
      case .letters where look.comment == nil && beginsSentence(place, line.lowerBound):
        look.comment = tokens[place - 1].kind == .number ? place : place - 1
      case .letters, .number, .fraction, .leftRound, .leftCurly:
        if place > line.lowerBound, gap?.start != place, isWide(before: place),
          endsOperand(tokens[place - 1]),
          Self.sentenceWords[text(token)] == nil
        {
          gap = (place, place)
        }
      default: break
      }
    }
    look.isBalanced = depth == 0
    return look
  }

  /// `x^2 y wrt x`, `with respect to x`
  private func namesVariable(_ place: Int, _ line: Range<Int>) -> Bool {
    guard place > line.lowerBound, place + 1 < line.upperBound, tokens[place].isSpaced,
      tokens[place + 1].kind == .letters, tokens[place + 1].isSpaced
    else { return false }
    if stands("wrt", at: tokens[place]) { return !names.isDeclared("wrt") }
    return stands("with", at: tokens[place]) && stands("respect", at: tokens[place + 1])
  }

  /// `x^2. Find it`: a capital word behind a full stop and a blank.
  private func beginsSentence(_ place: Int, _ first: Int) -> Bool {
    let token = tokens[place]
    guard place > first, token.isSpaced, token.end - token.start > 2,
      CharacterClass.isCapital(characters.at(Int(token.start))),
      !CharacterClass.isCapital(characters.at(Int(token.start) + 1)),
      characters.at(Int(tokens[place - 1].end) - 1) == 0x2E
    else { return false }
    return !names.isDeclared(text(token))
  }

  /// `// twice`: a word behind two slashes.
  private func startsComment(_ place: Int, _ end: Int) -> Bool {
    guard place + 2 < end, tokens[place].isSpaced, tokens[place + 1].kind == .slash,
      !tokens[place + 1].isSpaced, tokens[place + 2].kind == .letters
    else { return false }
    return tokens[place + 2].end - tokens[place + 2].start > 2
      && FunctionNames.known(text(tokens[place + 2])) == nil
  }

  private func isComparison(_ token: Token) -> Bool {
    switch token.kind {
    case .command: text(token) == "\\in"
    case .unknown: characters.at(Int(token.start)) == 0x2208
    default: true
    }
  }

  private func endsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .letters, .number, .vulgar, .lowered, .raisedClose, .rightRound, .rightSquare, .rightCurly, .bar,
      .bang,
      .prime, .degree:
      true
    default: false
    }
  }

  /// Whether two blanks or more stand before a token, as pages set a condition apart.
  private func isWide(before place: Int) -> Bool {
    guard tokens[place].isSpaced else { return false }
    let (start, end) = (Int(tokens[place - 1].end), Int(tokens[place].start))
    guard end - start > 1, end - start < 60 else { return false }
    let gap = characters.text(start, end)
    return gap.contains("quad") || gap.contains("  ")
  }

  /// `f(x) = x^2, x > 0`
  private func noteCondition(_ condition: Range<Int>, behind first: Int, _ cut: Int) {
    let place = source.whole(
      characters.span(Int(tokens[condition.lowerBound].start), Int(tokens[condition.upperBound - 1].end)))
    let typed = sourceText(of: place)
    let said = Diagnostic.Kind.conditionLeftOut(typed)
    let holdsIn = condition.contains { tokens[$0].kind == .command || tokens[$0].kind == .unknown }
    guard first < cut, !holdsIn else { return note(said, place) }
    let body = source.whole(characters.span(Int(tokens[first].start), Int(tokens[cut - 1].end)))
    let whole = "{\(typed): \(sourceText(of: body))}"
    note(
      said, place,
      fixes: [fix(body.joined(place), whole, "for a formula with that condition, write \(whole)")])
  }
}
