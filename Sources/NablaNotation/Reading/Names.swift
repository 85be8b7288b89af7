import NablaBasics

/// The names that are known where a run of letters stands.
///
/// The parser asks for the reading of a run when it meets it, because what binds to what depends on it; a name
/// that a definition, a list of variables or an index declares wins over everything known.
struct Names: Sendable {
  /// Declared variables and values, by canonical name.
  private(set) var variables = NameSet()
  /// Defined functions and how many arguments they take.
  private(set) var functions = NameTable<Int>()
  /// Values and functions of the text that mention letters without a value: `f = x^3`.
  private(set) var open = NameSet()
  /// The bound indices of the sums around, the innermost last.
  private(set) var indices: [String] = []
  private var longest = 0
  /// Counts the changes, for those who remember readings.
  private(set) var version = 0

  mutating func declare(variable name: String, isOpen: Bool = false) {
    variables.insert(name)
    functions[name] = nil
    note(name, isOpen: isOpen)
    version += 1
    longest = max(longest, name.utf8.count)
  }

  mutating func declare(function name: String, arity: Int, isOpen: Bool = false) {
    functions[name] = arity
    variables.remove(name)
    note(name, isOpen: isOpen)
    version += 1
    longest = max(longest, name.utf8.count)
  }

  private mutating func note(_ name: String, isOpen: Bool) {
    if isOpen {
      open.insert(name)
    } else if !open.isEmpty {
      open.remove(name)
    }
  }

  /// Whether a name is a value that mentions letters, so that it has a derivative: y after `y = x^2`.
  func isFormula(_ name: String) -> Bool {
    !open.isEmpty && open.contains(name) && variables.contains(name) && !isBound(name)
  }

  /// Whether such a value is applied before a bracket: f, g and h are functions there, `f = x^3` as `f(x) = x^3`.
  func isApplied(_ name: String) -> Bool { isFormula(name) && Names.isFunctionLetter(name) }

  /// Whether a letter is a function before a bracket, with or without a subscript.
  static func isFunctionLetter(_ name: String) -> Bool {
    var bytes = name.utf8.makeIterator()
    guard let letter = bytes.next(), letter >= UInt8(ascii: "f"), letter <= UInt8(ascii: "h") else {
      return false
    }
    return (bytes.next() ?? UInt8(ascii: "_")) == UInt8(ascii: "_")
  }

  /// Binds an index until `unbind`.
  mutating func bind(_ index: String) {
    indices.append(index)
    version += 1
    longest = max(longest, index.utf8.count)
  }

  /// Ends the innermost index; its name.
  mutating func unbind() -> String {
    version += 1
    return indices.removeLast()
  }

  func isBound(_ name: String) -> Bool { !indices.isEmpty && indices.contains(name) }

  func isDeclared(_ name: String) -> Bool {
    variables.contains(name) || isBound(name) || functions[name] != nil
  }

  /// Whether no name is declared at all, as in most formulas.
  var declaresNothing: Bool { variables.isEmpty && indices.isEmpty && functions.isEmpty }

  /// How many arguments a defined function or a derivative of it (`f'`) takes.
  func arity(of name: String) -> Int? {
    if let arity = functions[name] { return arity }
    let primed = name.prefix { $0 != "'" }
    return primed.count == name.count ? nil : functions[String(primed)]
  }

  /// Names of functions for suggestions, defined ones first.
  var functionNames: [String] { functions.names.sorted() + FunctionNames.names }

