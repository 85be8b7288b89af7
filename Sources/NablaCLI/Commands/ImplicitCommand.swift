import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Command {
  static let implicit: Command = .init(
    name: "implicit", operands: "EQUATION",
    summary: "the derivative of one variable by another that an equation ties it to",
    details: """
      The variable that depends on the others is z where x, y and z occur, else y, else the last one; --dependent \
      names another. It is differentiated by x (and y), or by those of --wrt; all other letters are held \
      constant. With --order 2 the second derivative stands below. An expression without = is set to zero.
      """,
    options: [.at, .wrt, .dependent, .order] + Option.ofFormulas,
    examples: [
      "implicit 'x^2 + y^2 = 1' --order 2", "implicit 'x^3 + y^3 = 6xy' --at 3,3",
      "implicit 'P V = n R T' --dependent P --wrt V",
    ]
  ) { invocation throws(Failure) in
    let operand = try invocation.operand(0, "an equation", such: "'x^2 + y^2 = 1'")
    try invocation.allow(values: 1, fix: "an equation with spaces stands in quotes")
    var equation: ImplicitEquation?
    let options = try invocation.readingOptions()
    let subject = try Subject(invocation, operand) { text throws(ReadingError) in
      let read = try ImplicitEquation(text, options: options)
      equation = read
      return read.formula
    }
    guard let equation else { throw .said(.notUnderstood) }
    if let syntax = subject.formula.reading?.syntax, syntax.kind == .comparison, !syntax.isEquation {
      throw subject.refuse("this is an inequality; an equation has one =")
    }
    if invocation.arguments.integer(.order) ?? 1 > 2, let given = invocation.arguments.value(.order) {
      throw .usage(
        UsageError(.notAWholeNumber(given.text, option: Option.order.name, 1...2), at: given.argument))
    }
    let text = try ImplicitText(subject: subject, equation: equation)
    if invocation.isJSON {
      invocation.console.answer(json: text.answer)
    } else if invocation.format.isMarkup, text.reason == nil {
      invocation.answer(text.block)
    } else {
      text.show()
    }
    return text.reason == nil ? .answered : .no
  }
}

