import Nabla
import NablaNotation

/// Derivatives that are named without an argument: `f'`.
extension Session {
  /// `f'` and `f''` of a definition of one variable: its name and the order.
  func derivativeAlone(_ text: String) -> (name: String, order: Int)? {
    let orders: [Character: Int] = ["'": 1, "’": 1, "′": 1, "″": 2]
    let name = String(text.prefix { orders[$0] == nil })
    let primes = text.dropFirst(name.count).map { orders[$0] }
    guard !primes.isEmpty, let known = definitions.definition(of: name), !primes.contains(nil) else {
      return nil
    }
    guard let formula = try? Formula(known.before + known.text, options: readingOptions),
      formula.variables.count == 1
    else { return nil }
    return (name, primes.reduce(0) { $0 + ($1 ?? 0) })
  }

  /// `f'(x)` for `f'`, where f is a definition of one variable.
  func derivativeWithArgument(_ text: String) -> String? {
    guard let (name, _) = derivativeAlone(text), let known = definitions.definition(of: name),
      let variable = try? Formula(known.before + known.text, options: readingOptions).variables.first?.name
    else { return nil }
    let letters = [variable, "x", "t", "u", "s"].filter { !definitions.names.contains($0) }
    return letters.first.map { "\(text)(\($0))" }
  }

  /// `v = h'` as `v = h'(t)`.
  func withArgument(definition text: String) -> String {
    guard let equals = text.firstIndex(of: "="),
      text.hasSuffix("'") || text.hasSuffix("′") || text.hasSuffix("’"),
      case let value = SessionLine.trimmed(text[text.index(after: equals)...]),
      let whole = derivativeWithArgument(String(value))
    else { return text }
    return text + whole.dropFirst(value.count)
  }
}
