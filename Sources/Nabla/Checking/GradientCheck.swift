import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation

/// A gradient that somebody worked out, held against the formula's own.
///
///     let check = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5").check(against: "⟨6x + 8y, 8 - 15y^4⟩")
///     check.isRight                    // false
///     check.sentence(of: check.hints[0])
///     // "differentiating 8xy, the other variable stays: ∂(8xy)/∂y = 8x"
public struct GradientCheck: Sendable {
  /// What the answer about one component rests on.
  public enum Evidence: Hashable, Sendable {
    /// The difference was simplified to zero.
    case symbolic
    /// The values agree at so many points of the domain; that is no proof.
    case values(points: Int)
  }

  /// What is true of one component.
  public enum Verdict: Sendable {
    /// It is the derivative.
    case right(Evidence)
    /// It is not, as this point shows.
    case wrong(CounterExample)
    /// No point was found at which both have a value.
    case undecided
  }

  /// A point at which a given component has another value than the derivative.
  public struct CounterExample: Hashable, Sendable {
    /// The letters: the formula's variables in their order, then parameters.
    public let letters: [Variable]
    /// Their values: small whole numbers or halves wherever such a point exists.
    public let coordinates: [Number]
    /// The value of the component as given.
    public let given: PointValue
    /// The value of the derivative.
    public let expected: PointValue
  }

  /// One component of the gradient.
  public struct Component: Sendable {
    /// What the formula is differentiated by.
    public let variable: Variable
    /// The component as given; `bodyForm` prints it as it was typed.
    public let given: Formula
    /// The derivative.
    public let expected: PartialDerivative
    /// Whether the two are the same.
    public let verdict: Verdict

    /// Whether the component is known to be right.
    public var isRight: Bool { if case .right = verdict { true } else { false } }
    /// Whether the component is known to be wrong.
    public var isWrong: Bool { if case .wrong = verdict { true } else { false } }
  }

  /// The formula whose gradient this is about.
  public let formula: Formula
  /// The components in the order of the formula's variables.
  public let components: [Component]
  /// What may have gone wrong, one hint for each mistake; empty where nothing explains the difference.
  public let hints: [Mistake]

  /// Whether all components are right.
  public var isRight: Bool { components.allSatisfy(\.isRight) }

  /// A hint as a sentence without a full stop.
  public func sentence(of hint: Mistake, isPlain: Bool = false) -> String {
    hint.sentence(in: formula, isPlain: isPlain)
  }
}

/// A value at a point, exact where it is a short number.
public struct PointValue: Hashable, Sendable {
  /// The exact value; nil where it is only known in digits.
  public let exact: Expr?
  /// The nearest number that a machine has; NaN where there is no value.
  public let decimal: Double

  /// The value of an expression of constants.
  init(_ expression: Expr, decimal: Double) {
    self.decimal = decimal
    exact = expression.size <= 30 && expression.freeVariables.isEmpty && decimal.isFinite ? expression : nil
  }

  /// The value as text: whole numbers and fractions as they are, all others to so many digits.
  public func text(digits: Int = 6, isPlain: Bool = false) -> String {
    if let exact, case .number(let number) = exact.shape, number.isExact {
      let text = Form(exact).text(isPlain ? .plain : .unicode)
      if text.count <= 12 { return text }
    }
    return NumberText.significant(decimal, digits: digits, minus: isPlain ? .ascii : .typographic)
  }
}

/// Why a given gradient could not be checked.
public enum GradientCheckError: NablaError {
  /// A component cannot be read; components count from 0.
  case reading(component: Int, ReadingError)
  /// Another number of components than the formula has variables.
  case wrongCount(expected: Int, given: Int)
  /// What stands left of `=` is not the name of a derivative that is checked.
  case label(component: Int, String, Label)
  /// The formula itself has no gradient.
  case formula(FormulaError)

  /// Why a label is refused.
  public enum Label: Hashable, Sendable {
    /// It names a second derivative, or a higher one.
    case second
    /// It names the value at a point.
    case value
    /// It is no name at all.
    case expression
    /// It names a derivative by something that is no variable of the formula.
    case noVariable(String)
    /// Another component has it.
    case twice
  }

  /// What is wrong, in a sentence; the details of a reading error are with the error itself.
  public var sentence: String {
    switch self {
    case .reading(let component, let error):
      let first = error.diagnostics.first?.message ?? "not understood"
      return "component \(component + 1): \(first)"
    case .wrongCount(let expected, let given):
      return
        "\(expected) component\(expected == 1 ? "" : "s") expected, one for each variable, \(given) given"
    case .label(_, let typed, let label):
      let start = "‘\(typed)’ "
      switch label {
      case .second: return start + "is a higher derivative: the first ones are checked"
      case .value: return start + "is a value at a point: the derivative as a formula is checked"
      case .expression: return start + "is no name of a derivative, such as f'(x) or ∂f/∂x"
      case .noVariable(let name):
        return start + "is not a derivative of the formula: ‘\(name)’ is no variable of it"
      case .twice: return start + "is given twice"
      }
    case .formula(let error): return error.sentence
    }
  }
}

