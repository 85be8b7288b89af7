import NablaAlgebra
import NablaBasics
import NablaNotation

/// A model of the columns of a table: `y = a exp(b t)`.
///
///     let model = try FitModel("y = a exp(b t)", columns: ["t", "y"])
///     model.parameters.map(\.name)   // ["a", "b"]
///
/// Names of columns are columns, all others are parameters. The left side may be any expression of the columns. A model
/// without a left side is a loss for each row, which is added up and made small.
public struct FitModel: Sendable {
  /// What the left side is; nil for a loss.
  public let response: Expr?
  /// What the right side is, or the loss.
  public let expression: Expr
  /// The parameters in natural order.
  public let parameters: [Variable]
  /// All columns, by the names that the model uses for them, in the order of the table.
  public let columns: [Variable]
  /// What was read in a way that the writer may not have meant.
  public let notes: [Diagnostic]
  /// The text, for the places in `notes`.
  public let source: SourceText

  /// The names in the table's header.
  public let header: [String]

  let left: Form?
  let right: Form
  let options: ReadingOptions
  private let spellings: [String: String]

  /// Reads a model; `columns` are the names in the table's header.
  public init(
    _ text: String, columns header: [String], isLoss: Bool = false,
    options given: ReadingOptions = ReadingOptions()
  ) throws(FitError) {
    let names = ColumnNames(header).names
    var options = given
    options.declaredNames += names
    self.options = options
    source = SourceText(text)
    columns = names.map { Variable($0) }
    self.header = header
    let sides = FitModel.sides(of: text)
    guard sides.left != nil || isLoss else {
      throw try FitModel.noLeftSide(text, source, options, header, names)
    }
    let right = try FitModel.read(
      sides.left == nil || isLoss ? text : sides.right, source, options, header, names)
    expression = right.expression.withMembers(limits: options.limits)
    self.right = Form(right.syntax)
    var notes = right.diagnostics
    if let leftText = sides.left, !isLoss {
      if let name = FitModel.columnWithList(leftText, names, options) {
        response = .variable(Variable(name))
        left = .variable(name)
      } else {
        let side = try FitModel.read(leftText, source, options, header, names)
        response = side.expression
        left = Form(side.syntax)
        notes = FitModel.joined(side.diagnostics, notes)
      }
    } else {
      (response, left) = (nil, nil)
    }
    // Beside the columns a word is a parameter, and the list of parameters says so.
    self.notes = notes.filter { note in if case .oneName = note.kind { false } else { true } }
    let known = Set(columns)
    if let other = response?.freeVariables.first(where: { !known.contains($0) }) {
      throw .notAColumn(
        Form.variable(other.name).text(.unicode), where: "on the left side",
        columns: FitModel.written(header, names))
    }
    parameters = expression.freeVariables.filter { !known.contains($0) }
    spellings = FitModel.spellings(in: text)
    guard !parameters.isEmpty else { throw .noParameters(columns: FitModel.written(header, names)) }
  }

  /// The columns that the model and further expressions need, by their place in the table.
  public func usedColumns(with others: [Expr] = []) -> [Int] {
    let used = Set(([expression] + (response.map { [$0] } ?? []) + others).flatMap { $0.freeVariables })
    return columns.indices.filter { used.contains(columns[$0]) }
  }

  /// An expression of the columns, such as weights; what it is called stands in messages.
  public func columnExpression(_ text: String, as what: String) throws(FitError) -> Expr {
    let reading = try FitModel.read(text, SourceText(text), options, header, columns.map(\.name))
    if let other = reading.expression.freeVariables.first(where: { !columns.contains($0) }) {
      throw .notAColumn(
        Form.variable(other.name).text(.unicode), where: "in \(what)",
        columns: FitModel.written(header, columns.map(\.name)))
    }
    return reading.expression
  }

  /// A name as programs write it: as typed in the model, so b1 stays b1.
  public func shown(_ variable: Variable) -> String {
    spellings[variable.name] ?? Form.variable(variable.name).text(.plain)
  }

  /// The columns on the right side that are called like a constant, such as e.
  package var columnsCalledLikeConstants: [String] {
    let used = Set(expression.freeVariables)
    return columns.filter { used.contains($0) && ["e", "pi", "π"].contains($0.name) }.map(\.name)
  }

  /// A column of the header as the model writes it: `Time_s` for `Time (s)`.
  func written(_ column: String) -> String {
    header.firstIndex(of: column).map { Form.variable(columns[$0].name).text(.unicode) } ?? column
  }

  /// The parameter of this name, however it is spelt.
  public func parameter(_ name: String) -> Int? {
    let canonical = Reading.canonicalName(name)
    return parameters.firstIndex { $0.name == canonical }
  }

  /// The model as it was read: `y = a·e^(bt)`.
  package func text(_ format: Format) -> String {
    let format = spelled(format)
    return (left.map { $0.text(format) + " = " } ?? "") + right.text(format)
  }

  /// A format that has lowered characters for a name of one letter, but not for a word: there a word such as co2 stays as
  /// it was typed.
  func spelled(_ format: Format) -> Format {
    var spelled = format
    let (spell, typed) = (format.spell, spellings)
    spelled.spell = { name in
      let usual = spell(name)
      guard name.stem.utf8.count > 1, usual.text.contains("_"), !usual.text.contains("{"),
        let word = typed[([name.stem] + name.subscripts).joined(separator: "_")], !word.contains("_")
      else { return usual }
      return Format.Spelling(word, .word)
    }
    return spelled
  }
}
