import Nabla

/// Collects measurements and prints them as they come: a JSON line each, and a table at the end.
struct Report {
  /// One measurement beside others of the same run.
  struct Row {
    let group: String
    let name: String
    /// Nanoseconds, or a count.
    let ours: Double
    let strictC: Double?
    let fastC: Double?
  }

  private(set) var rows: [Row] = []

  mutating func add(
    _ group: String, _ name: String, _ ours: Double, strictC: Double? = nil, fastC: Double? = nil
  ) {
    rows.append(Row(group: group, name: name, ours: ours, strictC: strictC, fastC: fastC))
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }
    print(
      "{\"group\":\"\(group)\",\"name\":\"\(name)\",\"nabla\":\(number(ours)),\"c_strict\":\(number(strictC)),"
        + "\"c_fast\":\(number(fastC))}")
  }

  /// The table: ratios first.
  func printTable() {
    print("\n" + Report.line(["", "ratio to C", "to fast C", "nabla", "C strict", "C fast"]))
    var group = ""
    for row in rows {
      if row.group != group {
        group = row.group
        print(group)
      }
      let ratios = [row.strictC, row.fastC].map { $0.map { Report.short(row.ours / $0) } ?? "" }
      let times = [row.ours, row.strictC, row.fastC].map { $0.map(Report.short) ?? "" }
      print(Report.line(["  " + row.name] + ratios + times))
    }
  }

  private static func line(_ cells: [String]) -> String {
    var text = cells[0] + String(repeating: " ", count: max(1, 30 - cells[0].count))
    for cell in cells.dropFirst() { text += String(repeating: " ", count: max(1, 13 - cell.count)) + cell }
    return text
  }

  private static func short(_ value: Double) -> String {
    let places = value < 10 ? 100.0 : value < 1000 ? 10 : 1
    let rounded = (value * places).rounded() / places
    return places == 1 ? "\(Int(rounded))" : "\(rounded)"
  }
}
