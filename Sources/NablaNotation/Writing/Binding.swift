/// How tightly the outermost part of a form holds together; what holds less tightly than its place asks for gets
/// brackets.
///
/// The rows are those of the reader's binding powers, loosest first.
enum Binding: Int, Comparable {
  case or, and, not, comparison, sum, negative, product, power, postfix, atom

  static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
}

extension Form {
  /// The binding of the outermost part.
  var binding: Binding {
    switch self {
    case .or: .or
    case .and: .and
    case .not: .not
    case .comparison: .comparison
    case .sum: .sum
    case .negative: .negative
    case .product, .fraction, .fold: .product
    case .power: .power
    case .application(let call): call.isDerivative ? .product : .postfix
    case .factorial, .root: .postfix
    case .number, .name, .eulersNumber, .pi, .enclosed, .element, .piecewise, .point, .vector, .label,
      .ellipsis:
      .atom
    }
  }

  /// Whether the factors behind it belong to it, as for Σ and d/dx: the last of a product needs no brackets.
  var takesWhatFollows: Bool {
    switch self {
    case .fold: true
    case .application(let call): call.isDerivative
    default: false
    }
  }
}
