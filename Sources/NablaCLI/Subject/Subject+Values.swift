import Nabla
import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation
import NablaNotation

extension Subject {
  /// f and ∇f at a point; of a formula that is not too long, also where numbers on the way are too large or too small.
  func values(at point: [Double]) throws(Failure) -> (f: Double, gradient: [Double]) {
    do {
      if expression.size <= Certainty.largest, point.count == variables.count {
        let (value, gradient, _) = try formula.compiled().valueAndGradientWithLevels(at: point)
        return (value, gradient)
      }
      let (value, gradient) = try formula.valueAndGradient(at: point)
      return (value, gradient)
    } catch { throw Failure(error) }
  }

  /// f and ∇f at a point as typed: where a coordinate is π/2 or 1/3, exact values are taken where there are any.
  func values(at point: Point) throws(Failure) -> (f: Double, gradient: [Double]) {
    var (f, gradient) = try values(at: point.values)
    guard f.isFinite, let exact = exactPlace(of: point) else { return (f, gradient) }
    if expression.nonFinitePart(exactlyAt: exact) != nil { return (.nan, gradient.map { _ in .nan }) }
    f = number(expression, with: exact) ?? f
    for (place, partial) in try partials(Array(variables.indices)).enumerated() {
      let hasNoValue = partial.expression.nonFinitePart(exactlyAt: exact) != nil
      gradient[place] = hasNoValue ? .nan : number(partial.expression, with: exact) ?? gradient[place]
    }
    return (f, gradient)
  }

  /// The coordinates by variable where one of them is no decimal, such as π/2 or 1/3, and the formula is small.
  private func exactPlace(of point: Point) -> [Variable: Expr]? {
    let isDecimal = point.exact.allSatisfy { coordinate in
      guard case .number(let number) = coordinate.shape else { return false }
      return number.rational.map { Number($0).isInteger } ?? true || number.isDecimal
    }
    guard !isDecimal, variables.count <= PointText.most, expression.size <= 1000 else { return nil }
    return Dictionary(zip(variables, point.exact), uniquingKeysWith: { first, _ in first })
  }

  private func number(_ expression: Expr, with values: [Variable: Expr]) -> Double? {
    guard case .number(let number) = expression.substituting(values).shape, number.isExact else { return nil }
    return number.double
  }

  /// The same at a point as typed: exact where the coordinates make it a number.
  func value(of expression: Expr, at point: Point) -> Double {
    let exact = Dictionary(zip(variables, point.exact), uniquingKeysWith: { first, _ in first })
    if expression.size <= 1000, case .number(let number) = expression.substituting(exact).shape,
      number.isExact || number.isDecimal
    {
      return number.double
    }
    return value(of: expression, at: point.values)
  }

  /// Which of the values at a point are exact, and how many digits of the others are certain.
  func certainty(of f: Double, _ gradient: [Double], at point: Point, digits: Int? = nil) -> Certainty {
    let values = [f] + gradient
    return Certainty(of: f, gradient, formula, at: point.values, digits: digits ?? invocation.digits) {
      place in
      guard expression.size <= 1000, variables.count <= PointText.most, values[place].isFinite,
        invocation.sign(values[place]) == "=",
        let part = place == 0 ? expression : (try? partials([place - 1]))?.first?.expression
      else { return false }
      return isExact(values[place], of: part, at: point)
    }
  }

  /// Whether algebra makes an expression at a point as typed the number that was computed.
  func isExact(_ value: Double, of expression: Expr, at point: Point) -> Bool {
    let place = Dictionary(zip(variables, point.exact), uniquingKeysWith: { first, _ in first })
    var budget = Budget(limits.work)
    guard let simple = try? TextbookForm().form(of: expression.substituting(place), budget: &budget),
      case .number(let number) = simple.expression.shape, number.isExact
    else { return false }
    // 1/10⁴⁰⁰ is not 0, though its nearest `Double` is.
    return number.double == value && number.isZero == (value == 0)
  }

