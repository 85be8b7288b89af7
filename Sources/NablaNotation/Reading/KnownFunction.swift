import NablaAlgebra
import NablaBasics

/// A function as the reader knows it: its place among all that it knows, so that what a name means is a number.
package struct KnownFunction: Hashable, Sendable {
  private let place: Int16
  /// Whether it starts a sum or product over an index.
  let fold: Syntax.FoldKind?

  /// A function of the function table.
  init(_ function: Function) {
    self.init(place: KnownFunction.entries.firstIndex { $0.function === function } ?? 0, fold: nil)
  }

  private init(place: Int, fold: Syntax.FoldKind?) {
    self.place = Int16(place)
    self.fold = fold
  }

  private var entry: Entry { KnownFunction.entries[Int(place)] }

  /// The name of its row.
  package var name: String { entry.name }
  /// How many arguments it takes.
  var arity: ClosedRange<Int> { entry.arity }
  /// Its row; nil where the reader makes other expressions of it.
  var function: Function? { entry.function }

  /// What is known of each.
  private struct Entry: Sendable {
    var name: String
    var arity: ClosedRange<Int>
    var function: Function?
    var fold: Syntax.FoldKind?
  }

  private static let entries: [Entry] =
    Function.all.map { Entry(name: $0.name, arity: $0.arity...$0.arity, function: $0) } + own.map(\.entry)

  /// Names that the reader makes other rows of, or that take more arguments than their row.
  private static let own: [(word: String, entry: Entry)] = [
    ("log", Entry(name: "log", arity: 1...2)),
    ("min", Entry(name: "min", arity: 2...10_000)),
    ("max", Entry(name: "max", arity: 2...10_000)),
    ("where", Entry(name: "if", arity: 3...3)),
    ("piecewise", Entry(name: "piecewise", arity: 2...10_000)),
    ("sum", Entry(name: "sum", arity: 3...4, fold: .sum)),
    ("prod", Entry(name: "prod", arity: 3...4, fold: .product)),
  ]

  /// All words that name a function.
  static let byWord: NameTable<KnownFunction> = {
    var table: NameTable<KnownFunction> = [:]
    for (place, row) in Function.all.enumerated() {
      for word in [row.name] + row.aliases where isWord(word) {
        table[word] = KnownFunction(place: place, fold: nil)
      }
    }
    for (place, own) in own.enumerated() {
      table[own.word] = KnownFunction(place: Function.all.count + place, fold: own.entry.fold)
    }
    return table
  }()

  /// Rows are also called `<` and the like; those are no words.
  private static func isWord(_ name: String) -> Bool {
    guard let first = name.utf8.first, (first | 0x20) &- 97 < 26 else { return false }
    return name.utf8.count > 3 || !["and", "or", "not"].contains(name)
  }
}
