/// Cuts characters into tokens, in one pass, whatever they are.
///
///     2.5x^2   is number, letters, caret, number
///
/// A character that means nothing becomes a token of its own for the parser to report. Tokens are also made
/// from a stretch of the text alone: the content of a subscript, a number cut in front of its `e`.
struct Lexer {
  let characters: Characters
  /// Whether `3,5` is a number.
  var readsDecimalCommas = false
  private(set) var tokens: [Token] = []
  private var place = 0
  private var limit = 0
  private var isSpaced = true
  /// The brackets of the line that are closed on it; made where the first one below a letter opens.
  private var closes = LineBrackets()
  /// Characters of one line behind which no brace closes on it.
  private var withoutBrace = 0..<0

  init(_ characters: Characters, readsDecimalCommas: Bool = false) {
    self.characters = characters
    self.readsDecimalCommas = readsDecimalCommas
  }

  /// The tokens of the characters from `start` up to `end`, without an end token.
  mutating func tokens(from start: Int, to end: Int) -> [Token] {
    (place, limit, isSpaced) = (start, end, true)
    (closes, withoutBrace) = (LineBrackets(), 0..<0)
    tokens.removeAll(keepingCapacity: true)
    while place < limit { next() }
    defer { tokens = [] }
    return tokens
  }

  private func at(_ place: Int) -> UInt32 { place < limit ? characters.scalars[place] : 0 }

  private mutating func emit(_ kind: Token.Kind, _ length: Int) {
    tokens.append(Token(kind, place, place + length, isSpaced: isSpaced))
    place += length
    isSpaced = false
  }

  private mutating func next() {
    let value = characters.scalars[place]
    switch value {
    case 0x20:
      place += 1
      isSpaced = true
    case 0x0A:
      emit(.newline, 1)
      isSpaced = true
    case 0x23:  // #
      while place < limit, characters.scalars[place] != 0x0A { place += 1 }
    case 0x30...0x39: number()
    case 0x2E: dot()
    case _ where CharacterClass.isLetter(value): letters()
    default: symbol(value)
    }
  }

  private mutating func letters() {
    var end = place + 1
    while end < limit, CharacterClass.isLetter(characters.scalars[end]) { end += 1 }
    emit(.letters, end - place)
  }

  private func digitsEnd(_ start: Int) -> Int {
    var end = start
    while CharacterClass.isDigit(at(end)) { end += 1 }
    return end
  }

  private mutating func dot() {
    if at(place + 1) == 0x2E { return emit(.dots, 2) }
    CharacterClass.isDigit(at(place + 1)) ? number() : emit(.unknown, 1)
  }

  private mutating func number() {
    var end = digitsEnd(place)
    if isPoint(end), at(end + 1) != 0x2E { end = digitsEnd(end + 1) }
    if at(end) == 0x2E, CharacterClass.isDigit(at(end + 1)) {
      while CharacterClass.isDigit(at(end)) || at(end) == 0x2E { end += 1 }
      return emit(.brokenNumber, end - place)
    }
    if at(end) == 0x65 || at(end) == 0x45 {
      let digits = end + (at(end + 1) == 0x2B || at(end + 1) == 0x2D ? 2 : 1)
      if CharacterClass.isDigit(at(digits)) { end = digitsEnd(digits) }
    }
    emit(.number, end - place)
  }

  /// Whether the character is a decimal point: a comma is one between digits, where commas are read so.
  private func isPoint(_ place: Int) -> Bool {
    if at(place) == 0x2E { return true }
    return readsDecimalCommas && at(place) == 0x2C && CharacterClass.isDigit(at(place + 1))
  }

  private mutating func symbol(_ value: UInt32) {
    if value >= 0x80 {
      if CharacterClass.superscript(value) != nil { return raised() }
      if CharacterClass.subscripted(value) != nil {
        var end = place + 1
        while CharacterClass.subscripted(at(end)) != nil { end += 1 }
        return emit(.lowered, end - place)
      }
      if CharacterClass.vulgar(value) != nil { return emit(.vulgar, 1) }
    }
    if value == 0x5F { return underscore() }
    if value == 0x5C { return command() }
    if value == 0x2016 || value == 0x2225 { return doubled(.bar) }
    if value == 0x2033 || value == 0x201D { return doubled(.prime) }
    let (kind, length) = Self.operatorToken(value, at(place + 1))
    emit(kind, length)
  }

  /// Raised characters; the parser reads what they raise between the two tokens.
  private mutating func raised() {
    var end = place + 1
    while CharacterClass.superscript(at(end)) != nil { end += 1 }
    tokens.append(Token(.raisedOpen, place, end, isSpaced: isSpaced))
    isSpaced = false
    while place < end {
      let plain = CharacterClass.superscript(characters.scalars[place]) ?? 0
      switch plain {
      case 0x2B: emit(.plus, 1)
      case 0x2D: emit(.minus, 1)
      case 0x28: emit(.leftRound, 1)
      case 0x29: emit(.rightRound, 1)
      case 0x30...0x39:
        var digits = place
        while let next = CharacterClass.superscript(at(digits)), CharacterClass.isDigit(next) { digits += 1 }
        emit(.number, digits - place)
      default: emit(.letters, 1)
      }
    }
    tokens.append(Token(.raisedClose, end, end))
  }

