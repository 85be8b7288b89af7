import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Intervals hold the truth: values at random points of a box lie in the enclosure of the box.
@Suite struct IntervalTests {
  @Test(arguments: Function.all.filter { $0.arity == 1 }.map(\.name))
  func functionsStayInsideTheirEnclosures(name: String) throws {
    let function = try #require(Function.all.first { $0.name == name })
    guard case .unary(let f) = function.value else { return }
    var random = SplitMix64(start: 20_261)
    var values = 0
    for scale in [0.01, 1, 3, 40, 800] {
      for _ in 0..<60 {
        let middle: Double = .random(in: -scale...scale, using: &random)
        let size: Double = values % 2 == 0 ? 1 : 0.01
        let half: Double = scale * size * Double.random(in: 0...1, using: &random)
        let box = Interval(middle - half, middle + half)
        let enclosure = Interval.value(of: function, box, Interval(0), Interval(0))
        for _ in 0..<20 {
          let argument = Double.random(in: box.lower...box.upper, using: &random)
          let value = f(argument)
          guard value.isFinite else { continue }
          values += 1
          #expect(enclosure.contains(value), "\(name)(\(argument)) = \(value) outside \(enclosure)")
        }
      }
    }
    #expect(values > 0)
  }

  /// Every way in which two ranges can lie, by the numbers in them.
  @Test(arguments: ["<", "<=", ">", ">=", "==", "!=", "and", "or"])
  func whatIsCertainIsDecided(name: String) throws {
    let function = try #require(Function.named(name))
    guard case .binary(let f) = function.value else { return }
    let ranges = (0...3).flatMap { low in (low...3).map { (low, $0) } }
    for (a, b) in ranges.flatMap({ a in ranges.map { (a, $0) } }) {
      let values = (a.0...a.1).flatMap { x in (b.0...b.1).map { f(Double(x), Double($0)) } }
      let found = Interval.value(
        of: function, Interval(Double(a.0), Double(a.1)), Interval(Double(b.0), Double(b.1)), Interval(0))
      let (least, most) = (values.min() ?? 0, values.max() ?? 0)
      #expect(found.lower == least && found.upper == most, "\(a) \(name) \(b): \(found)")
      #expect(found.isContinuous == (least == most), "\(a) \(name) \(b): \(found)")
    }
  }

  /// All powers of a base with all exponents, of numbers below 0 with the whole ones.
  @Test func powersStayInside() {
    var random = SplitMix64(start: 1_977)
    let number = { (size: Double) -> Double in
      let number = Double.random(in: -size...size, using: &random)
      return random.next() % 2 == 0 ? number.rounded() : number
    }
    var below = 0
    for round in 0..<4000 {
      let (first, second) = (number(round % 2 == 0 ? 2 : 1.1), number(2))
      let (low, high) = (number(round % 3 == 0 ? 4 : 60), number(12))
      let base = Interval(min(first, second), max(first, second))
      let exponent = Interval(min(low, high), max(low, high))
      let enclosure = Interval.value(.power, base, exponent, Interval(0), nil)
      for _ in 0..<20 {
        let x = Double.random(in: base.lower...base.upper, using: &random)
        let y = Double.random(in: exponent.lower...exponent.upper, using: &random)
        for p in [y, y.rounded(), low, high] where exponent.contains(p) {
          let value = Arithmetic.power(x, p)
          guard value.isFinite else { continue }
          if x < 0 { below += 1 }
          #expect(enclosure.contains(value), "\(x)^\(p) = \(value) outside \(enclosure)")
        }
      }
    }
    #expect(below > 1000)
  }

  /// A shape under a name that no function has would never be asked for.
  @Test(arguments: Interval.shapes.keys.sorted())
  func everyShapeIsOfAFunction(name: String) { #expect(Function.named(name)?.arity == 1) }

  @Test func formulasAndTheirDerivativesStayInside() throws {
    var formulas = RandomFormulas(start: 11)
    for _ in 0..<400 {
      let formula = formulas.next(depth: 4)
      let compiled = try CompiledFunction(formula, variables: [Variable("x"), Variable("y"), Variable("z")])
      let hessian = try compiled.secondDerivatives()
      let center = formulas.point()
      let half = Double.random(in: 0...0.5, using: &formulas.random)
      let box = center.map { Interval($0 - half, $0 + half) }
      let (value, gradient) = compiled.gradientEnclosure(of: box)
      let second = hessian.enclosure(of: box)
      for _ in 0..<10 {
        let point = box.map { Double.random(in: $0.lower...$0.upper, using: &formulas.random) }
        let f = compiled(point)
        guard f.isFinite else { continue }
        #expect(value.contains(f), "\(formula) at \(point): \(f) outside \(value)")
        for (place, slope) in compiled.gradient(at: point).enumerated() where slope.isFinite {
          #expect(
            inside(gradient[place], slope), "\(formula) at \(point): \(slope) outside \(gradient[place])")
        }
        for (place, bend) in hessian.dense(at: point).enumerated() where bend.isFinite {
          #expect(inside(second[place], bend), "\(formula) at \(point): \(bend) outside \(second[place])")
        }
      }
    }
  }

