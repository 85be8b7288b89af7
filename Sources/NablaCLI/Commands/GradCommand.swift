import NablaAlgebra
import NablaBasics

extension Command {
  static let grad: Command = .init(
    name: "grad", operands: "FORMULA", summary: "the gradient: every partial derivative",
    details: """
      The name may be left out: nabla FORMULA is the same. At a point, the values stand beside the formulas. More \
      than 20 partial derivatives without a form in common are shortened; --all, --wrt and --json show the rest. \
      With --order, the partial derivatives of that order; with --direction, the derivative along it; with \
      --jacobian, those of several formulas as a matrix.
      """,
    options: [.at, .wrt, .order, .direction, .jacobian, .everything, .jsonLines, .plot]
      + Option.ofPictures + Option.ofFormulas,
    examples: [
      "'f(x, y) = 3x^2 + 8xy - 3y^5'", "grad 'x^2 y + y' --at 1,2", "grad 'a x^2' --wrt x",
      "grad 'x^3 y^2' --order 2", "grad 'x^2 y' --direction 3,4 --at 1,2",
      "grad --jacobian 'r cos t' 'r sin t'",
      "'sum(i, 1, 999, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)'",
    ]
  ) { invocation throws(Failure) in
    if let variant = try GradVariant(invocation.arguments) { return try variant.run(invocation) }
    if invocation.arguments.has(.jsonLines) { return try ValueLines(invocation: invocation).run() }
    let subject = try Subject(invocation)
    if let exit = try subject.valueOfConstant() { return exit }
    let point = try subject.point(of: .at)
    let wantsPicture = try subject.picture.isWanted()
    let exit: Command.Exit
    if invocation.isJSON {
      let answer = try subject.valuesAnswer(at: point, wrt: subject.wanted())
      invocation.console.answer(json: answer)
      exit = answer.status == nil ? .answered : .no
    } else if invocation.format.isMarkup, !subject.variables.isEmpty, subject.status(at: point) == nil {
      invocation.answer(try subject.gradientBlock(at: point, wanted: subject.wanted()))
      exit = .answered
    } else {
      exit = try subject.showGradient(at: point)
    }
    if wantsPicture { try subject.draw([], hasField: true) }
    return exit
  }
}

extension Subject {
  /// Prints the value of a formula without variables where no command is named: `nabla '2 + 3'`; nil for any other.
  fileprivate func valueOfConstant() throws(Failure) -> Command.Exit? {
    guard variables.isEmpty, formula.parameters.isEmpty, !invocation.arguments.isNamed,
      ![Option.at, .wrt, .plot, .output].contains(where: invocation.arguments.has)
    else { return nil }
    let (value, _) = try values(at: origin)
    if invocation.isJSON || invocation.format.isMarkup || status(at: origin, f: value, gradient: []) != nil {
      return try answerValues(at: origin)
    }
    invocation.console.answer(echo(withValue: value))
    return .answered
  }

  /// Prints the partial derivatives, and their values where a point is given.
  func showGradient(at point: Point?) throws(Failure) -> Command.Exit {
    let console = invocation.console
    if variables.isEmpty {
      throw refuseWithoutVariables(advice: "; for the value, write eval")
    }
    let wanted = try wanted()
    var values: (f: Double, gradient: [Double])?
    if let point { values = try self.values(at: point) }
    if let point {
      console.answer(echo + Styled("   at " + place(point)))
    } else {
      console.answer(echoWithDomain)
    }
    if let point, let values, let reason = status(at: point, f: values.f, gradient: values.gradient) {
      console.answer(Styled(invocation.glyphs.cross + " ", .error) + Styled(reason))
      if values.f.isFinite, let limit = limitSentence(ofGradient: values.gradient, at: point) {
        console.answer(limit)
      }
      return .no
    }
    var certainty: Certainty?
    if let point, let values {
      certainty = self.certainty(of: values.f, values.gradient, at: point)
    }
    let sign = { (place: Int, value: Double) -> String in
      certainty?.isExact(place + 1) == false ? invocation.glyphs.approximately : invocation.sign(value)
    }
    console.answer()
    if point == nil, !invocation.arguments.has(.wrt), !invocation.arguments.has(.everything),
      let (pieces, check) = try familyRows()
    {
      for line in GradientText(glyphs: invocation.glyphs, rows: pieces, gradient: nil).lines {
        console.answer(line)
      }
      remark(on: check)
      return .answered
    }
    let isShort =
      wanted.count > PointText.most && !invocation.arguments.has(.everything)
      && !invocation.arguments.has(.wrt)
    let shown = isShort ? Array(wanted.prefix(3)) + wanted.suffix(1) : wanted
    let (partials, check) = try checkedPartials(shown)
    var rows: [GradientText.Row] = []
    for (place, partial) in zip(shown, partials) {
      rows.append(
        .init(
          label: partialLabel(place), formula: text(partial.expression),
          condition: partial.conditions.isEmpty ? nil : partial.conditions.map(text).joined(separator: ", "),
          value: values.map {
            "\(sign(place, $0.gradient[place])) \(invocation.number($0.gradient[place]))"
          }))
    }
    let isWhole = wanted == Array(variables.indices) && !isShort
    var gradientText: String?
    if isWhole, variables.count > 1 {
      let parts = values.map { $0.gradient.map { invocation.number($0) } } ?? rows.map(\.formula)
      gradientText = PointText(glyphs: invocation.glyphs).vector(parts)
    }
    let text = GradientText(
      glyphs: invocation.glyphs, nabla: "\(invocation.glyphs.nabla)\(name)", rows: rows,
      gradient: gradientText,
      sign: values.map { invocation.sign($0.gradient) } ?? "=", left: isShort ? wanted.count - 4 : 0)
    for line in text.lines { console.answer(line) }
    if let remark = sincRemark(on: partials.map(\.expression)) {
      console.answer()
      console.answer(line(remark))
    }
    if point == nil {
      let remarks = specialRemarks()
      if !remarks.isEmpty { console.answer() }
      for remark in remarks { console.answer(line(remark)) }
    }
    if let certainty { say(certainty, of: shown.map { $0 + 1 }) }
    if let kinks = point.flatMap({ kinkSentence(at: $0.values) }) {
      console.answer()
      console.answer(kinks)
    }
    remark(on: check)
    if isShort {
      console.hint(
        "\(wanted.count) partial derivatives in all: --all shows them, --wrt \(plainName(0)) one of them")
    }
    return .answered
  }

  /// The variables to differentiate by: all, or those of `--wrt`.
  func wanted() throws(Failure) -> [Int] {
    guard let given = invocation.arguments.value(.wrt) else { return Array(variables.indices) }
    var wanted: [Int] = []
    for part in invocation.parts(given.text) {
      let place = try variable(part.value, given)
      if !wanted.contains(place) { wanted.append(place) }
    }
    return wanted
  }

  /// The place of a variable that an option names.
  func variable(_ name: String, _ given: Arguments.Given) throws(Failure) -> Int {
    if let place = place(ofVariable: name) { return place }
    let near = closest(to: name, among: plainNames)
    throw .usage(
      UsageError(
        .unknownName(name, what: "variable"), at: given.argument,
        fix: near.map { "did you mean \($0)?" } ?? variablesInWords))
  }
}
