import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

@Suite struct WideNumberTests {
  private static let operations: [Opcode] = [.add, .subtract, .multiply, .divide, .power]
  private static let functions: [Opcode] = [
    .squareRoot, .cubeRoot, .exponential, .logarithm, .sine, .tangent, .hyperbolicTangent, .negate, .absolute,
  ]

  /// Where doubles do not leave their range, wide numbers have their bits.
  @Test(arguments: 0..<20) func hasTheBitsOfDoubles(start: Int) {
    var random = SplitMix64(start: UInt64(start))
    for _ in 0..<2000 {
      let (a, b) = (Self.number(&random), Self.number(&random))
      for opcode in Self.operations + Self.functions {
        let expected = Arithmetic.value(opcode, a, b, 0, nil)
        guard expected.isNormal || expected == 0 && a == b else { continue }
        let found = WideNumber.value(opcode, WideNumber(a), WideNumber(b), .zero, nil)
        #expect(found.double == expected, "\(opcode) of \(a) and \(b)")
      }
      #expect((WideNumber(a) < WideNumber(b)) == (a < b))
    }
  }

  /// A number of any size, or a moderate one.
  private static func number(_ random: inout SplitMix64) -> Double {
    let exponent = Bool.random(using: &random) ? Int.random(in: -1000...1000, using: &random) : 0
    let digits = Double.random(in: 1...2, using: &random) * (Bool.random(using: &random) ? 1 : -1)
    return Double(sign: .plus, exponent: exponent, significand: digits)
  }

  private func value(_ opcode: Opcode, _ a: WideNumber, _ b: WideNumber = .zero) -> WideNumber {
    WideNumber.value(opcode, a, b, .zero, nil)
  }

  /// Of numbers whose exponents a `Double` does not have, in pairs of what is the same.
  @Test func agreesWithItselfFarOutside() {
    let far = value(.exponential, WideNumber(12_345))
    let near = value(.exponential, WideNumber(-12_345))
    let pairs: [(WideNumber, Double)] = [
      (far * near, 1), (far / far, 1), (WideNumber(far.logarithm), 12_345),
      (WideNumber(near.logarithm), -12_345),
      (far.squareRoot / value(.exponential, WideNumber(6172.5)), 1),
      (near.squareRoot / value(.exponential, WideNumber(-6172.5)), 1),
      (value(.cubeRoot, far) / value(.exponential, WideNumber(4115)), 1),
      (value(.cubeRoot, -near) / value(.exponential, WideNumber(-4115)), -1),
      (value(.power, far, WideNumber(3)) / (far * far * far), 1),
      (value(.power, -near, WideNumber(3)) / (near * near * near), -1),
      (value(.power, -near, WideNumber(2)) / (near * near), 1),
      (value(.power, WideNumber(10), WideNumber(-400)) * value(.power, WideNumber(10), WideNumber(400)), 1),
      (value(.oddPower, -far, WideNumber(0.5)) / far.squareRoot, -1),
      ((far + near) / far, 1), ((far - far) + near / near, 1), (value(.exponential, near), 1),
    ]
    for (place, (found, expected)) in pairs.enumerated() {
      #expect((found.double - expected).magnitude <= 1e-11 * expected.magnitude, "\(place): \(found)")
    }
    #expect(value(.power, -near, WideNumber(0.5)).isNaN)
    let least = WideNumber(.leastNonzeroMagnitude)
    #expect(near > .zero && near < far && -far < near && near.double == 0 && far.double == .infinity)
    #expect(!near.isPlain && least.isPlain && least.double == .leastNonzeroMagnitude)
    // An exponent that no word holds ends somewhere.
    #expect(value(.exponential, far).isInfinite && value(.exponential, -far) == .smallest)
    let square = (0..<80).reduce(far) { number, _ in number * number }
    let small = (0..<80).reduce(near) { number, _ in number * number }
    #expect(square.isInfinite && small == .smallest)
  }
}

