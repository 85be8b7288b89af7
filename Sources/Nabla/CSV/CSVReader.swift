/// Reads comma-separated values from bytes that are pushed in, piece by piece, into a table of some columns.
///
///     var reader = CSVReader()
///     try reader.push(Array("t,y\n0,2.03\n1,3.31\n".utf8))
///     reader.header                      // ["t", "y"]
///     let table = try reader.finish()    // 2 rows
///
/// Only the columns of `use(_:)` are read and kept (all of them where it is not called before the second push): text
/// in the others is passed over. Memory is what those columns hold and one row of text. A row with an empty field, or
/// one of NA, N/A, NaN, null, none, nil, `-` and `?`, is skipped; other text in a used column is an error that names
/// its row and column.
public struct CSVReader: Sendable {
  /// How the file is written down.
  public let format: CSVFormat
  /// The names in the first row as they stand there; nil until that row is complete.
  public internal(set) var header: [String]?
  /// Whether the names are ours (c1, c2, …), because the first row holds numbers.
  public internal(set) var isHeaderMissing = false

  /// What has been pushed and not been read.
  var waiting: [UInt8] = []
  /// How many bytes have to wait before they are read.
  private var awaited = 0
  /// How far the first row has been looked at for its end, and whether that is inside quotes.
  private var headerScan = (place: 0, isQuoted: false)
  /// From here on the rest of a row is long.
  private static let longRow = 1 << 18
  /// Whether the first three bytes have not been seen.
  var isAtStart = true
  var separator = UInt8(ascii: ",")
  var separatesByBlanks = false
  /// The place among the used columns for each field; −1 where it is passed over.
  var plan: [Int] = []
  var used: [Int] = []
  /// The line that the next row begins on, and the rows of data so far.
  var line = 1
  var row = 0
  var table = Table(names: [])
  /// The numbers of the block that is being filled, column after column.
  var block: [Double] = []
  var filled = 0
  private var isPlanned = false

  /// A reader that has not seen a byte.
  public init(_ format: CSVFormat = CSVFormat()) { self.format = format }

  /// Takes in the next bytes; rows that are complete are read at once.
  public mutating func push(_ bytes: [UInt8]) throws(CSVError) {
    if let header, !isPlanned { try use(Array(header.indices)) }
    waiting.append(contentsOf: bytes)
    if isAtStart {
      guard waiting.count >= 3 else { return }
      try begin()
    }
    // A long row is looked at again only where twice as much of it is there, as it is read from its start.
    if isPlanned, waiting.count < awaited, waiting.count <= format.longestRow { return }
    if header == nil { try readHeader(isEnd: false) }
    if isPlanned { try readRows(isEnd: false) }
    try checkLength()
    awaited = waiting.count > Self.longRow ? 2 * waiting.count : 0
  }

  /// Says which columns are wanted, by their place in the header from 0; call it once the header is there, before that
  /// it does nothing. Throws where there is no such column, and what is wrong with the rows that are there.
  public mutating func use(_ columns: [Int]) throws(CSVError) {
    guard let header else { return }
    if let place = columns.first(where: { !header.indices.contains($0) }) {
      throw .noColumn(at: place, columns: header.count)
    }
    used = columns
    plan = [Int](repeating: -1, count: header.count)
    for (place, column) in columns.enumerated() { plan[column] = place }
    table = Table(names: columns.map { header[$0] })
    block = [Double](repeating: 0, count: columns.count * Table.blockRows)
    isPlanned = true
    try readRows(isEnd: false)
  }

  /// Reads what is left; the table of the used columns.
  public mutating func finish() throws(CSVError) -> Table {
    if isAtStart { try begin() }
    if header == nil { try readHeader(isEnd: true) }
    guard let header else { throw .empty }
    if !isPlanned { try use(Array(header.indices)) }
    try readRows(isEnd: true)
    guard row > 0 else { throw .noRows(columns: header) }
    endBlock()
    return table
  }

  /// Passes over the mark that a file of UTF-8 may begin with; that of UTF-16 is refused.
  private mutating func begin() throws(CSVError) {
    isAtStart = false
    if waiting.starts(with: [0xEF, 0xBB, 0xBF]) { waiting.removeFirst(3) }
    if waiting.starts(with: [0xFE, 0xFF]) || waiting.starts(with: [0xFF, 0xFE]) {
      throw .notText(at: .init(row: 0, line: 1))
    }
    if waiting.starts(with: [0x1F, 0x8B]) { throw .compressed("compressed by gzip") }
    if waiting.starts(with: [0x50, 0x4B, 0x03]) { throw .compressed("a ZIP archive, as spreadsheets are,") }
  }

  private func checkLength() throws(CSVError) {
    guard waiting.count > format.longestRow else { return }
    throw .rowTooLong(limit: format.longestRow, at: .init(row: header == nil ? 0 : row + 1, line: line))
  }

