/// Two steps in one, for runs at one point, of which finding out what to do next is the larger part.
extension TapeDraft.Layout {
  /// Brings products next to each other, differences to their sums, and slopes to their quotients, and makes one step of
  /// them; what is computed stays the same.
  ///
  /// No slot may have been given to two results.
  mutating func pairSteps() {
    pairSteps(of: [.multiply, .add, .subtract, .ratio]) { $0.taking($1) }
    pairSteps(of: [.divide]) { $0.takingSlopes($1) }
  }

  private mutating func pairSteps(of codes: [StepCode], _ pair: (Step, Step) -> Step?) {
    // The step whose result a slot holds; what none computes is there from the beginning.
    var makers = [Int](repeating: -1, count: slotCount)
    for (place, step) in steps.enumerated() { for slot in step.results { makers[Int(slot)] = place } }
    var isTaken = [Bool](repeating: false, count: steps.count)
    var paired: [Step] = []
    for (place, step) in steps.enumerated() where !isTaken[place] {
      var both: Step?
      if codes.contains(step.code) {
        for later in steps.indices.dropFirst(place + 1) where !isTaken[later] {
          let isReady = (0..<steps[later].code.arity).allSatisfy {
            let maker = makers[Int(steps[later][operand: $0])]
            return maker <= place || isTaken[maker]
          }
          both = isReady ? pair(step, steps[later]) : nil
          if both != nil {
            isTaken[later] = true
            break
          }
        }
      }
      paired.append(both ?? step)
    }
    steps = paired
  }
}

extension Step {
  /// The slots of all results.
  fileprivate var results: [Int32] {
    switch code {
    case .sineCosine, .softplusSigmoid: [result, b]
    case .twoProducts, .sumAndDifference, .ratioAndProduct: [result, e]
    case .quotientAndSlopes: [result, e, f]
    default: [result]
    }
  }

  /// This step and a later one that needs nothing in between, as one.
  fileprivate func taking(_ next: Step) -> Step? {
    var both = self
    both.e = next.result
    switch (code, next.code) {
    case (.multiply, .multiply):
      both.code = .twoProducts
      (both.c, both.d) = (next.a, next.b)
    case (.add, .subtract) where a == next.a && b == next.b || a == next.b && b == next.a:
      both.code = .sumAndDifference
      (both.a, both.b) = (next.a, next.b)
    case (.subtract, .add) where a == next.a && b == next.b || a == next.b && b == next.a:
      both.code = .sumAndDifference
      (both.result, both.e) = (next.result, result)
    case (.ratio, .negatedProduct) where next.a == result || next.b == result:
      both.code = .ratioAndProduct
      both.c = next.a == result ? next.b : next.a
    default: return nil
    }
    return both
  }

  /// A quotient and its slopes a/b, c/b and −(a/b)·(c/b).
  fileprivate func takingSlopes(_ next: Step) -> Step? {
    guard next.code == .ratioAndProduct, next.b == b, next.c == result else { return nil }
    var all = self
    all.code = .quotientAndSlopes
    (all.c, all.e, all.f) = (next.a, next.result, next.e)
    return all
  }
}
