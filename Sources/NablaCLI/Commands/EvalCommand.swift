import NablaBasics

extension Command {
  static let eval: Command = .init(
    name: "eval", operands: "FORMULA",
    summary: "the value, the gradient and the steepest ascent at a point",
    details: """
      With --json-lines, each line of the input is a request {"formula", "variables", "points"} and each line of \
      the output its answer, in order.
      """,
    options: [.at, .jsonLines] + Option.ofFormulas,
    examples: [
      "eval 'f(x, y) = 3x^2 + 8xy - 3y^5' --at 1,2", "eval 'a sin x' --let a=2 --at x=pi/6",
      "eval --json-lines < requests.jsonl",
    ]
  ) { invocation throws(Failure) in
    if invocation.arguments.has(.jsonLines) { return try ValueLines(invocation: invocation).run() }
    let subject = try Subject(invocation)
    guard let point = try subject.point(of: .at) ?? (subject.variables.isEmpty ? subject.origin : nil) else {
      throw subject.missingPoint(.at)
    }
    return try subject.answerValues(at: point)
  }
}

extension Subject {
  /// The value and the gradient at a point, in the format that is asked for.
  func answerValues(at point: Point) throws(Failure) -> Command.Exit {
    if invocation.isJSON {
      let answer = try valuesAnswer(at: point, wrt: Array(variables.indices))
      invocation.console.answer(json: answer)
      return answer.status == nil ? .answered : .no
    }
    if invocation.format.isMarkup, status(at: point) == nil {
      let (f, gradient) = try values(at: point)
      invocation.answer(valuesBlock(at: point, f: f, gradient: gradient))
      return .answered
    }
    return try showValues(at: point)
  }

  /// Says where rounding leaves fewer digits than are printed; the places are those of f, 0, and of the partial
  /// derivatives behind it.
  func say(_ certainty: Certainty, of places: [Int]) {
    let label = { (place: Int) in place == 0 ? self.name : self.partialLabel(place - 1) }
    let sentence = certainty.sentence(
      places, label: label, number: { invocation.number($0, digits: 2) })
    if let sentence { invocation.console.note(sentence) }
  }

  /// Prints f, ∇f, |∇f| and the direction of steepest ascent.
  fileprivate func showValues(at point: Point) throws(Failure) -> Command.Exit {
    let console = invocation.console
    let glyphs = invocation.glyphs
    let (value, gradient) = try values(at: point)
    console.answer(variables.isEmpty ? echo : echo + Styled("   at " + place(point)))
    if let reason = status(at: point, f: value, gradient: gradient) {
      if value.isFinite {
        console.answer()
        console.answer(
          Styled(name, .keyword) + Styled(" \(invocation.sign(value)) ", .operator)
            + Styled(invocation.number(value), .value))
      }
      console.answer(Styled(glyphs.cross + " ", .error) + Styled(reason))
      let limit = value.isFinite ? limitSentence(ofGradient: gradient, at: point) : limitSentence(at: point)
      if let limit { console.answer(limit) }
      return .no
    }
    let check = variables.isEmpty ? nil : try trusted(formula.selfCheck(gradient, at: point.values))
    let certainty = certainty(of: value, gradient, at: point)
    let sign = { (places: [Int], values: [Double]) -> String in
      places.allSatisfy(certainty.isExact) ? invocation.sign(values) : glyphs.approximately
    }
    let norm = gradient.reduce(0) { Libm.hypot($0, $1) }
    let vectors = PointText(glyphs: glyphs)
    var lines: [(label: String, sign: String, text: String)] = [
      (name, sign([0], [value]), invocation.number(value))
    ]
    if variables.count == 1 {
      lines.append((name + glyphs.primes(1), sign([1], gradient), invocation.number(gradient[0])))
    } else if variables.count > 1 {
      let parts = vectors.vector(gradient.map { invocation.number($0) })
      lines.append((glyphs.nabla + name, sign(Array(1...gradient.count), gradient), parts))
      var length = invocation.number(norm)
      if norm > 0, norm.isFinite {
        length += "     steepest ascent " + vectors.vector(gradient.map { invocation.number($0 / norm) })
      }
      lines.append(("|\(glyphs.nabla)\(name)|", sign(Array(1...gradient.count), [norm]), length))
    }
    console.answer()
    let width = lines.map { DisplayWidth.of($0.label) }.max() ?? 0
    for (label, sign, text) in lines {
      // Labels are centred, so that f stands between the bars of |∇f|.
      let space = width - DisplayWidth.of(label)
      let isAlone = variables.count < 2
      let left = isAlone ? 0 : (space + 1) / 2
      var line = Styled(String(repeating: " ", count: left))
      line.append(label, .keyword)
      line.append(String(repeating: " ", count: space - left + (isAlone ? 1 : 2)))
      line.append(sign + " ", .operator)
      line.append(text, .value)
      console.answer(line)
    }
    say(certainty, of: Array(0...variables.count))
    if let kinks = kinkSentence(at: point.values) {
      console.answer()
      console.answer(kinks)
    } else if let check {
      remark(on: check)
    }
    return .answered
  }
}
