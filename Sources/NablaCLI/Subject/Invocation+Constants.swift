import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Invocation {
  /// What the options say about reading a formula.
  func readingOptions() throws(Failure) -> ReadingOptions {
    var options = readingOptionsOfValues
    if arguments.has(.vars) { options.variables = try names() }
    if arguments.has(.lets) { options.parameters = try parameters() }
    return options
  }

  /// The same without variables and values.
  var readingOptionsOfValues: ReadingOptions {
    var options = ReadingOptions()
    options.isStrict = arguments.has(.strict)
    options.readsDecimalCommas = arguments.has(.decimalComma)
    options.limits = limits
    return options
  }

  /// The parts of a point, at commas, or at `;` where commas are decimal points.
  func parts(_ text: String) -> [PointReader.Part] {
    PointReader.parts(text, separator: arguments.has(.decimalComma) ? ";" : ",")
  }
}

extension Invocation {
  /// The value of a formula of constants, and how it is printed; anything else is refused, pointing at its argument.
  func constant(
    _ text: String, at argument: Int
  ) throws(Failure) -> (expression: Expr, value: Double, text: String) {
    let formula: Formula
    do throws(ReadingError) {
      var options = readingOptionsOfValues
      options.variables = []
      formula = try Formula(text, options: options)
    } catch {
      let sentence = error.diagnostics.first?.message ?? "it cannot be read"
      throw .usage(
        UsageError(.badPoint("\(glyphs.quoted(text)) is no number: \(glyphs.worded(sentence))"), at: argument)
      )
    }
    let letters = formula.expression.freeVariables
    if let letter = letters.first {
      throw .usage(
        UsageError(
          .badPoint(
            letter.name == text
              ? "\(glyphs.quoted(text)) is no number"
              : "\(glyphs.quoted(text)) is no number: \(glyphs.quoted(letter.name)) has no value"),
          at: argument))
    }
    guard let value = try? formula.value(at: []), value.isFinite else {
      throw .usage(UsageError(.badPoint("\(glyphs.quoted(text)) has no finite value"), at: argument))
    }
    if value == 0, case .number(let number) = formula.expression.shape, !number.isInteger {
      throw .usage(
        UsageError(
          .badPoint("\(glyphs.quoted(text)) is too small for a number: it would be 0"), at: argument))
    }
    show(notes: formula.notes, in: SourceText(text))
    let shown = formula.form(of: formula.expression).text(glyphs == .unicode ? .unicode : .plain)
    let isShort = shown.utf8.count <= 12 && formula.expression.isExactText
    return (formula.expression, value, isShort ? shown : number(value))
  }

  /// Says notes about how a text was read, unless the answer is JSON.
  func show(notes: [Diagnostic], in source: SourceText) {
    guard !notes.isEmpty, !isJSON else { return }
    console.remark(
      glyphs.worded(diagnostics: Diagnostic.render(notes, in: source, columns: console.remarkColumns)))
  }
}

extension Expr {
  /// Whether the text of a constant says more than its digits would: π/2, 1/3, −8.
  fileprivate var isExactText: Bool {
    if case .number(let number) = shape { return number.isExact }
    return true
  }
}
