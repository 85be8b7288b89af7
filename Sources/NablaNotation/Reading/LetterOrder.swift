import NablaAlgebra

/// Which letters stood before which in the products of a formula: a teacher who writes ax² answers 2ax.
///
/// The letters x, y, z keep the order of the list, whatever was typed: y·x² has the derivative 2xy.
package struct LetterOrder: Hashable, Sendable {
  /// The letters that stood after a letter.
  private var followers: [Variable: Set<Variable>] = [:]
  private var count = 0

  /// The most pairs that are kept.
  private static let mostPairs = 200
  /// The most letters of a product whose order says anything.
  static let mostLetters = 8

  package init() {}

  /// Whether no product says anything.
  package var isEmpty: Bool { count == 0 }

  /// Takes in the letters of a product in the order in which they were typed.
  mutating func note(_ letters: [Variable]) {
    guard letters.count > 1, letters.count <= Self.mostLetters else { return }
    for (place, first) in letters.enumerated() {
      for second in letters.dropFirst(place + 1) where first != second && count < Self.mostPairs {
        if first.isUnknown && second.isUnknown { continue }
        if followers[first, default: []].insert(second).inserted { count += 1 }
      }
    }
  }

  /// The places of letters in products: those of the list, but that a letter stands after those that were typed before
  /// it; nil where that is the order of the list, and for many letters.
  package func ranks(of letters: [Variable]) -> VariablePlaces? {
    guard count > 0, letters.count <= 24 else { return nil }
    let places = letters.indices
    let agrees = places.allSatisfy { later in
      places.prefix(later).allSatisfy { !comes(letters[later], before: letters[$0]) }
    }
    if agrees { return nil }
    var waiting = letters
    var ranks = VariablePlaces()
    while !waiting.isEmpty {
      let next = waiting.firstIndex { letter in waiting.allSatisfy { !comes($0, before: letter) } } ?? 0
      ranks[waiting.remove(at: next)] = ranks.count
    }
    return ranks
  }

  /// Whether one letter was typed before the other and never after it.
  private func comes(_ first: Variable, before second: Variable) -> Bool {
    followers[first]?.contains(second) == true && followers[second]?.contains(first) != true
  }
}

extension Variable {
  /// Whether it is one of x, y, z, or one of those with a number.
  fileprivate var isUnknown: Bool {
    guard let first = name.utf8.first, (UInt8(ascii: "x")...UInt8(ascii: "z")).contains(first) else {
      return false
    }
    return name.utf8.count == 1 || member != nil
  }
}
