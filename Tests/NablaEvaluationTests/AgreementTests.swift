import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Every way to run a program gives what its instructions give one by one.
///
/// `NABLA_LONG=100000 swift test --filter 'AgreementTests|LawTests'` tries that many random formulas; a failure names
/// the start of its random numbers.
@Suite struct AgreementTests {
  /// The instructions as they stand, one after the other: nothing fused, reordered or hoped.
  struct Plain: ProgramNumber {
    let number: Double

    init(_ number: Double) { self.number = number }
    static func value(_ opcode: Opcode, _ a: Self, _ b: Self, _ c: Self, _ function: Function?) -> Self {
      Self(Arithmetic.value(opcode, a.number, b.number, c.number, function))
    }
    static func + (a: Self, b: Self) -> Self { Self(a.number + b.number) }
    static func * (a: Self, b: Self) -> Self { Self(a.number * b.number) }
    var isZero: Bool { number == 0 }
  }

  /// The value and the gradient, whose zeros are positive; no gradient where there is no value.
  static func plain(_ function: CompiledFunction, at point: [Double]) -> (value: Double, gradient: [Double]) {
    let compiled = function.storage.compiled
    let (values, gradient) = GenericExecutor.run(
      compiled, at: point.map { Plain($0) }, partials: compiled.partials)
    let value = values[0].number
    return (value, gradient.map { value.isNaN ? .nan : $0.number + 0 })
  }

  /// Points of a formula: random ones, and some with coordinates that are 0, where adjoints vanish.
  static func points(_ formulas: inout RandomFormulas) -> [[Double]] {
    let random = (0..<7).map { _ in formulas.point() }
    return random + [[0, random[0][1], random[0][2]], [random[1][0], 0, -0.0], [0, 0, 0], [1, 1, -1]]
  }

