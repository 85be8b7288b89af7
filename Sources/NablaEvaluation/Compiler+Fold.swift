import NablaAlgebra

extension Compiler {
  /// A sum or product over an index: as one loop, or term by term where a loop does not do.
  mutating func value(of fold: Fold, in scope: Scope) throws(CompilationError) -> Value {
    let (trips, overflow) = scope.trips.multipliedReportingOverflow(by: fold.count)
    guard !overflow, trips <= limits.work else { throw .overrun(.tooLarge("work")) }
    // Sums over an index are differentiated twice, products are not.
    if writesOutProducts, fold.kind == .product { return try writtenOut(fold, in: scope) }
    if fold.count <= limits.expandedTerms, fold.takesOddRoots { return try writtenOut(fold, in: scope) }
    return try loop(over: fold, in: scope, trips: trips)
  }

  private mutating func writtenOut(_ fold: Fold, in scope: Scope) throws(CompilationError) -> Value {
    guard fold.count <= limits.expandedTerms else { throw .overrun(.tooLarge("expandedTerms")) }
    var whole = try value(of: fold.term(at: fold.lower), in: scope)
    for index in fold.lower + 1..<fold.lower + fold.count {
      let term = try value(of: fold.term(at: index), in: scope)
      whole = fold.kind == .sum ? scope.add(whole, term) : scope.multiply(whole, term)
    }
    return whole
  }

  /// A fold as one loop with a program of its own.
  private mutating func loop(
    over fold: Fold, in scope: Scope, trips: Int
  ) throws(CompilationError) -> Value {
    let body = Scope(parent: scope, index: fold.index, trips: trips)
    let term = stableUse.map { fold.body.stableForm(for: $0) } ?? fold.body
    let value = try value(of: term, in: body)
    let place = scope.loops.count
    scope.loops.append(
      LoopPlan(fold: fold, body: body, value: value, valueCount: body.instructions.count, adjoints: nil))
    return scope.append(Instruction(opcode: .loop, a: Int32(place)), isActive: body.isActive(value))
  }
}

extension Fold {
  /// Whether the index stands in an exponent that is at times a fraction with an odd denominator, as in x^(1/i): the
  /// root has a value below 0 as well, and of an exponent in a loop no more is known than its double.
  fileprivate var takesOddRoots: Bool {
    body.distinctSubexpressions().contains { part in
      guard case .power(let base, let exponent) = part.shape, !base.isNonnegative, !exponent.isNumber,
        exponent.isOfIndices, !exponent.isWhole
      else { return false }
      return (lower...upper).contains { value in
        guard case .number(let number) = exponent.replacingIndex(index, with: .integer(value)).shape else {
          return exponent.holds(index)
        }
        return number.rational.map { $0.denominator.isOdd && !$0.isInteger } ?? false
      }
    }
  }
}

extension Expr {
  /// Whether it is made of numbers and of the indices of sums and products only.
  fileprivate var isOfIndices: Bool {
    distinctSubexpressions().allSatisfy { part in
      switch part.shape {
      case .number, .sum, .product, .power: true
      case .variable(let variable): variable.isIndex
      case .constant, .element, .call, .fold: false
      }
    }
  }

  /// Whether it is whole for all values of its indices, as it is a polynomial with whole coefficients.
  fileprivate var isWhole: Bool {
    distinctSubexpressions().allSatisfy { part in
      switch part.shape {
      case .number(let number): number.isInteger
      case .power(_, let exponent): exponent.isNumber && exponent.isNonnegative
      default: true
      }
    }
  }

  fileprivate func holds(_ index: Variable) -> Bool {
    distinctSubexpressions().contains(.variable(index))
  }
}
