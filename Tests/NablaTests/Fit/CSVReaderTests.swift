import NablaBasics
import Testing

@testable import Nabla

/// Files of comma-separated values, whole and in pieces.
@Suite struct CSVReaderTests {
  /// Reads a text in pieces of so many bytes.
  private func read(_ text: String, _ format: CSVFormat = CSVFormat(), piece: Int = 7, columns: [Int]? = nil)
    throws
    -> Table
  {
    var reader = CSVReader(format)
    let bytes = Array(text.utf8)
    var isChosen = false
    for start in stride(from: 0, to: bytes.count, by: piece) {
      try reader.push(Array(bytes[start..<min(bytes.count, start + piece)]))
      if !isChosen, reader.header != nil, let columns {
        try reader.use(columns)
        isChosen = true
      }
    }
    return try reader.finish()
  }

  struct Situation: CustomTestStringConvertible, Sendable {
    var what: String
    var text: String
    var names: [String] = ["t", "y"]
    var columns: [[Double]] = [[0, 1], [2.5, -3]]
    var skipped = 0
    var isComma = false
    var testDescription: String { what }
  }

  static let good: [Situation] = [
    .init(what: "plain", text: "t,y\n0,2.5\n1,-3\n"),
    .init(what: "no line feed at the end", text: "t,y\n0,2.5\n1,-3"),
    .init(what: "CR LF", text: "t,y\r\n0,2.5\r\n1,-3\r\n"),
    .init(what: "CR alone", text: "t,y\r0,2.5\r1,-3\r"),
    .init(what: "byte order mark", text: "\u{FEFF}t,y\n0,2.5\n1,-3\n"),
    .init(what: "a quote in a comment", text: "# it is \"open\nt,y\n0,2.5\n1,-3\n"),
    .init(
      what: "one column with decimal commas", text: "y\n,5\n+,0\n", names: ["y"], columns: [[0.5, 0]],
      isComma: true),
    .init(what: "tabs", text: "t\ty\n0\t2.5\n1\t-3\n"),
    .init(what: "semicolons", text: "t;y\n0;2.5\n1;-3\n"),
    .init(what: "bars", text: "t|y\n0|2.5\n1|-3\n"),
    .init(what: "blanks", text: "  t   y\n  0   2.5\n  1\t-3  \n"),
    .init(what: "decimal commas", text: "t;y\n0;2,5\n1;-3,0\n", isComma: true),
    .init(what: "quoted", text: "\"t\",\"y\"\n\"0\",\"2.5\"\n1,\"-3\"\n"),
    .init(
      what: "quoted with line feeds", text: "t,note,y\n0,\"a\nb\",2.5\n1,\"c \"\"d\"\", e\",-3\n",
      names: ["t", "y"]),
    .init(what: "comments and empty lines", text: "# made by hand\n\nt,y\n0,2.5\n\n# half way\n  \n1,-3\n\n"),
    .init(what: "blanks around fields", text: " t , y \n 0 , 2.5 \n 1 ,\t-3\n"),
    .init(what: "a comma at every end", text: "t,y,\n0,2.5,\n1,-3,\n"),
    .init(what: "a comma at every end but the header's", text: "t,y\n0,2.5,\n1,-3,\n"),
    .init(what: "text in a column that is not used", text: "t,name,y\n0,one,2.5\n1,two,-3\n"),
    .init(
      what: "missing values", text: "t,y\n0,2.5\nNA,1\n5,\n6,n/a\n7,NaN\n8,-inf\n9,null\n1,-3\n", skipped: 6),
    .init(what: "no header", text: "0,2.5\n1,-3\n", names: ["c1", "c2"]),
    .init(
      what: "one column", text: "y\n1\n2\n", names: ["y"], columns: [[1, 2]]),
    .init(
      what: "long and large numbers",
      text: "t,y\n0.1000000000000000055511151231257827,1e300\n1e-300,-100000000000000000000\n",
      columns: [[0.1, 1e-300], [1e300, -100000000000000000000]]),
  ]

  @Test(arguments: good, [1, 2, 3, 64, 1 << 20])
  func reads(situation: Situation, piece: Int) throws {
    var format = CSVFormat()
    format.hasDecimalCommas = situation.isComma
    let isWide = situation.text.contains("note") || situation.text.contains("name")
    let table = try read(situation.text, format, piece: piece, columns: isWide ? [0, 2] : nil)
    #expect(table.names == situation.names)
    for (name, column) in zip(situation.names, situation.columns) { #expect(table.column(name) == column) }
    #expect(table.skippedCount == situation.skipped)
  }

  @Test func skippedRowsHaveTheirNumbersAndReasons() throws {
    let table = try read("# data\nt,y\n0,1\n1,NA\n\n2,\n3,4\n")
    #expect(
      table.skipped == [
        .init(row: 2, line: 4, reason: "y is missing"), .init(row: 3, line: 6, reason: "y is missing"),
      ])
  }

  struct Trouble: CustomTestStringConvertible, Sendable {
    var text: String
    var sentence: String
    var testDescription: String { sentence }
  }

