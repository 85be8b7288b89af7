import NablaAlgebra
import NablaBasics

/// A function that a line defines.
struct DefinedFunction: Sendable {
  var parameters: [Variable]
  var body: Expr
}

/// Makes `Expr` of `Syntax`: what was typed becomes what was meant.
///
/// Parts stand before wholes in a tree's table, so one loop over a stretch of the table does it, without calls
/// that follow the depth of the text. A part whose value waits for a number in the place of an index has none;
/// the sum around it is then written out.
struct Resolver {
  let options: ReadingOptions
  var limits: Limits { options.limits }
  /// Values by name: those of parameters, and what earlier lines define.
  var values = NameTable<Expr>()
  /// The members of families that have values: no sum over such a family stays one node.
  var familiesWithValues = NameSet()
  /// Functions that earlier lines define.
  var functions = NameTable<DefinedFunction>()
  /// The sums of the line in typed order.
  var typedOrder = TypedOrder()
  /// The letters of the line's products in typed order.
  var letterOrder = LetterOrder()
  /// Numbers in the place of indices, while a sum is written out.
  var indices = NameTable<Int>()
  /// Names that the list of the line declares: they hide earlier values.
  var listed = NameSet()
  /// What the line mentions.
  var occurrences = Occurrences()
  /// What earlier lines mention that define something, and the last of them for each name.
  var mentions: [Occurrences] = []
  var mentioned = NameTable<Int>()
  /// The values that lines have asked for.
  var used = NameSet()
  /// What the line asks for, in order.
  var lineUses: [String] = []
  /// What the functions of earlier lines ask for.
  var usesOfFunctions = NameTable<[String]>()
  /// What is said about the line's meaning.
  var notes: [Diagnostic] = []
  var work = 0
  var writtenOut = 0
  /// Derivatives of those functions by their names, `f'`.
  var primed = NameTable<DefinedFunction>()
  /// How many times the text has asked to differentiate; at most as often as it may nest.
  var derivatives = 0
  /// The work that all of them may take.
  var derivativeBudget: Budget
  /// Why a part has no value yet: said where no sum around it can be written out.
  var obstacle: Diagnostic?

  /// What a name counts for that is kept with a function: it takes as much memory as so many nodes.
  private static let workOfName = 16
  /// The most values of a line that are kept in order.
  private static let mostUses = 32

  init(options: ReadingOptions) {
    self.options = options
    derivativeBudget = Budget(options.limits.work)
    for name in options.valuedNames { if let value = options.parameters[name] { setValue(name, value) } }
  }

  private mutating func setValue(_ name: String, _ value: Expr) {
    values[name] = value
    if let member = Variable(name).member { familiesWithValues.insert(member.family.name) }
  }

  /// The value of a line; later lines may use its name.
  mutating func define(_ definition: Definition) throws(Diagnostic) -> Expr {
    listed = NameSet(definition.parameters ?? [])
    typedOrder = TypedOrder()
    letterOrder = LetterOrder()
    obstacle = nil
    occurrences = Occurrences()
    lineUses = []
    guard let value = try value(of: definition.body) else {
      throw obstacle ?? Diagnostic(.indexNotInteger, definition.body.span)
    }
    guard let name = definition.name else { return value }
    if definition.parameters != nil {
      occurrences = occurrences.gathered(from: mentions)
      work += Self.workOfName * occurrences.variables.names.count
      if work > limits.work { throw Diagnostic(.tooMuchWork, definition.nameSpan) }
    }
    mentioned[name] = mentions.count
    mentions.append(occurrences.without(listed))
    if let parameters = definition.parameters {
      if !primed.isEmpty { primed = NameTable() }
      usesOfFunctions[name] = lineUses
      functions[name] = DefinedFunction(parameters: spread(parameters), body: value)
    } else {
      setValue(name, value)
    }
    return value
  }

  /// The value of a node; nil where an index in it must be a number first.
  mutating func value(of root: Syntax) throws(Diagnostic) -> Expr? {
    var values = PartValues(of: root)
    for place in values.first...root.index {
      let value = try value(at: place, in: root.tree, &values)
      work += 1 + values.count(place) + (value.map(Self.parts(of:)) ?? 0)
      if work > limits.work { throw Diagnostic(.tooMuchWork, values.span(place)) }
      if let value { try check(value, values.span(place)) }
      values.results.append(value)
    }
    return values.results[values.results.count - 1]
  }

