#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Android)
internal import Android
#endif
import NablaBasics

/// The one door to the operating system: descriptors, signals, the size of the window.
enum System {
  static let input: Int32 = 0
  static let output: Int32 = 1
  static let errors: Int32 = 2

  /// Raised by Ctrl-C; long passes look at it.
  static var interruption: Cancellation { .interruption }

  /// Why bytes could not be read or written.
  enum Failure: Error, Hashable {
    /// The reader at the other end of the pipe has gone.
    case closed
    /// Somebody pressed Ctrl-C while we waited.
    case interrupted
    /// Anything else, in the system's own words.
    case refused(String)

    /// The reason without a full stop.
    var sentence: String {
      switch self {
      case .closed: "its reader has gone"
      case .interrupted: "interrupted"
      case .refused(let reason): reason
      }
    }
  }

  /// The value of an environment variable.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Whether a person looks at the other end of a descriptor.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Ends the process with an exit.
  static func end(_ code: Int32) -> Never { exit(code) }

  /// The cells of a line of the terminal behind a descriptor.
  static func columns(_ descriptor: Int32) -> Int? { size(descriptor).columns }

  /// The cells of a line, and the lines, of the terminal behind a descriptor; nil where it does not tell.
  static func size(_ descriptor: Int32) -> (columns: Int?, rows: Int?) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
    return (size.ws_col > 0 ? Int(size.ws_col) : nil, size.ws_row > 0 ? Int(size.ws_row) : nil)
  }

  /// Writes all bytes, however many calls it takes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let (count, code) = bytes.withUnsafeBytes { raw -> (Int, Int32) in
        let rest = UnsafeRawBufferPointer(rebasing: raw[start...])
        #if canImport(Darwin)
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Musl)
        let count = Musl.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Android)
        let count = Android.write(descriptor, rest.baseAddress!, rest.count)
        #endif
        return (count, errno)
      }
      if count >= 0 {
        start += count
      } else if code == EINTR {
        continue
      } else if code == EAGAIN {
        wait(for: descriptor, Int32(POLLOUT))
      } else {
        throw code == EPIPE ? .closed : .refused(reason(code))
      }
    }
  }

  /// The next bytes, at most `limit`; none at the end.
  static func read(_ limit: Int, from descriptor: Int32) throws(Failure) -> [UInt8] {
    while true {
      var code: Int32 = 0
      var failed = false
      let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, used in
        #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer.baseAddress, limit)
        #elseif canImport(Glibc)
        let count = Glibc.read(descriptor, buffer.baseAddress, limit)
        #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer.baseAddress, limit)
        #elseif canImport(Android)
        let count = Android.read(descriptor, buffer.baseAddress!, limit)
        #endif
        if count < 0 { (code, failed) = (errno, true) }
        used = max(0, count)
      }
      if !failed { return bytes }
      if code == EAGAIN {
        wait(for: descriptor, Int32(POLLIN))
      } else if code != EINTR {
        throw .refused(reason(code))
      }
      if interruption.isCancelled { throw .interrupted }
    }
  }

  /// Opens a file, for reading if nothing else is said.
  static func open(_ path: String, mode: Int32 = O_RDONLY) throws(Failure) -> Int32 {
    #if canImport(Darwin)
    let descriptor = Darwin.open(path, mode)
    #elseif canImport(Glibc)
    let descriptor = Glibc.open(path, mode)
    #elseif canImport(Musl)
    let descriptor = Musl.open(path, mode)
    #elseif canImport(Android)
    let descriptor = Android.open(path, mode)
    #endif
    if descriptor < 0 { throw .refused(reason(errno)) }
    return descriptor
  }

  /// Closes what `open` gave; false where what was written did not arrive.
  @discardableResult
  static func close(_ descriptor: Int32) -> Bool {
    #if canImport(Darwin)
    Darwin.close(descriptor) == 0
    #elseif canImport(Glibc)
    Glibc.close(descriptor) == 0
    #elseif canImport(Musl)
    Musl.close(descriptor) == 0
    #elseif canImport(Android)
    Android.close(descriptor) == 0
    #endif
  }

  /// Waits until a descriptor that does not wait by itself can be read or written.
  private static func wait(for descriptor: Int32, _ event: Int32) {
    var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    _ = poll(&wanted, 1, -1)
  }

  /// Whether a descriptor can be read without waiting.
  static func isReady(_ descriptor: Int32) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wanted, 1, 0) > 0
  }

  /// A closed pipe becomes an error of `write`; the first Ctrl-C raises `interruption`, the second ends us.
  static func watchSignals() {
    _ = interruption.isCancelled
    signal(SIGPIPE, SIG_IGN)
    var action = sigaction()
    let handler: @convention(c) (Int32) -> Void = { number in
      System.interruption.cancel()
      signal(number, SIG_DFL)
    }
    #if canImport(Darwin)
    action.__sigaction_u.__sa_handler = handler
    #elseif canImport(Glibc) || canImport(Musl)
    action.__sigaction_handler.sa_handler = handler
    #elseif canImport(Android)
    action.sa_handler = handler
    #endif
    // No SA_RESTART: a read that waits comes back, so that Ctrl-C ends it.
    sigaction(SIGINT, &action, nil)
  }

  /// Takes a Ctrl-C back that has ended a line, so that the next one runs, and listens again.
  static func forgetInterruption() {
    guard interruption.isCancelled else { return }
    interruption.reset()
    watchSignals()
  }

  static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "it is a directory"
    case ENOSPC: "no space left on the device"
    case EBADF: "it is closed"
    default: strerror(code).map { String(cString: $0).lowercased() } ?? "error \(code)"
    }
  }
}
