import NablaAlgebra
import NablaBasics

/// Runs a tape whose slots are several numbers wide: each step for all lanes at once.
enum LaneExecutor {
  /// Runs all steps for the first `count` lanes, a multiple of eight; `rows` says where each slot's numbers stand.
  static func run(
    _ tape: Tape, _ rows: UnsafePointer<UnsafeMutablePointer<Double>>, lanes count: Int
  ) {
    for place in 0..<tape.stepCount {
      let step = tape.steps[place]
      let result = rows[Int(step.result)]
      let a = rows[Int(step.a)]
      let b = rows[Int(step.b)]
      let c = rows[Int(step.c)]
      let d = rows[Int(step.d)]
      let e = rows[step.code.arity > 4 ? Int(step.e) : 0]
      let f = rows[step.code.arity > 5 ? Int(step.f) : 0]
      let isDone =
        Kernels.arithmetic(
          step.code, result, Kernels.Row(a), Kernels.Row(b), Kernels.Row(c), Kernels.Row(d),
          Kernels.Row(e), Kernels.Row(f), count)
        || ElementaryKernels.apply(step.code, result, b, a, count)
      if !isDone { each(step, tape, result, a, b, c, count) }
    }
  }

  /// A function without a vector form, lane by lane.
  @inline(never)
  private static func each(
    _ step: Step, _ tape: Tape, _ result: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>,
    _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>, _ count: Int
  ) {
    switch step.code {
    case .floor: for lane in 0..<count { result[lane] = a[lane].rounded(.down) }
    case .power: for lane in 0..<count { result[lane] = Arithmetic.power(a[lane], b[lane]) }
    case .unary:
      let function = tape.closures.unary[Int(step.function)]
      for lane in 0..<count { result[lane] = function(a[lane]) }
    case .binary:
      let function = tape.closures.binary[Int(step.function)]
      for lane in 0..<count { result[lane] = function(a[lane], b[lane]) }
    default:
      for lane in 0..<count {
        result[lane] = Rows.one(step.code, step.function, tape, a[lane], b[lane], c[lane])
      }
    }
  }
}
