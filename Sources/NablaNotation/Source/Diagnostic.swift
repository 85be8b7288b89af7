import NablaBasics

/// Something to say about a text: what, where, and how to put it right.
///
///     error: unknown function ‘sinn’
///       3x^2 + sinn(x)
///              ^^^^ did you mean ‘sin’?
public struct Diagnostic: NablaError, Hashable {
  /// Whether there is an answer all the same.
  public enum Severity: String, Hashable, Sendable {
    case error, note
  }

  /// A text to put in the place of another.
  public struct Fix: Hashable, Sendable {
    /// What is replaced.
    public var span: SourceSpan
    /// What stands there afterwards.
    public var replacement: String
    /// The fix in words: `did you mean ‘sin’?`
    public var label: String
  }

  /// What is the matter; the texts quoted in the sentence are its values.
  public let kind: Kind
  /// An error, or a note that says how something was read.
  public var severity: Severity
  /// Where, in UTF-8 bytes.
  public let span: SourceSpan
  /// What stands beside the carets; empty where there is nothing to add.
  public let hint: String
  /// At most two ways to put it right.
  public let fixes: [Fix]

  /// The sentence.
  public var message: String { ShortText.of(kind.facts.message) }
  /// The same: what every error of the library has.
  public var sentence: String { message }
  /// The stable name of the kind.
  public var id: String { kind.facts.id }

  init(_ kind: Kind, _ span: SourceSpan, hint: String = "", fixes: [Fix] = []) {
    self.kind = kind
    severity = kind.facts.severity
    self.span = span
    self.fixes = fixes.prefix(2).map { fix in
      Fix(span: fix.span, replacement: fix.replacement, label: ShortText.of(fix.label))
    }
    self.hint = hint.isEmpty ? self.fixes.map(\.label).joined(separator: ", or ") : ShortText.of(hint)
  }

  /// The same as an error, for those who want no reading that needs a note.
  var asError: Diagnostic {
    var copy = self
    copy.severity = .error
    return copy
  }

  /// The facts of a diagnostic as programs read them.
  public struct Facts: Hashable, Sendable, Codable {
    /// The stable name of the kind.
    public var id: String
    /// `error` or `note`.
    public var severity: String
    /// The first byte.
    public var start: Int
    /// The byte after the last.
    public var end: Int
    /// The line, from 1.
    public var line: Int
    /// The character in the line, from 1.
    public var column: Int
    /// The sentence.
    public var message: String
    /// What may be put where.
    public var fixes: [FixFacts]
  }

  /// A fix as programs read it.
  public struct FixFacts: Hashable, Sendable, Codable {
    /// The first byte that is replaced.
    public var start: Int
    /// The byte after the last.
    public var end: Int
    /// What stands there afterwards.
    public var text: String
    /// The fix in words.
    public var label: String
  }

  /// The facts, with line and column counted in `source`.
  public func facts(in source: SourceText) -> Facts {
    let place = source.place(of: span.start)
    return Facts(
      id: id, severity: severity.rawValue, start: span.start, end: span.end, line: place.line,
      column: place.column, message: message,
      fixes: fixes.map {
        FixFacts(start: $0.span.start, end: $0.span.end, text: $0.replacement, label: $0.label)
      })
  }
}

/// Why a text has no reading: at least one error, and the notes beside it.
public struct ReadingError: NablaError, Hashable {
  /// The text.
  public let source: SourceText
  /// Errors first, each in the order of the text.
  public let diagnostics: [Diagnostic]

  package init(source: SourceText, diagnostics: [Diagnostic]) {
    (self.source, self.diagnostics) = (source, diagnostics)
  }

  /// The first error, without its place.
  public var sentence: String { diagnostics.first?.message ?? "this text has no reading" }

  /// At most three errors, each with its line and carets below it, as `styled` has them with colours.
  public var description: String { styled.plain }

  /// At most three errors as a person reads them.
  public var styled: Styled { styled(columns: nil) }

  /// The same for a screen that is so many cells wide; nil where it is not known.
  public func styled(columns: Int?) -> Styled {
    Diagnostic.render(diagnostics.filter { $0.severity == .error }, in: source, columns: columns)
  }
}
