import NablaBasics

/// One law that any text must keep, with how its texts are drawn.
public struct FuzzTarget: Sendable {
  /// The name on the command line, and of the folder of its corpus.
  public let name: String
  /// What is wrong with a text; nil where the law holds.
  public let trouble: @Sendable (String) -> String?
  /// The words that its texts are made of.
  public let words: [String]
  /// The text that a start draws; nil where formulas are drawn.
  private let draw: (@Sendable (UInt64) -> String)?

  /// A law by its check, about formulas or about the texts that `drawing` gives.
  public init(
    name: String, words: [String] = Mutations.dictionary, drawing draw: (@Sendable (UInt64) -> String)? = nil,
    trouble: @escaping @Sendable (String) -> String?
  ) {
    (self.name, self.words, self.draw, self.trouble) = (name, words, draw, trouble)
  }

  /// All laws.
  public static let all: [FuzzTarget] = [
    FuzzTarget(name: "formulas") { ReadingLaw.trouble(with: $0) },
    FuzzTarget(name: "gradients") { GradientLaw.trouble(with: $0) },
    FuzzTarget(name: "answers") { AnswerLaw.trouble(with: $0) },
    FuzzTarget(name: "verdicts") { VerdictLaw.trouble(with: $0) },
    FuzzTarget(name: "csv", words: TableLaw.words, drawing: TableLaw.text) { TableLaw.trouble(with: $0) },
    FuzzTarget(name: "options", words: OptionLaw.words, drawing: OptionLaw.text) {
      OptionLaw.trouble(with: $0)
    },
    FuzzTarget(name: "commands", words: OptionLaw.words, drawing: CommandLaw.text) {
      CommandLaw.trouble(with: $0)
    },
    FuzzTarget(name: "requests", words: RequestLaw.words, drawing: RequestLaw.text) {
      RequestLaw.trouble(with: $0)
    },
  ]

  /// The law of that name.
  public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

  /// A text that breaks the law, as small as it was found, and what it breaks.
  public struct Finding: Sendable, CustomStringConvertible {
    /// The text.
    public let text: String
    /// What is wrong.
    public let trouble: String
    /// The number of the run that drew it.
    public let run: Int

    /// The run, the text and what is wrong, for a log.
    public var description: String { "run \(run): \(text.debugDescription)\n  \(trouble)" }
  }

  /// The text of one run, for a run that never comes back.
  public func text(of run: Int, start: UInt64, samples: [String]) -> String {
    let seed = start &+ UInt64(run) &* 0x9E37_79B9_7F4A_7C15
    if let draw { return draw(seed) }
    if run % 3 == 2 {
      var mutations = Mutations(start: seed, of: samples)
      return mutations.next()
    }
    var formulas = TypedFormulas(start: seed)
    return formulas.next().text
  }

  /// Tries so many texts, of formulas every third one a mutation of a sample, and calls back at each finding.
  ///
  /// The same start draws the same texts; `runs` may begin in the middle to come back to a finding.
  public func search(
    start: UInt64, runs: Range<Int>, samples: [String], found: (Finding) -> Void
  ) {
    for run in runs {
      // Each run has a start of its own, so that one alone can be repeated.
      let seed = start &+ UInt64(run) &* 0x9E37_79B9_7F4A_7C15
      if draw != nil || run % 3 == 2 {
        let text = text(of: run, start: start, samples: samples)
        if trouble(text) != nil {
          let small = Self.shrunk(text) { trouble($0) != nil }
          found(Finding(text: small, trouble: trouble(small) ?? "", run: run))
        }
      } else {
        var formulas = TypedFormulas(start: seed)
        let typed = formulas.next()
        if trouble(typed.text) != nil {
          let small = typed.shrunk { trouble($0) != nil }
          found(Finding(text: small.text, trouble: trouble(small.text) ?? "", run: run))
        }
      }
    }
  }

  /// The text with stretches left out as long as it breaks the law.
  static func shrunk(_ text: String, while breaks: (String) -> Bool) -> String {
    var smallest = Array(text.unicodeScalars)
    var length = smallest.count / 2
    var tries = 400
    while length > 0, tries > 0 {
      var place = 0
      while place < smallest.count, tries > 0 {
        tries -= 1
        var candidate = smallest
        candidate.removeSubrange(place..<min(candidate.count, place + length))
        if breaks(string(candidate)) { smallest = candidate } else { place += length }
      }
      length /= 2
    }
    return string(smallest)
  }

  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
