import NablaBasics
import NablaNotation

/// The definitions of a session, in an order in which each uses only those before it.
///
///     var definitions = Definitions()
///     try definitions.define("f", as: "f(x) = a x^2")
///     try definitions.define("a", as: "a = 3")
///     definitions.text   // "a = 3\nf(x) = a x^2\n\n"
package struct Definitions: Sendable {
  /// Why a definition is not taken.
  package enum Refusal: Error {
    /// The lines cannot be read together.
    case reading(ReadingError)
    /// What the definition uses leads back to it: the line that uses its name.
    case circular(user: String)
    /// Another definition has no meaning without it.
    case needed(user: String)
  }

  private struct Line {
    var name: String
    var text: String
    /// The names that the line uses as it was last read, whether they are defined or not.
    var uses: Set<String>
  }

  private var lines: [Line] = []

  package init() {}

  /// The names, in the order of the definitions.
  package var names: [String] { lines.map(\.name) }
  /// The lines themselves.
  package var texts: [String] { lines.map(\.text) }
  /// All lines, each with its line end, and a blank line, which sets them apart from what is typed below.
  package var text: String { lines.isEmpty ? "" : Definitions.joined(lines[...]) + "\n" }

  private static func joined(_ lines: ArraySlice<Line>) -> String {
    lines.map { $0.text + "\n" }.joined()
  }

  /// The line that defines a name, and the lines in front of it.
  package func definition(of name: String) -> (before: String, text: String)? {
    guard let place = lines.firstIndex(where: { $0.name == name }) else { return nil }
    return (Definitions.joined(lines[..<place]), lines[place].text)
  }

  /// Takes a definition out; what uses the name then uses a letter.
  ///
  /// Throws where another definition can no longer be read, and leaves all as they were.
  package mutating func forget(_ name: String, limits: Limits = .standard) throws(Refusal) {
    let rest = lines.filter { $0.name != name }
    if !rest.isEmpty {
      do { _ = try Reading.read(Definitions.joined(rest[...]), options: Definitions.options(limits)) } catch {
        let place = error.diagnostics.first?.span.start ?? 0
        let user = zip(rest, Definitions.ends(of: rest)).first { place < $0.1 }?.0 ?? rest[rest.count - 1]
        throw .needed(user: user.name)
      }
    }
    lines = rest
  }

  /// Where each definition ends in the text of all.
  private static func ends(of lines: [Line]) -> [Int] {
    var end = 0
    return lines.map { line in
      end += line.text.utf8.count + 1
      return end
    }
  }

  /// Adds a definition, or puts it in the place of the one before; what uses the name then uses the new one.
  ///
  /// It comes to stand behind all that it uses and before all that uses it, whichever was typed first. Throws where
  /// the lines can no longer be read together or the definition needs itself, and leaves them as they were.
  package mutating func define(_ name: String, as text: String, limits: Limits = .standard) throws(Refusal) {
    var options = Definitions.options(limits)
    let pieces = pieces(of: text, options)
    if pieces.count > 1 {
      var changed = self
      for piece in pieces { try changed.define(piece.name, as: piece.text, limits: limits) }
      self = changed
      return
    }
    var new = Line(name: name, text: text, uses: [])
    new.uses = Definitions.uses(of: lines + [new], options)[lines.count]
    let needed = needs(of: new)
    let others = lines.filter { $0.name != name }
    let first = others.filter { needed.contains($0.name) }
    if let user = lines.first(where: { needed.contains($0.name) && $0.uses.contains(name) }) {
      throw .circular(user: user.name)
    }
    // A word that is no name yet is read as one here, as it will be from now on.
    options.declaredNames = [name]
    for (line, uses) in zip(first, Definitions.uses(of: first, options)) where uses.contains(name) {
      throw .circular(user: line.name)
    }
    options.declaredNames = []
    var changed = lines
    let old = lines.firstIndex { $0.name == name }
    if let old {
      changed[old] = new
    } else {
      changed = lines + [new]
      let ordered = first + [new] + others.filter { !needed.contains($0.name) }
      let uses = Dictionary(
        zip(ordered.map(\.name), Definitions.uses(of: ordered, options)),
        uniquingKeysWith: { first, _ in first })
      for place in changed.indices { changed[place].uses = uses[changed[place].name] ?? [] }
    }

    // Nothing moves that need not.
    let place = old ?? lines.count
    let user = changed.firstIndex { $0.name != name && $0.uses.contains(name) } ?? place
    let tail = changed[min(place, user)...]
    changed.replaceSubrange(
      min(place, user)...,
      with: tail.filter { needed.contains($0.name) } + tail.filter { $0.name == name }
        + tail.filter { !needed.contains($0.name) && $0.name != name })
    do { _ = try Reading.read(Definitions.joined(changed[...]), options: options) } catch {
      throw .reading(error)
    }
    lines = changed
  }

  private static func options(_ limits: Limits) -> ReadingOptions {
    var options = ReadingOptions()
    options.limits = limits
    return options
  }

  /// The definitions of a text of several lines, each with its name.
  private func pieces(of text: String, _ options: ReadingOptions) -> [(name: String, text: String)] {
    guard text.contains(where: \.isNewline) else { return [] }
    let start = self.text.utf8.count
    let heads = Reading.parsed(self.text + text, options: options).definitions.filter {
      $0.nameSpan.start >= start
    }
    let bytes = Array(text.utf8)
    let ends = heads.dropFirst().map { $0.nameSpan.start - start } + [bytes.count]
    var begin = 0
    var pieces: [(name: String, text: String)] = []
    for (head, end) in zip(heads, ends) {
      guard let name = head.name else { return [] }
      let piece = String(decoding: bytes[begin..<end], as: UTF8.self)
      pieces.append((name, String(SessionLine.trimmed(piece[...]))))
      begin = end
    }
    return pieces
  }

  /// The names of all lines that a line uses, through others as well.
  private func needs(of line: Line) -> Set<String> {
    let uses = Dictionary(lines.map { ($0.name, $0.uses) }, uniquingKeysWith: { first, _ in first })
    var needed: Set<String> = []
    var waiting = Array(line.uses)
    while let name = waiting.popLast() {
      if let next = uses[name], needed.insert(name).inserted { waiting += next }
    }
    return needed
  }

  /// The names that each line uses, its own variables apart; `x[i]` uses every member of x that is defined.
  private static func uses(of lines: [Line], _ options: ReadingOptions) -> [Set<String>] {
    var uses = [Set<String>](repeating: [], count: lines.count)
    let ends = ends(of: lines)
    var place = 0
    for definition in Reading.parsed(joined(lines[...]), options: options).definitions {
      while place < ends.count - 1, definition.nameSpan.start >= ends[place] { place += 1 }
      let listed = definition.parameters ?? []
      uses[place].formUnion(definition.body.names.filter { !listed.contains($0) })
      for family in definition.body.families {
        uses[place].formUnion(lines.map(\.name).filter { $0.hasPrefix(family + "_") })
      }
    }
    return uses
  }
}

extension Syntax {
  private var nodes: ArraySlice<SyntaxTree.Node> { tree.nodes[lowestIndex...index] }

  /// The variables, values and functions of the text that a formula mentions.
  fileprivate var names: Set<String> {
    var names: Set<String> = []
    for node in nodes {
      switch node.kind {
      case .variable(let name): names.insert(name)
      case .call(.defined(let name), _): names.insert(String(name.prefix { $0 != "'" }))
      default: continue
      }
    }
    return names
  }

  /// The families whose members a formula mentions by an index: x of `x[i]`.
  fileprivate var families: Set<String> {
    Set(nodes.compactMap { if case .element(let name) = $0.kind { name } else { nil } })
  }
}
