import Nabla
import NablaAlgebra
import NablaEvaluation
import NablaNotation

/// Where f bends or jumps, has a corner, or a limit and no value.
extension Subject {
  /// The most remarks of this kind that are printed.
  private static let most = 4
  /// The longest formula, and the most partial derivatives, that stand in a remark.
  private static let longest = 30

  /// One remark for each point or each equation; the first few.
  func specialRemarks() -> [Remark] {
    let isLine = variables.count == 1 && formula.parameters.isEmpty
    let found = isLine ? formula.findSpecialPoints() : nil
    let all = found?.points.compactMap { remark(on: $0) } ?? formula.specialPlaces().map { remark(on: $0) }
    let left = all.count - Self.most
    let places = variables.count == 1 ? "point" : "place"
    var result = Array(all.prefix(Self.most))
    if left > 0 {
      result.append(Remark([.words("and at \(left) more \(left == 1 ? places : places + "s")")]))
    }
    for (part, whole) in formula.expression.steps.prefix(Self.most) {
      result.append(
        Remark([
          .formula(formula.form(of: part)), .words(" jumps where "), .formula(formula.form(of: whole)),
          .words(" is a whole number"),
        ]))
    }
    if let unsolved = found?.unsolved.first {
      let (low, high) = (Expr.number(-10), Expr.number(10))
      result.append(
        Remark([
          .formula(nameForm), .words(" may bend or jump at \(all.isEmpty ? "" : "more ")points where "),
          .formula(formula.form(of: .call(.equal, [unsolved, .zero]))),
          .words(": they were looked for between "),
          .formula(formula.form(of: low)), .words(" and "), .formula(formula.form(of: high)),
        ]))
    }
    return result
  }

  private var nameForm: Form { .variable(formula.name) }

  // MARK: One variable

  private func remark(on point: SpecialPoint) -> Remark? {
    var remark = Remark([.formula(nameForm)])
    let isRounded = if case .number(let number) = point.place.shape { !number.isExact } else { false }
    let motion: [Remark.Part] =
      isRounded
      ? [.formula(.variable(variables[0].name)), .approximately, .number(point.value)]
      : [.formula(formula.form(of: .call(.equal, [.variable(variables[0]), point.place])))]
    if let limit = point.limit {
      remark.parts += [.words(" has no value at ")] + motion + [.words("; the limit is ")]
      if let exact = point.exactLimit {
        remark.add(.formula(formula.form(of: exact)))
      } else {
        remark.add(.words(invocation.glyphs.approximately + " "), .number(limit))
      }
      return remark
    }
    if let sides = point.sides, let below = sides.below, let above = sides.above {
      remark.parts += [.words(" has no value at ")] + motion
      for (number, side) in [below, above].enumerated() {
        remark.add(.words(number == 0 ? "; it tends to " : " and to "))
        if let exact = point.exactSides {
          remark.add(.formula(formula.form(of: exact[number])))
        } else {
          if side != side.rounded() { remark.add(.words(invocation.glyphs.approximately + " ")) }
          remark.add(.number(side))
        }
        remark.add(.words(number == 0 ? " from below" : " from above"))
      }
      return remark
    }
    guard let kink = point.kink else { return nil }
    remark.parts += [.words(kink.isJump ? " jumps at " : " bends at ")] + motion
    remark.add(.words(": "), .formula(.label(.prime(formula.name, order: 1, of: []))), .words(" is "))
    for (place, side) in [kink.below, kink.above].enumerated() {
      if let side { remark.add(.number(side.slope)) } else { remark.add(.words("not there")) }
      remark.add(.words(place == 0 ? " from below" : " from above"))
      if let side, (side.value - kink.here.value).magnitude > 1e-9 * max(1, kink.here.value.magnitude) {
        remark.add(
          .words(" (where "), .formula(nameForm), .words(" tends to "), .number(side.value), .words(")"))
      }
      if place == 0 { remark.add(.words(" and ")) }
    }
    return remark
  }

  // MARK: Several letters

  private func remark(on place: SpecialPlace) -> Remark {
    var remark = Remark([.formula(nameForm)])
    switch place.kind {
    case .bend: remark.add(.words(" bends "))
    case .jump: remark.add(.words(" jumps "))
    case .gap: remark.add(.words(" has no value "))
    case .corner: remark.add(.words(" has a corner "))
    }
    if let point = point(place.equations) {
      remark.add(.words("at "), .formula(point))
    } else {
      for (number, equation) in place.equations.enumerated() {
        let word = number == 0 ? "where " : number == place.equations.count - 1 ? " and " : ", "
        remark.add(.words(word), .formula(formula.form(of: equation)))
      }
    }
    switch place.kind {
    case .bend: tellSlopes(place, &remark)
    case .jump:
      guard place.sides.allSatisfy({ $0.value.cost <= Self.longest }) else { break }
      remark.add(.words(": it tends to "))
      tellSides(place, place.sides.map(\.value), &remark)
    case .corner: tellCorner(place, &remark)
    case .gap:
      remark.add(.words("; the limit there is "))
      guard let limit = place.limit else { break }
      if case .number(let number) = limit.shape, !number.isExact {
        remark.add(.words(invocation.glyphs.approximately + " "), .number(number.double))
      } else {
        remark.add(.formula(formula.form(of: limit)))
      }
    }
    return remark
  }

