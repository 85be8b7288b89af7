/// Text in runs, each with the role it plays; painters turn roles into colours, or drop them.
///
///     var text = Styled("∂f/∂x", .keyword)
///     text.append(" = 6x", .value)
///     text.plain   // "∂f/∂x = 6x"
public struct Styled: Hashable, Sendable {
  /// What a run of text is, never how it looks.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    case text, value, `operator`, function, variable, keyword, error, note, hint, success
  }

  /// A stretch of text with one role.
  public struct Run: Hashable, Sendable {
    /// The characters of the run.
    public var text: String
    /// The role that all of them play.
    public var role: Role
  }

  /// The runs in order; neighbours differ in role.
  public private(set) var runs: [Run] = []

  /// An empty text.
  public init() {}

  /// A text of one run.
  public init(_ text: String, _ role: Role = .text) { append(text, role) }

  /// The characters without their roles.
  public var plain: String {
    var result = ""
    for run in runs { result += run.text }
    return result
  }

  /// The number of terminal cells the text takes.
  public var width: Int { runs.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// Adds a run, joined to the last one where the roles agree.
  public mutating func append(_ text: String, _ role: Role = .text) {
    guard !text.isEmpty else { return }
    if let last = runs.indices.last, runs[last].role == role {
      runs[last].text += text
    } else {
      runs.append(Run(text: text, role: role))
    }
  }

  /// Adds all runs of another text.
  public mutating func append(_ other: Styled) {
    for run in other.runs { append(run.text, run.role) }
  }

  /// The two texts one after the other.
  public static func + (left: Styled, right: Styled) -> Styled {
    var result = left
    result.append(right)
    return result
  }
}
