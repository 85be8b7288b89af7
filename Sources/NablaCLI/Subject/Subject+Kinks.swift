import Nabla
import NablaAlgebra
import NablaEvaluation
import NablaNotation

extension Subject {
  /// What f tends to at a point without a value; nil where nothing can be said.
  func limit(at point: [Double]) -> PointLimit? { (try? formula.compiled())?.limit(at: point) }

  /// `the limit as x → 0 is 1`, ≈ where only digits are known
  func limitSentence(at point: Point) -> String? {
    limitSentence(limit(at: point.values), in: formula, at: point)
  }

  /// `the limit of f′(x) as x → 0 is ≈ 0`, of the first partial derivative that has no value at a point.
  func limitSentence(ofGradient gradient: [Double], at point: Point) -> String? {
    guard let place = gradient.firstIndex(where: { !$0.isFinite }),
      let partial = try? partials([place]).first,
      let compiled = try? CompiledFunction(partial.expression, variables: variables, limits: limits)
    else { return nil }
    return limitSentence(
      compiled.limit(at: point.values), of: " of \(partialLabel(place))",
      in: Formula(partial.expression, variables: variables), at: point)
  }

  private func limitSentence(
    _ limit: PointLimit?, of what: String = "", in formula: Formula, at point: Point
  ) -> String? {
    let exact =
      variables.count == 1 && limit.map { $0.common != nil } ?? true
      ? formula.exactLimit(near: limit?.common, at: point.exact[0]) : nil
    guard let place = limit.map({ variables.firstIndex(of: $0.variable) }) ?? 0, exact != nil || limit != nil
    else { return nil }
    let motion = "\(shownName(place)) → \(point.texts[place])"
    let number = { (value: Double) in
      "\(self.invocation.glyphs.approximately) \(self.invocation.number(value))"
    }
    let sentence: String
    if let value = exact.map({ text($0) }) ?? limit?.common.map(number) {
      sentence = "the limit\(what) as \(motion) is \(value)"
    } else {
      let sides = [
        limit?.below.map { "from below is \(number($0))" },
        limit?.above.map { "from above is \(number($0))" },
      ].compactMap { $0 }
      sentence = "the limit\(what) as \(motion) " + sides.joined(separator: ", ")
    }
    return invocation.glyphs.worded(sentence)
  }

  /// `|x| bends here: f′ is −1 from below and 1 from above; 0 is taken`; nil at points without kinks.
  func kinkSentence(at point: [Double]) -> String? {
    guard let kinks = (try? formula.compiled())?.kinks(at: point), !kinks.isEmpty else { return nil }
    let shown = kinks.prefix(2).map(sentence) + (kinks.count > 2 ? ["\(kinks.count - 2) more variables"] : [])
    let verb = kinks.contains { $0.isJump } ? "jump" : "bend"
    var parts: [Expr] = []
    for part in kinks.flatMap(\.parts) where !parts.contains(part) { parts.append(part) }
    // A condition does not bend; what it chooses the branch of does.
    let isCondition = parts.contains {
      if case .call(let function, _) = $0.shape { function.isCondition } else { false }
    }
    let names = isCondition || parts.isEmpty ? [name] : parts.prefix(2).map { text($0) }
    let subject = names.joined(separator: " and ") + (names.count == 1 ? " \(verb)s" : " \(verb)")
    return invocation.glyphs.worded("\(subject) here: \(shown.joined(separator: "; "))")
  }

  /// `sign x jumps here: f″ is −2 from below and 2 from above; 0 is taken`, of the first slope with a kink that has a value.
  func slopeKinkSentence(at point: [Double]) -> String? {
    for (place, partial) in ((try? partials(Array(variables.indices))) ?? []).enumerated() {
      guard let slope = try? CompiledFunction(partial.expression, variables: variables, limits: limits),
        let kink = slope.kinks(at: point).first,
        let other = variables.firstIndex(of: kink.variable)
      else { continue }
      let label =
        variables.count == 1
        ? name + invocation.glyphs.primes(2)
        : invocation.glyphs.second(name, shownName(place), shownName(other))
      let verb = kink.isJump ? "jumps" : "bends"
      let slopeName = variables.count == 1 ? name + invocation.glyphs.primes(1) : partialLabel(place)
      return invocation.glyphs.worded(
        "\(slopeName) \(verb) here: \(sentence(kink, label: label, of: slopeName))")
    }
    return nil
  }

  private func sentence(_ kink: Kink) -> String {
    guard let place = variables.firstIndex(of: kink.variable) else { return "" }
    let label = variables.count == 1 ? name + invocation.glyphs.primes(1) : partialLabel(place)
    return sentence(kink, label: label, of: name)
  }

  private func sentence(_ kink: Kink, label: String, of name: String) -> String {
    let slopes = zip(["below", "above"], [kink.below, kink.above]).map { word, side in
      let slope = side.map { invocation.number($0.slope) } ?? "not there"
      guard let side, (side.value - kink.here.value).magnitude > 1e-9 * max(1, kink.here.value.magnitude)
      else {
        return "\(slope) from \(word)"
      }
      return "\(slope) from \(word) (where \(name) tends to \(invocation.number(side.value)))"
    }
    let taken = invocation.number(kink.here.slope)
    return "\(label) is \(slopes.joined(separator: " and ")), \(taken) is taken"
  }
}
