#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The geometric mean of several comparisons, contender by contender.
struct GeometricMean {
  private var count = 0.0
  private var sum = 0.0
  private var sums: [(name: String, value: Double)] = []

  mutating func add(_ ours: Double, _ others: [(name: String, value: Double)]) {
    count += 1
    sum += log(ours)
    if sums.isEmpty { sums = others.map { ($0.name, 0) } }
    for place in sums.indices {
      let name = sums[place].name
      sums[place].value += log(others.first { $0.name == name }?.value ?? .nan)
    }
  }

  var isEmpty: Bool { count == 0 }
  var ours: Double { exp(sum / count) }
  var others: [(name: String, value: Double)] { sums.map { ($0.name, exp($0.value / count)) } }
}
