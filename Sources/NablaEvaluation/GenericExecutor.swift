import NablaAlgebra

/// A number that programs can be run on beside `Double`: an interval, or a value with a bound of its error.
protocol ProgramNumber: Sendable {
  /// A constant or a coordinate, exactly as it stands.
  init(_ value: Double)
  /// A constant of the formula, which may be a rounded one.
  init(constant: Double)
  /// One operation; the row is that of the function called.
  static func value(_ opcode: Opcode, _ a: Self, _ b: Self, _ c: Self, _ function: Function?) -> Self
  static func + (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  /// A number times itself.
  var squared: Self { get }
  /// Whether it is exactly zero, so that an adjoint contributes nothing.
  var isZero: Bool { get }
}

extension ProgramNumber {
  init(constant: Double) { self.init(constant) }

  var squared: Self { self * self }
}

extension Double {
  /// Whether it is a binary fraction of at most 32 digits, and so most likely the very number that was written: 0.1, ⅓ and
  /// π take all 53.
  var isShort: Bool { significandBitPattern & 0xF_FFFF == 0 }
}

/// Runs a program on numbers of any kind, loops included; the order of operations is that of `ScalarExecutor`.
struct GenericExecutor<Number: ProgramNumber> {
  private let compiled: Compiled
  private let point: [Number]
  private var memory: [Number]
  private var gradient: [Number]

  /// Value and gradient at a point; without a gradient only the value is computed.
  ///
  /// `partials` are the slots of the partial derivatives that the outermost frame holds.
  static func run(
    _ compiled: Compiled, at point: [Number], partials: [Compiled.Link]?
  ) -> (values: [Number], gradient: [Number]) {
    var executor = GenericExecutor(compiled, point)
    executor.run(
      compiled.program, 0..<(partials == nil ? compiled.valueCount : compiled.program.instructions.count))
    for partial in partials ?? [] {
      executor.gradient[partial.position] =
        executor.gradient[partial.position] + executor.memory[partial.slot]
    }
    return (compiled.outputs.map { executor.memory[$0] }, executor.gradient)
  }

  private init(_ compiled: Compiled, _ point: [Number]) {
    self.compiled = compiled
    self.point = point
    memory = Array(repeating: Number(0), count: compiled.memory)
    gradient = Array(repeating: Number(0), count: point.count)
    prepare(compiled.program)
    for load in compiled.loads { memory[load.slot] = point[load.position] }
  }

  private mutating func prepare(_ program: Program) {
    let start = program.frame + program.inputCount
    for (place, constant) in program.constants.enumerated() {
      memory[start + place] = Number(constant: constant)
    }
    for loop in program.loops { prepare(loop.body) }
  }

  private mutating func run(_ program: Program, _ range: Range<Int>) {
    let frame = program.frame
    let results = frame + program.resultBase
    for place in range {
      let step = program.instructions[place]
      switch step.opcode {
      case .loop: memory[results + place] = run(program.loops[Int(step.a)], frame)
      case .reverseLoop:
        reverse(program.loops[Int(step.a)], memory[frame + Int(step.b)], frame, held: results + place + 1)
      case .held: continue
      case .multiply where step.a == step.b: memory[results + place] = memory[frame + Int(step.a)].squared
      default:
        memory[results + place] = Number.value(
          step.opcode, memory[frame + Int(step.a)], memory[frame + Int(step.b)], memory[frame + Int(step.c)],
          program.row(of: step))
      }
    }
  }

  private mutating func run(_ loop: Loop, _ outer: Int) -> Number {
    capture(loop, outer)
    var total = Number(loop.kind == .sum ? 0 : 1)
    for term in 0..<loop.count {
      runTerm(term, of: loop)
      let value = memory[loop.body.frame + loop.valueSlot]
      total = loop.kind == .sum ? total + value : total * value
    }
    return total
  }

  private mutating func capture(_ loop: Loop, _ outer: Int) {
    for capture in loop.captures { memory[loop.body.frame + capture.slot] = memory[outer + capture.outer] }
  }

  private mutating func runTerm(_ term: Int, of loop: Loop) {
    let frame = loop.body.frame
    for gather in loop.gathers {
      memory[frame + gather.slot] = point[Int(compiled.positionTable[gather.start + term]) + gather.shift]
    }
    if let index = loop.indexSlot { memory[frame + index] = Number(Double(loop.lower + term)) }
    run(loop.body, 0..<loop.valueCount)
  }

  private mutating func reverse(_ loop: Loop, _ adjoint: Number, _ outer: Int, held: Int) {
    let receivers = loop.captures.filter { $0.adjoint != nil }
    for place in receivers.indices { memory[held + place] = Number(0) }
    guard !adjoint.isZero, let seed = loop.seedSlot else { return }
    capture(loop, outer)
    let (body, frame) = (loop.body, loop.body.frame)
    var later: [Number] = []
    if loop.kind == .product {
      for term in 0..<loop.count {
        runTerm(term, of: loop)
        later.append(memory[frame + loop.valueSlot])
      }
      var product = Number(1)
      for term in later.indices.reversed() { (later[term], product) = (product, product * later[term]) }
    }
    var earlier = adjoint
    for term in 0..<loop.count {
      runTerm(term, of: loop)
      memory[frame + seed] = loop.kind == .sum ? adjoint : earlier * later[term]
      if loop.kind == .product { earlier = earlier * memory[frame + loop.valueSlot] }
      run(body, loop.valueCount..<body.instructions.count)
      for gather in loop.gathers {
        guard let adjoint = gather.adjoint else { continue }
        let position = Int(compiled.positionTable[gather.start + term])
        gradient[position] = gradient[position] + memory[frame + adjoint]
      }
      for (place, receiver) in receivers.enumerated() {
        guard let adjoint = receiver.adjoint else { continue }
        memory[held + place] = memory[held + place] + memory[frame + adjoint]
      }
    }
  }
}
