/// LaTeX commands become the tokens that they stand for.
///
///     \left( \sin x \cdot \alpha \right)   is   ( sin x * alpha )
///
/// `\frac`, `\sqrt`, `\sum` and `\begin{cases}` become tokens of their own, which the parser reads; a command
/// that nobody knows stays a command, for the parser to report.
struct Commands {
  let characters: Characters
  var tokens: [Token]
  var result: [Token] = []
  var place = 0
  /// Whether a space, or a command that is one, stands in front of the next token.
  private var isSpaced = false
  /// How many `cases` are open: in them, `\\` and `&` separate.
  var openCases = 0
  /// How many of them are arrays behind a brace.
  private var openArrays = 0
  /// The braces that stand for nothing because the one that opens does.
  private var idleBraces: Set<Int> = []
  /// Where the braces close, by where they open; made where one of them is looked for.
  private lazy var closingBraces = Self.closingBraces(of: tokens)
  /// How many displays are open: in them the end of a line is a blank, as it is for LaTeX, and `\\` ends a row.
  var openDisplays = 0
  /// The brackets with a size that are open.
  private var sized: [Token.Kind] = []

  private init(_ tokens: [Token], _ characters: Characters) {
    self.tokens = tokens
    self.characters = characters
    result.reserveCapacity(tokens.count)
  }

  /// The tokens with all known commands replaced, and dollars gone.
  static func replaced(in tokens: [Token], _ characters: Characters) -> [Token] {
    var commands = Commands(unwrapped(tokens, characters), characters)
    commands.run()
    return commands.result
  }

  private mutating func run() {
    while place < tokens.count {
      let token = tokens[place]
      switch token.kind {
      case .command: command(token)
      case .dollar: dollar(token)
      case .ampersand where openCases == 0:
        at(place + 1) == .assign || openDisplays > 0 ? skip(1, true) : emit(.unknown, token)
      case .newline where openCases > 0 || openDisplays > 0: skip(1, true)
      case .leftCurly where holdsWord(place): bracedWord(token)
      case .rightCurly where idleBraces.contains(place): skip(1, false)
      case .unknown where isTie(token): skip(1, true)
      case .caret where isDegree(place + 1): degree(token)
      case .caret where primes(place + 1) > 0: prime(token)
      default: take(token)
      }
    }
  }

  /// The tokens without the braces of `{\displaystyle f(x) = x^2}`, as encyclopedias wrap a formula.
  private static func unwrapped(_ tokens: [Token], _ characters: Characters) -> [Token] {
    guard tokens.count > 3, tokens[0].kind == .leftCurly, tokens[1].kind == .command,
      tokens[tokens.count - 1].kind == .rightCurly,
      ["\\displaystyle", "\\textstyle"].contains(characters.text(Int(tokens[1].start), Int(tokens[1].end)))
    else { return tokens }
    var depth = 0
    for (place, token) in tokens.enumerated() {
      if token.kind == .leftCurly { depth += 1 }
      if token.kind == .rightCurly { depth -= 1 }
      if depth == 0, place < tokens.count - 1 { return tokens }
    }
    return Array(tokens[2..<(tokens.count - 1)])
  }

  // MARK: Steps

  /// The name of a command without its backslash.
  func name(_ token: Token) -> String {
    characters.text(Int(token.start) + 1, Int(token.end))
  }

  private mutating func take(_ token: Token) { emit(token.kind, token) }

  /// Puts a token in the place of the next one.
  mutating func emit(
    _ kind: Token.Kind, _ token: Token, from start: Int32? = nil, through count: Int = 1
  ) {
    var new = token
    new.kind = kind
    new.start = start ?? token.start
    new.end = tokens[place + count - 1].end
    new.isSpaced = token.isSpaced || isSpaced
    isSpaced = false
    result.append(new)
    place += count
  }

  mutating func skip(_ count: Int, _ isSpaced: Bool) {
    self.isSpaced = self.isSpaced || isSpaced
    place += count
  }

