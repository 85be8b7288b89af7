import Nabla
import NablaEvaluation

/// Measures every workload of the plan beside C and the peers in the same run.
///
///     swift run -c release Benchmarks              # everything
///     swift run -c release Benchmarks point        # one group: point, batch, pictures, building, forms, stages
///     swift run -c release Benchmarks batch poly   # one workload
///     swift run -c release Benchmarks allocations  # what a call allocates: nothing, or it fails
///     swift run -c release Benchmarks workloads    # the workloads as JSON lines, for peers.py
@main
struct Benchmarks {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    if words.contains("workloads") { return print(Workload.described.joined(separator: "\n")) }
    if words.contains("allocations") { return try Allocations.measure() }
    var report = Report()
    chosen = words.filter { !["point", "batch", "pictures", "building", "forms", "stages"].contains($0) }
    let groups = words.filter { !chosen.contains($0) }
    if groups.isEmpty || groups.contains("point") { try onePoint(&report) }
    if groups.isEmpty || groups.contains("batch") { try manyPoints(&report) }
    if groups.isEmpty || groups.contains("pictures") { try pictures(&report) }
    if groups.isEmpty || groups.contains("building") { try building(&report) }
    if groups.contains("forms") { try shaping(&report) }
    if groups.contains("stages") { try stages(&report) }
    report.printTable()
  }

  /// CasADi and ExprTk, where they were built.
  nonisolated(unsafe) private static let peers = NativePeers()

  /// The workloads that were named; all where none was.
  nonisolated(unsafe) private static var chosen: [String] = []

  private static func chosen(_ workloads: [Workload]) -> [Workload] {
    chosen.isEmpty ? workloads : workloads.filter { chosen.contains($0.name) }
  }

  /// Contenders beside each other: what ours takes, and the others with the best build or form of each.
  struct Comparison {
    private var names = ["nabla"]
    private var works: [(Int) -> Void] = []

    init(_ ours: @escaping (Int) -> Void) { works = [ours] }

    mutating func add(_ name: String, _ work: @escaping (Int) -> Void) {
      names.append(name)
      works.append(work)
    }

    /// Nanoseconds a run, divided by `share`; C's limit is the best of all builds.
    func measured(share: Double = 1) -> (ours: Double, others: [(name: String, value: Double)]) {
      let times = Stopwatch.inTurn(works).map { $0 / share }
      var others: [(name: String, value: Double)] = []
      for (name, time) in zip(names, times).dropFirst() {
        for name in name == "C strict" ? ["C limit", name] : [name] {
          if let place = others.firstIndex(where: { $0.name == name }) {
            others[place].value = min(others[place].value, time)
          } else {
            others.append((name, time))
          }
        }
      }
      return (times[0], others)
    }
  }

  /// f and the whole gradient at one point.
  private static func onePoint(_ report: inout Report) throws {
    let group = "one point, ns"
    var mean = GeometricMean()
    for workload in chosen(
      [.poly, .trans] + Workload.physics + [.rosenbrock(1000), .writtenRosenbrock(1000)])
    {
      let formula = try workload.read()
      let function = try formula.compiled()
      let ring = Ring(workload.point)
      let n = workload.point.count
      var gradient = [Double](repeating: 0, count: n)
      // As C is called: with an address of the point and one of the gradient.
      var comparison = Comparison { runs in
        var sum = 0.0
        let slopes = UnsafeMutableBufferPointer(start: ring.slopes, count: n)
        for run in 0..<runs {
          var place = slopes.mutableSpan
          sum += function.valueAndGradient(at: ring[run].span, into: &place)
        }
        keep(sum)
      }
      comparison.add("with arrays") { runs in
        var sum = 0.0
        var point = workload.point
        for run in 0..<runs {
          point[0] = workload.point[0] + Double(run & 15) * 1e-9
          sum += function.valueAndGradient(at: point, into: &gradient)
        }
        keep(sum)
      }
      func add(
        _ name: String, _ run: @escaping (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double
      ) {
        comparison.add(name) { runs in
          var sum = 0.0
          for place in 0..<runs { sum += run(ring.start + (place & ring.mask) * n, ring.slopes) }
          keep(sum)
        }
      }
      // The C of the sum typed as a sum is C's best for the sum written out as well.
      let source = workload.name.hasPrefix("rosen") ? try Workload.rosenbrock(1000).read() : formula
      for build in NativeCode.builds(of: source) {
        add(build.isStrict ? "C strict" : "C limit", build.code.gradient)
      }
      for peer in peers?.functions(of: workload.name) ?? [] {
        add(peer.peer) { peer.run(peer.handle, $0, $1) }
      }
      let (ours, others) = comparison.measured()
      if workload.isPhysics {
        mean.add(ours, others)
      } else {
        report.add(group, workload.name, ours, others)
      }
    }
    if !mean.isEmpty { report.add(group, "F*", mean.ours, mean.others) }
  }

  /// f and the whole gradient at many points, and the sum over rows of data.
  private static func manyPoints(_ report: inout Report) throws {
    for count in [2_000, 100_000] {
      let group = "many points, ns a point, \(count) of them"
      var mean = GeometricMean()
      for workload in chosen([.poly, .trans] + Workload.physics) {
        let formula = try workload.read()
        let function = try formula.compiled()
        let columns = workload.columns(count)
        let flat = columns.flatMap { $0 }
        var values: [Double] = []
        var gradients: [[Double]] = []
        var results = [Double](repeating: 0, count: (columns.count + 1) * count)
        var comparison = Comparison { runs in
          for _ in 0..<runs {
            function.valuesAndGradients(columns: columns, into: &values, gradients: &gradients)
          }
          keep(values[count - 1])
        }
        for build in NativeCode.builds(of: formula) {
          comparison.add(build.isStrict ? "C strict" : "C limit") { runs in
            for _ in 0..<runs { keep(build.code.batch(flat, &results, count)) }
          }
        }
        let (ours, others) = comparison.measured(share: Double(count))
        if workload.isPhysics {
          mean.add(ours, others)
        } else {
          report.add(group, workload.name, ours, others)
        }
      }
      if !mean.isEmpty { report.add(group, "F*", mean.ours, mean.others) }
      if chosen([.logistic]).isEmpty { continue }
      try logisticRows(&report, group, count)
    }
  }

  /// The logistic loss over rows: its value and its gradient by the four weights.
  private static func logisticRows(_ report: inout Report, _ group: String, _ count: Int) throws {
    let formula = try Workload.logistic.read()
    let rows = try CompiledRows(
      formula.expression, columns: Array(formula.variables[..<4]), parameters: Array(formula.variables[4...]))
    let columns = Workload.logistic.columns(count)
    let flat = columns.flatMap { $0 }
    let weights = Array(Workload.logistic.point[4...])
    var gradient: [Double] = []
    var results = [Double](repeating: 0, count: 9)
    var comparison = Comparison { runs in
      for _ in 0..<runs {
        keep(rows.sumOverRows(columns: Array(columns[..<4]), parameters: weights, into: &gradient))
      }
    }
    for build in NativeCode.builds(of: formula, sumsRows: true) {
      comparison.add(build.isStrict ? "C strict" : "C limit") { runs in
        for _ in 0..<runs { keep(build.code.batch(flat, &results, count)) }
      }
    }
    let (ours, others) = comparison.measured(share: Double(count))
    report.add(group, "logistic, a row", ours, others)
  }

  /// The textbook form alone: of the gradient of a long sum, and of derivatives one after the other.
  private static func shaping(_ report: inout Report) throws {
    let group = "textbook forms, microseconds"
    for workload in chosen([
      .mixedSum(1000), .writtenRosenbrock(1000), .weightedRosenbrock(501), .weightedRosenbrock(1000),
    ]) {
      let sum = try workload.read()
      let time = try Stopwatch.once { keep(Double(try sum.gradient().partials.count)) }
      report.add(group, "gradient, \(workload.name)", time / 1000)
    }
    let texts = ["ln(1 + x)", "e^(-x^2)", "tan x", "x^3 sin x", "1/(x^2 + 1)"]
    for text in texts where chosen.isEmpty || chosen.contains(text) {
      let formula = try Formula(text)
      var length = 0
      let time = try Stopwatch.once {
        let tenth = try formula.expression.derivatives(by: formula.variables, order: 10)[0].expression
        length = formula.text(of: tenth).count
      }
      report.add(group, "tenth derivative, \(text) (\(length) characters)", time / 1000)
    }
  }

  /// What is measured from its text on.
  private static let large = [
    Workload.writtenRosenbrock(1000), .product(1000), .nestedSine(200), .rosenbrock(1000),
  ]

  /// What CasADi builds for each of them.
  private static let graphs = [("rosenbrock", 1000), ("product", 1000), ("sines", 200), ("rosenbrock", 1000)]

  /// The way from text to gradient, stage by stage.
  private static func stages(_ report: inout Report) throws {
    let group = "stages, microseconds"
    // The long sums only where they are named, and fewer times.
    let longer = [10_000, 100_000].map { Workload.writtenRosenbrock($0) }
    for workload in chosen.isEmpty ? large : chosen(large + longer) {
      let attempts = max(2, min(20, 20_000 / workload.point.count))
      let reading = try Stopwatch.once(attempts: attempts) {
        keep(Double(try workload.read().variables.count))
      }
      report.add(group, "text to expression, " + workload.name, reading / 1000)
      let formula = try workload.read()
      let compiling = try Stopwatch.once(attempts: attempts) {
        let function = try CompiledFunction(formula.expression, variables: formula.variables)
        keep(Double(function.operations))
      }
      report.add(group, "expression to program, " + workload.name, compiling / 1000)
      let running = try Stopwatch.once(attempts: attempts) {
        let function = try CompiledFunction(formula.expression, variables: formula.variables)
        var gradient: [Double] = []
        keep(function.valueAndGradient(at: workload.point, into: &gradient))
      }
      report.add(group, "expression to values, " + workload.name, running / 1000)
      let whole = try Stopwatch.once(attempts: attempts) {
        keep(Double(try workload.read().compiled().operations))
      }
      report.add(group, "text to program, " + workload.name, whole / 1000)
    }
  }

  /// What is built from its text on beside CasADi, which is told the formula in C++: for f and its gradient, and for a
  /// function of both that can be called.
  private static func besideCasADi(
    _ graph: (formula: String, count: Int), attempts: Int = 20, _ ours: @escaping () throws -> Void
  ) throws -> (ours: Double, others: [(name: String, value: Double)]) {
    var works = [ours]
    var names: [String] = []
    for (name, isFunction) in [("CasADi, no text", false), ("CasADi, callable", true)] {
      guard let work = peers?.builder(graph.formula, graph.count, withFunction: isFunction) else { break }
      names.append(name)
      works.append(work)
    }
    let times = try Stopwatch.onceInTurn(attempts: attempts, works).map { $0 / 1000 }
    return (times[0], zip(names, times.dropFirst()).map { ($0, $1) })
  }

  /// From text to gradient and to closures.
  private static func building(_ report: inout Report) throws {
    let group = "building, microseconds"
    for (workload, graph) in zip(large, graphs) {
      let (ours, others) = try besideCasADi(graph) {
        let formula = try workload.read()
        keep(Double(try formula.compiled().operations))
      }
      report.add(group, "parse + gradient, " + workload.name, ours, others)
    }
    for workload in large {
      let time = try Stopwatch.once(attempts: 2) {
        let formula = try workload.read()
        keep(Double(try formula.gradient().partials.count))
      }
      report.add(group, "parse + formulas of the gradient, " + workload.name, time / 1000)
    }
    try shaping(&report)
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
      let (ours, others) = try besideCasADi(("rosenbrock", count), attempts: max(2, 10_000 / count)) {
        let formula = try workload.read()
        var gradient: [Double] = []
        keep(try formula.compiled().valueAndGradient(at: workload.point, into: &gradient))
      }
      let share = Double(count)
      report.add(
        group, "text to values, a term, n = \(count)", ours / share,
        others.map { ($0.name, $0.value / share) })
    }
    for workload in large {
      let formula = try workload.read()
      let value = try CompiledFunctions([formula.expression], variables: formula.variables)
      let ratio = Double(try formula.compiled().operations) / Double(value.operations)
      report.add("operations of f and gradient over those of f", workload.name, ratio)
    }
  }
}
