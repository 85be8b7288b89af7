/// What the kernels of lanes may take for granted about a step.
struct LaneTraits: OptionSet, Sendable {
  let rawValue: UInt8

  static var none: LaneTraits { LaneTraits(rawValue: 0) }
  /// Operands that are constants of the tape, or inputs that are the same in all lanes.
  static var b: LaneTraits { LaneTraits(rawValue: 0b10) }
  static var c: LaneTraits { LaneTraits(rawValue: 0b100) }
  static var d: LaneTraits { LaneTraits(rawValue: 0b1000) }
  static var e: LaneTraits { LaneTraits(rawValue: 0b1_0000) }
  static var f: LaneTraits { LaneTraits(rawValue: 0b10_0000) }
  static var bd: LaneTraits { LaneTraits(rawValue: 0b1010) }
  static var ce: LaneTraits { LaneTraits(rawValue: 0b1_0100) }
  static var cf: LaneTraits { LaneTraits(rawValue: 0b10_0100) }
  static var constants: LaneTraits { LaneTraits(rawValue: 0b11_1110) }
  /// The result is an output whose zeros are positive, and no other step reads it.
  static var settles: LaneTraits { LaneTraits(rawValue: 0b1000_0000) }

  /// The combinations of constants that have kernels.
  fileprivate static let withKernels: [LaneTraits] = [.bd, .ce, .cf, .d, .c, .b]
}

/// Combinations of constants as types, for each of which the compiler makes kernels.
protocol ConstantOperands {
  static var traits: LaneTraits { get }
}

extension LaneTraits {
  enum None: ConstantOperands { static var traits: LaneTraits { .none } }
  enum B: ConstantOperands { static var traits: LaneTraits { .b } }
  enum C: ConstantOperands { static var traits: LaneTraits { .c } }
  enum D: ConstantOperands { static var traits: LaneTraits { .d } }
  enum BD: ConstantOperands { static var traits: LaneTraits { .bd } }
  enum CE: ConstantOperands { static var traits: LaneTraits { .ce } }
  enum CF: ConstantOperands { static var traits: LaneTraits { .cf } }
}

extension TapeDraft.Layout {
  /// Marks the operands that are the same in all lanes, moved to the ends of their products, where kernels keep them in
  /// registers.
  mutating func keepConstants(in constants: Set<Int>) {
    guard !constants.isEmpty else { return }
    func isConstant(_ slot: Int32) -> Bool { constants.contains(Int(slot)) }
    for index in steps.indices {
      var step = steps[index]
      for (first, second) in step.code.commuting
      where isConstant(step[operand: first]) && !isConstant(step[operand: second]) {
        step.exchange(first, second)
      }
      // Of two products the one with a constant comes first.
      if step.code == .productSum, isConstant(step.d), !isConstant(step.b) {
        (step.a, step.b, step.c, step.d) = (step.c, step.d, step.a, step.b)
      }
      var found: LaneTraits = []
      for place in 0..<step.code.arity where isConstant(step[operand: place]) {
        found.insert(LaneTraits(rawValue: 1 << UInt8(place)))
      }
      step.traits = LaneTraits.withKernels.first { found.isSuperset(of: $0) } ?? .none
      steps[index] = step
    }
  }

  /// Lets the steps of results give them positive zeros and look whether they are finite; not where a later step
  /// reads them, or where they are wanted as they are as well.
  mutating func settle(_ results: ArraySlice<Int32>, besides others: ArraySlice<Int32>) {
    var open = Set(results).subtracting(others)
    for index in steps.indices.reversed() {
      if open.isEmpty { return }
      let step = steps[index]
      if open.remove(step.result) != nil, step.code.isArithmetic { steps[index].traits.insert(.settles) }
      if step.code.hasTwoResults { open.remove(step.b) }
      for place in 0..<step.code.arity { open.remove(step[operand: place]) }
    }
  }
}

extension Step {
  fileprivate mutating func exchange(_ first: Int, _ second: Int) {
    (self[operand: first], self[operand: second]) = (self[operand: second], self[operand: first])
  }
}

extension StepCode {
  /// Whether a kernel of arithmetic does it in lanes.
  var isArithmetic: Bool { rawValue <= StepCode.notEqual.rawValue && self != .floor }

  /// The operands that may change places: the first two factors of a product, and terms.
  fileprivate var commuting: [(Int, Int)] {
    switch self {
    case .add, .multiply, .multiplyAdd, .multiplySubtract, .subtractMultiple, .product3, .product4,
      .product3Add, .product3Subtract, .subtractProduct3, .negatedProduct, .negatedProduct3, .productRatio:
      [(0, 1)]
    case .productSum, .productDifference, .productOfProducts: [(0, 1), (2, 3)]
    case .product3AddProduct, .product3SubtractProduct, .productSubtractProduct3, .product3Sum,
      .product3Difference:
      [(0, 1), (3, 4)]
    default: []
    }
  }
}