  /// `_` and digits only, letters only, or braces.
  private mutating func underscore() {
    var end = place + 1
    let isBound = tokens.last?.kind == .bigSum || tokens.last?.kind == .bigProduct
    // Round ones stand after a sum sign, as word processors write it: `_(i=1)`.
    if at(end) == 0x28, isBound { return bracketed(end) }
    let brace = braceBehindBlanks(end)
    if let brace, brace > end || isSpaced, let last = tokens.last,
      last.kind == .letters || last.kind == .lowered,
      (Int(last.end)..<place).allSatisfy({ at($0) == 0x20 })
    {
      // x _ {1}: in LaTeX, blanks around `_` say nothing.
      place = Int(last.end)
      isSpaced = false
      end = brace
    }
    if at(end) == 0x7B { return bracketed(end) }
    if CharacterClass.isDigit(at(end)) {
      end = digitsEnd(end)
    } else if at(end) == 0x5C {
      end = commandEnd(end) ?? end
    } else {
      while end < limit, CharacterClass.isLetter(at(end)) { end += 1 }
      // In LaTeX `_` takes one letter; two before another `_` are not a name: w_ix_i.
      if characters.hasCommands, end == place + 3, at(end) == 0x5F { end -= 1 }
    }
    let endsName = !isSpaced && tokens.last?.kind == .letters
    emit(end > place + 1 || endsName ? .lowered : .unknown, end - place)
  }

  /// Where the brace of `_ {1}` stands; nil where there is none.
  private func braceBehindBlanks(_ place: Int) -> Int? {
    var brace = place
    while at(brace) == 0x20, brace < place + 4 { brace += 1 }
    return at(brace) == 0x7B ? brace : nil
  }

  /// The end of `\theta` or `\mathrm{B}` below a letter, which are names; nil for another command.
  private mutating func commandEnd(_ start: Int) -> Int? {
    var end = start + 1
    while end < limit, at(end) < 0x80, CharacterClass.isLetter(at(end)) { end += 1 }
    let name = characters.text(start + 1, end)
    if Greek.names.contains(name) || name == "max" || name == "min" { return end }
    guard Commands.words.contains(name), at(end) == 0x7B else { return nil }
    if withoutBrace.contains(end) { return nil }
    let open = end
    while end < limit, at(end) != 0x7D, at(end) != 0x0A { end += 1 }
    if at(end) == 0x7D { return end + 1 }
    withoutBrace = open..<end
    return nil
  }

  /// `_{max}`
  private mutating func bracketed(_ opening: Int) {
    guard let close = closes.close(of: opening, in: characters, before: limit) else {
      return emit(.unknown, 1)
    }
    emit(.lowered, close + 1 - place)
  }

  /// `‖` is two bars, `″` two primes.
  private mutating func doubled(_ kind: Token.Kind) {
    tokens.append(Token(kind, place, place, isSpaced: isSpaced))
    isSpaced = false
    emit(kind, 1)
  }

  private mutating func command() {
    // At the end of a line it says, in some languages, that the line goes on.
    if at(place + 1) == 0x0A {
      place += 2
      isSpaced = true
      return
    }
    // In a text of a program every backslash is two: \\frac.
    if characters.isDoubledCommand(place) {
      place += 1
    }
    var end = place + 1
    while end < limit, at(end) < 0x80, CharacterClass.isLetter(at(end)) { end += 1 }
    emit(.command, max(min(2, limit - place), end - place))
  }

  /// The operator that begins with a character, and how many characters it takes.
  private static func operatorToken(_ value: UInt32, _ next: UInt32) -> (Token.Kind, Int) {
    switch value {
    case 0x2B: (.plus, 1)
    case 0x2D: (.minus, 1)
    case 0x2A: next == 0x2A ? (.caret, 2) : (.star, 1)
    case 0x2F: (.slash, 1)
    case 0x5E: next == 0x5E ? (.doubleCaret, 2) : (.caret, 1)
    case 0x21: next == 0x3D ? (.notEqual, 2) : (.bang, 1)
    case 0x28: (.leftRound, 1)
    case 0x29: (.rightRound, 1)
    case 0x5B: (.leftSquare, 1)
    case 0x5D: (.rightSquare, 1)
    case 0x7B: (.leftCurly, 1)
    case 0x7D: (.rightCurly, 1)
    case 0x7C: (.bar, 1)
    case 0x2C: (.comma, 1)
    case 0x3B: (.semicolon, 1)
    case 0x3A: next == 0x3D ? (.assign, 2) : (.colon, 1)
    case 0x3D: next == 0x3D ? (.equal, 2) : (.assign, 1)
    case 0x3C: next == 0x3D ? (.lessOrEqual, 2) : (.less, 1)
    case 0x3E: next == 0x3D ? (.greaterOrEqual, 2) : (.greater, 1)
    case 0x2264: (.lessOrEqual, 1)
    case 0x2265: (.greaterOrEqual, 1)
    case 0x2260: (.notEqual, 1)
    case 0x2227: (.and, 1)
    case 0x2228: (.or, 1)
    case 0xAC: (.not, 1)
    case 0x221A: (.root, 1)
    case 0x221B: (.cubeRoot, 1)
    case 0x221C: (.fourthRoot, 1)
    case 0x27: (.prime, 1)
    case 0x24: (.dollar, 1)
    case 0x26: (.ampersand, 1)
    case 0xB0: (.degree, 1)
    case 0x25: (.percent, 1)
    case 0x221E: (.infinity, 1)
    case 0x2211, 0x3A3: (.bigSum, 1)
    case 0x220F: (.bigProduct, 1)
    case 0x2202: (.partial, 1)
    case 0x230A: (.leftFloor, 1)
    case 0x230B: (.rightFloor, 1)
    case 0x2308: (.leftCeiling, 1)
    case 0x2309: (.rightCeiling, 1)
    default: (.unknown, 1)
    }
  }
}
