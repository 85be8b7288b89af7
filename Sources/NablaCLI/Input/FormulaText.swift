import NablaBasics

/// The text of a formula from the command line: itself, `-` for standard input, `@file` for a file.
struct FormulaText {
  /// Why there is no text.
  enum Trouble: Error, Hashable {
    case unreadable(name: String, reason: String)
    case notText(name: String, line: Int, column: Int)
    case tooLong(name: String, limit: Int)
    case interrupted

    /// The sentence without its end mark.
    func sentence(_ glyphs: Glyphs) -> String {
      switch self {
      case .unreadable(let name, let reason):
        "\(name) cannot be read: \(reason)"
          + (name.dropFirst().hasPrefix("(") ? "; @ reads a file, so leave @(…) out of a formula" : "")
      case .notText(let name, let line, let column):
        "\(name) is no UTF-8 text: see byte \(column) of line \(line)"
      case .tooLong(let name, let limit): "\(name) is longer than \(limit) bytes"
      case .interrupted: "interrupted"
      }
    }
  }

  /// The text that an operand stands for.
  static func read(_ operand: String, input: Input, limits: Limits, glyphs: Glyphs) throws(Trouble) -> String
  {
    if operand == "-" {
      return try text(of: input, name: "standard input", limits: limits)
    }
    guard operand.hasPrefix("@"), operand.count > 1 else { return operand }
    let path = String(operand.dropFirst())
    let name = glyphs.quoted(path)
    let descriptor: Int32
    do { descriptor = try System.open(path) } catch { throw trouble(error, name) }
    defer { System.close(descriptor) }
    return try text(of: Input(descriptor: descriptor), name: name, limits: limits)
  }

  private static func trouble(_ failure: System.Failure, _ name: String) -> Trouble {
    switch failure {
    case .interrupted: .interrupted
    case .closed: .unreadable(name: name, reason: "it is closed")
    case .refused(let reason): .unreadable(name: name, reason: reason)
    }
  }

  private static func text(of input: Input, name: String, limits: Limits) throws(Trouble) -> String {
    let bytes: [UInt8]?
    do { bytes = try input.everything(limit: limits.sourceLength) } catch { throw trouble(error, name) }
    guard let bytes else { throw .tooLong(name: name, limit: limits.sourceLength) }
    guard var text = String(validating: bytes, as: UTF8.self) else {
      let good = bytes[..<Input.firstBadByte(bytes[...])]
      let line = good.count { $0 == UInt8(ascii: "\n") } + 1
      let column = good.count - (good.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
      throw .notText(name: name, line: line, column: column)
    }
    while let last = text.last, last.isNewline { text.removeLast() }
    return text
  }
}
