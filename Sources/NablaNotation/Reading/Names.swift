/// The names that are known where a run of letters stands.
///
/// The parser asks for the reading of a run when it meets it, because what binds to what depends on it; a name
/// that a definition, a list of variables or an index declares wins over everything known.
struct Names: Sendable {
  /// Declared variables and values, by canonical name.
  private(set) var variables: Set<String> = []
  /// Defined functions and how many arguments they take.
  private(set) var functions: [String: Int] = [:]
  /// The bound indices of the sums around, the innermost last.
  private(set) var indices: [String] = []
  private var longest = 0
  /// Counts the changes, for those who remember readings.
  private(set) var version = 0

  mutating func declare(variable name: String) {
    variables.insert(name)
    functions[name] = nil
    version += 1
    longest = max(longest, name.utf8.count)
  }

  mutating func declare(function name: String, arity: Int) {
    functions[name] = arity
    variables.remove(name)
    version += 1
    longest = max(longest, name.utf8.count)
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

  /// How many arguments a defined function or a derivative of it (`f'`) takes.
  func arity(of name: String) -> Int? {
    if let arity = functions[name] { return arity }
    let primed = name.prefix { $0 != "'" }
    return primed.count == name.count ? nil : functions[String(primed)]
  }

  /// Names of functions for suggestions, defined ones first.
  var functionNames: [String] { functions.keys.sorted() + FunctionNames.names }

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

  /// What a run means.
  struct Reading: Sendable {
    var rule: Rule
    var pieces: [Piece]
    /// The run as one name.
    var whole: String
  }

  /// The reading of the letters from `start` up to `end`; where `_` follows, three letters are a name.
  func reading(
    of characters: Characters, _ start: Int, _ end: Int, before follow: Follow, isName: Bool = false,
    isWord: Bool = false
  ) -> Reading {
    var run = Run(names: self, characters: characters, start: start, end: end, follow: follow)
    let whole = run.name(start, end)
    if let piece = run.declared(start, end, whole) {
      return Reading(rule: .declared, pieces: [piece], whole: whole)
    }
    if let piece = run.known(start, end, whole) {
      return Reading(rule: .known, pieces: [piece], whole: whole)
    }
    if end - start == 1 {
      let piece = Piece(kind: .variable(whole), start: start, end: end, isDeclared: false)
      return Reading(rule: .chain, pieces: [piece], whole: whole)
    }
    if !isWord, let pieces = run.covering() { return Reading(rule: .covered, pieces: pieces, whole: whole) }
    if !isWord, let pieces = run.chain(),
      !isName || pieces.count < 3 || pieces.contains(where: { $0.isFunction || $0.isConstant })
    {
      return Reading(rule: .chain, pieces: pieces, whole: whole)
    }
    let piece = Piece(kind: .variable(whole), start: start, end: end, isDeclared: false)
    return Reading(rule: .oneName, pieces: [piece], whole: whole)
  }

  /// Whether the run is covered wholly by declared names, whatever else it may be.
  func covers(_ characters: Characters, _ start: Int, _ end: Int) -> [Piece]? {
    var run = Run(names: self, characters: characters, start: start, end: end, follow: .other)
    return run.covering()
  }

  fileprivate var longestDeclared: Int { longest }
}

/// One run of letters while it is being read.
private struct Run {
  let names: Names
  let characters: Characters
  let start: Int
  let end: Int
  let follow: Names.Follow
  /// The longest run that is looked at for parts; a longer one is one name.
  private static let longest = 64
  /// The most letters and names in a chain.
  private static let mostElements = 3
  /// The most letters that a function in a chain takes.
  private static let mostArguments = 2

  init(names: Names, characters: Characters, start: Int, end: Int, follow: Names.Follow) {
    self.names = names
    self.characters = characters
    self.start = start
    self.end = end
    self.follow = follow
  }

  func name(_ start: Int, _ end: Int) -> String { characters.name(start, end) }

  func declared(_ start: Int, _ end: Int, _ name: String) -> Names.Piece? {
    let kind: Names.Piece.Kind
    if names.isBound(name) {
      kind = .boundIndex(name)
    } else if names.variables.contains(name) {
      kind = .variable(name)
    } else if names.functions[name] != nil {
      kind = .function(.defined(name))
    } else {
      return nil
    }
    return Names.Piece(kind: kind, start: start, end: end, isDeclared: true)
  }

