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

  /// Writes the constants of a program and of its loops into the memory.
  func prepare(_ program: Program) {
    let start = memory + program.frame + program.inputs.count
    for (place, constant) in program.constants.enumerated() { start[place] = constant }
    for loop in program.loops { prepare(loop.body) }
  }

  /// Reads the variables into the slots of the outermost program.
  func load(_ program: Program) {
    let slots = memory + program.frame
    for (slot, input) in program.inputs.enumerated() {
      if case .variable(let position) = input { slots[slot] = point[position] }
    }
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
        case .divide: results[place] = slots[a] / slots[b]
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
        case .power: results[place] = Libm.pow(slots[a], slots[b])
        case .oddPower: results[place] = Arithmetic.oddPower(slots[a], slots[b])
        case .evenPower: results[place] = Arithmetic.evenPower(slots[a], slots[b])
        case .unary: results[place] = program.unary[Int(step.function)](slots[a])
        case .binary: results[place] = program.binary[Int(step.function)](slots[a], slots[b])
        case .ternary:
          results[place] = program.ternary[Int(step.function)](slots[a], slots[b], slots[Int(step.c)])
        case .loop: results[place] = run(program.loops[a], around: slots)
        case .reverseLoop: reverse(program.loops[a], slots[b], around: slots, held: results + place + 1)
        case .held: break
        }
      }
    }
  }

  /// A sum or product over an index.
  private func run(_ loop: Loop, around outer: UnsafeMutablePointer<Double>) -> Double {
    let slots = memory + loop.body.frame
    capture(loop, into: slots, from: outer)
    switch loop.kind {
    case .sum:
      var total = 0.0
      for term in 0..<loop.count {
        runTerm(term, of: loop, in: slots)
        total += slots[loop.valueSlot]
      }
      return total
    case .product:
      var total = 1.0
      for term in 0..<loop.count {
        runTerm(term, of: loop, in: slots)
        total *= slots[loop.valueSlot]
      }
      return total
    }
  }

  private func capture(
    _ loop: Loop, into slots: UnsafeMutablePointer<Double>, from outer: UnsafeMutablePointer<Double>
  ) {
    for capture in loop.captures { slots[capture.slot] = outer[capture.outer] }
  }

  /// The value of one term, by the forward part of the body.
  @inline(__always)
  private func runTerm(_ term: Int, of loop: Loop, in slots: UnsafeMutablePointer<Double>) {
    for gather in loop.gathers {
      slots[gather.slot] = point[Int(gather.positions[gather.start + term])]
    }
    if let index = loop.indexSlot { slots[index] = Double(loop.lower + term) }
    run(loop.body, 0..<loop.valueCount)
  }

  /// The reverse sweep of a sum or product whose adjoint is `adjoint`: each term again, then backwards; a product
  /// keeps for each term the product of those after it.
  private func reverse(
    _ loop: Loop, _ adjoint: Double, around outer: UnsafeMutablePointer<Double>,
    held: UnsafeMutablePointer<Double>
  ) {
    let slots = memory + loop.body.frame
    var count = 0
    for capture in loop.captures where capture.adjoint != nil {
      held[count] = 0
      count += 1
    }
    guard adjoint != 0, let seed = loop.seedSlot else { return }
    capture(loop, into: slots, from: outer)
    let later = memory + loop.buffer
    if loop.kind == .product {
      for term in 0..<loop.count {
        runTerm(term, of: loop, in: slots)
        later[term] = slots[loop.valueSlot]
      }
      var product = 1.0
      for term in (0..<loop.count).reversed() {
        let value = later[term]
        later[term] = product
        product *= value
      }
    }
    var earlier = adjoint
    for term in 0..<loop.count {
      runTerm(term, of: loop, in: slots)
      slots[seed] = loop.kind == .product ? earlier * later[term] : adjoint
      if loop.kind == .product { earlier *= slots[loop.valueSlot] }
      run(loop.body, loop.valueCount..<loop.body.instructions.count)
      scatter(term, of: loop, from: slots, held: held)
    }
  }

  /// Adds the adjoints of one term to the gradient and to the values that the loop captured.
  private func scatter(
    _ term: Int, of loop: Loop, from slots: UnsafeMutablePointer<Double>, held: UnsafeMutablePointer<Double>
  ) {
    if let gradient {
      for gather in loop.gathers {
        guard let adjoint = gather.adjoint else { continue }
        gradient[Int(gather.positions[gather.start + term])] += slots[adjoint]
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
