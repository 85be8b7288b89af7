import NablaBasics
import NablaCLI

/// Every command line is understood, or refused with the argument at fault and a caret below it.
///
/// A text stands for arguments with U+001F between them.
enum OptionLaw {
  /// What is wrong with a command line; nil where the law holds.
  static func trouble(with text: String) -> String? {
    let arguments = arguments(of: text)
    do throws(UsageError) {
      let read = try ArgumentReader.read(arguments)
      let places = read.values + Option.all.flatMap { read.all($0) }
      for given in places where !arguments.indices.contains(given.argument) {
        return "argument \(given.argument) of \(arguments.count)"
      }
      return read.values.allSatisfy { arguments[$0.argument] == $0.text } ? nil : "a value changed on the way"
    } catch {
      guard (0...arguments.count).contains(error.argument) else {
        return "the error stands at argument \(error.argument) of \(arguments.count)"
      }
      return CommandLaw.trouble(with: arguments, isRefused: true)
    }
  }

  static func arguments(of text: String) -> [String] {
    text.isEmpty ? [] : text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
  }

  /// A command with values and options, its own and those of others, sometimes misspelt.
  static func text(start: UInt64) -> String {
    var lot = Lot(start: start)
    var arguments: [String] = []
    if !lot.oneIn(4) { arguments.append(lot.one(of: Command.all).name) }
    for _ in 0..<lot.below(3) { arguments.append(lot.one(of: Samples.formulas)) }
    for _ in 0..<lot.below(5) {
      let place = lot.below(arguments.count + 1)
      arguments.insert(contentsOf: option(&lot), at: place)
    }
    let text = arguments.joined(separator: "\u{1F}")
    return lot.oneIn(3) ? lot.disturbed(text, with: damage, changes: 1 + lot.below(3)) : text
  }

  private static func option(_ lot: inout Lot) -> [String] {
    let row = lot.one(of: Option.all)
    var value = row.example
    if case .choice(let choices) = row.value { value = lot.one(of: choices) }
    if lot.oneIn(6) { value = lot.one(of: values) }
    if row.value == .none, !lot.oneIn(12) { return ["--\(row.name)"] }
    if let letter = row.letter, lot.oneIn(2) { return ["-\(letter)", value] }
    return lot.oneIn(3) ? ["--\(row.name)=\(value)"] : ["--\(row.name)", value]
  }

  /// The words of command lines: their commands and options, and what damages them.
  static let words =
    Command.all.map { $0.name + "\u{1F}" } + Option.all.map { "\u{1F}--\($0.name)\u{1F}\($0.example)" }
    + damage

  private static let damage = [
    "--", "-", "=", "\u{1F}", "\u{1F}--\u{1F}", "-h", "-q", "--json", "--at", "--vars=", "'", "\"", "\n",
    "\t", "\u{0}",
    "\u{202E}", "é", "关", "\u{301}", "x", "8", "nabla", "minimize x^2",
  ]
  private static let values = [
    "", "-8", "1,2", "x=1", "x=1,y=pi/2", "1e999", "nan", "-2..2", "2..-2", "..", "=", ",", "0", "-1",
    "999999999999", "1.5",
    "x", "x,x", "--", "é", "\u{0}", "1;2", "1,5;2", "(", "1/0", "x=x", "a=2,b=3", "pi", "-inf..inf",
    "x=-2..2,y=0..pi",
  ]
}
