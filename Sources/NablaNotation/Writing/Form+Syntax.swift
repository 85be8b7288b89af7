import NablaAlgebra
import NablaBasics

extension Form {
  /// What was typed, tidied: the echo in front of an answer.
  ///
  ///     1/2x^2 + ln x      echoes as   ½x² + ln x
  ///     3*x^{2} + 8*x*y    echoes as   3x² + 8xy
  ///
  /// Order, brackets that mean something and bare functions stay; redundant brackets and product signs go.
  /// `declared` are names of variables that need not occur, so that no function is shown by one of them.
  package init(_ syntax: Syntax, declared: [Variable] = []) {
    let first = syntax.lowestIndex
    var forms: [Form] = []
    var variables = NameSet(declared.map(\.name))
    for place in first...syntax.index {
      if case .variable(let name) = syntax.tree.nodes[place].kind { variables.insert(name) }
    }
    let words = Form.words(among: variables)
    for place in first...syntax.index {
      let node = Syntax(tree: syntax.tree, index: place)
      let parts = node.parts.map { forms[$0.index - first] }
      forms.append(Form(node, beside: variables, words: words, parts: parts))
    }
    self = forms.last ?? .ellipsis
  }

  /// One node whose parts are made already; a function is not called by the name of a variable beside it.
  private init(_ node: Syntax, beside variables: NameSet, words: [String], parts: [Form]) {
    switch node.kind {
    case .number(let text): self = .number(Form.tidy(text), isApproximate: false)
    case .vulgar(let upper, let lower): self = .fraction(.integer(upper), .integer(lower))
    case .constant(let name): self = name == "pi" ? .pi : .eulersNumber
    case .variable(let name), .boundIndex(let name): self = .variable(name)
    case .element(let family): self = .element(Name(family), index: parts[0])
    case .sum:
      self = .sum(parts.indices.map { Term(isNegative: node.link($0) == .minus, form: parts[$0]) })
    case .product:
      self = Form.typedProduct(
        parts.indices.map { Linked(link: node.link($0), form: parts[$0]) }, apart: words)
    case .negative: self = .negative(parts[0])
    case .power: self = .power(parts[0], parts[1])
    case .factorial: self = .factorial(parts[0])
    case .degrees:
      let factors: [Form] = if case .name = parts[0] { [.pi, parts[0]] } else { [parts[0], .pi] }
      self = .fraction(.product(factors.map(Factor.implied)), .integer(180))
    case .call(let callee, let style):
      self = Form.typedCall(callee, parts, isBare: style == .bare, beside: variables)
    case .root: self = Form.typedRoot(parts)
    case .fraction: self = .fraction(parts[0], parts[1])
    case .absolute: self = .enclosed(.absolute, parts[0])
    case .group: self = parts[0]
    case .comparison:
      let rest = parts.indices.dropFirst().map { Comparison(Relation(node.link($0)), parts[$0]) }
      self = .comparison(parts[0], rest)
    case .not: self = .not(parts[0])
    case .and: self = .and(parts)
    case .or: self = .or(parts)
    case .piecewise:
      let cases = stride(from: 0, to: parts.count - 1, by: 2).map { Case(parts[$0], parts[$0 + 1]) }
      self = .piecewise(cases, otherwise: parts.count % 2 == 1 ? parts.last : nil)
    case .fold(let kind, let index):
      self = .fold(
        Repetition(
          kind == .sum ? .sum : .product, index: Name(index), from: parts[0], to: parts[1], parts[2]))
    case .derivative(let names):
      let isPartial = node.parts[0].holdsVariable(besides: names)
      let head = variables.contains("d") ? Form.partialBesideD : isPartial ? "∂/∂" : "d/d"
      self = names.reduce(parts[0]) { .application(Application(head + $1, [$0])) }
    case .missing: self = .ellipsis
    }
  }

