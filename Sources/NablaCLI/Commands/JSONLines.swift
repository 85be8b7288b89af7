import FoundationEssentials
import NablaBasics
import NablaDescent

/// One request a line, one answer a line, in order, each sent before the next is read.
///
/// A line that cannot be answered gets an `error`, and the next one goes on; memory holds one line at a time.
struct JSONLines {
  /// The longest line, in bytes.
  static let longest = 64_000_000

  let invocation: Invocation

  /// Answers requests until the input ends, the output closes or somebody interrupts.
  func run<Request: Decodable>(
    _ type: Request.Type, answer: (Request, Console) throws -> Void
  ) throws(Failure) -> Command.Exit {
    try invocation.allow(values: 0, fix: "requests come on standard input")
    let console = invocation.console
    let decoder = JSONDecoder()
    while !invocation.cancellation.isCancelled, console.output.failure == nil {
      let line: Input.Line
      do {
        line = try invocation.input.line(limit: JSONLines.longest)
      } catch {
        if case .interrupted = error as? System.Failure { return .interrupted }
        throw .text(.unreadable(name: "standard input", reason: "\(error)"))
      }
      switch line {
      case .end: return .answered
      case .tooLong:
        fail(
          NoticeAnswer(id: "request.tooLong", message: "the line is longer than \(JSONLines.longest) bytes"),
          nil)
      case .notText(let place):
        fail(
          NoticeAnswer(id: "request.notText", message: "the line is no UTF-8 text: see byte \(place + 1)"),
          nil)
      case .line(let text):
        if text.allSatisfy(\.isWhitespace) { continue }
        do {
          try answer(try decoder.decode(type, from: Data(text.utf8)), console)
        } catch let trouble as Unanswerable {
          fail(trouble.notices[0], trouble.id, more: Array(trouble.notices.dropFirst()))
        } catch {
          let id = try? decoder.decode(IdentityRequest.self, from: Data(text.utf8)).id
          fail(NoticeAnswer(id: "request.malformed", message: JSONLines.sentence(error)), id)
        }
      }
      console.output.flush()
    }
    return .answered
  }

  private func fail(_ notice: NoticeAnswer, _ id: JSONValue?, more: [NoticeAnswer] = []) {
    invocation.console.answer(json: ErrorAnswer(id: id, error: notice, more: more.isEmpty ? nil : more))
  }

  private struct IdentityRequest: Decodable {
    var id: JSONValue?
  }

  private static func sentence(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "the line is no JSON request" }
    func place(_ context: DecodingError.Context) -> String {
      var text = ""
      for key in context.codingPath {
        text += key.intValue.map { "[\($0)]" } ?? (text.isEmpty ? "" : ".") + key.stringValue
      }
      return text.isEmpty ? "the request" : "\"\(text)\""
    }
    switch error {
    case .keyNotFound(let key, _): return "the request has no \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(place(context)) has the wrong type"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "the line is no JSON" : "\(place(context)) cannot be read"
    @unknown default: return "the line is no JSON request"
    }
  }
}

/// A request that gets an `error` in place of an answer.
struct Unanswerable: Error {
  var id: JSONValue?
  /// The reasons, at least one.
  var notices: [NoticeAnswer]

  init(id: JSONValue?, _ notices: [NoticeAnswer]) {
    self.id = id
    self.notices =
      notices.isEmpty ? [NoticeAnswer(id: "request", message: "the request cannot be answered")] : notices
  }

  /// A failure that a command would have told.
  init(id: JSONValue?, _ failure: Failure) {
    self.init(id: id, failure.notices ?? [])
  }

  init(id: JSONValue?, _ kind: String, _ message: String) {
    self.init(id: id, [NoticeAnswer(id: kind, message: message)])
  }
}

/// `eval --json-lines` and `grad --json-lines`.
struct ValueLines {
  struct Request: Decodable {
    var id: JSONValue?
    var formula: String
    var variables: [String]?
    var parameters: [String: Double]?
    var points: [[Double]]?
  }

  let invocation: Invocation

  func run() throws(Failure) -> Command.Exit {
    try JSONLines(invocation: invocation).run(Request.self) { request, console in
      let subject = try Subject(
        request: request.formula, id: request.id, variables: request.variables,
        parameters: request.parameters,
        invocation: invocation)
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

/// `minimize --json-lines` and `maximize --json-lines`.
struct DescentLines {
  struct Request: Decodable {
    var id: JSONValue?
    var formula: String
    var variables: [String]?
    var parameters: [String: Double]?
    var start: [Double]?
    var bounds: [[Double]?]?
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
    try JSONLines(invocation: invocation).run(Request.self) { request, console in
      let subject = try Subject(
        request: request.formula, id: request.id, variables: request.variables,
        parameters: request.parameters,
        invocation: invocation)
      let start = request.start ?? subject.origin.values
      guard start.count == subject.variables.count, !start.isEmpty else {
        throw Unanswerable(
          id: request.id, "request.start",
          "\"start\" has \(counted(start.count, "coordinate")), the formula "
            + counted(subject.variables.count, "variable"))
      }
      if request.bounds?.contains(where: { $0 != nil }) == true {
        throw Unanswerable(id: request.id, "request.bounds", "no method of this version keeps within bounds")
      }
      let method = try method(of: request)
      var criteria = criteria
      if let steps = request.steps { criteria.steps = max(0, steps) }
      let trace: Trace
      do {
        let objective = try subject.objective(sense: try sense(of: request))
        trace = Minimizer(method, criteria, recording: .atMost(3)).minimize(
          objective, from: start, cancellation: invocation.cancellation)
      } catch let failure as Failure {
        throw Unanswerable(id: request.id, failure)
      }
      var answer = subject.answer(trace, method: method, withTrace: false)
      answer.id = request.id
      console.answer(json: answer)
    }
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
