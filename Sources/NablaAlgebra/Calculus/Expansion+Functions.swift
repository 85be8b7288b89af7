import NablaBasics

// Series of functions: by their branches and steps, their slopes, or their own derivatives at the point.
extension Expansion {
  /// A function of series: its branch or step where it has some, its own Taylor coefficients otherwise.
  mutating func call(
    _ part: Expr, _ function: Function, _ arguments: [PowerSeries]
  ) throws -> PowerSeries {
    let constants = arguments.map(\.constant)
    // x³ moves, though not to the order 2.
    let moving = zip(part.children, arguments).map { child, series in
      !series.isConstant || child.moves(with: variables)
    }
    let isStep = if case .partials = function.derivative { false } else { true }
    if arguments.allSatisfy(\.isConstant), !isStep || !moving.contains(true) {
      return try finite(PowerSeries(.call(function, constants), in: space), part)
    }
    switch function.derivative {
    case .zero:
      if isConstantNear(constants, moving, { .call(function, $0) }) {
        return try finite(PowerSeries(.call(function, constants), in: space), part)
      }
      guard let value = side(of: function, arguments).flatMap(Rational.init(exactly:)) else {
        throw ExpansionError.notSmooth(part)
      }
      return PowerSeries(.number(Number(value)), in: space)
    case .selects(let condition, let then, let otherwise):
      var value = isConstantNear(constants, moving, condition) ? condition(constants).constantValue : nil
      if value == nil, case .call(let comparison, let sides) = condition(Self.slots(arguments.count)).shape {
        let sides = sides.compactMap { Self.slots(arguments.count).firstIndex(of: $0) }.map { arguments[$0] }
        value = side(of: comparison, sides)
      }
      guard let value else { throw ExpansionError.notSmooth(part) }
      return arguments[value != 0 ? then : otherwise]
    case .partials:
      if function == .abs, constants[0].constantValue == 0 {
        guard let sign = sign(of: arguments[0]) else { throw ExpansionError.notSmooth(part) }
        return try arguments[0].times(PowerSeries(.integer(sign), in: space), in: space, budget: &budget)
      }
      return try composed(function, arguments, part)
    }
  }

  /// Whether a step, or a condition, keeps its value when any of the arguments that move does so a little.
  private func isConstantNear(_ constants: [Expr], _ moving: [Bool], _ step: ([Expr]) -> Expr) -> Bool {
    guard let here = step(constants).constantValue, !here.isNaN else { return false }
    return constants.indices.filter { moving[$0] }.allSatisfy { place in
      guard let value = constants[place].constantValue else { return false }
      let distance = Self.nearness(to: value)
      return [value - distance, value + distance].allSatisfy { beside in
        var moved = constants
        moved[place] = .number(Number(approximate: beside))
        return step(moved).constantValue == here
      }
    }
  }

  /// F(u₀) and the coefficients of F(u₀ + s), those of F′ integrated, where F′ is made of powers and of functions whose own
  /// derivatives stay small, as that of tan is 1/cos²; nil for others, and where F′ has no series.
  ///
  /// The derivatives of tan or arctan themselves grow with each order.
  private func integrated(_ function: Function, about constant: Expr) throws -> [Expr]? {
    let isSmall = { (function: Function) in [Function.sin, .cos, .sinh, .cosh].contains(function) }
    let slot = Variable("_slot")
    let whole = Expr.call(function, [.variable(slot)])
    guard !isSmall(function), case .partials(let partials) = function.derivative,
      let line = PowerSeries.Space(variables: 1, order: space.order - 1)
    else { return nil }
    let reciprocals: [(of: Function, function: Function)] = [
      (.cos, .sec), (.sin, .csc), (.cosh, .sech), (.sinh, .csch),
    ]
    let derivative = partials([.variable(slot)], whole)[0]
    let rate = derivative.rebuilt { part in
      guard case .call(let inner, let u) = part.shape,
        let under = reciprocals.first(where: { $0.function == inner })
      else { return nil }
      return .power(.call(under.of, u), .minusOne)
    }
    let isElementary = rate.distinctSubexpressions().allSatisfy { part in
      if case .call(let inner, _) = part.shape { isSmall(inner) } else { true }
    }
    guard isElementary else { return nil }
    var expansion = Expansion(space: line, variables: [slot], center: [constant], limits: limits)
    do {
      let slope = try expansion.series(of: rate)
      // 1/cos² and sec² would stand side by side.
      guard expansion.lostOrders == 0,
        rate == derivative || slope.coefficients.allSatisfy({ $0.asNumber != nil })
      else { return nil }
      return [.call(function, [constant])] + slope.coefficients.enumerated().map { $1 / .integer($0 + 1) }
    } catch ExpansionError.noValue {
      return nil
    }
  }

  /// F(u₀ + s, v₀ + t) = Σ ∂ⁱ⁺ʲF/∂uⁱ∂vʲ(u₀, v₀)/(i!·j!) · sⁱtʲ.
  private mutating func composed(
    _ function: Function, _ arguments: [PowerSeries], _ part: Expr
  ) throws -> PowerSeries {
    if arguments.count == 1, space.order > 0,
      let outer = try integrated(function, about: arguments[0].constant)
    {
      return try composed(arguments[0], outer, part)
    }
    let slots = arguments.indices.map { Variable("_slot_\($0)") }
    let place = Dictionary(uniqueKeysWithValues: zip(slots, arguments.map(\.constant)))
    let moving = arguments.indices.filter { !arguments[$0].isConstant }
    var layer: [(expression: Expr, exponents: [Int], scale: Expr)] = [
      (.call(function, slots.map { .variable($0) }), arguments.map { _ in 0 }, .one)
    ]
    var result = PowerSeries(.zero, in: space)
    for degree in 0...space.order {
      var next: [(expression: Expr, exponents: [Int], scale: Expr)] = []
      for term in layer {
        let value = try simple(term.expression.substituting(place))
        try requireValue(value, of: part)
        var product = PowerSeries(value * term.scale, in: space)
        for (number, exponent) in term.exponents.enumerated() {
          for _ in 0..<exponent {
            product = try product.times(arguments[number].displacement, in: space, budget: &budget)
          }
        }
        result = .sum([result, product], in: space)
        guard degree < space.order else { continue }
        let last = term.exponents.lastIndex { $0 > 0 } ?? 0
        for number in moving where number >= last {
          var exponents = term.exponents
          exponents[number] += 1
          let raw = try term.expression.partials(by: [slots[number]], budget: &budget)[0]
          let rate = try TextbookForm().form(of: raw, budget: &budget).expression
          guard rate.size <= limits.expressionSize / 100 else {
            throw ExpansionError.overrun(.tooLarge("expressionSize"))
          }
          next.append((rate, exponents, term.scale / .integer(exponents[number])))
        }
      }
      layer = next
    }
    return result
  }
}
