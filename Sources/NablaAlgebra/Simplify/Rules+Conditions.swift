extension Rule {
  /// Conditions and choices.
  static let conditions: List = [
    Rule("choice inside a choice", of: .call) { whole in
      // {p: {q: a; b}; b} = {p and q: a; b}
      guard case .call(.if, let outer) = whole.shape, case .call(.if, let inner) = outer[1].shape,
        inner[2] == outer[2]
      else { return nil }
      return Result(.call(.if, [.call(.and, [inner[0], outer[0]]), inner[1], inner[2]]))
    },
    Rule("bound of the larger or the smaller", of: .call) { whole in
      // max(u, v) ≤ w where u ≤ w and v ≤ w, min(u, v) ≥ w where both are.
      guard case .call(let comparison, let sides) = whole.shape,
        case .call(let function, let parts) = sides[0].shape,
        function == .max && (comparison == .lessOrEqual || comparison == .less)
          || function == .min && (comparison == .greaterOrEqual || comparison == .greater)
      else { return nil }
      let (first, second) = (
        Expr.call(comparison, [parts[0], sides[1]]), Expr.call(comparison, [parts[1], sides[1]])
      )
      // 0 ≤ 1 says nothing; where neither is known, two comparisons are no shorter.
      if second == .one { return Result(first) }
      return first == .one ? Result(second) : nil
    },
  ]
}
