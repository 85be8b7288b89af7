import NablaAlgebra
import NablaBasics

/// What came of holding symbolic derivatives against differences of the formula's own values.
///
///     let f = try Formula("x^2 y")
///     f.selfCheck(try f.gradient().partials).points   // 3
///
/// Where no point was found at which the formula has values on both sides, or the formula is very large, `points` is
/// 0: nothing is claimed then, and a printer says so.
public struct SelfCheck: Hashable, Sendable {
  /// At how many points derivatives were compared.
  public internal(set) var points = 0
  /// How many values of derivatives were compared, at all points together.
  public internal(set) var comparisons = 0
  /// An internal error: a derivative that values contradict at two points. Such an answer must not be printed.
  public internal(set) var disagreement: DerivativeDisagreement?
}

/// An internal error: a symbolic derivative that the formula's own values contradict.
public struct DerivativeDisagreement: NablaError, Hashable {
  /// The formula, as text.
  public let formula: String
  /// What was differentiated by.
  public let variable: Variable
  /// The derivative that is wrong, as text.
  public let derivative: String
  /// The letters that the coordinates stand for.
  public let letters: [Variable]
  /// The points of disagreement.
  public let points: [[Double]]

  /// The error as a sentence that asks for a report.
  public var sentence: String {
    let place = points.map { point in
      let parts = zip(letters, point).map { "\($0.name) = \(NumberText.shortest($1))" }
      return parts.joined(separator: ", ")
    }.joined(separator: " and at ")
    return "internal error: the derivative of ‘\(formula)’ by \(variable.name) came out as ‘\(derivative)’, "
      + "which its values contradict at \(place). Please report the formula."
  }
}

extension Formula {
  /// Compares derivatives of this formula with extrapolated differences of its values, at points of its domain.
  ///
  /// Only a few of many derivatives are compared, so that the work stays small; the points are the same on every run.
  public func selfCheck(_ partials: [PartialDerivative]) -> SelfCheck {
    var rates: [DerivativeCheck.Rate] = []
    for partial in partials {
      switch partial.subject {
      case .variable(let variable): rates.append(.init(variable: variable, rate: partial.expression))
      case .members(let family, let range):
        for number in Set([range.lowerBound, range.lowerBound + range.count / 2, range.upperBound]).sorted() {
          let rate = partial.expression.replacingIndex(FamilyGradient.symbol, with: .integer(number))
          rates.append(.init(variable: family.member(number), rate: rate))
        }
      }
    }
    let check = DerivativeCheck(expression: expression, letters: variables + parameters, limits: limits)
    return check.run(on: rates, text: { self.text(of: $0) })
  }
}

extension Formula {
  /// An expression of this formula's letters, and derivatives of it: a row of a Hessian beside ∂f/∂x.
  struct DerivedRow {
    let of: Expr
    let rates: [DerivativeCheck.Rate]
  }

  /// The most rows that are compared; of more, some.
  private static let mostRows = 6

  /// Compares the rows of a Hessian with differences of the first derivatives, and these with those of values.
  public func selfCheck(hessian: [[Expr]], of partials: [PartialDerivative]) -> SelfCheck {
    let rows = zip(partials, hessian).map { partial, row in
      DerivedRow(
        of: partial.expression,
        rates: zip(variables, row).map { .init(variable: $0, rate: $1) })
    }
    return merged(selfCheck(partials), selfCheck(rows))
  }

  /// Compares derivatives of one order with differences of those of the order before, and the first with values.
  public func selfCheck(_ derivatives: [MixedDerivative], order: Int) -> SelfCheck {
    let by = Set(derivatives.flatMap(\.variables))
    let wanted = variables.filter(by.contains)
    guard order > 1, !wanted.isEmpty, let partials = try? partialDerivatives(by: wanted),
      let lower = try? expression.derivatives(by: wanted, order: order - 1, limits: limits)
    else { return SelfCheck() }
    let rows = lower.map { row in
      DerivedRow(
        of: row.expression,
        rates: derivatives.compactMap { derivative in
          guard Array(derivative.variables.dropLast()) == row.variables, let last = derivative.variables.last
          else { return nil }
          return .init(variable: last, rate: derivative.expression)
        })
    }
    return merged(selfCheck(partials), selfCheck(rows.filter { !$0.rates.isEmpty }))
  }

  /// Compares a Jacobian with differences of the values of its expressions; this formula has all their letters.
  public func selfCheck(_ jacobian: Jacobian) -> SelfCheck {
    selfCheck(
      zip(jacobian.expressions, jacobian.rows).map { expression, row in
        DerivedRow(
          of: expression, rates: zip(jacobian.variables, row).map { .init(variable: $0, rate: $1) })
      })
  }

  private func selfCheck(_ rows: [DerivedRow]) -> SelfCheck {
    let stride = max(1, (rows.count + Self.mostRows - 1) / Self.mostRows)
    var result: SelfCheck?
    for row in rows.enumerated().filter({ $0.offset % stride == 0 }).map(\.element) {
      let check = DerivativeCheck(expression: row.of, letters: variables + parameters, limits: limits)
      let next = check.run(on: row.rates, text: { self.text(of: $0) })
      result = result.map { merged($0, next) } ?? next
      if next.disagreement != nil { break }
    }
    return result ?? SelfCheck()
  }

  /// Both together: at the fewer points of the two.
  private func merged(_ first: SelfCheck, _ second: SelfCheck) -> SelfCheck {
    var result = SelfCheck()
    result.points = min(first.points, second.points)
    result.comparisons = first.comparisons + second.comparisons
    result.disagreement = first.disagreement ?? second.disagreement
    return result
  }

  /// Compares a gradient at a point, as it was computed there, with differences of values around the point.
  ///
  /// Where these say nothing, beside a kink or the end of the domain, the symbolic derivatives are compared at points
  /// of the domain instead. Gradient and point have one number a variable.
  public func selfCheck(_ gradient: [Double], at point: [Double]) -> SelfCheck {
    precondition(
      gradient.count == variables.count && point.count == variables.count,
      "\(variables.count) slopes and coordinates expected")
    guard !variables.isEmpty, let compiled = try? compiled()
    else { return SelfCheck() }
    var result = SelfCheck()
    result.points = 1
    let check = DerivativeCheck(expression: expression, letters: variables, limits: limits)
    let switches = Switches(in: expression, letters: variables, limits: limits)
    let stride = check.stride(among: variables.count)
    for place in Swift.stride(from: 0, to: variables.count, by: stride) {
      let verdict = check.compare(
        gradient[place], { compiled($0) }, switches, at: point, place,
        rounding: {
          let level = compiled.roundingLevel(at: point)
          return (level.value, level.gradient[place])
        })
      guard verdict == .agrees else {
        guard let partials = try? partialDerivatives(by: variables) else { return SelfCheck() }
        return selfCheck(partials)
      }
      result.comparisons += 1
    }
    return result
  }
}
