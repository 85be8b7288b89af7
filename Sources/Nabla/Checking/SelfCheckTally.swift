/// What comparisons at many points have said so far, of several derivatives.
struct SelfCheckTally {
  /// Points and comparisons.
  private(set) var result = SelfCheck()
  /// The points at which each derivative was contradicted.
  private(set) var against: [[[Double]]]
  private var compared = 0

  /// Nothing said yet of so many derivatives.
  init(_ derivatives: Int) { against = [[[Double]]](repeating: [], count: derivatives) }

  /// Whether a contradiction waits for a second one.
  var isInDoubt: Bool { against.contains { !$0.isEmpty } }

  /// Counts one comparison.
  mutating func count(_ verdict: DerivativeCheck.Verdict, of number: Int, at point: [Double]) {
    switch verdict {
    case .unknown: return
    case .agrees: compared += 1
    case .disagrees:
      compared += 1
      against[number].append(point)
    }
  }

  /// Ends a point; the derivative that two points contradict by now.
  mutating func endPoint() -> Int? {
    result.comparisons += compared
    if compared > 0 { result.points += 1 }
    compared = 0
    return against.firstIndex { $0.count > 1 }
  }

  /// The check, with what is wrong where something is.
  func ended(_ disagreement: DerivativeDisagreement? = nil) -> SelfCheck {
    var check = result
    check.disagreement = disagreement
    return check
  }
}
