import NablaBasics

/// Runs of letters that were met before: a long formula has few names and many of each.
extension Parser {
  /// The readings of short runs while the known names stay the same.
  struct RunMemory {
    private(set) var version = -1
    private var places = HashedPlaces()
    private var keys: [UInt64] = []
    private(set) var readings: [Names.Reading] = []
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
    mutating func keep(_ reading: Names.Reading, _ key: UInt64) -> Int {
      places.insert(keys.count, hash: key)
      keys.append(key)
      readings.append(reading)
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
    return (reading, runs.keep(reading, key))
  }

  /// Notes on a run, unless the same run has been noted in the same surroundings.
  func noteOnce(
    _ reading: Names.Reading, _ follow: Names.Follow, _ subscripts: Int, _ entry: Int,
    to end: Int
  ) {
    guard entry >= 0, !isFirstRun, runs.version == names.version else {
      return noteRun(reading, follow, subscripts, to: end)
    }
    let surroundings =
      (touchesDigitOrBracket ? 1 : 0) | (lastKind == .star ? 2 : 0) | (peek(0).kind == .star ? 4 : 0)
      | (peek(0).kind == .leftRound ? 8 : 0) | (subscripts > 0 ? 16 : 0)
    let bit: UInt64 = 1 << UInt64(surroundings)
    if runs.noted[entry] & bit != 0 { return }
    runs.noted[entry] |= bit
    noteRun(reading, follow, subscripts, to: end)
  }
}
