import NablaBasics
import Records
import Synchronization
import Testing

@testable import NablaDescent

/// What is seen around points, and from how many places, as it was recorded, along families of functions with a parameter
/// p: where the answer changes, and each place that is looked at, count.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedLookTests {
  struct Family: Sendable {
    let name: String
    let n: Int
    var powers = stride(from: -16, through: 2, by: 2)
    var isQuadratic = false
    let f: @Sendable (Double, [Jet]) -> Jet
  }

  static let families: [Family] = [
    .init(name: "p", n: 1, isQuadratic: true) { p, v in p + 0 * v[0] },
    .init(name: "p·x", n: 1, isQuadratic: true) { p, v in p * v[0] },
    .init(name: "p + x²", n: 1, powers: stride(from: 0, through: 18, by: 1), isQuadratic: true) { p, v in
      p + v[0].squared
    },
    .init(name: "p·x²", n: 1, isQuadratic: true) { p, v in p * v[0].squared },
    .init(name: "x² + p·x", n: 1, isQuadratic: true) { p, v in v[0].squared + p * v[0] },
    .init(name: "x⁴ + p·x²", n: 1) { p, v in v[0].squared.squared + p * v[0].squared },
    .init(name: "x⁴ − p·x²", n: 1) { p, v in v[0].squared.squared - p * v[0].squared },
    .init(name: "p·x⁴ − x²", n: 1) { p, v in p * v[0].squared.squared - v[0].squared },
    .init(name: "x³ + p·x²", n: 1) { p, v in v[0].squared * v[0] + p * v[0].squared },
    .init(name: "x³ + p·x", n: 1) { p, v in v[0].squared * v[0] + p * v[0] },
    .init(name: "|x| + p·x²", n: 1) { p, v in v[0].magnitude + p * v[0].squared },
    .init(name: "x² + p·|x|", n: 1) { p, v in v[0].squared + p * v[0].magnitude },
    .init(name: "p·|x| + x", n: 1) { p, v in p * v[0].magnitude + v[0] },
    .init(name: "1 + p·|x| + x²", n: 1) { p, v in 1 + (p * v[0].magnitude + v[0].squared) },
    .init(name: "1 − p·|x| + x²", n: 1) { p, v in 1 + (-p * v[0].magnitude + v[0].squared) },
    .init(name: "3 + x² + y⁴ + p·y²", n: 2) { p, v in
      3 + (v[0].squared + v[1].squared.squared + p * v[1].squared)
    },
    .init(name: "3 + |x| − p·|y|", n: 2) { p, v in 3 + (v[0].magnitude - p * v[1].magnitude) },
    .init(name: "1e6 + x⁴ + p·x³", n: 1) { p, v in
      1e6 + (v[0].squared.squared + p * v[0].squared * v[0])
    },
    .init(name: "1 + (y − x²)² + p·x⁶", n: 2) { p, v in
      1 + ((v[1] - v[0].squared).squared + p * v[0].squared.squared * v[0].squared)
    },
    .init(name: "1 + p·(y − x²)(y − 2x²)", n: 2) { p, v in
      1 + p * ((v[1] - v[0].squared) * (v[1] - 2 * v[0].squared))
    },
    .init(name: "√(p + x²)", n: 1) { p, v in (p + v[0].squared).squareRoot },
    .init(name: "√|x| + p·x", n: 1) { p, v in v[0].magnitude.squareRoot + p * v[0] },
    .init(name: "√x − p·x", n: 1) { p, v in v[0].squareRoot - p * v[0] },
    .init(name: "p/x + x", n: 1) { p, v in p * v[0].reciprocal + v[0] },
    .init(name: "1/(1 + p·x²)", n: 1) { p, v in (1 + p * v[0].squared).reciprocal },
    .init(name: "x² + p beyond 0", n: 1) { p, v in (v[0].value > 0 ? p : 0) + v[0].squared },
    .init(name: "x² − p beyond 0", n: 1) { p, v in (v[0].value > 0 ? -p : 0) + v[0].squared },
    .init(name: "x² up to p", n: 1) { p, v in (v[0].value > p ? .nan : 0) + v[0].squared },
    .init(name: "−x up to p, then 1", n: 1) { p, v in v[0].value > p ? 1 + 0 * v[0] : -v[0] },
    .init(name: "flat up to p", n: 1) { p, v in
      let beyond = -p + v[0].magnitude
      return beyond.value < 0 ? 0 * v[0] : beyond.squared
    },
    .init(name: "x² + p·y²", n: 2, isQuadratic: true) { p, v in v[0].squared + p * v[1].squared },
    .init(name: "x² − p·y²", n: 2, isQuadratic: true) { p, v in v[0].squared - p * v[1].squared },
    .init(name: "x² + y⁴ + p·x·y", n: 2) { p, v in v[0].squared + v[1].squared.squared + p * v[0] * v[1] },
    .init(name: "x² − p·y⁴", n: 2) { p, v in v[0].squared - p * v[1].squared.squared },
    .init(name: "x⁴ − p·y⁴", n: 2) { p, v in v[0].squared.squared - p * v[1].squared.squared },
    .init(name: "(y − x²)(y − (1 + p)x²)", n: 2) { p, v in
      (v[1] - v[0].squared) * (v[1] - (1 + p) * v[0].squared)
    },
    .init(name: "(y − x²)(y − 2x²) + p·y²", n: 2) { p, v in
      (v[1] - v[0].squared) * (v[1] - 2 * v[0].squared) + p * v[1].squared
    },
    .init(name: "x⁴ + y⁴ − (2 + p)x²y²", n: 2) { p, v in
      v[0].squared.squared + v[1].squared.squared - (2 + p) * v[0].squared * v[1].squared
    },
    .init(name: "x⁴ + y⁴ − (2 − p)x²y²", n: 2) { p, v in
      v[0].squared.squared + v[1].squared.squared - (2 - p) * v[0].squared * v[1].squared
    },
    .init(name: "(x + y)² + p·x⁴", n: 2) { p, v in (v[0] + v[1]).squared + p * v[0].squared.squared },
    .init(name: "(y² − x³)(y² − 2x³) + p·x⁴", n: 2) { p, v in
      let cube = v[0].squared * v[0]
      return (v[1].squared - cube) * (v[1].squared - 2 * cube) + p * v[0].squared.squared
    },
    .init(name: "|x| + p·|y|", n: 2) { p, v in v[0].magnitude + p * v[1].magnitude },
    .init(name: "|x| − p·y", n: 2) { p, v in v[0].magnitude - p * v[1] },
    .init(name: "|x| + p·y²", n: 2) { p, v in v[0].magnitude + p * v[1].squared },
    .init(name: "max(x, −p·y) + y²", n: 2) { p, v in
      (v[0].value > -p * v[1].value ? v[0] : -p * v[1]) + v[1].squared
    },
    .init(name: "x² + y⁴ where x > −p", n: 2) { p, v in
      (v[0].value < -p ? .nan : 0) + v[0].squared + v[1].squared.squared
    },
    .init(name: "x·y·z + p(x⁴ + y⁴ + z⁴)", n: 3) { p, v in
      v[0] * v[1] * v[2] + p * (v[0].squared.squared + v[1].squared.squared + v[2].squared.squared)
    },
    .init(name: "(x + y + z)² − p·x·y·z", n: 3) { p, v in
      (v[0] + v[1] + v[2]).squared - p * v[0] * v[1] * v[2]
    },
    .init(name: "Σx⁴ − p(Σx²)²", n: 4) { p, v in
      let (fourth, second) = (
        v.map(\.squared.squared).reduce(0 * v[0], +), v.map(\.squared).reduce(0 * v[0], +)
      )
      return fourth - p * second.squared
    },
    .init(name: "product of five + p·Σx⁶", n: 5) { p, v in
      v.dropFirst().reduce(v[0], *) + p * v.map { $0.squared.squared * $0.squared }.reduce(0 * v[0], +)
    },
  ]

  /// The places at which f was asked for, as the sum of the logarithms of their distances from a point.
  private final class Places: Sendable {
    private let heard = Mutex<[[Double]]>([])
    func hear(_ x: [Double]) { heard.withLock { $0.append(x) } }
    func take(from x: [Double], _ digest: inout Digest) -> String {
      heard.withLock { places in
        defer { places = [] }
        for place in places { digest.add(place) }
        let distances = places.map { Vector.distance($0, x) }.filter { $0 > 0 && $0.isFinite }
        let sum = distances.reduce(0) { $0 + Libm.log10($1) }
        return "\(places.count) at \((sum * 1000).rounded() / 1000)"
      }
    }
  }

  /// A function of a family, a place beside its center, and what looks at it from there.
  private struct Scene {
    let places = Places()
    var f: Objective
    let here: Iterate
    let certifier: Certifier

    /// Nothing where f has no value.
    init?(_ family: Family, _ power: Int, center: Double, offset: Double, _ kind: Kind) {
      let x = (0..<family.n).map { center + offset * Double($0 + 1) }
      f = Self.objective(
        family, Libm.pow(10, Double(power)), center: center, places, isExact: kind != .slopes)
      f.isQuadratic = kind == .quadratic
      if kind == .squares { f = Self.squares(family, Libm.pow(10, Double(power)), center: center, places) }
      if kind == .held { f.bounds = Bounds(lower: x, upper: x.map { $0 + 5 }) }
      certifier = Certifier(start: x.map { $0 + 1 }, tolerance: 1e-8)
      here = f.iterate(at: x)
      guard here.isFinite else { return nil }
      var digest = Digest()
      _ = places.take(from: x, &digest)
    }

    private static func objective(
      _ family: Family, _ p: Double, center: Double, _ places: Places, isExact: Bool
    )
      -> Objective
    {
      let f: @Sendable ([Double], Int) -> Jet = { x, order in
        family.f(p, Jet.variables(at: x.map { $0 - center }, order: order))
      }
      let value: Objective.Value = { x in
        places.hear(x)
        return f(x, 0).value
      }
      let both: Objective.ValueAndGradient = { x in
        places.hear(x)
        let jet = f(x, 1)
        return (jet.value, jet.slopes)
      }
      let hessian: Objective.Hessian = { f($0, 2).curvatures }
      return Objective(value: value, valueAndGradient: both, hessian: isExact ? hessian : nil)
    }

    /// A thousandth and the square of the function.
    private static func squares(_ family: Family, _ p: Double, center: Double, _ places: Places) -> Objective
    {
      let r: @Sendable ([Double], Int) -> Jet = { x, order in
        family.f(p, Jet.variables(at: x.map { $0 - center }, order: order))
      }
      let f: @Sendable ([Double], Int) -> Jet = { x, order in 1e-3 + r(x, order).squared }
      let n = family.n
      let pairs = (0..<n).flatMap { i in (i..<n).map { (i, $0) } }
      return Objective(
        value: { x in
          places.hear(x)
          return f(x, 0).value
        },
        valueAndGradient: { x in
          places.hear(x)
          let jet = f(x, 1)
          return (jet.value, jet.slopes)
        },
        hessian: { f($0, 2).curvatures },
        residuals: Residuals(
          count: 1, offset: 1e-3,
          values: { x in
            let jet = r(x, 1)
            return ([jet.value], jet.slopes)
          },
          places: pairs.map { .init(residual: 0, row: $0, column: $1) },
          curvatures: { x in
            let rows = r(x, 2).curvatures
            return pairs.map { rows[$0 * n + $1] }
          }))
    }
  }

  private static func text(_ way: [Double]?) -> String {
    way.map { " by " + $0.prefix(3).map(Record.rounded).joined(separator: ",") } ?? ""
  }

  /// A kind of objective: with a Hessian, known to be a quadratic, held by a bound, from slopes alone, and squared.
  enum Kind: String, CaseIterable {
    case exact, slopes, quadratic, held, squares
  }

  /// What was found, to the last bit.
  private static func add(_ finding: Certifier.Finding, to digest: inout Digest) {
    if let way = finding.way { digest.add(way.direction + [way.radius]) }
    guard let curvature = finding.curvature else { return }
    digest.add(curvature.values + curvature.directions.flatMap { $0 } + curvature.newtonStep)
    digest.add([curvature.noise, curvature.newtonDistance, curvature.decrement, curvature.rounding])
  }

  private static func text(_ finding: Certifier.Finding) -> String {
    let way = finding.way.map { text($0.direction) + " " + Record.number($0.radius) } ?? ""
    let curvature = finding.curvature.map { curvature in
      let numbers = [
        curvature.values.first ?? .nan, curvature.values.last ?? .nan, curvature.noise,
        curvature.newtonDistance,
        curvature.decrement, curvature.rounding, Vector.norm(curvature.newtonStep),
      ]
      return " of \(curvature.directions.count)\(curvature.isComplete ? "" : " searched") "
        + numbers.map(Record.number).joined(separator: " ")
    }
    return "\(finding.verdict.map { "\($0)" } ?? "-") \(finding.evidence)\(way)\(curvature ?? "")"
  }

  @Test("What is seen at a point", arguments: Kind.allCases) func examined(kind: Kind) throws {
    var lines: [String] = []
    for family in Self.families where kind != .quadratic || family.isQuadratic {
      for (center, offset, isBlocked) in [
        (0.0, 0.0, false), (3, 0, false), (0, 1e-9, false), (250, 1e-7, true),
      ] {
        var found: [String] = []
        var digest = Digest()
        for power in family.powers {
          guard var scene = Scene(family, power, center: center, offset: offset, kind) else {
            found.append("-")
            continue
          }
          let finding = scene.certifier.examine(scene.here, .init(isBlocked: isBlocked), on: &scene.f)
          Self.add(finding, to: &digest)
          found.append(Self.text(finding) + "; " + scene.places.take(from: scene.here.x, &digest))
        }
        lines.append("\(family.name) around \(center), \(offset) off [\(digest.text)]")
        lines += Self.runs(found)
      }
    }
    #expect(try Record(name: "looks-\(kind.rawValue).txt").differences(from: lines) == [])
  }

  /// x₁² + p·Σ k·xₖ² beside its minimum, by the whole Hessian, by slopes, and by products of the Hessian.
  @Test("Many variables") func manyVariables() throws {
    var lines: [String] = []
    for n in [49, 50, 51, 60, 199, 200, 201] {
      for (way, offset) in [
        ("Hessian", 0.0), ("slopes", 0), ("slopes", 1e-9), ("products", 0), ("products", 1e-3),
      ] {
        var found: [String] = []
        var digest = Digest()
        for power in [-9, -3, 0, 3] where n < 100 || way != "slopes" {
          let p = Libm.pow(10, Double(power))
          let weights = (0..<n).map { $0 == 0 ? 1.0 : p * Double($0 + 1) }
          let value: Objective.Value = { x in x.indices.reduce(0) { $0 + weights[$1] * x[$1] * x[$1] } }
          let both: Objective.ValueAndGradient = { x in
            (value(x), x.indices.map { 2 * weights[$0] * x[$0] })
          }
          let hessian: Objective.Hessian = { _ in
            (0..<n * n).map { $0 / n == $0 % n ? 2 * weights[$0 / n] : 0 }
          }
          let product: Objective.Product = { _, v in v.indices.map { 2 * weights[$0] * v[$0] } }
          var f = Objective(
            value: value, valueAndGradient: both, hessian: way == "Hessian" ? hessian : nil,
            hessianTimesVector: way == "products" ? product : nil)
          let x = (0..<n).map { $0 % 3 == 0 ? offset : 0 }
          let certifier = Certifier(start: x.map { $0 + 1 }, tolerance: 1e-8)
          let finding = certifier.examine(f.iterate(at: x), on: &f)
          Self.add(finding, to: &digest)
          found.append(Self.text(finding) + "; \(f.counts.f) \(f.counts.gradient) \(f.counts.products)")
        }
        if found.isEmpty { continue }
        lines.append("\(n) by \(way), \(offset) off [\(digest.text)]")
        lines += Self.runs(found)
      }
    }
    #expect(try Record(name: "many.txt").differences(from: lines) == [])
  }

  @Test("What holds a descent, and what lies beyond") func obstacles() throws {
    var lines: [String] = []
    for family in Self.families {
      for (center, offset) in [(0.0, 0.0), (3, 1e-6), (0, -0.1)] {
        var found: [String] = []
        var digest = Digest()
        for power in family.powers {
          guard var scene = Scene(family, power, center: center, offset: offset, .exact) else {
            found.append("-")
            continue
          }
          let (here, certifier, x) = (scene.here, scene.certifier, scene.here.x)
          var text =
            certifier.obstacle(at: here, on: &scene.f).map { obstacle in
              let end =
                obstacle.end.map { " \($0.kind) \(Record.rounded($0.x[0])) \(Record.rounded($0.f))" } ?? ""
              return "\(obstacle.verdict) \(obstacle.evidence.map { "\($0)" } ?? "")\(end)"
                + Self.text(obstacle.way)
            } ?? "-"
          text += " \(scene.places.take(from: x, &digest)); beyond"
          text +=
            certifier.lowerBeyond(here, on: &scene.f).map { Self.text($0.direction) + " \($0.radius)" }
            ?? " -"
          text +=
            " \(scene.places.take(from: x, &digest)); close"
            + Self.text(certifier.closeWay(at: here, on: &scene.f))
          text += " \(scene.places.take(from: x, &digest))"
          for way in [1.0, -1] {
            let ray = here.x.indices.map { $0 == 0 ? way : 0.3 * way }
            let look = RayProbe.look(from: here, along: ray, reach: 1, on: &scene.f)
            text += "; \(look.end) \(scene.places.take(from: x, &digest))"
          }
          let probe = NeighbourhoodProbe(here: here, scale: certifier.scale(at: x), slack: 0)
          text +=
            "; \(probe.hasKink(along: x.indices.map { $0 == 0 ? 1 : 0 }, on: &scene.f)) \(scene.places.take(from: x, &digest))"
          found.append(text)
        }
        lines.append("\(family.name) around \(center), \(offset) off [\(digest.text)]")
        lines += Self.runs(found)
      }
    }
    #expect(try Record(name: "obstacles.txt").differences(from: lines) == [])
  }

  /// Lines that are the same are written once, with their number.
  private static func runs(_ found: [String]) -> [String] {
    var runs: [(text: String, count: Int)] = []
    for text in found {
      if runs.last?.text == text {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((text, 1))
      }
    }
    return runs.map { "  \($0.count): \($0.text)" }
  }
}