  static func same(_ a: Double, _ b: Double) -> Bool { a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) }

  /// Whether vectors and the C library compute the same: no elementary function is called.
  static func isArithmetic(_ function: CompiledFunction) -> Bool {
    function.storage.compiled.program.instructions.allSatisfy { step in
      switch step.opcode {
      case .add, .subtract, .multiply, .divide, .negate, .squareRoot, .absolute, .select, .weigh, .share: true
      default: false
      }
    }
  }

  @Test(arguments: 0..<40) func allExecutorsAgree(start: Int) throws {
    var formulas = RandomFormulas(start: 5000 + UInt64(start))
    for number in 0..<Environment.runs(20) {
      let formula = formulas.next(depth: 4)
      let function = try CompiledFunction(formula, variables: LawTests.variables)
      let points = Self.points(&formulas)
      let columns = (0..<3).map { place in points.map { $0[place] } }
      let rows = function.valuesAndGradients(columns: columns)
      let isExact = Self.isArithmetic(function)
      for (row, point) in points.enumerated() {
        let place = "start \(start), number \(number): \(formula.debugText) at \(point)"
        let expected = Self.plain(function, at: point)
        var gradient: [Double] = []
        let value = function.valueAndGradient(at: point, into: &gradient)
        #expect(Self.same(value, expected.value) && Self.same(function(point), value), "\(place)")
        #expect(zip(gradient, expected.gradient).allSatisfy(Self.same), "\(place): \(gradient), \(expected)")
        let level = isExact ? (0, [0, 0, 0]) : function.roundingLevel(at: point)
        let isTorn = !isExact && Self.isTorn(function, at: point)
        #expect(
          near(rows.values[row], value, level.0) || isTorn, "\(place): \(rows.values[row]), not \(value)")
        for (partial, slope) in gradient.enumerated() {
          let found = rows.gradients[partial][row]
          #expect(near(found, slope, level.1[partial]) || isTorn, "\(place): \(found), not \(slope)")
        }
      }
    }
  }

  /// Whether rounding decides on which side of a jump a point lies, or which of many periods it is in.
  private static func isTorn(_ function: CompiledFunction, at point: [Double]) -> Bool {
    let enclosure = function.gradientEnclosure(of: point.map { Interval($0) })
    return !enclosure.value.isContinuous || enclosure.gradient.contains { !$0.isContinuous }
  }

  /// The same bits where nothing may be lost, otherwise as near as the functions of vectors are good.
  private func near(_ found: Double, _ expected: Double, _ level: Double) -> Bool {
    if Self.same(found, expected) { return true }
    return (found - expected).magnitude <= 4 * level + 4 * expected.ulp || !level.isFinite
  }

  @Test(arguments: 0..<40) func enclosuresHoldThePoint(start: Int) throws {
    var formulas = RandomFormulas(start: 6000 + UInt64(start))
    for number in 0..<Environment.runs(10) {
      let formula = formulas.next(depth: 4)
      let function = try CompiledFunction(formula, variables: LawTests.variables)
      for point in Self.points(&formulas) {
        let (value, gradient) = Self.plain(function, at: point)
        guard value.isFinite else { continue }
        let place = "start \(start), number \(number): \(formula.debugText) at \(point)"
        let level = function.roundingLevel(at: point)
        let enclosure = function.gradientEnclosure(of: point.map { Interval($0) })
        #expect(holds(enclosure.value, value, level.value), "\(place): \(value) outside \(enclosure.value)")
        for (partial, slope) in gradient.enumerated() where slope.isFinite {
          #expect(
            holds(enclosure.gradient[partial], slope, level.gradient[partial]),
            "\(place): \(slope) outside \(enclosure.gradient[partial])")
        }
      }
    }
  }

  /// Whether the truth, of which a rounded number is no farther than its level, may lie in an interval.
  private func holds(_ interval: Interval, _ number: Double, _ level: Double) -> Bool {
    if interval.contains(number) || !level.isFinite { return true }
    let slack = 2 * level + 4 * number.ulp
    return interval.lower - slack <= number && number <= interval.upper + slack
  }

  /// A hopeful tape gives way: 0·∞ is 0 for an adjoint.
  @Test func adjointsOfZeroStayZeroBesideInfinity() throws {
    // The slope of √y at 0 is infinite, its weight x² is 0.
    let formula = x.squared * pow(y, 1 / 2) + z
    let function = try CompiledFunction(formula, variables: LawTests.variables)
    #expect(function.gradient(at: [0, 0, 1]) == [0, 0, 1])
    #expect(function.gradient(at: [1, 4, 1]) == [4, 0.25, 1])
    let rows = function.valuesAndGradients(columns: [[1, 0, 1], [4, 0, 4], [1, 1, 2]])
    #expect(rows.gradients == [[4, 0, 4], [0.25, 0, 0.25], [1, 1, 1]])
    #expect(rows.values == [3, 1, 4])
  }

  /// The opposite of 0 is −0 in lanes as well, which shows where something is divided by it.
  @Test func theOppositeOfZero() throws {
    let function = try CompiledFunction(pow(-1 * x, 1 / 2), variables: ["x"])
    let rows = function.valuesAndGradients(columns: [[0, -0.0, -1]])
    for (row, point) in [0, -0.0, -1].enumerated() {
      #expect(rows.gradients[0][row] == function.gradient(at: [point])[0])
    }
  }

  /// A partial derivative that is a coordinate itself leaves the coordinate as it is.
  @Test func partialsThatAreCoordinates() throws {
    let function = try CompiledFunction(x * y, variables: ["x", "y"])
    let rows = function.valuesAndGradients(columns: [(0..<600).map { _ in -0.0 }, [-0.0]])
    #expect(rows.gradients.allSatisfy { $0.allSatisfy { $0.bitPattern == 0 } })
    #expect(rows.values.allSatisfy { $0.bitPattern == 0 })
    let again = try CompiledFunction(y / x, variables: ["x", "y"])
    #expect(again.gradient(at: [2, -0.0]) == [0, 0.5])
  }

  /// A value that is its own derivative keeps its −0, which the derivative has not.
  @Test func aValueThatIsADerivativeToo() throws {
    let function = try CompiledFunction(-1 * exp(x), variables: ["x"])
    let rows = function.valuesAndGradients(columns: [(0..<20).map { _ in -800 }])
    #expect(rows.values.allSatisfy { $0 == 0 && $0.sign == .minus && Self.same($0, function([-800])) })
    #expect(rows.gradients[0].allSatisfy { $0.bitPattern == 0 })
  }

  /// The arrays that are handed in are written where they stand, whatever they held.
  @Test func arraysOfTheCallersAreFilled() throws {
    let function = try CompiledFunction(x.squared + 3 * y, variables: ["x", "y", "z"])
    var values = [9.0, 9, 9]
    var gradients: [[Double]] = [[7], [7, 7], [7, 7]]
    function.valuesAndGradients(columns: [[1, 2], [0, 1], [5]], into: &values, gradients: &gradients)
    #expect(values == [1, 7] && gradients == [[2, 4], [3, 3], [0, 0]])
    var memory = [9.0, 9, 9]
    var slopes = memory.mutableSpan
    let value = function.valueAndGradient(at: [2, 1, 4].span, into: &slopes)
    #expect(value == 7 && memory == [4, 3, 0])
  }
}
