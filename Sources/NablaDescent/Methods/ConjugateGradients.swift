/// Nonlinear conjugate gradients: each direction mends the steepest one by the last (Hager & Zhang 2005, CG_DESCENT).
///
/// On a quadratic of n variables it ends after about n steps.
public struct ConjugateGradients: Method {
  /// The last direction, its length, and the gradient it was taken at.
  public struct Memory: Hashable, Sendable {
    var direction: [Double] = []
    var gradient: [Double] = []
    var length: Double
  }

  /// The method has no settings.
  public init() {}

  /// The name.
  public var title: String { "conjugate gradients" }
  /// Fifty thousand.
  public var usualIterationLimit: Int { 50_000 }

  /// No direction yet.
  public func begin(at start: Iterate, _ criteria: StopCriteria) -> Memory {
    Memory(length: 0.01 * max(1, Vector.maximum(start.x)))
  }

  /// A point that satisfies the Wolfe conditions.
  public func step(
    from here: Iterate, memory: inout Memory, on objective: inout Objective
  ) throws(Halt) -> Iterate {
    let search = HagerZhang(curvature: 0.1)
    if let direction = direction(here.gradient, memory) {
      let slope = Vector.dot(here.gradient, direction)
      let last = Vector.dot(memory.gradient, memory.direction)
      let trying = last / slope * memory.length
      if let found = search.point(
        from: here, along: direction, trying: trying > 0 && trying.isFinite ? trying : memory.length,
        on: &objective)
      {
        memory = Memory(direction: direction, gradient: here.gradient, length: found.length)
        return found.iterate
      }
    }
    guard let downhill = Vector.direction(here.gradient.map { -$0 }) else { throw .noStep }
    let reach = memory.direction.isEmpty ? memory.length : memory.length * Vector.norm(memory.direction)
    guard let found = search.point(from: here, along: downhill, trying: reach, on: &objective) else {
      throw .noStep
    }
    memory = Memory(direction: downhill, gradient: here.gradient, length: found.length)
    return found.iterate
  }

  private func direction(_ gradient: [Double], _ memory: Memory) -> [Double]? {
    guard !memory.direction.isEmpty else { return nil }
    let d = memory.direction
    let y = Vector.difference(gradient, memory.gradient)
    let bend = Vector.dot(d, y)
    guard bend > 0, bend.isFinite else { return nil }
    let factor = (Vector.dot(y, gradient) - 2 * Vector.dot(y, y) * Vector.dot(d, gradient) / bend) / bend
    let least = -1 / (Vector.norm(d) * min(0.01, Vector.norm(memory.gradient)))
    let next = Vector.moved(gradient.map { -$0 }, by: max(factor, least), along: d)
    return Vector.isFinite(next) && Vector.dot(next, gradient) < 0 ? next : nil
  }

  static let row: Methods.Row = .init(
    name: "cg", aliases: ["conjugate-gradients", "conjugate-gradient"],
    summary: "nonlinear conjugate gradients", settings: [], build: { _ in ConjugateGradients() })
}
