import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// The partial derivatives of several formulas: a row for each formula, a column for each variable.
///
///     f₁(r, t) = r cos t
///     f₂(r, t) = r sin t
///
///          ⎡ cos t   −r·sin t ⎤
///     J =  ⎣ sin t    r·cos t ⎦   det J = r
struct JacobianText {
  private let subjects: [Subject]
  /// A formula with the variables of all, for texts and points.
  private let whole: Subject
  private let names: [String]
  private let jacobian: Jacobian
  private let determinant: Expr?
  private let check: SelfCheck
  private let point: Subject.Point?
  private let values: [[Double]]?
  private let reason: String?

  private var invocation: Invocation { whole.invocation }
  private var glyphs: Glyphs { whole.invocation.glyphs }

  init(_ invocation: Invocation) throws(Failure) {
    _ = try invocation.operand(0, "formulas", such: "'r cos t' 'r sin t'")
    var options = try invocation.readingOptions()
    options.allowsUnusedValues = true
    var subjects: [Subject] = []
    for operand in invocation.arguments.values {
      // One text may hold a vector: (r cos t, r sin t).
      let text = try invocation.text(of: operand)
      let parts = invocation.arguments.values.count == 1 ? VectorText.components(of: text) : [text]
      for part in parts.count > 1 ? parts : [text] {
        subjects.append(
          try Subject(invocation, text: invocation.process.preamble + part) { text throws(ReadingError) in
            try Formula(text, options: options)
          })
      }
    }
    self.subjects = subjects
    do {
      jacobian = try Formula.jacobian(of: subjects.map(\.formula))
    } catch { throw Failure(error) }
    let sum = Formula(.sum(subjects.map(\.expression)), variables: jacobian.variables)
    whole = Subject(invocation: invocation, formula: sum, notices: subjects.flatMap(\.notices))
    guard !jacobian.variables.isEmpty else { throw whole.refuseWithoutVariables() }
    check = try whole.trusted(whole.formula.selfCheck(jacobian))
    do { determinant = try jacobian.determinant() } catch { throw .overrun(error) }
    let typed = subjects.map(\.formula.name)
    let areNamed = Set(typed).count == typed.count
    names = typed.enumerated().map { areNamed ? $0.element : "f_\($0.offset + 1)" }
    point = try whole.point(of: .at)
    if let point {
      let values = jacobian.rows.map { [whole] row in row.map { whole.value(of: $0, at: point) } }
      self.values = values
      reason = JacobianText.reason(subjects, whole, values, at: point)
    } else {
      (values, reason) = (nil, nil)
    }
  }

  /// Why a formula or a derivative has no value at the point.
  private static func reason(
    _ subjects: [Subject], _ whole: Subject, _ values: [[Double]], at point: Subject.Point
  ) -> String? {
    if let letter = whole.formula.parameters.first ?? subjects.flatMap(\.formula.parameters).first {
      return "\(letter.name) has no value: give it one, such as --let \(letter.name)=1"
    }
    for subject in subjects {
      let own = Subject(
        invocation: subject.invocation, formula: Formula(subject.expression, variables: whole.variables),
        notices: [])
      if let trouble = own.status(at: point) { return trouble }
    }
    if values.allSatisfy({ $0.allSatisfy(\.isFinite) }) { return nil }
    return "a derivative is not a finite number at \(whole.place(point))"
  }

  func run() throws(Failure) -> Command.Exit {
    if invocation.isJSON {
      invocation.console.answer(json: answer)
      return reason == nil ? .answered : .no
    }
    if invocation.format.isMarkup, reason == nil {
      invocation.answer(
        whole.block(
          of: jacobian, named: names, bodies: subjects.map(\.formula.bodyForm), determinant: determinant,
          values: values))
      return .answered
    }
    for (subject, name) in zip(subjects, names) {
      let arguments =
        whole.variables.count > PointText.most
        ? [Form.variable(whole.variables[0].name), .ellipsis] : whole.variables.map { .variable($0.name) }
      let label = Form.label(.function(name, arguments)).text(whole.format)
      let body =
        (try? subject.formula.bodyForm.styled(whole.format, limits: whole.limits)) ?? Styled(glyphs.ellipsis)
      invocation.console.answer(Styled(label) + Styled(" = ", .operator) + body)
    }
    invocation.console.answer()
    if jacobian.rows.count * jacobian.variables.count > 100 {
      showList()
    } else {
      showMatrix()
    }
    whole.remark(on: check)
    if let determinant {
      invocation.console.answer()
      var line = Styled("det J", .keyword) + Styled(" = ", .operator) + Styled(whole.text(determinant))
      if let point, reason == nil {
        let value = whole.value(of: determinant, at: point)
        line.append("  \(invocation.sign(value)) \(invocation.number(value))", .value)
      }
      invocation.console.answer(line)
    }
    if let reason {
      invocation.console.answer(Styled(glyphs.cross + " ", .error) + Styled(reason))
      return .no
    }
    return .answered
  }

  private func showMatrix() {
    let formulas = Matrix(jacobian.rows.map { $0.map(whole.text) }, isNumeric: false)
    var blocks: [(lines: [String], row: Int)] = [
      (["J =  "], 0), (formulas.lines(glyphs), formulas.labelRow),
    ]
    if let point, let values, reason == nil {
      let numbers = Matrix(values.map { $0.map { invocation.number($0) } }, isNumeric: true)
      blocks.append((["   at \(whole.place(point))   "], 0))
      blocks.append((numbers.lines(glyphs), numbers.labelRow))
    }
    for line in beside(blocks) { invocation.console.answer(line) }
  }

  /// The derivatives that are not zero, a line each.
  private func showList() {
    var rows: [GradientText.Row] = []
    for (row, name) in names.enumerated() {
      for (column, rate) in jacobian.rows[row].enumerated() where rate != .zero {
        rows.append(
          .init(
            label: glyphs.partial(Form.variable(name).text(whole.format), whole.shownName(column)),
            formula: whole.text(rate),
            value: reason == nil
              ? values.map { "\(invocation.sign($0[row][column])) \(invocation.number($0[row][column]))" }
              : nil))
      }
    }
    for line in GradientText(glyphs: glyphs, rows: rows, gradient: nil).lines {
      invocation.console.answer(line)
    }
    invocation.console.answer("all others are 0")
  }

  private var answer: JacobianAnswer {
    JacobianAnswer(
      formulas: subjects.map(\.plainEcho), variables: whole.plainNames,
      jacobian: jacobian.rows.map { $0.map(whole.plainText) }, determinant: determinant.map(whole.plainText),
      checked: CheckedAnswer(check),
      point: point.map { JSONNumber.list($0.values) }, value: values.map { $0.map(JSONNumber.list) },
      status: reason.map(Glyphs.plain.worded), notes: whole.noticesOrNil)
  }
}
