import FoundationEssentials

/// An optimization problem of the collections in `Problems`, one line of JSON each.
struct Problem: Decodable {
  struct Start: Decodable {
    var label: String
    var x: [Double]
  }

  struct Minimum: Decodable {
    var f: String
    var kind: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      kind = try container.decode(String.self, forKey: .kind)
      if let number = try? container.decode(Double.self, forKey: .f) {
        f = String(number)
      } else {
        f = try container.decode(String.self, forKey: .f)
      }
    }

    enum CodingKeys: String, CodingKey { case f, kind }
  }

  var name: String
  var source: String
  var sense: String
  var formula: String
  var vars: [String]
  var starts: [Start]
  var bounds: [[Double?]?]?
  var fstar: String
  var minima: [Minimum]?
  var expect: String

  /// `global` or the kind of a listed minimum with this value; nil for other values.
  func kind(of f: Double) -> String? {
    guard f.isFinite else { return nil }
    let sign = sense == "max" ? -1.0 : 1
    if let best = Double(fstar) {
      let excess = sign * (f - best) / max(1, best.magnitude)
      if excess <= 1e-8, excess >= -1e-7 { return "global" }
    }
    for minimum in minima ?? [] {
      guard let value = Double(minimum.f) else { continue }
      let distance = (f - value).magnitude
      if distance <= 1e-7 * value.magnitude || distance <= 1e-9 { return minimum.kind }
    }
    return nil
  }

  /// Whether something other than a minimum may be the right answer.
  var isOpenEnded: Bool { fstar == "unbounded" || expect != "converge" }
}
