import NablaBasics

/// A small expression as a list of steps over a stack of numbers, ready for its values at once.
///
///     PostfixValue(x * x + y, letters: [x, y])?(at: [2, 1])   // 5
///
/// For a few values of an expression of a few nodes, where compiling would take longer; nothing is shared, and there are
/// no stable forms, so that it is also a second opinion on what a compiled program says.
package struct PostfixValue: Sendable {
  private enum Step: Sendable {
    case number(Double)
    case letter(Int)
    /// The last values added or multiplied.
    case sum(Int), product(Int)
    /// The exponent is needed as an expression, for the real root of a negative base.
    case power(Expr)
    case call(Function)
  }

  private var steps: [Step] = []

  /// The most nodes of an expression that is small.
  private static let most = 100

  /// Nil for a large expression, for sums and products over an index and for a variable that is not among the letters,
  /// which stand for the coordinates in their order; and where a constant part is a pole, which rounding would hide.
  package init?(_ expression: Expr, letters: [Variable]) {
    guard expression.size <= Self.most, expression.foldLevel == 0 else { return nil }
    guard append(expression, letters) else { return nil }
  }

  private mutating func append(_ expression: Expr, _ letters: [Variable]) -> Bool {
    for part in expression.children { guard append(part, letters) else { return false } }
    switch expression.shape {
    case .number(let number): steps.append(.number(number.double))
    case .constant(let constant): steps.append(.number(constant.value))
    case .variable(let variable):
      guard let place = letters.firstIndex(of: variable) else { return false }
      steps.append(.letter(place))
    case .sum(let terms): steps.append(.sum(terms.count))
    case .product(let factors): steps.append(.product(factors.count))
    case .power(_, let exponent): steps.append(.power(exponent))
    case .call where expression.isExactPole: return false
    case .call(let function, _): steps.append(.call(function))
    case .element, .fold: return false
    }
    return true
  }

  /// The value at a point; not a number where the expression has no real value.
  package func callAsFunction(at point: [Double]) -> Double {
    var stack: [Double] = []
    stack.reserveCapacity(steps.count)
    for step in steps {
      switch step {
      case .number(let value): stack.append(value)
      case .letter(let place): stack.append(point[place])
      case .sum(let count):
        var sum = 0.0
        for place in (stack.count - count)..<stack.count { sum += stack[place] }
        stack.removeLast(count)
        stack.append(sum)
      case .product(let count):
        var product = 1.0
        for place in (stack.count - count)..<stack.count { product *= stack[place] }
        stack.removeLast(count)
        stack.append(product)
      case .power(let exponent):
        let power = stack.removeLast()
        stack[stack.count - 1] = Expr.realPower(stack[stack.count - 1], exponent, power)
      case .call(let function):
        let arguments = Array(stack.suffix(function.arity))
        stack.removeLast(arguments.count)
        stack.append(Expr.value(of: function, arguments))
      }
    }
    return stack[0]
  }
}
