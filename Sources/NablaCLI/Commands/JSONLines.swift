import FoundationEssentials
import NablaBasics

/// One request a line, one answer a line, in order, each sent before the next is read.
///
/// A line that cannot be answered gets an `error`, and the next one goes on; memory holds one line at a time.
struct JSONLines {
  /// The longest line, in bytes.
  static let longest = 64_000_000

  let invocation: Invocation
  /// Options of the command line that hold for every request.
  let honoured: [Option]

  /// Options that every command with requests heeds.
  private static let alwaysHonoured: [Option] =
    [.json, .jsonLines, .strict, .decimalComma] + Option.everywhere

  /// Where a request says what an option says on the command line.
  private static let places: [String: String] = [
    "at": "points", "from": "start", "let": "parameters", "vars": "variables",
  ]

  /// Answers requests until the input ends, the output closes or somebody interrupts.
  ///
  /// `answer` gets the request, the console, and what there is to note about the request itself.
  func run<Request: JSONRequest>(
    _ type: Request.Type, answer: (Request, Console, [NoticeAnswer]) throws -> Void
  ) throws(Failure) -> Command.Exit {
    try invocation.allow(values: 0, fix: "requests come on standard input")
    try refuseOtherOptions()
    let console = invocation.console
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
          // Files of some editors begin with a mark of their encoding.
          let hasMark = text.unicodeScalars.first == "\u{FEFF}"
          try take(hasMark ? String(text.unicodeScalars.dropFirst()) : text, type, answer)
        } catch let trouble as Unanswerable {
          fail(trouble.notices[0], trouble.id, more: Array(trouble.notices.dropFirst()))
        } catch {
          fail(NoticeAnswer(id: "request.malformed", message: JSONLines.sentence(error)), nil)
        }
      }
      console.output.flush()
    }
    return .answered
  }

  /// One request.
  private func take<Request: JSONRequest>(
    _ text: String, _ type: Request.Type, _ answer: (Request, Console, [NoticeAnswer]) throws -> Void
  ) throws {
    let json = JSONText(text)
    let id = json.value(of: "id").map { JSONValue(text: $0) }
    if let trouble = json.trouble {
      throw Unanswerable(
        id: id, "request.malformed", "\(trouble.sentence) (byte \(trouble.place + 1) of the line)")
    }
    let keys = Request.CodingKeys.allCases.map(\.stringValue)
    let notices = json.members.map(\.key).filter { !keys.contains($0) }.map { key in
      let near = closest(to: key, among: keys)
      return NoticeAnswer(
        id: "request.unknownKey", message: "a request has no \"\(Painter.harmless(key))\"",
        fixes: near.map { ["did you mean \"\($0)\"?"] })
    }
    if invocation.arguments.has(.strict), !notices.isEmpty { throw Unanswerable(id: id, notices) }
    do {
      var request = try JSONDecoder().decode(type, from: Data(text.utf8))
      request.id = id
      try answer(request, invocation.console, notices)
    } catch let error as DecodingError {
      throw Unanswerable(id: id, "request.malformed", JSONLines.sentence(error))
    }
  }

  /// An option that no request would heed is refused, with the place that a request has for it.
  private func refuseOtherOptions() throws(Failure) {
    let known = (honoured + JSONLines.alwaysHonoured).map(\.name)
    for option in Option.all where invocation.arguments.has(option) && !known.contains(option.name) {
      throw .usage(
        UsageError(
          .notTogether(option: option.name, other: Option.jsonLines.name),
          at: invocation.arguments.value(option)?.argument ?? invocation.arguments.end,
          fix: JSONLines.places[option.name].map { "each request has its own \"\($0)\"" }))
    }
  }

  private func fail(_ notice: NoticeAnswer, _ id: JSONValue?, more: [NoticeAnswer] = []) {
    invocation.console.answer(json: ErrorAnswer(id: id, error: notice, more: more.isEmpty ? nil : more))
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

/// A request of `--json-lines`; its keys are all that a line may hold.
protocol JSONRequest: Decodable {
  associatedtype CodingKeys: CodingKey & CaseIterable
  /// What comes back with the answer, byte for byte.
  var id: JSONValue? { get set }
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
    if case .values(let names, let sentence) = failure {
      let members = names.map { "\"\($0)\": 1" }.joined(separator: ", ")
      self.init(id: id, "formula", "\(sentence), such as \"parameters\": {\(members)}")
    } else {
      self.init(id: id, failure.notices ?? [])
    }
  }

  init(id: JSONValue?, _ kind: String, _ message: String) {
    self.init(id: id, [NoticeAnswer(id: kind, message: message)])
  }
}
