import FoundationEssentials
import Nabla
import NablaBasics

/// Our evaluations beside those of scipy's trust-exact on the rows that both solve, counted by one rule: until solved
/// means until f at an iterate first passes the test of the global minimum, to the end means all that a run evaluated,
/// certificates included.
struct Comparison {
  /// What one run from one start evaluated.
  struct Row {
    var name: String
    var label: String
    var untilSolved: Int
    var counts: Objective.Counts

    /// f, gradient and Hessian evaluations together.
    var total: Int { counts.f + counts.gradient + counts.hessian }
  }

  private var rows: [Row] = []

  mutating func add(_ row: Row) { rows.append(row) }

  /// The rows of one collection in the table that `scipy_baseline.py --record` writes.
  static func rows(in table: String, of set: String) -> [Row] {
    table.split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: "\t").map(String.init)
      guard cells.count == 7, cells[0] == set else { return nil }
      let numbers = cells[3...].compactMap { Int($0) }
      guard numbers.count == 4 else { return nil }
      var counts = Objective.Counts()
      (counts.f, counts.gradient, counts.hessian) = (numbers[1], numbers[2], numbers[3])
      return Row(name: cells[1], label: cells[2], untilSolved: numbers[0], counts: counts)
    }
  }

  /// A line for the standard starts, and one for the others.
  func lines(beside peer: [Row]) -> [String] {
    [("standard", { $0 == "standard" }), ("other", { $0 != "standard" })].compactMap {
      (title: String, belongs: (String) -> Bool) in
      let pairs = rows.filter { belongs($0.label) }.compactMap { row in
        peer.first { $0.name == row.name && $0.label == row.label }.map { (ours: row, theirs: $0) }
      }
      guard !pairs.isEmpty else { return nil }
      func ratio(_ count: (Row) -> Int) -> String {
        let (ours, theirs) = pairs.reduce((0, 0)) { ($0.0 + count($1.ours), $0.1 + count($1.theirs)) }
        let logarithms = pairs.reduce(0) { $0 + Libm.log(Double(count($1.ours)) / Double(count($1.theirs))) }
        return "\(ours) to \(theirs), ratio \(hundredths(Double(ours) / Double(theirs))), "
          + "geometric mean \(hundredths(Libm.exp(logarithms / Double(pairs.count))))"
      }
      return
        "  beside trust-exact, \(title) starts, \(pairs.count) rows that both solve: values until solved "
        + "\(ratio(\.untilSolved)); values to the end \(ratio(\.counts.f)); values, gradients and Hessians to the end "
        + ratio(\.total)
    }
  }

  private func hundredths(_ value: Double) -> String { String((value * 100).rounded() / 100) }
}
