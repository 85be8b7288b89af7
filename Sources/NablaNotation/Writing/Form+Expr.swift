import NablaAlgebra
import NablaBasics

extension Form {
  /// An expression as a textbook shows it: minus, fraction, root and order come back.
  ///
  ///     Form(3 * pow(x, 2) - 1 / x, variables: [x]).text(.unicode)   // "3x² − 1/x"
  ///
  /// `variables` in the user's order decide the order of terms and factors; what is not among them is a parameter and
  /// stands first. Without a list every variable counts, in natural order. A sum that is a key of `typedOrder` keeps
  /// the order of its terms there, but in brackets a positive term comes first; `letterOrder` decides the order of
  /// letters in products.
  package init(
    _ expr: Expr, variables: [Variable]? = nil, typedOrder: TypedOrder = TypedOrder(),
    letterOrder: LetterOrder = LetterOrder()
  ) {
    var builder = ExprForm(
      expr, variables: variables ?? expr.freeVariables, typedOrder: typedOrder, letterOrder: letterOrder)
    self = builder.form(of: expr)
  }
}

/// Makes the form of an expression, each distinct part once, parts before wholes.
struct ExprForm {
  let order: VariableOrder
  let typedOrder: TypedOrder
  /// The places of letters in products, where they are not those of `order`.
  let letterRanks: VariablePlaces?
  /// The whole expression.
  let root: Expr
  /// The shown names of bound indices, by their level: no two levels share one, and no variable has it.
  private let indexNames: [String?]
  /// The names of all variables.
  private let names: NameSet
  /// Declared words, inside which single letters must not fall together.
  private let words: [String]
  private var parts = ShownParts()

  init(_ expr: Expr, variables: [Variable], typedOrder: TypedOrder, letterOrder: LetterOrder) {
    self.typedOrder = typedOrder
    root = expr
    order = VariableOrder(variables)
    let free = expr.freeVariables
    letterRanks =
      letterOrder.isEmpty ? nil : letterOrder.ranks(of: variables + free.filter { !variables.contains($0) })
    names = NameSet((variables + free).map(\.name))
    words = Form.words(among: names)
    indexNames = ExprForm.indexNames(in: expr, taken: names)
  }

  private static func indexNames(in expr: Expr, taken: NameSet) -> [String?] {
    guard expr.foldLevel > 0 else { return [] }
    var taken = taken
    var names = [String?](repeating: nil, count: expr.foldLevel + 1)
    for part in expr.distinctSubexpressions() {
      guard case .fold(let fold) = part.shape, names[fold.index.indexLevel] == nil else { continue }
      let candidates = [fold.index.name, "i", "j", "k", "l", "m", "n", "p", "q", "r", "s"]
      var name = candidates.first { !taken.contains($0) } ?? fold.index.name
      while taken.contains(name) { name += "i" }
      taken.insert(name)
      names[fold.index.indexLevel] = name
    }
    return names
  }

  mutating func form(of expr: Expr) -> Form {
    for part in expr.distinctSubexpressions() {
      parts.add(part, shown(part), TermFacts(of: part, among: parts, order))
    }
    return known(expr)
  }

  /// The form of a part that was met before.
  func known(_ expr: Expr) -> Form { parts.form(of: expr) ?? .ellipsis }

  /// What is known of a part that was met before.
  func facts(of expr: Expr) -> TermFacts { parts.facts(of: expr) ?? TermFacts() }

  private func shown(_ expr: Expr) -> Form {
    switch expr.shape {
    case .number(let number): return Form(number)
    case .constant(.pi): return .pi
    case .constant(.e): return .eulersNumber
    case .variable(let variable): return .name(name(of: variable))
    case .element(let family, let index): return .element(Name(family.name), index: self.index(index))
    case .sum(let terms): return sum(expr, terms)
    case .product: return product(expr)
    case .power: return product(expr)
    case .call(.if, let arguments) where arguments[2].isUndefined:
      return .piecewise([Form.Case(known(arguments[0]), known(arguments[1]))], otherwise: nil)
    case .call(.and, let conditions):
      if let chain = chain(conditions) { return chain }
      // p and q and r, without brackets around the first two.
      let parts = conditions.map(known)
      return if case .and(let first) = parts[0] { .and(first + parts.dropFirst()) } else { .and(parts) }
    case .call(.or, let conditions):
      let parts = conditions.map(known)
      return if case .or(let first) = parts[0] { .or(first + parts.dropFirst()) } else { .or(parts) }
    case .call(.held, let arguments): return known(arguments[0])
    case .call(let function, let arguments): return call(function, arguments.map(known))
    case .fold(let fold):
      return .fold(
        Form.Repetition(
          fold.kind == .sum ? .sum : .product, index: name(of: fold.index), from: .integer(fold.lower),
          to: .integer(fold.upper), known(fold.body)))
    }
  }

  private func name(of variable: Variable) -> Name {
    guard variable.isIndex, !variable.isOpenIndex else { return Name(variable.name) }
    let isNamed = indexNames.indices.contains(variable.indexLevel)
    return Name((isNamed ? indexNames[variable.indexLevel] : nil) ?? variable.name)
  }

  private func index(_ index: Index) -> Form {
    let bound: Form = .name(name(of: index.bound))
    if index.offset == 0 { return bound }
    let digits: Form = .number(String(index.offset.magnitude), isApproximate: false)
    return .sum([.plus(bound), Form.Term(isNegative: index.offset < 0, form: digits)])
  }

