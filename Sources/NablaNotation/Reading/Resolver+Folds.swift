import NablaAlgebra
import NablaBasics

/// Sums and products over an index, and members of families.
extension Resolver {

  /// A fold: one node where every index in it is the bound one plus a constant, else written out.
  mutating func fold(
    _ kind: Syntax.FoldKind, _ name: String, _ node: Syntax, _ bounds: (Expr?, Expr?), _ body: Expr?
  ) throws(Diagnostic) -> Expr? {
    guard let lower = try bound(node[0], bounds.0), let upper = try bound(node[1], bounds.1) else {
      return nil
    }
    if lower > upper, indices.isEmpty {
      notes.append(
        Diagnostic(
          .emptyRange("\(lower) to \(upper)"), node[0].span.joined(node[1].span),
          hint: kind == .sum ? "a sum of no terms is 0" : "a product of no factors is 1"))
    }
    if let body {
      occurrences.close(.openIndex(name), from: lower, through: upper)
      return .fold(kind == .sum ? .sum : .product, index: .openIndex(name), from: lower, through: upper, body)
    }
    return try writtenOut(kind, name, lower, upper, node)
  }

  /// As far as an index may reach: what is added to it there is a whole number still.
  private static let farthestBound: UInt = 1_000_000_000_000_000

  /// A bound as a whole number; nil where it waits for an index around it.
  private mutating func bound(_ node: Syntax, _ value: Expr?) throws(Diagnostic) -> Int? {
    guard let value else { return nil }
    if case .number(let number) = value.shape, number.isInteger {
      guard let whole = number.small, whole.magnitude <= Self.farthestBound else {
        throw Diagnostic(.boundTooFar, node.span)
      }
      return whole
    }
    let said = Diagnostic(
      .boundNotInteger(SyntaxBuilder(node.tree).reading(Int32(node.index))), node.span,
      hint: value.freeVariables.first.map { "give \($0.name) a value with --let \($0.name)=10" } ?? "")
    guard holdsIndex(value) else { throw said }
    obstacle = obstacle ?? said
    return nil
  }

  private mutating func writtenOut(
    _ kind: Syntax.FoldKind, _ name: String, _ lower: Int, _ upper: Int, _ node: Syntax
  ) throws(Diagnostic) -> Expr? {
    occurrences.forget(.openIndex(name))
    guard lower <= upper else { return kind == .sum ? .zero : .one }
    let (width, overflow) = upper.subtractingReportingOverflow(lower)
    if overflow || width >= limits.expandedTerms - writtenOut {
      throw Diagnostic(.tooManyTerms(limit: limits.expandedTerms), node.span)
    }
    var terms: [Expr] = []
    var size = 0
    for value in lower...upper {
      indices[name] = value
      defer { indices[name] = nil }
      writtenOut += 1
      guard let term = try self.value(of: node[2]) else { return nil }
      size += term.size
      if size > limits.expressionSize {
        throw Diagnostic(.expressionTooLarge(limit: limits.expressionSize), node.span)
      }
      if writtenOut > limits.expandedTerms {
        throw Diagnostic(.tooManyTerms(limit: limits.expandedTerms), node.span)
      }
      terms.append(term)
    }
    return kind == .sum ? .sum(terms) : .product(terms)
  }

  /// `x[i+1]`, or the variable `x_3` at a number.
  mutating func element(_ name: String, _ index: Expr, _ span: Span) throws(Diagnostic) -> Expr? {
    if case .number(let number) = index.shape {
      guard let member = number.small, member >= 0 else { throw Diagnostic(.indexNotInteger, span) }
      return variable("\(name)_\(member)")
    }
    guard holdsIndex(index) else { throw Diagnostic(.indexNotInteger, span) }
    guard !familiesWithValues.contains(name), let place = affine(index) else {
      obstacle = obstacle ?? Diagnostic(.indexNotInteger, span)
      return nil
    }
    occurrences.add(name, at: place)
    return .element(Family(name), place)
  }

  /// i + c.
  private func affine(_ index: Expr) -> Index? {
    switch index.shape {
    case .variable(let variable): return Index(variable)
    case .sum(let terms) where terms.count == 2:
      var bound: Variable?
      var offset: Int?
      for term in terms {
        switch term.shape {
        case .variable(let variable) where variable.isOpenIndex: bound = variable
        case .number(let number): offset = number.small
        default: return nil
        }
      }
      guard let bound, let offset, abs(Double(offset)) < 1e15 else { return nil }
      return Index(bound, offset: offset)
    default: return nil
    }
  }

