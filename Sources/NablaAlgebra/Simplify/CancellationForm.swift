import NablaBasics

/// Sums that cancel and quotients 0/0, near the place, by their own power series.
///
///     (1 − cos x)/x²   is   ½ − x²/24 + x⁴/720 − …   for 0 < |x| ≤ ½
///     √(1 + uv) − 1    is   uv/2 − (uv)²/8 + …       for |uv| ≤ ⅛
///
/// The slopes of the series keep their digits too. What depends on variables through one part alone is a series in that
/// part; further away the formula as typed has its digits.
extension Expr {
  /// The expression with its series near the place where it cancels; nil where it does not cancel in this way.
  var cancellationForm: Expr? {
    guard size <= 80, mayCancel else { return nil }
    let variables = freeVariables
    if variables.count == 1, let part = cancellingPart(in: variables[0]) {
      let variable = variables[0]
      guard let place = keptPlace(where: { $0.hasPole(in: variable) }) else { return nil }
      return joined(.variable(variable), self, variable, part, place)
    }
    for kernel in kernels {
      guard let form = form(in: kernel, variables), let part = form.cancellingPart(in: Expr.kernel),
        let place = keptPlace(where: { factor in
          factor.form(in: kernel, variables)?.hasPole(in: Expr.kernel) ?? false
        })
      else { continue }
      return joined(kernel, form, Expr.kernel, part, place)
    }
    return nil
  }

  /// Whether it is a sum of a few terms, a quotient or a logarithm.
  private var mayCancel: Bool {
    switch shape {
    case .sum(let terms): terms.count <= 8
    case .product(let factors): factors.contains { $0.isQuotient }
    case .call(let function, _): function == .ln
    case .number, .constant, .variable, .element, .power, .fold: false
    }
  }

  /// Whether it is a power with a negative number, or a function with poles.
  private var isQuotient: Bool {
    switch shape {
    case .power(_, let exponent): exponent.asNumber?.isNegative == true
    case .call(let function, _): [.cot, .csc, .coth, .csch].contains(function)
    case .number, .constant, .variable, .element, .sum, .product, .fold: false
    }
  }

  /// Whether it is a polynomial without powers of sums.
  private var isPlainPolynomial: Bool {
    isPolynomial && !Expr.sum([self, .one, .variable(Expr.kernel)]).hasCubes
  }

  // MARK: What cancels

  /// The series of what cancels at 0.
  private struct Cancellation {
    let series: LocalSeries
    /// Whether the expression itself has no value at 0.
    let hasPole: Bool
  }

  /// The longest series that are asked for.
  private static let longest = 32

  private func cancellingPart(in variable: Variable) -> Cancellation? {
    cancelsAtOnce(in: variable) == false ? nil : cancellation(in: variable, length: Expr.longest)
  }

  /// Whether the lowest powers of the terms cancel, or a factor has a pole, by a few coefficients; nil where these do not
  /// tell.
  private func cancelsAtOnce(in variable: Variable) -> Bool? {
    let parts = children.map { $0.localSeries(in: variable, length: 3) }
    guard let least = parts.compactMap({ $0?.lowest }).min(), !parts.contains(where: { $0 == nil }) else {
      return nil
    }
    switch shape {
    case .sum: return LocalSeries.sum(parts.compactMap { $0 })[least] == 0
    case .product: return least < 0
    case .call: return parts[0]?.constant.map { ($0 - 1).magnitude < 1e-9 } ?? false
    case .number, .constant, .variable, .element, .power, .fold: return false
    }
  }

  private func cancellation(in variable: Variable, length: Int) -> Cancellation? {
    guard let whole = localSeries(in: variable, length: length), !whole.isBlurred,
      !whole.coefficients.isEmpty,
      whole.lowest >= 0
    else { return nil }
    switch shape {
    case .sum(let terms):
      let lowest = terms.map { $0.localSeries(in: variable, length: length)?.lowest ?? 0 }
      guard let least = lowest.min(), least < whole.lowest else { return nil }
      return Cancellation(series: whole, hasPole: least < 0 || isOpen(at: variable))
    case .product:
      // Of higher powers the slopes do not cancel.
      return whole.lowest <= 1 ? Cancellation(series: whole, hasPole: true) : nil
    case .call(let function, let arguments):
      guard function == .ln, whole.lowest > 0,
        arguments[0].localSeries(in: variable, length: length)?.lowest == 0
      else { return nil }
      return Cancellation(series: whole, hasPole: isOpen(at: variable))
    case .number, .constant, .variable, .element, .power, .fold: return nil
    }
  }

  /// Whether a part has no value at 0, though none of the terms need be infinite there: y/y + y − 1, 1/(1/y) + y.
  private func isOpen(at variable: Variable) -> Bool {
    !substituting([variable: .zero]).distinctSubexpressions().allSatisfy {
      $0.constantValue?.isFinite == true
    }
  }

