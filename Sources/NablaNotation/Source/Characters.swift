/// The characters of a text as a person reads them: invisible ones are gone, look-alikes are one character.
///
/// Every minus is `-`, every multiplication sign `*`, every space a space; full-width and mathematical
/// letters are plain letters. Each character remembers where it stands in the source. Superscripts,
/// subscripts and fractions such as `½` stay what they are.
struct Characters: Sendable {
  /// The code points after reading.
  private(set) var scalars: [UInt32] = []
  /// Where each of them begins in the source, in UTF-8 bytes; no list of a plain text, whose characters are its bytes.
  private var starts: [Int32] = []
  /// Where each of them ends.
  private var ends: [Int32] = []
  private let isPlain: Bool
  /// The length of the source.
  private let length: Int

  /// What a reader cannot see, or sees as something else: said once for each code point.
  private(set) var remarks: [Remark] = []

  /// Where control characters stand that a program makes of `\t`, `\n`, `\f` in a text; not those in comments.
  private(set) var controls: [(place: Int, letter: Character)] = []

  /// Whether a backslash stands in the text.
  private(set) var hasCommands = false

  /// A code point that is not what it looks like, and where it first stands.
  struct Remark: Sendable {
    var kind: Diagnostic.Kind
    var span: Span
    /// What to type in its place.
    var replacement: String
  }

  init(_ source: SourceText) {
    length = source.count
    isPlain = source.isPlain
    if isPlain {
      var text = source.text
      scalars = text.withUTF8 { bytes in bytes.map { UInt32($0) } }
      hasCommands = scalars.contains(0x5C)
      readQuotationMarks()
      return
    }
    scalars.reserveCapacity(length)
    starts.reserveCapacity(length)
    ends.reserveCapacity(length)
    var offset: Int32 = 0
    var isComment = false
    for scalar in source.text.unicodeScalars {
      let end = offset + Int32(UTF8.width(scalar))
      let value = scalar.value
      if value < 0x80 {
        if value < 0x0E, !isComment, let letter = Self.escapes[value], controls.count < Self.mostControls {
          controls.append((scalars.count, letter))
        }
        append(Self.asciiReading(of: value), offset, end)
        isComment = value == 0x23 || (isComment && value != 0x0A && value != 0x0D)
      } else if isComment {
        let isBreak = value == 0x85 || value == 0x2028 || value == 0x2029
        append(isBreak ? 0x0A : value, offset, end)
        isComment = !isBreak
      } else {
        read(scalar, offset, end)
      }
      offset = end
    }
    readTwins()
    readQuotationMarks()
    hasCommands = scalars.contains(0x5C)
  }

  private static let mostControls = 10_000

  private mutating func append(_ value: UInt32, _ start: Int32, _ end: Int32) {
    scalars.append(value)
    starts.append(start)
    ends.append(end)
  }

  /// One character outside ASCII.
  private mutating func read(_ scalar: Unicode.Scalar, _ start: Int32, _ end: Int32) {
    let value = scalar.value
    if (0x300...0x36F).contains(value), let composed = composed(with: scalar) {
      scalars[scalars.count - 1] = composed
      ends[ends.count - 1] = end
      return
    }
    if let letters = Self.ligature(value) {
      for letter in letters.unicodeScalars { append(letter.value, start, end) }
      return
    }
    switch Self.reading(of: scalar) {
    case .character(let read): append(read, start, end)
    case .lookAlike(let read):
      append(read, start, end)
      let replacement = Unicode.Scalar(read).map { String(Character($0)) } ?? ""
      remark(
        .lookAlike(Self.described(value), reading: replacement), Span(Int(start), Int(end)), replacement)
    case .nothing: break
    case .invisible:
      // A byte order mark at the beginning belongs to the file.
      if value == 0xFEFF, start == 0 { break }
      remark(.invisibleCharacter(Self.code(value)), Span(Int(start), Int(end)), "")
    case .reversing: remark(.reversedText(Self.code(value)), Span(Int(start), Int(end)), "")
    }
  }

  private mutating func remark(_ kind: Diagnostic.Kind, _ span: Span, _ replacement: String) {
    guard remarks.count < Notes.most, !remarks.contains(where: { $0.kind == kind }) else { return }
    remarks.append(Remark(kind: kind, span: span, replacement: replacement))
  }

