import NablaBasics

/// The derivative in a direction: ∇f · u with the unit vector u of the direction.
///
///     x²y along (3, 4)   has   u = (3/5, 4/5)   and the derivative   (6xy + 4x²)/5
public struct DirectionalDerivative: Hashable, Sendable {
  /// The variables.
  public let variables: [Variable]
  /// The direction as given.
  public let direction: [Expr]
  /// The direction with length 1, exact.
  public let unit: [Expr]
  /// The derivative in its textbook form.
  public let expression: Expr
}

/// Why there is no derivative in a direction.
public enum DirectionError: Error, Hashable, Sendable {
  /// The direction has the length zero, or a coordinate that is no number.
  case noDirection
  /// Another number of coordinates than of variables.
  case wrongCount(expected: Int, given: Int)
  /// The work exceeds a limit.
  case overrun(Budget.Overrun)
}

extension Expr {
  /// The derivative in a direction, which is brought to length 1.
  ///
  /// Throws for the zero vector.
  public func directionalDerivative(
    along direction: [Expr], in variables: [Variable], limits: Limits = .standard
  ) throws(DirectionError) -> DirectionalDerivative {
    guard direction.count == variables.count else {
      throw .wrongCount(expected: variables.count, given: direction.count)
    }
    guard direction.allSatisfy({ $0.constantValue?.isFinite ?? true }) else { throw .noDirection }
    do {
      var budget = Budget(limits.work)
      let form = TextbookForm()
      let length = try form.form(
        of: Expr.sum(direction.map(\.squared)).squareRoot, budget: &budget
      ).expression
      if length.constantValue == 0 { throw DirectionError.noDirection }
      var unit: [Expr] = []
      for coordinate in direction {
        unit.append(try form.form(of: coordinate / length, budget: &budget).expression)
      }
      let rates = try partials(by: variables, limits: limits, budget: &budget)
      var terms: [Expr] = []
      for (rate, coordinate) in zip(rates, unit) {
        terms.append(coordinate * (try form.form(of: rate, budget: &budget).expression))
      }
      let result = try form.form(of: .sum(terms), budget: &budget).expression
      return DirectionalDerivative(
        variables: variables, direction: direction, unit: unit, expression: result)
    } catch let error as DirectionError {
      throw error
    } catch let error as Budget.Overrun {
      throw .overrun(error)
    } catch {
      throw .overrun(.exhausted)
    }
  }
}
