import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Command {
  static let critical: Command = .init(
    name: "critical", operands: "FORMULA",
    summary: "the points where the gradient vanishes, and what kind each is",
    details: """
      Exact, and all of them, where algebra solves the gradient; otherwise searched for by Newton's method from \
      many starts in --within, or from -10 to 10 in every variable. The Hessian classifies each point.
      """,
    options: [.within] + Option.ofFormulas,
    examples: [
      "critical '3x^2 + 8xy - 3y^5'", "critical 'x^3 - 3x'", "critical 'sin x cos y' --within -4..4",
    ]
  ) { invocation throws(Failure) in
    let subject = try Subject(invocation)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables() }
    let box = try subject.box(of: .within)
    let found: CriticalPoints
    do throws(FormulaError) {
      found = try subject.formula.criticalPoints(
        within: box, cancellation: invocation.cancellation)
    } catch { throw Failure(error) }
    let text = CriticalText(subject: subject, found: found, box: box)
    if invocation.isJSON {
      invocation.console.answer(json: text.answer)
    } else if invocation.format.isMarkup, !found.points.isEmpty {
      invocation.answer(subject.block(of: found.points))
    } else {
      text.show()
    }
    return text.isAnswered ? .answered : .no
  }
}

/// Critical points as a person reads them.
struct CriticalText {
  let subject: Subject
  let found: CriticalPoints
  let box: [ClosedRange<Double>]?

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }
  private var isNothing: Bool {
    found.points.isEmpty && found.families.isEmpty && found.ridges.isEmpty && found.curves.isEmpty
  }

  /// Whether something is known: a search that finds nothing knows nothing.
  var isAnswered: Bool { !isNothing || !isAllApart || found.evidence == .complete }

  /// Whether no stretch or curve of critical points was met whose equation is not known.
  private var isAllApart: Bool { found.flat == nil && found.strewn.isEmpty }

  func show() {
    let console = invocation.console
    console.answer(subject.echoWithDomain)
    console.answer()
    if !isNothing {
      var grid = Grid(columns: [.left, .left, .left, .left], gap: 3)
      var rows = found.points.flatMap(rows) + found.families.map(row) + found.ridges.map(row)
      // The column of decimals stands only where there are some.
      if rows.allSatisfy({ $0.count < 3 || $0[2].runs.isEmpty }) {
        rows = rows.map { $0.count < 4 ? $0 : [$0[0], $0[1], $0[3]] }
      }
      for row in rows { grid.add(row) }
      for curve in found.curves {
        let equations = curve.map(equation).joined(separator: ", ")
        grid.add([Styled("critical", .keyword), Styled("wherever " + equations)])
      }
      for line in grid.lines { console.answer(line) }
      console.answer()
    }
    if isAnswered {
      console.answer(Styled(glyphs.worded(conclusion), .hint))
    } else {
      console.answer(Styled(glyphs.cross + " ", .error) + Styled(glyphs.worded(conclusion)))
    }
    if let flat = found.flat {
      let point = PointText(glyphs: glyphs).equation(
        subject.names, invocation.sign(flat), flat.map { invocation.number($0) })
      console.note(
        "\(subject.name) is flat around some points, such as \(point): every point there is critical")
    }
    if let first = found.strewn.first {
      let point = PointText(glyphs: glyphs).equation(
        subject.names, invocation.sign(first), first.map { invocation.number($0) })
      console.note(
        "there are lines or curves of critical points whose equations are not known, such as one through \(point)"
      )
    }
    if !found.openSeams.isEmpty, found.evidence == .complete {
      let places = found.openSeams.prefix(2).map(equation).joined(separator: " or ")
      console.note(
        "\(subject.name) may have extrema without a gradient where \(places): they are not all listed")
    }
    if !found.withoutSlope.isEmpty {
      let places = found.withoutSlope.prefix(4).map { "\(subject.names[0]) = \(subject.text($0))" }
      let more = found.withoutSlope.count > 4 ? " and elsewhere" : ""
      console.note(
        glyphs.worded(
          "\(subject.name)\(glyphs.primes(1)) does not exist at \(places.joined(separator: ", "))\(more), where "
            + "\(subject.name) has no extremum; some books call such places critical too"))
    }
    if !found.jumps.isEmpty {
      let parts = found.jumps.prefix(3).map { subject.text($0) }.joined(separator: ", ")
      console.note("where \(parts) jumps there is no gradient, and an extremum there is not listed")
    }
    if found.points.contains(where: { $0.kind == .degenerate }) {
      console.note("degenerate: the derivatives looked at do not decide what kind of point it is")
    }
  }

  /// The kind, where it is, in decimals, the value; coordinates in terms of others have their decimals below.
  private func rows(of point: CriticalPoint) -> [[Styled]] {
    let place =
      point.isJump ? " (a jump)" : point.isCusp ? " (a cusp)" : point.isKink ? " (a corner)" : ""
    let kind = Styled(point.kind.rawValue, .keyword) + Styled(place)
    let text = PointText(glyphs: glyphs)
    let sign = invocation.sign(point.coordinates)
    let numbers = point.coordinates.map { invocation.number($0) }
    let value = Styled(self.value(of: point), .value)
    guard let exact = point.exact else {
      return [[kind, Styled(text.equation(subject.names, sign, numbers)), Styled(), value]]
    }
    let texts = exact.map { subject.text($0) }
    let isPlain = exact.allSatisfy(\.isPlainNumber)
    let isShort = texts.allSatisfy { $0.count <= 12 }
    if isPlain || isShort || (point.relations ?? exact) == exact {
      let decimals = sign + " " + (numbers.count == 1 ? numbers[0] : text.tuple(numbers))
      return [
        [kind, Styled(text.equation(subject.names, "=", texts)), Styled(isPlain ? "" : decimals), value]
      ]
    }
    let relations = (point.relations ?? exact).map { subject.text($0) }
    let equations = zip(subject.names, relations).map { "\($0) = \($1)" }.joined(separator: ", ")
    return [
      [kind, Styled(equations), Styled(), value],
      [Styled(), Styled(text.equation(subject.names, sign, numbers))],
    ]
  }

  /// The kind, where it lies, the value if it is the same all over.
  private func row(of family: CriticalFamily) -> [Styled] {
    let kind = family.kind?.rawValue ?? (family.isKink ? "no gradient" : "critical")
    return [
      Styled(kind, .keyword) + Styled(family.isKink && family.kind != nil ? " (no gradient)" : ""),
      Styled(text(ofFamily: family.coordinates)),
      Styled(), Styled(family.value.map { "\(subject.name) = \(subject.text($0))" } ?? "", .value),
    ]
  }

  private func row(of ridge: CriticalRidge) -> [Styled] {
    [
      Styled(ridge.kind?.rawValue ?? "no gradient", .keyword)
        + Styled(ridge.kind == nil ? "" : " (no gradient)"),
      Styled("wherever " + equation(ridge.equation)), Styled(),
      Styled("\(subject.name) = \(subject.text(ridge.value))", .value),
    ]
  }

  /// `f = 2`, `f = 1/(2e) ≈ 0.18394`, `f ≈ −2.54942`
  private func value(of point: CriticalPoint) -> String {
    let value = point.value.decimal
    let digits = "\(invocation.sign(value)) \(invocation.number(value))"
    guard point.exact != nil, let exact = point.value.exact else { return "\(subject.name) \(digits)" }
    let text = subject.text(exact)
    if DisplayWidth.of(text) > 24 { return "\(subject.name) \(digits)" }
    return "\(subject.name) = \(text)" + (exact.isPlainNumber ? "" : " \(digits)")
  }

  /// `where x = −2y`, the equations that bind; `everywhere` where none does.
  private func text(ofFamily family: [Expr]) -> String {
    let bound = zip(subject.variables, family).filter { Expr.variable($0) != $1 }
    if bound.isEmpty {
      if found.jumps.isEmpty { return "everywhere" }
      let parts = found.jumps.prefix(3).map { subject.text($0) }.joined(separator: ", ")
      return "everywhere but where \(parts) \(found.jumps.count == 1 ? "jumps" : "jump")"
    }
    return "wherever "
      + bound.map { "\(subject.text(.variable($0))) = \(subject.text($1))" }.joined(separator: ", ")
  }

  /// `x² + y² = 1` for x² + y² − 1, which is 0.
  private func equation(_ expression: Expr) -> String {
    if case .sum(let terms) = expression.shape,
      let number = terms.first(where: { if case .number = $0.shape { true } else { false } }),
      let value = number.constantValue, value < 0
    {
      return "\(subject.text(expression - number)) = \(subject.text(-number))"
    }
    return subject.text(expression) + " = 0"
  }

  private var conclusion: String {
    switch found.evidence {
    case .complete:
      if let box {
        let place = texts(of: box).joined(separator: ", ")
        return isNothing ? "there is no critical point with \(place)" : "there are no others with \(place)"
      }
      return isNothing
        ? "there is no critical point: the gradient vanishes nowhere"
        : "there are no others: algebra solves ∇\(subject.name) = 0"
    case .search(let starts, let box):
      let place =
        "Newton’s method from \(counted(starts, "start")) with \(texts(of: box).joined(separator: ", "))"
      return isNothing
        ? "\(place) found no \(isAllApart ? "" : "isolated ")critical point; there may be some all the same"
        : "found by \(place): there may be others"
    }
  }

  /// −2 ≤ x ≤ 2, one text a variable, or one for all where their ranges are the same.
  private func texts(of box: [ClosedRange<Double>]) -> [String] {
    if Set(box).count == 1 {
      return [text(of: box[0], PointText(glyphs: glyphs).shown(subject.names).joined(separator: ", "))]
    }
    return zip(box, subject.names).filter { $0.0.lowerBound.isFinite || $0.0.upperBound.isFinite }.map {
      text(of: $0, $1)
    }
  }

  private func text(of range: ClosedRange<Double>, _ name: String) -> String {
    let low = range.lowerBound.isFinite ? "\(invocation.number(range.lowerBound)) ≤ " : ""
    let high = range.upperBound.isFinite ? " ≤ \(invocation.number(range.upperBound))" : ""
    return low + name + high
  }

  var answer: CriticalAnswer {
    var search: CriticalAnswer.Search?
    if case .search(let starts, let box) = found.evidence {
      search = .init(
        starts: starts, box: box.map { [JSONNumber($0.lowerBound), JSONNumber($0.upperBound)] })
    }
    return CriticalAnswer(
      formula: subject.plainEcho, variables: subject.plainNames,
      points: found.points.map { point in
        .init(
          kind: point.kind.rawValue, x: JSONNumber.list(point.coordinates),
          f: JSONNumber(point.value.decimal),
          exact: point.exact?.map(subject.plainText), relations: point.relations?.map(subject.plainText),
          exact_f: point.exact == nil ? nil : point.value.exact.map(subject.plainText),
          eigenvalues: JSONNumber.list(point.eigenvalues), corner: point.isKink ? true : nil)
      },
      families: found.families.map { $0.coordinates.map(subject.plainText) },
      ridges: found.ridges.isEmpty ? nil : found.ridges.map { subject.plainText($0.equation) },
      curves: found.curves.map { $0.map(subject.plainText) }, complete: found.evidence == .complete,
      flat: found.flat.map(JSONNumber.list),
      without_slope: found.withoutSlope.isEmpty ? nil : found.withoutSlope.map(subject.plainText),
      jumps: found.jumps.isEmpty ? nil : found.jumps.map(subject.plainText),
      search: search, notes: subject.noticesOrNil)
  }
}

extension Expr {
  /// Whether this is a number, which needs no decimals beside it.
  fileprivate var isPlainNumber: Bool { if case .number = shape { true } else { false } }
}
