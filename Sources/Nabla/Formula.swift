import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation
import Synchronization

/// A formula as a person types it, with its gradient, its values and its descent.
///
///     let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
///     try f.gradient().description   // "⟨6x + 8y, 8x − 15y⁴⟩"
///     try f(1, 2)                    // −77
///
/// A formula is a value; it may be used from several threads at once.
public struct Formula: Sendable {
  /// The name left of `=`, `f` where there is none.
  public let name: String
  /// The variables in the order of a point's coordinates: the list after the name, else natural alphabetical order.
  public let variables: [Variable]
  /// Letters that the list leaves out and that have no value yet; they are not differentiated.
  public let parameters: [Variable]
  /// The formula as meant.
  public let expression: Expr
  /// What was read in a way that the writer may not have meant.
  public let notes: [Diagnostic]
  /// The most that the formula may ask for.
  public let limits: Limits

  package let reading: Reading?
  private let compilation = Compilation()

  /// Reads a formula, or several definitions a line, of which the last is the subject.
  ///
  /// `variables` orders the variables where the text itself has no list; `parameters` gives letters a value, each a
  /// formula of constants such as `pi/2`. Throws what is wrong with the text, with its place and at most two fixes;
  /// with `isStrict`, notes are errors.
  public init(
    _ text: String, variables: [String]? = nil, parameters: [String: String] = [:], isStrict: Bool = false,
    limits: Limits = .standard
  ) throws(ReadingError) {
    var options = ReadingOptions()
    options.variables = variables
    options.isStrict = isStrict
    options.limits = limits
    var constants = ReadingOptions()
    constants.limits = limits
    for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
      options.parameters[name] = try Reading.constant(value, options: constants)
    }
    try self.init(text, options: options)
  }

  /// Reads a formula with everything that a reader may be told.
  public init(_ text: String, options: ReadingOptions) throws(ReadingError) {
    self.init(try Reading.read(text, options: options), limits: options.limits)
  }

  /// A formula from an expression; its variables in natural order where no list is given.
  ///
  /// What a list leaves out is a parameter; no variable may stand in it twice.
  public init(_ expression: Expr, name: String = "f", variables: [Variable]? = nil) {
    self.init(expression, name: name, variables: variables, limits: .standard)
  }

  init(_ expression: Expr, name: String = "f", variables: [Variable]?, limits: Limits) {
    self.name = name
    self.expression = expression
    let members = expression.families.flatMap { family in family.members.map { family.family.member($0) } }
    let found = Set(expression.freeVariables + members).sorted()
    self.variables = variables ?? found
    let given = Set(self.variables)
    precondition(given.count == self.variables.count, "a variable stands twice in the list")
    parameters = found.filter { !given.contains($0) }
    notes = []
    self.limits = limits
    reading = nil
  }

  package init(_ reading: Reading, limits: Limits) {
    name = reading.name ?? ["f", "g", "h"].first { !reading.earlierNames.contains($0) } ?? "F"
    variables = reading.variables
    parameters = reading.parameters
    expression = reading.expression
    notes = reading.diagnostics
    self.limits = limits
    self.reading = reading
  }

  /// The formula as closures; compiled when first asked for.
  ///
  /// Throws where parameters have no value.
  public func compiled() throws(FormulaError) -> CompiledFunction {
    guard parameters.isEmpty else { throw .missingParameters(parameters) }
    if let known = compilation.function { return known }
    do {
      let function = try CompiledFunction(expression, variables: variables, limits: limits)
      compilation.keep(function)
      return function
    } catch {
      throw FormulaError(error)
    }
  }

  /// The same where there is a derivative by each of the variables.
  func differentiable() throws(FormulaError) -> CompiledFunction {
    if let known = compilation.differentiable { return known }
    try refuseOrders(by: variables)
    let function = try compiled()
    compilation.keep(differentiable: function)
    return function
  }

  /// What the printing of long formulas looks up; made when first asked for.
  var lookup: Lookup {
    if let known = compilation.lookup { return known }
    let lookup = Lookup(variables)
    compilation.keep(lookup)
    return lookup
  }

  /// The place of each variable, and the variables with names of several letters.
  struct Lookup: Sendable {
    let places: VariablePlaces
    let words: [Variable]

    init(_ variables: [Variable]) {
      places = VariablePlaces(variables)
      words = variables.filter { $0.member == nil && $0.name.utf8.count > 1 }
    }
  }

  /// What is made once somebody has asked for it.
  private final class Compilation: Sendable {
    private struct Kept: Sendable {
      var function: CompiledFunction?
      var differentiable: CompiledFunction?
      var lookup: Lookup?
    }

    private let kept = Mutex(Kept())

    var function: CompiledFunction? { kept.withLock { $0.function } }
    var differentiable: CompiledFunction? { kept.withLock { $0.differentiable } }
    var lookup: Lookup? { kept.withLock { $0.lookup } }
    func keep(_ function: CompiledFunction) { kept.withLock { $0.function = function } }
    func keep(differentiable function: CompiledFunction) { kept.withLock { $0.differentiable = function } }
    func keep(_ lookup: Lookup) { kept.withLock { $0.lookup = lookup } }
  }
}

extension Formula: Hashable {
  /// Whether both have the same name, variables and expression, however they were typed.
  public static func == (left: Formula, right: Formula) -> Bool {
    left.name == right.name && left.variables == right.variables && left.parameters == right.parameters
      && left.expression == right.expression
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(variables)
    hasher.combine(expression)
  }
}
