/// The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno, from gradients alone (Nocedal & Wright 2006,
/// section 6.1), with a line search that also serves functions with kinks (Lewis & Overton 2013).
///
/// It keeps n·n numbers; for more than a thousand variables take `lbfgs`.
public struct BFGS: Method {
  /// The approximation of the inverse Hessian, row after row; empty before the first step.
  public struct Memory: Sendable {
    var inverse: [Double] = []
    var reach: Double
    let start: [Double]
    /// How many steps in a row were lost in rounding beside x while the slope stayed.
    var stalls = 0
    /// Where the last step ended; a descent that begins elsewhere has been helped on.
    var end: [Double] = []
  }

  /// So many of them are the end: between the slopes of a kink they would go on to the smallest numbers there are.
  private static let mostStalls = 8

  /// How far the first step goes at most, as a part of the size of x.
  public let reach: Double

  /// The method with its usual settings.
  public init(reach: Double = 0.1) { self.reach = reach }

  /// The name.
  public var title: String { "BFGS" }
  /// With limited memory where a matrix of all variables by all would be too large.
  public func resolved(for objective: Objective, variables n: Int) -> any Method {
    n <= 1000 ? self : LimitedMemoryBFGS()
  }

  /// The reach.
  public var settings: [String: Double] { ["reach": reach] }
  /// Two thousand.
  public var usualIterationLimit: Int { 2_000 }

  /// Nothing known about curvature yet.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    Memory(reach: reach * max(1, Vector.maximum(start.x)), start: start.x)
  }

  /// A point that satisfies the weak Wolfe conditions.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    if here.x != memory.end { memory.stalls = 0 }
    if memory.stalls >= Self.mostStalls { throw .noStep }
    let next = try point(from: here, &memory, &objective)
    let part = Scale(at: here.x, from: memory.start).part(of: Vector.difference(next.x, here.x))
    let isStalled = part < 1e-15 && Vector.norm(next.gradient) > 0.5 * Vector.norm(here.gradient)
    memory.stalls = isStalled ? memory.stalls + 1 : 0
    memory.end = next.x
    return next
  }

  private func point(
    from here: Iterate, _ memory: inout Memory, _ objective: inout Objective
  ) throws(Halt) -> Iterate {
    let search = WeakWolfe()
    if !memory.inverse.isEmpty {
      let direction = Vector.product(memory.inverse, here.gradient).map { -$0 }
      if Vector.isFinite(direction),
        let next = search.point(from: here, along: direction, trying: 1, on: &objective)
      {
        update(&memory.inverse, from: here, to: next)
        return next
      }
      memory.inverse = []
    }
    guard let downhill = Vector.direction(here.gradient.map { -$0 }),
      let next = search.point(from: here, along: downhill, trying: memory.reach, on: &objective)
    else { throw .noStep }
    memory.reach = 2 * Vector.norm(Vector.difference(next.x, here.x))
    let step = Vector.difference(next.x, here.x)
    let change = Vector.difference(next.gradient, here.gradient)
    let (bend, size) = (Vector.dot(step, change), Vector.dot(change, change))
    if bend > 0, size > 0, (bend / size).isFinite {
      // The first inverse gets the size of the curvature just met (Nocedal & Wright 2006, 6.20).
      let n = here.x.count
      memory.inverse = [Double](repeating: 0, count: n * n)
      for i in 0..<n { memory.inverse[i * n + i] = bend / size }
      update(&memory.inverse, from: here, to: next)
    }
    return next
  }

  private func update(_ inverse: inout [Double], from here: Iterate, to next: Iterate) {
    let s = Vector.difference(next.x, here.x)
    let y = Vector.difference(next.gradient, here.gradient)
    let bend = Vector.dot(s, y)
    guard bend > 1e-16 * Vector.norm(s) * Vector.norm(y), bend.isFinite else { return }
    let hy = Vector.product(inverse, y)
    let factor = (1 + Vector.dot(y, hy) / bend) / bend
    let n = s.count
    for i in 0..<n {
      for j in 0..<n { inverse[i * n + j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / bend }
    }
  }

  static let row: Methods.Row = .init(
    name: "bfgs", aliases: ["quasi-newton"],
    summary: "the quasi-Newton method BFGS, from gradients alone",
    settings: [
      .init(
        name: "reach", standard: 0.1, summary: "how far the first step may go, as a part of the size of x",
        range: 0..<(.infinity))
    ],
    build: { BFGS(reach: $0["reach"]) })
}
