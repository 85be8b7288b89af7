import NablaAlgebra
import NablaBasics

/// Changes of parameters that leave a model as it is: exchanges, as of the two terms of a·e^(−bx) + c·e^(−dx), and
/// changes of sign, as of the width of a Gaussian.
///
/// A fit of such a model has as many equal answers; the one nearest to the start given is the one that was meant.
struct ParameterSymmetry: Sendable {
  /// Each exchange as a permutation of the parameters.
  private(set) var exchanges: [[Int]] = []
  /// Each change of signs by the parameters that change theirs together.
  private(set) var reflections: [[Int]] = []

  /// The most exchanges that are tried, and the most equal answers that are compared.
  private static let mostTrials = 600
  private static let mostAnswers = 720

  /// The symmetries of an expression: exchanges of one or several pairs at once, changes of at most three signs.
  ///
  /// `values` gives the expression's values over some rows for values of the parameters; `x` is a point of interest.
  init(of expression: Expr, parameters: [Variable], at x: [Double], values: ([Double]) -> [Double]) {
    exchanges = ParameterSymmetry.exchanges(of: expression, parameters)
    reflections = ParameterSymmetry.reflections(at: x, values)
  }

  /// Sets of signs whose change is not seen in the values at a point near x that is nothing special.
  private static func reflections(at x: [Double], _ values: ([Double]) -> [Double]) -> [[Int]] {
    guard x.count <= 12 else { return [] }
    var random = SplitMix64(start: 1992)
    let point = x.map { ($0 == 0 ? 1 : $0) * Double.random(in: 0.8...1.2, using: &random) }
    let here = values(point)
    let size = here.reduce(0) { max($0, $1.magnitude) }
    guard size > 0, size.isFinite else { return [] }
    var found: [[Int]] = []
    func test(_ signs: [Int]) {
      if found.contains(where: { known in known.allSatisfy { signs.contains($0) } }) { return }
      var other = point
      for place in signs { other[place] = -other[place] }
      let isSame = zip(values(other), here).allSatisfy { ($0 - $1).magnitude <= 1e-10 * size }
      if isSame { found.append(signs) }
    }
    for i in x.indices { test([i]) }
    for i in x.indices { for j in 0..<i { test([j, i]) } }
    for i in x.indices { for j in 0..<i { for k in 0..<j { test([k, j, i]) } } }
    return found
  }

  private static func exchanges(of expression: Expr, _ parameters: [Variable]) -> [[Int]] {
    let classes = ParameterSymmetry.classes(of: expression, parameters)
    var found: [[Int]] = []
    guard !classes.isEmpty, classes.count <= 8 else { return [] }
    // From each class one pair or none.
    var choices: [[(Int, Int)?]] = []
    for members in classes {
      var pairs: [(Int, Int)?] = [nil]
      for (place, first) in members.enumerated() {
        for second in members[(place + 1)...] { pairs.append((first, second)) }
      }
      choices.append(pairs)
    }
    let count = choices.reduce(1) { min($0 * $1.count, 1_000_000) }
    guard count <= ParameterSymmetry.mostTrials else { return [] }
    for number in 1..<count {
      var rest = number
      var permutation = Array(parameters.indices)
      for pairs in choices {
        if let (first, second) = pairs[rest % pairs.count] { permutation.swapAt(first, second) }
        rest /= pairs.count
      }
      var values: [Variable: Expr] = [:]
      for place in parameters.indices where permutation[place] != place {
        values[parameters[place]] = .variable(parameters[permutation[place]])
      }
      if expression.substituting(values) == expression { found.append(permutation) }
    }
    return found
  }

  /// Parameters that play the same part: those for which the expression is the same once all others look alike.
  private static func classes(of expression: Expr, _ parameters: [Variable]) -> [[Int]] {
    guard parameters.count <= 24 else { return [] }
    let (own, other) = (Expr.variable(Variable(" own")), Expr.variable(Variable(" other")))
    var classes: [(shape: Expr, members: [Int])] = []
    for place in parameters.indices {
      var values: [Variable: Expr] = [:]
      for (index, parameter) in parameters.enumerated() { values[parameter] = index == place ? own : other }
      let shape = expression.substituting(values)
      if let known = classes.firstIndex(where: { $0.shape == shape }) {
        classes[known].members.append(place)
      } else {
        classes.append((shape, [place]))
      }
    }
    return classes.map(\.members).filter { $0.count > 1 }
  }

  /// Of all equal answers the one whose exchangeable parameters stand in the order of the start; of several, the one
  /// nearest to it by relative differences.
  func nearest(_ x: [Double], to start: [Double], within bounds: [ClosedRange<Double>]) -> [Double] {
    var seen: Set<[Double]> = [x]
    var pending = [x]
    var best = x
    var bestRank = rank(x, start)
    while let here = pending.popLast(), seen.count < ParameterSymmetry.mostAnswers {
      let flipped = reflections.map { signs in here.indices.map { signs.contains($0) ? -here[$0] : here[$0] }
      }
      for next in exchanges.map({ permutation in permutation.map { here[$0] } }) + flipped {
        guard seen.insert(next).inserted else { continue }
        pending.append(next)
        let nextRank = rank(next, start)
        if nextRank < bestRank, zip(next, bounds).allSatisfy({ $1.contains($0) }) {
          (best, bestRank) = (next, nextRank)
        }
      }
    }
    return best
  }

  /// How many signs and how many orders of exchangeable pairs are not those of the start, then the distance.
  private func rank(_ x: [Double], _ start: [Double]) -> (crossed: Int, distance: Double) {
    var crossed = reflections.isEmpty ? 0 : zip(x, start).count { $0 * $1 < 0 }
    for permutation in exchanges {
      for (i, j) in permutation.enumerated() where i < j && (x[i] - x[j]) * (start[i] - start[j]) < 0 {
        crossed += 1
      }
    }
    let distance = zip(x, start).reduce(0.0) { sum, pair in
      let size = pair.0.magnitude + pair.1.magnitude
      return size > 0 ? sum + (pair.0 - pair.1).magnitude / size : sum
    }
    return (crossed, distance)
  }
}
