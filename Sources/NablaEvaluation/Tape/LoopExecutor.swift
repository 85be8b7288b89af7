import NablaBasics

/// Runs sums and products over an index and their reverse sweeps, many terms at a time.
///
/// A sum is added up in eight partial sums: another order than term after term, and a smaller error.
struct LoopExecutor {
  let memory: UnsafeMutablePointer<Double>
  let point: UnsafePointer<Double>
  let gradient: UnsafeMutablePointer<Double>?
  let positions: UnsafePointer<Int32>

  /// The sum or product of all terms.
  func value(_ loop: TapeLoop, around outer: UnsafeMutablePointer<Double>) -> Double {
    let tape = loop.value
    let slots = memory + tape.base
    capture(loop, into: slots, tape.lanes, from: outer)
    var total = loop.isProduct ? 1.0 : 0.0
    var term = 0
    while term < loop.count {
      let count = min(tape.lanes, loop.count - term)
      run(tape, slots, loop, from: term, count)
      let values = slots + tape.outputs[0] * tape.lanes
      if loop.isProduct {
        for lane in 0..<count { total *= values[lane] }
      } else {
        total += Kernels.sum(values, count)
      }
      term += count
    }
    return total
  }

  /// Reads the inputs of some terms and runs them; lanes that are left over repeat the last term.
  @inline(__always)
  private func run(
    _ tape: Tape, _ slots: UnsafeMutablePointer<Double>, _ loop: TapeLoop, from term: Int, _ count: Int
  ) {
    let width = tape.lanes
    for gather in loop.gathers {
      let row = slots + gather.slot * width
      if let first = gather.first {
        row.update(from: point + (first + gather.shift + term), count: count)
      } else {
        let places = positions + (gather.start + term)
        for lane in 0..<count { row[lane] = point[Int(places[lane]) + gather.shift] }
      }
      if width > 1 { Kernels.fillUp(row, count) }
    }
    if let index = loop.indexSlot {
      let row = slots + index * width
      for lane in 0..<count { row[lane] = Double(loop.lower + term + lane) }
      if width > 1 { Kernels.fillUp(row, count) }
    }
    if width == 1 {
      ScalarExecutor(memory: memory, point: point, gradient: gradient, positions: positions).run(tape)
    } else {
      LaneExecutor.run(tape, tape.rows(in: memory), lanes: Kernels.whole(count))
    }
  }

  private func capture(
    _ loop: TapeLoop, into slots: UnsafeMutablePointer<Double>, _ width: Int,
    from outer: UnsafeMutablePointer<Double>
  ) {
    for capture in loop.captures {
      let value = outer[capture.outer]
      let row = slots + capture.slot * width
      for lane in 0..<width { row[lane] = value }
    }
  }

  /// The reverse sweep where the sum's or product's adjoint is `adjoint`; gives back the sum.
  ///
  /// Adjoints of coordinates are added to the gradient, those of captured values go to `held`.
  func sweep(
    _ loop: TapeLoop, adjoint: Double, around outer: UnsafeMutablePointer<Double>,
    held: UnsafeMutablePointer<Double>
  ) -> Double {
    for place in loop.held.indices { held[place] = 0 }
    guard adjoint != 0, let seed = loop.seedSlot, let tape = loop.sweep else { return 0 }
    if loop.isProduct { seedProduct(loop, adjoint, around: outer) }
    let width = tape.lanes
    let slots = memory + tape.base
    capture(loop, into: slots, width, from: outer)
    let seeds = slots + seed * width
    if !loop.isProduct { for lane in 0..<width { seeds[lane] = adjoint } }
    var total = 0.0
    var term = 0
    while term < loop.count {
      let count = min(width, loop.count - term)
      if loop.isProduct {
        let stored = memory + (loop.buffer + term)
        for lane in 0..<width { seeds[lane] = lane < count ? stored[lane] : 0 }
      }
      run(tape, slots, loop, from: term, count)
      total += Kernels.sum(slots + tape.outputs[0] * width, count)
      scatter(loop, tape, slots, from: term, count, held)
      term += count
    }
    return total
  }

  /// Adds the adjoints of some terms to the gradient and to the values that the loop captured.
  @inline(__always)
  private func scatter(
    _ loop: TapeLoop, _ tape: Tape, _ slots: UnsafeMutablePointer<Double>, from term: Int, _ count: Int,
    _ held: UnsafeMutablePointer<Double>
  ) {
    let width = tape.lanes
    if let gradient {
      for gather in loop.gathers {
        guard let adjoint = gather.adjoint else { continue }
        let row = slots + tape.outputs[adjoint] * width
        if let first = gather.first {
          Kernels.accumulate(row, onto: gradient + (first + term), count)
        } else {
          let places = positions + (gather.start + term)
          for lane in 0..<count { gradient[Int(places[lane])] += row[lane] }
        }
      }
    }
    for (place, output) in loop.held.enumerated() {
      held[place] += Kernels.sum(slots + tape.outputs[output] * width, count)
    }
  }

  /// The adjoint of each factor of a product: the product of all others, into the loop's buffer.
  private func seedProduct(_ loop: TapeLoop, _ adjoint: Double, around outer: UnsafeMutablePointer<Double>) {
    let tape = loop.value
    let slots = memory + tape.base
    capture(loop, into: slots, tape.lanes, from: outer)
    let seeds = memory + loop.buffer
    let values = seeds + loop.count
    var term = 0
    while term < loop.count {
      let count = min(tape.lanes, loop.count - term)
      run(tape, slots, loop, from: term, count)
      (values + term).update(from: slots + tape.outputs[0] * tape.lanes, count: count)
      term += count
    }
    var later = 1.0
    for term in (0..<loop.count).reversed() {
      seeds[term] = later
      later *= values[term]
    }
    var earlier = adjoint
    for term in 0..<loop.count {
      seeds[term] *= earlier
      earlier *= values[term]
    }
  }
}
