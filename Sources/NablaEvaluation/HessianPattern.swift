import NablaAlgebra
import NablaBasics

/// Which second derivatives of a formula may be other than zero: the lower triangle, row after row.
///
///     x₁² + x₂·x₃ + x₄    has the entries (1, 1) and (3, 2)
///
/// What is left out is zero everywhere; what is in may be zero at some points.
public struct HessianPattern: Hashable, Sendable {
  /// How many variables there are.
  public let size: Int
  /// Where each row begins in `columns`, and where the last one ends.
  public let rowStarts: [Int]
  /// The columns of the entries of a row, rising, none beyond the diagonal.
  public let columns: [Int]

  /// How many entries are stored.
  public var count: Int { columns.count }

  /// The columns of a row.
  public subscript(row row: Int) -> ArraySlice<Int> { columns[rowStarts[row]..<rowStarts[row + 1]] }

  /// How far below the diagonal entries reach: 1 for a tridiagonal matrix.
  public var bandwidth: Int {
    (0..<size).reduce(0) { width, row in max(width, self[row: row].first.map { row - $0 } ?? 0) }
  }

  /// From pairs row · 2³² + column with row ≥ column, in any order and with repetitions.
  init(size: Int, pairs: [UInt64]) {
    self.size = size
    var starts = [0]
    starts.reserveCapacity(size + 1)
    var columns: [Int] = []
    columns.reserveCapacity(pairs.count)
    var last: UInt64?
    for pair in pairs.sorted() where pair != last {
      last = pair
      while starts.count <= Int(pair >> 32) { starts.append(columns.count) }
      columns.append(Int(pair & 0xFFFF_FFFF))
    }
    while starts.count <= size { starts.append(columns.count) }
    rowStarts = starts
    self.columns = columns
  }
}

/// Collects the pairs of variables that meet in a nonlinear operation (Walther, Computing sparse Hessians with
/// automatic differentiation, 2008).
struct Interactions {
  private let positions: VariablePlaces
  private var budget: Budget
  private(set) var pairs: [UInt64] = []
  private var compactedCount = 0
  private var supports: [ObjectIdentifier: Supports] = [:]
  /// The results in each scope on which the slope of the value depends.
  private var reached: [ObjectIdentifier: [Bool]] = [:]

  /// The pattern of a value's second derivatives.
  static func pattern(
    of value: Value, in scope: Scope, positions: VariablePlaces, limits: Limits
  ) throws(CompilationError) -> HessianPattern {
    var collector = Interactions(positions: positions, limits: limits)
    _ = collector.reach(value, in: scope)
    do throws(Budget.Overrun) {
      try collector.collect(in: Frame(scope: scope, parent: nil, term: 0))
    } catch { throw .overrun(error) }
    return HessianPattern(size: positions.count, pairs: collector.pairs)
  }

  private init(positions: VariablePlaces, limits: Limits) {
    self.positions = positions
    budget = Budget(limits.work)
  }

  /// A scope at one value of its index, inside others.
  private final class Frame {
    let scope: Scope
    let parent: Frame?
    let term: Int
    /// The variables behind inputs and loops that were asked for.
    var known: [Int: [Int32]] = [:]

    init(scope: Scope, parent: Frame?, term: Int) {
      self.scope = scope
      self.parent = parent
      self.term = term
    }
  }

  /// Marks what the slope of a value depends on; gives back what it depends on outside.
  private mutating func reach(_ value: Value, in scope: Scope) -> [Value] {
    var marks = Array(repeating: false, count: scope.instructions.count)
    var seenInputs: Set<Int> = []
    var outside: [Value] = []
    var pending = [value]
    while let next = pending.popLast() {
      switch next.kind {
      case .constant: continue
      case .input(let place):
        guard case .captured(let outer) = scope.inputs[place], seenInputs.insert(place).inserted else {
          continue
        }
        outside.append(outer)
      case .result(let place):
        guard scope.isActive(at: place), !marks[place] else { continue }
        marks[place] = true
        let instruction = scope.instructions[place]
        if instruction.opcode == .loop {
          let plan = scope.loops[Int(instruction.a)]
          pending += reach(plan.value, in: plan.body)
        } else {
          pending += scope.slopeOperands(of: place)
        }
      }
    }
    reached[ObjectIdentifier(scope)] = marks
    return outside
  }

  private mutating func collect(in frame: Frame) throws(Budget.Overrun) {
    let scope = frame.scope
    guard let marks = reached[ObjectIdentifier(scope)] else { return }
    for place in scope.instructions.indices where marks[place] {
      try budget.spend()
      for (left, right) in scope.meetings(in: place) {
        let first = try variables(behind: left, in: frame)
        let second = left == right ? first : try variables(behind: right, in: frame)
        try budget.spend(first.count * second.count)
        for a in first { for b in second { add(a, b) } }
      }
    }
    for plan in scope.loops {
      for term in plan.fold.lower..<plan.fold.lower + plan.fold.count {
        try collect(in: Frame(scope: plan.body, parent: frame, term: term))
      }
    }
  }

  private mutating func add(_ a: Int32, _ b: Int32) {
    pairs.append(UInt64(max(a, b)) << 32 | UInt64(min(a, b)))
    guard pairs.count > 2 * compactedCount + 1_000_000 else { return }
    pairs = Array(Set(pairs))
    compactedCount = pairs.count
  }

