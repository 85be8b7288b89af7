/// One run of letters while it is being read.
struct RunReader {
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
      let isApplied = follow == .bracket && end == self.end && names.isApplied(name)
      kind = isApplied ? .function(.defined(name)) : .variable(name)
    } else if names.functions[name] != nil {
      kind = .function(.defined(name))
    } else {
      return nil
    }
    return Names.Piece(kind: kind, start: start, end: end, isDeclared: true)
  }

  func known(_ start: Int, _ end: Int, _ name: String) -> Names.Piece? {
    let kind: Names.Piece.Kind
    let isGreek = Greek.isName(name)
    if name == "e" || name == "pi" {
      kind = .constant(name)
    } else if let function = FunctionNames.known(name), !isGreek || (end == self.end && follow == .bracket) {
      kind = .function(.known(function))
    } else if isGreek {
      kind = .variable(name)
    } else {
      return nil
    }
    return Names.Piece(kind: kind, start: start, end: end, isDeclared: false)
  }

  /// The run as declared variables one after the other, long ones first.
  mutating func covering() -> [Names.Piece]? {
    guard end - start <= RunReader.longest, !(names.variables.isEmpty && names.indices.isEmpty) else {
      return nil
    }
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
    guard end - start <= RunReader.longest else { return nil }
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
    guard stop - start == 1 || isDifference(name, upTo: stop) else { return nil }
    return Names.Piece(kind: .variable(name), start: start, end: stop, isDeclared: false)
  }

  /// Whether a name is that of a difference, ΔT, where Δ is no name of its own and no function begins behind it.
  private func isDifference(_ name: String, upTo stop: Int) -> Bool {
    guard let rest = Greek.difference(name), !names.isDeclared("Delta") else { return false }
    if rest.utf8.count > 1 { return true }
    return !(stop..<max(stop, min(end, stop + FunctionNames.longest))).contains {
      known(stop - 1, $0 + 1, self.name(stop - 1, $0 + 1))?.isFunction ?? false
    }
  }

  private func step(_ state: State, _ piece: Names.Piece) -> State? {
    if case .function(let callee) = piece.kind {
      let takesOne: Bool
      switch callee {
      case .known(let function): takesOne = function.arity.contains(1)
      case .defined(let name): takesOne = names.functions[name] == 1
      }
      guard takesOne || (piece.end == end && follow == .bracket) else { return nil }
      return State(place: piece.end, elements: state.elements, sinceFunction: 0)
    }
    guard state.elements < RunReader.mostElements, state.sinceFunction < RunReader.mostArguments else {
      return nil
    }
    return State(
      place: piece.end, elements: state.elements + 1,
      sinceFunction: state.sinceFunction < 0 ? -1 : state.sinceFunction + 1)
  }
}

extension RunReader {
  /// The name of `\Delta T`, whose letters stand apart; Δ and T where Δ is declared; nil where it is another word.
  func spelledDifference() -> [Names.Piece]? {
    let head = start + 5
    guard head < end, name(start, head) == "Delta" else { return nil }
    var first = head
    while first < end, !CharacterClass.isLetter(characters.at(first)) { first += 1 }
    guard first > head, first < end else { return nil }
    let rest = name(first, end)
    if let piece = declared(start, end, "Delta" + rest) { return [piece] }
    guard let delta = declared(start, head, "Delta") else {
      return [Names.Piece(kind: .variable("Delta" + rest), start: start, end: end, isDeclared: false)]
    }
    let other =
      declared(first, end, rest)
      ?? Names.Piece(kind: .variable(rest), start: first, end: end, isDeclared: false)
    return [delta, other]
  }
}

extension Characters {
  /// The canonical name of a word in one command: of \mathrm{e2} that of e2, e_2.
  func wordName(_ start: Int, _ end: Int) -> String {
    var digit = start
    while digit < end, !CharacterClass.isDigit(scalars[digit]) { digit += 1 }
    if digit == start || digit == end { return name(start, end) }
    return name(start, digit) + "_" + name(digit, end)
  }

  /// The canonical name of a stretch of letters and digits: Greek letters by their names, nothing raised.
  func name(_ start: Int, _ end: Int) -> String {
    if let plain = ascii(start, end) { return plain }
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