  private func hasPole(in variable: Variable) -> Bool {
    (localSeries(in: variable, length: Expr.longest)?.lowest ?? 0) < 0
  }

  // MARK: The form

  /// The place of the term or factor that keeps the expression from being taken apart again once it is marked. It is
  /// looked for in the expression as it is: with another name for a part, it may have other terms, in another order.
  private func keptPlace(where hasPole: (Expr) -> Bool) -> Int? {
    switch shape {
    case .sum(let terms): terms.firstIndex { $0.asNumber == nil && !$0.isPlainPolynomial }
    case .product(let factors): factors.firstIndex(where: hasPole)
    case .call: 0
    case .number, .constant, .variable, .element, .power, .fold: nil
    }
  }

  private func joined(
    _ kernel: Expr, _ form: Expr, _ variable: Variable, _ part: Cancellation, _ place: Int
  ) -> Expr? {
    // The terms of a sum, whose difference is small, do not go into those of the series.
    let t = kernel.isSum ? Expr.call(.asTyped, [kernel]) : kernel
    guard
      let (radius, polynomial) = part.series.polynomial(
        of: t,
        agreesWith: { x in
          form.substituting([variable: .number(Number(approximate: x))]).constantValue ?? .nan
        })
    else { return nil }
    let isNear = Expr.call(.lessOrEqual, [.call(.abs, [kernel]), .number(Number(approximate: radius))])
    let test = part.hasPole ? Expr.call(.and, [isNear, .call(.notEqual, [kernel, .zero])]) : isNear
    return .call(.if, [test, polynomial, keptAsTyped(at: place)])
  }

  /// The same with marks at a part of it and in the sums of a product, so that they are not taken apart again.
  private func keptAsTyped(at place: Int) -> Expr {
    var parts = children
    if case .product = shape {
      for (own, factor) in parts.enumerated() {
        if case .power(let base, let exponent) = factor.shape {
          parts[own] = .power(own == place ? .call(.asTyped, [base]) : base.markedInside, exponent)
        } else {
          parts[own] = own == place ? .call(.asTyped, [factor]) : factor.markedInside
        }
      }
    } else {
      parts[place] = .call(.asTyped, [parts[place]])
    }
    return replacingChildren(parts)
  }

  /// A sum with a mark at a term; the expression itself where it is none.
  private var markedInside: Expr {
    guard case .sum(var terms) = shape, let place = terms.firstIndex(where: { !$0.isPolynomial }) else {
      return self
    }
    terms[place] = .call(.asTyped, [terms[place]])
    return .sum(terms)
  }
}

extension LocalSeries {
  /// As much of the series as a `Double` sees, in an expression t, and how far from 0 it is good for; nil where that is
  /// next to nothing, or where values of the formula itself at the ends say otherwise.
  fileprivate func polynomial(
    of t: Expr, agreesWith formula: (Double) -> Double
  ) -> (radius: Double, polynomial: Expr)? {
    guard let first = coefficients.first else { return nil }
    let longest = 20
    var radius = 0.5
    func size(_ place: Int) -> Double {
      coefficients[place].magnitude * Libm.pow(radius, Double(place)) / first.magnitude
    }
    while radius >= 0x1p-12 {
      let rest = coefficients.indices.dropFirst(longest).reduce(0) { $0 + size($1) }
      let last = coefficients.indices.last { size($0) * Double(($0 + 2) * ($0 + 2)) > 1e-18 } ?? 0
      if rest <= 1e-17, last < longest {
        // Terms that stand further off than the series reaches would show here; so does the rounding of the formula.
        let tolerance = coefficients.dropFirst(longest).contains { $0 != 0 } ? 1e-9 : 1e-12
        let isRight = [radius, -radius].allSatisfy { x in
          let value =
            coefficients[...last].reversed().reduce(0) { $0 * x + $1 } * Libm.pow(x, Double(lowest))
          return (formula(x) - value).magnitude <= tolerance * value.magnitude
        }
        // Of z/z both slopes are 0 as they stand.
        if isRight, last + lowest > 0 { return (radius, horner(through: last, t)) }
      }
      radius /= 2
    }
    return nil
  }

  private func horner(through last: Int, _ t: Expr) -> Expr {
    var result = Expr.number(Number(approximate: coefficients[last]))
    var power = last
    for place in (0..<last).reversed() where coefficients[place] != 0 {
      result = .sum([
        .number(Number(approximate: coefficients[place])), .power(t, .integer(power - place)) * result,
      ])
      power = place
    }
    return .power(t, .integer(power + lowest)) * result
  }
}

extension Function {
  /// The argument itself, as it was typed: a mark that no stable form looks beyond, and no operation of a program.
  package static let asTyped = Function(
    "typed", .unary { $0 }, derivative: .slope { _, _ in .one },
    summary: "What is computed as it was typed.", example: ("", ""))
}
