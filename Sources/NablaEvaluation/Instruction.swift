/// What one instruction does with its operands a, b, c.
enum Opcode: UInt8, Sendable {
  case add, subtract, multiply, divide, negate
  case squareRoot, cubeRoot, exponential, logarithm, sine, cosine, tangent, hyperbolicTangent, absolute
  /// aᵇ as libm's pow has it.
  case power
  /// |a|ᵇ with the sign of a, and |a|ᵇ: real powers p/q of negative numbers with odd q, by the parity of p.
  case oddPower, evenPower
  /// b where a is not 0, c where it is.
  case select
  /// a·b and a/b of an adjoint a, which is 0 where a is 0, whatever b is.
  case weigh, share
  /// A function's own closure.
  case unary, binary, ternary
  /// A sum or product over an index, and its reverse sweep; a is the place of the loop.
  case loop, reverseLoop
  /// A further result of the `reverseLoop` above it.
  case held
}

/// One step of a program; its result has the number of the instruction.
struct Instruction: Hashable, Sendable {
  var opcode: Opcode
  /// The place of the closure in the program's table, for function calls.
  var function: UInt16 = 0
  var a: Int32
  var b: Int32 = 0
  var c: Int32 = 0

  /// A hash that is the same in every process.
  var hash: UInt64 {
    let first = UInt64(UInt32(bitPattern: a)) | UInt64(UInt32(bitPattern: b)) << 32
    let second = UInt64(UInt32(bitPattern: c)) | UInt64(opcode.rawValue) << 32 | UInt64(function) << 40
    let mixed = (first ^ 0x2545_F491_4F6C_DD1D) &* 0x9E37_79B9_7F4A_7C15
    return (mixed ^ (mixed >> 29) ^ second) &* 0xBF58_476D_1CE4_E5B9
  }

  /// The last of the results that it works on, which grows as a program does; of inputs and constants alone, one that
  /// grows with theirs.
  var youngest: Int {
    let none = Int32(truncatingIfNeeded: Value.limit)
    let last = max(a < none ? a : -1, b < none ? b : -1, c < none ? c : -1)
    return last >= 0 ? Int(last) : 8 &* Int(a & (none - 1))
  }
}

/// A value while a program is being built: the result of an instruction, an input, or a constant.
struct Value: Hashable, Sendable {
  let raw: Int32

  private static let inputs: Int32 = 1 << 29
  private static let constants: Int32 = 1 << 30
  /// The most values of one kind.
  static let limit = 1 << 29

  init(raw: Int32) { self.raw = raw }
  static func result(_ place: Int) -> Value { Value(raw: Int32(place)) }
  static func input(_ place: Int) -> Value { Value(raw: inputs + Int32(place)) }
  static func constant(_ place: Int) -> Value { Value(raw: constants + Int32(place)) }

  /// What the value is, with its place among its kind.
  enum Kind {
    case result(Int)
    case input(Int)
    case constant(Int)
  }

  var kind: Kind {
    if raw >= Value.constants { return .constant(Int(raw - Value.constants)) }
    if raw >= Value.inputs { return .input(Int(raw - Value.inputs)) }
    return .result(Int(raw))
  }
}