  /// `.5` as 0.5, `5.` as 5.
  private static func tidy(_ digits: String) -> String {
    var text = digits.hasPrefix(".") ? "0" + digits : digits
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A factor and how it is tied to the one before.
  private struct Linked {
    let link: Syntax.Link
    let form: Form
  }

  /// A product from left to right; one slash makes a fraction of what stands before it, several stay in a row.
  private static func typedProduct(
    _ factors: [Linked], apart words: [String]
  ) -> Form {
    let slashes = factors.indices.filter { factors[$0].link == .over }
    let isApart = factors.indices.map { place in
      place > 0 && factors[place - 1].form.fallsTogether(with: factors[place].form, in: words)
    }
    let joined = factors.indices.map { place -> Factor in
      let form = factors[place].form
      if factors[place].link == .over { return Factor(joint: .over, form: form) }
      return isApart[place] ? .explicit(form) : .implied(form)
    }
    guard let slash = slashes.first else { return .product(joined) }
    if slashes.count > 1 { return .product(joined) }
    let above = Array(joined[..<slash])
    let fraction: Form = .fraction(above.count == 1 ? above[0].form : .product(above), factors[slash].form)
    let rest = factors[(slash + 1)...].indices.map { place in
      let isExplicit = factors[place].link == .times || isApart[place]
      return Factor(joint: isExplicit ? .explicit : .implied, form: factors[place].form)
    }
    return rest.isEmpty ? fraction : .product([.implied(fraction)] + rest)
  }

  private static func typedCall(
    _ callee: Syntax.Callee, _ parts: [Form], isBare: Bool, beside variables: NameSet
  ) -> Form {
    guard case .known(let function) = callee else {
      return .application(Application(callee.name, parts, isBare: isBare))
    }
    let name = function.name
    let spoken = variables.contains(name) ? Function.named(name)?.name(beside: variables) ?? name : name
    let application: Form = .application(
      Application(spoken, parts, isBare: isBare, takesExponent: Glyphs.greek(spoken) == nil))
    if name == "exp", parts.count == 1 { return .power(.eulersNumber, parts[0]) }
    return Form.special(name, parts) ?? application
  }

  private static func typedRoot(_ parts: [Form]) -> Form {
    guard parts.count == 2 else { return .root(index: 2, parts[0]) }
    switch parts[1] {
    case .number("2", _): return .root(index: 2, parts[0])
    case .number("3", _): return .root(index: 3, parts[0])
    default: return .power(parts[0], .fraction(.integer(1), parts[1]))
    }
  }

  /// The digits of a logarithm's name: 2 of `log2`.
  static func logarithmBase(_ function: String) -> String? {
    let base = function.dropFirst(3)
    let isDigits = !base.isEmpty && base.utf8.allSatisfy(\.isDigit)
    return function.hasPrefix("log") && isDigits ? String(base) : nil
  }

  /// The functions that have a notation of their own: roots, bars, brackets, `log₂`.
  static func special(_ function: String, _ arguments: [Form]) -> Form? {
    switch (function, arguments.count) {
    case ("abs", 1): return .enclosed(.absolute, arguments[0])
    case ("floor", 1): return .enclosed(.floor, arguments[0])
    case ("ceil", 1): return .enclosed(.ceiling, arguments[0])
    case ("sqrt", 1): return .root(index: 2, arguments[0])
    case ("cbrt", 1): return .root(index: 3, arguments[0])
    case ("factorial", 1): return .factorial(arguments[0])
    case ("log", 2):
      guard case .number(let digits, _) = arguments[1], digits.utf8.allSatisfy(\.isDigit)
      else {
        return nil
      }
      return .application(Application("log" + digits, [arguments[0]]))
    default: return nil
    }
  }
}

extension Form.Relation {
  /// The relation of a link between the parts of a comparison.
  fileprivate init(_ link: Syntax.Link) {
    switch link {
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .notEqual: self = .notEqual
    case .equal, .first, .plus, .minus, .implied, .times, .over: self = .equal
    }
  }
}

extension Syntax {
  /// Whether a variable stands in it that is none of these.
  fileprivate func holdsVariable(besides names: [String]) -> Bool {
    (lowestIndex...index).contains {
      if case .variable(let name) = tree.nodes[$0].kind { !names.contains(name) } else { false }
    }
  }
}