  /// The block so far becomes part of the table.
  mutating func endBlock() {
    guard filled > 0 else { return }
    if filled == Table.blockRows {
      table.append(block, count: filled)
    } else {
      let part = used.indices.flatMap { block[$0 * Table.blockRows..<$0 * Table.blockRows + filled] }
      table.append(part, count: filled)
    }
    filled = 0
  }
}

extension CSVReader {
  /// Reads the first row that is neither empty nor a comment, where it is complete.
  private mutating func readHeader(isEnd: Bool) throws(CSVError) {
    var start = 0
    while true {
      guard let end = rowEnd(from: start, isEnd: isEnd) else {
        waiting.removeFirst(start)
        headerScan.place -= start
        return
      }
      headerScan = (end.next, false)
      if let first = firstByte(from: start), start + first < end.content, !isComment(from: start) {
        waiting.removeFirst(start)
        try take(header: waiting[..<(end.content - start)], next: end.next - start)
        return
      }
      line += 1
      start = end.next
      if start == waiting.count {
        (waiting, headerScan) = ([], (0, false))
        return
      }
    }
  }

  /// How far behind a place its line's first byte stands that is no blank; nil where there is none.
  private func firstByte(from start: Int) -> Int? {
    waiting[start...].firstIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 - start }
  }

  private func isComment(from start: Int) -> Bool {
    firstByte(from: start).map { waiting[start + $0] == UInt8(ascii: "#") } ?? false
  }

  /// Where the row that begins at a place ends, and where the next one begins; nil where its end is not there yet.
  private mutating func rowEnd(from start: Int, isEnd: Bool) -> (content: Int, next: Int)? {
    let isComment = isComment(from: start)
    var (place, isQuoted) = headerScan
    defer { headerScan = (place, isQuoted) }
    while place < waiting.count {
      switch waiting[place] {
      case UInt8(ascii: "\"") where !isComment: isQuoted.toggle()
      case 0x0A where !isQuoted: return (place, place + 1)
      case 0x0D where !isQuoted:
        if place + 1 == waiting.count { return isEnd ? (place, place + 1) : nil }
        return (place, waiting[place + 1] == 0x0A ? place + 2 : place + 1)
      default: break
      }
      place += 1
    }
    return isEnd && start < waiting.count ? (waiting.count, waiting.count) : nil
  }

  private mutating func take(header bytes: ArraySlice<UInt8>, next: Int) throws(CSVError) {
    let place = CSVError.Place(row: 0, line: line)
    let chosen = format.separator(of: bytes)
    separator = chosen.byte
    separatesByBlanks = chosen == .blanks
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      throw .notText(at: place)
    }
    var names = fields(of: text)
    while names.count > 1, names.last?.isEmpty == true { names.removeLast() }
    let isNumeric = names.allSatisfy {
      !$0.isEmpty && Self.number($0, hasComma: format.hasDecimalCommas) != nil
    }
    if let given = format.columns {
      guard given.count == names.count else { throw .wrongNames(given: given.count, columns: names.count) }
      // A header that the names replace is no row.
      if !isNumeric { pass(lines: bytes, next: next) }
      names = given
    } else if isNumeric {
      isHeaderMissing = true
      names = names.indices.map { "c\($0 + 1)" }
    } else {
      pass(lines: bytes, next: next)
    }
    var known: Set<String> = []
    for name in names where !name.isEmpty && !known.insert(name).inserted { throw .repeatedColumn(name) }
    header = names
  }

  private mutating func pass(lines bytes: ArraySlice<UInt8>, next: Int) {
    line += 1 + bytes.count { $0 == 0x0A }
    waiting.removeFirst(next)
  }

  /// The fields of a row of text, without quotes and the blanks around them.
  private func fields(of text: String) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var wasQuoted = false
    func trimmed(_ text: String) -> String {
      if wasQuoted { return text }
      var text = text[...]
      while let last = text.last, last == " " || last == "\t" { text.removeLast() }
      return String(text.drop { $0 == " " || $0 == "\t" })
    }
    func end() {
      let done = trimmed(field)
      if !separatesByBlanks || !done.isEmpty { fields.append(done) }
      (field, wasQuoted) = ("", false)
    }
    for character in text {
      let isSeparator =
        separatesByBlanks ? character == " " || character == "\t" : character.asciiValue == separator
      switch character {
      case "\"":
        if !isQuoted, wasQuoted { field.append("\"") }
        isQuoted.toggle()
        wasQuoted = true
        if isQuoted, field.allSatisfy({ $0 == " " }) { field = "" }
      case _ where isSeparator && !isQuoted: end()
      default: field.append(character)
      }
    }
    end()
    return fields
  }
}
