import NablaBasics
import Testing

@testable import NablaEvaluation

/// Elementary functions on rows, eight numbers at a time, beside the C library's.
@Suite struct LaneFunctionTests {
  static let codes: [StepCode] = [
    .exponential, .exponentialMinusOne, .logarithm, .logarithmOfOnePlus, .sine, .cosine, .tangent, .secant,
    .hyperbolicTangent, .hyperbolicSine, .hyperbolicCosine, .hyperbolicSecant, .sigmoid, .softplus,
    .arctangent,
  ]

  /// A function of all numbers; the count is filled up with ones to whole vectors.
  static func row(_ code: StepCode, _ numbers: [Double]) -> (first: [Double], second: [Double]) {
    let padded = numbers + [Double](repeating: 1, count: (8 - numbers.count % 8) % 8)
    var first = padded
    var second = padded
    let isDone = first.withMutablePointer { first in
      second.withMutablePointer { second in
        padded.withPointer { ElementaryKernels.apply(code, first, second, $0, padded.count) }
      }
    }
    #expect(isDone)
    return (Array(first.prefix(numbers.count)), Array(second.prefix(numbers.count)))
  }

  @Test(arguments: codes.indices) func lanesAreWithinTwoUnits(place: Int) {
    let code = Self.codes[place]
    // The row of sech is a quotient, one unit off at times; glibc's sinh is more than one off, the other way.
    let most = code == .hyperbolicSecant || code == .hyperbolicSine ? 3.0 : 2
    var random = SplitMix64(start: UInt64(place))
    for size in [1e-3, 0.5, 1, 2, 10, 50, 700, 1e5] {
      let numbers = (0..<2000).map { _ in Double.random(in: -size...size, using: &random) }
      for (x, found) in zip(numbers, Self.row(code, numbers).first) {
        let expected = ElementaryKernels.one(code, x)
        #expect(ulps(found, expected) <= most, "\(code) of \(x): \(found), not \(expected)")
      }
    }
  }

  /// Where vectors know no answer the C library gives it, to that number alone.
  @Test(arguments: codes) func numbersOutsideTheRangeOfVectors(code: StepCode) {
    let edges = [
      0, -0.0, .infinity, -.infinity, .nan, 0x1p-1030, -0x1p-1030, .leastNonzeroMagnitude, 0x1p-1022,
      .greatestFiniteMagnitude, 1e300, -1e300, 709, -709, 710, -746, 1e6, -1e17, -1, -0.9999, 351, -701,
      -40, (-40.0).nextDown,
    ]
    for (place, x) in edges.enumerated() {
      var numbers = (0..<24).map { 0.5 + Double($0) / 100 }
      numbers[place] = x
      let expected = numbers.map { ElementaryKernels.one(code, $0) }
      for (found, expected) in zip(Self.row(code, numbers).first, expected) {
        #expect(ulps(found, expected) <= 2, "\(code), \(x): \(found), not \(expected)")
        #expect(found.sign == expected.sign || found.isNaN, "\(code), \(x): \(found), not \(expected)")
      }
    }
  }

  /// The remainder after multiples of π/2 is what is left of the number, or the C library's.
  @Test func multiplesOfRightAngles() {
    let numbers = (0..<64_000).map { Double($0) * (Double.pi / 2) }
    let (sines, cosines) = Self.row(.sineCosine, numbers)
    for (place, x) in numbers.enumerated() {
      #expect(ulps(sines[place], Libm.sin(x)) <= 2 && ulps(cosines[place], Libm.cos(x)) <= 2, "\(x)")
    }
  }

  /// Two functions at once have the bits of each alone.
  @Test func pairsAreTheirParts() {
    var random = SplitMix64(start: 1)
    let numbers = (0..<4000).map { _ in Double.random(in: -800...800, using: &random) }
    for (pair, first, second) in [
      (StepCode.sineCosine, StepCode.sine, StepCode.cosine), (.softplusSigmoid, .softplus, .sigmoid),
    ] {
      let both = Self.row(pair, numbers)
      #expect(both.first == Self.row(first, numbers).first && both.second == Self.row(second, numbers).first)
    }
  }

  /// What is finite is not computed again, and what is not is.
  @Test func rowsThatAreFinite() {
    var row = (0..<24).map { Double($0) - 11 }
    var copy = [Double](repeating: 9, count: 24)
    row[5] = -0.0
    #expect(!Kernels.hasNaN(row, 24) && Kernels.settle(row, onto: &copy, 24))
    #expect(copy == row && copy[5].sign == .plus)
    row[0] = .greatestFiniteMagnitude
    row[8] = .greatestFiniteMagnitude
    #expect(!Kernels.hasNaN(row, 24) && Kernels.settle(row, onto: &copy, 24))
    for place in row.indices {
      for number in [Double.infinity, -.infinity, .nan] {
        var other = row
        other[place] = number
        #expect(!Kernels.settle(other, onto: &copy, 24), "\(number) at \(place)")
        #expect(Kernels.hasNaN(other, 24) == number.isNaN, "\(number) at \(place)")
      }
    }
  }
}
