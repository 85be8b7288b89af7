import NablaAlgebra
import NablaBasics

/// Elementary functions on rows of numbers.
enum ElementaryKernels {
  /// A function on a row by vectors, with the C library for the arguments that these do not take.
  @inline(__always)
  private static func each(
    _ result: UnsafeMutablePointer<Double>, _ row: UnsafePointer<Double>, _ count: Int,
    _ isEasy: (Lanes) -> SIMDMask<SIMD8<Int64>>, _ fast: (Lanes) -> Lanes, _ slow: (Double) -> Double
  ) {
    var place = 0
    while place < count {
      let x = Lanes(at: row + place)
      UnsafeMutableRawPointer(result + place).storeBytes(of: fast(x), as: Lanes.self)
      let hard = Lanes(repeating: 1).replacing(with: 0, where: isEasy(x))
      if hard.sum() > 0 {
        for lane in 0..<8 where hard[lane] > 0 { result[place &+ lane] = slow(x[lane]) }
      }
      place &+= 8
    }
  }

  @inline(__always)
  private static func below(_ bound: Double) -> (Lanes) -> SIMDMask<SIMD8<Int64>> {
    { VectorMath.magnitude($0) .<= bound }
  }

  /// One elementary function on a row, at most 2 units in the last place off; false where the code is none.
  ///
  /// Whole vectors are read and written; result and row do not overlap.
  static func apply(
    _ code: StepCode, _ result: UnsafeMutablePointer<Double>, _ row: UnsafePointer<Double>, _ count: Int
  ) -> Bool {
    switch code {
    case .exponential: each(result, row, count, below(708), VectorMath.exponential, Libm.exp)
    case .exponentialMinusOne:
      each(result, row, count, below(708), VectorMath.exponentialMinusOne, Libm.expm1)
    case .logarithm:
      each(
        result, row, count, { ($0 .>= 0x1p-1022) .& ($0 .<= .greatestFiniteMagnitude) },
        VectorMath.logarithm, Arithmetic.logarithm)
    case .logarithmOfOnePlus:
      each(
        result, row, count, { ($0 .> -0.999) .& ($0 .<= 1e300) .& (VectorMath.magnitude($0) .>= 1e-300) },
        VectorMath.logarithmOfOnePlus, Arithmetic.logarithmOfOnePlus)
    case .sine: each(result, row, count, VectorMath.isModerateAngle, VectorMath.sine, Libm.sin)
    case .cosine: each(result, row, count, VectorMath.isModerateAngle, VectorMath.cosine, Libm.cos)
    case .tangent: each(result, row, count, VectorMath.isModerateAngle, VectorMath.tangent, Libm.tan)
    case .secant:
      each(result, row, count, VectorMath.isModerateAngle, { 1 / VectorMath.cosine($0) }, RealMath.sec)
    case .hyperbolicTangent: each(result, row, count, below(350), VectorMath.hyperbolicTangent, Libm.tanh)
    case .hyperbolicSine: each(result, row, count, below(708), VectorMath.hyperbolicSine, Libm.sinh)
    case .hyperbolicCosine: each(result, row, count, below(708), VectorMath.hyperbolicCosine, Libm.cosh)
    case .hyperbolicSecant: each(result, row, count, below(350), VectorMath.hyperbolicSecant, RealMath.sech)
    case .sigmoid: each(result, row, count, below(700), VectorMath.sigmoid, RealMath.sigmoid)
    case .softplus: each(result, row, count, below(700), VectorMath.softplus, RealMath.softplus)
    case .arctangent: each(result, row, count, { $0 .== $0 }, VectorMath.arctangent, Libm.atan)
    default: return false
    }
    return true
  }

  /// The sines and the cosines of a row, for little more than one of the two.
  @inline(never)
  static func sineCosine(
    _ sines: UnsafeMutablePointer<Double>, _ cosines: UnsafeMutablePointer<Double>,
    _ row: UnsafePointer<Double>, _ count: Int
  ) {
    var place = 0
    while place < count {
      let x = Lanes(at: row + place)
      let (sine, cosine) = VectorMath.sineAndCosine(x)
      UnsafeMutableRawPointer(sines + place).storeBytes(of: sine, as: Lanes.self)
      UnsafeMutableRawPointer(cosines + place).storeBytes(of: cosine, as: Lanes.self)
      let hard = Lanes(repeating: 1).replacing(with: 0, where: VectorMath.isModerateAngle(x))
      if hard.sum() > 0 {
        for lane in 0..<8 where hard[lane] > 0 {
          sines[place &+ lane] = Libm.sin(x[lane])
          cosines[place &+ lane] = Libm.cos(x[lane])
        }
      }
      place &+= 8
    }
  }

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
