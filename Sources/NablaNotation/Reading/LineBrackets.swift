/// Where the brackets of a line close, each kind counted by itself, in one pass over the line.
///
///     \sum_{i=1}^{10}   closes the brace at 5 at 9
struct LineBrackets {
  /// The characters that were gone through.
  private var known = 0..<0
  private var closes: [Int: Int] = [:]

  /// The place of the bracket that closes the one at a place of the same line; nil where none in front of `limit` does.
  mutating func close(of open: Int, in characters: Characters, before limit: Int) -> Int? {
    if !known.contains(open) { read(from: open, in: characters, before: limit) }
    return closes[open]
  }

  private mutating func read(from start: Int, in characters: Characters, before limit: Int) {
    closes = [:]
    var (curly, round): ([Int], [Int]) = ([], [])
    var place = start
    while place < limit, characters.scalars[place] != 0x0A {
      switch characters.scalars[place] {
      case 0x7B: curly.append(place)
      case 0x7D: if let open = curly.popLast() { closes[open] = place }
      case 0x28: round.append(place)
      case 0x29: if let open = round.popLast() { closes[open] = place }
      default: break
      }
      place += 1
    }
    known = start..<place
  }
}
