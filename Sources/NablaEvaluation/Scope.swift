import NablaAlgebra
import NablaBasics

/// One program while it is being built: gives equal computations one number and works out constants.
///
/// Its lists are not checked for exclusive access at run time, which took a tenth of the building: one thread has it,
/// and nothing that is called while a list changes comes back to it.
final class Scope {
  /// The scope around a loop's; it outlives this one, which stands among its loops.
  unowned let parent: Scope?
  /// The index that the scope's loop binds.
  let index: Variable?
  /// How many times the program runs in one evaluation.
  let trips: Int
  @exclusivity(unchecked) private(set) var instructions: [Instruction] = []
  @exclusivity(unchecked) private(set) var constants: [Double] = []
  @exclusivity(unchecked) private(set) var inputs: [Source] = []
  @exclusivity(unchecked) private(set) var functions: [Function] = []
  @exclusivity(unchecked) private var traits: [Trait] = []
  var loops: [LoopPlan] = []
  /// The a and b of products (a − b)·(a + b) that stand for a² − b², by their places.
  @exclusivity(unchecked) private var squares: [Int: (Value, Value)] = [:]
  /// The values of expressions.
  let known: KnownValues

  @exclusivity(unchecked) private var numbers = HashedPlaces()
  @exclusivity(unchecked) private var constantPlaces = HashedPlaces()
  @exclusivity(unchecked) private var inputPlaces = HashedPlaces()

  /// Whether operations on constants are worked out, to within rounding.
  let foldsConstants: Bool

  /// A scope for the program of an expression of about `size` parts.
  init(
    parent: Scope? = nil, index: Variable? = nil, trips: Int = 1, foldsConstants: Bool = true, size: Int = 0
  ) {
    known = KnownValues(expecting: size)
    // With its sweep, a program has up to three instructions for each part.
    numbers.reserve(3 * min(size, 1 << 20))
    self.foldsConstants = parent?.foldsConstants ?? foldsConstants
    self.trips = trips
    self.parent = parent
    self.index = index
  }

  /// A scope that continues from another one's state, for a sweep after its own instructions; its parent may be one
  /// that continues from the other's parent.
  init(continuing other: Scope, in parent: Scope? = nil) {
    known = KnownValues()
    foldsConstants = other.foldsConstants
    trips = other.trips
    self.parent = parent ?? other.parent
    index = other.index
    instructions = other.instructions
    constants = other.constants
    inputs = other.inputs
    functions = other.functions
    traits = other.traits
    loops = other.loops
    squares = other.squares
    numbers = other.numbers
    constantPlaces = other.constantPlaces
    inputPlaces = other.inputPlaces
  }

  func constant(_ number: Double) -> Value {
    let bits = number.bitPattern
    let next = constants.count
    let known = constantPlaces.place(
      of: bits, orInsert: next, where: { constants[$0].bitPattern == bits })
    if known == nil { constants.append(number) }
    return .constant(known ?? next)
  }

  /// The number that a value is known to be.
  func number(_ value: Value) -> Double? {
    if case .constant(let place) = value.kind { constants[place] } else { nil }
  }

  func input(_ source: Source) -> Value {
    let hash = source.stableHash
    let next = inputs.count
    let known = inputPlaces.place(
      of: hash, near: source.number, orInsert: next, where: { inputs[$0] == source },
      number: { inputs[$0].number })
    if known == nil { inputs.append(source) }
    return .input(known ?? next)
  }

  /// Whether the result of an instruction depends on a variable.
  func isActive(at place: Int) -> Bool { traits[place].isActive }

  /// Whether a value depends on a variable.
  func isActive(_ value: Value) -> Bool {
    switch value.kind {
    case .constant: return false
    case .result(let place): return isActive(at: place)
    case .input(let place):
      switch inputs[place] {
      case .variable, .element: return true
      case .index, .seed, .direction, .directionElement: return false
      case .captured(let outer): return parent?.isActive(outer) ?? false
      }
    }
  }

