/// Columns of numbers, kept in blocks of rows, so that long columns are never moved.
///
///     let table = Table(["t": [0, 1, 2], "y": [2.03, 3.31, 5.42]])
///     table.rowCount   // 3
///
/// Rows that could not be used are not in it; `skipped` says which and why.
public struct Table: Sendable {
  /// A row that was left out.
  public struct Skip: Hashable, Sendable {
    /// The row of data, from 1.
    public var row: Int
    /// The line of the file, from 1; 0 where there is no file.
    public var line: Int
    /// Why, in words: `y is missing`.
    public var reason: String
  }

  /// Some successive rows.
  struct Block: Sendable {
    /// How many rows.
    let count: Int
    /// The row of the first one among all that are kept, from 0.
    let first: Int
    /// Column after column, each `count` numbers long.
    let values: [Double]
  }

  /// The rows of one block, few enough that their columns stay in the second-level cache.
  static let blockRows = 8192
  /// The most skipped rows that are kept with their reasons.
  static let keptSkips = 1000

  /// The names of the columns.
  public internal(set) var names: [String]
  /// The rows that can be used.
  public private(set) var rowCount = 0
  /// The rows that were left out, at most the first thousand.
  public internal(set) var skipped: [Skip] = []
  /// How many rows were left out.
  public internal(set) var skippedCount = 0
  private(set) var blocks: [Block] = []
  /// The kept rows, from 0, in front of which rows were left out, and how many in front of each in all.
  private var gaps: [(kept: Int, skipped: Int)] = []

  /// An empty table with these columns.
  init(names: [String]) { self.names = names }

  /// A table from arrays of equal length, no two of one name.
  ///
  /// Rows with a number that is not finite are skipped.
  public init(_ columns: KeyValuePairs<String, [Double]>) {
    self.init(names: columns.map(\.key), columns: columns.map(\.value))
  }

  /// A table from names, no two of which are the same, and as many arrays of equal length.
  public init(names: [String], columns: [[Double]]) {
    self.init(names: names)
    precondition(names.count == columns.count, "\(names.count) names for \(columns.count) columns")
    precondition(Set(names).count == names.count, "two columns have one name")
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "all columns have the same length")
    var kept: [Int] = []
    for start in stride(from: 0, to: rows, by: Table.blockRows) {
      kept.removeAll(keepingCapacity: true)
      for row in start..<min(rows, start + Table.blockRows) {
        if let bad = columns.indices.first(where: { !columns[$0][row].isFinite }) {
          skip(Skip(row: row + 1, line: 0, reason: "\(names[bad]) is not a finite number"))
        } else {
          kept.append(row)
        }
      }
      append(columns.flatMap { column in kept.map { column[$0] } }, count: kept.count)
    }
  }

  /// Adds a block of rows, column after column.
  mutating func append(_ values: [Double], count: Int) {
    guard count > 0 else { return }
    blocks.append(Block(count: count, first: rowCount, values: values))
    rowCount += count
  }

  /// Notes a row that is left out, behind all that were.
  mutating func skip(_ row: Skip) {
    note(skipped: skippedCount + 1, before: row.row - 1 - skippedCount)
    skippedCount += 1
    if skipped.count < Table.keptSkips { skipped.append(row) }
  }

  private mutating func note(skipped: Int, before kept: Int) {
    if gaps.last?.kept == kept { gaps.removeLast() }
    gaps.append((kept, skipped))
  }

  /// The number in the data, from 1, of a row that is kept, from 0.
  package func number(ofRow kept: Int) -> Int {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].kept <= kept { low = middle + 1 } else { high = middle }
    }
    return kept + 1 + (low > 0 ? gaps[low - 1].skipped : 0)
  }

  /// A whole column.
  public func column(_ name: String) -> [Double]? {
    guard let place = names.firstIndex(of: name) else { return nil }
    return blocks.flatMap { $0.values[place * $0.count..<(place + 1) * $0.count] }
  }

  /// About so many rows, evenly spread over the table.
  func sample(_ wanted: Int) -> Table {
    guard rowCount > wanted, wanted > 0 else { return self }
    return rows((0..<wanted).map { $0 * rowCount / wanted })
  }

  /// Some rows, by their number from 0, in this order.
  func rows(_ chosen: [Int]) -> Table {
    var result = Table(names: names)
    for start in stride(from: 0, to: chosen.count, by: Table.blockRows) {
      let part = chosen[start..<min(chosen.count, start + Table.blockRows)]
      var values = [Double](repeating: 0, count: names.count * part.count)
      for (place, row) in part.enumerated() {
        let block = blocks[blockIndex(of: row)]
        for column in names.indices {
          values[column * part.count + place] = block.values[column * block.count + row - block.first]
        }
      }
      result.append(values, count: part.count)
    }
    return result
  }

  /// The table without the rows that a test gives a reason to leave out; it gets the row's place in its block.
  mutating func filter(_ reason: (_ block: Block, _ row: Int) -> String?) {
    let old = self
    (blocks, rowCount, gaps) = ([], 0, [])
    var passed = 0
    for block in old.blocks {
      var kept: [Int] = []
      for row in 0..<block.count {
        let place = block.first + row
        while passed < old.gaps.count, old.gaps[passed].kept <= place { passed += 1 }
        let before = passed > 0 ? old.gaps[passed - 1].skipped : 0
        guard let reason = reason(block, row) else {
          let left = place + before - rowCount - kept.count
          if left > (gaps.last?.skipped ?? 0) { note(skipped: left, before: rowCount + kept.count) }
          kept.append(row)
          continue
        }
        skippedCount += 1
        if skipped.count < Table.keptSkips {
          skipped.append(Skip(row: place + before + 1, line: 0, reason: reason))
        }
      }
      if kept.count == block.count {
        append(block.values, count: block.count)
      } else {
        append(
          names.indices.flatMap { column in kept.map { block.values[column * block.count + $0] } },
          count: kept.count)
      }
    }
  }

  private func blockIndex(of row: Int) -> Int {
    var (low, high) = (0, blocks.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if blocks[middle].first <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
