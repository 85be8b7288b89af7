/// What a format with frames shows otherwise than a line of text: 2x/3 as ⅔ x, 1e-7 as a power of ten; and what is tall.
extension Printer {
  /// A form as this format shows it.
  func shaped(_ form: Form, isRaised: Bool) -> Form {
    if case .number(let digits, _) = form { return powerOfTen(digits) ?? form }
    guard format.splitsFractions else { return form }
    switch form {
    case .fraction(.product(let factors), .number(let lower, _)):
      guard !isRaised, let first = factors.first, case .number(let upper, _) = first.form, factors.count > 1,
        isWhole(upper), isWhole(lower), factors.dropFirst().allSatisfy({ $0.joint == .implied })
      else { return form }
      // 5π/2 is one number.
      if case .pi = factors[1].form { return form }
      let number: Form = .fraction(first.form, .number(lower, isApproximate: false))
      return .product([.implied(number)] + factors.dropFirst())
    case .application(let call): return shaped(call) ?? form
    default: return form
    }
  }

  /// Roots and cases that were typed as calls.
  private func shaped(_ call: Form.Application) -> Form? {
    let arguments = call.arguments
    switch (call.function, arguments.count) {
    case ("root", 2):
      guard case .number(let digits, _) = arguments[1], let index = Int(digits), (2...99).contains(index)
      else {
        return nil
      }
      return .root(index: index, arguments[0])
    case ("if", 3): return .piecewise([.init(arguments[0], arguments[1])], otherwise: arguments[2])
    case ("piecewise", 2...):
      let cases = stride(from: 0, to: arguments.count - 1, by: 2).map {
        Form.Case(arguments[$0], arguments[$0 + 1])
      }
      return .piecewise(cases, otherwise: arguments.count % 2 == 1 ? arguments.last : nil)
    default: return nil
    }
  }

  private func isWhole(_ digits: String) -> Bool { digits.utf8.allSatisfy(\.isDigit) }

  /// 2.5·10⁻⁷ for 2.5e-7.
  private func powerOfTen(_ digits: String) -> Form? {
    guard let extent = format.powersOfTen, let mark = digits.firstIndex(where: { $0 == "e" || $0 == "E" })
    else { return nil }
    var exponent = digits[digits.index(after: mark)...]
    let isNegative = exponent.first == "-"
    if isNegative || exponent.first == "+" { exponent.removeFirst() }
    while exponent.count > 1, exponent.first == "0" { exponent.removeFirst() }
    let size: Form = .number(String(exponent), isApproximate: false)
    let power: Form = .power(.integer(10), isNegative ? .negative(size) : size)
    let factor = String(digits[..<mark])
    // A whole number times 10¹² is another whole number, and times 10⁻³ a fraction.
    let isDecimal = factor.contains(".") || isNegative && Int(exponent) ?? 7 > 6
    if extent == .readable, !isDecimal { return nil }
    if factor == "1" { return power }
    return .product([.implied(.number(factor, isApproximate: false)), .explicit(power)])
  }

  /// Factors in the shapes of this format; a factor whose shape is a product gives its factors.
  func flattened(_ factors: [Form.Factor], isRaised: Bool) -> [Form.Factor] {
    guard format.splitsFractions || factors.contains(where: \.isPowerOfTen) else { return factors }
    var result: [Form.Factor] = []
    result.reserveCapacity(factors.count)
    for factor in factors {
      let shape = shaped(factor.form, isRaised: isRaised)
      if factor.joint != .over, shape != factor.form, case .product(var inner) = shape {
        inner[0].joint = factor.joint
        result += inner
      } else {
        result.append(.init(joint: factor.joint, form: shape))
      }
    }
    return result
  }

  /// Whether something in the forms is taller than a line: a fraction in a frame, a sum, cases.
  ///
  /// The search is short: what is very large counts as tall.
  func isTall(_ forms: [Form], isRaised: Bool) -> Bool {
    var left = Self.searched
    return forms.contains { isTall($0, isRaised: isRaised, &left) }
  }

  private func isTall(_ form: Form, isRaised: Bool, _ left: inout Int) -> Bool {
    if left == 0 { return true }
    left -= 1
    func isAnyTall(_ parts: some Sequence<Form>) -> Bool {
      parts.contains { isTall($0, isRaised: isRaised, &left) }
    }
    switch form {
    case .fraction(let upper, let lower):
      return isFramed(isRaised: isRaised) || isAnyTall([upper, lower])
    case .fold, .piecewise, .label(.partial): return true
    case .number, .name, .eulersNumber, .pi, .element, .label, .ellipsis: return false
    case .negative(let inner), .factorial(let inner), .not(let inner), .root(_, let inner),
      .enclosed(_, let inner), .power(let inner, _):
      return isAnyTall([inner])
    case .sum(let terms): return isAnyTall(terms.lazy.map(\.form))
    case .product(let factors): return isAnyTall(factors.lazy.map(\.form))
    case .application(let call):
      return call.isDerivative || call.function == "if" || call.function == "piecewise"
        || isAnyTall(call.arguments)
    case .comparison(let first, let rest): return isAnyTall([first]) || isAnyTall(rest.lazy.map(\.form))
    case .and(let parts), .or(let parts), .point(let parts), .vector(let parts): return isAnyTall(parts)
    }
  }

  private static let searched = 200
}

extension Form.Factor {
  /// Whether it is a number such as 2.5e-7.
  fileprivate var isPowerOfTen: Bool {
    guard case .number(let digits, _) = form else { return false }
    return digits.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }
  }
}
