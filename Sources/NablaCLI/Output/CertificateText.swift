import NablaBasics
import NablaDescent

/// What is known about the end of a descent, in a few short lines.
///
///     the gradient vanishes and every eigenvalue of the Hessian is positive (eigenvalues 0.4 to 1001.6, condition 2510)
///     f′ vanishes and f″ ≈ 14.31 > 0
struct CertificateText {
  let subject: Subject
  let trace: Trace
  /// The box that the walk kept in.
  let bounds: Bounds?

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }
  private var certificate: Certificate { trace.certificate }

  /// The lines; none for steps that were asked for.
  var lines: [String] {
    guard trace.success, certificate.verdict != .stepsDone else { return [] }
    var lines = [glyphs.worded(subject.named(oneVariable ?? certificate.reason + eigenvalues))]
    if let held { lines.append(held) }
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

  /// Of one variable, in words of a first course; nil where the reason is another one.
  private var oneVariable: String? {
    guard subject.variables.count == 1, certificate.activeBounds.isEmpty else { return nil }
    let name = subject.name
    let bend = certificate.eigenvalues?.first ?? 0
    let isExact =
      Double(NumberText.significant(bend, digits: min(4, invocation.digits), minus: .ascii)) == bend
    let second = "\(name)″ \(isExact ? "=" : "≈") \(short(bend))"
    switch certificate.verdict {
    case .kink:
      let (one, other) = trace.sense == .minimize ? ("falls", "rises") : ("rises", "falls")
      return "\(name) \(one) up to this point and \(other) from it on; here it has no derivative"
    case .strictLocalMinimum: return "\(name)′ vanishes and \(second) > 0"
    case .strictLocalMaximum: return "\(name)′ vanishes and \(second) < 0"
    case .globalMinimum, .globalMaximum:
      if subject.formula.quadratic != nil, bend != 0, bounds == nil {
        return "\(name) is a parabola that opens \(bend > 0 ? "upwards" : "downwards") (\(second))"
      }
      return certificate.reason + (bend == 0 || certificate.isAtKink ? "" : " (\(second))")
    default: return nil
    }
  }

  private var eigenvalues: String {
    switch certificate.verdict {
    case .strictLocalMinimum, .strictLocalMaximum, .globalMinimum, .globalMaximum: break
    default: return ""
    }
    guard let values = certificate.eigenvalues, let low = values.first, let high = values.last else {
      return ""
    }
    let isDefinite = low > 0 || high < 0
    guard certificate.activeBounds.isEmpty, !certificate.isAtKink, values.count > 1, isDefinite else {
      return ""
    }
    let condition = certificate.condition.map { ", condition \(short($0))" } ?? ""
    return " (eigenvalues \(short(low)) to \(short(high))\(condition))"
  }

  /// `held by y ≥ 1.5; if this bound moved, f would change at the rate 1.819 (its multiplier)`
  private var held: String? {
    let all = certificate.activeBounds
    guard !all.isEmpty else { return nil }
    let most = 6
    let rest = all.count > most ? [glyphs.ellipsis] : []
    let bounds = all.prefix(most).map { bound in
      let relation = bound.isUpper ? glyphs.atMost : (glyphs == .unicode ? "≥" : ">=")
      return "\(subject.shownName(bound.variable)) \(relation) \(short(bound.value))"
    }
    let rates = (all.prefix(most).map { short($0.multiplier) } + rest).joined(separator: ", ")
    let what =
      all.count == 1
      ? "if this bound moved, \(subject.name) would change at the rate \(rates) (its multiplier)"
      : "if these bounds moved, \(subject.name) would change at the rates \(rates) (their multipliers)"
    return "held by \((bounds + rest).joined(separator: ", ")); \(what)"
  }
}