  func known(_ start: Int, _ end: Int, _ name: String) -> Names.Piece? {
    let kind: Names.Piece.Kind
    let isGreek = Greek.names.contains(name)
    if name == "e" || name == "pi" {
      kind = .constant(name)
    } else if let function = FunctionNames.known(name), !isGreek || (end == self.end && follow == .bracket) {
      kind = .function(.known(function.name))
    } else if isGreek {
      kind = .variable(name)
    } else {
      return nil
    }
    return Names.Piece(kind: kind, start: start, end: end, isDeclared: false)
  }

  /// The run as declared variables one after the other, long ones first.
  mutating func covering() -> [Names.Piece]? {
    guard end - start <= Run.longest, !(names.variables.isEmpty && names.indices.isEmpty) else { return nil }
    var pieces: [Names.Piece] = []
    var dead: Set<Int> = []
    return cover(from: start, &pieces, &dead) ? pieces : nil
  }

  private func cover(from place: Int, _ pieces: inout [Names.Piece], _ dead: inout Set<Int>) -> Bool {
    if place == end { return true }
    if dead.contains(place) { return false }
    for stop in stride(from: min(end, place + names.longestDeclared), to: place, by: -1) {
      guard let piece = declared(place, stop, name(place, stop)), !piece.isFunction else { continue }
      pieces.append(piece)
      if cover(from: stop, &pieces, &dead) { return true }
      pieces.removeLast()
    }
    dead.insert(place)
    return false
  }

  /// Where a chain stands: how far, with how many names, and how many since the last function (-1: none).
  private struct State: Hashable {
    var place: Int
    var elements: Int
    var sinceFunction: Int
  }

  mutating func chain() -> [Names.Piece]? {
    guard end - start <= Run.longest else { return nil }
    var pieces: [Names.Piece] = []
    var dead: Set<State> = []
    return extend(State(place: start, elements: 0, sinceFunction: -1), &pieces, &dead) ? pieces : nil
  }

  private func extend(_ state: State, _ pieces: inout [Names.Piece], _ dead: inout Set<State>) -> Bool {
    if state.place == end { return state.sinceFunction != 0 || follow != .other }
    if dead.contains(state) { return false }
    let reach = max(names.longestDeclared, FunctionNames.longest, Greek.longest)
    for stop in stride(from: min(end, state.place + reach), to: state.place, by: -1) {
      guard let piece = candidate(state.place, stop), let next = step(state, piece) else { continue }
      pieces.append(piece)
      if extend(next, &pieces, &dead) { return true }
      pieces.removeLast()
    }
    dead.insert(state)
    return false
  }

  private func candidate(_ start: Int, _ stop: Int) -> Names.Piece? {
    let name = name(start, stop)
    if let piece = declared(start, stop, name) ?? known(start, stop, name) { return piece }
    guard stop - start == 1 else { return nil }
    return Names.Piece(kind: .variable(name), start: start, end: stop, isDeclared: false)
  }

  private func step(_ state: State, _ piece: Names.Piece) -> State? {
    if case .function(let callee) = piece.kind {
      let takesOne: Bool
      switch callee {
      case .known(let row): takesOne = FunctionNames.known(row).map { $0.arity.contains(1) } ?? true
      case .defined(let name): takesOne = names.functions[name] == 1
      }
      guard takesOne || (piece.end == end && follow == .bracket) else { return nil }
      return State(place: piece.end, elements: state.elements, sinceFunction: 0)
    }
    guard state.elements < Run.mostElements, state.sinceFunction < Run.mostArguments else { return nil }
    return State(
      place: piece.end, elements: state.elements + 1,
      sinceFunction: state.sinceFunction < 0 ? -1 : state.sinceFunction + 1)
  }
}

extension Characters {
  /// The canonical name of a stretch of letters and digits: Greek letters by their names, nothing raised.
  func name(_ start: Int, _ end: Int) -> String {
    var text = ""
    for place in start..<end {
      let value = scalars[place]
      if value < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(UInt8(value)))
      } else if let greek = Greek.name(of: value) {
        text += greek
      } else {
        let plain = CharacterClass.superscript(value) ?? CharacterClass.subscripted(value) ?? value
        text.unicodeScalars.append(Unicode.Scalar(plain) ?? "?")
      }
    }
    return text
  }
}