  /// The sign before a value that an expression has at a point: an equals sign where nothing was rounded, or algebra gives
  /// that number.
  func sign(_ value: Double, of expression: Expr, at point: Point) -> String {
    let sign = invocation.sign(value)
    guard sign == "=", let compiled = try? CompiledFunction(expression, variables: variables, limits: limits)
    else { return sign }
    let isExact =
      compiled.isComputedExactly(at: point.values).value || isExact(value, of: expression, at: point)
    return isExact ? sign : invocation.glyphs.approximately
  }

  /// Any expression in the variables at a point; not a number where it cannot be computed.
  func value(of expression: Expr, at point: [Double]) -> Double {
    guard let compiled = try? CompiledFunction(expression, variables: variables, limits: limits) else {
      return .nan
    }
    return compiled(point)
  }

  /// Why f or its gradient, whose values are given, is not a finite number at a point; nil where all are.
  func status(at point: [Double], f: Double, gradient: [Double]) -> String? {
    if !f.isFinite {
      guard let part = try? formula.compiled().nonFinitePart(at: point) else {
        return "\(name) is not a finite number there"
      }
      return sentence(part)
    }
    guard let place = gradient.firstIndex(where: { !$0.isFinite }) else { return nil }
    guard let found = try? formula.compiled().nonFinitePartOfGradient(at: point),
      let itsPlace = variables.firstIndex(of: found.variable)
    else { return "\(partialLabel(place)) is not a finite number there" }
    return "\(partialLabel(itsPlace)) has no value: \(sentence(found.part))"
  }

  /// The same for the point at which a descent stopped for that reason.
  func whyNotFinite(_ trace: Trace, start: [Double]) -> String? {
    switch trace.stop {
    case .notFiniteAtStart: return plainStatus(at: start)
    case .notFinite(let x, let iteration):
      return plainStatus(at: x).map { "step \(iteration) leads out of the domain: \($0)" }
    case .requestedSteps, .converged, .iterationLimit, .unbounded, .unboundedRay, .infimumAtInfinity,
      .fallsForEver,
      .diverging, .oscillating, .leftBounds,
      .noStep, .stuck, .interrupted:
      return nil
    }
  }

  /// Why f or its gradient is not a finite number at a point, if one is given; nil where all are.
  func status(at point: Point?) -> String? {
    guard let point, let (f, gradient) = try? values(at: point) else { return nil }
    return status(at: point, f: f, gradient: gradient)
  }

  /// The same for a point as typed, where an exact coordinate may stand on a pole.
  func status(at point: Point, f: Double, gradient: [Double]) -> String? {
    guard let exact = exactPlace(of: point) else { return status(at: point.values, f: f, gradient: gradient) }
    if !f.isFinite {
      return expression.nonFinitePart(exactlyAt: exact).map(sentence)
        ?? status(at: point.values, f: f, gradient: gradient)
    }
    if let place = gradient.firstIndex(where: { !$0.isFinite }), let partial = try? partials([place]).first,
      let part = partial.expression.nonFinitePart(exactlyAt: exact)
    {
      return "\(partialLabel(place)) has no value: \(sentence(part))"
    }
    return status(at: point.values, f: f, gradient: gradient)
  }

  /// The same, with the values still to be computed.
  func status(at point: [Double]) -> String? {
    guard let (f, gradient) = try? values(at: point) else { return nil }
    return status(at: point, f: f, gradient: gradient)
  }

  /// The same of the values that descents are given.
  private func plainStatus(at point: [Double]) -> String? {
    guard let compiled = try? formula.compiled() else { return nil }
    var gradient: [Double] = []
    let f = compiled.valueAndGradient(at: point, into: &gradient)
    return status(at: point, f: f, gradient: gradient)
  }

  /// `ln x` rather than `ln(x)`, where that can be read.
  private func bareText(_ expression: Expr) -> String {
    guard case .application(var application) = formula.form(of: expression) else {
      return text(expression)
    }
    application.isBare = true
    return Form.application(application).text(format)
  }

  private func sentence(_ part: NonFinite) -> String {
    // 5/0 is 5·0⁻¹, and 1/0 nothing that was typed.
    if part.kind == .divisionByZero, variables.isEmpty, case .number = part.argument.shape {
      return "\(ReasonText.short(text(formula.bodyForm))) divides by 0"
    }
    return invocation.glyphs.worded(
      part.sentence(text: { ReasonText.short(bareText($0)) }, number: { invocation.number($0) }))
  }
}