/// Implicit derivatives as a person reads them.
struct ImplicitText {
  let subject: Subject
  let equation: ImplicitEquation
  private let dependent: Int
  private let rows: [ImplicitDerivative]
  private let mixed: [ImplicitMixedDerivative]
  private let check: SelfCheck
  private let point: Subject.Point?
  /// Why there is no answer at the point.
  let reason: String?

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }

  init(subject: Subject, equation: ImplicitEquation) throws(Failure) {
    (self.subject, self.equation) = (subject, equation)
    let arguments = subject.invocation.arguments
    guard subject.variables.count > 1 else {
      throw subject.refuse("an implicit derivative needs an equation of two variables or more")
    }
    var dependent = equation.dependent.flatMap { subject.variables.firstIndex(of: $0) } ?? 0
    if let given = arguments.value(.dependent) { dependent = try subject.variable(given.text, given) }
    self.dependent = dependent
    let places: [Int]
    if arguments.has(.wrt) {
      places = try subject.wanted()
    } else {
      let usual = subject.variables.indices.filter {
        $0 != dependent && ["x", "y"].contains(subject.variables[$0].name)
      }
      places = usual.isEmpty ? subject.variables.indices.filter { $0 != dependent } : usual
    }
    if places.contains(dependent), let given = arguments.value(.wrt) ?? arguments.value(.dependent) {
      throw .usage(
        UsageError(.badPoint("\(subject.shownName(dependent)) cannot depend on itself"), at: given.argument))
    }
    var rows: [ImplicitDerivative] = []
    var mixed: [ImplicitMixedDerivative] = []
    do {
      for place in places {
        rows.append(
          try equation.derivative(
            of: subject.variables[dependent], by: subject.variables[place],
            order: arguments.integer(.order) ?? 1))
      }
      if arguments.integer(.order) == 2 {
        mixed = try equation.mixedDerivatives(
          of: subject.variables[dependent], by: places.map { subject.variables[$0] })
      }
    } catch {
      if case .overrun(let overrun) = error { throw .overrun(overrun) }
      throw subject.refuse(error.sentence)
    }
    (self.rows, self.mixed) = (rows, mixed)
    check = try subject.trusted(equation.selfCheck(rows, mixed: mixed))
    point = try subject.point(of: .at)
    reason = try point.flatMap { point throws(Failure) in
      try ImplicitText.reason(subject, equation, rows, dependent, at: point)
    }
  }

  /// Why there is no slope at a point: it is off the curve, or the divisor vanishes there.
  private static func reason(
    _ subject: Subject, _ equation: ImplicitEquation, _ rows: [ImplicitDerivative], _ dependent: Int,
    at point: Subject.Point
  ) throws(Failure) -> String? {
    let invocation = subject.invocation
    let (value, isOn): (Double, Bool)
    do {
      value = try equation.formula.value(at: point.values)
      isOn = try equation.contains(point.values)
    } catch { throw Failure(error) }
    if !value.isFinite { return "the equation has no value at \(subject.place(point))" }
    if !isOn {
      return
        "\(subject.place(point)) does not satisfy the equation: its sides differ by \(invocation.number(value.magnitude))"
    }
    guard let divisor = rows.first?.divisor else { return nil }
    if subject.value(of: divisor, at: point) == 0 {
      return
        "\(subject.text(divisor)) is 0 at \(subject.place(point)): \(subject.shownName(dependent)) has no derivative there"
        + verticalTangent(subject, equation, rows, at: point)
    }
    return nil
  }

  /// `, the tangent is x = 5`, where the curve goes straight up.
  private static func verticalTangent(
    _ subject: Subject, _ equation: ImplicitEquation, _ rows: [ImplicitDerivative], at point: Subject.Point
  ) -> String {
    guard rows.count == 1, subject.variables.count == 2,
      let x = subject.variables.firstIndex(of: rows[0].independent),
      let slope = try? equation.formula.partialDerivatives(by: [rows[0].independent]).first
    else { return "" }
    let value = subject.value(of: slope.expression, at: point)
    guard value.isFinite, value != 0 else { return "" }
    return ", the tangent is vertical: "
      + subject.text(.call(.equal, [.variable(rows[0].independent), point.exact[x]]))
  }

  /// dy/dx for two letters, ∂z/∂x for more.
  private func label(_ row: ImplicitDerivative, order: Int) -> String {
    let (y, x) = (subject.text(.variable(row.dependent)), subject.text(.variable(row.independent)))
    let isPlain = glyphs == .plain
    let d = rows.count == 1 ? "d" : isPlain ? "d" : "∂"
    if order == 1 { return "\(d)\(y)/\(d)\(x)" }
    return isPlain ? "\(d)^2\(y)/\(d)\(x)^2" : "\(d)²\(y)/\(d)\(x)²"
  }

  /// `y depends on x; a, b are held constant`
  private var assumption: String {
    let names = rows.map { subject.text(.variable($0.independent)) }
    let y = subject.shownName(dependent)
    let used = Set(rows.map(\.independent))
    let rest = subject.variables.filter { $0 != subject.variables[dependent] && !used.contains($0) }
    let held = (rest + subject.formula.parameters).map { subject.text(.variable($0)) }
    let start = "\(y) depends on \(names.joined(separator: ", "))"
    if held.isEmpty { return start }
    return "\(start); \(held.joined(separator: ", ")) \(held.count == 1 ? "is" : "are") held constant"
  }

  private func echo(_ format: Format) -> String {
    let text = subject.formula.bodyForm.text(format)
    return subject.formula.reading?.syntax.isEquation == true ? text : text + " = 0"
  }

  func show() {
    let console = invocation.console
    var first = Styled(echo(subject.format))
    if let point { first.append("   at " + subject.place(point)) }
    first.append("      " + assumption, .hint)
    console.answer(first)
    if let reason {
      console.answer(Styled(glyphs.cross + " ", .error) + Styled(glyphs.worded(reason)))
      return
    }
    console.answer()
    var grid = Grid(columns: [.right, .left, .left], gap: 1)
    for row in rows {
      add(row.first, label(row, order: 1), to: &grid)
      if let second = row.second { add(second, label(row, order: 2), to: &grid) }
    }
    for row in mixed {
      let by = [row.first, row.second].map { Form.variable($0.name) }
      add(row.rate, Form.label(.partial(row.dependent.name, by: by)).text(subject.format), to: &grid)
    }
    for line in grid.lines { console.answer(line) }
    if let line = tangentLine { console.answer(line) }
    subject.remark(on: check)
  }

  private func add(_ expression: Expr, _ label: String, to grid: inout Grid) {
    var cells = [Styled(label, .keyword), Styled("= ", .operator) + Styled(subject.text(expression))]
    if let point {
      let value = subject.value(of: expression, at: point)
      let exact = fraction(expression, at: point).map { "= \($0) " } ?? ""
      cells.append(Styled("  \(exact)\(invocation.sign(value)) \(invocation.number(value))", .value))
    }
    grid.add(cells)
  }

  /// The value at a point where it is a fraction, as in the tangent's line.
  private func fraction(_ expression: Expr, at point: Subject.Point) -> String? {
    guard case .number(let value) = expression.substituting(place(of: point)).shape, value.decimalText == nil,
      !value.isInteger
    else { return nil }
    return subject.text(.number(value))
  }

  private func place(of point: Subject.Point) -> [Variable: Expr] {
    Dictionary(zip(subject.variables, point.exact), uniquingKeysWith: { first, _ in first })
  }

  /// The tangent of a curve at the point: y = 0.8 − 0.75(x − 0.6), multiplied out.
  private var tangentLine: Styled? {
    guard let point, rows.count == 1, subject.variables.count == 2,
      let x = subject.variables.firstIndex(of: rows[0].independent)
    else { return nil }
    let slope = rows[0].first.substituting(place(of: point))
    let line = point.exact[dependent] + slope * (.variable(subject.variables[x]) - point.exact[x])
    let text = subject.text(line.expanded() ?? line)
    return Styled("tangent line   ") + Styled(subject.shownName(dependent), .keyword) + Styled(" = " + text)
  }

  var block: Equations {
    subject.block(of: rows, mixed: mixed, equation: subject.formula.bodyForm) { expression in
      point.map { subject.value(of: expression, at: $0) }
    }
  }

  var answer: ImplicitAnswer {
    let value = { (expression: Expr?) -> JSONNumber? in
      guard let point, let expression, reason == nil else { return nil }
      return JSONNumber(subject.value(of: expression, at: point))
    }
    return ImplicitAnswer(
      equation: echo(.plain), variables: subject.plainNames, dependent: subject.plainName(dependent),
      derivatives: rows.map { row in
        .init(
          by: subject.plainText(.variable(row.independent)), first: subject.plainText(row.first),
          second: row.second.map(subject.plainText), value: value(row.first), second_value: value(row.second))
      },
      mixed: mixed.isEmpty
        ? nil
        : mixed.map { row in
          .init(
            by: [row.first, row.second].map { subject.plainText(.variable($0)) },
            second: subject.plainText(row.rate), second_value: value(row.rate))
        },
      checked: CheckedAnswer(check), divisor: rows.first.map { subject.plainText($0.divisor) } ?? "",
      point: point.map { JSONNumber.list($0.values) },
      on_curve: point.flatMap { try? equation.contains($0.values) },
      status: reason.map(Glyphs.plain.worded), notes: subject.noticesOrNil)
  }
}

extension Syntax {
  /// Whether this is one equation.
  fileprivate var isEquation: Bool { kind == .comparison && count == 2 && link(1) == .equal }
}