  /// The variables on which a value's slope depends.
  private mutating func variables(behind value: Value, in frame: Frame) throws(Budget.Overrun) -> [Int32] {
    if case .constant = value.kind { return [] }
    let id = ObjectIdentifier(frame.scope)
    if supports[id] == nil { supports[id] = Supports(frame.scope) }
    let atoms = try supports[id]?.atoms(of: value, budget: &budget) ?? []
    if atoms.count == 1 { return try variables(behindAtom: atoms[0], in: frame) }
    var result: Set<Int32> = []
    for atom in atoms {
      let found = try variables(behindAtom: atom, in: frame)
      try budget.spend(found.count)
      result.formUnion(found)
    }
    return Array(result)
  }

  private mutating func variables(behindAtom atom: Int, in frame: Frame) throws(Budget.Overrun) -> [Int32] {
    if let known = frame.known[atom] { return known }
    let found = try search(behindAtom: atom, in: frame)
    frame.known[atom] = found
    return found
  }

  private mutating func search(behindAtom atom: Int, in frame: Frame) throws(Budget.Overrun) -> [Int32] {
    let scope = frame.scope
    guard atom < scope.inputs.count else {
      let plan = scope.loops[atom - scope.inputs.count]
      var result: Set<Int32> = []
      for term in plan.fold.lower..<plan.fold.lower + plan.fold.count {
        let inside = Frame(scope: plan.body, parent: frame, term: term)
        let found = try variables(behind: plan.value, in: inside)
        try budget.spend(1 + found.count)
        result.formUnion(found)
      }
      return Array(result)
    }
    switch scope.inputs[atom] {
    case .variable(let position): return [Int32(position)]
    case .element(let family, let offset):
      return positions[family.member(frame.term + offset)].map { [Int32($0)] } ?? []
    case .captured(let outer):
      guard let parent = frame.parent else { return [] }
      return try variables(behind: outer, in: parent)
    case .index, .seed, .direction, .directionElement: return []
    }
  }
}

/// The inputs and loops of a scope that a value's slope depends on; a loop's number follows those of the inputs.
private struct Supports {
  private let scope: Scope
  private var known: [Int32: [Int]] = [:]
  /// Which search saw a result or an atom last.
  private var seenResults: [Int32]
  private var seenAtoms: [Int32]
  private var search: Int32 = 0

  init(_ scope: Scope) {
    self.scope = scope
    seenResults = Array(repeating: 0, count: scope.instructions.count)
    seenAtoms = Array(repeating: 0, count: scope.inputs.count + scope.loops.count)
  }

  /// Only what is asked for is kept: the partial sums of a long sum are not.
  mutating func atoms(of value: Value, budget: inout Budget) throws(Budget.Overrun) -> [Int] {
    if let known = known[value.raw] { return known }
    search += 1
    var found: [Int] = []
    var pending = [value]
    while let next = pending.popLast() {
      try budget.spend()
      switch next.kind {
      case .constant: continue
      case .input(let place): note(place, in: &found)
      case .result(let place):
        guard scope.isActive(at: place), seenResults[place] != search else { continue }
        seenResults[place] = search
        if let known = known[next.raw] {
          for atom in known { note(atom, in: &found) }
          continue
        }
        let instruction = scope.instructions[place]
        if instruction.opcode == .loop {
          note(scope.inputs.count + Int(instruction.a), in: &found)
        } else {
          pending += scope.slopeOperands(of: place)
        }
      }
    }
    known[value.raw] = found
    return found
  }

  private mutating func note(_ atom: Int, in found: inout [Int]) {
    if seenAtoms[atom] == search { return }
    seenAtoms[atom] = search
    if atom >= scope.inputs.count || scope.isActive(.input(atom)) { found.append(atom) }
  }
}

extension Scope {
  /// The operands on which the slope of a result depends: a step's has none.
  fileprivate func slopeOperands(of place: Int) -> [Value] {
    let instruction = instructions[place]
    let (a, b, c) = (Value(raw: instruction.a), Value(raw: instruction.b), Value(raw: instruction.c))
    switch instruction.opcode {
    case .add, .subtract, .multiply, .divide, .power, .oddPower, .evenPower, .weigh, .share: return [a, b]
    case .negate, .squareRoot, .cubeRoot, .exponential, .logarithm, .sine, .cosine, .tangent,
      .hyperbolicTangent, .absolute:
      return [a]
    case .select: return [b, c]
    case .unary, .binary, .ternary:
      let function = functions[Int(instruction.function)]
      let arguments = Array([a, b, c].prefix(function.arity))
      switch function.derivative {
      case .zero: return []
      case .selects(_, let then, let otherwise): return [arguments[then], arguments[otherwise]]
      case .partials: return arguments
      }
    case .loop, .reverseLoop, .held: return []
    }
  }

  /// The pairs of operands by both of which a result has a second derivative.
  fileprivate func meetings(in place: Int) -> [(Value, Value)] {
    let instruction = instructions[place]
    let (a, b) = (Value(raw: instruction.a), Value(raw: instruction.b))
    switch instruction.opcode {
    case .add, .subtract, .negate, .absolute, .select, .loop, .reverseLoop, .held: return []
    case .multiply, .weigh:
      if let (base, _) = wholePower(at: place) { return [(base, base)] }
      return [(a, b)]
    case .divide, .share: return [(a, b), (b, b)]
    case .squareRoot, .cubeRoot, .exponential, .logarithm, .sine, .cosine, .tangent, .hyperbolicTangent:
      return [(a, a)]
    case .power, .oddPower, .evenPower, .unary, .binary, .ternary:
      if instruction.opcode == .unary || instruction.opcode == .binary || instruction.opcode == .ternary,
        case .selects = functions[Int(instruction.function)].derivative
      {
        return []
      }
      let operands = slopeOperands(of: place)
      return operands.flatMap { left in operands.map { (left, $0) } }
    }
  }
}
