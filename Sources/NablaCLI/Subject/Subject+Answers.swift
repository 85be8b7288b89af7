import NablaAlgebra
import NablaBasics
import NablaNotation

extension Subject {
  /// The partial derivatives by some of the variables, and values at a point as typed, as JSON.
  func valuesAnswer(at point: Point?, wrt places: [Int]) throws(Failure) -> ValuesAnswer {
    try valuesAnswer(at: point.map { [$0.values] }, typed: point, wrt: places)
  }

  /// The same at points; `typed` is the only one of them where its coordinates are known as typed.
  func valuesAnswer(
    at points: [[Double]]?, typed: Point? = nil, wrt places: [Int]
  ) throws(Failure) -> ValuesAnswer {
    var answer = ValuesAnswer()
    answer.formula = plainEcho
    answer.variables = places.map(plainName)
    let letters = formula.parameters.map { plainText(.variable($0)) }
    answer.parameters = letters.isEmpty ? nil : letters
    answer.domain = domain(.plain)
    let (partials, check) = try checkedPartials(places)
    answer.derivative = partials.map { plainText($0.expression) }
    answer.checked = CheckedAnswer(check)
    answer.notes = noticesOrNil
    guard let points else {
      answer.special = specialAnswers
      return answer
    }
    answer.points = points.map(JSONNumber.list)
    var statuses: [String?] = []
    var values: [JSONNumber] = []
    var gradients: [[JSONNumber]] = []
    var limits: [LimitAnswer?] = []
    var kinks: [String?] = []
    var doubts: [DoubtAnswer?] = []
    for point in points {
      var (f, gradient) = try self.values(at: point)
      if let typed { (f, gradient) = try self.values(at: typed) }
      values.append(JSONNumber(f))
      // Outside the domain there is no gradient, whatever the rules of differentiation would give.
      gradients.append(JSONNumber.list(places.map { f.isFinite ? gradient[$0] : .nan }))
      statuses.append(
        typed.map { status(at: $0, f: f, gradient: gradient) } ?? status(at: point, f: f, gradient: gradient))
      let place = typed ?? Point(decimals: point)
      doubts.append(f.isFinite ? certainty(of: f, gradient, at: place, digits: 6).answer : nil)
      limits.append(f.isFinite ? nil : limit(at: point).map(LimitAnswer.init))
      kinks.append(kinkSentence(at: point))
    }
    answer.value = values
    answer.gradient = gradients
    if limits.contains(where: { $0 != nil }) { answer.limit = limits }
    if doubts.contains(where: { $0 != nil }) { answer.rounding = doubts }
    if kinks.contains(where: { $0 != nil }) { answer.kinks = kinks.map { $0.map(Glyphs.plain.worded) } }
    if statuses.contains(where: { $0 != nil }) {
      answer.status = statuses.map { $0.map(Glyphs.plain.worded) }
    }
    return answer
  }
}

extension Subject.Point {
  /// A point of numbers as a request has them: the decimals that they were.
  fileprivate init(decimals values: [Double]) {
    let texts = values.map { NumberText.shortest($0) }
    self.init(
      values: values, texts: texts,
      exact: zip(texts, values).map { .number(Number(decimal: $0) ?? Number(approximate: $1)) })
  }
}