  /// The value of one operation: a constant where its operands are, the earlier one where it stood before.
  func emit(_ opcode: Opcode, _ a: Value, _ b: Value? = nil, _ c: Value? = nil, function: Function? = nil)
    -> Value
  {
    if foldsConstants, let x = number(a) {
      let y = b.map { number($0) } ?? 0
      let z = c.map { number($0) } ?? 0
      if let y, let z { return constant(Arithmetic.value(opcode, x, y, z, function)) }
    }
    var (first, second) = (a, b ?? a)
    if opcode == .add || opcode == .multiply, second.raw < first.raw { (first, second) = (second, first) }
    if opcode == .negate, case .result(let place) = a.kind, instructions[place].opcode == .negate {
      return Value(raw: instructions[place].a)
    }
    let instruction = Instruction(
      opcode: opcode, function: function.map { place(of: $0) } ?? 0, a: first.raw, b: second.raw,
      c: (c ?? a).raw)
    let hash = instruction.hash
    let known = numbers.place(
      of: hash, near: instruction.youngest, orInsert: instructions.count,
      where: { instructions[$0] == instruction }, number: { instructions[$0].youngest })
    if let known { return .result(known) }
    let active = isActive(a) || (b.map { isActive($0) } ?? false) || (c.map { isActive($0) } ?? false)
    return append(instruction, isActive: active)
  }

  /// The value of a quotient that stands already.
  private func quotient(_ a: Value, _ b: Value) -> Value? {
    let quotient = Instruction(opcode: .divide, a: a.raw, b: b.raw, c: a.raw)
    let place = numbers.place(
      of: quotient.hash, near: quotient.youngest, where: { instructions[$0] == quotient })
    return place.map { .result($0) }
  }

  /// An instruction of its own, never shared.
  func append(_ instruction: Instruction, isActive active: Bool) -> Value {
    instructions.append(instruction)
    traits.append(Trait(isActive: active))
    return .result(instructions.count - 1)
  }

  private func place(of function: Function) -> UInt16 {
    if let place = functions.firstIndex(where: { $0 === function }) { return UInt16(place) }
    functions.append(function)
    return UInt16(functions.count - 1)
  }
}

extension Scope {
  func add(_ a: Value, _ b: Value) -> Value { emit(.add, a, b) }

  func multiply(_ a: Value, _ b: Value) -> Value {
    if number(a) == 1 { return b }
    if number(b) == 1 { return a }
    if number(a) == -1 { return emit(.negate, b) }
    if number(b) == -1 { return emit(.negate, a) }
    return scaled(a, by: b) ?? scaled(b, by: a) ?? emit(.multiply, a, b)
  }

  /// A product with a constant times another constant as one, where the product of the two is exact.
  private func scaled(_ a: Value, by b: Value) -> Value? {
    guard let factor = number(b), case .result(let place) = a.kind, instructions[place].opcode == .multiply
    else { return nil }
    let (u, v) = (Value(raw: instructions[place].a), Value(raw: instructions[place].b))
    guard let own = number(u) ?? number(v) else { return nil }
    let product = own * factor
    guard product.isNormal, (-product).addingProduct(own, factor) == 0 else { return nil }
    return multiply(number(u) == nil ? u : v, constant(product))
  }

  func divide(_ a: Value, _ b: Value) -> Value { number(b) == 1 ? a : emit(.divide, a, b) }

  /// An adjoint times a partial derivative; nothing where the adjoint is zero.
  func weigh(_ adjoint: Value, _ partial: Value) -> Value {
    if number(partial) == 1 { return adjoint }
    if let known = number(adjoint) { return known == 0 ? adjoint : multiply(adjoint, partial) }
    if let known = number(partial), known.isFinite {
      return known == 0 ? partial : multiply(adjoint, partial)
    }
    return emit(.weigh, adjoint, partial)
  }

