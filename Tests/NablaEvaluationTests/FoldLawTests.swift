import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Random sums and products over an index: alone, beside and in each other, under every function.
struct RandomFolds {
  private var formulas: RandomFormulas

  init(start: UInt64) { formulas = RandomFormulas(start: start) }

  /// The members x_1 … x_8 and y, in any order.
  mutating func variables() -> [Variable] { (members(8) + ["y"]).shuffled(using: &formulas.random) }

  /// A point without zeros.
  mutating func point() -> [Double] {
    (0..<9).map { _ in
      Double.random(in: 0.2...2, using: &formulas.random)
        * (Int.random(in: 0..<4, using: &formulas.random) == 0 ? -1 : 1)
    }
  }

  /// A formula of one or two folds and y.
  mutating func next() -> Expr {
    let folds = [fold(inside: nil), fold(inside: nil)]
    switch Int.random(in: 0..<4, using: &formulas.random) {
    case 0: return folds[0]
    case 1: return folds[0] * y + folds[1]
    default: return formulas.next(depth: 2).substituting(["x": folds[0], "z": folds[1]])
    }
  }

  /// Σ or Π of a random body over x[i + c], i, y and perhaps a fold inside, or the element outside.
  private mutating func fold(inside outer: Variable?) -> Expr {
    let index = Variable.openIndex(outer == nil ? "i" : "j")
    let shift = Int.random(in: -1...2, using: &formulas.random)
    let lower = Int.random(in: 2...3, using: &formulas.random)
    let upper = lower + Int.random(in: 0...3, using: &formulas.random)
    let element = Expr.element(Family("x"), Index(index, offset: shift))
    let other: Expr
    switch Int.random(in: 0..<5, using: &formulas.random) {
    case 0: other = .variable(index)
    case 1: other = .element(Family("x"), Index(index, offset: 1 - shift))
    case 2: other = outer.map { .element(Family("x"), Index($0, offset: 0)) } ?? y
    case 3: other = outer == nil ? fold(inside: index) : outer.map { .variable($0) } ?? y
    default: other = y
    }
    let body = formulas.next(depth: 3).substituting(["x": element, "z": other])
    let kind: Fold.Kind = Int.random(in: 0..<3, using: &formulas.random) == 0 ? .product : .sum
    return .fold(kind, index: index, from: lower, through: upper, body)
  }
}

/// What holds of formulas without folds holds of folds.
@Suite struct FoldLawTests {
  private static func numbers(_ point: [Double], _ variables: [Variable]) -> [Variable: Double] {
    Dictionary(zip(variables, point), uniquingKeysWith: { first, _ in first })
  }

  /// What a gradient may be off, by its own bounds.
  private static func near(_ a: Double, _ b: Double, _ level: Double) -> Bool {
    if AgreementTests.same(a, b) || !level.isFinite { return true }
    return (a - b).magnitude <= 4 * level + 8 * max(a.magnitude, b.magnitude).ulp
  }

  @Test(
    "Loops give what the instructions give one by one, what rows give, and lie in their enclosures",
    arguments: 0..<20)
  func executors(start: Int) throws {
    var folds = RandomFolds(start: 7000 + UInt64(start))
    for number in 0..<Environment.runs(15) {
      let formula = folds.next()
      let function = try CompiledFunction(formula, variables: folds.variables())
      // Some bodies do not depend on the index.
      guard !function.storage.compiled.program.loops.isEmpty else { continue }
      let points = (0..<4).map { _ in folds.point() }
      let rows = function.valuesAndGradients(columns: (0..<9).map { place in points.map { $0[place] } })
      for (row, point) in points.enumerated() {
        let place = "start \(start), number \(number): \(formula.debugText) at \(point)"
        let plain = AgreementTests.plain(function, at: point)
        guard plain.value.isFinite else { continue }
        var gradient: [Double] = []
        let value = function.valueAndGradient(at: point, into: &gradient)
        let level = function.roundingLevel(at: point)
        let enclosure = function.gradientEnclosure(of: point.map { Interval($0) })
        guard enclosure.value.isContinuous else { continue }
        #expect(Self.near(value, plain.value, level.value), "\(place): \(value), not \(plain.value)")
        #expect(AgreementTests.same(function(point), value), "\(place)")
        #expect(AgreementTests.same(rows.values[row], value), "\(place): \(rows.values[row]), not \(value)")
        let slack = 2 * level.value + 4 * plain.value.ulp
        #expect(
          enclosure.value.widened(by: 8).contains(plain.value) || !slack.isFinite
            || (enclosure.value.lower - slack <= plain.value && plain.value <= enclosure.value.upper + slack),
          "\(place): \(plain.value) outside \(enclosure.value)")
        for partial in gradient.indices where plain.gradient[partial].isFinite {
          let (slope, bound) = (plain.gradient[partial], level.gradient[partial])
          guard enclosure.gradient[partial].isContinuous else { continue }
          #expect(
            Self.near(gradient[partial], slope, bound),
            "\(place), \(partial): \(gradient[partial]), not \(slope)")
          #expect(
            AgreementTests.same(rows.gradients[partial][row], gradient[partial]), "\(place), \(partial)")
          let slack = 2 * bound + 4 * slope.ulp
          #expect(
            !slack.isFinite
              || (enclosure.gradient[partial].lower - slack <= slope
                && slope <= enclosure.gradient[partial].upper + slack),
            "\(place), \(partial): \(slope) outside \(enclosure.gradient[partial])")
        }
      }
    }
  }

  @Test(
    "Written out they have the same values, slopes, second derivatives and bounds of rounding",
    arguments: 0..<20)
  func writtenOut(start: Int) throws {
    var folds = RandomFolds(start: 8000 + UInt64(start))
    for number in 0..<Environment.runs(10) {
      let formula = folds.next()
      let variables = folds.variables()
      let looped = try CompiledFunction(formula, variables: variables)
      let plain = try CompiledFunction(FoldTests.written(formula), variables: variables)
      let (second, other) = (try looped.secondDerivatives(), try plain.secondDerivatives())
      for _ in 0..<3 {
        let point = folds.point()
        let place = "start \(start), number \(number): \(formula.debugText) at \(point)"
        let (a, b) = (looped.roundingLevel(at: point), plain.roundingLevel(at: point))
        let (value, expected) = (looped(point), plain(point))
        guard expected.isFinite, expected.magnitude < 1e10 else { continue }
        #expect(Self.near(value, expected, max(a.value, b.value)), "\(place): \(value), not \(expected)")
        let (slopes, others) = (looped.gradient(at: point), plain.gradient(at: point))
        for k in slopes.indices where others[k].isFinite && others[k].magnitude < 1e10 {
          #expect(
            Self.near(slopes[k], others[k], max(a.gradient[k], b.gradient[k])),
            "\(place), \(k): \(slopes[k]), not \(others[k])")
        }
        // Written out, powers of e are multiplied by adding exponents; the loop may overflow on its way, and says so.
        guard a.value.isFinite else { continue }
        let size = others.reduce(expected.magnitude) { max($0, $1.magnitude) }
        for (bend, truth) in zip(second.dense(at: point), other.dense(at: point))
        where truth.isFinite && truth.magnitude < 1e8 && size < 1e8 {
          #expect(agree(bend, truth, within: 1e-6, size: 1 + size), "\(place): \(bend), not \(truth)")
        }
      }
    }
  }
}
