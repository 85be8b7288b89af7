#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Times of short pieces of work: the median of several stretches, each long enough for the clock.
enum Stopwatch {
  /// Nanoseconds for one run of each piece of work; each is told how often to run.
  ///
  /// Stretches go by turns, so that a machine that is busy with other things is busy for all.
  static func inTurn(stretches: Int = 9, atLeast: Double = 4e6, _ works: [(Int) -> Void]) -> [Double] {
    var runs = works.map { _ in 1 }
    for (place, work) in works.enumerated() {
      work(1)
      while time({ work(runs[place]) }) < atLeast { runs[place] *= 2 }
    }
    var times = works.map { _ in [Double]() }
    for _ in 0..<stretches {
      for (place, work) in works.enumerated() {
        times[place].append(time { work(runs[place]) } / Double(runs[place]))
      }
    }
    return times.map { $0.sorted()[stretches / 2] }
  }

  /// Nanoseconds for work that is done once: the least of a few attempts, as everything else only adds.
  static func once(attempts: Int = 5, _ body: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<attempts { least = min(least, try time(body)) }
    return least
  }

  /// Nanoseconds for each of several works that are done once, by turns: the least of a few attempts.
  static func onceInTurn(attempts: Int, _ works: [() throws -> Void]) throws -> [Double] {
    var least = works.map { _ in Double.infinity }
    for _ in 0..<attempts {
      for (place, work) in works.enumerated() { least[place] = min(least[place], try time(work)) }
    }
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
