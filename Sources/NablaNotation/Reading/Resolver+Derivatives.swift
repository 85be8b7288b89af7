import NablaAlgebra
import NablaBasics

/// Derivatives that the text asks for.
extension Resolver {
  /// The value differentiated by variables, one after the other.
  mutating func derivative(of value: Expr, by names: [String], _ span: Span) throws(Diagnostic) -> Expr {
    for name in names where !listed.contains(name) && values[name] != nil {
      throw Diagnostic(.derivativeByValue(NameText.shown(name)), span)
    }
    let variables = names.map { Variable($0) }
    let families = Set(variables.compactMap { $0.member?.family })
    if !families.isEmpty {
      for part in value.distinctSubexpressions() {
        guard case .element(let family, _) = part.shape, families.contains(family) else { continue }
        throw Diagnostic(.derivativeUnsupported, span, hint: "differentiate the whole formula instead")
      }
    }
    return try derivative(of: value, by: variables, span)
  }

  private mutating func derivative(
    of value: Expr, by variables: [Variable], _ span: Span
  ) throws(Diagnostic) -> Expr {
    var result = value
    for variable in variables {
      derivatives += 1
      if derivatives > limits.nesting { throw Diagnostic(.tooMuchWork, span) }
      do {
        result = try result.derivative(by: [variable], limits: limits, budget: &derivativeBudget)
      } catch {
        throw Diagnostic(.tooMuchWork, span)
      }
      try check(result, span)
    }
    return result
  }

  /// The function of a name; `f'` is the derivative of f, made when it is first asked for.
  mutating func function(
    _ name: String, _ span: Span
  ) throws(Diagnostic) -> DefinedFunction? {
    if let function = functions[name] ?? primed[name] { return function }
    let plain = String(name.prefix { $0 != "'" })
    let isFormula = functions[plain] == nil
    guard let function = functions[plain] ?? formula(plain) else { return nil }
    if plain == name { return function }
    guard let parameter = function.parameters.first, function.parameters.count == 1 else {
      throw Diagnostic(
        .derivativeUnsupported, span, hint: "say by which variable: d/dx (\(NameText.shown(plain)))")
    }
    let order = name.utf8.count - plain.utf8.count
    let body = try derivative(
      of: function.body, by: Array(repeating: parameter, count: order), span)
    let derivative = DefinedFunction(parameters: function.parameters, body: body)
    if !isFormula { primed[name] = derivative }
    return derivative
  }

  /// A value of an earlier line as a function of the letters that it mentions: `f = x^3` as `f(x) = x^3`.
  private func formula(_ name: String) -> DefinedFunction? {
    guard let value = values[name], let line = mentioned[name] else { return nil }
    let mentioned = mentions[line].gathered(from: mentions)
    guard mentioned.families.isEmpty else { return nil }
    var letters = NameSet(mentioned.variables.names)
    letters.formUnion(value.freeVariables.map(\.name))
    return DefinedFunction(parameters: letters.names.map { Variable($0) }.sorted(), body: value)
  }
}
