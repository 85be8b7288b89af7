import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaEvaluation

/// The bits of every function in lanes and one by one, over all ranges of its arguments: five letters for each.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedFunctionTests {
  /// Numbers of every size and sign, halves and whole ones, and what lies beside them.
  private static let numbers: [Double] = {
    var random = SplitMix64(start: 31)
    var numbers: [Double] = [0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude]
    for size in [
      1e-300, 1e-17, 1e-9, 1e-5, 1e-2, 0.3, 1, 2, 5, 12, 40, 200, 350, 800, 1e5, 1e6, 1e9, 1e17, 1e300,
    ] {
      for _ in 0..<40 { numbers.append(Double.random(in: -size...size, using: &random)) }
      numbers += [size, -size, size.nextUp, -size.nextDown]
    }
    for k in -40...40 { numbers += [Double(k) / 2, (Double(k) / 2).nextUp, (Double(k) / 2).nextDown] }
    return numbers
  }()

  private static let few = [-3.5, -1, -0.2, 0, 0.1, 0.5, 1, 1.7, 2, 9, 33.3, 1e5, .infinity]

  @Test("One by one") func values() throws {
    let lines = Function.all.map { function in
      var digest = Digest()
      switch function.value {
      case .unary(let f): digest.add(Self.numbers.map(f))
      case .binary(let f):
        for a in Self.few { digest.add(Self.numbers.map { f(a, $0) } + Self.numbers.map { f($0, a) }) }
      case .ternary(let f):
        for a in Self.few { digest.add(Self.few.flatMap { b in Self.few.map { f(a, b, $0) } }) }
      }
      return "\(function.name) \(digest.text)"
    }
    #expect(try Record(name: "function-bits.txt").differences(from: lines) == [])
  }

  @Test("In lanes") func lanes() throws {
    var random = SplitMix64(start: 32)
    let numbers = Self.numbers + (0..<6000).map { _ in Double.random(in: -50...50, using: &random) }
    let lines = (LaneFunctionTests.codes + [.sineCosine, .softplusSigmoid]).map { code in
      var digest = Digest()
      let rows = LaneFunctionTests.row(code, numbers)
      digest.add(rows.first + rows.second)
      return "\(code) \(digest.text)"
    }
    #expect(try Record(name: "lane-bits.txt").differences(from: lines) == [])
  }
}
