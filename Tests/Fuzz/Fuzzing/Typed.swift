import NablaBasics

/// A formula as somebody may have typed it: pieces of text between parts that are typed formulas themselves.
///
/// Parts stand between brackets where the text around them needs it, so that the whole has a meaning; which style is
/// used where is drawn by lot. A text that breaks a law is shrunk by putting parts in the place of wholes.
public struct Typed: Sendable {
  /// The text before, between and behind the parts: one more than there are parts.
  let texts: [String]
  let parts: [Typed]

  init(_ texts: [String], _ parts: [Typed] = []) { (self.texts, self.parts) = (texts, parts) }

  /// What is typed.
  public var text: String {
    var result = texts[0]
    for (place, part) in parts.enumerated() { result += part.text + texts[place + 1] }
    return result
  }

  /// The number of parts, and of their parts, and itself.
  var size: Int { parts.reduce(1) { $0 + $1.size } }

  /// The smallest formula found that breaks the law as this one does.
  public func shrunk(while breaks: (String) -> Bool) -> Typed {
    var smallest = self
    var tries = 400
    var isSmaller = true
    while isSmaller, tries > 0 {
      isSmaller = false
      for candidate in smallest.smaller where tries > 0 {
        tries -= 1
        if breaks(candidate.text) {
          smallest = candidate
          isSmaller = true
          break
        }
      }
    }
    return smallest
  }

  private var smaller: [Typed] {
    var result = parts
    if parts.isEmpty, texts[0] != "x" { result.append(Typed(["x"])) }
    for (place, part) in parts.enumerated() {
      for simpler in part.smaller where simpler.size < part.size || part.parts.isEmpty {
        var changed = parts
        changed[place] = simpler
        result.append(Typed(texts, changed))
      }
    }
    return result
  }
}

/// Draws typed formulas by lot: everything that the reader knows, in every style it knows.
public struct TypedFormulas {
  private var random: SplitMix64

  /// The same start draws the same formulas everywhere.
  public init(start: UInt64) { random = SplitMix64(start: start) }

  /// The next formula.
  public mutating func next() -> Typed {
    let body = formula(depth: 1 + below(4))
    switch below(24) {
    case 0: return Typed(["g(t) = ", "\ng(", ")"], [formula(depth: 2), body])
    case 1: return Typed(["a = ", "\n", ""], [formula(depth: 1), body])
    case 2: return Typed(["f(x, y) = ", ""], [body])
    default: return body
    }
  }

  private mutating func formula(depth: Int) -> Typed {
    if depth <= 0 { return leaf() }
    switch below(23) {
    case 0: return leaf()
    case 1, 2, 3, 4: return sum(depth: depth)
    case 5, 6, 7, 8: return product(depth: depth)
    case 9, 10: return quotient(depth: depth)
    case 11, 12, 13: return power(depth: depth)
    case 14, 15, 16: return call(depth: depth)
    case 17: return Typed([pick(["-", "−", "+", "--"]), ""], [factor(depth: depth - 1)])
    case 18: return root(depth: depth)
    case 19: return conditional(depth: depth)
    case 20: return fold(depth: depth)
    case 21: return Typed([pick(["d/dx (", "∂/∂x(", "\\frac{d}{dx}("]), ")"], [formula(depth: depth - 1)])
    default:
      let bars = pick([("|", "|"), ("⌊", "⌋"), ("\\lvert ", "\\rvert "), ("\\left|", "\\right|"), ("‖", "‖")])
      return Typed([bars.0, bars.1], [formula(depth: depth - 1)])
    }
  }

  /// Something that stands beside other factors without changing them: brackets around what is no leaf.
  private mutating func factor(depth: Int) -> Typed {
    let inner = formula(depth: depth)
    if inner.parts.isEmpty, below(3) > 0 { return inner }
    let brackets = pick([("(", ")"), ("[", "]"), ("\\left(", "\\right)"), ("( ", " )"), ("{", "}")])
    return Typed([brackets.0, brackets.1], [inner])
  }

  private mutating func sum(depth: Int) -> Typed {
    let count = 2 + below(3)
    let terms = (0..<count).map { _ in formula(depth: depth - 1) }
    let signs = (1..<count).map { _ in pick([" + ", "+", " - ", "-", " − ", " – "]) }
    return Typed([""] + signs + [""], terms)
  }

  private mutating func product(depth: Int) -> Typed {
    let count = 2 + below(2)
    let factors = (0..<count).map { _ in factor(depth: depth - 1) }
    let signs = (1..<count).map { _ in pick(["*", " * ", "·", "×", "\\cdot ", " ", "", " ", ""]) }
    return Typed([""] + signs + [""], factors)
  }

  private mutating func quotient(depth: Int) -> Typed {
    let (upper, lower) = (depth - 1, depth - 1)
    switch below(3) {
    case 0: return Typed(["\\frac{", "}{", "}"], [formula(depth: upper), formula(depth: lower)])
    default: return Typed(["", pick(["/", " / ", "÷"]), ""], [factor(depth: upper), factor(depth: lower)])
    }
  }

