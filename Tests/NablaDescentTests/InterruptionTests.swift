import NablaBasics
import Synchronization
import Testing

@testable import NablaDescent

/// Flags raised in the middle of long looks, and what a descent says on its way.
@Suite struct InterruptionTests {
  @Test("A flag that is raised while the end is looked at ends the look", arguments: [3, 20, 60, 120])
  func duringLooks(count: Int) {
    let cancellation = Cancellation()
    let calls = Mutex(0)
    // Towards 0 for ever: the look along the ray asks for many values.
    let tail = Objective { x in
      let total = calls.withLock { calls -> Int in
        calls += 1
        return calls
      }
      if total >= count { cancellation.cancel() }
      return 1 / Libm.log(3 + x[0] * x[0])
    } gradient: { x in
      let l = Libm.log(3 + x[0] * x[0])
      return [-2 * x[0] / ((3 + x[0] * x[0]) * l * l)]
    }
    let trace = Minimizer(BFGS()).minimize(tail, from: [1], cancellation: cancellation)
    let total = calls.withLock { $0 }
    #expect(trace.certificate.verdict == .interrupted || total < count)
    #expect(total < count + 20, "\(total)")
    #expect(!trace.success)
  }

  @Test("Every iteration is heard of, with its value")
  func progress() {
    var heard: [(Int, Double)] = []
    let bowl = Objective { x in
      x[0] * x[0]
    } gradient: { x in
      [2 * x[0]]
    }
    let trace = Minimizer(GradientDescent(rate: 0.1), .steps(5)).minimize(bowl, from: [1]) {
      heard.append(($0, $1))
    }
    #expect(heard.map(\.0) == [0, 1, 2, 3, 4])
    #expect(zip(heard, trace.points).allSatisfy { $0.1 == $1.f })
  }
}