  /// An adjoint times p·uᵖ⁻¹. The p of an index goes to the adjoint first: where it is 0, as k of xᵏ may be under a sum
  /// over k, it contributes nothing even beside 1/0.
  func slope(_ adjoint: Value, _ exponent: Value, _ power: Value) -> Value {
    number(exponent) == nil && !isActive(exponent)
      ? weigh(weigh(adjoint, exponent), power) : weigh(adjoint, multiply(exponent, power))
  }

  /// An adjoint over a divisor; nothing where the adjoint is zero.
  ///
  /// Where the adjoint is another number, the function has no value without the quotient, which may be the one that it
  /// was made of: 1/u has the slope −(1/u)².
  func share(_ adjoint: Value, _ divisor: Value) -> Value {
    if number(divisor) == 1 { return adjoint }
    if let known = number(adjoint) {
      return known == 0 ? adjoint : quotient(adjoint, divisor) ?? emit(.share, adjoint, divisor)
    }
    return emit(.share, adjoint, divisor)
  }

  /// uⁿ for a whole n ≥ 1 by multiplications that other powers of u share; libm's pow from 7 on, which is exact
  /// to the last digit where a long chain of multiplications is off by up to n of them.
  func wholePower(_ base: Value, _ exponent: Int) -> Value {
    if exponent == 1 { return base }
    guard exponent <= 6 else { return emit(.power, base, constant(Double(exponent))) }
    let isEven = exponent % 2 == 0
    let smaller = wholePower(base, isEven ? exponent / 2 : exponent - 1)
    let value = emit(.multiply, smaller, isEven ? smaller : base)
    if case .result(let place) = value.kind {
      traits[place].base = base.raw
      traits[place].exponent = Int16(exponent)
    }
    return value
  }
}

extension Scope {
  /// What is known of the result of an instruction.
  fileprivate struct Trait {
    /// Whether it depends on a variable.
    var isActive: Bool
    /// A whole power's exponent and base, so that it is differentiated as such; an exponent of 0 for what is no power.
    var exponent: Int16 = 0
    var base: Int32 = 0
  }

  /// The base and the exponent of a result that is a whole power.
  func wholePower(at place: Int) -> (base: Value, exponent: Int)? {
    let trait = traits[place]
    return trait.exponent == 0 ? nil : (Value(raw: trait.base), Int(trait.exponent))
  }
}

extension Scope {
  /// Keeps that a product is a² − b², so that it is differentiated as such.
  func keepDifference(of roots: (Value, Value), at value: Value) {
    guard case .result(let place) = value.kind, instructions[place].opcode == .multiply else { return }
    squares[place] = roots
  }

  /// The a and b of a product that is a² − b²: as kept, or as its factors a − b and a + b show. Its slopes 2a and −2b are
  /// the sum and the difference of its factors, where the smaller of the two would be lost.
  func squareDifference(at place: Int) -> (a: Value, b: Value)? {
    if let (a, b) = squares[place] { return (a, b) }
    guard case .result(let first) = Value(raw: instructions[place].a).kind,
      case .result(let second) = Value(raw: instructions[place].b).kind
    else { return nil }
    var (minus, plus) = (instructions[first], instructions[second])
    if minus.opcode == .add { swap(&minus, &plus) }
    guard minus.opcode == .subtract, plus.opcode == .add,
      (minus.a, minus.b) == (plus.a, plus.b) || (minus.a, minus.b) == (plus.b, plus.a)
    else { return nil }
    return (Value(raw: minus.a), Value(raw: minus.b))
  }
}

/// A loop while its program is being built.
struct LoopPlan {
  let fold: Fold
  let body: Scope
  let value: Value
  /// How many instructions of the body give its value.
  let valueCount: Int
  /// The adjoints of the body's inputs by their place, in a reverse sweep.
  var adjoints: [Value?]?
  /// In a reverse sweep, the place of the loop whose terms it differentiates.
  var pair: Int?
}
