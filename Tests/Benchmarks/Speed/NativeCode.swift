import Nabla

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The same function as C, exported by the library, built by the machine's own compilers and called in this process.
struct NativeCode {
  typealias Gradient = @convention(c) (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  typealias Batch = @convention(c) (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Double

  let gradient: Gradient
  /// Many points in one call: coordinates and results one column after the other.
  let batch: Batch
  /// The values alone, in the same order.
  let values: Batch

  /// How a compiler is called.
  struct Build {
    let isStrict: Bool
    let command: String

    /// The compilers that the machine has, each with and without licence to reorder.
    static let all: [Build] = ["gcc", "clang"].flatMap { compiler -> [Build] in
      guard system("command -v \(compiler) >/dev/null") == 0 else { return [] }
      let command = "\(compiler) -O3 -march=native"
      return [
        Build(isStrict: true, command: command + " -ffp-contract=off"),
        Build(isStrict: false, command: command + " -ffast-math"),
      ]
    }
  }

  /// All builds that succeed, strict ones first.
  static func builds(of formula: Formula, sumsRows: Bool = false) -> [(isStrict: Bool, code: NativeCode)] {
    Build.all.sorted { $0.isStrict && !$1.isStrict }.compactMap { build in
      NativeCode(formula, build, sumsRows: sumsRows).map { (build.isStrict, $0) }
    }
  }

  /// Nil where the compiler refuses.
  ///
  /// A batch gives the value and all partial derivatives of every row, or their sums over all rows.
  private init?(_ formula: Formula, _ build: Build, sumsRows: Bool) {
    guard let code = try? formula.code(in: .c) else { return nil }
    let count = formula.variables.count
    let name = formula.name
    let directory = "/tmp/nabla-benchmark-\(getpid())"
    mkdir(directory, 0o700)
    let base = "\(directory)/\(NativeCode.next())"
    guard let file = fopen(base + ".c", "w") else { return nil }
    fputs(code, file)
    if count <= 12 { fputs(NativeCode.loop(name, count, sumsRows: sumsRows), file) }
    fputs("\ndouble (*benchmark_gradient)(const double *, double *) = (void *)\(name)_gradient;\n", file)
    fclose(file)
    guard system("\(build.command) -shared -fPIC -o \(base).so \(base).c -lm 2>/dev/null") == 0,
      let library = dlopen(base + ".so", RTLD_NOW), let pointer = dlsym(library, "benchmark_gradient")
    else { return nil }
    gradient = pointer.assumingMemoryBound(to: Gradient.self).pointee
    let named = { (name: String) -> Batch in
      dlsym(library, name).map { unsafeBitCast($0, to: Batch.self) } ?? { _, _, _ in .nan }
    }
    (batch, values) = (named("benchmark_batch"), named("benchmark_values"))
  }

  /// The rows one after the other, the function inlined.
  private static func loop(_ name: String, _ count: Int, sumsRows: Bool) -> String {
    let columns = (0..<count).map { "columns[\($0) * rows + row]" }.joined(separator: ", ")
    let results = (0..<count).map {
      sumsRows ? "sums[\($0)] += slopes[\($0)];" : "results[\($0 + 1) * rows + row] = slopes[\($0)];"
    }
    return """

      double benchmark_batch(const double *restrict columns, double *restrict results, long rows) {
        double sum = 0;
        double sums[\(count)] = {0};
        for (long row = 0; row < rows; row++) {
          const double point[\(count)] = {\(columns)};
          double slopes[\(count)];
          double value = \(name)_gradient(point, slopes);
          \(sumsRows ? "sum += value;" : "results[row] = value;")
          \(results.joined(separator: " "))
        }
        for (int k = 0; k < \(sumsRows ? count : 0); k++) results[k] = sums[k];
        return sum;
      }

      double benchmark_values(const double *restrict columns, double *restrict results, long rows) {
        for (long row = 0; row < rows; row++) {
          const double point[\(count)] = {\(columns)};
          results[row] = \(name)(point);
        }
        return 0;
      }
      """
  }

  nonisolated(unsafe) private static var serial = 0

  private static func next() -> Int {
    serial += 1
    return serial
  }
}
