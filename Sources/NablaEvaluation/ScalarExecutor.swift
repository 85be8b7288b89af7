import NablaAlgebra
import NablaBasics

/// Runs a program at one point: a switch in a loop over the instructions.
///
/// Memory, point and gradient are as long as the compiler laid them out; `CompiledFunction` checks that.
struct ScalarExecutor {
  /// The frames of all programs, constants in place.
  let memory: UnsafeMutablePointer<Double>
  /// The values of the variables.
  let point: UnsafePointer<Double>
  /// Where reverse loops add their adjoints; nil when only values are asked for.
  let gradient: UnsafeMutablePointer<Double>?

  /// Where each member of a family stands in the point, stretch after stretch.
  let positions: UnsafePointer<Int32>

  /// Writes the constants of a program and of its loops into the memory.
  func prepare(_ program: Program) {
    let start = memory + program.frame + program.inputCount
    program.constants.withUnsafeBufferPointer { constants in
      if let origin = constants.baseAddress { start.update(from: origin, count: constants.count) }
    }
    for loop in program.loops { prepare(loop.body) }
  }

  /// Runs a stretch of the instructions.
  func run(_ program: Program, _ range: Range<Int>) {
    let slots = memory + program.frame
    let results = slots + program.resultBase
    program.instructions.withUnsafeBufferPointer { instructions in
      for place in range {
        let step = instructions[place]
        let a = Int(step.a)
        let b = Int(step.b)
        switch step.opcode {
        case .add: results[place] = slots[a] + slots[b]
        case .subtract: results[place] = slots[a] - slots[b]
        case .multiply: results[place] = slots[a] * slots[b]
        case .divide: results[place] = Arithmetic.quotient(slots[a], slots[b])
        case .negate: results[place] = -slots[a]
        case .weigh: results[place] = slots[a] == 0 ? 0 : slots[a] * slots[b]
        case .share: results[place] = slots[a] == 0 ? 0 : slots[a] / slots[b]
        case .select: results[place] = Arithmetic.select(slots[a], slots[b], slots[Int(step.c)])
        case .squareRoot: results[place] = slots[a].squareRoot()
        case .cubeRoot: results[place] = RealMath.cbrt(slots[a])
        case .exponential: results[place] = Libm.exp(slots[a])
        case .logarithm: results[place] = Arithmetic.logarithm(slots[a])
        case .sine: results[place] = Libm.sin(slots[a])
        case .cosine: results[place] = Libm.cos(slots[a])
        case .tangent: results[place] = Libm.tan(slots[a])
        case .hyperbolicTangent: results[place] = Libm.tanh(slots[a])
        case .absolute: results[place] = slots[a].magnitude
        case .power: results[place] = Arithmetic.power(slots[a], slots[b])
        case .oddPower: results[place] = Arithmetic.oddPower(slots[a], slots[b])
        case .evenPower: results[place] = Arithmetic.evenPower(slots[a], slots[b])
        case .unary: results[place] = program.closures.unary[Int(step.function)](slots[a])
        case .binary: results[place] = program.closures.binary[Int(step.function)](slots[a], slots[b])
        case .ternary:
          results[place] = program.closures.ternary[Int(step.function)](
            slots[a], slots[b], slots[Int(step.c)])
        case .loop: results[place] = run(program.loops[a], around: slots)
        case .reverseLoop: reverse(program.loops[a], slots[b], around: slots, held: results + place + 1)
        case .held: break
        }
      }
    }
  }

  /// A sum or product over an index.
  private func run(_ loop: Loop, around outer: UnsafeMutablePointer<Double>) -> Double {
    let body = loop.body
    let slots = memory + body.frame
    capture(loop, into: slots, from: outer)
    return loop.gathers.withUnsafeBufferPointer { gathers in
      switch loop.kind {
      case .sum:
        var total = 0.0
        for term in 0..<loop.count {
          runTerm(term, of: loop, body, gathers, in: slots)
          total += slots[loop.valueSlot]
        }
        return total
      case .product:
        var total = 1.0
        for term in 0..<loop.count {
          runTerm(term, of: loop, body, gathers, in: slots)
          total *= slots[loop.valueSlot]
        }
        return total
      }
    }
  }

  private func capture(
    _ loop: Loop, into slots: UnsafeMutablePointer<Double>, from outer: UnsafeMutablePointer<Double>
  ) {
    for capture in loop.captures { slots[capture.slot] = outer[capture.outer] }
  }

  /// The value of one term, by the forward part of the body.
  @inline(__always)
  private func runTerm(
    _ term: Int, of loop: Loop, _ body: Program, _ gathers: UnsafeBufferPointer<Loop.Gather>,
    in slots: UnsafeMutablePointer<Double>
  ) {
    for gather in gathers { slots[gather.slot] = point[Int(positions[gather.start + term]) + gather.shift] }
    if let index = loop.indexSlot { slots[index] = Double(loop.lower + term) }
    run(body, 0..<loop.valueCount)
  }

  /// The reverse sweep of a sum or product whose adjoint is `adjoint`: each term again, then backwards.
  private func reverse(
    _ loop: Loop, _ adjoint: Double, around outer: UnsafeMutablePointer<Double>,
    held: UnsafeMutablePointer<Double>
  ) {
    let body = loop.body
    let slots = memory + body.frame
    var count = 0
    for capture in loop.captures where capture.adjoint != nil {
      held[count] = 0
      count += 1
    }
    guard adjoint != 0, let seed = loop.seedSlot else { return }
    capture(loop, into: slots, from: outer)
    loop.gathers.withUnsafeBufferPointer { gathers in
      switch loop.kind {
      case .sum:
        slots[seed] = adjoint
        for term in 0..<loop.count {
          runTerm(term, of: loop, body, gathers, in: slots)
          run(body, loop.valueCount..<body.instructions.count)
          scatter(term, of: loop, gathers, from: slots, held: held)
        }
      case .product:
        let later = laterProducts(of: loop, body, gathers, in: slots)
        var earlier = adjoint
        for term in 0..<loop.count {
          runTerm(term, of: loop, body, gathers, in: slots)
          slots[seed] = earlier * later[term]
          earlier *= slots[loop.valueSlot]
          run(body, loop.valueCount..<body.instructions.count)
          scatter(term, of: loop, gathers, from: slots, held: held)
        }
      }
    }
  }

  /// For each term of a product the product of those after it.
  private func laterProducts(
    of loop: Loop, _ body: Program, _ gathers: UnsafeBufferPointer<Loop.Gather>,
    in slots: UnsafeMutablePointer<Double>
  ) -> UnsafeMutablePointer<Double> {
    let later = memory + loop.buffer
    for term in 0..<loop.count {
      runTerm(term, of: loop, body, gathers, in: slots)
      later[term] = slots[loop.valueSlot]
    }
    var product = 1.0
    for term in (0..<loop.count).reversed() {
      let value = later[term]
      later[term] = product
      product *= value
    }
    return later
  }

  /// Adds the adjoints of one term to the gradient and to the values that the loop captured.
  @inline(__always)
  private func scatter(
    _ term: Int, of loop: Loop, _ gathers: UnsafeBufferPointer<Loop.Gather>,
    from slots: UnsafeMutablePointer<Double>, held: UnsafeMutablePointer<Double>
  ) {
    if let gradient {
      for gather in gathers {
        guard let adjoint = gather.adjoint else { continue }
        gradient[Int(positions[gather.start + term])] += slots[adjoint]
      }
    }
    var count = 0
    for capture in loop.captures {
      guard let adjoint = capture.adjoint else { continue }
      held[count] += slots[adjoint]
      count += 1
    }
  }
}
