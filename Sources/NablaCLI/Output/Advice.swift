import NablaAlgebra
import NablaBasics
import NablaDescent

/// What to say about a path that falls for ever: the term that pulls, and a minimum that starts elsewhere reach.
///
///     −3y⁵ → −∞ as y → ∞. A local minimum exists near (1.1901, −0.892577), f ≈ −2.54942: try --from 1,-1
struct Advice {
  let subject: Subject
  let method: any Method
  let start: [Double]
  let trace: Trace

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }
  private var isDown: Bool { trace.sense == .minimize }

  /// The sentences, nil where there is nothing to say.
  var sentence: String? {
    let parts = [pull ?? ray, neighbour].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ". ")
  }

  /// The term that outweighs all others at the end of the path, if one variable alone drives it.
  private var pull: String? {
    let end: [Double]
    switch trace.stop {
    case .unbounded(_, let x, _), .unboundedRay(_, let x, _): end = x
    default: return nil
    }
    guard case .sum(let terms) = subject.expression.shape, terms.count <= 100 else { return nil }
    var largest: (term: Expr, size: Double)?
    for term in terms {
      let value = subject.value(of: term, at: end)
      if isDown ? value < 0 : value > 0, value.magnitude > (largest?.size ?? 0) {
        largest = (term, value.magnitude)
      }
    }
    guard let term = largest?.term, term.freeVariables.count == 1, let variable = term.freeVariables.first,
      let place = subject.variables.firstIndex(of: variable)
    else { return nil }
    var further = end
    further[place] *= 10
    // Beyond a pole the term is smaller, on the way to infinity larger.
    let isPole = !(subject.value(of: term, at: further).magnitude > largest?.size ?? 0)
    let far: String
    guard goesOn(from: end, place, isPole: isPole) else { return nil }
    if isPole {
      let pole = end[place].magnitude < 1e-6 * max(1, start[place].magnitude) ? 0 : end[place]
      let isFromBelow = pole == 0 ? end[place] < 0 : start[place] < end[place]
      let side = glyphs == .unicode ? (isFromBelow ? "⁻" : "⁺") : (isFromBelow ? "-" : "+")
      far = invocation.number(pole, digits: min(4, invocation.digits)) + side
    } else {
      far = (end[place] < 0 ? glyphs.minus : "") + glyphs.infinity
    }
    let fall = (isDown ? glyphs.minus : "") + glyphs.infinity
    let arrow = glyphs == .unicode ? "→" : "->"
    // Of a linear term that says nothing new.
    return
      "\(term.isLinearTerm ? subject.name : subject.text(term)) \(arrow) \(fall) as \(subject.shownName(place)) \(arrow) \(far)"
  }

  /// Whether f is lower still ten, a hundred, … times as far, or as near to the pole at 0, as far as it has values.
  private func goesOn(from end: [Double], _ place: Int, isPole: Bool) -> Bool {
    var last = subject.value(of: subject.expression, at: end)
    for step in 1...12 where !isPole || end[place].magnitude < 1e-6 * max(1, start[place].magnitude) {
      var further = end
      further[place] *= Libm.pow(isPole ? 0.1 : 10, Double(step))
      let next = subject.value(of: subject.expression, at: further)
      guard next.isFinite else { break }
      if isDown ? next >= last : next <= last { return false }
      last = next
    }
    return true
  }

  /// The ray on which a polynomial's leading term proves that it has no bound: f = −2t⁴ at (t, −t), to leading order.
  private var ray: String? {
    switch trace.stop {
    case .unbounded, .unboundedRay: break
    default: return nil
    }
    let way = zip(trace.x, start).map { $0 - $1 }
    guard let ray = subject.formula.unboundedRay(trace.sense, toward: way) else { return nil }
    let arrow = glyphs == .unicode ? "→" : "->"
    if ray.direction.count == 1 {
      let isBack = ray.direction[0] < 0
      let coefficient = isBack && ray.degree % 2 == 1 ? -ray.coefficient : ray.coefficient
      let term = Expr.product([
        .number(coefficient), .power(.variable(subject.variables[0]), .integer(ray.degree)),
      ])
      let (fall, far) = (isDown ? glyphs.minus : "", isBack ? glyphs.minus : "")
      return
        "\(subject.text(term)) \(arrow) \(fall)\(glyphs.infinity) as \(subject.shownName(0)) \(arrow) \(far)\(glyphs.infinity)"
    }
    let t = Variable("t")
    let term = Expr.product([.number(ray.coefficient), .power(.variable(t), .integer(ray.degree))])
    let point = ray.direction.map { sign in
      sign == 0 ? "0" : (sign < 0 ? glyphs.minus : "") + "t"
    }
    let place = PointText(glyphs: glyphs).tuple(point)
    return
      "at \(place) with t \(arrow) \(glyphs.infinity) the leading term is \(subject.text(term)): \(subject.name) has no bound"
  }

  /// A strict local minimum found from the corners and the middle of a box around the start.
  private var neighbour: String? {
    guard (1...4).contains(start.count) else { return nil }
    let sizes = start.map { $0 == 0 ? 1 : $0.magnitude }
    var starts: [[Double]] = []
    for corner in 1..<(1 << start.count) {
      starts.append(
        start.indices.map { (corner >> $0) & 1 == 0 ? start[$0] : -(start[$0] == 0 ? 1 : start[$0]) })
    }
    starts += [sizes.map { $0 / 2 }, sizes.map { -$0 / 2 }]
    for begin in starts {
      guard let end = minimum(from: begin, by: Automatic()) else { continue }
      let rounded = end.x.map { $0.rounded(.toNearestOrAwayFromZero) }
      let nearby = minimum(from: rounded, by: method)
      let isReached = nearby.map {
        zip($0.x, end.x).allSatisfy { ($0 - $1).magnitude <= 1e-4 * max(1, $1.magnitude) }
      }
      let from = isReached == true ? rounded : end.x
      let point = PointText(glyphs: glyphs).tuple(end.x.map { invocation.number($0) })
      let place = start.count == 1 ? "\(subject.shownName(0)) = \(invocation.number(end.x[0]))" : point
      let option = from.map { NumberText.significant($0, digits: 3, minus: .ascii) }.joined(separator: ",")
      return "A local \(isDown ? "minimum" : "maximum") exists near \(place), "
        + "\(subject.name) \(invocation.sign(end.f)) \(invocation.number(end.f)): try --from \(option)"
    }
    return nil
  }

  /// The strict local minimum that a short descent reaches from a point.
  private func minimum(from point: [Double], by method: any Method) -> Trace.Point? {
    guard let objective = try? subject.objective(sense: trace.sense) else { return nil }
    let minimizer = Minimizer(method, StopCriteria(maximumIterations: 2000), recording: .atMost(3))
    let found = minimizer.minimize(objective, from: point, cancellation: invocation.cancellation)
    let verdict = found.certificate.verdict
    let isStrict = verdict == .strictLocalMinimum || verdict == .strictLocalMaximum
    return found.success && isStrict ? found.answer : nil
  }
}

extension Expr {
  /// Whether it is a variable or a number times one.
  fileprivate var isLinearTerm: Bool {
    switch shape {
    case .variable: return true
    case .product(let factors):
      guard factors.count == 2, case .number = factors[0].shape, case .variable = factors[1].shape else {
        return false
      }
      return true
    case .number, .constant, .element, .sum, .power, .call, .fold: return false
    }
  }
}
