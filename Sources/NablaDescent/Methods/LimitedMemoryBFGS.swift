/// BFGS that remembers the last steps alone: for thousands of variables (Liu & Nocedal 1989), with the line search
/// of Hager & Zhang (2005).
public struct LimitedMemoryBFGS: Method {
  /// The last steps with the changes of the gradient they brought.
  public struct Memory: Sendable {
    var pairs: [(s: [Double], y: [Double], bend: Double)] = []
    var reach: Double
  }

  /// How many steps are remembered.
  public let depth: Int

  /// The method with its usual depth.
  public init(depth: Int = 12) { self.depth = depth }

  /// The name.
  public var title: String { "L-BFGS" }
  /// Fifty thousand.
  public var usualIterationLimit: Int { 50_000 }

  /// Nothing remembered.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    Memory(reach: 0.01 * max(1, Vector.maximum(start.x)))
  }

  /// A point that satisfies the Wolfe conditions.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    let search = HagerZhang()
    if !memory.pairs.isEmpty {
      let direction = direction(here.gradient, memory.pairs)
      if let found = search.point(from: here, along: direction, trying: 1, on: &objective) {
        remember(&memory, from: here, to: found.iterate)
        return found.iterate
      }
      memory.pairs = []
    }
    guard let downhill = Vector.direction(here.gradient.map { -$0 }),
      let found = search.point(from: here, along: downhill, trying: memory.reach, on: &objective)
    else { throw .noStep }
    memory.reach = found.length
    remember(&memory, from: here, to: found.iterate)
    return found.iterate
  }

  private func remember(_ memory: inout Memory, from here: Iterate, to next: Iterate) {
    let s = Vector.difference(next.x, here.x)
    let y = Vector.difference(next.gradient, here.gradient)
    let bend = Vector.dot(s, y)
    guard bend > 1e-14 * Vector.norm(s) * Vector.norm(y) else { return }
    memory.pairs.append((s, y, bend))
    if memory.pairs.count > depth { memory.pairs.removeFirst() }
  }

  /// The two-loop recursion (Nocedal & Wright 2006, algorithm 7.4).
  private func direction(
    _ gradient: [Double], _ pairs: [(s: [Double], y: [Double], bend: Double)]
  ) -> [Double] {
    var q = gradient
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = Vector.dot(pair.s, q) / pair.bend
      weights.append(weight)
      q = Vector.moved(q, by: -weight, along: pair.y)
    }
    if let last = pairs.last {
      let size = last.bend / Vector.dot(last.y, last.y)
      q = q.map { $0 * size }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      q = Vector.moved(q, by: weight - Vector.dot(pair.y, q) / pair.bend, along: pair.s)
    }
    return q.map { -$0 }
  }

  static let row: Methods.Row = .init(
    name: "lbfgs", aliases: ["l-bfgs"],
    summary: "BFGS that remembers twelve steps, for thousands of variables",
    settings: [], build: { _ in LimitedMemoryBFGS() })
}
