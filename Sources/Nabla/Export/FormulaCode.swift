import NablaAlgebra
import NablaEvaluation
import NablaNotation

/// The functions of one formula.
struct FormulaCode {
  private let formula: Formula
  private let dialect: Dialect
  private let layout: Dialect.Layout
  private let base: String
  private let names: CodeWriter.Names
  /// What was written that may need a definition.
  private(set) var templates: Set<String> = []

  init(_ formula: Formula, name: String, dialect: Dialect, layout: Dialect.Layout) {
    (self.formula, self.dialect, self.layout) = (formula, dialect, layout)
    let letters = formula.variables + formula.parameters
    names = CodeWriter.Names(
      letters: Identifier.unique(letters.map(\.name), reserved: dialect.reserved),
      point: Identifier.free("point", beside: letters.map(\.name)))
    base = Identifier.unique([name], reserved: dialect.reserved)[0]
  }

  /// The lines of a function.
  mutating func function(_ part: Dialect.Part) throws(ExportError) -> [String] {
    let plan = try OutputPlan(formula, part, dialect: dialect)
    let listing = try plan.listing(letters: formula.variables + formula.parameters, limits: formula.limits)
    var writer = CodeWriter(dialect: dialect, names: names, listing: listing)
    let letters = formula.variables.map(\.name) + formula.parameters.map(\.name)
    let head = Dialect.Head(
      part: part, function: layout.function(base, part), point: names.point,
      array: Identifier.free(part == .hessian ? "hessian" : "gradient", beside: letters),
      count: formula.variables.count, parameters: Array(names.letters.dropFirst(formula.variables.count)))
    let layout = layout
    let indent = layout.indent
    var body = writer.statements(listing.lines, layout, indent: indent) { place, value in
      layout.assign(head.array, place, value)
    }
    let texts = listing.outputs.map { writer.text(of: $0) }
    let value = plan.hasValue ? texts.first : nil
    let entries = plan.hasValue ? Array(texts.dropFirst()) : texts
    if part != .value, !plan.stretches.isEmpty || layout.zeros == nil {
      let assigned = zip(plan.places, entries).map { place, entry in
        indent + layout.assign(head.array, String(place + layout.base), entry)
      }
      if let zeros = layout.zeros {
        body.insert(indent + zeros(head.array, plan.count, part), at: 0)
      }
      body += assigned
      body += layout.result(head, value, nil).map { indent + $0 }
    } else {
      body += layout.result(head, value, part == .value ? nil : entries).map { indent + $0 }
    }
    if let error = writer.error { throw error.named(in: formula.expression, part, dialect) }
    templates.formUnion(writer.templates)
    let comment = comment(part)
    var lines = layout.comment(comment) + layout.open(head)
    lines +=
      (layout.prologue(head, comment) + unpacked(writer, head)).map { $0.isEmpty ? "" : indent + $0 } + body
    if let close = layout.close.function { lines.append(close) }
    return lines
  }

  /// The letters that are used, taken out of the point.
  private func unpacked(_ writer: CodeWriter, _ head: Dialect.Head) -> [String] {
    let used = writer.usedLetters.filter { $0 < formula.variables.count }.sorted()
    var lines = used.map { place in
      layout.constant(names.letters[place], "\(names.point)[\(place + layout.base)]")
    }
    guard let ignore = layout.ignore else { return lines }
    if used.isEmpty, !writer.usesPoint { lines.append(ignore(names.point)) }
    for (place, name) in head.parameters.enumerated()
    where !writer.usedLetters.contains(place + formula.variables.count) {
      lines.append(ignore(name))
    }
    return lines
  }

  private func comment(_ part: Dialect.Part) -> [String] {
    let letters = formula.variables.map(\.name)
    let shown =
      letters.count > 8
      ? "\(letters[0]), \(letters[1]), ..., \(letters[letters.count - 1])" : letters.joined(separator: ", ")
    switch part {
    case .value:
      var lines = [formula.plainText]
      if !letters.isEmpty { lines.append("\(names.point): \(shown)") }
      return lines
    case .gradient: return ["The value of \(formula.name) and its partial derivatives by \(shown)."]
    case .hessian: return ["The second derivatives of \(formula.name) by \(shown), row by row."]
    }
  }
}

extension Formula {
  /// `f(x, y) = 3x^2 + 8xy - 3y^5` in ASCII, cut where it is very long.
  var plainText: String {
    let shown = variables.count > 8 ? [variables[0], variables[variables.count - 1]] : variables
    var arguments = shown.map { Form.variable($0.name) }
    if variables.count > 8 { arguments.insert(.ellipsis, at: 1) }
    let left = arguments.isEmpty ? Form.variable(name) : .label(.function(name, arguments))
    let text = left.text(.plain) + " = " + bodyForm.text(.plain)
    let line = text.replacing("*/", with: "* /").replacing("\n", with: " ")
    return line.utf8.count <= 300 ? line : String(line.prefix(300)) + "..."
  }
}
