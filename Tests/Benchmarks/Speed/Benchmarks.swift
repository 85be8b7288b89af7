import Nabla
import NablaEvaluation

/// Measures every workload of the plan beside C in the same run.
///
///     swift run -c release Benchmarks          # everything
///     swift run -c release Benchmarks point    # one group: point, batch, building
@main
struct Benchmarks {
  static func main() throws {
    let groups = CommandLine.arguments.dropFirst()
    var report = Report()
    if groups.isEmpty || groups.contains("point") { try onePoint(&report) }
    if groups.isEmpty || groups.contains("batch") { try manyPoints(&report) }
    if groups.isEmpty || groups.contains("building") { try building(&report) }
    report.printTable()
  }

  /// f and the whole gradient at one point.
  private static func onePoint(_ report: inout Report) throws {
    let group = "one point, ns"
    var geometric = (ours: 1.0, strict: 1.0, fast: 1.0)
    for workload in [.poly, .trans] + Workload.physics + [.rosenbrock(1000), .writtenRosenbrock(1000)] {
      let formula = try workload.read()
      let function = try formula.compiled()
      var point = workload.point
      var gradient = [Double](repeating: 0, count: point.count)
      var turn = 0.0
      let ours = Stopwatch.nanoseconds {
        turn += 1
        point[0] = workload.point[0] + turn * 1e-9
        keep(function.valueAndGradient(at: point, into: &gradient))
      }
      // The C of the sum typed as a sum is C's best for the sum written out as well.
      let source = workload.name.hasPrefix("rosen") ? try Workload.rosenbrock(1000).read() : formula
      let times = NativeCode.Flags.allCases.map { flags -> Double? in
        guard let code = NativeCode(source, flags) else { return nil }
        return Stopwatch.nanoseconds {
          turn += 1
          point[0] = workload.point[0] + turn * 1e-9
          keep(code.gradient(point, &gradient))
        }
      }
      if workload.name.contains(".") {
        let share = 1.0 / Double(Workload.physics.count)
        geometric.ours *= power(ours, share)
        geometric.strict *= power(times[0] ?? .nan, share)
        geometric.fast *= power(times[1] ?? .nan, share)
      } else {
        report.add(group, workload.name, ours, strictC: times[0], fastC: times[1])
      }
    }
    report.add(group, "F*", geometric.ours, strictC: geometric.strict, fastC: geometric.fast)
  }

  private static func power(_ x: Double, _ p: Double) -> Double {
    (try? CompiledFunction(Expr.power(Expr("x"), Expr("p")), variables: [Variable("x"), Variable("p")]))?([
      x, p,
    ])
      ?? .nan
  }

  /// f and the whole gradient at many points, and the sum over rows of data.
  private static func manyPoints(_ report: inout Report) throws {
    let group = "many points, ns a point"
    let count = 100_000
    var geometric = (ours: 1.0, strict: 1.0, fast: 1.0)
    for workload in [.poly, .trans] + Workload.physics {
      let formula = try workload.read()
      let function = try formula.compiled()
      let columns = workload.point.map { value in (0..<count).map { value + Double($0) * 1e-7 } }
      let flat = columns.flatMap { $0 }
      let n = columns.count
      var results = [Double](repeating: 0, count: (n + 1) * count)
      var block = ColumnBlock(function)
      let ours = Stopwatch.nanoseconds(stretches: 5) {
        block.run(flat, count, &results)
        keep(results[count - 1])
      }
      let times = NativeCode.Flags.allCases.map { flags -> Double? in
        guard let code = NativeCode(formula, flags) else { return nil }
        return Stopwatch.nanoseconds(stretches: 5) { keep(code.batch(flat, &results, count)) } / Double(count)
      }
      let perPoint = ours / Double(count)
      if workload.name.contains(".") {
        let share = 1.0 / Double(Workload.physics.count)
        geometric.ours *= power(perPoint, share)
        geometric.strict *= power(times[0] ?? .nan, share)
        geometric.fast *= power(times[1] ?? .nan, share)
      } else {
        report.add(group, workload.name, perPoint, strictC: times[0], fastC: times[1])
      }
    }
    report.add(group, "F*", geometric.ours, strictC: geometric.strict, fastC: geometric.fast)
    try logisticRows(&report, group, count)
  }

  /// The logistic loss over rows: its value and its gradient by the four weights.
  private static func logisticRows(_ report: inout Report, _ group: String, _ count: Int) throws {
    let formula = try Workload.logistic.read()
    let rows = try CompiledRows(
      formula.expression, columns: Array(formula.variables[..<4]), parameters: Array(formula.variables[4...]))
    let columns = Workload.logistic.point[..<4].enumerated().map { place, value in
      (0..<count).map { row in place == 0 ? (row % 3 == 0 ? -1.0 : 1.0) : value + Double(row % 1000) * 1e-3 }
    }
    let weights = Array(Workload.logistic.point[4...])
    var gradient: [Double] = []
    let ours = Stopwatch.nanoseconds(stretches: 5) {
      keep(rows.sumOverRows(columns: columns, parameters: weights, into: &gradient))
    }
    report.add(group, "logistic, a row", ours / Double(count))
  }

  /// From text to gradient and to closures.
  private static func building(_ report: inout Report) throws {
    let group = "building, microseconds"
    for workload in [
      Workload.writtenRosenbrock(1000), .product(1000), .nestedSine(200), .rosenbrock(1000),
    ] {
      let time = try Stopwatch.once {
        let formula = try workload.read()
        keep(Double(try formula.gradient().partials.count))
      }
      report.add(group, "parse + gradient, " + workload.name, time / 1000)
    }
    for workload in [Workload.poly, .writtenRosenbrock(1000), .rosenbrock(1000)] {
      let formula = try workload.read()
      let time = try Stopwatch.once {
        let function = try CompiledFunction(formula.expression, variables: formula.variables)
        var gradient: [Double] = []
        keep(function.valueAndGradient(at: workload.point, into: &gradient))
      }
      report.add(group, "closures, " + workload.name, time / 1000)
    }
    for count in [1000, 10_000, 100_000] {
      let workload = Workload.writtenRosenbrock(count)
      let time = try Stopwatch.once(attempts: 2) {
        let formula = try workload.read()
        keep(Double(try formula.gradient().partials.count))
        var gradient: [Double] = []
        keep(try formula.compiled().valueAndGradient(at: workload.point, into: &gradient))
      }
      report.add(group, "text to values a term, n = \(count)", time / 1000 / Double(count))
    }
  }
}
