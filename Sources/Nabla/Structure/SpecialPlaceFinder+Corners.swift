import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Corners: points at which a root of a sum of squares has no gradient.
extension SpecialPlaceFinder {
  var corners: [SpecialPlace] {
    var result: [SpecialPlace] = []
    for part in expression.distinctSubexpressions() {
      guard result.count < Self.most, let radicand = part.cornerRadicand, let zeros = radicand.isolatedZeros,
        zeros.count > 1, !result.contains(where: { $0.equations == zeros.map(\.equation) }),
        let slopes = slopes(from: zeros)
      else { continue }
      result.append(SpecialPlace(kind: .corner, equations: zeros.map(\.equation), slopes: slopes))
    }
    return result
  }

  /// The slopes along the variables from the points where some letters have given values, which are the same at all
  /// of them and differ from side to side; empty where they are not the same, nil where there is no corner.
  private func slopes(from zeros: [Expr.IsolatedZero]) -> [SpecialPlace.Slopes]? {
    var random = SplitMix64(start: 7)
    var found: [[SpecialPlace.Slopes]] = []
    for _ in 0..<Crossings.fewest {
      var point = letters.map { _ in Double.random(in: -2...2, using: &random) }
      for zero in zeros {
        guard let place = letters.firstIndex(of: zero.letter) else { return nil }
        point[place] = zero.value
      }
      let value = whole(point)
      guard value.isFinite else { return nil }
      var slopes: [SpecialPlace.Slopes] = []
      for zero in zeros {
        guard let place = letters.firstIndex(of: zero.letter),
          let variable = variables.firstIndex(of: zero.letter)
        else { continue }
        guard let below = slope(at: point, value, place, -1), let above = slope(at: point, value, place, 1)
        else { return nil }
        if (below - above).magnitude > 1e-4 * max(1, below.magnitude) {
          slopes.append(.init(variable: variable, below: below, above: above))
        }
      }
      guard !slopes.isEmpty else { return nil }
      found.append(slopes)
    }
    return found.allSatisfy { $0 == found[0] } ? found[0] : []
  }

  /// The one-sided slope along a letter, to five digits; nil where difference quotients do not settle.
  private func slope(at point: [Double], _ value: Double, _ place: Int, _ sign: Double) -> Double? {
    let quotients = [2e-5, 1e-5, 2e-6, 1e-6].map { step -> Double in
      var moved = point
      moved[place] += sign * step
      return (whole(moved) - value) / (sign * step)
    }
    // With the first order of the step taken off.
    let (first, second) = (2 * quotients[1] - quotients[0], 2 * quotients[3] - quotients[2])
    guard quotients.allSatisfy(\.isFinite), (first - second).magnitude <= 1e-5 * max(1, second.magnitude)
    else {
      return nil
    }
    return (second * 1e4).rounded() / 1e4 + 0
  }
}

extension Expr {
  /// What stands under a root, or the sum of squares that hypot takes the root of.
  fileprivate var cornerRadicand: Expr? {
    switch shape {
    case .power(let base, let exponent):
      guard case .number(let number) = exponent.shape, let power = number.rational, !power.isNegative,
        !power.isInteger, base.isSum
      else { return nil }
      return base
    case .call(.hypot, let parts): return parts[0].squared + parts[1].squared
    default: return nil
    }
  }
}
