import NablaAlgebra
import NablaNotation

/// The names under which a model speaks of the columns of a table.
///
///     ColumnNames(["t", "Body mass (kg)", "e"]).names   // ["t", "Body_mass_kg", "e"]
///
/// A header that can be read as one name is that name, also where it is a function or a constant elsewhere: a column
/// `e` is the column, a column `sin` is too. Other characters become underscores; what is no name even then is c1, c2,
/// … by its place.
struct ColumnNames: Sendable {
  /// The canonical name of each column.
  let names: [String]

  init(_ header: [String]) {
    var names: [String] = []
    var known: Set<String> = []
    for (place, text) in header.enumerated() {
      let candidates = [text, ColumnNames.tidied(text), "c\(place + 1)", "column_\(place + 1)"]
      let found = candidates.lazy.compactMap { ColumnNames.name($0) }.first { !known.contains($0) }
      let name = found ?? "column_\(place + 1)"
      names.append(name)
      known.insert(name)
    }
    self.names = names
  }

  /// The canonical name that a text is; nil where it is none.
  private static func name(_ text: String) -> String? {
    guard text.first?.isLetter == true, text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      return nil
    }
    let name = Reading.canonicalName(text)
    var options = ReadingOptions()
    options.declaredNames = [name]
    // Read in company, so that a name that begins a sum or a word such as `and` shows itself.
    guard let reading = try? Reading.read("2 \(text) + 3 \(text)", options: options),
      reading.expression == 5 * Expr.variable(Variable(name))
    else { return nil }
    return name
  }

  private static func tidied(_ text: String) -> String {
    var result = ""
    for character in text {
      let isPart = character.isASCII && (character.isLetter || character.isNumber)
      if isPart { result.append(character) } else if result.last != "_" { result.append("_") }
    }
    while result.last == "_" { result.removeLast() }
    return String(result.drop { $0 == "_" })
  }
}
