import NablaAlgebra

extension Domain {
  /// The points that two lists of stretches have in common.
  static func intersection(
    _ first: [SignChart.Stretch], _ second: [SignChart.Stretch]
  ) -> [SignChart.Stretch] {
    var result: [SignChart.Stretch] = []
    for a in first {
      for b in second {
        let low = tighter(a.low, b.low) { $0 > $1 }
        let high = tighter(a.high, b.high) { $0 < $1 }
        if let low, let high {
          if low.value > high.value { continue }
          if low.value == high.value, !(low.isIncluded && high.isIncluded) { continue }
        }
        result.append(.init(low: low, high: high))
      }
    }
    return result
  }

  private static func tighter(
    _ a: SignChart.End?, _ b: SignChart.End?, _ isInside: (Double, Double) -> Bool
  ) -> SignChart.End? {
    guard let a, let b else { return a ?? b }
    if a.value == b.value { return a.isIncluded ? b : a }
    return isInside(a.value, b.value) ? a : b
  }

  /// The points of the line that are in none of the stretches.
  static func complement(_ stretches: [SignChart.Stretch]) -> [SignChart.Stretch] {
    var result: [SignChart.Stretch] = []
    var low: SignChart.End?
    for stretch in stretches {
      if let start = stretch.low {
        let isPoint = low?.value == start.value
        if !isPoint || low?.isIncluded == true && !start.isIncluded {
          result.append(.init(low: low, high: start.opposite))
        }
      }
      guard let end = stretch.high else { return result }
      low = end.opposite
    }
    return result + [.init(low: low)]
  }

  /// The points that are in one of two lists of stretches, or in both.
  static func union(_ first: [SignChart.Stretch], _ second: [SignChart.Stretch]) -> [SignChart.Stretch] {
    complement(intersection(complement(first), complement(second)))
  }
}

extension SignChart.End {
  /// The same end seen from the other side: what one stretch includes the next one does not.
  fileprivate var opposite: Self { .init(expression: expression, value: value, isIncluded: !isIncluded) }
}
