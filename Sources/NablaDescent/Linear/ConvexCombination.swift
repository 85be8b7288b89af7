/// Vectors of one length, weighed by numbers that are not negative and add up to 1.
///
///     ConvexCombination(shortestOf: [[2, 0], [0, 2]]).point   // [1, 1]
struct ConvexCombination: Sendable {
  /// The vectors that have a weight, and their weights.
  private(set) var members: [(vector: Int, weight: Double)] = []
  /// Σₖ λₖ·gₖ; empty without vectors.
  private(set) var point: [Double] = []

  /// So many vectors in a row without a gain are the end.
  private static let mostRefused = 8
  private let vectors: [[Double]]
  private let costs: [Double]

  /// The combination with the least ½|Σ λₖgₖ|² + Σ λₖcₖ; without costs cₖ, the point of the hull nearest to the origin.
  ///
  /// Vectors join and leave the combination until none would make it less (Wolfe 1976, "Finding the nearest point in a
  /// polytope"; with costs, Kiwiel 1986, "A method for solving certain quadratic programming problems arising in
  /// nonsmooth optimization").
  ///
  /// Members of a similar combination may be given to begin with.
  init(
    shortestOf vectors: [[Double]], costs: [Double]? = nil, from similar: [(vector: Int, weight: Double)] = []
  ) {
    self.vectors = vectors
    self.costs = costs ?? [Double](repeating: 0, count: vectors.count)
    if similar.isEmpty {
      let alone = vectors.indices.map { 0.5 * Vector.dot(vectors[$0], vectors[$0]) + self.costs[$0] }
      guard let first = vectors.indices.min(by: { alone[$0] < alone[$1] }) else { return }
      members = [(first, 1)]
      point = vectors[first]
    } else {
      members = similar
      combine()
      balance()
    }
    var value = self.value
    // Those that would gain no more than rounding.
    var refused: Set<Int> = []
    for _ in 0..<(20 + 4 * vectors.count) {
      guard let next = joining(except: refused) else { return }
      let before = (members, point)
      members.append((next, 0))
      balance()
      let now = self.value
      if now < value {
        value = now
        refused = []
      } else {
        (members, point) = before
        refused.insert(next)
        guard refused.count < Self.mostRefused else { return }
      }
    }
  }

  /// ½|Σ λₖgₖ|² + Σ λₖcₖ.
  private var value: Double {
    members.reduce(0.5 * Vector.dot(point, point)) { $0 + $1.weight * costs[$1.vector] }
  }

  /// What one more part of the vector would cost.
  private func price(of vector: Int) -> Double { Vector.dot(vectors[vector], point) + costs[vector] }

  /// The vector that would make the combination less; nil where none would.
  private func joining(except refused: Set<Int>) -> Int? {
    let prices = vectors.indices.map(price)
    let level = members.reduce(0) { $0 + $1.weight * prices[$1.vector] }
    let others = refused.union(members.map(\.vector))
    let next = vectors.indices.filter { !others.contains($0) }.min { prices[$0] < prices[$1] }
    return next.flatMap { prices[$0] < level ? $0 : nil }
  }

  /// Shifts the weights to the best ones; members that lose all of theirs leave.
  private mutating func balance() {
    // What rounding leaves of the first full step is worth a second.
    var fullSteps = 0
    while members.count > 1, fullSteps < 2 {
      let (way, isEndless) = shift
      var part = isEndless ? Double.infinity : 1
      var leaving: Int?
      for (place, change) in way.enumerated() where change < 0 {
        let most = -members[place].weight / change
        if most < part || most == part && leaving == nil { (part, leaving) = (most, place) }
      }
      guard part.isFinite else { return }
      for (place, change) in way.enumerated() {
        members[place].weight = max(0, members[place].weight + part * change)
      }
      if let leaving { members.remove(at: leaving) } else { fullSteps += 1 }
      combine()
    }
  }

  /// Weighs the members so that they add up to 1.
  private mutating func combine() {
    let total = members.reduce(0) { $0 + $1.weight }
    for place in members.indices { members[place].weight /= total }
    point = [Double](repeating: 0, count: vectors[members[0].vector].count)
    for (vector, weight) in members { point = Vector.moved(point, by: weight, along: vectors[vector]) }
  }

  /// How the weights would change if they could be negative; endless where the last member is a combination of the others,
  /// whose place it takes.
  private var shift: (way: [Double], isEndless: Bool) {
    let base = vectors[members[0].vector]
    let others = members.dropFirst().map(\.vector)
    let count = others.count
    var rows = others.flatMap { Vector.difference(vectors[$0], base) }
    let length = Vector.norm(Array(rows[((count - 1) * base.count)...]))
    rows.append(contentsOf: point.map { -$0 })
    var factor = QR(columns: count + 1)
    factor.absorb(&rows, count: base.count)
    if factor[count - 1, count - 1].magnitude <= 1e-12 * length {
      // The last of the differences is Σ νᵢdᵢ of the others: 1 to the last member, −νᵢ to the others.
      let rest = factor.backward((0..<count - 1).map { factor[$0, count - 1] })
      return ([rest.reduce(-1, +)] + rest.map { -$0 } + [1], true)
    }
    let dearer = others.map { costs[$0] - costs[members[0].vector] }
    let way = factor.backward(zip(factor.projection, factor.forward(dearer)).map { $0 - $1 })
    return ([-way.reduce(0, +)] + way, false)
  }
}

extension QR {
  /// R⁻¹b with the first rows and columns of R, as many as b has.
  fileprivate func backward(_ b: [Double]) -> [Double] {
    var x = b
    for i in b.indices.reversed() {
      for j in (i + 1)..<max(b.count, i + 1) { x[i] -= self[i, j] * x[j] }
      x[i] /= self[i, i]
    }
    return x
  }

  /// R⁻ᵀb.
  fileprivate func forward(_ b: [Double]) -> [Double] {
    var x = b
    for i in b.indices {
      for j in 0..<i { x[i] -= self[j, i] * x[j] }
      x[i] /= self[i, i]
    }
    return x
  }
}
