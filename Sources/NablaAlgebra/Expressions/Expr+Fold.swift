extension Expr {
  /// The sum or product of `body` over index = lower … upper; the index may be an open one.
  ///
  ///     let i = Variable.openIndex("i")
  ///     Expr.fold(.sum, index: i, from: 1, through: 3, .variable(i))   // 6
  ///
  /// An empty range gives 0 or 1; a body without the index is taken count times; a body of numbers and the
  /// index alone is worked out when it is short.
  public static func fold(
    _ kind: Fold.Kind, index: Variable, from lower: Int, through upper: Int, _ body: Expr
  ) -> Expr {
    if lower > upper { return kind == .sum ? .zero : .one }
    let (width, overflow) = upper.subtractingReportingOverflow(lower)
    guard !overflow, width < .max else { return Expr(canonical: .number(Number(approximate: .nan))) }
    if !body.contains(index: index) {
      let count = Expr.integer(width + 1)
      return kind == .sum ? .product([count, body]) : .power(body, count)
    }
    if lower == upper { return body.replacingIndex(index, with: .integer(lower)) }
    if width < 100, body.mask == 0, body.size < 50 {
      let terms = (lower...upper).map { body.replacingIndex(index, with: .integer($0)) }
      let value = kind == .sum ? Expr.sum(terms) : Expr.product(terms)
      if case .number = value.shape { return value }
    }
    let level = 1 + body.foldLevel
    let bound = Variable(index: index.name, level: level)
    let inside = bound == index ? body : body.replacingIndex(index, with: .index(Index(bound)))
    return Expr(
      canonical: .fold(Fold(kind: kind, index: bound, lower: lower, upper: upper, body: inside)))
  }

  /// What takes the place of an index.
  package enum IndexValue {
    case integer(Int)
    case index(Index)
  }

  /// Whether the index occurs, as a number or in an element.
  package func contains(index: Variable) -> Bool {
    distinctSubexpressions().contains { part in
      switch part.shape {
      case .variable(let variable): variable == index
      case .element(_, let place): place.bound == index
      default: false
      }
    }
  }

  /// The expression with another value for an index; elements at whole numbers become the family's members.
  package func replacingIndex(_ index: Variable, with value: IndexValue) -> Expr {
    rebuilt { part in
      switch part.shape {
      case .variable(let variable) where variable == index:
        switch value {
        case .integer(let number): return .integer(number)
        case .index(let place): return .sum([.variable(place.bound), .integer(place.offset)])
        }
      case .element(let family, let place) where place.bound == index:
        switch value {
        case .integer(let number): return .variable(family.member(number &+ place.offset))
        case .index(let other):
          return .element(family, Index(other.bound, offset: other.offset &+ place.offset))
        }
      default: return nil
      }
    }
  }

  /// The offsets c at which elements x[i + c] of a family occur, rising.
  package func offsets(of family: Family, at index: Variable) -> [Int] {
    var offsets: Set<Int> = []
    for part in distinctSubexpressions() {
      if case .element(family, let place) = part.shape, place.bound == index { offsets.insert(place.offset) }
    }
    return offsets.sorted()
  }
}
