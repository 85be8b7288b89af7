import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Command {
  static let taylor: Command = .init(
    name: "taylor", operands: "FORMULA", summary: "the Taylor polynomial about a point",
    details: """
      About 0 and of order 4 unless --at and --order say otherwise. The coefficients are exact where the point is: \
      write pi/2 rather than 1.5708.
      """,
    options: [.at, .order] + Option.ofFormulas,
    examples: [
      "taylor 'e^(2x)' --order 3", "taylor 'ln x' --at 1 --order 5", "taylor 'e^x sin y' --at 0,0 --order 3",
    ]
  ) { invocation throws(Failure) in
    let subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables("to expand in") }
    let point = try subject.point(of: .at) ?? subject.origin
    let order = invocation.arguments.integer(.order) ?? 4
    let polynomial: TaylorPolynomial
    do throws(ExpansionError) {
      polynomial = try subject.formula.taylor(about: point.exact, order: order)
    } catch {
      return try subject.tell(error, "about", point)
    }
    if invocation.isJSON {
      invocation.console.answer(json: subject.answer(polynomial, at: point))
      return .answered
    }
    if invocation.format.isMarkup {
      invocation.answer(subject.block(of: polynomial))
      return .answered
    }
    invocation.console.answer(subject.echo + Styled("   about " + subject.place(point)))
    invocation.console.answer()
    let label = Form.label(
      .function("T_\(order)", subject.variables.map { Form.variable($0.name) })
    ).text(subject.format)
    var line = Styled(label, .keyword) + Styled(" = ", .operator)
    line.append(subject.text(subject.formula.form(of: polynomial)))
    subject.sayLimit(at: point)
    if subject.isAll(polynomial) { line.append("      this is \(subject.name) itself", .hint) }
    invocation.console.answer(line)
    return .answered
  }

  static let tangent: Command = .init(
    name: "tangent", operands: "FORMULA", summary: "the tangent line or plane at a point",
    details: """
      With its point, multiplied out, and what stands at right angles to it: the normal line of a curve, the \
      normal vector of a surface.
      """,
    options: [.at] + Option.ofFormulas,
    examples: ["tangent 'x^2' --at 3", "tangent 'x^2 y' --at 1,2", "tangent 'sin x' --at pi/3"]
  ) { invocation throws(Failure) in
    let subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables() }
    guard let point = try subject.point(of: .at) else { throw subject.missingPoint(.at) }
    let tangent: Tangent
    do throws(ExpansionError) {
      tangent = try subject.formula.tangent(at: point.exact)
    } catch {
      if let vertical = VerticalTangentText(subject: subject, point: point) {
        invocation.tell(vertical)
        return .answered
      }
      return try subject.tell(error, "at", point)
    }
    let text = TangentText(subject: subject, tangent: tangent, point: point)
    invocation.tell(text)
    return .answered
  }
}

extension Subject {
  /// Says that a polynomial or a tangent at a point where f has no value is that of its limit.
  fileprivate func sayLimit(at point: Point) {
    guard let (f, _) = try? values(at: point), !f.isFinite else { return }
    invocation.console.note("\(name) has no value at \(place(point)): its limit is taken")
  }

  /// Says why there is no expansion at a point and at which there is one, or throws where a limit is the reason.
  fileprivate func tell(
    _ error: ExpansionError, _ word: String, _ point: Point
  ) throws(Failure) -> Command.Exit {
    if case .overrun(let overrun) = error { throw .overrun(overrun) }
    let reason = invocation.glyphs.worded(error.sentence(text: text))
    if invocation.isJSON {
      invocation.console.answer(
        json: ErrorAnswer(
          error: NoticeAnswer(id: "point", message: Glyphs.plain.worded(error.sentence(text: plainText)))))
      return .no
    }
    invocation.console.answer(echo + Styled("   \(word) " + place(point)))
    invocation.console.answer(Styled(invocation.glyphs.cross + " ", .error) + Styled(reason))
    // A point with a tangent that is quickly found; of a long formula the first with a value and slopes will do.
    var limits = Limits.standard
    limits.work = 100_000
    let accepts: ([Expr]) -> Bool = { [expression, variables] place in
      do {
        _ = try expression.taylor(about: place, in: variables, order: 1, limits: limits)
        return true
      } catch ExpansionError.overrun {
        return true
      } catch {
        return false
      }
    }
    if let other = pointInside(accepts: accepts) {
      let isOutside = if case .noValue = error { true } else { false }
      invocation.console.hint(
        "choose \(isOutside ? "a point inside the domain" : "another point"), such as --at \(typed(other))")
    }
    return .no
  }

