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
    answer.derivative = try partials(places).map { plainText($0.expression) }
    answer.notes = noticesOrNil
    guard let points else { return answer }
    answer.points = points.map(JSONNumber.list)
    var statuses: [String?] = []
    var values: [JSONNumber] = []
    var gradients: [[JSONNumber]] = []
    for point in points {
      let (f, gradient) = try self.values(at: point)
      values.append(JSONNumber(f))
      gradients.append(JSONNumber.list(places.map { gradient[$0] }))
      statuses.append(status(at: point, f: f, gradient: gradient))
    }
    answer.value = values
    answer.gradient = gradients
    if statuses.contains(where: { $0 != nil }) {
      answer.status = statuses.map { $0.map(Glyphs.plain.worded) }
    }
    return answer
  }
}
