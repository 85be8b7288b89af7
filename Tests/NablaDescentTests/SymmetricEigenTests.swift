import NablaBasics
import Testing

@testable import NablaDescent

@Suite struct SymmetricEigenTests {
  @Test func theExamplesOfTheHessian() throws {
    let eigen = try #require(SymmetricEigen([6, 8, 8, 60], size: 2))
    #expect(abs(eigen.values[0] - (33 - Double(793).squareRoot())) < 1e-13)
    #expect(abs(eigen.values[1] - (33 + Double(793).squareRoot())) < 1e-13)
    #expect(SymmetricEigen([0, 0, 0, 0], size: 2)?.values == [0, 0])
    #expect(SymmetricEigen([-7], size: 1)?.values == [-7])
    #expect(SymmetricEigen([], size: 0)?.values == [])
    #expect(SymmetricEigen([1, .nan, .nan, 1], size: 2) == nil)
  }

  @Test func eigenvectorsAreThose() throws {
    var random = SplitMix64(start: 846)
    for _ in 0..<40 {
      let n = Int.random(in: 1...12, using: &random)
      let scale = Libm.exp2(Double(Int.random(in: -400...400, using: &random)))
      var rows = [Double](repeating: 0, count: n * n)
      for i in 0..<n {
        for j in 0...i {
          rows[i * n + j] = scale * Double.random(in: -1...1, using: &random)
          rows[j * n + i] = rows[i * n + j]
        }
      }
      let eigen = try #require(SymmetricEigen(rows, size: n))
      #expect(eigen.values == eigen.values.sorted())
      for (value, vector) in zip(eigen.values, eigen.vectors) {
        #expect(abs(Vector.norm(vector) - 1) < 1e-13)
        for i in 0..<n {
          let product = Vector.dot(Array(rows[(i * n)..<(i * n + n)]), vector)
          #expect(abs(product - value * vector[i]) <= 1e-13 * scale * Double(n))
        }
      }
    }
  }

  @Test func lanczosFindsTheOuterEigenvalues() throws {
    let diagonal = (0..<2000).map { $0 == 700 ? -3 : 1 + Double($0) / 2000 }
    let first = [Double](repeating: 0, count: 2000)
    let lanczos = try #require(
      Lanczos(first: first, steps: 30) { v in zip(diagonal, v).map { $0 * $1 } })
    #expect(abs((lanczos.values.first ?? 0) - -3) < 1e-9)
    #expect(abs((lanczos.values.last ?? 0) - 2) < 1e-2)
    #expect(abs(abs(lanczos.lowest[700]) - 1) < 1e-9)
  }
}
