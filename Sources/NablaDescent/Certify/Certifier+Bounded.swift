import NablaBasics

/// Ends on bounds where f has no slope that would show them: kinks, cusps and vertical tangents that lie on a bound.
extension Certifier {
  /// A point on bounds if they hold a descent there: f rises to all sides that stay within, and along the bounds no way
  /// between the slopes of a kink leads lower. nil where the obstacle that was seen answers by itself.
  func bounded(at x: [Double], unless obstacle: Obstacle?, on objective: inout Objective) -> [Double]? {
    guard let bounds = objective.bounds, x.count <= Curvature.mostVariables else { return nil }
    switch obstacle?.evidence {
    case nil where obstacle?.verdict != .unboundedBelow: break
    case .beyondNumbers, .kink(isMinimum: false), .edge(isMinimum: false): break
    default: return nil
    }
    let x = lowest(besides: x, bounds, on: &objective)
    let active = bounds.active(at: x)
    let here = objective.iterate(at: x)
    guard !active.isEmpty, here.f.isFinite else { return nil }
    let isHeld = Set(active)
    let free = x.indices.filter { !isHeld.contains($0) }
    let scale = scale(at: x)
    guard risesWithin(bounds, here, scale, on: &objective) else { return nil }
    guard !free.isEmpty else { return x }
    var part = objective.restricted(to: free, at: x)
    let place = part.iterate(at: free.map { x[$0] })
    let probe = NeighbourhoodProbe(
      here: place, scale: Scale(at: place.x, from: free.map { start[$0] }), slack: 0)
    let isMinimum = probe.isMinimumAtKink(along: Self.fan(free.count, nil), on: &part)
    objective.count(part.counts)
    return isMinimum ? x : nil
  }

  /// The lowest of a point, the point on bounds that are next to it, and that with nine digits of the other coordinates.
  private func lowest(
    besides x: [Double], _ bounds: Bounds, on objective: inout Objective
  ) -> [Double] {
    let scale = scale(at: x)
    var (onBounds, short) = (x, x)
    for i in x.indices {
      let unit = 1e-9 * scale[i]
      let bound =
        abs(x[i] - bounds.lower[i]) < abs(x[i] - bounds.upper[i]) ? bounds.lower[i] : bounds.upper[i]
      if abs(x[i] - bound) <= unit {
        (onBounds[i], short[i]) = (bound, bound)
      } else {
        let part = Libm.pow(10, Libm.log10(unit).rounded(.up))
        short[i] = (x[i] / part).rounded() * part
      }
    }
    var best = (x: x, f: objective.value(at: x))
    for place in [onBounds, short] where place != x {
      let f = objective.value(at: place)
      if f <= best.f { best = (place, f) }
    }
    return best.x
  }

  /// Whether f rises along every line that was tried as far as it stays within the bounds.
  private func risesWithin(
    _ bounds: Bounds, _ here: Iterate, _ scale: Scale, on objective: inout Objective
  ) -> Bool {
    let probe = NeighbourhoodProbe(here: here, scale: scale, slack: 0)
    let fan = Self.fan(here.x.count, nil)
    var isUp = false
    for line in fan {
      for direction in [line, line.map { -$0 }] {
        let reach = scale.reach(along: direction)
        for part in [1e-6, 1e-4, 1e-2] {
          let x = Vector.moved(here.x, by: part * reach, along: direction)
          guard bounds.contains(x) else { break }
          let f = objective.value(at: x)
          if f < here.f - probe.noise(f) { return false }
          isUp = isUp || f > here.f + probe.noise(f)
        }
      }
    }
    return isUp && probe.between(fan, on: &objective).way == nil
  }
}
