/// Neighbours that become one step. What is computed, and how it is rounded, stays the same.
extension TapeDraft {
  /// Takes adjoints that are 0 for numbers as any other: 0·b and 0/b are then not 0 where b is infinite or no number.
  ///
  /// An adjoint goes through products, quotients, sums and choices alone, so that the NaN of 0·∞ arrives in an output
  /// or in none: where all outputs are finite they are those of the program, but for the sign of zeros.
  mutating func hope() {
    for index in nodes.indices {
      switch nodes[index].code {
      case .weigh: nodes[index].code = .multiply
      case .share: nodes[index].code = .ratio
      default: continue
      }
    }
  }

  /// Lets steps do the work of neighbours that nobody else reads.
  mutating func fuse() {
    for index in nodes.indices where nodes[index].isStep {
      let (a, b, _, _) = nodes[index].operands
      switch nodes[index].code {
      case .add: fuseSum(index, a, b)
      case .subtract: fuseDifference(index, a, b)
      case .multiply: fuseProduct(index, a, b)
      case .negate where !isLong: fuseNegation(index, a)
      case .ratio where !isLong: fuseRatio(index, a, b)
      default: continue
      }
    }
  }

  /// The sine and the cosine of the same angle become one step with two results, and ln(1 + eˣ) and its derivative.
  mutating func pairFunctions() {
    pair(.sine, .cosine, as: .sineCosine)
    pair(.softplus, .sigmoid, as: .softplusSigmoid)
  }

  private mutating func pair(_ one: StepCode, _ other: StepCode, as both: StepCode) {
    guard nodes.contains(where: { $0.code == one }), nodes.contains(where: { $0.code == other }) else {
      return
    }
    // The first of the two, by the slot of the argument.
    var first = [Int32](repeating: -1, count: base + nodes.count)
    for index in nodes.indices where nodes[index].isStep {
      guard nodes[index].code == one || nodes[index].code == other else { continue }
      let argument = Int(nodes[index].operands.0)
      guard first[argument] >= 0 else {
        first[argument] = Int32(index)
        continue
      }
      let earlier = Int(first[argument])
      guard nodes[earlier].code == one || nodes[earlier].code == other,
        nodes[earlier].code != nodes[index].code
      else { continue }
      let isInOrder = nodes[earlier].code == one
      nodes[earlier].code = both
      nodes[earlier].more = isInOrder ? (Int32(earlier), Int32(index)) : (Int32(index), Int32(earlier))
      nodes[index].isStep = false
    }
  }

  private mutating func fuseSum(_ index: Int, _ a: Int32, _ b: Int32) {
    guard a != b else { return }
    if let other = negated(b) { return rewrite(index, .subtract, a, other, without: b) }
    if let other = negated(a) { return rewrite(index, .subtract, b, other, without: a) }
    let (left, right) = (factors(a), factors(b))
    switch (left.count, right.count) {
    case (2, 2): absorb(index, .productSum, left + right, a, b)
    case (3, 3): absorb(index, .product3Sum, left + right, a, b)
    case (3, 2): absorb(index, .product3AddProduct, left + right, a, b)
    case (2, 3): absorb(index, .product3AddProduct, right + left, a, b)
    case (_, 2): absorb(index, .multiplyAdd, right + [a], b)
    case (2, _): absorb(index, .multiplyAdd, left + [b], a)
    case (_, 3): absorb(index, .product3Add, right + [a], b)
    case (3, _): absorb(index, .product3Add, left + [b], a)
    default: return
    }
  }

  private mutating func fuseDifference(_ index: Int, _ a: Int32, _ b: Int32) {
    guard a != b else { return }
    if let other = negated(b) { return rewrite(index, .add, a, other, without: b) }
    let (left, right) = (factors(a), factors(b))
    switch (left.count, right.count) {
    case (2, 2): absorb(index, .productDifference, left + right, a, b)
    case (3, 3): absorb(index, .product3Difference, left + right, a, b)
    case (3, 2): absorb(index, .product3SubtractProduct, left + right, a, b)
    case (2, 3): absorb(index, .productSubtractProduct3, right + left, a, b)
    case (_, 2): absorb(index, .subtractMultiple, right + [a], b)
    case (2, _): absorb(index, .multiplySubtract, left + [b], a)
    case (_, 3): absorb(index, .subtractProduct3, right + [a], b)
    case (3, _): absorb(index, .product3Subtract, left + [b], a)
    default: return
    }
  }

