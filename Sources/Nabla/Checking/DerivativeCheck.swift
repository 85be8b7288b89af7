import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// The comparison of derivatives of one expression with differences of its values.
struct DerivativeCheck {
  /// A derivative and what it is taken by.
  struct Rate {
    let variable: Variable
    let rate: Expr
  }

  /// What one comparison at one point says.
  enum Verdict { case agrees, disagrees, unknown }

  let expression: Expr
  let letters: [Variable]
  let limits: Limits

  /// The points wanted, the most that are tried, and the nodes that may be computed for all comparisons.
  private static let (wanted, tries, work) = (3, 200, 300_000)
  /// The most nodes of a formula whose rounding noise is worked out: that compiles it seven times.
  private static let largestNoisy = 20_000
  /// The values that one comparison takes.
  private static let levels = 2 * Difference.levels
  /// Steps of the differences, relative to the coordinate: coarse for accuracy, fine for a formula that changes fast
  /// or in steps. Were each a power of two, a wave of which one is a whole number of lengths would seem to stand still
  /// at all of them; with twelve further bits they leave x ± h without rounding as well.
  private static let steps: [(exponent: Int, significand: Double)] = [
    (-5, 1), (-9, 5_211.0 / 4_096), (-14, 6_627.0 / 4_096), (-20, 4_733.0 / 4_096), (-27, 7_351.0 / 4_096),
    (-33, 5_839.0 / 4_096),
  ]

  /// How many derivatives are compared: all of a small formula, three of a large one, one of a very large one.
  private static func mostRates(cost: Int) -> Int {
    let ofOne = wanted * (levels + 1) * max(1, cost)
    if ofOne <= work { return max(3, work / ofOne) }
    return ofOne <= 20 * work ? 3 : ofOne <= 100 * work ? 1 : 0
  }

  /// One of so many variables is compared, so that the work stays small.
  func stride(among count: Int) -> Int {
    let most = Swift.max(1, Self.work / (Self.levels * Swift.max(1, expression.evaluationCost)))
    return (count + most - 1) / most
  }

  func run(on all: [Rate], text: (Expr) -> String) -> SelfCheck {
    let cost = expression.evaluationCost
    let most = Self.mostRates(cost: cost)
    guard most > 0, !all.isEmpty, !letters.isEmpty else { return SelfCheck() }
    let stride = (all.count + most - 1) / most
    let rates = Swift.stride(from: 0, to: all.count, by: stride).map { all[$0] }
    let derivatives = rates.map(\.rate)
    if let f = CheckedValues(ofSmall: [expression], letters: letters),
      let symbolic = CheckedValues(ofSmall: derivatives, letters: letters),
      // The steps have no stable forms: what they contradict is asked again of the program, which has.
      case let check = run(on: rates, f, symbolic, text), check.disagreement == nil
    {
      return check
    }
    guard let f = CheckedValues(compiling: [expression], letters: letters, limits: limits),
      let symbolic = CheckedValues(compiling: derivatives, letters: letters, limits: limits)
    else { return SelfCheck() }
    return run(on: rates, f, symbolic, text)
  }

  /// Compares at points until enough have said something; `symbolic` gives the derivatives in the order of `rates`.
  private func run(
    on rates: [Rate], _ f: CheckedValues, _ symbolic: CheckedValues, _ text: (Expr) -> String
  ) -> SelfCheck {
    let switches = Switches(in: expression, letters: letters, limits: limits)
    let places = rates.map { rate in letters.firstIndex(of: rate.variable) }
    var candidates = SamplePoints(in: expression, letters: letters)
    var tally = SelfCheckTally(rates.count)
    var (ofFormula, ofRates) = (Noise?.none, [Noise?](repeating: nil, count: rates.count))
    var tried = 0
    while tally.result.points < Self.wanted || tally.isInDoubt, tried < Self.tries {
      tried += 1
      let point = candidates.next()
      guard f(point)[0].isFinite else { continue }
      let values = symbolic(point)
      for (number, rate) in rates.enumerated() {
        guard let place = places[number], values[number].isFinite else { continue }
        let verdict = compare(
          values[number], { f($0)[0] }, rate: { symbolic($0)[number] }, switches, at: point, place
        ) {
          // Of a very large formula it is not worked out, and the step says nothing.
          guard expression.size + rate.rate.size <= Self.largestNoisy else { return (.infinity, .infinity) }
          return (
            noise(of: expression, &ofFormula, at: point), noise(of: rate.rate, &ofRates[number], at: point)
          )
        }
        tally.count(verdict, of: number, at: point)
      }
      guard let number = tally.endPoint() else { continue }
      return tally.ended(
        DerivativeDisagreement(
          formula: text(expression), variable: rates[number].variable, derivative: text(rates[number].rate),
          letters: letters, points: tally.against[number]))
    }
    return tally.ended()
  }

