import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Invocation {
  /// The names of `--vars`; nil where it is not given.
  func names() throws(Failure) -> [String]? {
    var names: [String] = []
    var known: NameTable<String> = [:]
    let given = arguments.all(.vars)
    for option in given {
      func refuse(_ sentence: String, fix: String? = nil) -> Failure {
        .usage(UsageError(.badNames(sentence), at: option.argument, fix: fix))
      }
      for part in option.text.split(
        omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0 == ";" })
      {
        let typed = PointReader.trimmed(String(part))
        let quoted = glyphs.quoted(typed)
        if typed.isEmpty { throw refuse("a name is missing between two commas", fix: "such as x,y") }
        guard let name = Reading.name(typed) else {
          let words = typed.split(separator: " ")
          let isList = words.count > 1 && words.allSatisfy { Reading.name(String($0)) != nil }
          throw refuse(
            "\(quoted) is no name of a variable",
            fix: isList ? "for \(words.count) variables, \(words.joined(separator: ","))" : "such as x,y")
        }
        if let before = known[name] {
          throw refuse(
            before == typed
              ? "\(quoted) is named twice"
              : "\(glyphs.quoted(before)) and \(quoted) are one variable")
        }
        known[name] = typed
        names.append(typed)
      }
    }
    return given.isEmpty ? nil : names
  }

  /// The values of `--let`, each a formula of constants.
  func parameters() throws(Failure) -> [String: Expr] {
    var values: [String: Expr] = [:]
    for given in arguments.all(.lets) {
      for part in parts(given.text) {
        guard let typed = part.name, !part.value.isEmpty, let name = Reading.name(typed) else {
          throw .usage(
            UsageError(.badLet("--let gives a name a value, such as a=2"), at: given.argument))
        }
        guard values[name] == nil else {
          throw .usage(
            UsageError(.badLet("\(glyphs.quoted(typed)) is given two values"), at: given.argument))
        }
        values[name] = try constant(part.value, at: given.argument).expression
      }
    }
    return values
  }
}
