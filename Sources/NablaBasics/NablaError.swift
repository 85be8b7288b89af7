/// Why there is no answer, in words: what all errors of the library have in common.
///
///     do { print(try Formula("x^2")(1, 2)) } catch { print(error) }
///     // 1 value expected, one for each variable, 2 given
public protocol NablaError: Error, CustomStringConvertible, Sendable {
  /// What is wrong, as a sentence without a full stop.
  var sentence: String { get }
}

extension NablaError {
  /// The sentence.
  public var description: String { sentence }
}
