import NablaAlgebra
import NablaBasics

/// The oracle: an expression's value by plain recursion over the tree, one libm call a node, nothing shared.
struct TreeWalker {
  var values: [Variable: Double]
  var indices: [Variable: Int] = [:]

  func value(_ expression: Expr) -> Double {
    switch expression.shape {
    case .number(let number): return number.double
    case .constant(let constant): return constant.value
    case .variable(let variable):
      if let index = indices[variable] { return Double(index) }
      return values[variable] ?? .nan
    case .element(let family, let place):
      guard let index = indices[place.bound] else { return .nan }
      return values[family.member(index + place.offset)] ?? .nan
    case .sum(let terms): return terms.dropFirst().reduce(value(terms[0])) { $0 + value($1) }
    case .product(let factors): return factors.dropFirst().reduce(value(factors[0])) { $0 * value($1) }
    case .power(let base, let exponent) where base == .constant(.e): return Libm.exp(value(exponent))
    case .power(let base, let exponent): return power(value(base), exponent)
    case .call where expression.isExactPole: return .nan
    case .call(let function, let arguments):
      switch function.value {
      case .unary(let f): return f(value(arguments[0]))
      case .binary(let f): return f(value(arguments[0]), value(arguments[1]))
      case .ternary(let f): return f(value(arguments[0]), value(arguments[1]), value(arguments[2]))
      }
    case .fold(let fold):
      var inside = self
      var total = fold.kind == .sum ? 0.0 : 1.0
      for index in fold.lower...fold.upper {
        inside.indices[fold.index] = index
        let term = inside.value(fold.body)
        if fold.kind == .sum { total += term } else { total *= term }
      }
      return total
    }
  }

  private func power(_ base: Double, _ exponent: Expr) -> Double {
    let size = value(exponent)
    if base.isNaN || size.isNaN || (base == 0 && size < 0) { return .nan }
    if case .number(let number) = exponent.shape, let fraction = number.rational, !fraction.isInteger,
      fraction.denominator.isOdd, base < 0
    {
      let size = Libm.pow(-base, fraction.double)
      return fraction.numerator.isOdd ? -size : size
    }
    return Libm.pow(base, size)
  }
}