  /// Words of Cyrillic letters that all look Latin become Latin: `х²` with the letter of a Russian keyboard.
  private mutating func readTwins() {
    var place = 0
    var isInComment = false
    while place < scalars.count {
      guard scalars[place] >= 0x80 else {
        if scalars[place] == 0x23 { isInComment = true }
        if scalars[place] == 0x0A { isInComment = false }
        place += 1
        continue
      }
      if Self.twins[scalars[place]] == nil, !Self.isCyrillic(scalars[place]) {
        place += 1
        continue
      }
      var (start, end) = (place, place + 1)
      while start > 0, CharacterClass.isLetter(scalars[start - 1]) { start -= 1 }
      while end < scalars.count, CharacterClass.isLetter(scalars[end]) { end += 1 }
      let isLatin = (start..<end).allSatisfy {
        !Self.isCyrillic(scalars[$0]) || Self.twins[scalars[$0]] != nil
      }
      if isLatin, !isInComment { makeLatin(start..<end) }
      place = end
    }
  }

  /// Marks around the whole text, as a page or a shell's line has them, are blanks: “x²”, 'x²'.
  private mutating func readQuotationMarks() {
    var (first, last) = (0, scalars.count - 1)
    while first < last, scalars[first] == 0x20 || scalars[first] == 0x0A { first += 1 }
    guard first < last, Self.isQuotationMark(scalars[first]) || scalars[first] == 0x27 else { return }
    while last > first, scalars[last] == 0x20 || scalars[last] == 0x0A { last -= 1 }
    guard last > first + 1, Self.closing(scalars[first]).contains(scalars[last]) else { return }
    remark(.quotationMarks, span(first, first + 1), "")
    (scalars[first], scalars[last]) = (0x20, 0x20)
  }

  private mutating func makeLatin(_ places: Range<Int>) {
    for place in places {
      let typed = scalars[place]
      guard let latin = Self.twins[typed], let scalar = Unicode.Scalar(latin) else { continue }
      scalars[place] = latin
      let letter = String(Character(scalar))
      remark(
        .lookAlike(Self.described(typed), reading: letter), span(place, place + 1), letter)
    }
  }

  /// The one character for the last letter and a mark that stands on it; nil where there is none.
  private func composed(with mark: Unicode.Scalar) -> UInt32? {
    guard let last = scalars.last, let letter = Unicode.Scalar(last), CharacterClass.isLetter(last) else {
      return nil
    }
    return Self.accented[Character(String(String.UnicodeScalarView([letter, mark])))]
  }

  /// Latin and Greek letters with marks, found by what they look like, however they are spelled.
  private static let accented: [Character: UInt32] = {
    var accented: [Character: UInt32] = [:]
    for value in Array(0xC0...0x24F) + Array(0x386...0x3CE) + Array(0x1E00...0x1EFF) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      accented[Character(scalar)] = scalar.value
    }
    return accented
  }()

  var count: Int { scalars.count }

  /// The code point at a place; 0 past the end.
  func at(_ place: Int) -> UInt32 { place < scalars.count ? scalars[place] : 0 }

  /// The source bytes of the characters from `start` up to `end`.
  func span(_ start: Int, _ end: Int) -> Span {
    if isPlain { return Span(min(start, length), end > start ? end : min(start, length)) }
    let first = start < starts.count ? Int(starts[start]) : length
    return Span(first, end > start ? Int(ends[end - 1]) : first)
  }

  /// The read characters from `start` up to `end`.
  func text(_ start: Int, _ end: Int) -> String {
    if let plain = ascii(start, end) { return plain }
    var text = String.UnicodeScalarView()
    for value in scalars[start..<end] { text.append(Unicode.Scalar(value) ?? "?") }
    return String(text)
  }

  /// The characters from `start` up to `end`, where all of them are ASCII.
  func ascii(_ start: Int, _ end: Int) -> String? {
    var bits: UInt32 = 0
    for place in start..<end { bits |= scalars[place] }
    guard bits < 0x80 else { return nil }
    return String(unsafeUninitializedCapacity: end - start) { bytes in
      for place in start..<end { bytes[place - start] = UInt8(truncatingIfNeeded: scalars[place]) }
      return end - start
    }
  }

  /// Whether two backslashes before the name of a command stand there, as programs write one.
  func isDoubledCommand(_ place: Int) -> Bool {
    guard at(place) == 0x5C, at(place + 1) == 0x5C else { return false }
    var end = place + 2
    while at(end) < 0x80, CharacterClass.isLetter(at(end)), end - place < 24 { end += 1 }
    return end > place + 3 && Commands.known.contains(text(place + 2, end))
  }

  /// Whether an ASCII word stands at a place.
  func stands(_ word: String, at start: Int) -> Bool {
    var word = word
    return word.withUTF8 { letters in letters.indices.allSatisfy { at(start + $0) == UInt32(letters[$0]) } }
  }
}
