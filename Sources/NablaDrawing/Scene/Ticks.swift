import NablaBasics

/// The marks along an axis, at steps of 1, 2 or 5 times a power of ten.
///
///     Ticks.places(from: -8, to: 3, about: 5)   // [-8, -6, -4, -2, 0, 2]
public enum Ticks {
  /// The multiples of the nicest step between two values, about `count` of them; none for an empty or
  /// infinite stretch.
  public static func places(from low: Double, to high: Double, about count: Int) -> [Double] {
    guard low.isFinite, high.isFinite, low < high, count > 0, (high - low).isFinite else { return [] }
    let rough = (high - low) / Double(count)
    let power = Libm.pow(10, Libm.log10(rough).rounded(.down))
    let step = ([1, 2, 5].first { $0 * power >= rough * 0.75 } ?? 10) * power
    guard step > 0 else { return [] }
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }
}
