import NablaAlgebra
import NablaBasics
import NablaEvaluation

extension Formula {
  /// The simplest point that was found at which the formula and its gradient have values; nil where none was.
  ///
  ///     ln(x − 2)        3
  ///     1/x + √(5 − x)   1
  ///
  /// With a box, a point of it. `accepts` may ask for more of a point.
  package func pointInside(
    _ box: [ClosedRange<Double>]? = nil, accepts: ([Expr]) -> Bool = { _ in true }
  ) -> [Number]? {
    guard parameters.isEmpty, (1...Self.mostLetters).contains(variables.count),
      let compiled = try? compiled()
    else { return nil }
    var asked = 0
    func isInside(_ point: [Number]) -> Bool {
      let place = point.map(\.double)
      if let box, !zip(box, place).allSatisfy({ $0.contains($1) }) { return false }
      var slopes: [Double] = []
      let value = compiled.valueAndGradient(at: place, into: &slopes)
      guard value.isFinite, slopes.allSatisfy(\.isFinite), asked < Self.mostAsked else { return false }
      asked += 1
      return accepts(point.map { .number($0) })
    }
    if let point = ReadablePoints.all(letters: variables.count).first(where: isInside) { return point }
    if let box, box.allSatisfy({ $0.lowerBound.isFinite && $0.upperBound.isFinite }) {
      let middle = box.map { $0.lowerBound + ($0.upperBound - $0.lowerBound) / 2 }
      if let point = Self.rounded(middle).first(where: isInside) { return point }
    }
    var samples = SamplePoints(in: expression, letters: variables)
    for _ in 0..<Self.mostSamples {
      if let point = Self.rounded(samples.next()).first(where: isInside) { return point }
    }
    return nil
  }

  /// The most letters, points that are drawn, and points that `accepts` is asked about.
  private static let (mostLetters, mostSamples, mostAsked) = (50, 300, 20)

  /// A point with its coordinates to one, two, three and all digits.
  private static func rounded(_ point: [Double]) -> [[Number]] {
    [1, 2, 3, 17].compactMap { digits in
      let numbers = point.compactMap { value in
        Number(decimal: NumberText.significant(value, digits: digits, minus: .ascii))
      }
      return numbers.count == point.count ? numbers : nil
    }
  }
}
