#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Android)
internal import Android
#endif

extension System {
  /// How a terminal was set before keys were read from it one by one, and what answered to signals then.
  struct TerminalMode {
    fileprivate var settings: termios
    fileprivate var handlers: [(signal: Int32, handler: (@convention(c) (Int32) -> Void)?)] = []
  }

  /// Has the terminal of the input send every key at once and unshown; nil where it is no terminal.
  ///
  /// A signal that ends the program sets it back first.
  static func rawMode() -> TerminalMode? {
    var settings = termios()
    guard tcgetattr(input, &settings) == 0 else { return nil }
    var before = TerminalMode(settings: settings)
    Kept.settings.pointee = settings
    for number in [SIGHUP, SIGTERM] {
      let handler = signal(number, setBackAndEnd)
      // Who runs a program under nohup wants it to stay.
      if isIgnoring(handler) { signal(number, SIG_IGN) }
      before.handlers.append((number, handler))
    }
    cfmakeraw(&settings)
    if tcsetattr(input, TCSADRAIN, &settings) == 0 { return before }
    restore(before)
    return nil
  }

  /// Sets the terminal back.
  static func restore(_ mode: TerminalMode) {
    var settings = mode.settings
    _ = tcsetattr(input, TCSADRAIN, &settings)
    for (number, handler) in mode.handlers { signal(number, handler) }
  }

  /// The settings that a signal puts back; written before anything answers to one.
  private enum Kept {
    nonisolated(unsafe) static let settings = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  }

  /// Answers to a signal: calls only what a handler may call, and leaves the rest to what would have happened anyway.
  private static let setBackAndEnd: @convention(c) (Int32) -> Void = { number in
    _ = tcsetattr(System.input, TCSANOW, Kept.settings)
    System.writeAtOnce(LineScreen.plainPastes)
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    handler.map { unsafeBitCast($0, to: Int.self) } == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// One call of the system, without memory of its own, so that a handler of signals may use it.
  private static func writeAtOnce(_ text: StaticString) {
    #if canImport(Darwin)
    _ = Darwin.write(output, text.utf8Start, text.utf8CodeUnitCount)
    #elseif canImport(Glibc)
    _ = Glibc.write(output, text.utf8Start, text.utf8CodeUnitCount)
    #elseif canImport(Musl)
    _ = Musl.write(output, text.utf8Start, text.utf8CodeUnitCount)
    #elseif canImport(Android)
    _ = Android.write(output, text.utf8Start, text.utf8CodeUnitCount)
    #endif
  }
}
