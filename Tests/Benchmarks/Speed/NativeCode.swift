import Nabla

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The same function as C, exported by the library, built by the machine's own compiler and called in this process.
struct NativeCode {
  typealias Gradient = @convention(c) (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  typealias Batch = @convention(c) (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Double

  let gradient: Gradient
  /// Many points in one call: coordinates and results one column after the other.
  let batch: Batch

  /// How the compiler is called.
  enum Flags: String, CaseIterable {
    case strict = "-O3 -march=native -ffp-contract=off"
    case fast = "-O3 -march=native -ffast-math"
  }

  /// Nil where there is no C compiler, or it refuses.
  init?(_ formula: Formula, _ flags: Flags) {
    guard let code = try? formula.code(in: .c) else { return nil }
    let count = formula.variables.count
    let name = formula.name
    let columns = (0..<count).map { "columns[\($0) * rows + row]" }.joined(separator: ", ")
    let results = (0..<count).map { "results[\($0 + 1) * rows + row] = slopes[\($0)];" }.joined(
      separator: " ")
    let loop =
      count > 12
      ? ""
      : """

      double benchmark_batch(const double *restrict columns, double *restrict results, long rows) {
        double sum = 0;
        for (long row = 0; row < rows; row++) {
          const double point[\(count)] = {\(columns)};
          double slopes[\(count)];
          results[row] = \(name)_gradient(point, slopes);
          \(results)
        }
        return sum;
      }
      """
    let directory = "/tmp/nabla-benchmark-\(getpid())"
    mkdir(directory, 0o700)
    let base = "\(directory)/\(NativeCode.next())"
    guard let file = fopen(base + ".c", "w") else { return nil }
    fputs(code.replacing("double \(name)_gradient", with: "double \(name)_gradient"), file)
    fputs(loop, file)
    fputs("\ndouble (*benchmark_gradient)(const double *, double *) = (void *)\(name)_gradient;\n", file)
    fclose(file)
    guard system("cc \(flags.rawValue) -shared -fPIC -o \(base).so \(base).c -lm 2>/dev/null") == 0,
      let library = dlopen(base + ".so", RTLD_NOW), let pointer = dlsym(library, "benchmark_gradient")
    else { return nil }
    let place = pointer.assumingMemoryBound(to: Gradient.self)
    gradient = place.pointee
    batch = dlsym(library, "benchmark_batch").map { unsafeBitCast($0, to: Batch.self) } ?? { _, _, _ in .nan }
  }

  nonisolated(unsafe) private static var serial = 0

  private static func next() -> Int {
    serial += 1
    return serial
  }
}
