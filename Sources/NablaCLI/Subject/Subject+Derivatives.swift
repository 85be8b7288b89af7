import Nabla
import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaNotation

extension Subject {
  /// The partial derivatives by some of the variables, in their textbook form.
  func partials(_ places: [Int]) throws(Failure) -> [PartialDerivative] {
    do { return try formula.partialDerivatives(by: places.map { variables[$0] }) } catch {
      throw Failure(error)
    }
  }

  /// The same, held against differences of the formula's own values before anybody sees them.
  func checkedPartials(
    _ places: [Int]
  ) throws(Failure) -> (partials: [PartialDerivative], check: SelfCheck) {
    let partials = try partials(places)
    return (partials, try check(partials))
  }

  /// What came of the self-check; a derivative that values contradict is never printed.
  func check(_ partials: [PartialDerivative]) throws(Failure) -> SelfCheck {
    try trusted(formula.selfCheck(partials))
  }

  /// The outcome of a self-check; an answer that values contradict is never printed.
  func trusted(_ check: SelfCheck) throws(Failure) -> SelfCheck {
    if let wrong = check.disagreement { throw .formula(wrong.sentence) }
    return check
  }

  /// `polysinc(1, x) is the derivative of sinc x: (cos x − sinc x)/x where x ≠ 0`, of the first that occurs; nil where none
  /// does.
  func sincRemark(on derivatives: [Expr]) -> Remark? {
    for part in derivatives.flatMap({ $0.distinctSubexpressions() }) {
      guard case .call(.polysinc, let arguments) = part.shape, arguments[0] == .one else { continue }
      let (u, sinc) = (arguments[1], Expr.call(.sinc, [arguments[1]]))
      return Remark([
        .formula(formula.form(of: part)), .words(" is the derivative of "), .formula(formula.form(of: sinc)),
        .words(": "), .formula(formula.form(of: (.call(.cos, [u]) - sinc) / u)), .words(" where "),
        .formula(formula.form(of: .call(.notEqual, [u, .zero]))),
      ])
    }
    return nil
  }

  /// Says so where nothing could be checked.
  func remark(on check: SelfCheck) {
    guard check.points == 0 else { return }
    invocation.console.note(
      "not checked against values: no point was found where \(name) and its derivatives have any")
  }

  /// The second derivatives, row by row.
  func hessian() throws(Failure) -> [[Expr]] {
    do { return try formula.hessian() } catch { throw Failure(error) }
  }

  /// One derivative for each stretch of indexed variables on which it is the same; nil for other formulas.
  func familyPieces() throws(Failure) -> [PartialDerivative]? {
    let pieces: [PartialDerivative]?
    do { pieces = try formula.familyDerivatives() } catch { throw Failure(error) }
    guard let pieces, pieces.count <= PointText.most else { return nil }
    return pieces
  }

  /// The same as rows of text.
  func familyRows() throws(Failure) -> (rows: [GradientText.Row], check: SelfCheck)? {
    guard let pieces = try familyPieces() else { return nil }
    let most = invocation.glyphs.atMost
    let check = try check(pieces)
    let rows = pieces.map { piece -> GradientText.Row in
      switch piece.subject {
      case .variable(let variable):
        return .init(label: partialLabel(.variable(variable)), formula: text(piece.expression))
      case .members(let family, let members):
        let member = Expr.element(family, Index(FamilyGradient.symbol))
        return .init(
          label: partialLabel(member), formula: text(piece.expression),
          range: "\(members.lowerBound) \(most) j \(most) \(members.upperBound)")
      }
    }
    return (rows, check)
  }

  /// ∂f/∂x, or f′(x) where x is the only variable.
  func partialLabel(_ place: Int) -> String {
    variables.count == 1
      ? "\(name)\(invocation.glyphs.primes(1))(\(shownName(0)))"
      : invocation.glyphs.partial(name, shownName(place))
  }

  private func partialLabel(_ variable: Expr) -> String { invocation.glyphs.partial(name, text(variable)) }

  /// `f′(x) = 2x + 5` for a formula of one variable, where it is short.
  var shortDerivative: String? {
    guard variables.count == 1, let partial = try? partials([0]).first else { return nil }
    let text = text(partial.expression)
    return DisplayWidth.of(text) <= 40 ? "\(partialLabel(0)) = \(text)" : nil
  }

  /// A sentence about “f” with the formula's own name.
  func named(_ sentence: String, isPlain: Bool = false) -> String {
    let name = isPlain ? Form.variable(formula.name).text(.plain) : self.name
    let place = variables.count == 1 ? (isPlain ? plainNames[0] : names[0]) : "x"
    guard name != "f" || place != "x" else { return sentence }
    var result = ""
    var last: Character = " "
    for (character, next) in zip(sentence, sentence.dropFirst() + " ") {
      let isWord = !last.isLetter && !last.isNumber && !next.isLetter && !next.isNumber
      switch character {
      case "f" where isWord: result += name
      case "x" where isWord: result += place
      default: result.append(character)
      }
      last = character
    }
    return result
  }

  /// The extremum that a walk looks for in exact numbers, as equations for the point and the value: of a quadratic
  /// always, otherwise where the walk ended at one and digits do not say it.
  func exactExtremum(of trace: Trace) -> (point: String, f: String)? {
    let text = PointText(glyphs: invocation.glyphs)
    func equations(_ point: [Expr], _ value: Expr, to cells: Int) -> (point: String, f: String)? {
      let point = text.equation(names, "=", point.map { self.text($0) })
      let value = self.text(value)
      return DisplayWidth.of(point + value) <= cells ? (point, value) : nil
    }
    if !invocation.arguments.has(.within), let form = formula.quadraticForm,
      form.isMinimum == (trace.sense == .minimize)
    {
      return equations(form.point.map { .number($0) }, .number(form.value), to: 100)
    }
    let isRounded = invocation.sign(trace.x + [trace.f]) != "="
    guard trace.success, isRounded, trace.certificate.verdict != .stepsDone,
      trace.certificate.activeBounds.isEmpty,
      let found = formula.exactExtremum(
        trace.sense == .minimize ? .localMinimum : .localMaximum, near: trace.x),
      let point = found.exact, let value = found.value.exact,
      (found.value.decimal - trace.f) * (trace.sense == .minimize ? 1 : -1) <= 1e-6
        * max(1, trace.f.magnitude)
    else { return nil }
    return equations(point, value, to: 40)
  }

  /// The closures to descend.
  func objective(sense: Objective.Sense) throws(Failure) -> Objective {
    do { return try formula.objective(sense) } catch { throw Failure(error) }
  }
}
