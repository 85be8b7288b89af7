import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

extension Command {
  static let check: Command = .init(
    name: "check", operands: "FORMULA GRADIENT",
    summary: "whether a gradient is right; where not, a counter-example and what may have gone wrong",
    details: """
      GRADIENT is ⟨a, b⟩, (a, b), [a, b], a i + b j or a list with commas: one component for each variable, in \
      their order. Each is compared by algebra first, then by values at points. Exit 1 where one is not right.
      """,
    options: Option.ofFormulas,
    examples: [
      "check 'f(x, y) = 3x^2 + 8xy - 3y^5' '⟨6x + 8, 8 - 15y^4⟩'", "check 'sin(2x)' 'cos(2x)'",
      "check 'x^2 + y^2' '2x, 2y'",
    ]
  ) { invocation throws(Failure) in
    let operand = try invocation.operand(0, "a formula", such: "'x^2 + 3x'")
    let claim = try invocation.operand(1, "a gradient", such: "'2x + 3'")
    if claim.text.allSatisfy(\.isWhitespace) {
      throw .usage(
        UsageError(.badPoint("the gradient to check is empty"), at: claim.argument, fix: "such as '2x + 3'"))
    }
    try invocation.allow(values: 2, fix: "a gradient of several components stands in quotes: '2x, 2y'")
    let subject = try Subject(invocation, operand)
    guard !subject.variables.isEmpty else { throw subject.refuseWithoutVariables() }
    let check: GradientCheck
    do {
      check = try subject.formula.check(
        against: try invocation.text(of: claim), below: invocation.process.allDefinitions,
        options: try invocation.readingOptions())
    } catch let failure as Failure {
      throw failure
    } catch let error as GradientCheckError {
      throw subject.failure(error, claim)
    } catch { throw .said(.notUnderstood) }
    let text = CheckText(subject: subject, check: check)
    invocation.tell(text)
    return check.isRight ? .answered : .no
  }
}

extension Subject {
  fileprivate func failure(_ error: GradientCheckError, _ claim: Arguments.Given) -> Failure {
    switch error {
    case .reading(_, let error): return .reading(error)
    case .label(_, _, .second), .label(_, _, .value), .label(_, _, .expression), .label(_, _, .twice):
      return .usage(UsageError(.badPoint(error.sentence), at: claim.argument, fix: nil))
    case .wrongCount, .label:
      return .usage(UsageError(.badPoint(error.sentence), at: claim.argument, fix: variablesInWords))
    case .formula(let error): return Failure(error)
    }
  }
}

/// A checked gradient as a person reads it.
struct CheckText: ThreefoldText {
  let subject: Subject
  let check: GradientCheck

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }

  func show() {
    for component in check.components {
      guard let source = component.given.reading?.source else { continue }
      let start = invocation.process.allDefinitions.utf8.count
      invocation.show(notes: component.given.notes.filter { $0.span.start >= start }, in: source)
    }
    let all = check.components.enumerated()
    let isShort = check.components.count > PointText.most
    let shown = isShort ? all.filter { !$0.element.isRight } : Array(all)
    var grid = Grid(columns: [.left, .left, .left, .left], gap: 3)
    for (place, component) in shown.prefix(PointText.most) { grid.add(cells(place, component)) }
    for line in grid.lines { invocation.console.answer(line) }
    if isShort {
      let right = all.count { $0.element.isRight }
      let rest = shown.count > PointText.most ? ", the first \(PointText.most) of the others above" : ""
      invocation.console.answer(
        "\(right) of \(counted(check.components.count, "component")) are right\(rest)")
    }
    for hint in check.hints {
      invocation.console.hint(check.sentence(of: hint, isPlain: glyphs == .plain))
    }
  }

  /// `✗ ∂f/∂x`, `given 6x + 8`, `should be 6x + 8y`, `e.g. at (0, 0): 8, not 0`
  private func cells(_ place: Int, _ component: GradientCheck.Component) -> [Styled] {
    let label = subject.partialLabel(place)
    let given = Styled("given " + component.given.bodyForm.text(subject.format))
    let expected = subject.text(component.expected.expression)
    switch component.verdict {
    case .right(let evidence):
      let first = Styled(glyphs.tick + " ", .success) + Styled(label, .keyword)
      switch evidence {
      case .symbolic: return [first, given, Styled("is right")]
      case .values(let points):
        return [first, given, Styled("agrees with \(expected) at \(counted(points, "point"))")]
      }
    case .wrong(let example):
      return [
        Styled(glyphs.cross + " ", .error) + Styled(label, .keyword), given, Styled("should be " + expected),
        Styled("e.g. at \(position(of: example)): \(contrast(example))"),
      ]
    case .undecided:
      return [
        Styled("? ", .note) + Styled(label, .keyword), given, Styled("should be " + expected),
        Styled("not decided: no point was found where both have a value"),
      ]
    }
  }

  /// `8, not 0`, with so many digits that the two differ.
  private func contrast(_ example: GradientCheck.CounterExample) -> String {
    var digits = invocation.digits
    let texts = {
      [example.given, example.expected].map { value in
        !value.decimal.isFinite ? "no value" : value.text(digits: digits, isPlain: glyphs == .plain)
      }
    }
    while digits < 17, texts()[0] == texts()[1] { digits += 1 }
    return texts().joined(separator: ", not ")
  }

  /// `(0, 0)`, and with names where there is one letter or parameters stand among them.
  private func position(of example: GradientCheck.CounterExample) -> String {
    let texts = example.coordinates.map { number in
      number.isExact ? subject.text(.number(number)) : invocation.number(number.double)
    }
    if example.letters.count == subject.variables.count, texts.count > 1 {
      return PointText(glyphs: glyphs).tuple(texts)
    }
    let parts = zip(example.letters, texts).map { letter, text in
      "\(subject.text(.variable(letter))) = \(text)"
    }
    return PointText(glyphs: glyphs).shown(parts).joined(separator: ", ")
  }

  var answer: CheckAnswer {
    CheckAnswer(
      formula: subject.plainEcho, variables: subject.plainNames, right: check.isRight,
      components: check.components.enumerated().map { place, component in
        var row = CheckAnswer.Component(
          variable: subject.plainName(place), given: component.given.bodyForm.text(.plain),
          expected: subject.plainText(component.expected.expression))
        switch component.verdict {
        case .right(.symbolic): (row.verdict, row.evidence) = ("right", "symbolic")
        case .right(.values(let points)):
          (row.verdict, row.evidence, row.points) = ("right", "values", points)
        case .undecided: row.verdict = "undecided"
        case .wrong(let example):
          row.verdict = "wrong"
          row.letters = example.letters.map { subject.plainText(.variable($0)) }
          row.at = example.coordinates.map { JSONNumber($0.double) }
          row.given_value = JSONNumber(example.given.decimal)
          row.expected_value = JSONNumber(example.expected.decimal)
        }
        return row
      },
      hints: check.hints.map { hint in
        .init(
          kind: hint.kind.rawValue, term: subject.plainText(hint.term),
          variable: subject.plainText(.variable(hint.variable)),
          message: check.sentence(of: hint, isPlain: true))
      },
      notes: subject.noticesOrNil)
  }
}
