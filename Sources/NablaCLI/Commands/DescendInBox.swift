import Nabla
import NablaBasics
import NablaDescent

/// A walk in a box with two ends for each variable, where nothing is said of the walk: its end is held against the
/// whole box, as far as that is quickly done.
///
///     maximize x³ − 3x --within 0..5    from 0 it stays on the bound with f = 0; 5, with f = 110, is the answer
struct DescendInBox {
  let subject: Subject
  let objective: Objective
  let bounds: Bounds
  let minimizer: Minimizer

  /// The starts, evenly spaced, of which the best is taken where the usual one leads astray.
  private static let starts = 12

  /// The walk itself, proved to end at the least value of the box where it does; otherwise one that ends lower, or
  /// falls without bound.
  func best(after trace: Trace) -> Trace {
    guard trace.certificate.verdict != .interrupted, let box else { return trace }
    switch search(box, besides: trace) {
    case .lowest(let boxes): return trace.proved(boxes: boxes)
    case .unreached: return trace.besideJump()
    case .open: return trace
    case .lower(let place):
      let other = restarted(toward: place)
      let whole = other.counting([trace.counts])
      if isUnbounded(other) { return whole }
      guard other.success, isLower(other, than: trace) else {
        return standing(at: place, after: whole) ?? trace
      }
      switch search(box, besides: other) {
      case .lowest(let boxes): return whole.proved(boxes: boxes)
      case .unreached: return whole.besideJump()
      case .open, .lower: return whole
      }
    }
  }

  /// A walk of no step at a place that no walk leads to, as at the left end of a step, if it is proved to be the least.
  private func standing(at place: [Double], after trace: Trace) -> Trace? {
    var minimizer = minimizer
    minimizer.criteria.steps = 0
    let still = minimizer.minimize(objective, from: place)
    guard case .lowest(let boxes) = search(box ?? [], besides: still) else { return nil }
    return still.counting([trace.counts]).proved(boxes: boxes)
  }

  /// The box; nil where an end is missing.
  private var box: [ClosedRange<Double>]? {
    guard (bounds.lower + bounds.upper).allSatisfy(\.isFinite) else { return nil }
    return zip(bounds.lower, bounds.upper).map { $0...$1 }
  }

  private func search(_ box: [ClosedRange<Double>], besides trace: Trace) -> BoxFinding {
    guard trace.f.isFinite else { return .open }
    return subject.formula.search(
      box, besides: trace.x, objective.sense, cancellation: subject.invocation.cancellation)
  }

  /// The lowest of the ends that evenly spaced starts lead to; from the place itself where none gets as low.
  private func restarted(toward place: [Double]) -> Trace {
    let cancellation = subject.invocation.cancellation
    let middle = zip(bounds.lower, bounds.upper).map { $0 + ($1 - $0) / 2 }
    let many = MultiStart(minimizer, starts: Self.starts).run(
      objective, within: bounds, from: middle, cancellation: cancellation)
    let direct = minimizer.minimize(objective, from: place, cancellation: cancellation)
    if isUnbounded(direct), let failure = many.failure, isUnbounded(failure) {
      return failure.counting([direct.counts])
    }
    let isEnd = direct.success || isUnbounded(direct)
    guard let found = many.minima.first?.trace, !(isEnd && isLower(direct, than: found)) else {
      return direct.counting([many.counts])
    }
    // Those of the one found are among those of the many.
    var others = many.counts
    others.subtract(found.counts)
    return found.counting([others, direct.counts])
  }

  private func isUnbounded(_ trace: Trace) -> Bool {
    switch trace.certificate.verdict {
    case .unboundedBelow, .unboundedAbove: true
    default: false
    }
  }

  /// Whether a walk ends lower than another by more than rounding.
  private func isLower(_ a: Trace, than b: Trace) -> Bool {
    let gain = objective.sense == .minimize ? b.f - a.f : a.f - b.f
    return !b.f.isFinite || !b.success || gain > 1e-9 * max(a.f.magnitude, b.f.magnitude)
  }
}
