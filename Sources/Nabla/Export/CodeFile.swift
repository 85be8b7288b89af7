import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation

extension Formula {
  /// The value and the gradient as functions of a programming language, with the Hessian where it is asked for.
  ///
  ///     try Formula("x^2 y").code(in: .c)   // double f(const double point[2]), double f_gradient(...)
  ///
  /// Letters without a value become arguments. Throws where the language lacks a function of the formula.
  public func code(in dialect: Dialect, withHessian: Bool = false) throws(ExportError) -> String {
    try CodeFile([self], in: dialect, withHessian: withHessian).text
  }
}

/// The functions of some formulas as one file of a language.
package struct CodeFile {
  /// The text of the file.
  package let text: String

  /// Writes formulas; `names` are those of their functions, their own where there are none.
  package init(
    _ formulas: [Formula], names: [String]? = nil, in dialect: Dialect, withHessian: Bool = false
  ) throws(ExportError) {
    guard let layout = dialect.layout else {
      text = try QueryWriter(formulas, in: dialect).text
      return
    }
    var functions: [[String]] = []
    var templates: Set<String> = []
    for (place, formula) in formulas.enumerated() {
      var code = FormulaCode(
        formula, name: names?[place] ?? formula.name, dialect: dialect, layout: layout)
      functions.append(try code.function(.value))
      if !formula.variables.isEmpty { functions.append(try code.function(.gradient)) }
      if withHessian, !formula.variables.isEmpty { functions.append(try code.function(.hessian)) }
      templates.formUnion(code.templates)
    }
    let helpers = dialect.helpers.filter { helper in templates.contains { $0.hasPrefix(helper.key) } }
    var blocks = helpers.sorted { $0.key < $1.key }.map { [$0.value] } + functions
    if !layout.preamble.isEmpty { blocks.insert(layout.preamble, at: 0) }
    let gap = String(repeating: "\n", count: layout.gap + 1)
    text = blocks.map { $0.joined(separator: "\n") }.joined(separator: gap) + "\n"
  }
}

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
    if let error = writer.error { throw error }
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

/// What a function computes: expressions with their places, and stretches of one formula each.
private struct OutputPlan {
  var values: [Expr] = []
  /// Where the values go, apart from the first one where that is the formula's own.
  var places: [Int] = []
  var stretches: [Listing.Stretch] = []
  var hasValue: Bool
  /// The number of entries.
  var count = 0
  /// The same values from derivatives that nobody simplified, where that is another way.
  private var raw: [Expr]?

  private static let (mostOfHessian, mostTerms) = (50, 2_000)

  init(_ formula: Formula, _ part: Dialect.Part, dialect: Dialect) throws(ExportError) {
    hasValue = part != .hessian
    var (expression, variables) = (formula.expression, formula.variables)
    do throws(FormulaError) {
      switch part {
      case .value: values = [expression]
      case .gradient:
        count = variables.count
        if expression.families.isEmpty {
          values = [expression] + (try formula.gradient().partials.map(\.expression))
          places = Array(variables.indices)
          var budget = Budget(formula.limits.work)
          raw = (try? expression.partials(by: variables, limits: formula.limits, budget: &budget)).map {
            [expression] + $0
          }
        } else {
          try takeFamilies(formula)
        }
      case .hessian:
        guard variables.count <= Self.mostOfHessian else {
          throw .overrun(.tooLarge("Hessian of \(variables.count) variables"))
        }
        expression = try Self.written(expression)
        variables = formula.variables
        let rows = try Formula(expression, variables: variables).hessian()
        values = rows.flatMap { $0 }
        count = values.count
        places = Array(values.indices)
      }
    } catch { throw .formula(error) }
    values = values.map { $0.lowered(for: dialect) }
    raw = raw?.map { $0.lowered(for: dialect) }
    stretches = stretches.map {
      .init(members: $0.members, shift: $0.shift, value: $0.value.lowered(for: dialect))
    }
  }

  /// The gradient over indexed families as loops; written out where it has no form in common.
  private mutating func takeFamilies(_ formula: Formula) throws(FormulaError) {
    let variables = formula.variables
    let places = Dictionary(zip(variables, variables.indices), uniquingKeysWith: { first, _ in first })
    values = [formula.expression]
    guard let partials = try formula.familyDerivatives(from: 1) else {
      let expression = try Self.written(formula.expression)
      values += try Formula(expression, variables: variables).gradient().partials.map(\.expression)
      self.places = Array(variables.indices)
      return
    }
    for partial in partials {
      switch partial.subject {
      case .variable(let variable):
        guard let place = places[variable] else { continue }
        values.append(partial.expression)
        self.places.append(place)
      case .members(let family, let members):
        guard let first = places[family.member(members.lowerBound)],
          places[family.member(members.upperBound)] == first + members.count - 1
        else { continue }
        stretches.append(
          .init(members: members, shift: first - members.lowerBound, value: partial.expression))
      }
    }
  }

  /// The expression with its sums and products over an index written out.
  static func written(_ expression: Expr) throws(FormulaError) -> Expr {
    guard !expression.families.isEmpty || expression.hasFold else { return expression }
    guard let written = expression.withoutFolds(most: mostTerms) else {
      throw .overrun(.tooLarge("terms of a sum that is written out"))
    }
    return written
  }

  /// The steps; where derivatives as they come take fewer than those simplified for a reader, those.
  func listing(letters: [Variable], limits: Limits) throws(ExportError) -> Listing {
    do {
      let simplified = try Listing(values, stretches: stretches, letters: letters, limits: limits)
      guard let raw, let other = try? Listing(raw, letters: letters, limits: limits),
        other.count < simplified.count
      else { return simplified }
      return other
    } catch {
      throw .formula(FormulaError(error))
    }
  }
}

extension Expr {
  /// Whether a sum or product over an index occurs.
  var hasFold: Bool {
    distinctSubexpressions().contains { if case .fold = $0.shape { true } else { false } }
  }

  /// The expression with its sums and products over an index written out; nil where they have too many terms.
  func withoutFolds(most: Int) -> Expr? {
    var result = self
    while let part = result.distinctSubexpressions().last(where: {
      if case .fold = $0.shape { true } else { false }
    }) {
      guard case .fold(let fold) = part.shape, fold.count <= most else { return nil }
      let terms = (fold.lower...fold.upper).map { fold.term(at: $0) }
      let written = fold.kind == .sum ? Expr.sum(terms) : .product(terms)
      guard written.size <= 200 * most else { return nil }
      result = result.rebuilt { $0 == part ? written : nil }
    }
    return result
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

/// Names that a language can use.
enum Identifier {
  /// The names made of letters, digits and `_`, none of them reserved or twice.
  static func unique(_ names: [String], reserved: Set<String>, isCaseBlind: Bool = false) -> [String] {
    var taken = reserved
    let key = { (name: String) in isCaseBlind ? name.lowercased() : name }
    return names.map { name in
      var clean = String(
        name.unicodeScalars.map { scalar in
          let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
          return isPlain ? Character(scalar) : "_"
        })
      if clean.first.map({ $0.isNumber }) ?? true { clean = "v" + clean }
      while taken.contains(key(clean)) { clean += "_" }
      taken.insert(key(clean))
      return clean
    }
  }

  /// A name of our own that no letter has.
  static func free(_ name: String, beside letters: [String]) -> String {
    var name = name
    while letters.contains(name) { name += "_" }
    return name
  }
}
