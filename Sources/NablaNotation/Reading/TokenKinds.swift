/// Which kinds of tokens a text holds, so that what none of them can begin is not looked for.
struct TokenKinds: Sendable {
  private var bits: UInt64 = 0
  /// Whether letters or a brace follow a number, as a unit of measurement does.
  private(set) var followsNumber = false
  /// Whether letters behind a blank may begin a sentence, `wrt x` or `with respect to x`.
  private(set) var holdsWord = false

  init(of tokens: [Token], _ characters: Characters) {
    var last = Token.Kind.newline
    for token in tokens {
      bits |= Self.bit(token.kind)
      switch token.kind {
      case .letters:
        if last == .number { followsNumber = true }
        if token.isSpaced, token.end - token.start > 2 {
          let first = characters.at(Int(token.start))
          if first == 0x77 || CharacterClass.isCapital(first) { holdsWord = true }
        }
      case .leftCurly: if last == .number { followsNumber = true }
      default: break
      }
      last = token.kind
    }
  }

  init(_ kinds: Token.Kind...) {
    for kind in kinds { bits |= Self.bit(kind) }
  }

  func contains(_ kind: Token.Kind) -> Bool { bits & Self.bit(kind) != 0 }

  /// Whether any of the kinds is among these.
  func holdsAny(of others: TokenKinds) -> Bool { bits & others.bits != 0 }

  /// What commands replace.
  static let ofLaTeX = TokenKinds(.command, .dollar, .ampersand)
  /// What begins or ends something behind a formula: a condition, a comment, the end of a sentence.
  static let behindFormulas = TokenKinds(
    .comma, .semicolon, .slash, .less, .lessOrEqual, .greater, .greaterOrEqual, .notEqual, .command, .unknown)
  /// The signs between a module and a name.
  static let behindModules = TokenKinds(.unknown, .colon)
  /// What separates, and the signs of sums that may have an index.
  static let separators = TokenKinds(.comma, .semicolon, .bigSum, .bigProduct)

  private static func bit(_ kind: Token.Kind) -> UInt64 { 1 << UInt64(kind.rawValue) }
}
