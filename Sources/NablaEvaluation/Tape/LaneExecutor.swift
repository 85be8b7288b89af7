import NablaAlgebra
import NablaBasics

/// Runs a tape whose slots are several numbers wide: each step for all lanes at once.
enum LaneExecutor {
  typealias Addresses = UnsafePointer<UnsafeMutablePointer<Double>>

  /// Runs all steps for the first `count` lanes, a multiple of eight; `rows` says where each slot's numbers stand.
  ///
  /// With `settles`, steps that can settle their results do so; says whether all of these are finite.
  @discardableResult
  static func run(_ tape: Tape, _ rows: Addresses, lanes count: Int, settles: Bool = false) -> Bool {
    var isFinite = true
    for place in 0..<tape.stepCount {
      let step = tape.steps[place]
      if step.code.isArithmetic {
        if !arithmetic(step, rows, count, settles) { isFinite = false }
        continue
      }
      let (result, a, b) = (rows[Int(step.result)], rows[Int(step.a)], rows[Int(step.b)])
      if ElementaryKernels.apply(step.code, result, b, a, count) { continue }
      each(step, tape, result, a, b, rows[Int(step.c)], count)
    }
    return isFinite
  }

  /// A step by the kernels that keep its constants in registers; false where it settles a result that is not finite.
  private static func arithmetic(_ step: Step, _ rows: Addresses, _ count: Int, _ settles: Bool) -> Bool {
    let settles = settles && step.traits.contains(.settles)
    return switch step.traits.intersection(.constants) {
    case .b: run(step, rows, count, settles, LaneTraits.B.self)
    case .c: run(step, rows, count, settles, LaneTraits.C.self)
    case .d: run(step, rows, count, settles, LaneTraits.D.self)
    case .bd: run(step, rows, count, settles, LaneTraits.BD.self)
    case .ce: run(step, rows, count, settles, LaneTraits.CE.self)
    case .cf: run(step, rows, count, settles, LaneTraits.CF.self)
    default: run(step, rows, count, settles, LaneTraits.None.self)
    }
  }

  private static func run<C: ConstantOperands>(
    _ step: Step, _ rows: Addresses, _ count: Int, _ settles: Bool, _ constants: C.Type
  ) -> Bool {
    if settles { return settle(step, rows, count, constants) }
    store(step, rows, count, constants)
    return true
  }

  // One kernel each, so that the compiler makes one for each combination of constants.
  @inline(never)
  private static func store<C: ConstantOperands>(
    _ step: Step, _ rows: Addresses, _ count: Int, _ constants: C.Type
  ) {
    var storing = Kernels.Ending(settles: false)
    kernel(step, rows, count, C.traits, &storing)
  }

  @inline(never)
  private static func settle<C: ConstantOperands>(
    _ step: Step, _ rows: Addresses, _ count: Int, _ constants: C.Type
  ) -> Bool {
    var settling = Kernels.Ending(settles: true)
    kernel(step, rows, count, C.traits, &settling)
    return settling.isFinite
  }

  @inline(__always)
  private static func kernel(
    _ step: Step, _ rows: Addresses, _ count: Int, _ constants: LaneTraits, _ ending: inout Kernels.Ending
  ) {
    @inline(__always) func operand(_ slot: Int32, _ trait: LaneTraits) -> Kernels.Operand {
      Kernels.Operand(rows[Int(slot)], isFixed: constants.rawValue & trait.rawValue != 0)
    }
    let (code, result) = (step.code, rows[Int(step.result)])
    let (a, b) = (operand(step.a, .none), operand(step.b, .b))
    let (c, d) = (operand(step.c, .c), operand(step.d, .d))
    let (e, f) = (operand(code.arity > 4 ? step.e : 0, .e), operand(code.arity > 5 ? step.f : 0, .f))
    Kernels.arithmetic(code, result, a, b, c, d, e, f, count, &ending)
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
