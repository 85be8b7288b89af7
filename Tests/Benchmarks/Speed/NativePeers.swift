#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Peers that are libraries of C++, called in this process; `peers.py` builds them and writes what they read.
///
///     NABLA_PEERS=FOLDER swift run -c release Benchmarks point
struct NativePeers {
  typealias Open = @convention(c) (UnsafePointer<CChar>) -> OpaquePointer?
  typealias Run =
    @convention(c) (OpaquePointer?, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  typealias Build = @convention(c) (UnsafePointer<CChar>, CInt, Bool) -> Double

  private let folder: String
  private let library: UnsafeMutableRawPointer

  /// Nil where no folder is named, or nothing was built there.
  init?() {
    guard let name = getenv("NABLA_PEERS") else { return nil }
    folder = String(cString: name)
    guard let library = dlopen(folder + "/peers.so", RTLD_NOW) else {
      print(String(cString: dlerror()))
      return nil
    }
    self.library = library
  }

  /// A peer's function for a workload: f and its gradient at a point.
  struct Function {
    let peer: String
    let run: Run
    let handle: OpaquePointer
  }

  /// The peers that have the workload.
  func functions(of workload: String) -> [Function] {
    [("CasADi", "casadi", "casadi"), ("ExprTk", "exprtk", "exprtk"), ("ExprTk", "exprtk", "exprtk-shared")]
      .compactMap { peer, prefix, ending in
        guard let open = dlsym(library, prefix + "_open"), let run = dlsym(library, prefix + "_run"),
          let handle = unsafeBitCast(open, to: Open.self)("\(folder)/\(workload).\(ending)")
        else { return nil }
        return Function(peer: peer, run: unsafeBitCast(run, to: Run.self), handle: handle)
      }
  }

  /// CasADi's way to the gradient of a formula, from C++ and without text; to a function that can be called, if asked.
  func builder(_ formula: String, _ count: Int, withFunction: Bool = false) -> (() -> Void)? {
    dlsym(library, "casadi_build").map { symbol in
      { keep(unsafeBitCast(symbol, to: Build.self)(formula, CInt(count), withFunction)) }
    }
  }
}
