extension CSVReader {
  /// What a field holds.
  enum Content {
    case number(Double)
    case missing(String)
    case text(String)
    case tooLarge(String)
  }

  /// What the words for a missing value are, in small letters.
  private static let missing: Set<String> = [
    "", "na", "n/a", "null", "none", "nil", "-", "--", "?", ".", "#n/a",
  ]

  /// The number that a text spells, also with the minus of print; nil for other text.
  static func number(_ text: String, hasComma: Bool) -> Double? {
    let point: UInt8 = hasComma ? UInt8(ascii: ",") : UInt8(ascii: ".")
    var bytes = Array(text.replacing("\u{2212}", with: "-").utf8)
    var hasDigit = false
    for place in bytes.indices {
      switch bytes[place] {
      case point: bytes[place] = UInt8(ascii: ".")
      case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "e"), UInt8(ascii: "E"): break
      default: return nil
      }
    }
    return hasDigit ? Double(String(decoding: bytes, as: UTF8.self)) : nil
  }

  /// What a field that is no plain number holds.
  private func content(_ text: String) -> Content {
    let small = text.lowercased()
    if Self.missing.contains(small) { return .missing("missing") }
    if let value = Self.number(text, hasComma: format.hasDecimalCommas) {
      return value.isFinite ? .number(value) : .tooLarge(text)
    }
    let unsigned = small.first == "-" || small.first == "+" ? String(small.dropFirst()) : small
    if unsigned == "nan" || unsigned == "inf" || unsigned == "infinity" {
      return .missing("\(text), no finite number")
    }
    return .text(text)
  }

  /// Reads the rows that are complete, and at the end the last one.
  mutating func readRows(isEnd: Bool) throws(CSVError) {
    guard !waiting.isEmpty else { return }
    let count = waiting.count
    // A line feed that is not there ends the last field for those who look.
    waiting.append(0x0A)
    var bytes: [UInt8] = []
    swap(&bytes, &waiting)
    var rest = 0
    var failure: CSVError?
    let plan = plan
    bytes.withUnsafeBufferPointer { buffer in
      PowersOfFive.table.withUnsafeBufferPointer { powers in
        plan.withUnsafeBufferPointer { plan in
          guard let start = buffer.baseAddress, let table = powers.baseAddress, let fields = plan.baseAddress
          else { return }
          let numbers = DecimalReader(
            powers: table, point: format.hasDecimalCommas ? UInt8(ascii: ",") : UInt8(ascii: "."))
          var scan = CSVScan(
            place: start, end: start + count, isEnd: isEnd, separator: separator, byBlanks: separatesByBlanks)
          do throws(CSVError) {
            while try readBlock(&scan, numbers, fields, plan.count) { endBlock() }
          } catch { failure = error }
          rest = scan.place - start
        }
      }
    }
    if let failure { throw failure }
    bytes.removeLast()
    bytes.removeFirst(min(rest, bytes.count))
    waiting = bytes
  }

  /// Reads rows until the block is full; false where the bytes end first.
  private mutating func readBlock(
    _ scan: inout CSVScan, _ numbers: DecimalReader, _ plan: UnsafePointer<Int>, _ count: Int
  ) throws(CSVError) -> Bool {
    var block: [Double] = []
    swap(&block, &self.block)
    defer { swap(&block, &self.block) }
    var failure: CSVError?
    var isFull = false
    block.withUnsafeMutableBufferPointer { buffer in
      // Where no column is used there is nothing to write.
      var nothing = 0.0
      withUnsafeMutablePointer(to: &nothing) { spare in
        do throws(CSVError) {
          isFull = try readRows(&scan, numbers, plan, count, into: buffer.baseAddress ?? spare)
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
    return isFull
  }

  private mutating func readRows(
    _ scan: inout CSVScan, _ numbers: DecimalReader, _ plan: UnsafePointer<Int>, _ count: Int,
    into block: UnsafeMutablePointer<Double>
  ) throws(CSVError) -> Bool {
    while scan.place < scan.end {
      let begin = scan.place
      if scan.skipEmptyLine() {
        line += 1
        continue
      }
      if scan.isIncomplete {
        scan.place = begin
        return false
      }
      guard let fields = try readRow(&scan, numbers, plan, count, into: block + filled) else {
        scan.place = begin
        return false
      }
      row += 1
      if let skip = fields.skip { table.skip(.init(row: row, line: line, reason: skip)) } else { filled += 1 }
      line += 1 + fields.lines
      if filled == Table.blockRows { return true }
    }
    return false
  }

  /// One row, its numbers a block's rows apart; nil where its end is not there yet.
  @inline(__always)
  private func readRow(
    _ scan: inout CSVScan, _ numbers: DecimalReader, _ plan: UnsafePointer<Int>, _ count: Int,
    into values: UnsafeMutablePointer<Double>
  ) throws(CSVError) -> (skip: String?, lines: Int)? {
    var field = 0
    var filledFields = 0
    var skip: String?
    var lines = 0
    while true {
      scan.skipBlanks()
      let target = field < count ? plan[field] : -1
      var isBlank = false
      if scan.byte == UInt8(ascii: "\"") {
        guard let quoted = scan.quotedField() else {
          if scan.isEnd { throw .openQuote(at: here) }
          return nil
        }
        lines += quoted.lines
        if target >= 0 { try take(content(quoted.text), target, values, &skip) }
        scan.skipBlanks()
        if !scan.isAtFieldEnd { throw .afterQuote(at: here) }
      } else if target >= 0 {
        let start = scan.place
        isBlank = scan.isAtFieldEnd
        if let value = numbers.read(at: &scan.place), scan.isAtFieldEndAfterBlanks(), value.isFinite {
          values[target * Table.blockRows] = value
        } else {
          scan.place = start
          let text = scan.plainField()
          if scan.isIncomplete { return nil }
          try take(content(text), target, values, &skip)
        }
      } else {
        isBlank = scan.isAtFieldEnd
        scan.passField()
      }
      if scan.isIncomplete { return nil }
      field += 1
      if !isBlank { filledFields = field }
      if scan.endsField() { continue }
      // The row's own end.
      guard scan.endsRow() else { return nil }
      break
    }
    if field != count, !(field > count && filledFields <= count) {
      throw .ragged(fields: field, expected: count, at: here)
    }
    return (skip, lines)
  }

  /// The row that is being read.
  private var here: CSVError.Place { .init(row: row + 1, line: line) }

  private func take(
    _ content: Content, _ target: Int, _ values: UnsafeMutablePointer<Double>, _ skip: inout String?
  ) throws(CSVError) {
    let name = header?[used[target]] ?? ""
    switch content {
    case .number(let value): values[target * Table.blockRows] = value
    case .missing(let why): skip = skip ?? "\(name) is \(why)"
    case .tooLarge(let text): throw .tooLarge(text, column: name, at: here)
    case .text(let text):
      let short = text.count > 40 ? text.prefix(40) + "…" : text[...]
      throw .notANumber(String(short), column: name, at: here, remedy: remedy(text))
    }
  }

  /// What a text that is nearly a number may mean.
  private func remedy(_ text: String) -> CSVError.Remedy? {
    let hasComma = format.hasDecimalCommas
    guard Self.number(text, hasComma: !hasComma) != nil else { return nil }
    return hasComma ? .decimalPoints : .decimalCommas
  }
}