  private mutating func command(_ token: Token) {
    let name = name(token)
    if let kind = Self.signs[name] { return emit(kind, token) }
    if Self.spaces.contains(name) {
      if name == "[" || name == "]" { openDisplays = max(0, openDisplays + (name == "[" ? 1 : -1)) }
      return skip(1, true)
    }
    if Self.silent.contains(name), let end = argumentEnd(place + 1) { return skip(end - place, true) }
    if Self.sizes.contains(name) {
      skip(1, token.isSpaced)
      return sizedBracket()
    }
    if name == "Delta", let letter = letterOfDifference() { return difference(token, letter) }
    if let skipped = Self.names.contains(name) ? 0 : Self.variants[name] {
      emit(.letters, token, from: token.start + 1 + Int32(skipped))
      return result[result.count - 1].piece = Token.word
    }
    switch name {
    case "\\": emit(openCases > 0 ? .rowBreak : .newline, token)
    case _ where Self.words.contains(name): word(token)
    case "begin", "end": environment(token, isBegin: name == "begin")
    case "circ": emit(.unknown, token)
    default: take(token)
    }
  }

  /// `\exp\left[x\right]`: brackets that are told to grow are round ones in another size, each closed by its own kind.
  private mutating func sizedBracket() {
    switch at(place) {
    case .leftRound, .leftSquare:
      sized.append(at(place))
      emit(.leftRound, tokens[place])
    case .rightRound, .rightSquare:
      let isMatch = sized.popLast().map { ($0 == .leftSquare) == (at(place) == .rightSquare) } ?? true
      emit(isMatch ? .rightRound : .rightSquare, tokens[place])
    default: break
    }
  }

  /// Whether a token is `~`, a blank that keeps a line together.
  private func isTie(_ token: Token) -> Bool { characters.at(Int(token.start)) == 0x7E }

  /// Where the letter behind `\Delta` ends: a Latin one, or a Greek one by its command; nil where there is none.
  private func letterOfDifference() -> Int32? {
    guard at(place + 1) == .letters || at(place + 1) == .command else { return nil }
    let next = tokens[place + 1]
    if next.kind == .command { return Greek.names.contains(name(next)) ? next.end : nil }
    return next.start + 1
  }

  /// `\Delta x` as one word, without the letters behind x.
  private mutating func difference(_ token: Token, _ end: Int32) {
    emit(.letters, token, from: token.start + 1)
    result[result.count - 1].end = end
    result[result.count - 1].piece = Token.word
    guard place < tokens.count else { return }
    tokens[place].start = end
    tokens[place].isSpaced = false
    if tokens[place].start == tokens[place].end { place += 1 }
  }

  /// `\operatorname{erf}`, `\mathrm{d}`: the letters between the braces, one word; `log1p` has a digit too.
  private mutating func word(_ token: Token) {
    if at(place + 1) == .star, at(place + 2) == .leftCurly { place += 1 }
    if at(place + 1) == .leftCurly, at(place + 2) == .command, at(place + 3) == .rightCurly,
      Greek.names.contains(name(tokens[place + 2]))
    {
      place += 2
      emit(.letters, token, from: tokens[place].start + 1)
      result[result.count - 1].piece = Token.word
      return place += 1
    }
    if openCases > 0, opensCondition() { return }
    var last = place + 2
    while at(last) == .letters, holdsDigits(last + 1) || at(last + 1) == .letters,
      !tokens[last + 1].isSpaced
    {
      last += 1
    }
    while at(last) == .number, at(last + 1) == .letters, !tokens[last + 1].isSpaced { last += 1 }
    guard at(place + 1) == .leftCurly, at(place + 2) == .letters, at(last + 1) == .rightCurly else {
      switch at(place + 1) {
      case .leftCurly, .letters, .command: return skip(1, token.isSpaced)
      default: return take(token)
      }
    }
    var new = token
    (new.kind, new.start, new.end) = (.letters, tokens[place + 2].start, tokens[last].end)
    new.isSpaced = token.isSpaced || isSpaced
    new.piece = new.end - new.start > 1 ? Token.word : -1
    isSpaced = false
    result.append(new)
    place = last + 2
  }

