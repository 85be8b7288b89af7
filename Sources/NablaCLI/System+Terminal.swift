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
  /// How a terminal was set before keys were read from it one by one.
  struct TerminalMode {
    fileprivate var settings: termios
  }

  /// Has a terminal send every key at once and unshown; nil where it is no terminal.
  static func rawMode(_ descriptor: Int32) -> TerminalMode? {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return nil }
    let before = TerminalMode(settings: settings)
    cfmakeraw(&settings)
    guard tcsetattr(descriptor, TCSADRAIN, &settings) == 0 else { return nil }
    return before
  }

  /// Sets a terminal back.
  static func restore(_ mode: TerminalMode, _ descriptor: Int32) {
    var settings = mode.settings
    _ = tcsetattr(descriptor, TCSADRAIN, &settings)
  }
}
