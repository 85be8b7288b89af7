#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Android)
internal import Android
#elseif os(Windows)
internal import ucrt
#endif

/// The one door to the C mathematics library; each function means what C says it means.
package enum Libm {
  package static func exp(_ x: Double) -> Double { c_exp(x) }
  package static func exp2(_ x: Double) -> Double { c_exp2(x) }
  package static func expm1(_ x: Double) -> Double { c_expm1(x) }
  package static func log(_ x: Double) -> Double { c_log(x) }
  package static func log2(_ x: Double) -> Double { c_log2(x) }
  package static func log10(_ x: Double) -> Double { c_log10(x) }
  package static func log1p(_ x: Double) -> Double { c_log1p(x) }
  package static func pow(_ x: Double, _ y: Double) -> Double { c_pow(x, y) }
  package static func cbrt(_ x: Double) -> Double { c_cbrt(x) }
  package static func hypot(_ x: Double, _ y: Double) -> Double { c_hypot(x, y) }
  package static func fmod(_ x: Double, _ y: Double) -> Double { c_fmod(x, y) }
  package static func sin(_ x: Double) -> Double { c_sin(x) }
  package static func cos(_ x: Double) -> Double { c_cos(x) }
  /// sin x and cos x, bit for bit those of the two calls.
  package static func sinAndCos(_ x: Double) -> (sin: Double, cos: Double) {
    guard let both = c_sincos else { return (c_sin(x), c_cos(x)) }
    var (sine, cosine) = (0.0, 0.0)
    both(x, &sine, &cosine)
    return (sine, cosine)
  }
  package static func tan(_ x: Double) -> Double { c_tan(x) }
  package static func asin(_ x: Double) -> Double { c_asin(x) }
  package static func acos(_ x: Double) -> Double { c_acos(x) }
  package static func atan(_ x: Double) -> Double { c_atan(x) }
  package static func atan2(_ y: Double, _ x: Double) -> Double { c_atan2(y, x) }
  package static func sinh(_ x: Double) -> Double { c_sinh(x) }
  package static func cosh(_ x: Double) -> Double { c_cosh(x) }
  package static func tanh(_ x: Double) -> Double { c_tanh(x) }
  package static func asinh(_ x: Double) -> Double { c_asinh(x) }
  package static func acosh(_ x: Double) -> Double { c_acosh(x) }
  package static func atanh(_ x: Double) -> Double { c_atanh(x) }
  package static func erf(_ x: Double) -> Double { c_erf(x) }
  package static func erfc(_ x: Double) -> Double { c_erfc(x) }
  package static func tgamma(_ x: Double) -> Double { c_tgamma(x) }
}

// Inside the enum the names above hide C's own; these reach past them.
private func c_exp(_ x: Double) -> Double { exp(x) }
private func c_exp2(_ x: Double) -> Double { exp2(x) }
private func c_expm1(_ x: Double) -> Double { expm1(x) }
private func c_log(_ x: Double) -> Double { log(x) }
private func c_log2(_ x: Double) -> Double { log2(x) }
private func c_log10(_ x: Double) -> Double { log10(x) }
private func c_log1p(_ x: Double) -> Double { log1p(x) }
private func c_pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
private func c_cbrt(_ x: Double) -> Double { cbrt(x) }
private func c_hypot(_ x: Double, _ y: Double) -> Double { hypot(x, y) }
private func c_fmod(_ x: Double, _ y: Double) -> Double { fmod(x, y) }
private func c_sin(_ x: Double) -> Double { sin(x) }
private func c_cos(_ x: Double) -> Double { cos(x) }
private func c_tan(_ x: Double) -> Double { tan(x) }
private func c_asin(_ x: Double) -> Double { asin(x) }
private func c_acos(_ x: Double) -> Double { acos(x) }
private func c_atan(_ x: Double) -> Double { atan(x) }
private func c_atan2(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
private func c_sinh(_ x: Double) -> Double { sinh(x) }
private func c_cosh(_ x: Double) -> Double { cosh(x) }
private func c_tanh(_ x: Double) -> Double { tanh(x) }
private func c_asinh(_ x: Double) -> Double { asinh(x) }
private func c_acosh(_ x: Double) -> Double { acosh(x) }
private func c_atanh(_ x: Double) -> Double { atanh(x) }
private func c_erf(_ x: Double) -> Double { erf(x) }
private func c_erfc(_ x: Double) -> Double { erfc(x) }
private func c_tgamma(_ x: Double) -> Double { tgamma(x) }

private typealias SinCos =
  @convention(c) (Double, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void

/// GNU's function for both at once, which its headers show to C++ alone; nil elsewhere.
private let c_sincos: SinCos? = {
  #if canImport(Glibc)
  return dlsym(nil, "sincos").map { unsafeBitCast($0, to: SinCos.self) }
  #else
  return nil
  #endif
}()
