import Nabla
import NablaAlgebra
import NablaBasics
import NablaDescent

extension Command {
  static let hessian: Command = .init(
    name: "hessian", operands: "FORMULA",
    summary: "the second derivatives; at a point, how the surface curves",
    details: """
      Up to six variables the second derivatives stand in a matrix; beyond, those that are not zero are listed, the \
      first of many unless --all asks for the rest.
      """,
    options: [.at, .everything] + Option.ofFormulas,
    examples: ["hessian '3x^2 + 8xy - 3y^5' --at 1,-1", "hessian 'x^2 y z'"]
  ) { invocation throws(Failure) in
    let subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables() }
    guard subject.variables.count <= HessianText.most else {
      throw subject.refuse(
        "there are too many second derivatives for \(subject.variables.count) variables: "
          + "\(HessianText.most) variables are the most")
    }
    let point = try subject.point(of: .at)
    let entries = try subject.hessian()
    let partials = try subject.partials(Array(subject.variables.indices))
    let check = try subject.trusted(subject.formula.selfCheck(hessian: entries, of: partials))
    var text = HessianText(subject: subject, entries: entries, point: point, check: check)
    if let point {
      let (f, gradient) = try subject.values(at: point)
      text.values = entries.map { row in row.map { subject.value(of: $0, at: point) } }
      text.trouble = subject.status(at: point, f: f, gradient: gradient)
    }
    if invocation.isJSON {
      invocation.console.answer(json: text.answer)
    } else if invocation.format.isMarkup, text.reason == nil {
      invocation.answer(
        subject.hessianBlock(entries, at: point, values: text.values, eigenvalues: text.eigenvalues))
    } else {
      text.show()
    }
    return text.reason == nil ? .answered : .no
  }
}

/// The second derivatives as a matrix or a list, with the curvature at a point.
struct HessianText {
  /// The most variables for which second derivatives are written out.
  static let most = 100

