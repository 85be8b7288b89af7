import NablaBasics
import NablaNotation

/// The definitions of a session, in an order in which each uses only those before it.
///
///     var definitions = Definitions()
///     try definitions.define("f", as: "f(x) = x^2")
///     definitions.text   // "f(x) = x^2\n"
package struct Definitions: Sendable {
  private var lines: [(name: String, text: String)] = []

  package init() {}

  /// The names, in the order of the definitions.
  package var names: [String] { lines.map(\.name) }
  /// The lines themselves.
  package var texts: [String] { lines.map(\.text) }
  /// All lines, each with its line end.
  package var text: String { Definitions.joined(lines[...]) }

  private static func joined(_ lines: ArraySlice<(name: String, text: String)>) -> String {
    lines.map { $0.text + "\n" }.joined()
  }

  /// The line that defines a name, and the lines in front of it.
  package func definition(of name: String) -> (before: String, text: String)? {
    guard let place = lines.firstIndex(where: { $0.name == name }) else { return nil }
    return (Definitions.joined(lines[..<place]), lines[place].text)
  }

  /// Takes a definition out; what uses the name then uses a letter.
  ///
  /// Throws where the other lines can no longer be read, and leaves them as they were; their names are in `names`.
  package mutating func forget(_ name: String, limits: Limits = .standard) throws(ReadingError) {
    var options = ReadingOptions()
    options.limits = limits
    let rest = lines.filter { $0.name != name }
    if !rest.isEmpty { _ = try Reading.read(Definitions.joined(rest[...]), options: options) }
    lines = rest
  }

  /// Adds a definition, or puts it in the place of the one before; what uses the name then uses the new one.
  ///
  /// Throws where the lines can no longer be read together, and leaves them as they were.
  package mutating func define(_ name: String, as text: String, limits: Limits = .standard)
    throws(ReadingError)
  {
    var options = ReadingOptions()
    options.limits = limits
    var changed = lines
    if let place = lines.firstIndex(where: { $0.name == name }) {
      changed[place].text = text
      if (try? Reading.read(Definitions.joined(changed[...]), options: options)) != nil {
        lines = changed
        return
      }
      changed.remove(at: place)
    }
    changed.append((name, text))
    _ = try Reading.read(Definitions.joined(changed[...]), options: options)
    lines = changed
  }
}