extension Formula {
  /// Checks a gradient given as text: `⟨6x + 8, 8 – 15y^{4}⟩`, `(a, b)`, `[a, b]` or a list with commas.
  ///
  /// Each component is read with this formula's variables; `options` may hold the values of parameters.
  public func check(
    against text: String, options: ReadingOptions = ReadingOptions()
  ) throws(GradientCheckError) -> GradientCheck {
    try check(against: text, below: "", options: options)
  }

  /// The same below definitions, a line each, which the components may use; this formula's variables hide their names.
  package func check(
    against text: String, below definitions: String, options: ReadingOptions
  ) throws(GradientCheckError) -> GradientCheck {
    let parts = try inOrder(VectorText.labelled(of: text, variables: variables.map(\.name)))
    guard parts.count == variables.count else {
      throw .wrongCount(expected: variables.count, given: parts.count)
    }
    var options = options
    options.variables = variables.map(\.name)
    options.allowsUnusedValues = true
    options.declaredNames += parameters.map(\.name)
    let head = definitions + head(below: definitions)
    var given: [Formula] = []
    for (place, part) in parts.enumerated() {
      do {
        given.append(try Formula(head + part, options: options))
      } catch {
        throw .reading(component: place, error)
      }
    }
    return try check(against: given)
  }

  /// `Ξ(x, y) =` where definitions give one of the variables a value, which a list of variables hides; else nothing.
  private func head(below definitions: String) -> String {
    let defined = NameSet(
      definitions.isEmpty ? [] : Reading.parsed(definitions).definitions.compactMap(\.name))
    guard variables.contains(where: { defined.contains($0.name) }) else { return "" }
    return "Ξ(\(variables.map(\.name).joined(separator: ", "))) = "
  }

  /// The components in the order of the variables where all of them are named, as they stand otherwise.
  private func inOrder(_ parts: [VectorText.Component]) throws(GradientCheckError) -> [String] {
    var places: [Int: String] = [:]
    for (number, part) in parts.enumerated() {
      func refused(_ reason: GradientCheckError.Label) -> GradientCheckError {
        .label(component: number, part.typed, reason)
      }
      switch part.label {
      case nil, .whole: continue
      case .other(.second): throw refused(.second)
      case .other(.value): throw refused(.value)
      case .other(.expression): throw refused(.expression)
      case .partial(let typed):
        let names = variables.map(\.name)
        let name = Reading.canonicalName(typed)
        guard let place = names.firstIndex(of: name) else {
          let isSecond = typed.count > 1 && typed.allSatisfy { names.contains(String($0)) }
          throw refused(isSecond ? .second : .noVariable(typed))
        }
        guard places[place] == nil else { throw refused(.twice) }
        places[place] = part.text
      }
    }
    return places.count == variables.count ? variables.indices.compactMap { places[$0] } : parts.map(\.text)
  }

  /// Checks a gradient given as expressions, one for each variable.
  public func check(against components: [Expr]) throws(GradientCheckError) -> GradientCheck {
    try check(against: components.map { Formula($0, variables: variables) })
  }

  private func check(against given: [Formula]) throws(GradientCheckError) -> GradientCheck {
    guard given.count == variables.count else {
      throw .wrongCount(expected: variables.count, given: given.count)
    }
    let gradient: Gradient
    do { gradient = try self.gradient() } catch { throw .formula(error) }
    var components: [GradientCheck.Component] = []
    var hints: [Mistake] = []
    for (place, variable) in variables.enumerated() {
      let comparison = ExpressionComparison(
        given[place].expression, gradient[place], of: expression, letters: letters(with: given[place]),
        limits: limits)
      let component = GradientCheck.Component(
        variable: variable, given: given[place], expected: gradient.partials[place],
        verdict: comparison.verdict())
      components.append(component)
      guard component.isWrong else { continue }
      let search = MistakeSearch(formula: self, variable: variable, given: given[place].expression)
      for hint in search.mistakes() where !hints.contains(where: { $0.isLike(hint) }) { hints.append(hint) }
    }
    if components.contains(where: \.isWrong), let order = misplaced(given, gradient) { hints = [order] }
    return GradientCheck(formula: self, components: components, hints: hints)
  }

  /// The mistake that the components are the derivatives in another order; nil where they are not.
  private func misplaced(_ given: [Formula], _ gradient: Gradient) -> Mistake? {
    let n = variables.count
    guard (2...6).contains(n) else { return nil }
    var left = Set(0..<n)
    for (place, component) in given.enumerated() {
      let own = left.sorted { $0 == place || ($1 != place && $0 < $1) }.first { other in
        let comparison = ExpressionComparison(
          component.expression, gradient[other], of: expression, letters: letters(with: component),
          limits: limits)
        if case .right = comparison.verdict() { return true }
        return false
      }
      guard let own else { return nil }
      left.remove(own)
    }
    return Mistake(
      kind: .order, term: expression, variable: variables[0], derivative: gradient[0], part: nil)
  }

  /// This formula's letters, then those that only the other one has.
  func letters(with other: Formula) -> [Variable] {
    let own = variables + parameters
    return own + (other.variables + other.parameters).filter { !own.contains($0) }
  }
}
