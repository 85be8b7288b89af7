/// Which of some names somebody meant who typed another.
///
///     Suggestion.closest(to: "sinn", among: ["cos", "sin"])   // "sin"
///
/// Nothing where no name is close: one edit for names of up to five letters, two for longer ones; a swap of
/// neighbours is one edit (restricted Damerau-Levenshtein distance); `within` allows fewer. Of names that are equally close, the one
/// that begins alike longest, and then the shortest.
package enum Suggestion {
  package static func closest(to typed: String, among names: [String], within edits: Int = 2) -> String? {
    let letters = Array(typed.utf8)
    guard (2...24).contains(letters.count) else { return nil }
    let most = min(edits, letters.count <= 5 ? 1 : 2)
    var best: (name: String, rank: [Int])?
    for name in names {
      let other = Array(name.utf8)
      guard other.count >= 2, abs(other.count - letters.count) <= most else { continue }
      let edits = distance(letters, other)
      let alike = zip(letters, other).prefix { $0 == $1 }.count
      let rank = [edits, -alike, other.count]
      guard edits <= most, best.map({ rank.lexicographicallyPrecedes($0.rank) }) ?? true else { continue }
      best = (name, rank)
    }
    return best?.name
  }

  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          edits = min(edits, beforeLast[j - 1] + 1)
        }
        row.append(edits)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