  /// Nodes of a table, and the values of those whose wholes have none yet; a whole takes them out.
  private struct PartValues {
    /// The place of the first node.
    let first: Int
    private let nodes: [SyntaxTree.Node]
    private let parts: [SyntaxTree.Part]
    var results: [Expr?] = []

    init(of root: Syntax) {
      first = root.lowestIndex
      nodes = root.tree.nodes
      parts = root.tree.parts
      results.reserveCapacity(root.index - first + 1)
    }

    func kind(_ place: Int) -> Syntax.Kind { nodes[place].kind }
    func span(_ place: Int) -> Span { nodes[place].span }
    func count(_ place: Int) -> Int { Int(nodes[place].count) }

    mutating func take(_ part: Int, of place: Int) -> Expr? {
      results[Int(parts[Int(nodes[place].first) + part].node) - first].take()
    }

    /// The values of all parts; nil where one of them has none.
    mutating func takeAll(of place: Int) -> [Expr]? {
      let count = count(place)
      guard count > 0, let head = take(0, of: place) else { return count == 0 ? [] : nil }
      // Most nodes have one part or two; an array that grows asks more of the memory.
      if count == 1 { return [head] }
      guard let second = take(1, of: place) else { return nil }
      if count == 2 { return [head, second] }
      var all = [head, second]
      all.reserveCapacity(count)
      for part in 2..<count {
        guard let value = take(part, of: place) else { return nil }
        all.append(consume value)
      }
      return all
    }
  }

  /// How many parts a value holds side by side: those of a sum of sums are copied into the new one.
  private static func parts(of value: Expr) -> Int {
    switch value.shape {
    case .sum(let parts), .product(let parts): parts.count
    case .number, .constant, .variable, .element, .power, .call, .fold: 0
    }
  }

  /// Memory and stack stay bounded: no expression is larger or deeper than the limits say.
  func check(_ value: Expr, _ span: Span) throws(Diagnostic) {
    if value.size > limits.expressionSize {
      throw Diagnostic(.expressionTooLarge(limit: limits.expressionSize), span)
    }
    if value.depth > limits.expressionDepth {
      throw Diagnostic(.nestedTooDeep(limit: limits.expressionDepth), span)
    }
  }

  /// 10⁻⁷ and less as a decimal, which is how they are printed: 2·10⁻⁷, and no fraction below whose bar are seven zeros.
  private func smallPowerOfTen(_ base: Expr, _ exponent: Expr) -> Expr? {
    guard case .number(let power) = exponent.shape, power.isNegative, power.isInteger,
      (-300 ... -7).contains(power.double), base == 10
    else { return nil }
    return Number(decimal: "1e\(Int(power.double))").map { .number($0) }
  }

  /// The value of the node at a place of the table, whose parts have theirs.
  private mutating func value(
    at place: Int, in tree: SyntaxTree, _ values: inout PartValues
  ) throws(Diagnostic) -> Expr? {
    switch values.kind(place) {
    case .number(let text): return try number(text, values.span(place))
    case .vulgar(let upper, let lower): return .integer(upper) / .integer(lower)
    case .constant(let name): return .constant(name == "pi" ? .pi : .e)
    case .variable(let name): return variable(name)
    case .boundIndex(let name): return indices[name].map { .integer($0) } ?? .variable(.openIndex(name))
    case .missing: throw Diagnostic(.unexpectedToken(""), values.span(place))
    case .group: return values.take(0, of: place)
    case .power:
      guard let base = values.take(0, of: place), let exponent = values.take(1, of: place) else {
        return nil
      }
      return smallPowerOfTen(base, exponent) ?? .power(base, exponent)
    case .fold(let kind, let name):
      let bounds = (values.take(0, of: place), values.take(1, of: place))
      return try fold(kind, name, Syntax(tree: tree, index: place), bounds, values.take(2, of: place))
    case .element, .sum, .product, .negative, .factorial, .degrees, .call, .root, .fraction, .absolute,
      .comparison, .not, .and, .or, .piecewise, .derivative:
      guard let parts = values.takeAll(of: place) else { return nil }
      return try value(of: Syntax(tree: tree, index: place), consume parts)
    }
  }

