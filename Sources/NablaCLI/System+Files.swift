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
  /// Writes a file whole or not at all: into a new file beside it, which then takes its name.
  ///
  /// What stood there before stays where anything fails. A device or a pipe, which cannot be replaced, is written to.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    try replace(path) { write throws(Failure) in try write(bytes) }
  }

  /// The same for what comes in pieces.
  static func replace(
    _ path: String, writing body: (_ write: ([UInt8]) throws(Failure) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .refused(reason(EISDIR)) }
    if exists, kind != S_IFREG {
      let descriptor = try open(path, mode: O_WRONLY)
      defer { close(descriptor) }
      return try body { bytes throws(Failure) in try write(bytes, to: descriptor) }
    }
    var name = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    if descriptor < 0 {
      let code = errno
      // What is not there can only be the folder.
      throw .refused(code == ENOENT ? "there is no folder \(folder(of: path))" : reason(code))
    }
    do throws(Failure) {
      try body { bytes throws(Failure) in try write(bytes, to: descriptor) }
    } catch {
      close(descriptor)
      unlink(&name)
      throw error
    }
    let mask = umask(0)
    umask(mask)
    fchmod(descriptor, exists ? status.st_mode & 0o7777 : 0o666 & ~mask)
    close(descriptor)
    if rename(&name, path) != 0 {
      let code = errno
      unlink(&name)
      throw .refused(reason(code))
    }
  }

  /// Where the file of a path stands.
  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }
}
