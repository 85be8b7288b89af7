import NablaAlgebra
import NablaBasics

/// Elementary functions on rows of numbers.
enum ElementaryKernels {
  /// A function on a row by vectors, with the C library for the arguments that these do not take: one look for all,
  /// another for each where there are any.
  @inline(__always)
  private static func each(
    _ result: UnsafeMutablePointer<Double>, _ row: UnsafePointer<Double>, _ count: Int,
    _ isHard: (Lanes) -> VectorMath.Mask, _ fast: (Lanes) -> Lanes, _ slow: (Double) -> Double
  ) {
    var hard = VectorMath.Mask(repeating: false)
    var place = 0
    while place < count {
      let x = Lanes(at: row + place)
      UnsafeMutableRawPointer(result + place).storeBytes(of: fast(x), as: Lanes.self)
      hard .|= isHard(x)
      place &+= 8
    }
    if any(hard) { repair(row, count, isHard) { result[$0] = slow(row[$0]) } }
  }

  /// The same with two results.
  @inline(__always)
  private static func each(
    _ first: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>,
    _ row: UnsafePointer<Double>, _ count: Int, _ fast: (Lanes) -> (Lanes, Lanes, VectorMath.Mask),
    _ slow: (Double) -> (Double, Double)
  ) {
    var hard = VectorMath.Mask(repeating: false)
    var place = 0
    while place < count {
      let (one, other, isHard) = fast(Lanes(at: row + place))
      UnsafeMutableRawPointer(first + place).storeBytes(of: one, as: Lanes.self)
      UnsafeMutableRawPointer(second + place).storeBytes(of: other, as: Lanes.self)
      hard .|= isHard
      place &+= 8
    }
    if any(hard) { repair(row, count, { fast($0).2 }) { (first[$0], second[$0]) = slow(row[$0]) } }
  }

  @inline(__always)
  private static func repair(
    _ row: UnsafePointer<Double>, _ count: Int, _ isHard: (Lanes) -> VectorMath.Mask, _ body: (Int) -> Void
  ) {
    var place = 0
    while place < count {
      let hard = isHard(Lanes(at: row + place))
      if any(hard) {
        for lane in 0..<8 where hard[lane] { body(place &+ lane) }
      }
      place &+= 8
    }
  }

  @inline(__always)
  private static func beyond(_ bound: Double) -> (Lanes) -> VectorMath.Mask {
    { .!(VectorMath.magnitude($0) .<= bound) }
  }

  /// One elementary function on a row, at most 2 units in the last place off; false where the code is none.
  ///
  /// Whole vectors are read and written; results and row do not overlap. `second` gets what a step with two results
  /// has besides.
  static func apply(
    _ code: StepCode, _ result: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>,
    _ row: UnsafePointer<Double>, _ count: Int
  ) -> Bool {
    typealias Math = VectorMath
    switch code {
    case .exponential: each(result, row, count, beyond(708), Math.exponential, Libm.exp)
    case .exponentialMinusOne: each(result, row, count, beyond(708), Math.exponentialMinusOne, Libm.expm1)
    case .logarithm:
      each(
        result, row, count, { .!(($0 .>= 0x1p-1022) .& ($0 .<= .greatestFiniteMagnitude)) }, Math.logarithm,
        Arithmetic.logarithm)
    case .logarithmOfOnePlus:
      each(
        result, row, count, { .!(($0 .> -0.999) .& ($0 .<= 1e300)) }, Math.logarithmOfOnePlus,
        Arithmetic.logarithmOfOnePlus)
    case .sine: each(result, row, count, hardAngle, { Math.sineAndCosine($0).sine }, Libm.sin)
    case .cosine: each(result, row, count, hardAngle, { Math.sineAndCosine($0).cosine }, Libm.cos)
    case .secant: each(result, row, count, beyond(1e5), Math.secant, RealMath.sec)
    case .sineCosine:
      each(result, second, row, count, Math.sineAndCosine) { (Libm.sin($0), Libm.cos($0)) }
    case .tangent: each(result, row, count, beyond(1e5), Math.tangent, Libm.tan)
    case .hyperbolicTangent: each(result, row, count, beyond(350), Math.hyperbolicTangent, Libm.tanh)
    case .hyperbolicSine: each(result, row, count, beyond(708), Math.hyperbolicSine, Libm.sinh)
    case .hyperbolicCosine: each(result, row, count, beyond(708), Math.hyperbolicCosine, Libm.cosh)
    case .hyperbolicSecant: each(result, row, count, beyond(350), Math.hyperbolicSecant, RealMath.sech)
    case .sigmoid:
      let table = LogisticTable.shared
      each(result, row, count, isFarLeft, { Math.softplusAndSigmoid($0, table).sigmoid }) { logistic($0).1 }
    case .softplus:
      let table = LogisticTable.shared
      each(result, row, count, isFarLeft, { Math.softplusAndSigmoid($0, table).softplus }) { logistic($0).0 }
    case .softplusSigmoid:
      let table = LogisticTable.shared
      each(result, second, row, count) { x in
        let (softplus, sigmoid) = Math.softplusAndSigmoid(x, table)
        return (softplus, sigmoid, isFarLeft(x))
      } _: {
        logistic($0)
      }
    case .arctangent: each(result, row, count, { $0 .!= $0 }, Math.arctangent, Libm.atan)
    default: return false
    }
    return true
  }

  @inline(__always)
  private static func isFarLeft(_ x: Lanes) -> VectorMath.Mask { .!(x .>= -LogisticTable.bound) }

  /// ln(1 + eˣ) and 1/(1 + e⁻ˣ) for x < −40, where both are eˣ.
  private static func logistic(_ x: Double) -> (Double, Double) {
    let power = Libm.exp(x)
    return (power, power)
  }

  @inline(__always)
  private static func hardAngle(_ x: Lanes) -> VectorMath.Mask { VectorMath.sineAndCosine(x).isHard }

  /// Any function of one argument number by number, as the scalar executor computes it.
  @inline(__always)
  static func one(_ code: StepCode, _ x: Double) -> Double {
    switch code {
    case .squareRoot: x.squareRoot()
    case .floor: x.rounded(.down)
    case .sign: RealMath.sign(x)
    case .absolute: x.magnitude
    case .exponential: Libm.exp(x)
    case .logarithm: Arithmetic.logarithm(x)
    case .sine: Libm.sin(x)
    case .cosine: Libm.cos(x)
    case .tangent: Libm.tan(x)
    case .hyperbolicTangent: Libm.tanh(x)
    case .logarithmOfOnePlus: Arithmetic.logarithmOfOnePlus(x)
    case .exponentialMinusOne: Libm.expm1(x)
    case .sigmoid: RealMath.sigmoid(x)
    case .softplus: RealMath.softplus(x)
    case .hyperbolicSine: Libm.sinh(x)
    case .hyperbolicCosine: Libm.cosh(x)
    case .hyperbolicSecant: RealMath.sech(x)
    case .secant: RealMath.sec(x)
    case .arctangent: Libm.atan(x)
    case .cubeRoot: RealMath.cbrt(x)
    default: .nan
    }
  }
}
