import Nabla
import NablaBasics
import NablaNotation

/// What a command line has too much of: most often a shell has cut at a blank what belongs together.
extension Invocation {
  /// Refuses values beyond the first `count`.
  func allow(values count: Int, fix: String? = nil) throws(Failure) {
    guard arguments.values.count > count else { return }
    let surplus = arguments.values[count]
    var said = fix
    if said == nil { said = try advice(on: count).map(glyphs.worded) }
    throw .usage(
      UsageError(.surplus(surplus.text, command: arguments.command.name), at: surplus.argument, fix: said))
  }

  /// What to do with the values from a place on.
  private func advice(on place: Int) throws(Failure) -> String? {
    let surplus = arguments.values[place]
    if let cut = cutOption(before: place) { return "a blank ends a value: write \(cut)" }
    guard arguments.command.readsFormula else { return nil }
    if let formula = typographicallyQuoted() {
      return "“ and ” are no quotes for a shell: write nabla \(name)'\(formula)'"
    }
    let word = surplus.text.first == "-" ? surplus.text.dropFirst() : surplus.text[...]
    if let option = Option.all.first(where: { $0.name == word }), word.utf8.count > 1 {
      let value = place + 1 < arguments.values.count ? " " + valueText(from: place + 1) : ""
      if option.value == .none || !value.isEmpty { return withOption(option, value) }
    }
    guard place == 1 else { return nil }
    if isFile(surplus.text), arguments.command.accepts(.output) {
      return "for a file, write -o \(surplus.text)"
    }
    if let option = optionOfSurplus() { return option }
    let texts = arguments.values.map(\.text)
    let whole = texts.joined(separator: " ")
    let isShort = whole.utf8.count <= 60 && !whole.contains("'")
    let error = isShort ? error(ofFormula: whole) : nil
    if let error, error.diagnostics.first?.kind.isAboutATask == true { throw .reading(error) }
    let areJoined = zip(texts, texts.dropFirst()).allSatisfy(areJoined)
    guard isShort, error == nil, areJoined, !areSeparate(texts) else {
      return severalFormulas(texts)
    }
    return "one formula stands in quotes: nabla \(name)'\(whole)'"
  }

  private func severalFormulas(_ texts: [String]) -> String {
    arguments.command.name == Command.plot.name && texts.allSatisfy { error(ofFormula: $0) == nil }
      ? "a plot shows one formula: draw the other into another file, or plot their difference"
      : "one formula at a time; a formula with blanks stands in quotes"
  }

  /// Whether the texts were meant as formulas of their own: an argument with a blank has had its quotes, and two
  /// pictures are more likely wanted than one of a product.
  private func areSeparate(_ texts: [String]) -> Bool {
    let quoted = texts.count { $0.contains(" ") }
    if quoted > 1 { return true }
    let isPlot = arguments.command.name == Command.plot.name
    let isMoreThanAName: (String) -> Bool = { $0.contains { !$0.isLetter && !$0.isNumber } }
    guard quoted == 1 || isPlot && texts.allSatisfy(isMoreThanAName) else { return false }
    return texts.allSatisfy { error(ofFormula: $0) == nil }
  }

  /// Why a text is no formula; nil where it is one, and where the command reads it otherwise.
  private func error(ofFormula text: String) -> ReadingError? {
    guard arguments.command.operands == "FORMULA" else { return nil }
    do throws(ReadingError) {
      _ = try Formula(text, options: readingOptionsOfValues)
      return nil
    } catch {
      return error
    }
  }

  /// The command's name with a blank behind it, where it was typed.
  private var name: String { arguments.isNamed ? arguments.command.name + " " : "" }

  /// Whether a text is the name of a file that a picture can be written to.
  private func isFile(_ text: String) -> Bool { [".svg", ".html", ".txt"].contains { text.hasSuffix($0) } }

  /// An option that was typed without its dashes, with the command that has it.
  private func withOption(_ option: Option, _ value: String) -> String {
    let dashed = "--\(option.name)\(option.value == .none ? "" : value)"
    if arguments.command.accepts(option), arguments.isNamed || option.name != Option.at.name {
      return "an option begins with two dashes: write \(dashed)"
    }
    let owner = option.name == Option.at.name ? Command.eval : Command.all.first { $0.accepts(option) }
    let formula = UsageError.asTyped(arguments.values[0].text)
    return "write nabla \(owner?.name ?? arguments.command.name) \(formula) \(dashed)"
  }

  /// Values put together again, up to one that is a word by itself.
  private func valueText(from place: Int) -> String {
    arguments.values[place...].prefix { value in !Option.all.contains { $0.name == value.text } }
      .map(\.text).joined()
  }

  /// `--at x=1,y=2` where a blank behind the comma, or around a sign, has cut `x=1, y=2` in two.
  private func cutOption(before place: Int) -> String? {
    let surplus = arguments.values[place]
    guard let option = arguments.option(at: surplus.argument - 1) else { return nil }
    let open = ",;=(+-*/^"
    guard option.text.last.map(open.contains) == true || surplus.text.first.map(",;=)+*/^".contains) == true
    else {
      return nil
    }
    var whole = option.text + surplus.text
    var last = surplus.argument
    for next in arguments.values[(place + 1)...] where next.argument == last + 1 {
      whole += next.text
      last += 1
    }
    return "--\(option.name) \(UsageError.asTyped(whole))"
  }

  /// The values without typographic quotes around them; nil where there are none.
  private func typographicallyQuoted() -> String? {
    let whole = arguments.values.map(\.text).joined(separator: " ")
    let pairs: [(open: Character, close: Character)] = [
      ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("‘", "’"),
    ]
    guard let pair = pairs.first(where: { whole.first == $0.open && whole.last == $0.close }), whole.count > 2
    else {
      return nil
    }
    let inner = String(whole.dropFirst().dropLast())
    return inner.contains(pair.open) || inner.contains("'") ? nil : inner
  }

  /// Whether two arguments side by side mean the same in one formula: a blank between x − 1 and x + 1 would multiply
  /// 1 by x alone.
  private func areJoined(_ left: String, _ right: String) -> Bool {
    let signs = "+-−–*·×/÷^=<>,;("
    if left.last.map(signs.contains) == true || right.first.map((signs + ")!").contains) == true {
      return true
    }
    let isSum: (String) -> Bool = { $0.dropFirst().contains { "+-−–".contains($0) } }
    return !isSum(left) && !isSum(right)
  }
}