  private func holdsIndex(_ value: Expr) -> Bool {
    value.distinctSubexpressions().contains { part in
      switch part.shape {
      case .variable(let variable): variable.isOpenIndex
      case .element(_, let place): place.bound.isOpenIndex
      default: false
      }
    }
  }

  // MARK: The subject

  /// The reading of the last line.
  mutating func reading(
    of definition: Definition, _ value: Expr, _ source: SourceText, _ notes: [Diagnostic]
  ) throws(Diagnostic) -> Reading {
    let expression = try equationAsDifference(definition, value)
    occurrences = occurrences.gathered(from: mentions)
    for (family, range) in expression.families { occurrences.add(family.name, range) }
    let families = occurrences.families
    try check(families, definition.body.span)
    let list = options.variables.map { $0.map { Variable($0) } } ?? definition.parameters.map(spread)
    // A line alone mentions all that it holds.
    let mayHoldOthers = list != nil || !values.isEmpty || !functions.isEmpty || !families.isEmpty
    let free = mayHoldOthers ? expression.freeVariables : []
    for variable in free { _ = occurrences.variable(variable.name) }
    let occurring = occurrences.variables.names.map { Variable($0) }.sorted()
    let variables = list ?? Self.inNaturalOrder(occurring, families)
    let parameters =
      list.map { Self.outside($0, Self.inNaturalOrder(free, expression.families)) } ?? []
    let valued = options.allowsUnusedValues ? [] : options.valuedNames
    let unused = valued.filter { !used.contains($0) }.sorted().map { name in
      Diagnostic(
        .unusedValue(NameText.shown(name)), Span(definition.body.span.start, definition.body.span.start),
        hint: variables.isEmpty
          ? ""
          : "its variables are " + variables.prefix(8).map { NameText.shown($0.name) }.joined(separator: ", ")
      )
    }
    return Reading(
      name: definition.name, variables: variables, parameters: parameters, expression: expression,
      syntax: definition.body, typedOrder: typedOrder, letterOrder: letterOrder, families: families,
      hasList: definition.parameters != nil,
      values: lineUses.compactMap { name in values[name].map { (name, $0) } }, source: source,
      diagnostics: notes + self.notes + self.notes(on: definition, variables, source) + unused,
      earlierNames: NameSet(functions.names + values.names).subtracting(NameSet(options.valuedNames)))
  }

  /// The variables that a list does not hold.
  private static func outside(_ list: [Variable], _ variables: [Variable]) -> [Variable] {
    let listed = VariablePlaces(list)
    return variables.filter { listed[$0] == nil }
  }

  /// Families that reach no further than the limit.
  private func check(
    _ families: [(family: Family, members: ClosedRange<Int>)], _ span: Span
  ) throws(Diagnostic) {
    var members = 0
    for (_, range) in families {
      let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
      if range.lowerBound < 0 { throw Diagnostic(.indexNotInteger, span) }
      if !overflow, width < limits.variables { members += width + 1 }
      if overflow || width >= limits.variables || members > limits.variables {
        throw Diagnostic(.tooManyVariables(limit: limits.variables), span)
      }
    }
  }

  /// Single variables and whole families, each family where its first member belongs.
  private static func inNaturalOrder(
    _ free: [Variable], _ families: [(family: Family, members: ClosedRange<Int>)]
  ) -> [Variable] {
    if families.isEmpty { return free }
    var ranges: [Variable: (family: Family, members: ClosedRange<Int>)] = [:]
    for entry in families { ranges[entry.family.member(entry.members.lowerBound)] = entry }
    let singles = free.filter { variable in
      guard let member = variable.member else { return true }
      return !families.contains { $0.family == member.family && $0.members.contains(member.number) }
    }
    return (singles + ranges.keys).sorted().flatMap { variable -> [Variable] in
      guard let entry = ranges[variable] else { return [variable] }
      return entry.members.map { entry.family.member($0) }
    }
  }

  private func equationAsDifference(_ definition: Definition, _ value: Expr) throws(Diagnostic) -> Expr {
    let body = definition.body
    guard options.readsEquations, body.kind == .comparison, body.count == 2, body.link(1) == .equal else {
      return value
    }
    var sides = self
    sides.listed = NameSet(definition.parameters ?? [])
    guard let left = try sides.value(of: body[0]), let right = try sides.value(of: body[1]) else {
      return value
    }
    return left - right
  }
}