  /// The value of a node that joins its parts, which all have theirs.
  private mutating func value(of node: Syntax, _ parts: consuming [Expr]) throws(Diagnostic) -> Expr? {
    switch node.kind {
    case .element(let name): return try element(name, parts[0], node.span)
    case .sum: return sum(node, consume parts)
    case .product: return product(node, consume parts)
    case .negative: return -parts[0]
    case .factorial: return .call(.factorial, parts)
    case .degrees: return parts[0] * .constant(.pi) / 180
    case .call(let callee, _): return try call(callee, parts, node.span)
    case .root: return parts.count == 1 ? parts[0].squareRoot : root(parts[0], degree: parts[1])
    case .fraction: return parts[0] / parts[1]
    case .absolute: return .call(.abs, parts)
    case .comparison: return comparison(node, parts)
    case .not: return .call(.not, parts)
    case .and: return balanced(.and, parts[...])
    case .or: return balanced(.or, parts[...])
    case .piecewise: return piecewise(parts)
    case .derivative(let names): return try derivative(of: parts[0], by: names, node.span)
    case .number, .vulgar, .constant, .variable, .boundIndex, .missing, .group, .power, .fold: return nil
    }
  }

  private func number(_ typed: String, _ span: Span) throws(Diagnostic) -> Expr {
    if typed.utf8.count < 18, let whole = Int(typed) { return .integer(whole) }
    // 5. is the integer that it is shown as.
    let text = typed.utf8.last == UInt8(ascii: ".") ? String(typed.dropLast()) : typed
    if text.utf8.count < 18, let whole = Int(text) { return .integer(whole) }
    guard let number = Number(decimal: text, maximumDigits: limits.exactDigits) else {
      throw Diagnostic(.numberTooLong(limit: limits.exactDigits), span)
    }
    return .number(number)
  }

  mutating func variable(_ name: String) -> Expr {
    guard !listed.contains(name), let value = values[name] else {
      return occurrences.variable(name)
    }
    used.insert(name)
    keepUse(name)
    if let earlier = mentioned[name] { occurrences.add(line: earlier) }
    return value
  }

  /// Keeps a value that the line asks for, in order.
  mutating func keepUse(_ name: String) {
    if lineUses.count < Resolver.mostUses, !lineUses.contains(name) { lineUses.append(name) }
  }

  private mutating func sum(_ node: Syntax, _ parts: consuming [Expr]) -> Expr {
    var terms = consume parts
    for part in terms.indices where node.link(part) == .minus { terms[part] = -terms[part] }
    // A lone −(x + 1) stays as it is; a sum of it would open the bracket.
    let value = terms.count == 1 ? terms[0] : Expr.sum(terms)
    if terms.count > 1, case .sum(let canonical) = value.shape, canonical.count == terms.count,
      Resolver.areSame(canonical, terms)
    {
      typedOrder[value] = terms
    }
    return value
  }

  /// Whether both hold the same terms, in any order; there are as many of them.
  private static func areSame(_ canonical: [Expr], _ terms: [Expr]) -> Bool {
    // Where no bracket opened, like terms would have made fewer.
    if !terms.contains(where: \.opensInSums) { return true }
    guard terms.count < 9 else {
      var typed = ExprMap<Void>()
      for term in terms { typed[term] = () }
      return typed.count == canonical.count && canonical.allSatisfy { typed.contains($0) }
    }
    return terms.allSatisfy { canonical.contains($0) } && canonical.allSatisfy { terms.contains($0) }
  }

  private mutating func product(_ node: Syntax, _ parts: consuming [Expr]) -> Expr {
    var factors = consume parts
    var letters: [Variable] = []
    for place in factors.indices where node.link(place) != .over && letters.count <= LetterOrder.mostLetters {
      if case .variable(let variable) = factors[place].baseAndExponent.base.shape { letters.append(variable) }
    }
    letterOrder.note(letters)
    for part in factors.indices where node.link(part) == .over { factors[part] = factors[part].reciprocal }
    return .product(factors)
  }
}
