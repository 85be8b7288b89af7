import NablaAlgebra
import NablaBasics
import NablaEvaluation

extension Formula {
  /// A SELECT that computes the formula and its gradient over the columns of a table.
  ///
  ///     let loss = try Formula("f(a, b) = (a x + b - y)^2")
  ///     try loss.query(over: "points", isSum: true)   // SUM over the rows, for the unknowns :a and :b
  ///
  /// Letters are columns. Where the rows are added up, the formula's variables are unknowns: bound as `:a`, or the
  /// numbers of `values`. Sums over an index are written out.
  public func query(
    over table: String = "t", isSum: Bool = false, values: [Double]? = nil
  ) throws(ExportError) -> String {
    try QueryWriter([self], in: .sql, table: table, isSum: isSum, values: values).text
  }
}

/// Writes formulas as statements of SQL.
struct QueryWriter {
  private(set) var text = ""
  private let dialect: Dialect

  /// The terms to which sums over an index are written out, and the columns of the answer.
  private static let (mostTerms, mostColumns) = (500, 200)

  init(
    _ formulas: [Formula], in dialect: Dialect, table: String = "t", isSum: Bool = false,
    values: [Double]? = nil
  ) throws(ExportError) {
    self.dialect = dialect
    var statements: [String] = []
    for formula in formulas {
      statements.append(try statement(of: formula, table: table, isSum: isSum, values: values))
    }
    text = statements.joined(separator: "\n")
  }

  /// A part that has a name: what it is, which names it needs, in which subquery it stands.
  private struct Definition {
    let name: String
    let text: String
    let needs: Set<String>
    let level: Int
  }

  /// What an operand depends on.
  private struct Reach {
    var level = 0
    var needs: Set<String> = []
  }

  private func statement(
    of formula: Formula, table: String, isSum: Bool, values: [Double]?
  ) throws(ExportError) -> String {
    guard formula.variables.count <= Self.mostColumns else {
      throw .tooLarge("\(formula.variables.count) variables")
    }
    let letters = formula.variables + formula.parameters
    let aliases = Identifier.unique(letters.map(\.name), reserved: dialect.reserved, isCaseBlind: true)
    guard let expression = formula.expression.withoutFolds(most: Self.mostTerms) else {
      throw .tooLarge("a sum over an index is written out")
    }
    let partials: [Expr]
    do throws(FormulaError) {
      let whole = Formula(expression, variables: formula.variables, limits: formula.limits)
      partials = try whole.gradient().partials.map(\.expression)
    } catch { throw .formula(error) }
    let listing: Listing
    do throws(CompilationError) {
      listing = try Listing(
        ([expression] + partials).map { $0.lowered(for: dialect) }, letters: letters, limits: formula.limits)
    } catch { throw .formula(FormulaError(error)) }
    var writer = CodeWriter(dialect: dialect, names: .init(letters: aliases), listing: listing)
    var reaches: [Int: Reach] = [:]
    let reach = { (operand: Listing.Operand) -> Reach in
      switch operand {
      case .letter(let place): Reach(level: 0, needs: [aliases[place]])
      case .step(let number): reaches[number] ?? Reach()
      case .number, .element, .index: Reach()
      }
    }
    var definitions: [Definition] = []
    for line in listing.lines {
      guard case .step(let number, let operation, let operands) = line else { continue }
      var all = Reach()
      for operand in operands.map(reach) {
        all.level = max(all.level, operand.level)
        all.needs.formUnion(operand.needs)
      }
      if let (name, text) = writer.define(number, operation, operands) {
        definitions.append(Definition(name: name, text: text, needs: all.needs, level: all.level + 1))
        all = Reach(level: all.level + 1, needs: [name])
      }
      reaches[number] = all
    }
    let outputs = listing.outputs.map { (text: writer.text(of: $0), needs: reach($0).needs) }
    if let error = writer.error { throw error }

    let titles = [formula.name] + aliases.prefix(formula.variables.count).map { "d\(formula.name)_d\($0)" }
    let columns = zip(outputs, titles).map { output, title in
      "  " + (isSum ? "SUM(\(output.text))" : output.text) + " AS " + title
    }
    var lines = ["-- " + formula.plainText]
    let depth = definitions.map(\.level).max() ?? 0
    var needed = outputs.reduce(into: Set<String>()) { $0.formUnion($1.needs) }
    var layers: [[String]] = []
    for level in stride(from: depth, to: 0, by: -1) {
      let own = definitions.filter { $0.level == level }
      let carried = needed.subtracting(own.map(\.name))
      layers.append(carried.sorted(by: Self.isBefore) + own.map { "\($0.text) AS \($0.name)" })
      needed = own.reduce(into: carried) { $0.formUnion($1.needs) }
    }
    let first = aliases.indices.filter { needed.contains(aliases[$0]) }.map { place in
      let isUnknown = isSum && place < formula.variables.count
      let number = isUnknown ? values.map { NumberText.shortest($0[place]) } : nil
      let source = number ?? (isUnknown ? ":" + aliases[place] : column(letters[place].name, aliases[place]))
      return "CAST(\(source) AS DOUBLE PRECISION) AS \(aliases[place])"
    }
    layers.append(first.isEmpty ? ["1 AS one"] : first)
    for (number, layer) in layers.reversed().enumerated() {
      let source = number == 0 ? Self.quoted(table) : "nabla_\(number - 1)"
      lines.append((number == 0 ? "WITH " : "") + "nabla_\(number) AS (")
      lines.append("  SELECT " + layer.joined(separator: ",\n    ") + "\n  FROM " + source)
      lines.append(number == layers.count - 1 ? ")" : "),")
    }
    lines.append("SELECT")
    lines.append(columns.joined(separator: ",\n"))
    lines.append("FROM nabla_\(layers.count - 1);")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A column by its own name, in quotes where the language would take it for something else.
  private func column(_ name: String, _ alias: String) -> String { name == alias ? name : "\"\(name)\"" }

  /// Letters first, then t2 before t10.
  private static func isBefore(_ a: String, _ b: String) -> Bool {
    a.utf8.count != b.utf8.count ? a.utf8.count < b.utf8.count : a < b
  }

  /// A table's name, with its schema or without; in quotation marks where it is not made of letters, digits and `_`.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
    if isPlain || name.hasPrefix("\"") { return name }
    let parts = name.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}
