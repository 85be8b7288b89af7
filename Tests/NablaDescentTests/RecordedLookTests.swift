import NablaBasics
import Records
import Synchronization
import Testing

@testable import NablaDescent

/// What is seen around points, and from how many places, as it was recorded, along families of functions with a parameter
/// p: where the answer changes, and each place that is looked at, count.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedLookTests {
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
    init?(_ family: FunctionFamily, _ power: Int, center: Double, offset: Double, _ kind: Kind) {
      let x = (0..<family.n).map { center + offset * Double($0 + 1) }
      f = Self.objective(family, Libm.pow(10, Double(power)), center: center, places, kind)
      f.isQuadratic = kind == .quadratic
      if kind == .held { f.bounds = Bounds(lower: x, upper: x.map { $0 + 5 }) }
      certifier = Certifier(start: x.map { $0 + 1 }, tolerance: 1e-8)
      here = f.iterate(at: x)
      guard here.isFinite else { return nil }
      var digest = Digest()
      _ = places.take(from: x, &digest)
    }

    private static func objective(
      _ family: FunctionFamily, _ p: Double, center: Double, _ places: Places, _ kind: Kind
    ) -> Objective {
      let f: @Sendable ([Double], Int) -> Jet = { x, order in
        let jet = family.jet(p, at: x.map { $0 - center }, order: order)
        return kind == .squares ? FunctionFamily.offset + jet.squared : jet
      }
      let hessian: Objective.Hessian = { f($0, 2).curvatures }
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
        hessian: kind == .slopes ? nil : hessian,
        residuals: kind == .squares ? family.residuals(p, center: center) : nil)
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
    for family in FunctionFamily.all where kind != .quadratic || family.isQuadratic {
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
    for family in FunctionFamily.all {
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
                + Self.text(obstacle.way?.direction)
            } ?? "-"
          text += " \(scene.places.take(from: x, &digest)); beyond"
          text +=
            certifier.lowerBeyond(here, on: &scene.f).map { Self.text($0.direction) + " \($0.radius)" }
            ?? " -"
          text +=
            " \(scene.places.take(from: x, &digest)); close"
            + Self.text(certifier.closeWay(at: here, on: &scene.f)?.direction)
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
