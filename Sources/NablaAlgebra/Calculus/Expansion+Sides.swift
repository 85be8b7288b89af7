import NablaBasics

/// Parts that bend or jump at the point: what they are on the side from which the expansion comes.
extension Expansion {
  /// The names of a function's arguments.
  static func slots(_ count: Int) -> [Expr] { (0..<count).map { Expr("_slot_\($0)") } }

  /// The sign of a series beside the centre, in the direction from which the expansion comes; nil without a direction.
  func sign(of series: PowerSeries) -> Int? {
    guard let direction else { return nil }
    var changes = [Double](repeating: 0, count: space.order + 1)
    for (place, coefficient) in series.coefficients.enumerated() where coefficient != .zero {
      guard let value = coefficient.constantValue else { return nil }
      let powers = zip(direction, space.exponents[place]).map { Libm.pow($0, Double($1)) }
      changes[space.exponents[place].reduce(0, +)] += powers.reduce(value, *)
    }
    guard let first = changes.first(where: { $0.magnitude > (direction.count == 1 ? 0 : 1e-12) }) else {
      return 0
    }
    return first > 0 ? 1 : -1
  }

  /// The value of a step or a comparison beside the centre.
  func side(of function: Function, _ arguments: [PowerSeries]) -> Double? {
    let comparisons: [Function] = [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual]
    if arguments.count == 2, comparisons.contains(function) {
      let difference = PowerSeries.sum([arguments[0], arguments[1].negated], in: space)
      guard let sign = sign(of: difference), sign != 0 else { return nil }
      return function.value(at: [Double(sign), 0])
    }
    guard arguments.count == 1, let value = arguments[0].constant.constantValue,
      let sign = sign(of: arguments[0].displacement), sign != 0
    else { return nil }
    return function.value(at: [value + Double(sign) * Self.nearness(to: value)])
  }

  /// How near to a value a step is a step at it: beyond the rounding of the value, and not as far as the next whole number.
  static func nearness(to value: Double) -> Double {
    max(4 * value.ulp, min(0.25, 1e-9 * max(1, value.magnitude)))
  }
}

extension Expr {
  /// Whether it changes with some variables between its own steps: not ⌊x⌋ or x < 1.
  func moves(with variables: [Variable]) -> Bool {
    switch shape {
    case .number, .constant, .element: false
    case .variable(let variable): variables.contains(variable)
    case .call(let function, _):
      if case .zero = function.derivative { false } else { children.contains { $0.moves(with: variables) } }
    case .sum, .product, .power, .fold: children.contains { $0.moves(with: variables) }
    }
  }
}

extension Function {
  fileprivate func value(at numbers: [Double]) -> Double? {
    let arguments = numbers.compactMap { Rational(exactly: $0).map { Expr.number(Number($0)) } }
    return arguments.count == numbers.count ? Expr.call(self, arguments).constantValue : nil
  }
}
