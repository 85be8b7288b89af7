import NablaBasics
import NablaDescent

/// What is known about the end of a descent, in a few short lines.
///
///     every eigenvalue of the Hessian is positive: 0.4 to 1001.6, condition 2510
struct CertificateText {
  let subject: Subject
  let trace: Trace

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }
  private var certificate: Certificate { trace.certificate }

  /// The lines; none for steps that were asked for.
  var lines: [String] {
    guard trace.success, certificate.verdict != .stepsDone else { return [] }
    var lines = [glyphs.worded(certificate.reason) + eigenvalues]
    if !multipliers.isEmpty { lines.append("held by " + multipliers.joined(separator: ", ")) }
    if let digits = certificate.digits, digits < 12, certificate.verdict != .localMinimum,
      certificate.verdict != .localMaximum
    {
      lines.append(
        "about \(counted(digits, "digit")) of \(subject.variables.count == 1 ? subject.shownName(0) : "the point") can be trusted"
      )
    }
    return lines
  }

  private func short(_ value: Double) -> String {
    invocation.number(value, digits: min(4, invocation.digits))
  }

  private var eigenvalues: String {
    switch certificate.verdict {
    case .strictLocalMinimum, .strictLocalMaximum, .globalMinimum, .globalMaximum: break
    default: return ""
    }
    guard let values = certificate.eigenvalues, let low = values.first, let high = values.last else {
      return ""
    }
    if values.count == 1 { return " (second derivative \(short(low)))" }
    let condition = certificate.condition.map { ", condition \(short($0))" } ?? ""
    return " (eigenvalues \(short(low)) to \(short(high))\(condition))"
  }

  private var multipliers: [String] {
    let shown = certificate.activeBounds.prefix(6).map { bound in
      let relation = bound.isUpper ? glyphs.atMost : (glyphs == .unicode ? "≥" : ">=")
      return
        "\(subject.shownName(bound.variable)) \(relation) \(short(bound.value)) (multiplier \(short(bound.multiplier)))"
    }
    return shown + (certificate.activeBounds.count > 6 ? [glyphs.ellipsis] : [])
  }
}