  /// `& \text{if $x > 0$}`, `& \text{for all } x`: behind `&` the braces of words that are not one name stand for nothing.
  private mutating func opensCondition() -> Bool {
    guard result.last?.kind == .ampersand || result.last?.kind == .comma, at(place + 1) == .leftCurly,
      at(place + 2) == .letters, at(place + 3) != .rightCurly
    else { return false }
    guard let end = closingBraces[place + 1] else { return false }
    idleBraces.insert(end)
    skip(2, true)
    return true
  }

  private static func closingBraces(of tokens: [Token]) -> [Int: Int] {
    var closes: [Int: Int] = [:]
    var open: [Int] = []
    for (place, token) in tokens.enumerated() {
      if token.kind == .leftCurly { open.append(place) }
      if token.kind == .rightCurly, let last = open.popLast() { closes[last] = place }
    }
    return closes
  }

  /// Whether braces hold a word in another shape and nothing else, as encyclopedias write: `{\text{if }}`. Behind `^` and
  /// `\frac` they say what belongs there.
  private func holdsWord(_ place: Int) -> Bool {
    guard at(place + 1) == .command, at(place + 2) == .leftCurly, at(place + 4) == .rightCurly,
      at(place + 5) == .rightCurly, Self.words.contains(name(tokens[place + 1]))
    else { return false }
    switch result.last?.kind {
    case .caret, .fraction, .radical, .rightCurly, .rightSquare, .command: return false
    default: return at(place + 3) == .letters || at(place + 3) == .command
    }
  }

  private mutating func bracedWord(_ token: Token) {
    skip(1, token.isSpaced)
    word(tokens[place])
    skip(1, false)
  }

  /// `\begin{cases}` and its end; other environments stay commands.
  private mutating func environment(_ token: Token, isBegin: Bool) {
    let isStarred = at(place + 3) == .star && at(place + 4) == .rightCurly
    guard at(place + 1) == .leftCurly, at(place + 2) == .letters, isStarred || at(place + 3) == .rightCurly
    else { return take(token) }
    let content = characters.text(Int(tokens[place + 2].start), Int(tokens[place + 2].end))
    if content == "array", isBegin ? opensArray(token) : closesArray(token) { return }
    if Self.displays.contains(content) {
      openDisplays = max(0, openDisplays + (isBegin ? 1 : -1))
      return skip(isStarred ? 5 : 4, true)
    }
    guard content == "cases" || content == "dcases" else { return emit(.command, token, through: 4) }
    openCases = max(0, openCases + (isBegin ? 1 : -1))
    emit(isBegin ? .casesOpen : .casesClose, token, through: 4)
  }

  /// `\left\{\begin{array}{ll}`, an older spelling of cases: its columns say nothing.
  private mutating func opensArray(_ token: Token) -> Bool {
    guard result.last?.kind == .leftCurly, at(place + 4) == .leftCurly else { return false }
    var end = place + 5
    while at(end) == .letters || at(end) == .bar { end += 1 }
    guard at(end) == .rightCurly else { return false }
    result.removeLast()
    openCases += 1
    openArrays += 1
    emit(.casesOpen, token, through: end + 1 - place)
    return true
  }

  /// `\end{array}\right.`
  private mutating func closesArray(_ token: Token) -> Bool {
    guard openArrays > 0 else { return false }
    openCases -= 1
    openArrays -= 1
    emit(.casesClose, token, through: 4)
    let isOpenEnd = at(place) == .command && name(tokens[place]) == "right" && at(place + 1) == .unknown
    if isOpenEnd, characters.at(Int(tokens[place + 1].start)) == 0x2E { skip(2, true) }
    return true
  }

  /// Whether a number without a point or an exponent stands there, as in a name.
  private func holdsDigits(_ place: Int) -> Bool {
    guard at(place) == .number else { return false }
    return (tokens[place].start..<tokens[place].end).allSatisfy {
      CharacterClass.isDigit(characters.at(Int($0)))
    }
  }

  func at(_ place: Int) -> Token.Kind { place < tokens.count ? tokens[place].kind : .end }
}
