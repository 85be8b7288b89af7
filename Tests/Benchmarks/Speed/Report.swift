import Nabla

/// Collects measurements and prints them as they come: a JSON line each, and a table at the end.
struct Report {
  /// One measurement beside others of the same run, in nanoseconds or a count.
  struct Row {
    let group: String
    let name: String
    let ours: Double
    let others: [(name: String, value: Double)]
  }

  private(set) var rows: [Row] = []

  mutating func add(
    _ group: String, _ name: String, _ ours: Double, _ others: [(name: String, value: Double)] = []
  ) {
    rows.append(Row(group: group, name: name, ours: ours, others: others))
    let fields = [("nabla", ours)] + others.map { ($0.name, $0.value) }
    let numbers = fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
    print("{\"group\":\"\(group)\",\"name\":\"\(name)\",\(numbers)}")
  }

  /// The table: beside each other, and in brackets how many times of it we take.
  func printTable() {
    var group = ""
    for row in rows {
      if row.group != group {
        group = row.group
        print("\n" + group)
      }
      let cells = row.others.map {
        "\($0.name) \(Report.short($0.value)) (\(Report.short(row.ours / $0.value)))"
      }
      print(
        Report.wide("  " + row.name, 38)
          + ([Report.wide(Report.short(row.ours), 10)]
          + cells.map {
            Report.wide($0, 24)
          }).joined())
    }
  }

  private static func wide(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func short(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let places = value < 10 ? 100.0 : value < 1000 ? 10 : 1
    let rounded = (value * places).rounded() / places
    return places == 1 ? "\(Int(rounded))" : "\(rounded)"
  }
}
