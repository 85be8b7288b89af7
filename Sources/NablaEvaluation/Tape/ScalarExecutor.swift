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
  func run(_ tape: Tape) {
    run(tape.steps, to: tape.steps + tape.stepCount, of: tape, in: memory + tape.base)
  }

  /// Runs some steps of a tape where a call would cost as much as they do.
  @inline(__always)
  func run(
    _ first: UnsafePointer<Step>, to end: UnsafePointer<Step>, of tape: Tape,
    in slots: UnsafeMutablePointer<Double>
  ) {
    var next = first
    while next < end {
      let step = next
      next += 1
      @inline(__always) func a() -> Double { slots[Int(step.pointee.a)] }
      @inline(__always) func b() -> Double { slots[Int(step.pointee.b)] }
      @inline(__always) func c() -> Double { slots[Int(step.pointee.c)] }
      @inline(__always) func d() -> Double { slots[Int(step.pointee.d)] }
      @inline(__always) func e() -> Double { slots[Int(step.pointee.e)] }
      @inline(__always) func f() -> Double { slots[Int(step.pointee.f)] }
      let result: Double
      switch step.pointee.code {
      case .multiply: result = a() * b()
      case .add: result = a() + b()
      case .subtract: result = a() - b()
      case .divide: result = Arithmetic.quotient(a(), b())
      case .negate: result = -a()
      case .multiplyAdd: result = a() * b() + c()
      case .multiplySubtract: result = a() * b() - c()
      case .subtractMultiple: result = c() - a() * b()
      case .productSum: result = a() * b() + c() * d()
      case .productDifference: result = a() * b() - c() * d()
      case .product3: result = (a() * b()) * c()
      case .product4: result = ((a() * b()) * c()) * d()
      case .productOfProducts: result = (a() * b()) * (c() * d())
      case .squaredProduct:
        let product = a() * b()
        result = product * product
      case .product3Add: result = (a() * b()) * c() + d()
      case .product3Subtract: result = (a() * b()) * c() - d()
      case .subtractProduct3: result = d() - (a() * b()) * c()
      case .product3AddProduct: result = (a() * b()) * c() + d() * e()
      case .product3SubtractProduct: result = (a() * b()) * c() - d() * e()
      case .productSubtractProduct3: result = d() * e() - (a() * b()) * c()
      case .product3Sum: result = (a() * b()) * c() + (d() * e()) * f()
      case .product3Difference: result = (a() * b()) * c() - (d() * e()) * f()
      case .negatedProduct: result = -(a() * b())
      case .negatedProduct3: result = -((a() * b()) * c())
      case .ratio: result = a() / b()
      case .negatedRatio: result = -(a() / b())
      case .productRatio: result = (a() * b()) / c()
      case .ratioOfProduct: result = a() / (b() * c())
      case .ratioTimes: result = (a() / b()) * c()
      case .twoProducts:
        slots[Int(step.pointee.result)] = a() * b()
        slots[Int(step.pointee.e)] = c() * d()
        continue
      case .sumAndDifference:
        let (first, second) = (a(), b())
        slots[Int(step.pointee.e)] = first - second
        result = first + second
      case .ratioAndProduct:
        let ratio = a() / b()
        slots[Int(step.pointee.e)] = -(ratio * c())
        result = ratio
      case .quotientAndSlopes:
        let (quotient, slope) = (Arithmetic.quotient(a(), b()), c() / b())
        slots[Int(step.pointee.e)] = slope
        slots[Int(step.pointee.f)] = -(slope * quotient)
        result = quotient
      case .weigh: result = a() == 0 ? 0 : a() * b()
      case .share: result = a() == 0 ? 0 : a() / b()
      case .select: result = Arithmetic.select(a(), b(), c())
      case .squareRoot: result = a().squareRoot()
      case .absolute: result = a().magnitude
      case .minimum: result = RealMath.min(a(), b())
      case .maximum: result = RealMath.max(a(), b())
      case .exponential: result = Libm.exp(a())
      case .logarithm: result = Arithmetic.logarithm(a())
      case .logarithmOfOnePlus: result = Arithmetic.logarithmOfOnePlus(a())
      case .sine: result = Libm.sin(a())
      case .cosine: result = Libm.cos(a())
      case .sineCosine:
        let (sine, cosine) = Libm.sinAndCos(a())
        result = sine
        slots[Int(step.pointee.b)] = cosine
      case .softplusSigmoid:
        let argument = a()
        result = RealMath.softplus(argument)
        slots[Int(step.pointee.b)] = RealMath.sigmoid(argument)
      case .power: result = Arithmetic.power(a(), b())
      case .run:
        Rows.run(step.pointee, slots, tape)
        continue
      case .addAll:
        result = Rows.sum(step.pointee, slots)
      case .multiplyAddAll:
        result = Rows.productSum(step.pointee, slots)
      case .loop:
        result = loopExecutor.value(tape.loops[Int(step.pointee.function)], around: slots)
      case .reverseLoop:
        _ = loopExecutor.sweep(
          tape.loops[Int(step.pointee.function)], adjoint: a(), around: slots,
          held: slots + Int(step.pointee.result))
        continue
      case .loopWithSweep:
        result = loopExecutor.sweep(
          tape.loops[Int(step.pointee.function)], adjoint: a(), around: slots,
          held: slots + Int(step.pointee.result) + 1)
      case .sign, .floor, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .tangent,
        .hyperbolicTangent, .exponentialMinusOne, .sigmoid, .softplus, .hyperbolicSine,
        .hyperbolicCosine, .hyperbolicSecant, .secant, .arctangent, .cubeRoot, .oddPower, .evenPower, .unary,
        .binary, .ternary:
        result = Rows.one(step.pointee.code, step.pointee.function, tape, a(), b(), c())
      }
      slots[Int(step.pointee.result)] = result
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
    let (a, b, c, d) = (
      row(step.a, 1), row(step.b, 2), row(step.c, 4), row(step.d, 8)
    )
    // The operations of six operands are none of a long tape's.
    var storing = Kernels.Ending(settles: false)
    if Kernels.arithmetic(step.inner, result, a, b, c, d, a, a, count, &storing) { return }
    for place in 0..<count {
      result[place] = one(
        step.inner, step.function, tape, a.start[a.isFixed ? 0 : place],
        b.start[b.isFixed ? 0 : place],
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
