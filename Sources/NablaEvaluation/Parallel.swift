// The overlay of Dispatch is one more library to load at every start; its C functions are in one that is there anyway.
#if canImport(CDispatch)
internal import CDispatch
#else
internal import Dispatch
#endif

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
      concurrently(count) { place in
        if let start = pieces.start { (start + place).initialize(to: result(place)) }
      }
      used = count
    }
  }

  /// Does the work for every number below `count`, on as many cores as there are, and returns when all is done.
  private static func concurrently(_ count: Int, _ work: @Sendable (Int) -> Void) {
    #if canImport(CDispatch)
    withoutActuallyEscaping(work) { work in
      withUnsafePointer(to: work) { work in
        // No queue: the one that fits the calling thread (`DISPATCH_APPLY_AUTO`).
        dispatch_apply_f(count, nil, UnsafeMutableRawPointer(mutating: work)) { work, place in
          work?.assumingMemoryBound(to: (@Sendable (Int) -> Void).self).pointee(place)
        }
      }
    }
    #else
    DispatchQueue.concurrentPerform(iterations: count, execute: work)
    #endif
  }

  /// Memory of which every piece of work writes its own part.
  private struct Pieces<Result>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Result>?
  }
}
