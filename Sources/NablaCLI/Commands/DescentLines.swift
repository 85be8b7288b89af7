import NablaBasics
import NablaDescent

/// `minimize --json-lines` and `maximize --json-lines`.
struct DescentLines {
  struct Request: JSONRequest {
    enum CodingKeys: String, CodingKey, CaseIterable {
      case id, formula, variables, parameters, start, bounds, sense, method, rate, steps
    }

    var id: JSONValue?
    var formula: String
    var variables: [String]?
    var parameters: [String: Double]?
    var start: [Double]?
    var bounds: [[Double?]?]?
    var sense: String?
    var method: String?
    var rate: Double?
    var steps: Int?
  }

  let invocation: Invocation
  let sense: Objective.Sense
  let method: any Method
  let criteria: StopCriteria

  func run() throws(Failure) -> Command.Exit {
    let honoured: [Option] = [.method, .steps, .max, .tolerance, .trace] + Descend.settings
    let wantsTrace = invocation.arguments.has(.trace)
    return try JSONLines(invocation: invocation, honoured: honoured).run(Request.self) {
      request, console, notices in
      let subject = try Subject(
        request: request.formula, id: request.id, variables: request.variables,
        parameters: request.parameters, notices: notices, invocation: invocation)
      let start = request.start ?? subject.origin.values
      guard start.count == subject.variables.count, !start.isEmpty else {
        throw Unanswerable(
          id: request.id, "request.start",
          "\"start\" has \(counted(start.count, "coordinate")), the formula "
            + counted(subject.variables.count, "variable"))
      }
      let bounds = try bounds(of: request, count: start.count)
      let method = try method(of: request)
      let name = request.method ?? (request.rate == nil ? "auto" : "gd")
      if bounds != nil, !Methods.keepsBounds(name) {
        throw Unanswerable(id: request.id, "request.bounds", "\(name) does not keep within bounds")
      }
      var criteria = criteria
      if let steps = request.steps { criteria.steps = max(0, steps) }
      let trace: Trace
      do {
        var objective = try subject.objective(sense: try sense(of: request))
        objective.bounds = bounds
        trace = Minimizer(method, criteria, recording: .atMost(wantsTrace ? Descend.mostRows : 3)).minimize(
          objective, from: start, cancellation: invocation.cancellation)
      } catch let failure as Failure {
        throw Unanswerable(id: request.id, failure)
      }
      var answer = subject.answer(trace, rate: method.fixedRate, withTrace: wantsTrace)
      answer.id = request.id
      console.answer(json: answer)
    }
  }

  private func bounds(of request: Request, count: Int) throws(Unanswerable) -> Bounds? {
    guard let given = request.bounds, given.contains(where: { $0 != nil }) else { return nil }
    guard given.count == count, given.allSatisfy({ $0 == nil || $0?.count == 2 }) else {
      throw Unanswerable(
        id: request.id, "request.bounds",
        "\"bounds\" has null or [low, high] for each of \(counted(count, "variable"))")
    }
    let found = Bounds(
      validatingLower: given.map { $0?[0] ?? -.infinity }, upper: given.map { $0?[1] ?? .infinity })
    guard let found else {
      throw Unanswerable(id: request.id, "request.bounds", "a lower bound is above its upper bound")
    }
    return found
  }

  private func sense(of request: Request) throws(Unanswerable) -> Objective.Sense {
    guard let name = request.sense else { return sense }
    guard let sense = Objective.Sense(rawValue: name) else {
      throw Unanswerable(id: request.id, "request.sense", "\"sense\" is \"min\" or \"max\"")
    }
    return sense
  }

  private func method(of request: Request) throws(Unanswerable) -> any Method {
    if request.method == nil, request.rate == nil { return method }
    if let option = Descend.settings.first(where: { invocation.arguments.has($0) }) {
      throw Unanswerable(
        id: request.id, "request.method",
        "--\(option.name) of the command line is for its own method; this request says its own")
    }
    let name = request.method ?? "gd"
    guard let row = Methods.named(name) else {
      let known = Methods.all.map(\.name).joined(separator: ", ")
      throw Unanswerable(
        id: request.id, "request.method", "there is no method \"\(name)\"; there are \(known)")
    }
    do {
      return try row.make(request.rate.map { ["rate": $0] } ?? [:])
    } catch {
      throw Unanswerable(id: request.id, "request.rate", "\"rate\" is a positive number")
    }
  }
}
