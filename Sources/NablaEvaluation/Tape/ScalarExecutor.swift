import NablaAlgebra
import NablaBasics

/// Runs a tape at one point: a switch in a loop over the steps.
///
/// Memory, point and gradient are as long as the tape was laid out for; the closures' entries check that.
struct ScalarExecutor {
  /// The slots of all tapes, constants in place.
  let memory: UnsafeMutablePointer<Double>
  /// The values of the variables.
  let point: UnsafePointer<Double>
  /// Where sweeps of loops add their adjoints; nil when only values are asked for.
  let gradient: UnsafeMutablePointer<Double>?
  /// Where each member of a family stands in the point, stretch after stretch.
  let positions: UnsafePointer<Int32>

  /// Runs all steps of a tape of one lane.
  @inline(never)
  func run(_ tape: Tape) { runInPlace(tape) }

  /// The same, where a call would cost as much as some steps.
  @inline(__always)
  func runInPlace(_ tape: Tape) {
    let slots = memory + tape.base
    var next = tape.steps
    let end = next + tape.stepCount
    while next < end {
      let step = next
      next += 1
      let result = slots + Int(step.pointee.result)
      @inline(__always) func a() -> Double { slots[Int(step.pointee.a)] }
      @inline(__always) func b() -> Double { slots[Int(step.pointee.b)] }
      @inline(__always) func c() -> Double { slots[Int(step.pointee.c)] }
      @inline(__always) func d() -> Double { slots[Int(step.pointee.d)] }
      @inline(__always) func e() -> Double { slots[Int(step.pointee.e)] }
      @inline(__always) func f() -> Double { slots[Int(step.pointee.f)] }
      switch step.pointee.code {
      case .add: result.pointee = a() + b()
      case .subtract: result.pointee = a() - b()
      case .multiply: result.pointee = a() * b()
      case .divide: result.pointee = Arithmetic.quotient(a(), b())
      case .negate: result.pointee = -a()
      case .multiplyAdd: result.pointee = a() * b() + c()
      case .multiplySubtract: result.pointee = a() * b() - c()
      case .subtractMultiple: result.pointee = c() - a() * b()
      case .productSum: result.pointee = a() * b() + c() * d()
      case .productDifference: result.pointee = a() * b() - c() * d()
      case .product3: result.pointee = (a() * b()) * c()
      case .product4: result.pointee = ((a() * b()) * c()) * d()
      case .productOfProducts: result.pointee = (a() * b()) * (c() * d())
      case .squaredProduct:
        let product = a() * b()
        result.pointee = product * product
      case .product3Add: result.pointee = (a() * b()) * c() + d()
      case .product3Subtract: result.pointee = (a() * b()) * c() - d()
      case .subtractProduct3: result.pointee = d() - (a() * b()) * c()
      case .product3AddProduct: result.pointee = (a() * b()) * c() + d() * e()
      case .product3SubtractProduct: result.pointee = (a() * b()) * c() - d() * e()
      case .productSubtractProduct3: result.pointee = d() * e() - (a() * b()) * c()
      case .product3Sum: result.pointee = (a() * b()) * c() + (d() * e()) * f()
      case .product3Difference: result.pointee = (a() * b()) * c() - (d() * e()) * f()
      case .negatedProduct: result.pointee = -(a() * b())
      case .negatedProduct3: result.pointee = -((a() * b()) * c())
      case .ratio: result.pointee = a() / b()
      case .negatedRatio: result.pointee = -(a() / b())
      case .productRatio: result.pointee = (a() * b()) / c()
      case .ratioOfProduct: result.pointee = a() / (b() * c())
      case .ratioTimes: result.pointee = (a() / b()) * c()
      case .weigh: result.pointee = a() == 0 ? 0 : a() * b()
      case .share: result.pointee = a() == 0 ? 0 : a() / b()
      case .select: result.pointee = Arithmetic.select(a(), b(), c())
      case .squareRoot: result.pointee = a().squareRoot()
      case .absolute: result.pointee = a().magnitude
      case .minimum: result.pointee = RealMath.min(a(), b())
      case .maximum: result.pointee = RealMath.max(a(), b())
      case .exponential: result.pointee = Libm.exp(a())
      case .logarithm: result.pointee = Arithmetic.logarithm(a())
      case .sine: result.pointee = Libm.sin(a())
      case .cosine: result.pointee = Libm.cos(a())
      case .sineCosine:
        let angle = a()
        result.pointee = Libm.sin(angle)
        slots[Int(step.pointee.b)] = Libm.cos(angle)
      case .softplusSigmoid:
        let argument = a()
        result.pointee = RealMath.softplus(argument)
        slots[Int(step.pointee.b)] = RealMath.sigmoid(argument)
      case .power: result.pointee = Arithmetic.power(a(), b())
      case .run: Rows.run(step.pointee, slots, tape)
      case .addAll:
        result.pointee = Rows.sum(step.pointee, slots)
      case .multiplyAddAll:
        result.pointee = Rows.productSum(step.pointee, slots)
      case .loop:
        result.pointee = loopExecutor.value(tape.loops[Int(step.pointee.function)], around: slots)
      case .reverseLoop:
        _ = loopExecutor.sweep(
          tape.loops[Int(step.pointee.function)], adjoint: a(), around: slots, held: result)
      case .loopWithSweep:
        result.pointee = loopExecutor.sweep(
          tape.loops[Int(step.pointee.function)], adjoint: a(), around: slots, held: result + 1)
      case .sign, .floor, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .tangent,
        .hyperbolicTangent, .logarithmOfOnePlus, .exponentialMinusOne, .sigmoid, .softplus, .hyperbolicSine,
        .hyperbolicCosine, .hyperbolicSecant, .secant, .arctangent, .cubeRoot, .oddPower, .evenPower, .unary,
        .binary, .ternary:
        result.pointee = Rows.one(step.pointee.code, step.pointee.function, tape, a(), b(), c())
      }
    }
  }

