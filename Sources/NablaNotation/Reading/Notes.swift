import NablaBasics

/// The notes of a text, each once, while it is being read.
struct Notes {
  /// The most notes of one text; more would not be read.
  static let most = 20

  private(set) var list: [Diagnostic] = []
  private var seen: Set<Diagnostic.Kind> = []
  /// A letter before a bracket; said only where it stands nowhere else.
  private var brackets: [(name: String, note: Diagnostic)] = []
  private var bracketCounts: [String: Int] = [:]
  /// A letter with digits; said only where the letter has no other subscript.
  private var subscripts: [(name: String, note: Diagnostic)] = []
  /// The letters that had digits, each with the first name; empty after a second name.
  private var lettersWithDigits = NameTable<String>()
  /// The letters that digits touch, with these and the first note.
  private var powers: [String: (digits: Set<String>, note: Diagnostic)] = [:]
  /// A capital at the beginning; said only where the small letter stands elsewhere.
  private var capital: (small: String, note: Diagnostic)?

  /// Stretches of the line that a predicate has looked at.
  private var stretches: Set<Stretch> = []

  /// A text and the predicate that found it.
  private struct Stretch: Hashable {
    var text: String
    var predicate: Predicate
  }

  /// What is said about how operands bind; the letters are those of grammar.md.
  enum Predicate: Hashable {
    case divisor, exponent, call, followedCall, signedExponent, root, followedRoot, power
  }

  /// The notes in the order of the text.
  var inOrder: [Diagnostic] {
    list.indices.sorted {
      let (first, second) = (list[$0].span, list[$1].span)
      return (first.start, first.end, $0) < (second.start, second.end, $1)
    }.map { list[$0] }
  }

  var isFull: Bool { list.count >= Self.most }

  mutating func add(_ note: Diagnostic) {
    guard !isFull, seen.insert(note.kind).inserted else { return }
    list.append(note)
  }

  mutating func deferBracket(_ name: String, _ note: Diagnostic) {
    bracketCounts[name, default: 0] += 1
    if brackets.count < Self.most { brackets.append((name, note)) }
  }

  /// Whether a letter's first digits are these; a second subscript of the letter shows what is meant.
  mutating func isFirstSubscript(_ letter: String, _ name: String) -> Bool {
    guard let first = lettersWithDigits[letter] else {
      lettersWithDigits[letter] = name
      return true
    }
    if first != name, !first.isEmpty {
      lettersWithDigits[letter] = ""
      subscripts.removeAll { $0.name == first }
    }
    return false
  }

  /// A letter with digits that touch it, as in `x3`: said of the first where all that the letter has are 2 and above, so
  /// that they may be powers that lost their place.
  mutating func deferPower(_ letter: String, _ digits: String, _ note: Diagnostic) {
    guard powers[letter] != nil || powers.count < Self.most else { return }
    var seen = powers[letter] ?? ([], note)
    if seen.digits.count < 9 { seen.digits.insert(digits) }
    powers[letter] = seen
  }

  mutating func deferSubscript(_ name: String, _ note: Diagnostic) {
    if subscripts.count < Self.most { subscripts.append((name, note)) }
  }

  /// Whether a stretch of the line is new to a predicate: building a note takes longer than asking.
  mutating func isNew(_ text: String, _ predicate: Predicate) -> Bool {
    stretches.insert(Stretch(text: text, predicate: predicate)).inserted
  }

  mutating func deferCapital(_ small: String, _ note: Diagnostic) { capital = (small, note) }

  /// Decides what was put off, when the line has been read: `counts` says how often each variable occurs.
  mutating func settle(_ counts: () -> [String: Int]) {
    (stretches, lettersWithDigits) = ([], NameTable())
    for letter in powers.keys.sorted() {
      guard let (digits, note) = powers[letter], digits.count > 1, digits.isDisjoint(with: ["0", "1"]) else {
        continue
      }
      add(note)
    }
    powers = [:]
    guard !brackets.isEmpty || !subscripts.isEmpty || capital != nil else { return }
    let counts = counts()
    for (name, note) in brackets where counts[name, default: 0] <= bracketCounts[name, default: 0] {
      add(note)
    }
    var members: [Substring: Int] = [:]
    for name in counts.keys {
      if let bar = name.firstIndex(of: "_") { members[name[..<bar], default: 0] += 1 }
    }
    for (name, note) in subscripts where members[name.prefix { $0 != "_" }, default: 0] < 2 { add(note) }
    if let capital, counts[capital.small] != nil { add(capital.note) }
    (brackets, bracketCounts, subscripts, capital) = ([], [:], [], nil)
  }
}
