/// Pairs of functions whose squares differ by 1, as data: f² = 1 + sign·g².
///
///     sin² = 1 − cos²      cosh² = 1 + sinh²      sec² = 1 + tan²
package struct SquareIdentity: Sendable {
  /// f.
  package let first: Function
  /// g.
  package let second: Function
  /// The sign of g².
  package let sign: Int
  /// What a teacher calls it.
  package let name: String

  /// All of them.
  package static let all: [SquareIdentity] = [
    .init(first: .sin, second: .cos, sign: -1, name: "sin² + cos² = 1"),
    .init(first: .cosh, second: .sinh, sign: 1, name: "cosh² − sinh² = 1"),
    .init(first: .sec, second: .tan, sign: 1, name: "1 + tan² = sec²"),
    .init(first: .csc, second: .cot, sign: 1, name: "1 + cot² = csc²"),
    .init(first: .tanh, second: .sech, sign: -1, name: "1 − tanh² = sech²"),
    .init(first: .coth, second: .csch, sign: 1, name: "coth² − 1 = csch²"),
  ]
}

extension Kernels {
  /// The polynomial with the fewest terms that the square identities make of one; the one given on a tie, and the
  /// identities used.
  mutating func shortened(
    _ polynomial: KernelPolynomial
  ) -> (polynomial: KernelPolynomial, identities: [SquareIdentity]) {
    var best = polynomial
    var used: [SquareIdentity] = []
    for identity in SquareIdentity.all {
      var arguments = arguments(of: identity.first)
      for argument in self.arguments(of: identity.second) where !arguments.contains(argument) {
        arguments.append(argument)
      }
      for argument in arguments {
        guard let first = place(of: identity.first, at: argument),
          let second = place(of: identity.second, at: argument)
        else { continue }
        var shortest = best
        for candidate in [
          Self.withoutSquares(of: first, best, identity.direct, other: second),
          Self.withoutSquares(of: second, best, identity.turned, other: first),
        ] {
          guard let candidate, candidate.count < shortest.count else { continue }
          shortest = candidate
        }
        if shortest.count < best.count {
          best = shortest
          used.append(identity)
        }
      }
    }
    return (best, used)
  }

  /// The square of a kernel replaced by constant + factor·other².
  static func withoutSquares(
    of place: Int, _ polynomial: KernelPolynomial, _ value: (constant: Int, factor: Int), other: Int
  ) -> KernelPolynomial? {
    guard polynomial.degrees[place] >= 2 else { return nil }
    let square =
      KernelPolynomial(Number(value.constant))
      + KernelPolynomial(kernel: other, power: 2).scaled(by: Number(value.factor))
    return replacing(place, to: 2, by: square, in: polynomial)
  }
}

extension SquareIdentity {
  /// g² = sign·f² − sign, as the constant and the factor.
  var turned: (constant: Int, factor: Int) { (-sign, sign) }
  /// f² = 1 + sign·g², as the constant and the factor.
  var direct: (constant: Int, factor: Int) { (1, sign) }
}
