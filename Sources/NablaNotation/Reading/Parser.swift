import NablaBasics

/// Reads text into `Syntax` and diagnostics; it never traps, never loops and never evaluates.
///
/// Rules of `grammar.md` are methods of the same name. One call of `expression` reads one level of brackets:
/// the chains of operators that are open in it stand in `chains`, their parts in `pending`, so that the depth
/// of calls follows the nesting of the text and never its length, and a call's own frame is small.
///
/// What changes with every token is not checked for exclusive access at run time: one thread has the parser.
final class Parser {
  let source: SourceText
  let characters: Characters
  let options: ParsingOptions
  @exclusivity(unchecked) var names: Names
  @exclusivity(unchecked) var runs = RunMemory()
  @exclusivity(unchecked) var builder = SyntaxBuilder()
  @exclusivity(unchecked) var notes = Notes()
  @exclusivity(unchecked) var errors: [Diagnostic] = []
  /// Whether the text ends where something is still missing.
  var isIncomplete = false
  /// Set by an error that leaves the rest of the line without meaning.
  @exclusivity(unchecked) var isStopped = false

  // Where the parser is.
  @exclusivity(unchecked) var tokens: [Token]
  /// The kinds of the tokens, those that were left out among them.
  let kinds: TokenKinds
  @exclusivity(unchecked) var place = 0
  /// Tokens that stand in front of `tokens[place]`, the next one last.
  @exclusivity(unchecked) var queue: [Token] = []
  @exclusivity(unchecked) var current: Token
  /// The end of the token before the current one.
  @exclusivity(unchecked) var lastEnd = 0
  @exclusivity(unchecked) var lastKind: Token.Kind = .newline
  /// The pieces that piece tokens point to.
  @exclusivity(unchecked) var pieces: [Names.Piece] = []

  // What is open.
  @exclusivity(unchecked) var depth = 0
  @exclusivity(unchecked) var openBrackets = 0
  @exclusivity(unchecked) var openBars = 0
  /// The brackets that are open, and what was open outside each.
  @exclusivity(unchecked) var outside: [Outside] = []
  /// The last `|…|` that an operand followed, at this level of brackets.
  @exclusivity(unchecked) var followedBars: Int32 = -1
  @exclusivity(unchecked) var chains: [Chain] = []
  @exclusivity(unchecked) var pending: [SyntaxTree.Part] = []
  /// The last operand that is a word read as one name, and where it ends; two of them side by side are an error.
  @exclusivity(unchecked) var lastWord: (end: Int, text: String)?
  /// Whether the text holds `sum(` or `prod(`, so that `x[3]` may be a member of a family.
  @exclusivity(unchecked) var readsIndices = false
  /// Whether the line began with a name and `=`.
  var isDefinition = false
  /// That name.
  var lineName: String?
  /// Whether no run of letters of the line has been read yet.
  @exclusivity(unchecked) var isFirstRun = true
  /// The indices of the sums that have ended in the line.
  @exclusivity(unchecked) var endedIndices = NameSet()
  /// Names that have a value or a definition.
  var defined: NameSet
  /// The first places of names in earlier lines that had no definition there.
  var undefinedUses = NameTable<Span>()
  /// Where the brackets begin that hold a comma.
  var bracketsWithComma: [Int32] = []

  /// Operands joined by operators of one level, while the chain grows.
  struct Chain {
    var level: Operator.Level
    /// Where its parts begin in `pending`.
    var start: Int
    /// How the next part is tied.
    var link: Syntax.Link
    var span: Span
  }

