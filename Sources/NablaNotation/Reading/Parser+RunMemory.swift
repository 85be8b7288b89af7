import NablaBasics

/// Runs of letters that were met before: a long formula has few names and many of each.
extension Parser {
  /// The readings of short runs while the known names stay the same.
  struct RunMemory {
    private(set) var version = -1
    private var places = HashedPlaces()
    private var keys: [UInt64] = []
    private(set) var readings: [Names.Reading] = []
    /// Whether a reading is one name that nothing can be said of but notes.
    private(set) var isPlain: [Bool] = []
    /// Around what each has been noted: a bit for each kind of surroundings.
    var noted: [UInt64] = []

    init(version: Int = -1) { self.version = version }

    /// Up to eight ASCII letters and what follows them, in one word; nil for a longer run.
    static func key(
      _ characters: Characters, _ start: Int, _ end: Int, _ follow: Names.Follow, _ isName: Bool
    ) -> UInt64? {
      guard end - start <= 8 else { return nil }
      var key = UInt64(follow.rawValue) << 1 | (isName ? 1 : 0)
      for place in start..<end {
        let value = characters.scalars[place]
        guard value < 0x80 else { return nil }
        key = key << 7 | UInt64(value)
      }
      return key
    }

    /// The place of a reading that was met before.
    func place(of key: UInt64) -> Int? { places.place(of: key) { keys[$0] == key } }

    /// Keeps a reading; its place.
    mutating func keep(_ reading: Names.Reading, _ key: UInt64, isPlain: Bool) -> Int {
      places.insert(keys.count, hash: key)
      keys.append(key)
      readings.append(reading)
      self.isPlain.append(isPlain)
      noted.append(0)
      return keys.count - 1
    }
  }

  /// The reading of the current run, and its place in the memory; -1 where it is not kept.
  func remembered(
    _ start: Int, _ end: Int, _ follow: Names.Follow, _ isName: Bool
  ) -> (reading: Names.Reading, entry: Int) {
    guard let key = RunMemory.key(characters, start, end, follow, isName) else {
      return (names.reading(of: characters, start, end, before: follow, isName: isName), -1)
    }
    if runs.version != names.version { runs = RunMemory(version: names.version) }
    if let place = runs.place(of: key) { return (runs.readings[place], place) }
    let reading = names.reading(of: characters, start, end, before: follow, isName: isName)
    // What begins with a d may be a differential; what stands before a bracket and is no function, a stranger.
    let isWhole = reading.rule == .known || reading.rule == .declared || end - start == 1
    let mayBeStranger = follow == .bracket && (reading.isGreek || !reading.last(from: start).isFunction)
    let isPlain = reading.count == 1 && isWhole && !mayBeStranger && characters.at(start) != 0x64
    return (reading, runs.keep(reading, key, isPlain: isPlain))
  }

  /// Whether the run, which nothing touches, is one that was read and noted here before, and nothing more can be said of
  /// it: then it is read.
  func readsAsBefore() -> Bool {
    let (run, after) = (current, next)
    guard runs.version == names.version, !isFirstRun, endedIndices.isEmpty, run.piece != Token.word,
      after.kind != .number || after.isSpaced
    else { return false }
    let start = Int(run.start)
    guard let key = RunMemory.key(characters, start, Int(run.end), follow(before: after), false),
      let entry = runs.place(of: key), runs.isPlain[entry],
      runs.noted[entry] & surroundings(0, after) != 0
    else { return false }
    if !isStopped { current = token(for: runs.readings[entry].last(from: start), isSpaced: run.isSpaced) }
    return true
  }

  /// Notes on a run, unless the same run has been noted in the same surroundings.
  func noteOnce(
    _ reading: Names.Reading, _ follow: Names.Follow, _ subscripts: Int, _ entry: Int,
    to end: Int
  ) {
    guard entry >= 0, !isFirstRun, runs.version == names.version else {
      return noteRun(reading, follow, subscripts, to: end)
    }
    let bit = surroundings(subscripts, next)
    if runs.noted[entry] & bit != 0 { return }
    runs.noted[entry] |= bit
    noteRun(reading, follow, subscripts, to: end)
  }

  /// The bit of what stands around the current run, as far as notes depend on it.
  private func surroundings(_ subscripts: Int, _ next: Token) -> UInt64 {
    let after = next.kind
    let number =
      (touchesDigitOrBracket(before: next) ? 1 : 0) | (lastKind == .star ? 2 : 0) | (after == .star ? 4 : 0)
      | (after == .leftRound ? 8 : 0) | (subscripts > 0 ? 16 : 0)
    return 1 << UInt64(number)
  }
}
