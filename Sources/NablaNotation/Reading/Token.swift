/// A word of the notation: a stretch of characters and what it is.
///
/// A run of letters is one token; digits and subscripts that touch it are tokens of their own, because what
/// they mean (`x2`, `sin2x`, `log2(x)`) depends on the names that are known where the run stands.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case end, newline
    /// `3`, `.5`, `5.`, `1e-3`
    case number
    /// `1.5.2`
    case brokenNumber
    case vulgar
    /// A run of letters.
    case letters
    /// `_12`, `_max`, `_{...}` or lowered characters; `inner` is the content.
    case lowered
    /// Raised characters are read as the tokens between these two.
    case raisedOpen, raisedClose
    case plus, minus, star, slash, caret, doubleCaret, bang
    case leftRound, rightRound, leftSquare, rightSquare, leftCurly, rightCurly
    case bar, leftFloor, rightFloor, leftCeiling, rightCeiling
    case comma, semicolon, colon, dots
    case assign, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case and, or, not
    case root, cubeRoot, fourthRoot
    case prime, degree, percent, infinity, bigSum, bigProduct, partial
    /// `\frac`, `\sqrt`, `\begin{cases}`, `\end{cases}`, and `\\` and `&` between them.
    case fraction, radical, casesOpen, casesClose, rowBreak, ampersand
    /// `$`, which begins and ends a formula.
    case dollar
    /// `\frac`: a backslash and letters, or one other character.
    case command
    case unknown
    /// One name of a run of letters, after the parser has read the run.
    case piece
  }

  var kind: Kind
  /// Whether a space (or nothing at all) stands in front.
  var isSpaced: Bool
  /// The first character and the one after the last, as places in `Characters`.
  var start: Int32
  var end: Int32
  /// For a piece, its place among the parser's pieces; `word` for letters that are one name.
  var piece: Int32 = -1

  /// The mark of `\mathrm{speed}`.
  static let word: Int32 = -2

  init(_ kind: Kind, _ start: Int, _ end: Int, isSpaced: Bool = false) {
    self.kind = kind
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
    self.isSpaced = isSpaced
  }

  /// Whether an operand can begin with this token; a bar depends on whether one is open.
  var startsOperand: Bool {
    switch kind {
    case .number, .brokenNumber, .vulgar, .letters, .piece, .leftRound, .leftSquare, .leftCurly, .leftFloor,
      .leftCeiling, .root, .cubeRoot, .fourthRoot, .command, .bigSum, .bigProduct, .infinity, .partial,
      .fraction,
      .radical, .casesOpen:
      true
    default: false
    }
  }
}