  private mutating func fuseProduct(_ index: Int, _ a: Int32, _ b: Int32) {
    // (−a)·b = −(a·b), whose sign may go further.
    if !isLong, a != b {
      if let other = negated(a) { return absorb(index, .negatedProduct, [other, b], a) }
      if let other = negated(b) { return absorb(index, .negatedProduct, [a, other], b) }
      if let (over, under) = ratio(a) { return absorb(index, .ratioTimes, [over, under, b], a) }
      if let (over, under) = ratio(b) { return absorb(index, .ratioTimes, [over, under, a], b) }
    }
    if !isLong, a == b, let place = place(a), nodes[place].code == .multiply, nodes[place].uses == 2 {
      let (u, v) = (nodes[place].operands.0, nodes[place].operands.1)
      return absorb(index, .squaredProduct, [u, v], a)
    }
    let (left, right) = (factors(a), factors(b))
    switch (left.count, right.count) {
    case (2, 2) where a != b && !isLong: absorb(index, .productOfProducts, left + right, a, b)
    case (3, _) where a != b && !isLong: absorb(index, .product4, left + [b], a)
    case (_, 3) where a != b && !isLong: absorb(index, .product4, right + [a], b)
    case (2, _): absorb(index, .product3, left + [b], a)
    case (_, 2): absorb(index, .product3, right + [a], b)
    default: return
    }
  }

  private mutating func fuseNegation(_ index: Int, _ a: Int32) {
    let product = factors(a)
    if product.count == 2 { return absorb(index, .negatedProduct, product, a) }
    if product.count == 3 { return absorb(index, .negatedProduct3, product, a) }
    if let (over, under) = ratio(a) { absorb(index, .negatedRatio, [over, under], a) }
  }

  private mutating func fuseRatio(_ index: Int, _ a: Int32, _ b: Int32) {
    guard a != b else { return }
    let (over, under) = (factors(a), factors(b))
    if over.count == 2 { return absorb(index, .productRatio, over + [b], a) }
    if under.count == 2 { absorb(index, .ratioOfProduct, [a] + under, b) }
  }

  /// The place of a node that is read once.
  private func single(_ slot: Int32) -> Int? {
    guard let place = place(slot), nodes[place].uses == 1, nodes[place].isStep else { return nil }
    return place
  }

  /// The factors of a product that is read once: two, or three in short tapes; none where it is something else.
  private func factors(_ slot: Int32) -> FewSlots {
    guard let place = single(slot) else { return [] }
    let node = nodes[place]
    switch node.code {
    case .multiply: return [node.operands.0, node.operands.1]
    case .product3 where !isLong: return [node.operands.0, node.operands.1, node.operands.2]
    default: return []
    }
  }

  /// What a negation that is read once negates.
  private func negated(_ slot: Int32) -> Int32? {
    guard !isLong, let place = single(slot), nodes[place].code == .negate else { return nil }
    return nodes[place].operands.0
  }

  private func ratio(_ slot: Int32) -> (Int32, Int32)? {
    guard let place = single(slot), nodes[place].code == .ratio else { return nil }
    return (nodes[place].operands.0, nodes[place].operands.1)
  }

  /// Another operation in place of a node and of the negation that it read, which is then fused in its turn.
  private mutating func rewrite(
    _ index: Int, _ code: StepCode, _ a: Int32, _ b: Int32, without slot: Int32
  ) {
    absorb(index, code, [a, b], slot)
    if code == .add { fuseSum(index, a, b) } else { fuseDifference(index, a, b) }
  }

  private mutating func absorb(
    _ index: Int, _ code: StepCode, _ operands: FewSlots, _ slot: Int32, _ other: Int32? = nil
  ) {
    nodes[index].code = code
    nodes[index].operands = (operands[0], operands[1], operands[2], operands[3])
    nodes[index].more = (operands[4], operands[5])
    if let place = place(slot) { nodes[place].isStep = false }
    if let other, let place = place(other) { nodes[place].isStep = false }
  }
}

/// At most six slots, as many as a step has operands, in no memory of their own.
private struct FewSlots: ExpressibleByArrayLiteral {
  private(set) var count = 0
  private var slots = SIMD8<Int32>()

  @inline(__always)
  init(arrayLiteral slots: Int32...) { for slot in slots { append(slot) } }

  /// The slot at a place, 0 behind the last.
  subscript(place: Int) -> Int32 { slots[place] }

  private mutating func append(_ slot: Int32) {
    slots[count] = slot
    count += 1
  }

  static func + (left: FewSlots, right: FewSlots) -> FewSlots {
    var all = left
    for place in 0..<right.count { all.append(right[place]) }
    return all
  }
}
