import NablaAlgebra
import NablaNotation

extension Subject {
  /// The partial derivatives by some of the variables, and values at points, as JSON.
  func valuesAnswer(at points: [[Double]]?, wrt places: [Int]) throws(Failure) -> ValuesAnswer {
    var answer = ValuesAnswer()
    answer.formula = plainEcho
    answer.variables = places.map(plainName)
    let letters = formula.parameters.map { plainText(.variable($0)) }
    answer.parameters = letters.isEmpty ? nil : letters
    answer.domain = domain(.plain)
    let (partials, check) = try checkedPartials(places)
    answer.derivative = partials.map { plainText($0.expression) }
    answer.checked = .init(points: check.points, comparisons: check.comparisons)
    answer.notes = noticesOrNil
    guard let points else { return answer }
    answer.points = points.map(JSONNumber.list)
    var statuses: [String?] = []
    var values: [JSONNumber] = []
    var gradients: [[JSONNumber]] = []
    var limits: [LimitAnswer?] = []
    var kinks: [String?] = []
    for point in points {
      let (f, gradient) = try self.values(at: point)
      values.append(JSONNumber(f))
      // Outside the domain there is no gradient, whatever the rules of differentiation would give.
      gradients.append(JSONNumber.list(places.map { f.isFinite ? gradient[$0] : .nan }))
      statuses.append(status(at: point, f: f, gradient: gradient))
      limits.append(f.isFinite ? nil : limit(at: point).map(LimitAnswer.init))
      kinks.append(kinkSentence(at: point))
    }
    answer.value = values
    answer.gradient = gradients
    if limits.contains(where: { $0 != nil }) { answer.limit = limits }
    if kinks.contains(where: { $0 != nil }) { answer.kinks = kinks.map { $0.map(Glyphs.plain.worded) } }
    if statuses.contains(where: { $0 != nil }) {
      answer.status = statuses.map { $0.map(Glyphs.plain.worded) }
    }
    return answer
  }
}
