/// The arguments of a run, understood: a command, its values, its options.
package struct Arguments: Sendable {
  /// A text and the argument it came from.
  package struct Given: Hashable, Sendable {
    /// The text.
    package let text: String
    /// The index of its argument.
    package let argument: Int
  }

  /// The command, named or implied.
  package let command: Command
  /// Whether the command's own name was typed.
  package let isNamed: Bool
  /// The arguments that are no options, in order, without the command's name.
  package let values: [Given]
  private let options: [String: [Given]]
  /// The number of arguments: where a missing one would stand.
  package let end: Int

  /// Whether an option is given.
  package func has(_ option: Option) -> Bool { options[option.name] != nil }

  /// The value of an option.
  package func value(_ option: Option) -> Given? { options[option.name]?.last }

  /// The values of an option that may be repeated.
  package func all(_ option: Option) -> [Given] { options[option.name] ?? [] }

  /// The option that has its value in an argument, and that value.
  func option(at argument: Int) -> (name: String, text: String)? {
    for (name, given) in options {
      if let value = given.first(where: { $0.argument == argument }), !value.text.isEmpty {
        return (name, value.text)
      }
    }
    return nil
  }

  /// The value of an option that is a whole number; the reader has checked it.
  func integer(_ option: Option) -> Int? { value(option).flatMap { Int($0.text) } }

  init(
    command: Command, isNamed: Bool, values: [Given], options: [String: [Given]], end: Int
  ) {
    self.command = command
    self.isNamed = isNamed
    self.values = values
    self.options = options
    self.end = end
  }
}