  private func call(_ row: Function, _ arguments: [Form]) -> Form {
    let function = row.name(beside: names)
    if let special = Form.special(function, arguments) { return special }
    if function == "not", arguments.count == 1 { return .not(arguments[0]) }
    if arguments.count == 2 {
      if let relation = Form.Relation(function: function) {
        return .comparison(arguments[0], [Form.Comparison(relation, arguments[1])])
      }
    }
    if function == "if", arguments.count == 3 {
      let first = Form.Case(arguments[0], arguments[1])
      if case .piecewise(let cases, let otherwise) = arguments[2] {
        return .piecewise([first] + cases, otherwise: otherwise)
      }
      return .piecewise([first], otherwise: arguments[2])
    }
    let isSpelled = isSpelledByVariables(function)
    let isBare = row.takesBareArgument && arguments.count == 1 && arguments[0].isOneSymbol && !isSpelled
    return .application(
      Form.Application(function, arguments, isBare: isBare, takesExponent: !isSpelled))
  }

  /// Two comparisons of one expression as a chain, where that reads as the two: −1 ≤ x ≤ 1 for x ≥ −1 and x ≤ 1.
  private func chain(_ conditions: [Expr]) -> Form? {
    guard case .call(let f, let a) = conditions[0].shape, case .call(let g, let b) = conditions[1].shape,
      let first = Form.Relation(function: f.name), let second = Form.Relation(function: g.name)
    else { return nil }
    if a[1] == b[0], first.isRising && second.isRising || first.isFalling && second.isFalling {
      return .comparison(
        known(a[0]), [Form.Comparison(first, known(a[1])), Form.Comparison(second, known(b[1]))])
    }
    // A bound that does not vary is read as standing on the right, wherever it is typed.
    guard a[0] == b[0], a[0].varies, !a[1].varies, first.isFalling, second.isRising else { return nil }
    return .comparison(
      known(a[1]),
      [
        Form.Comparison(first == .greater ? .less : .lessOrEqual, known(a[0])),
        Form.Comparison(second, known(b[1])),
      ])
  }

  /// Whether variables side by side spell the word, as l and n spell ln: then it is a function only before a bracket.
  private func isSpelledByVariables(_ word: String) -> Bool {
    var reached: Set<Int> = [0]
    let letters = Array(word)
    for end in letters.indices {
      if reached.contains(where: { names.contains(String(letters[$0...end])) }) { reached.insert(end + 1) }
    }
    return reached.contains(letters.count)
  }

  /// Factors side by side; letters that would fall together into a declared word get a sign.
  func joined(_ factors: [Form]) -> Form {
    if factors.count == 1 { return factors[0] }
    var result: [Form.Factor] = []
    for (position, factor) in factors.enumerated() {
      let isExplicit = position > 0 && factors[position - 1].fallsTogether(with: factor, in: words)
      result.append(isExplicit ? .explicit(factor) : .implied(factor))
    }
    return .product(result)
  }
}

extension Form {
  /// A number: digits, or a fraction of digits, with its minus in front.
  package init(_ number: Number) {
    let size = number.magnitude
    let digits: Form =
      if let text = size.decimalText {
        .number(text, isApproximate: !number.isExact)
      } else if let value = size.rational {
        Form(value)
      } else {
        .number(NumberText.shortest(size.double), isApproximate: true)
      }
    self = number.isNegative ? .negative(digits) : digits
  }

  private init(_ value: Rational) {
    let upper: Form = .number(value.numerator.description, isApproximate: false)
    let lower: Form = .number(value.denominator.description, isApproximate: false)
    self = value.isInteger ? upper : .fraction(upper, lower)
  }

  /// Whether it is one letter, Latin or Greek, or one number in digits: what a function takes without brackets.
  fileprivate var isOneSymbol: Bool {
    switch self {
    case .name(let name):
      name.subscripts.isEmpty && (name.stem.utf8.count == 1 || Glyphs.greek(name.stem) != nil)
    case .number(let digits, let isApproximate):
      !isApproximate && digits.utf8.allSatisfy(\.isDigit)
    case .pi: true
    default: false
    }
  }

  /// The declared words among names, inside which single letters must not fall together.
  static func words(among names: NameSet) -> [String] {
    names.names.map { Name($0).stem }.filter { stem in
      Glyphs.greek(stem) == nil && stem.utf8.allSatisfy { $0 >= 65 }
    }.sorted()
  }

  /// Whether a letter and what follows it, side by side, would read as a part of a declared word.
  func fallsTogether(with next: Form, in words: [String]) -> Bool {
    guard !words.isEmpty, let letter else { return false }
    var first = next
    if case .power(let base, _) = first { first = base }
    guard case .name(let name) = first, name.stem.utf8.count == 1 else { return false }
    return words.contains { $0.contains(letter + name.stem) }
  }

  /// A name of one ASCII letter.
  fileprivate var letter: String? {
    if case .name(let name) = self, name.subscripts.isEmpty, name.stem.utf8.count == 1 {
      name.stem
    } else {
      nil
    }
  }
}

extension Form.Relation {
  /// Whether it is < or ≤.
  fileprivate var isRising: Bool { self == .less || self == .lessOrEqual }
  /// Whether it is > or ≥.
  fileprivate var isFalling: Bool { self == .greater || self == .greaterOrEqual }

  /// The relation of a comparing row of the function table.
  init?(function: String) {
    switch function {
    case "<": self = .less
    case "<=": self = .lessOrEqual
    case ">": self = .greater
    case ">=": self = .greaterOrEqual
    case "==": self = .equal
    case "!=": self = .notEqual
    default: return nil
    }
  }
}

extension Function {
  /// The name, or another one of its names where a variable has the first: Γ is `Gamma` beside γ.
  func name(beside variables: NameSet) -> String {
    guard variables.contains(name) else { return name }
    return aliases.first { !variables.contains($0) } ?? name
  }
}
