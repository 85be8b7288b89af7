import NablaBasics
import NablaDescent

extension Subject {
  /// The box of `--within` as bounds, of which both may be one number; nil where the option is not given.
  func bounds() throws(Failure) -> Bounds? {
    try box(of: .within, allowsPoint: true).map { Bounds($0) }
  }
}
