internal import Dispatch

/// The one place where work goes to several cores.
package enum Parallel {
  /// A result for each of so many independent pieces of work, in their order.
  ///
  ///     Parallel.map(4) { $0 * $0 }   // [0, 1, 4, 9]
  ///
  /// What the pieces are must not depend on the number of cores; then no result does.
  package static func map<Result: Sendable>(
    _ count: Int, _ result: @Sendable (Int) -> Result
  ) -> [Result] {
    guard count > 1 else { return (0..<count).map(result) }
    return [Result](unsafeUninitializedCapacity: count) { buffer, used in
      let pieces = Pieces(start: buffer.baseAddress)
      DispatchQueue.concurrentPerform(iterations: count) { place in
        if let start = pieces.start { (start + place).initialize(to: result(place)) }
      }
      used = count
    }
  }

  /// Memory of which every piece of work writes its own part.
  private struct Pieces<Result>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Result>?
  }
}