  static let bad: [Trouble] = [
    .init(text: "", sentence: "it is empty"),
    .init(text: "\n\n# nothing\n", sentence: "it is empty"),
    .init(text: "t,y\n", sentence: "there is no row below the header t, y"),
    .init(text: "t,y\n0,1\n1,abc\n", sentence: "row 2 (line 3), column y: ‘abc’ is no number"),
    .init(text: "t,y\n0,1\n1,0x10\n", sentence: "row 2 (line 3), column y: ‘0x10’ is no number"),
    .init(text: "t,y\n0,1\n1,1.2.3\n", sentence: "row 2 (line 3), column y: ‘1.2.3’ is no number"),
    .init(
      text: "t;y\n0;1\n1;2,5\n",
      sentence: "row 2 (line 3), column y: ‘2,5’ is no number: with decimal commas it is one"),
    .init(
      text: "t,y\n0,1e400\n",
      sentence: "row 1 (line 2), column y: ‘1e400’ is beyond every number that can be computed with"),
    .init(text: "# no header\n\n1,2\n1,x\n", sentence: "row 2 (line 4), column c2: ‘x’ is no number"),
    .init(text: "t,y\n0,1\n5\n", sentence: "row 2 (line 3) has 1 field, the header 2"),
    .init(text: "t,y\n0,1\n5,6,7\n", sentence: "row 2 (line 3) has 3 fields, the header 2"),
    .init(text: "t,y\n0,\"1\n", sentence: "row 1 (line 2): a quoted field begins and does not end"),
    .init(text: "t,y\n0,\"1\"2\n", sentence: "row 1 (line 2): text stands after the quote that ends a field"),
    .init(text: "t,t\n0,1\n", sentence: "two columns are called ‘t’"),
  ]

  @Test(arguments: bad, [1, 2, 5, 4096])
  func refuses(trouble: Trouble, piece: Int) throws {
    let error = #expect(throws: CSVError.self) { try read(trouble.text, piece: piece) }
    #expect(error?.sentence == trouble.sentence)
  }

  @Test func refusesWhatIsNoText() {
    var reader = CSVReader()
    #expect(throws: CSVError.self) { try reader.push([0xFF, 0xFE, 0x74, 0x00, 0x0A]) }
    var other = CSVReader()
    #expect(throws: CSVError.self) { try other.push([0x74, 0xC3, 0x28, 0x0A]) }
  }

  @Test func aRowWithoutAnEndIsRefusedInTime() throws {
    var format = CSVFormat()
    format.longestRow = 1000
    var reader = CSVReader(format)
    try reader.push(Array("t,y\n\"".utf8))
    try reader.use([0, 1])
    #expect(throws: CSVError.rowTooLong(limit: 1000, at: .init(row: 1, line: 2))) {
      for _ in 0..<100 { try reader.push([UInt8](repeating: 0x61, count: 100)) }
    }
  }

  @Test("Long rows in small pieces, and many columns")
  func longRows() throws {
    let quoted = "t,y\n1,2\n3,\"" + String(repeating: "4\n", count: 2_000_000)
    #expect(throws: CSVError.openQuote(at: .init(row: 2, line: 3))) {
      _ = try read(quoted, piece: 4096, columns: [0, 1])
    }
    let names = (0..<20_000).map { "column\($0)" }.joined(separator: ",")
    let header = "\"" + String(repeating: "a", count: 2_000_000) + "\"," + names + "\n"
    let numbers = [String](repeating: "1", count: 20_001).joined(separator: ",")
    #expect(try read(header + numbers, piece: 4096, columns: [0, 1]).rowCount == 1)
  }

  @Test("Rows in many blocks come back as they went in, whatever the pieces", arguments: [997, 65_536])
  func manyRows(piece: Int) throws {
    var random = SplitMix64(start: 3)
    let count = 3 * Table.blockRows + 17
    let a = (0..<count).map { _ in Double.random(in: -1000...1000, using: &random) }
    let b = (0..<count).map { Double($0) }
    let text = "a,skip,b\n" + zip(a, b).map { "\($0),x,\($1)\n" }.joined()
    let table = try read(text, piece: piece, columns: [0, 2])
    #expect(table.rowCount == count)
    #expect(table.column("a") == a)
    #expect(table.column("b") == b)
    #expect(table.sample(100).column("b")?.count == 100)
  }

  @Test("Names given for a file without a header, and in place of one")
  func names() throws {
    var format = CSVFormat()
    format.columns = ["p", "q"]
    #expect(try read("0,2.5\n1,-3\n", format).column("q") == [2.5, -3])
    #expect(try read("t,y\n0,2.5\n1,-3\n", format).column("q") == [2.5, -3])
    format.columns = ["p"]
    #expect(throws: CSVError.wrongNames(given: 1, columns: 2)) { try read("0,2.5\n", format) }
  }

  @Test("Headers become names a model can use")
  func columnNames() {
    let names = ColumnNames(["t", "Body mass (kg)", "e", "sin", "x1", "2019", "", "and", "größe", "λ", "x_1"])
      .names
    #expect(
      names
        == ["t", "Body_mass_kg", "e", "sin", "x_1", "c_6", "c_7", "and", "größe", "lambda", "c_11"],
      "\(names)")
  }

  @Test("The minus of print is a minus")
  func printedMinus() throws {
    var reader = CSVReader()
    try reader.push(Array("t,y\n0,\u{2212}1\n1,\u{2212}3.5e\u{2212}2\n".utf8))
    #expect(try reader.finish().column("y") == [-1, -0.035])
  }

  @Test("What is compressed is called so")
  func compressed() {
    for (bytes, kind) in [([0x1F, 0x8B, 8, 0], "gzip"), ([0x50, 0x4B, 3, 4], "ZIP")] as [([UInt8], String)] {
      var reader = CSVReader()
      do {
        try reader.push(bytes)
        _ = try reader.finish()
        Issue.record("\(kind) is read")
      } catch { #expect(error.sentence.contains(kind) && error.sentence.contains("unpack it")) }
    }
  }

  @Test("A field that is too long for a sentence is cut")
  func longField() {
    var reader = CSVReader()
    do {
      try reader.push(Array(("t,y\n0," + String(repeating: "9", count: 5000) + "\n").utf8))
      _ = try reader.finish()
      Issue.record("it is read")
    } catch { #expect(error.sentence.count < 200 && error.sentence.contains("999…’ is beyond every number")) }
  }
}
