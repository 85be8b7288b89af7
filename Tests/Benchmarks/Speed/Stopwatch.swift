#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Times of short pieces of work: the median of several stretches, each long enough for the clock.
enum Stopwatch {
  /// Nanoseconds for one run of `body`, which runs as often as it takes.
  static func nanoseconds(stretches: Int = 7, atLeast: Double = 2e7, _ body: () -> Void) -> Double {
    var runs = 1
    body()
    while time({ for _ in 0..<runs { body() } }) < atLeast { runs *= 2 }
    let times = (0..<stretches).map { _ in time { for _ in 0..<runs { body() } } / Double(runs) }
    return times.sorted()[stretches / 2]
  }

  /// Nanoseconds for work that is done once: the least of a few attempts, as everything else only adds.
  static func once(attempts: Int = 5, _ body: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<attempts { least = min(least, try time(body)) }
    return least
  }

  /// The processor time of this process, in nanoseconds: other processes do not count.
  private static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = now()
    try body()
    return now() - start
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}

/// Keeps a result from being optimized away.
@inline(never)
func keep(_ value: Double) { kept = value }

nonisolated(unsafe) private var kept = 0.0
