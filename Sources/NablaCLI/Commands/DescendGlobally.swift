import Nabla
import NablaBasics
import NablaDescent

/// One run of `minimize --global` or `maximize --global`: the whole box, with a proof.
struct DescendGlobally {
  let subject: Subject
  let sense: Objective.Sense

  private var invocation: Invocation { subject.invocation }
  private var glyphs: Glyphs { invocation.glyphs }

  /// The most variables: the work grows with a power of their number.
  static let mostVariables = 4

  func run() throws(Failure) -> Command.Exit {
    let given = invocation.arguments.value(.within)
    guard subject.variables.count <= DescendGlobally.mostVariables else {
      throw subject.refuse(
        "a whole box is searched in up to \(DescendGlobally.mostVariables) variables, not \(subject.variables.count)"
      )
    }
    guard let box = try subject.box(of: .within),
      box.allSatisfy({ $0.lowerBound.isFinite && $0.upperBound.isFinite })
    else {
      throw .usage(
        UsageError(
          .missing("a box with two ends for each variable", command: invocation.arguments.command.name),
          at: given?.argument ?? invocation.arguments.end, fix: "--within -5..5"))
    }
    let found: GlobalMinimum
    do {
      found = try subject.formula.globalMinimum(
        within: box, sense: sense, cancellation: invocation.cancellation)
    } catch { throw Failure(error) }
    if invocation.isJSON {
      invocation.console.answer(json: answer(found, box))
    } else {
      show(found, box)
    }
    return isProved(found) && !found.isInfimum ? .answered : .no
  }

  private var extremum: String { sense == .minimize ? "minimum" : "maximum" }
  private var lowest: String { sense == .minimize ? "least" : "greatest" }

  private func isProved(_ found: GlobalMinimum) -> Bool { found.end == .proved || found.end == .valueProved }

  /// What was found, by its name.
  private func verdict(_ found: GlobalMinimum) -> String {
    if found.isInfimum { return sense == .minimize ? "infimum" : "supremum" }
    return isProved(found) ? "global \(extremum)" : "not proved"
  }

  /// An enclosure of f itself, whichever way it was searched.
  private func value(_ found: GlobalMinimum) -> Interval { sense == .minimize ? found.value : -found.value }

  /// Why it ended, as a sentence.
  private func reason(_ found: GlobalMinimum) -> String {
    switch found.end {
    case _ where found.isInfimum:
      "\(subject.name) jumps: it comes as near to this value as one likes, and has no \(lowest) value"
    case .proved: "every other part of the box is proved to hold no \(extremum)"
    case .valueProved:
      "the \(lowest) value is proved; the points that reach it are too many, or too flat, to be told apart"
    case .exhausted:
      "\(counted(found.boxes, "box", "boxes")) were not enough to prove it; the \(lowest) value lies in the range given"
    case .indistinct where found.value.lower == -.infinity:
      "\(subject.name) has no \(lowest) value that could be enclosed: it \(sense == .minimize ? "falls" : "rises") without bound there, or has no value"
    case .indistinct:
      "boxes as narrow as can be are left, and rounding is too large there to prove more; the \(lowest) value lies in the range given"
    case .interrupted: "interrupted after \(counted(found.boxes, "box", "boxes"))"
    case .undefined: "the formula has no value that could be found in the box"
    }
  }