  /// A part of a run: one name and what it is.
  struct Piece: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case variable(String)
      case boundIndex(String)
      case constant(String)
      case function(Syntax.Callee)
    }

    var kind: Kind
    /// The first letter and the one after the last, as places in the characters.
    var start: Int
    var end: Int
    /// Whether somebody declared the name.
    var isDeclared: Bool

    var isFunction: Bool { if case .function = kind { true } else { false } }
    var isConstant: Bool { if case .constant = kind { true } else { false } }
    /// The piece so many characters further on.
    func moved(by distance: Int) -> Piece {
      Piece(kind: kind, start: start + distance, end: end + distance, isDeclared: isDeclared)
    }
    /// The name of a variable.
    var variable: String? { if case .variable(let name) = kind { name } else { nil } }
    /// The name of anything.
    var name: String {
      switch kind {
      case .variable(let name), .boundIndex(let name), .constant(let name): name
      case .function(let callee): callee.name
      }
    }
  }

  /// Which rule read a run.
  enum Rule: Hashable, Sendable {
    /// A declared name, whole.
    case declared
    /// A function, a constant or a Greek name, whole.
    case known
    /// Declared names only.
    case covered
    /// One letter, or a chain of letters, names and functions.
    case chain
    /// One variable, because nothing else fits.
    case oneName
  }

  /// What follows a run, as far as its reading depends on it.
  enum Follow: UInt8, Hashable, Sendable {
    /// `(`
    case bracket
    /// Digits that touch the run.
    case digits
    /// Something a bare argument can begin with.
    case operand
    /// `^` or raised characters.
    case power
    case other
  }

  /// What a run means, wherever it stands; one object, as long formulas hold the same run many times.
  final class Reading: Sendable {
    let rule: Rule
    /// All names but the last; most runs are one name. Places count from the run's beginning.
    private let before: [Piece]
    private let last: Piece
    /// The run as one name.
    let whole: String
    /// Whether that is the name of a Greek letter.
    let isGreek: Bool

    /// The reading of a run that begins at `start`, as its pieces do.
    init(rule: Rule, pieces: [Piece], whole: String, from start: Int) {
      self.rule = rule
      before = pieces.dropLast().map { $0.moved(by: -start) }
      last = pieces[pieces.count - 1].moved(by: -start)
      self.whole = whole
      isGreek = Greek.isName(whole)
    }

    var count: Int { before.count + 1 }

    /// All names but the last, where the run begins at `start`.
    func before(from start: Int) -> [Piece] {
      before.isEmpty ? [] : before.map { $0.moved(by: start) }
    }

    /// The last name, where the run begins at `start`.
    func last(from start: Int) -> Piece { last.moved(by: start) }

    /// The names in order, where the run begins at `start`.
    func pieces(from start: Int) -> [Piece] { before(from: start) + [last(from: start)] }
  }

  /// The reading of the letters from `start` up to `end`; where `_` follows, three letters are a name.
  func reading(
    of characters: Characters, _ start: Int, _ end: Int, before follow: Follow, isName: Bool = false,
    isWord: Bool = false
  ) -> Reading {
    var run = RunReader(names: self, characters: characters, start: start, end: end, follow: follow)
    let whole = run.name(start, end)
    if let piece = run.declared(start, end, whole) {
      return Reading(rule: .declared, pieces: [piece], whole: whole, from: start)
    }
    if let piece = run.known(start, end, whole) {
      return Reading(rule: .known, pieces: [piece], whole: whole, from: start)
    }
    if isWord, let pieces = run.spelledDifference() {
      return Reading(
        rule: .chain, pieces: pieces, whole: pieces.map(\.name).joined(), from: start)
    }
    if isWord, case let canonical = characters.wordName(start, end), canonical != whole {
      let piece =
        run.declared(start, end, canonical)
        ?? Piece(kind: .variable(canonical), start: start, end: end, isDeclared: false)
      return Reading(rule: .oneName, pieces: [piece], whole: canonical, from: start)
    }
    if end - start == 1 {
      let piece = Piece(kind: .variable(whole), start: start, end: end, isDeclared: false)
      return Reading(rule: .chain, pieces: [piece], whole: whole, from: start)
    }
    if !isWord, let pieces = run.covering() {
      return Reading(rule: .covered, pieces: pieces, whole: whole, from: start)
    }
    if !isWord, let pieces = run.chain(),
      !isName || pieces.count < 3 || pieces.contains(where: { $0.isFunction || $0.isConstant })
    {
      return Reading(rule: .chain, pieces: pieces, whole: whole, from: start)
    }
    let piece = Piece(kind: .variable(whole), start: start, end: end, isDeclared: false)
    return Reading(rule: .oneName, pieces: [piece], whole: whole, from: start)
  }

  /// Whether the run is covered wholly by declared names, whatever else it may be.
  func covers(_ characters: Characters, _ start: Int, _ end: Int) -> [Piece]? {
    var run = RunReader(names: self, characters: characters, start: start, end: end, follow: .other)
    return run.covering()
  }

  var longestDeclared: Int { longest }
}
