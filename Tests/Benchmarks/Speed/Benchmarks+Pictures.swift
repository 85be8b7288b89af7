import Nabla
import NablaDrawing
import NablaEvaluation

extension Benchmarks {
  /// A million values on a grid as contours need them, beside the same values in C; and with about eleven contours.
  static func pictures(_ report: inout Report) throws {
    let group = "a million points of a picture, ms"
    let side = 1000
    for workload in [Workload.poly, .trans] {
      let formula = try workload.read()
      let function = try formula.compiled()
      let grid = {
        ValueGrid(
          -2...2, -2...2, columns: side, rows: side, value: { function([$0, $1]) },
          row: { function.values(columns: [$0, [$1]]) })
      }
      let nodes = grid()
      let flat = nodes.ys.flatMap { _ in nodes.xs } + nodes.ys.flatMap { y in nodes.xs.map { _ in y } }
      var results = [Double](repeating: 0, count: side * side)
      let levels = Ticks.places(from: nodes.values.min() ?? 0, to: nodes.values.max() ?? 1, about: 11)
      var values = Comparison { runs in for _ in 0..<runs { keep(grid().values[side]) } }
      var contours = Comparison { runs in
        for _ in 0..<runs {
          let finder = ContourFinder(grid())
          for level in levels { keep(Double(finder.contour(at: level).lines.count)) }
        }
      }
      for build in NativeCode.builds(of: formula) {
        let native = { (runs: Int) in
          for _ in 0..<runs { keep(build.code.values(flat, &results, side * side)) }
        }
        values.add(build.isStrict ? "C strict" : "C limit", native)
        contours.add(build.isStrict ? "C strict" : "C limit", native)
      }
      var (ours, others) = values.measured(share: 1e6)
      report.add(group, workload.name + ", values", ours, others)
      (ours, others) = contours.measured(share: 1e6)
      report.add(group, workload.name + ", and \(levels.count) contours", ours, others)
    }
  }
}