  let subject: Subject
  let entries: [[Expr]]
  let point: Subject.Point?
  let check: SelfCheck
  /// The second derivatives at the point.
  var values: [[Double]]?
  /// Why f or its gradient has no value there.
  var trouble: String?

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }
  private var console: Console { invocation.console }

  /// Why there is no answer at the point.
  var reason: String? {
    guard let point, let values else { return nil }
    if let trouble { return trouble }
    if values.allSatisfy({ $0.allSatisfy(\.isFinite) }) { return nil }
    return "a second derivative is not a finite number at \(subject.place(point))"
  }

  /// Where f or, if it is smooth, one of its slopes bends or jumps at the point.
  private var kinks: String? {
    guard let point else { return nil }
    return subject.kinkSentence(at: point.values) ?? subject.slopeKinkSentence(at: point.values)
  }

  fileprivate var eigenvalues: [Double]? {
    guard let values, reason == nil else { return nil }
    return SymmetricEigen(values.flatMap { $0 }, size: values.count)?.values
  }

  func show() {
    console.answer(point == nil ? subject.echoWithDomain : subject.echo)
    console.answer()
    if entries.count == 1 {
      showSingle()
    } else if entries.count <= 6 {
      showMatrix()
    } else {
      showList()
    }
    if let reason {
      console.answer(Styled(glyphs.cross + " ", .error) + Styled(reason))
    } else if let kinks {
      console.answer()
      console.answer(kinks)
    }
    let remarks = point == nil ? subject.specialRemarks() : []
    if !remarks.isEmpty { console.answer() }
    for remark in remarks { console.answer(subject.line(remark)) }
    subject.remark(on: check)
  }

  /// f″(x) = 6x      f″(2) = 12: curves up
  private func showSingle() {
    let label = subject.name + glyphs.primes(2)
    var line = Styled("\(label)(\(subject.shownName(0)))", .keyword)
    line.append(" = " + subject.text(entries[0][0]))
    if let point, let values, reason == nil {
      let value = values[0][0]
      let sign = subject.sign(value, of: entries[0][0], at: point)
      line.append("      \(label)(\(point.texts[0])) \(sign) \(invocation.number(value))")
      if kinks == nil { line.append(": " + Curvature([value]).sentence) }
    }
    console.answer(line)
  }

  private func showMatrix() {
    let formulas = Matrix(entries.map { $0.map(subject.text) }, isNumeric: false)
    var parts: [[Block]] = [[(["H =  "], 0), (formulas.lines(glyphs), formulas.labelRow)]]
    if let point, let values, reason == nil {
      let numbers = Matrix(values.map { $0.map { invocation.number($0) } }, isNumeric: true)
      parts.append([
        (["   at \(subject.place(point))   "], 0), (numbers.lines(glyphs), numbers.labelRow),
      ])
      if let sentence { parts.append([(["   " + sentence], 0)]) }
    }
    for row in rows(of: parts) { for line in beside(row) { console.answer(line) } }
  }

  private typealias Block = (lines: [String], row: Int)

  /// The parts in rows, as many side by side as the terminal is wide: a matrix whose lines were broken could not be read.
  private func rows(of parts: [[Block]]) -> [[Block]] {
    guard console.output.isTerminal, let columns = console.output.columns else {
      return [parts.flatMap { $0 }]
    }
    var rows: [[Block]] = []
    for part in parts {
      let joined = (rows.last ?? []) + part
      let fits = beside(joined).allSatisfy { DisplayWidth.of($0) <= columns }
      if fits, !rows.isEmpty { rows[rows.count - 1] = joined } else { rows.append(part) }
    }
    return rows
  }

  private func showList() {
    var grid = Grid(columns: [.right, .left, .left], gap: 1)
    let places = entries.indices.flatMap { i in
      (i..<entries.count).filter { entries[i][$0] != .zero }.map { (i, $0) }
    }
    let isShort = places.count > 2 * PointText.most && !invocation.arguments.has(.everything)
    for (i, j) in isShort ? Array(places.prefix(2 * PointText.most)) : places {
      var cells = [
        Styled(glyphs.second(subject.name, subject.shownName(i), subject.shownName(j)), .keyword),
        Styled("= ", .operator) + Styled(subject.text(entries[i][j])),
      ]
      if let point, let values, reason == nil {
        let sign = subject.sign(values[i][j], of: entries[i][j], at: point)
        cells.append(Styled("  \(sign) \(invocation.number(values[i][j]))", .value))
      }
      grid.add(cells)
    }
    for line in grid.lines { console.answer(line) }
    if isShort {
      console.hint("\(places.count) second derivatives are not 0, the first stand here: --all shows them")
    } else {
      console.answer("all others are 0")
    }
    if let point, let sentence {
      console.answer()
      console.answer("at \(subject.place(point))   " + sentence)
    }
  }

  /// eigenvalues 4.83975, 61.1603: curves up in every direction
  private var sentence: String? {
    guard let eigenvalues else { return nil }
    let texts = PointText(glyphs: glyphs).shown(eigenvalues.map { invocation.number($0) })
    let values = "eigenvalues \(texts.joined(separator: ", "))"
    // Of a bend they say nothing.
    return kinks == nil ? "\(values): \(Curvature(eigenvalues).sentence)" : values
  }

  var answer: HessianAnswer {
    HessianAnswer(
      formula: subject.plainEcho, variables: subject.plainNames,
      hessian: entries.map { $0.map(subject.plainText) }, checked: CheckedAnswer(check),
      point: point?.values.map { JSONNumber($0) }, value: values?.map { $0.map { JSONNumber($0) } },
      eigenvalues: eigenvalues?.map { JSONNumber($0) },
      curvature: kinks == nil ? eigenvalues.map { Curvature($0).sentence } : nil,
      status: reason.map { Glyphs.plain.worded($0) },
      kinks: kinks.map { Glyphs.plain.worded($0) },
      notes: subject.noticesOrNil)
  }
}
