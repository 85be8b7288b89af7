import NablaBasics

/// Draws from a start: the same start draws the same.
public struct Lot {
  private var random: SplitMix64

  /// Begins at a start.
  public init(start: UInt64) { random = SplitMix64(start: start) }

  /// A number from 0 to below a bound.
  public mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }

  /// Yes, in one of so many cases.
  public mutating func oneIn(_ cases: Int) -> Bool { below(cases) == 0 }

  /// One of these.
  public mutating func one<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }

  /// The text with some stretches removed, doubled, or replaced by these words.
  public mutating func disturbed(_ text: String, with words: [String], changes: Int) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<changes {
      let place = below(scalars.count + 1)
      let last = min(scalars.count, place + 1 + below(5))
      switch below(5) {
      case 0: scalars.removeSubrange(place..<last)
      case 1: scalars.insert(contentsOf: scalars[place..<last], at: below(scalars.count + 1))
      case 2: scalars.removeSubrange(place..<scalars.count)
      case 3: scalars.replaceSubrange(place..<last, with: one(of: words).unicodeScalars)
      default: scalars.insert(contentsOf: one(of: words).unicodeScalars, at: place)
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
