/// How much work and memory one formula may ask for.
///
/// Limits count work and sizes, never time, so that an answer is the same on every machine. Each has a
/// generous default; what exceeds one gets a diagnostic that names it. `--limits` of the command sets them by short names.
public struct Limits: Hashable, Sendable {
  /// The longest source text, in UTF-8 bytes.
  public var sourceLength = 4_000_000
  /// The deepest nesting of brackets, functions and powers in typed text.
  public var nesting = 250
  /// The deepest a built expression may be: a typed level such as `(… + 1)·2` is two, and definitions add up.
  public var expressionDepth: Int { 4 * nesting }
  /// The most nodes an expression may have, written out as a tree.
  public var expressionSize = 5_000_000
  /// The most digits of a typed number. A power of numbers with over 1,000 stays a power, whatever this says.
  public var exactDigits = 1_000
  /// The most terms that a sum or product over an index may be written out to.
  public var expandedTerms = 20_000
  /// The most variables that sums and products over an index may touch.
  public var variables = 2_000_000
  /// The units of work one pass (differentiation, simplification, ...) may spend; about a node each.
  public var work = 50_000_000
  /// The most characters of one printed formula.
  public var printedLength = 200_000

  /// The defaults.
  public init() {}

  /// The defaults, good for a person at a keyboard and for a server.
  public static let standard = Limits()
}
