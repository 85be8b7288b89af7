/// The simplex method of Nelder & Mead (1965), with the coefficients of Gao & Han (2012), from values alone.
///
/// It knows no slope: the gradient at its best point is asked for to judge the end, not to find the way.
public struct NelderMead: Method {
  /// The corners, the best first.
  public struct Memory: Hashable, Sendable {
    var corners: [[Double]] = []
    var values: [Double] = []
  }

  /// The first edges, as a part of each coordinate (of 0.05 where it is zero).
  public let reach: Double

  /// The method with its usual first simplex.
  public init(reach: Double = 0.05) { self.reach = reach }

  /// The name.
  public var title: String { "Nelder-Mead" }
  /// The reach.
  public var settings: [String: Double] { ["reach": reach] }
  /// Twenty thousand improvements.
  public var usualIterationLimit: Int { 20_000 }

  /// No corners yet.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory { Memory() }

  /// The best corner after as many moves of the simplex as it takes to better it.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    if memory.corners.isEmpty {
      memory.corners = [here.x]
      memory.values = [here.f]
      for i in here.x.indices {
        var x = here.x
        x[i] += x[i] == 0 ? 0.05 * reach : reach * x[i]
        memory.corners.append(x)
        memory.values.append(objective.value(at: x))
      }
    }
    let best = here.f
    let least = here.x.map { 4 * Double.ulpOfOne * abs($0) }
    for _ in 0..<(200 * (here.x.count + 1)) {
      sort(&memory)
      if memory.values[0] < best { break }
      guard isWide(memory, beyond: least) else { throw .noStep }
      move(&memory, &objective)
    }
    sort(&memory)
    guard memory.values[0] < best else { throw .noStep }
    return objective.iterate(at: memory.corners[0])
  }

  /// Whether some corner is further from the best one than that, along some axis.
  private func isWide(_ memory: Memory, beyond least: [Double]) -> Bool {
    let best = memory.corners[0]
    return memory.corners.dropFirst().contains { corner in
      best.indices.contains { abs(corner[$0] - best[$0]) > least[$0] }
    }
  }

  private func sort(_ memory: inout Memory) {
    let values = memory.values
    let order = values.indices.sorted { values[$1].isNaN ? !values[$0].isNaN : values[$0] < values[$1] }
    memory.corners = order.map { memory.corners[$0] }
    memory.values = order.map { memory.values[$0] }
  }

  private func move(_ memory: inout Memory, _ objective: inout Objective) {
    let n = memory.corners.count - 1
    let size = Double(max(n, 2))
    let worst = memory.corners[n]
    var centre = [Double](repeating: 0, count: worst.count)
    for corner in memory.corners[..<n] {
      for i in centre.indices { centre[i] += corner[i] }
    }
    for i in centre.indices { centre[i] /= Double(n) }
    let way = Vector.difference(centre, worst)
    func place(_ t: Double) -> (x: [Double], f: Double) {
      let x = Vector.moved(centre, by: t, along: way)
      return (x, objective.value(at: x))
    }
    func replace(_ new: (x: [Double], f: Double)) { (memory.corners[n], memory.values[n]) = new }
    let mirrored = place(1)
    if mirrored.f < memory.values[0] {
      let further = place(1 + 2 / size)
      return replace(further.f < mirrored.f ? further : mirrored)
    }
    if mirrored.f < memory.values[n - 1] { return replace(mirrored) }
    let part = 0.75 - 0.5 / size
    let nearer = mirrored.f < memory.values[n] ? place(part) : place(-part)
    if nearer.f < min(mirrored.f, memory.values[n]) || (memory.values[n].isNaN && nearer.f.isFinite) {
      return replace(nearer)
    }
    for k in 1...n {
      let x = Vector.moved(
        memory.corners[0], by: 1 - 1 / size, along: Vector.difference(memory.corners[k], memory.corners[0]))
      (memory.corners[k], memory.values[k]) = (x, objective.value(at: x))
    }
  }

  static let row: Methods.Row = .init(
    name: "nelder-mead", aliases: ["simplex"],
    summary: "the simplex method of Nelder and Mead, from values alone",
    settings: [
      .init(name: "reach", standard: 0.05, summary: "the first edges, as a part of x", range: 0..<(.infinity))
    ],
    build: { NelderMead(reach: $0["reach"]) })
}