@Suite struct RangeLossTests {
  /// One function in two forms; in the first numbers become too large or too small, in the second they do not.
  private static let pairs: [(String, Expr, Expr)] = {
    let (up, down) = (exp(x), exp(-x))
    return [
      ("x/(eˣ − 1)", x / (up - 1), x * down / (1 - down)),
      ("x/cosh x", x / call("cosh", x), 2 * x * down / (1 + exp(-2 * x))),
      ("x³/sinh x", pow(x, 3) / call("sinh", x), 2 * pow(x, 3) * down / (1 - exp(-2 * x))),
      ("x²/(2 + eˣ)", x.squared / (2 + up), x.squared * down / (1 + 2 * down)),
      ("eˣ/(1 + eˣ)²", up / (1 + up).squared, down / (1 + down).squared),
      ("1/(eˣ − 1)", 1 / (up - 1), down / (1 - down)),
      (
        "(e²ˣ + x)/(e³ˣ − 1)", (exp(2 * x) + x) / (exp(3 * x) - 1),
        down * (1 + x * exp(-2 * x)) / (1 - exp(-3 * x))
      ),
      ("√(eˣ + 1)/e²ˣ", (up + 1).squareRoot / exp(2 * x), exp(-x - x / 2) * (1 + down).squareRoot),
      ("Γ(x)/Γ(x + 1)", call("gamma", x) / call("gamma", x + 1), 1 / x),
    ]
  }()

  @Test(arguments: pairs.indices) func theRangeOfADoubleIsNoLimit(place: Int) throws {
    let (name, formula, other) = Self.pairs[place]
    let function = try CompiledFunction(formula, variables: ["x"])
    let expected = try CompiledFunction(other, variables: ["x"])
    for step in 1...34 {
      let point = 20 * Double(step)
      var slopes: [Double] = []
      let truth = expected.valueAndGradient(at: [point], into: &slopes)
      guard truth.magnitude > 1e-300, slopes[0].magnitude > 1e-300 else { continue }
      let found = function.valueAndGradientWithLevels(at: [point])
      let plain = function.roundingLevel(at: [point])
      let pairs = [
        (found.value, truth, found.level.value, function([point]), plain.value),
        (
          found.gradient[0], slopes[0], found.level.gradient[0], function.gradient(at: [point])[0],
          plain.gradient[0]
        ),
      ]
      for (number, truth, level, plain, plainLevel) in pairs {
        #expect((number - truth).magnitude <= 1e-11 * truth.magnitude, "\(name) at \(point): \(number)")
        #expect(level <= 1e-5 * truth.magnitude, "\(name) at \(point): \(level)")
        // What plain operations give is no farther from the truth than is said.
        if plain.isFinite {
          #expect(
            (plain - truth).magnitude <= 2 * plainLevel + 1e-11 * truth.magnitude,
            "\(name) at \(point): \(plain)")
        }
      }
    }
  }

  /// A number stays as plain operations gave it, to the last bit, where these lost nothing.
  @Test func whatLostNothingStays() throws {
    let function = try CompiledFunction(
      call("sin", x) * exp(y) / (1 + x.squared) + call("ln", y), variables: ["x", "y"])
    for point in [[0.3, 1.7], [12, 300], [-4.5, 0.01]] {
      var slopes: [Double] = []
      let value = function.valueAndGradient(at: point, into: &slopes)
      let found = function.valueAndGradientWithLevels(at: point)
      let level = function.roundingLevel(at: point)
      #expect(found.value == value && found.gradient == slopes)
      #expect(found.level.value == level.value && found.level.gradient == level.gradient)
    }
  }

  /// What only a closure computes is lost beyond the range of a `Double`; the bound says so.
  @Test func whatIsLostHasABound() throws {
    let level = { (formula: Expr, point: Double) in
      try CompiledFunction(formula, variables: ["x"]).valueAndGradientWithLevels(at: [point]).level.value
    }
    #expect(try level(call("erfc", x) * exp(x * 20), 30) >= Double.leastNonzeroMagnitude * 1e260)
    #expect(try level(1 / call("erfi", x), 40) > 0)
    #expect(try level(1 / call("erfi", x), 40) < 1e-300)
    #expect(try level(1 - call("erfi", x) / call("erfi", x), 40).isNaN)
    #expect(try level(call("max", x, 0) * exp(-100 * x), -2) == 0)
    #expect(try level(call("relu", x) * exp(-100 * x), -2) == 0)
    #expect(try level(call("floor", x) * exp(700 * x), 0.9) == 0)
  }

  /// Derivatives are not held against values that are lost.
  @Test func whatLostItsRangeIsTold() throws {
    let function = try CompiledFunction(1 / (x.squared - 1).squareRoot, variables: ["x"])
    #expect(function.losesItsRange(at: [1e200]) && function.losesItsRange(at: [0]))
    #expect(!function.losesItsRange(at: [1e100]) && !function.losesItsRange(at: [1.5]))
  }
}
