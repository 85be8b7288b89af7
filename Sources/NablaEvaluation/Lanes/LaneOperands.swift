extension Kernels {
  /// An operand of a kernel: a row of numbers, or one that stands for a row and stays in a register.
  struct Operand {
    let start: UnsafePointer<Double>
    let isFixed: Bool
    private let number: Lanes

    /// Where `isFixed` is known to the compiler it makes a kernel for that alone.
    @inline(__always)
    init(_ start: UnsafePointer<Double>, isFixed: Bool = false) {
      self.start = start
      self.isFixed = isFixed
      number = isFixed ? Lanes(repeating: start[0]) : Lanes(repeating: 0)
    }

    /// Eight numbers from a place on.
    @inline(__always)
    subscript(place: Int) -> Lanes { isFixed ? number : Lanes(at: start + place) }
  }

  /// What becomes of results before they are stored: nothing, or zeros become positive and it is seen whether all of
  /// them are finite.
  struct Ending {
    let settles: Bool
    private var lost = VectorMath.Bits(repeating: 0)

    @inline(__always)
    init(settles: Bool) { self.settles = settles }

    @inline(__always)
    mutating func taking(_ result: Lanes) -> Lanes {
      guard settles else { return result }
      let settled = result + 0
      lost |= VectorMath.bits(settled - settled)
      return settled
    }

    @inline(__always)
    var isFinite: Bool {
      let four = lost.lowHalf | lost.highHalf
      let two = four.lowHalf | four.highHalf
      return two[0] | two[1] == 0
    }
  }
}