  /// Whether a Taylor polynomial is the formula itself.
  fileprivate func isAll(_ polynomial: TaylorPolynomial) -> Bool {
    let difference = expression - polynomial.expression
    return difference.expanded(highestPower: 60) == .zero || difference == .zero
  }

  fileprivate func answer(_ polynomial: TaylorPolynomial, at point: Point) -> TaylorAnswer {
    TaylorAnswer(
      formula: plainEcho, variables: plainNames, point: JSONNumber.list(point.values),
      order: polynomial.order,
      polynomial: formula.form(of: polynomial).text(.plain),
      terms: polynomial.terms.map { term in
        .init(
          exponents: term.exponents, coefficient: plainText(term.coefficient),
          value: term.coefficient.constantValue.map { JSONNumber($0) })
      },
      notes: noticesOrNil)
  }
}

/// A tangent as a person reads it, with what is normal to it.
struct TangentText: ThreefoldText {
  let subject: Subject
  let tangent: Tangent
  let point: Subject.Point

  private var invocation: Invocation { subject.invocation }

  /// y over one variable, z over two, where these letters are free; the name of a function otherwise.
  private var height: String? {
    let letter = subject.variables.count == 1 ? "y" : subject.variables.count == 2 ? "z" : "w"
    let taken = subject.variables + subject.formula.parameters
    return taken.contains(Variable(letter)) ? nil : letter
  }

  private var left: Form {
    if let height { return .variable(height) }
    return .label(.function("L", subject.variables.map { .variable($0.name) }))
  }

  private var kind: String {
    switch subject.variables.count {
    case 1: "line"
    case 2: "plane"
    default: "hyperplane"
    }
  }

  /// x = 3, or y = −x/6 + 19/2: the line at right angles; nil for several variables.
  private var normalLine: (left: Form, right: Expr)? {
    guard subject.variables.count == 1, let height, let slope = tangent.slopes.first else { return nil }
    let (x, place) = (subject.variables[0], tangent.point[0])
    if slope == .zero { return (.variable(x.name), place) }
    let line = tangent.value - (Expr.variable(x) - place) / slope
    return (.variable(height), line.expanded() ?? line)
  }

  /// The slopes and −1, at right angles to a plane.
  private var normalVector: [Expr]? {
    subject.variables.count > 1 ? tangent.slopes + [.minusOne] : nil
  }

  var block: Equations {
    var normal = normalLine.map { (left: $0.left, right: subject.formula.form(of: $0.right)) }
    if let normalVector {
      normal = (.variable("n"), .vector(normalVector.map { subject.formula.form(of: $0) }))
    }
    return subject.block(of: tangent, left: left, normal: normal)
  }

  func show() {
    let console = invocation.console
    console.answer(subject.echo + Styled("   at " + subject.place(point)))
    console.answer()
    subject.sayLimit(at: point)
    var grid = Grid(columns: [.left, .right, .left], gap: 1)
    let (written, expanded) = (
      subject.text(subject.formula.form(of: tangent)), subject.text(tangent.expression)
    )
    let equals = Styled("= ", .operator)
    var vector: String?
    grid.add([Styled("tangent \(kind)  "), Styled(subject.text(left), .keyword), equals + Styled(written)])
    let isAtOrigin = tangent.point.allSatisfy { $0 == .zero }
    if expanded != written, !isAtOrigin { grid.add([Styled(), Styled(), equals + Styled(expanded)]) }
    if let (left, right) = normalLine {
      grid.add([
        Styled("normal line  "), Styled(subject.text(left), .keyword), equals + Styled(subject.text(right)),
      ])
    } else if let normalVector {
      vector = PointText(glyphs: invocation.glyphs).vector(normalVector.map { subject.text($0) })
    }
    for line in grid.lines { console.answer(line) }
    if let vector {
      let label = "normal vector"
      let space = max(0, DisplayWidth.of("tangent \(kind)") - label.count) + 3
      console.answer(label + String(repeating: " ", count: space) + vector)
    }
  }

  var answer: TangentAnswer {
    TangentAnswer(
      formula: subject.plainEcho, variables: subject.plainNames, point: JSONNumber.list(point.values),
      tangent: subject.formula.form(of: tangent).text(.plain),
      expanded: subject.plainText(tangent.expression),
      value: subject.plainText(tangent.value), slopes: tangent.slopes.map(subject.plainText),
      notes: subject.noticesOrNil)
  }
}
