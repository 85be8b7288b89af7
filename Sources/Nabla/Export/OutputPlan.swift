import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// What a function computes: expressions with their places, and stretches of one formula each.
struct OutputPlan {
  var values: [Expr] = []
  /// Where the values go, apart from the first one where that is the formula's own.
  var places: [Int] = []
  var stretches: [Listing.Stretch] = []
  var hasValue: Bool
  /// The number of entries.
  var count = 0
  /// The same values from derivatives that nobody simplified, where that is another way.
  private var raw: [Expr]?

  private static let (mostOfHessian, mostTerms) = (50, 2_000)

  init(_ formula: Formula, _ part: Dialect.Part, dialect: Dialect) throws(ExportError) {
    hasValue = part != .hessian
    var (expression, variables) = (formula.expression, formula.variables)
    do throws(FormulaError) {
      switch part {
      case .value: values = [expression]
      case .gradient:
        count = variables.count
        if expression.families.isEmpty {
          values = [expression] + (try formula.gradient().partials.map(\.expression))
          places = Array(variables.indices)
          var budget = Budget(formula.limits.work)
          raw = (try? expression.partials(by: variables, limits: formula.limits, budget: &budget)).map {
            [expression] + $0
          }
        } else {
          try takeFamilies(formula)
        }
      case .hessian:
        guard variables.count <= Self.mostOfHessian else {
          throw .overrun(.tooLarge("Hessian of \(variables.count) variables"))
        }
        expression = try Self.written(expression)
        variables = formula.variables
        let rows = try Formula(expression, variables: variables, limits: formula.limits).hessian()
        values = rows.flatMap { $0 }
        count = values.count
        places = Array(values.indices)
      }
    } catch { throw .formula(error) }
    values = values.map { $0.lowered(for: dialect) }
    raw = raw?.map { $0.lowered(for: dialect) }
    stretches = stretches.map {
      .init(members: $0.members, shift: $0.shift, value: $0.value.lowered(for: dialect))
    }
  }

  /// The gradient over indexed families as loops; written out where it has no form in common.
  private mutating func takeFamilies(_ formula: Formula) throws(FormulaError) {
    let variables = formula.variables
    let places = Dictionary(zip(variables, variables.indices), uniquingKeysWith: { first, _ in first })
    values = [formula.expression]
    guard let partials = try formula.familyDerivatives(from: 1) else {
      let expression = try Self.written(formula.expression)
      let whole = Formula(expression, variables: variables, limits: formula.limits)
      values += try whole.gradient().partials.map(\.expression)
      self.places = Array(variables.indices)
      return
    }
    for partial in partials {
      switch partial.subject {
      case .variable(let variable):
        guard let place = places[variable] else { continue }
        values.append(partial.expression)
        self.places.append(place)
      case .members(let family, let members):
        for run in Self.runs(of: members, places: { places[family.member($0)] }) {
          stretches.append(.init(members: run.members, shift: run.shift, value: partial.expression))
        }
      }
    }
  }

  /// The stretches of members that have places one after the other, and how far a place is from its number: not every
  /// number between the first and the last need be a variable, as in x₁, x₂, x₃, x₁₀.
  private static func runs(of members: ClosedRange<Int>, places: (Int) -> Int?) -> [(
    members: ClosedRange<Int>, shift: Int
  )] {
    var runs: [(members: ClosedRange<Int>, shift: Int)] = []
    for member in members {
      guard let place = places(member) else { continue }
      if let last = runs.last, last.members.upperBound == member - 1, last.shift == place - member {
        runs[runs.count - 1].members = last.members.lowerBound...member
      } else {
        runs.append((member...member, place - member))
      }
    }
    return runs
  }

  /// The expression with its sums and products over an index written out.
  static func written(_ expression: Expr) throws(FormulaError) -> Expr {
    guard !expression.families.isEmpty || expression.hasFold else { return expression }
    guard let written = expression.withoutFolds(most: mostTerms) else {
      throw .overrun(.tooLarge("terms of a sum that is written out"))
    }
    return written
  }

  /// The steps; where derivatives as they come take fewer than those simplified for a reader, those.
  func listing(letters: [Variable], limits: Limits) throws(ExportError) -> Listing {
    do {
      let simplified = try Listing(values, stretches: stretches, letters: letters, limits: limits)
      guard let raw, let other = try? Listing(raw, letters: letters, limits: limits),
        other.count < simplified.count
      else { return simplified }
      return other
    } catch {
      throw .formula(FormulaError(error))
    }
  }
}

extension Expr {
  /// Whether a sum or product over an index occurs.
  var hasFold: Bool {
    distinctSubexpressions().contains { if case .fold = $0.shape { true } else { false } }
  }

  /// The expression with its sums and products over an index written out; nil where they have too many terms.
  func withoutFolds(most: Int) -> Expr? {
    var result = self
    while let part = result.distinctSubexpressions().last(where: {
      if case .fold = $0.shape { true } else { false }
    }) {
      guard case .fold(let fold) = part.shape, fold.count <= most else { return nil }
      let terms = (fold.lower...fold.upper).map { fold.term(at: $0) }
      let written = fold.kind == .sum ? Expr.sum(terms) : .product(terms)
      guard written.size <= 200 * most else { return nil }
      result = result.rebuilt { $0 == part ? written : nil }
    }
    return result
  }
}
