import NablaBasics

/// `eval --json-lines` and `grad --json-lines`.
struct ValueLines {
  struct Request: JSONRequest {
    enum CodingKeys: String, CodingKey, CaseIterable { case id, formula, variables, parameters, points }

    var id: JSONValue?
    var formula: String
    var variables: [String]?
    var parameters: [String: Double]?
    var points: [[Double]]?
  }

  let invocation: Invocation

  func run() throws(Failure) -> Command.Exit {
    try JSONLines(invocation: invocation, honoured: []).run(Request.self) { request, console, notices in
      let subject = try Subject(
        request: request.formula, id: request.id, variables: request.variables,
        parameters: request.parameters, notices: notices, invocation: invocation)
      for (place, point) in (request.points ?? []).enumerated() where point.count != subject.variables.count {
        throw Unanswerable(
          id: request.id, "request.point",
          "points[\(place)] has \(counted(point.count, "coordinate")), the formula "
            + counted(subject.variables.count, "variable"))
      }
      do {
        var answer = try subject.valuesAnswer(at: request.points, wrt: Array(subject.variables.indices))
        answer.id = request.id
        console.answer(json: answer)
      } catch let failure as Failure {
        throw Unanswerable(id: request.id, failure)
      }
    }
  }
}