  /// Holds a derivative at a point against differences of values around it.
  ///
  /// `rounding` gives the rounding noise of the values and of the derivative, and `rate` the derivative at points
  /// beside; they are asked for only where the two seem to disagree.
  func compare(
    _ value: Double, _ f: ([Double]) -> Double, rate: (([Double]) -> Double)? = nil, _ switches: Switches?,
    at point: [Double], _ place: Int, rounding: () -> (f: Double, rate: Double)
  ) -> Verdict {
    var noise: (f: Double, rate: Double)?
    // Slopes that contradict the derivative: only two steps that say the same are evidence. Where a formula jumps or
    // turns many times within a step, a slope may seem certain by chance.
    var against: [(slope: Double, allowed: Double)] = []
    let here = f(point).magnitude
    // Squares of smaller or larger values leave the range of numbers.
    guard here == 0 || (here > 1e-140 && here < 1e140) else { return .unknown }
    let size = here / max(1, point[place].magnitude)
    for step in Self.steps {
      let unit = point[place] == 0 ? 1 : point[place].binade.magnitude
      let length = unit * Double(sign: .plus, exponent: step.exponent, significand: step.significand)
      if let switches, switches.change(at: point, place, within: length) { continue }
      var moved = point
      let difference = Difference(step: length) { offset in
        moved[place] = point[place] + offset
        return f(moved)
      }
      guard let difference else { continue }
      var allowed = 100 * difference.estimate
      let gap = (difference.slope - value).magnitude
      if gap == 0 { return .agrees }
      let scale = max(difference.slope.magnitude, value.magnitude, 1e-3 * size)
      if gap > allowed {
        if noise == nil { noise = rounding() }
        if let noise { allowed += 100 * (noise.f / difference.step + noise.rate) }
      }
      guard allowed <= 2e-6 * scale || scale == 0 else { continue }
      if gap <= allowed { return .agrees }
      // Beside a large constant much is allowed: then two slopes say the same by chance.
      guard allowed <= 0.01 * gap else { continue }
      if let rate, !isStraight(rate, value, at: point, place, within: difference.step, to: gap / 4) {
        continue
      }
      against.append((difference.slope, allowed))
    }
    let areTwo = against.indices.contains { i in
      against.indices.contains { j in
        i < j && (against[i].slope - against[j].slope).magnitude <= against[i].allowed + against[j].allowed
      }
    }
    return areTwo ? .disagrees : .unknown
  }

  /// Whether a derivative is nearly straight around a point: one that turns within the step of a difference, as in a
  /// fast wave or a spike, is not contradicted by it.
  private func isStraight(
    _ rate: ([Double]) -> Double, _ value: Double, at point: [Double], _ place: Int, within step: Double,
    to bound: Double
  ) -> Bool {
    var moved = point
    return [1, 1.618, 2.718].allSatisfy { factor in
      moved[place] = point[place] + factor * step
      let above = rate(moved)
      moved[place] = point[place] - factor * step
      return ((above + rate(moved)) / 2 - value).magnitude <= bound
    }
  }

  /// The rounding noise of the formula or of a derivative; prepared once, and only where the two seem to disagree.
  private func noise(of part: Expr, _ prepared: inout Noise?, at point: [Double]) -> Double {
    let noise = prepared ?? Noise(of: part, letters: letters, limits: limits)
    prepared = noise
    return noise(point)
  }

  /// The rounding noise of an expression, infinite where it is not known.
  private struct Noise {
    private let spread: RoundingNoise?
    private let function: CompiledFunction?

    init(of expression: Expr, letters: [Variable], limits: Limits) {
      spread = RoundingNoise(of: expression, letters: letters, limits: limits)
      function = try? CompiledFunction(expression, variables: letters, limits: limits)
    }

    func callAsFunction(_ point: [Double]) -> Double {
      // Where a part overflows on the way, as in √(u² − 1) for a large u, the value is lost without a noise.
      guard let spread, let function, !function.losesItsRange(at: point) else { return .infinity }
      return spread(point)
    }
  }
}

extension Expr {
  /// About how many operations one value takes: every distinct part once, those of a fold for each of its terms.
  var evaluationCost: Int {
    var cost = 0
    let parts = distinctSubexpressions { part in if case .fold = part.shape { false } else { true } }
    for part in parts { cost += 1 + part.children.count }
    guard foldLevel > 0 else { return cost }
    for part in distinctSubexpressions() {
      guard case .fold(let fold) = part.shape else { continue }
      let (product, overflow) = fold.count.multipliedReportingOverflow(
        by: Swift.min(fold.body.size, 1_000_000))
      cost = Swift.min(Int.max / 64, cost &+ (overflow ? Int.max / 64 : Swift.min(product, Int.max / 64)))
    }
    return cost
  }
}
