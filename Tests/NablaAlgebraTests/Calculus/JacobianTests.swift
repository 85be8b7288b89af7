import NablaBasics
import Testing

@testable import NablaAlgebra

private let (r, t, s) = (Expr("r"), Expr("t"), Expr("s"))
private func sin(_ u: Expr) -> Expr { .call(.sin, [u]) }
private func cos(_ u: Expr) -> Expr { .call(.cos, [u]) }

@Suite struct JacobianTests {
  /// Linear maps: the determinant of whole numbers, by elimination modulo a prime.
  @Test func determinantsOfLinearMaps() throws {
    var random = SplitMix64(start: 9)
    let prime = 1_000_003
    for size in [1, 2, 3, 4, 5, 6, 3, 4, 5] {
      let letters = (1...size).map { Variable("x_\($0)") }
      var matrix = letters.map { _ in letters.map { _ in Int.random(in: -3...3, using: &random) } }
      let map = matrix.map { row in
        Expr.sum(zip(row, letters).map { .integer($0) * .variable($1) } + [7])
      }
      let found = try #require(try Jacobian(of: map, by: letters).determinant()?.asNumber?.small)
      var expected = 1
      for k in 0..<size {
        guard let pivot = (k..<size).first(where: { matrix[$0][k] % prime != 0 }) else {
          expected = 0
          break
        }
        if pivot != k {
          matrix.swapAt(pivot, k)
          expected = -expected
        }
        expected = expected * matrix[k][k] % prime
        let inverse = Self.power(matrix[k][k], prime - 2, modulo: prime)
        for i in k + 1..<max(k + 1, size) {
          let factor = matrix[i][k] * inverse % prime
          for j in k..<size { matrix[i][j] = (matrix[i][j] - factor * matrix[k][j]) % prime }
        }
      }
      #expect((found - expected) % prime == 0, "\(map.map(\.debugText)): \(found)")
    }
  }

  private static func power(_ base: Int, _ exponent: Int, modulo prime: Int) -> Int {
    var (result, square, rest) = (1, base % prime, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square % prime }
      square = square * square % prime
      rest >>= 1
    }
    return result
  }

  @Test func coordinates() throws {
    let polar = try Jacobian(of: [r * cos(t), r * sin(t)], by: [Variable("r"), Variable("t")])
    #expect(polar.rows == [[cos(t), -r * sin(t)], [sin(t), r * cos(t)]])
    #expect(try polar.determinant() == r)
    let spherical = try Jacobian(
      of: [r * sin(t) * cos(s), r * sin(t) * sin(s), r * cos(t)],
      by: [Variable("r"), Variable("t"), Variable("s")])
    #expect(try spherical.determinant() == r.squared * sin(t))
  }

  /// Square ones of up to six rows have a determinant.
  @Test func sizes() throws {
    let letters = (1...7).map { Variable("x_\($0)") }
    for (rows, columns) in [(0, 0), (0, 1), (1, 2), (2, 1), (7, 7)] {
      let jacobian = try Jacobian(
        of: letters.prefix(rows).map { .variable($0) }, by: Array(letters.prefix(columns)))
      #expect(try jacobian.determinant() == nil)
    }
    let six = Array(letters.prefix(6))
    #expect(try Jacobian(of: six.map { 2 * .variable($0) }, by: six).determinant() == 64)
  }
}