  /// Whether a value that was rounded itself lies inside.
  private func inside(_ interval: Interval, _ value: Double) -> Bool {
    interval.widened(by: 64 + 1e-9 * value.magnitude / value.ulp).contains(value)
  }

  /// Values from mpmath at doubles beside zeros, where the error of a series is all that is computed.
  @Test(arguments: [
    (Expr.call(.besselj, [0, Expr("x")]), 2.404825557695773, -6.108765259736730e-17),
    (.call(.besselj, [1, Expr("x")]), 3.8317059702075125, -6.149807356994906e-17),
  ])
  func besideZerosOfSeries(f: Expr, x: Double, value: Double) throws {
    let function = try CompiledFunction(f, variables: [Variable("x")])
    #expect(function.enclosure(of: [Interval(x)]).contains(value))
    #expect(function.valueRoundingLevel(at: [x]) >= (function([x]) - value).magnitude)
  }

  /// Where there is no zero small values keep their digits.
  @Test func belowTheOrderSmallValuesAreKnown() throws {
    let function = try CompiledFunction(.call(.besselj, [50, Expr("x")]), variables: [Variable("x")])
    #expect(function.valueRoundingLevel(at: [1]) < 1e-90)
  }

  @Test(arguments: [
    ("square", 0.0, 4.0), ("product", -2.0, 4.0), ("reciprocal", -Double.infinity, Double.infinity),
  ])
  func knownEnclosures(_ what: String, _ lower: Double, _ upper: Double) throws {
    let x = Interval(-1, 2)
    let result =
      switch what {
      case "square": x.squared
      case "product": x * x
      default: Interval(1) / x
      }
    #expect(result.lower <= lower && result.lower >= lower - 1e-300 - 1e-15 * lower.magnitude)
    #expect(result.upper >= upper && result.upper <= upper + 1e-15 * upper.magnitude)
  }

  /// A power of a negative base has a value where the exponent is whole, and a whole exponent may come in an interval.
  @Test func powersOfNegativeBases() {
    func power(_ a: Interval, _ b: Interval) -> Interval { Interval.value(.power, a, b, Interval(0), nil) }
    let cube = power(Interval(-2), Interval(2.999, 3.001))
    #expect(cube.contains(-8) && !cube.isContinuous && cube.upper < 0)
    #expect(power(Interval(-2), Interval(1.5, 3.5)).contains(4))
    #expect(power(Interval(-2), Interval(2.4, 2.6)).isEmpty)
    #expect(power(Interval(-2, 2), Interval(-1e9, 1e9)).contains(-8))
  }

  /// What stands beside an adjoint of 0 does not matter, even where it has no value.
  @Test func anAdjointOfZeroBesideNothing() throws {
    let branches = call("if", 1 + x.squared, y, y / x)
    let function = try CompiledFunction(branches, variables: ["x", "y"])
    let enclosure = function.gradientEnclosure(of: [Interval(0), Interval(3)])
    #expect(
      enclosure.value.contains(3) && enclosure.gradient[0].contains(0) && enclosure.gradient[1].contains(1))
  }

  /// 1 to any power is 1: what the exponent's slope is does not matter, nor that a Bessel function has none by its order.
  @Test(arguments: [Expr("x"), pow(Expr("x"), Expr.integer(-1))]) func powersOfOne(exponent: Expr) throws {
    let order = pow(Expr.integer(1), exponent)
    for outer in [call("tan", call("cos", x)), call("tan", call("tan", x))] {
      let function = try CompiledFunction(outer * call("besselj", order, Expr("y")), variables: ["x", "y"])
      for point in [[1.0, 0.25], [-0.4, 1.5]] {
        let enclosure = function.gradientEnclosure(of: point.map { Interval($0) })
        for (slope, found) in zip(function.gradient(at: point), enclosure.gradient) {
          #expect(slope.isFinite && found.widened(by: 64).contains(slope), "\(slope) outside \(found)")
        }
      }
    }
  }

  /// One condition may decide alone, where the other has no value.
  @Test func conditionsThatDecideAlone() throws {
    let variables: [Variable] = ["x", "y"]
    for (name, y, value) in [("or", 2.0, 1.0), ("and", 0, 0)] {
      let function = try CompiledFunction(call(name, call("ln", x), Expr("y")), variables: variables)
      #expect(function([-1, y]) == value)
      #expect(function.enclosure(of: [Interval(-1), Interval(y)]).contains(value))
    }
  }

  @Test func continuityIsLostAtPolesJumpsAndEdges() {
    #expect((Interval(1) / Interval(1, 2)).isContinuous)
    #expect(!(Interval(1) / Interval(-1, 2)).isContinuous)
    #expect(Interval.sine(Interval(-3, 50)).isContinuous)
    #expect(!Interval.tangent(Interval(1, 2)).isContinuous)
    #expect(!Interval.value(.logarithm, Interval(-1, 1), Interval(0), Interval(0), nil).isContinuous)
    #expect(Interval.value(.logarithm, Interval(-2, -1), Interval(0), Interval(0), nil).isEmpty)
  }
}