  private var loopExecutor: LoopExecutor {
    LoopExecutor(memory: memory, point: point, gradient: gradient, positions: positions)
  }
}

/// Steps that stand for many results of a scalar run, and the rarer single ones.
enum Rows {
  /// A result as the C library gives it.
  @inline(never)
  static func one(
    _ code: StepCode, _ function: Int32, _ tape: Tape, _ a: Double, _ b: Double, _ c: Double
  ) -> Double {
    switch code {
    case .unary: tape.closures.unary[Int(function)](a)
    case .binary: tape.closures.binary[Int(function)](a, b)
    case .ternary: tape.closures.ternary[Int(function)](a, b, c)
    case .power: Arithmetic.power(a, b)
    case .oddPower: Arithmetic.oddPower(a, b)
    case .evenPower: Arithmetic.evenPower(a, b)
    case .less: a.isNaN || b.isNaN ? .nan : a < b ? 1 : 0
    case .lessOrEqual: a.isNaN || b.isNaN ? .nan : a <= b ? 1 : 0
    case .greater: a.isNaN || b.isNaN ? .nan : a > b ? 1 : 0
    case .greaterOrEqual: a.isNaN || b.isNaN ? .nan : a >= b ? 1 : 0
    case .equal: a.isNaN || b.isNaN ? .nan : a == b ? 1 : 0
    case .notEqual: a.isNaN || b.isNaN ? .nan : a != b ? 1 : 0
    default: ElementaryKernels.one(code, a)
    }
  }

  /// A stretch of results: arithmetic by vectors, everything else one by one.
  @inline(never)
  static func run(_ step: Step, _ slots: UnsafeMutablePointer<Double>, _ tape: Tape) {
    func row(_ slot: Int32, _ bit: UInt8) -> Kernels.Operand {
      Kernels.Operand(slots + Int(slot), isFixed: step.moving & bit == 0)
    }
    let count = Int(step.count)
    let result = slots + Int(step.result)
    let (a, b, c, d) = (row(step.a, 1), row(step.b, 2), row(step.c, 4), row(step.d, 8))
    // The operations of six operands are none of a long tape's.
    var storing = Kernels.Ending(settles: false)
    if Kernels.arithmetic(step.inner, result, a, b, c, d, a, a, count, &storing) { return }
    for place in 0..<count {
      result[place] = one(
        step.inner, step.function, tape, a.start[a.isFixed ? 0 : place], b.start[b.isFixed ? 0 : place],
        c.start[c.isFixed ? 0 : place])
    }
  }

  /// c + a₁ + a₂ + … from the left.
  @inline(never)
  static func sum(_ step: Step, _ slots: UnsafeMutablePointer<Double>) -> Double {
    var total = slots[Int(step.c)]
    let row = slots + Int(step.a)
    let stride = Int(step.moving & 1)
    for place in 0..<Int(step.count) { total += row[place &* stride] }
    return total
  }

  /// c + a₁·b₁ + a₂·b₂ + … from the left.
  @inline(never)
  static func productSum(_ step: Step, _ slots: UnsafeMutablePointer<Double>) -> Double {
    var total = slots[Int(step.c)]
    let (first, second) = (slots + Int(step.a), slots + Int(step.b))
    let (along, beside) = (Int(step.moving & 1), Int(step.moving >> 1))
    for place in 0..<Int(step.count) { total += first[place &* along] * second[place &* beside] }
    return total
  }
}
