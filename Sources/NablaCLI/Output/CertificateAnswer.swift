import NablaDescent

/// What is known about the end of a descent, as JSON; a missing key has nothing to say.
struct CertificateAnswer: Encodable {
  struct Bound: Encodable {
    var variable: String
    var value: JSONNumber
    var side: String
    var multiplier: JSONNumber
  }

  /// |∇f| there.
  var gradient_norm: JSONNumber
  var smallest_eigenvalue: JSONNumber?
  var largest_eigenvalue: JSONNumber?
  /// The largest eigenvalue over the smallest, by size.
  var condition: JSONNumber?
  /// An estimate of |f − f*|.
  var newton_decrement: JSONNumber?
  /// About how many digits of x are to be trusted.
  var digits: Int?
  /// The bounds that hold the point.
  var bounds: [Bound]?

  init(_ certificate: Certificate, names: [String]) {
    gradient_norm = JSONNumber(certificate.gradientNorm)
    smallest_eigenvalue = certificate.eigenvalues?.first.map { JSONNumber($0) }
    largest_eigenvalue = certificate.eigenvalues?.last.map { JSONNumber($0) }
    condition = certificate.condition.map { JSONNumber($0) }
    newton_decrement = certificate.newtonDecrement.map { JSONNumber($0) }
    digits = certificate.digits
    let held = certificate.activeBounds.map { bound in
      Bound(
        variable: names[bound.variable], value: JSONNumber(bound.value),
        side: bound.isUpper ? "upper" : "lower", multiplier: JSONNumber(bound.multiplier))
    }
    bounds = held.isEmpty ? nil : held
  }
}