  /// The only point where equations hold that give every letter its value.
  private func point(_ equations: [Expr]) -> Form? {
    guard equations.count > 1, formula.parameters.isEmpty else { return nil }
    let coordinates = variables.compactMap { variable in
      equations.lazy.compactMap { equation -> Form? in
        guard case .call(.equal, let sides) = equation.shape, sides[0] == .variable(variable),
          sides[1].freeVariables.isEmpty
        else { return nil }
        return formula.form(of: sides[1])
      }.first
    }
    return coordinates.count == variables.count ? .point(coordinates) : nil
  }

  /// `A on the side x < y, B on the other`
  private func tellSides(_ place: SpecialPlace, _ values: [Expr], _ remark: inout Remark) {
    remark.add(
      .formula(formula.form(of: values[0])), .words(" on the side "),
      .formula(formula.form(of: place.sides[0].condition)), .words(", "),
      .formula(formula.form(of: values[1])), .words(" on the other"))
  }

  /// `: ∂f/∂x is −1 on the side x < y, 1 on the other; ∂f/∂y is 1 and −1`
  private func tellSlopes(_ place: SpecialPlace, _ remark: inout Remark) {
    let (low, high) = (place.sides[0].derivatives, place.sides[1].derivatives)
    let different = variables.indices.filter { low[$0] != high[$0] }
    guard !different.isEmpty, different.count <= 3,
      different.allSatisfy({ max(low[$0].cost, high[$0].cost) <= Self.longest })
    else { return }
    for (number, variable) in different.enumerated() {
      remark.add(.words(number == 0 ? ": " : "; "), .formula(shortLabel(variable)), .words(" is "))
      if number == 0 {
        tellSides(place, [low[variable], high[variable]], &remark)
      } else {
        remark.add(
          .formula(formula.form(of: low[variable])), .words(" and "),
          .formula(formula.form(of: high[variable])))
      }
    }
  }

  /// `: ∂f/∂x is −1 from below and 1 from above, and so is ∂f/∂y`
  private func tellCorner(_ place: SpecialPlace, _ remark: inout Remark) {
    guard let first = place.slopes.first else { return remark.add(.words(", where it has no gradient")) }
    let tell = { (slopes: SpecialPlace.Slopes, remark: inout Remark) in
      let sign = { (value: Double) -> String in
        value == value.rounded() ? "" : self.invocation.glyphs.approximately + " "
      }
      remark.add(
        .formula(self.shortLabel(slopes.variable)), .words(" is " + sign(slopes.below)),
        .number(slopes.below),
        .words(" from below and " + sign(slopes.above)), .number(slopes.above), .words(" from above"))
    }
    remark.add(.words(": "))
    tell(first, &remark)
    let alike = place.slopes.dropFirst().filter { $0.below == first.below && $0.above == first.above }
    for (number, slopes) in alike.enumerated() {
      let word = number == 0 ? ", and so \(alike.count == 1 ? "is" : "are") " : " and "
      remark.add(.words(word), .formula(shortLabel(slopes.variable)))
    }
    for slopes in place.slopes.dropFirst() where !alike.contains(slopes) {
      remark.add(.words("; "))
      tell(slopes, &remark)
    }
  }

  /// `∂f/∂x`, or f′ where there is one variable besides parameters.
  private func shortLabel(_ place: Int) -> Form {
    variables.count == 1
      ? .label(.prime(formula.name, order: 1, of: []))
      : .label(.partial(formula.name, by: [.variable(variables[place].name)]))
  }

  // MARK: JSON

  /// The same as data; nil where there is nothing.
  var specialAnswers: [SpecialAnswer]? {
    let answers =
      variables.count == 1 && formula.parameters.isEmpty
      ? formula.specialPoints().map { answer($0) } : formula.specialPlaces().map { answer($0) }
    return answers.isEmpty ? nil : answers
  }

  private func answer(_ point: SpecialPoint) -> SpecialAnswer {
    let place = Expr.call(.equal, [.variable(variables[0]), point.place])
    var answer = SpecialAnswer(kind: SpecialPlace.Kind.gap.rawValue, where: plainText(place))
    answer.at = JSONNumber(point.value)
    if let limit = point.limit {
      answer.limit = plainText(point.exactLimit ?? .number(Number(approximate: limit)))
    }
    guard let kink = point.kink else { return answer }
    answer.kind = (kink.isJump ? SpecialPlace.Kind.jump : .bend).rawValue
    answer.slopes = [
      .init(
        variable: plainName(0), below: kink.below.map { JSONNumber($0.slope) },
        above: kink.above.map { JSONNumber($0.slope) })
    ]
    return answer
  }

  private func answer(_ place: SpecialPlace) -> SpecialAnswer {
    var answer = SpecialAnswer(
      kind: place.kind.rawValue, where: place.equations.map(plainText).joined(separator: ", "))
    if !place.sides.isEmpty {
      answer.sides = place.sides.map { side in
        .init(
          where: plainText(side.condition), derivative: side.derivatives.map(plainText),
          value: place.kind == .jump ? plainText(side.value) : nil)
      }
    }
    if !place.slopes.isEmpty {
      answer.slopes = place.slopes.map {
        .init(variable: plainName($0.variable), below: JSONNumber($0.below), above: JSONNumber($0.above))
      }
    }
    answer.limit = place.limit.map(plainText)
    return answer
  }
}