  private mutating func power(depth: Int) -> Typed {
    let base = factor(depth: depth - 1)
    switch below(6) {
    case 0: return Typed(["", pick(["²", "³", "⁻¹", "ⁿ", "¹⁰"])], [base])
    case 1:
      return Typed(
        ["", pick(["^2", "^3", "^10", "^-1", "^-2", "**2", "^{-1/2}", "^(1/3)", "^0.5"])], [base])
    case 2: return Typed(["", "^{", "}"], [base, formula(depth: depth - 1)])
    case 3: return Typed(["e^(", ")"], [formula(depth: depth - 1)])
    case 4: return Typed(["", "!"], [base])
    default: return Typed(["", pick(["^(", "**("]), ")"], [base, formula(depth: depth - 2)])
    }
  }

  private static let unary = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "asin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "asinh",
    "acosh", "atanh", "ln", "log", "lg", "log2", "log10", "exp", "sqrt", "cbrt", "abs", "sign", "floor",
    "ceil",
    "round", "erf", "erfc", "erfi", "erfinv", "gamma", "lnGamma", "digamma", "sigmoid", "softplus", "relu",
    "gelu",
    "logit", "sinc", "lambertW", "log1p", "expm1", "coth", "sech", "csch", "arccot", "arcsec", "acoth",
    "factorial",
  ]

  private mutating func call(depth: Int) -> Typed {
    let inner = depth - 1
    switch below(14) {
    case 0: return Typed([pick(["\\sin ", "\\cos ", "\\ln ", "sin ", "ln ", "tan ", "exp "]), ""], [leaf()])
    case 1:
      return Typed(
        [pick(["sin^2(", "cos²(", "tan^{3}(", "\\sin^2(", "ln^2("]), ")"], [formula(depth: inner)])
    case 2:
      return Typed([pick(["log_2(", "log_{10}(", "\\log_{3}(", "log₂("]), ")"], [formula(depth: inner)])
    case 3:
      let name = pick(["max", "min", "atan2", "hypot", "mod", "log", "root", "beta", "\\max"])
      return Typed([name + "(", ", ", ")"], [formula(depth: inner), formula(depth: inner)])
    case 4:
      return Typed(
        [pick(["besselj(2, ", "bessely(0, ", "polygamma(1, ", "besselj(-1,"]), ")"], [formula(depth: inner)])
    case 5:
      return Typed(
        [pick(["sin^-1(", "\\operatorname{erf}(", "\\mathrm{erf}("]), ")"], [formula(depth: inner)])
    case 6:
      return Typed(["clamp(", ",", ",", ")"], (0..<3).map { _ in formula(depth: inner) })
    default: return Typed([Self.unary[below(Self.unary.count)] + "(", ")"], [formula(depth: inner)])
    }
  }

  private mutating func root(depth: Int) -> Typed {
    let inner = formula(depth: depth - 1)
    switch below(4) {
    case 0: return Typed(["\\sqrt{", "}"], [inner])
    case 1: return Typed([pick(["\\sqrt[3]{", "\\sqrt[4]{"]), "}"], [inner])
    case 2: return Typed([pick(["√(", "∛(", "∜("]), ")"], [inner])
    default: return Typed(["√", ""], [leaf()])
    }
  }

  private mutating func conditional(depth: Int) -> Typed {
    let relation = pick([" > ", "<", " <= ", "≥", "\\le "])
    let (a, b, c, d) = (factor(depth: 1), leaf(), formula(depth: depth - 1), formula(depth: depth - 2))
    switch below(4) {
    case 0: return Typed(["if(", relation, ", ", ", ", ")"], [a, b, c, d])
    case 1: return Typed(["{", relation, ": ", "; ", "}"], [a, b, c, d])
    case 2: return Typed(["(", relation, ")(", ")"], [a, b, c])
    default:
      return Typed(
        ["\\begin{cases} ", " & \\text{if } ", relation, " \\\\ ", " & \\text{otherwise} \\end{cases}"],
        [c, a, b, d])
    }
  }

  private mutating func fold(depth: Int) -> Typed {
    let body = Typed(
      [
        pick(["x[i]", "x_i^2", "i x[i+1]", "x[i] x[i+1]", "i", "x_{i}"]) + pick([" + ", " * (", " - "]), "",
      ], [leaf()])
    let closed = body.texts[0].hasSuffix("(") ? Typed([body.texts[0], ")"], body.parts) : body
    switch below(3) {
    case 0: return Typed(["sum(i, 1, \(2 + below(9)), ", ")"], [closed])
    case 1: return Typed(["prod(i=1..\(2 + below(3)), ", ")"], [closed])
    default: return Typed(["\\sum_{i=1}^{\(2 + below(9))} (", ")"], [closed])
    }
  }

  private static let leaves = [
    "x", "y", "x", "y", "x", "y", "z", "t", "a", "b", "k", "n", "r", "lambda", "λ", "\\alpha", "x_1", "x_2",
    "x₁", "x_{10}",
    "v_max", "speed", "theta", "2x", "3xy", "2pi", "xy", "2e",
  ]
  private static let numbers = [
    "0", "1", "2", "3", "5", "10", "12", "0.5", ".5", "2.5", "1.", "1e-3", "2.5e4", "3/4", "½", "100", "pi",
    "e", "π",
    "12345678901234567890", "0.1", "1/3", "7", "9",
  ]

  private mutating func leaf() -> Typed {
    Typed([below(3) == 0 ? Self.numbers[below(Self.numbers.count)] : Self.leaves[below(Self.leaves.count)]])
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }
  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }
}