  init(_ source: SourceText, names: Names, options: ParsingOptions) {
    self.source = source
    characters = Characters(source)
    self.options = options
    self.names = names
    var lexer = Lexer(characters, readsDecimalCommas: options.readsDecimalCommas)
    var typed = lexer.tokens(from: 0, to: characters.count)
    var kinds = TokenKinds(of: typed, characters)
    let displayed = kinds.contains(.dollar) ? Self.insideDollars(typed, characters) : nil
    let loneSign = kinds.contains(.dollar) && displayed == nil ? Self.loneDollar(typed) : nil
    if kinds.holdsAny(of: .ofLaTeX) {
      typed = Commands.replaced(in: displayed?.tokens ?? typed, characters)
      kinds = TokenKinds(of: typed, characters)
    }
    typed.append(Token(.end, characters.count, characters.count))
    self.kinds = kinds
    current = typed[0]
    tokens = typed
    builder.reserve(tokens.count)
    defined = options.valued
    sayRemarks()
    displayed?.outside.forEach { leaveOut($0.start, $0.end) }
    if let loneSign { leaveOut(loneSign.start, loneSign.end) }
    layOut()
    if kinds.holdsAny(of: .separators) { look(over: tokens) }
  }

  /// Makes whole lines of the tokens, without what stands around their formulas.
  private func layOut() {
    complainOfPrograms()
    if !errors.isEmpty { return current = tokens[0] }
    joinLines()
    trimMargins()
    current = tokens[0]
  }

  /// What the characters themselves give to say.
  private func sayRemarks() {
    for remark in characters.remarks {
      if case .quotationMarks = remark.kind {
        notes.add(Diagnostic(remark.kind, remark.span, hint: "leave them out"))
        continue
      }
      let label = remark.replacement.isEmpty ? "leave it out" : "to say so, write \(remark.replacement)"
      let said = Diagnostic(
        remark.kind, remark.span,
        fixes: [Diagnostic.Fix(span: remark.span, replacement: remark.replacement, label: label)])
      if said.severity == .error { errors.append(said) } else { notes.add(said) }
    }
    for (place, letter) in characters.controls {
      var end = place + 1
      while characters.at(end) < 0x80, CharacterClass.isLetter(characters.at(end)) { end += 1 }
      // A line may begin with any letters; what follows a tab, or a return without a new line, with one.
      guard end - place > (letter == "n" ? 3 : 2) else { continue }
      let command = String(letter) + characters.text(place + 1, end)
      guard Commands.all.contains(command) else { continue }
      errors.append(
        Diagnostic(
          .lostBackslash("\\" + command), characters.span(place, end),
          hint: "in JSON and in program texts, write \\\\\(command)"))
    }
  }

  /// Whether a token is the word `sum` or `prod`.
  private func isFold(_ token: Token) -> Bool {
    token.kind == .letters && (stands("sum", at: token) || stands("prod", at: token))
  }

  /// One look over tokens before they are read: which brackets hold a comma, and whether there is a sum or product over
  /// an index.
  func look(over tokens: [Token]) {
    struct Bracket {
      let start: Int32
      var hasComma = false
    }
    var open: [Bracket] = []
    for place in tokens.indices {
      switch tokens[place].kind {
      case .leftRound, .leftSquare, .leftCurly:
        open.append(Bracket(start: tokens[place].start))
        if place > 0, isFold(tokens[place - 1]) { readsIndices = true }
      case .rightRound, .rightSquare, .rightCurly:
        if let last = open.popLast(), last.hasComma { bracketsWithComma.append(last.start) }
      case .bigSum, .bigProduct: readsIndices = true
      case .semicolon where !options.readsDecimalCommas: break
      case .comma, .semicolon: if !open.isEmpty { open[open.count - 1].hasComma = true }
      default: break
      }
    }
  }
}

/// What the parser has to know apart from the text.
struct ParsingOptions: Sendable {
  var limits = Limits.standard
  /// Whether `3,5` is a number and `;` separates arguments.
  var readsDecimalCommas = false
  /// Whether `x^2 + y^2 = 1` is read; its tree is a comparison.
  var readsEquations = false
  /// Names that have a value before the first line.
  var valued = NameSet()
  /// Names that lines above the text define: a line that uses one stands by itself.
  var definedAbove: Set<String> = []
}