  private func show(_ found: GlobalMinimum, _ box: [ClosedRange<Double>]) {
    let console = invocation.console
    console.answer(subject.echo + Styled("      the whole of " + shown(box), .hint))
    console.answer()
    guard !found.value.isEmpty else {
      console.answer(Styled(glyphs.cross + " ", .error) + Styled(reason(found)))
      return
    }
    let title =
      isProved(found) && !found.isInfimum
      ? Styled(verdict(found), .keyword) : Styled(glyphs.cross + " " + verdict(found), .error)
    console.answer(title + Styled("   \(subject.name) in \(range(value(found)))"))
    for place in found.places.prefix(20) {
      let center = zip(place.point, place.box).map {
        invocation.number(rounded($0, in: $1, isUnique: place.isUnique))
      }
      let tuple =
        center.count == 1 ? "\(subject.shownName(0)) = \(center[0])" : PointText(glyphs: glyphs).tuple(center)
      let width = place.box.map(\.width).max() ?? 0
      let isWide =
        !place.isUnique && zip(place.box, place.point).contains { $0.width > 1e-6 * max(1, $1.magnitude) }
      let within = width == 0 ? "" : "   \(glyphs.worded("±")) \(invocation.number(width / 2, digits: 2))"
      let kind = place.isUnique ? ", one stationary point" : ""
      let preposition = place.isReached || !isProved(found) ? "at" : "beside the jump at"
      if isWide {
        let all = place.box.map { $0.lower...$0.upper }
        console.answer(
          reaches(place.point, found)
            ? "  \(preposition) \(tuple), and all others like it in \(shown(all))"
            : "  somewhere in \(shown(all))")
      } else {
        console.answer("  \(preposition) \(tuple)\(within)\(kind)")
      }
    }
    if found.places.count > 20 { console.answer("  and \(found.places.count - 20) more") }
    console.answer(Styled(glyphs.worded(reason(found)) + ": \(counted(found.boxes, "box", "boxes"))", .hint))
  }

  /// A coordinate to the digits that its interval tells.
  private func rounded(_ x: Double, in part: Interval, isUnique: Bool) -> Double {
    if isUnique, part.contains(0) { return 0 }
    let told = isUnique ? part.width / 2 : min(part.width / 2, part.magnitude * 1e-13)
    guard told > 0, x.isFinite else { return x }
    let digits = -Libm.log10(told).rounded(.down)
    let unit = Libm.pow(10, digits.magnitude)
    let short = digits > 0 ? (x * unit).rounded() / unit : (x / unit).rounded() * unit
    return short.isFinite ? short : x
  }

  /// Whether f is as low at a point as was proved, to nine digits.
  private func reaches(_ point: [Double], _ found: GlobalMinimum) -> Bool {
    guard let f = try? subject.formula.value(at: point) else { return false }
    let value = value(found)
    let slack = 1e-9 * max(1, value.magnitude)
    return f >= value.lower - slack && f <= value.upper + slack
  }

  private func range(_ value: Interval) -> String {
    let digits = max(invocation.digits, 12)
    return
      "[\(invocation.number(value.lower, digits: digits)), \(invocation.number(value.upper, digits: digits))]"
  }

  private func shown(_ box: [ClosedRange<Double>]) -> String {
    let parts = box.indices.map {
      "\(invocation.number(box[$0].lowerBound)) \(glyphs.atMost) \(subject.shownName($0)) \(glyphs.atMost) "
        + invocation.number(box[$0].upperBound)
    }
    return parts.joined(separator: ", ")
  }

  private func answer(_ found: GlobalMinimum, _ box: [ClosedRange<Double>]) -> GlobalAnswer {
    let isSuccess = isProved(found) && !found.isInfimum
    func ends(_ interval: Interval) -> [JSONNumber] {
      [JSONNumber(interval.lower), JSONNumber(interval.upper)]
    }
    return GlobalAnswer(
      formula: subject.plainEcho, variables: subject.plainNames,
      bounds: box.map { [JSONNumber($0.lowerBound), JSONNumber($0.upperBound)] }, value: ends(value(found)),
      places: found.places.map {
        .init(
          box: $0.box.map(ends), unique: $0.isUnique, point: $0.point.map { JSONNumber($0) },
          reached: $0.isReached)
      },
      verdict: verdict(found), success: isSuccess,
      reason: Glyphs.plain.worded(reason(found)), boxes: found.boxes, notes: subject.noticesOrNil)
  }
}

/// The answer of `minimize --global`.
private struct GlobalAnswer: Encodable {
  struct Place: Encodable {
    /// The two ends for each variable.
    var box: [[JSONNumber]]
    /// Whether there is exactly one stationary point inside.
    var unique: Bool
    /// The point inside with the lowest value that was seen.
    var point: [JSONNumber]
    /// Whether f is not seen to jump there, away from the values that come as low as any.
    var reached: Bool
  }

  var schema = "nabla.global.1"
  var formula: String
  var variables: [String]
  var bounds: [[JSONNumber]]
  /// The two ends of what is proved about the least value.
  var value: [JSONNumber]
  var places: [Place]
  var verdict: String
  var success: Bool
  var reason: String
  var boxes: Int
  var notes: [NoticeAnswer]?
}
