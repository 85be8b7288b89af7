import Nabla
import NablaEvaluation

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Counts what a call allocates: the program runs itself again under a counter that stands in front of the C library's
/// allocator, and fails where a call that should take no memory takes some. Linux only.
enum Allocations {
  private static let counter = """
    #include <stddef.h>
    extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
        *__libc_memalign(size_t, size_t);
    static long count;
    long benchmark_allocations(void) { return count; }
    void *malloc(size_t n) { __atomic_add_fetch(&count, 1, 0); return __libc_malloc(n); }
    void *calloc(size_t n, size_t m) { __atomic_add_fetch(&count, 1, 0); return __libc_calloc(n, m); }
    void *realloc(void *p, size_t n) { __atomic_add_fetch(&count, 1, 0); return __libc_realloc(p, n); }
    void *aligned_alloc(size_t a, size_t n) { __atomic_add_fetch(&count, 1, 0); return __libc_memalign(a, n); }
    int posix_memalign(void **p, size_t a, size_t n) {
      __atomic_add_fetch(&count, 1, 0);
      return (*p = __libc_memalign(a, n)) ? 0 : 12;
    }
    """

  /// Counts, or runs this program again under the counter.
  static func measure() throws {
    if let symbol = dlsym(nil, "benchmark_allocations") {
      return try measure(unsafeBitCast(symbol, to: (@convention(c) () -> Int).self))
    }
    let base = "/tmp/nabla-benchmark-\(getpid())-counter"
    guard let file = fopen(base + ".c", "w") else { return print("no counter: \(base).c cannot be written") }
    fputs(counter, file)
    fclose(file)
    guard system("cc -O2 -shared -fPIC -o \(base).so \(base).c") == 0 else {
      return print("no counter: no C compiler")
    }
    setenv("LD_PRELOAD", base + ".so", 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = [
      strdup(CommandLine.arguments[0]), strdup("allocations"), nil,
    ]
    execv("/proc/self/exe", &arguments)
    print("no counter: this program cannot be run again")
  }

  private static func measure(_ count: @convention(c) () -> Int) throws {
    // Whether the counter counts: an array that leaves the function takes memory.
    let before = count()
    keep(Double([Int](repeating: 3, count: 1000 + before % 2).count))
    guard count() > before else {
      print("the counter does not count")
      exit(1)
    }
    var isClean = true
    for workload in [.poly, .trans] + Workload.physics + [.rosenbrock(1000), .writtenRosenbrock(1000)] {
      let function = try workload.read().compiled()
      let point = workload.point
      var gradient: [Double] = []
      let ring = Ring(point)
      let slopes = UnsafeMutableBufferPointer(start: ring.slopes, count: point.count)
      func calls(_ body: () -> Double) -> Double {
        keep(body())
        let before = count()
        for _ in 0..<1000 { keep(body()) }
        return Double(count() - before) / 1000
      }
      let results = [
        calls { function(point) },
        calls { function.valueAndGradient(at: point, into: &gradient) },
        calls {
          var place = slopes.mutableSpan
          return function.valueAndGradient(at: ring[0].span, into: &place)
        },
      ]
      if results.contains(where: { $0 > 0 }) { isClean = false }
      print(
        "\(workload.name): \(results[0]) a value, \(results[1]) a gradient, \(results[2]) a gradient in place"
      )
    }
    print(isClean ? "no call takes memory" : "a call takes memory")
    if !isClean { exit(1) }
  }
}
