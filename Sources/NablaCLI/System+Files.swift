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
  /// What stood there before stays where anything fails. A link stays, and leads to the new file. A device or a pipe,
  /// which cannot be replaced, is written to, and so is what the program writes to anyway, as /dev/stdout names it.
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
    if exists, let descriptor = [output, errors].first(where: { isOpen($0, as: status) }) {
      return try body { bytes throws(Failure) in try write(bytes, to: descriptor) }
    }
    if exists, kind != S_IFREG {
      let descriptor = try open(path, mode: O_WRONLY)
      defer { close(descriptor) }
      return try body { bytes throws(Failure) in try write(bytes, to: descriptor) }
    }
    // Whoever may write to the folder could put a new file in the place of one that is not to be written.
    if exists, status.st_mode & 0o222 == 0 { throw .refused("it is write-protected") }
    if exists, access(path, W_OK) != 0 { throw .refused(reason(errno)) }
    let path = try end(of: path)
    var name = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    if descriptor < 0 {
      let code = errno
      // What is not there can only be the folder.
      throw .refused(code == ENOENT ? "there is no folder \(folder(of: path))" : reason(code))
    }
    do throws(Failure) {
      try body { bytes throws(Failure) in try write(bytes, to: descriptor) }
      // A new name must not come to the disk before what it names; pipes and some file systems cannot say.
      if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP { throw .refused(reason(errno)) }
    } catch {
      close(descriptor)
      unlink(&name)
      throw error
    }
    let mask = umask(0)
    umask(mask)
    // A file system without modes keeps its own.
    _ = fchmod(descriptor, exists ? status.st_mode & 0o7777 : 0o666 & ~mask)
    if !close(descriptor) {
      let code = errno
      unlink(&name)
      throw .refused(reason(code))
    }
    if rename(&name, path) != 0 {
      let code = errno
      unlink(&name)
      throw .refused(reason(code))
    }
  }

  /// Whether a descriptor writes to a file.
  private static func isOpen(_ descriptor: Int32, as file: stat) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_dev == file.st_dev && status.st_ino == file.st_ino
  }

  /// Where the links of a path lead, whether a file stands there or not.
  private static func end(of path: String) throws(Failure) -> String {
    var path = path
    for _ in 0..<40 {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let length = readlink(path, &target, target.count)
      if length < 0 { return path }
      let next = String(decoding: target.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
      path = next.hasPrefix("/") ? next : folder(of: path) + "/" + next
    }
    throw .refused(reason(ELOOP))
  }

  /// Where the file of a path stands.
  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }
}
