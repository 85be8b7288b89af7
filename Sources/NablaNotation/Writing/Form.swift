import NablaBasics

/// A formula as it is shown: with minus, fraction, root, brackets and an order, which an `Expr` does not have.
///
///     let form: Form = .sum([.plus(.power(x, .integer(2))), .minus(.product([.implied(.integer(3)), .implied(x)]))])
///     form.text(.unicode)   // "x² − 3x"
///
/// A form says what stands where; which characters say so, and where brackets are needed, is the printer's.
package indirect enum Form: Hashable, Sendable {
  /// The digits of a number without a sign: `12`, `0.2`, `1e-7`.
  case number(String, isApproximate: Bool)
  /// A variable, or the bound index of a fold.
  case name(Name)
  /// Euler's number.
  case eulersNumber
  /// The circle's number.
  case pi
  /// One minus in front.
  case negative(Form)
  /// Terms with their signs; at least two of them.
  case sum([Term])
  /// Factors, each with how it is joined to the one before it; at least two of them.
  case product([Factor])
  /// Numerator and denominator.
  case fraction(Form, Form)
  /// Base and exponent.
  case power(Form, Form)
  /// √ of the radicand, or ∛ with the index 3.
  case root(index: Int, Form)
  /// A function and its arguments.
  case application(Application)
  /// `|x|`, `⌊x⌋`, `⌈x⌉`.
  case enclosed(Enclosure, Form)
  /// `x!`.
  case factorial(Form)
  /// A chain of comparisons: the first operand, and each relation with what follows it.
  case comparison(Form, [Comparison])
  /// `not p`.
  case not(Form)
  /// `p and q and ...`.
  case and([Form])
  /// `p or q or ...`.
  case or([Form])
  /// Values under conditions, and the value where none holds.
  case piecewise([Case], otherwise: Form?)
  /// An indexed sum or product.
  case fold(Repetition)
  /// The element of a family: `x[i+1]`.
  case element(Name, index: Form)
  /// A point: `(1, −1)`.
  case point([Form])
  /// A vector: `⟨6x + 8y, 8x − 15y⁴⟩`.
  case vector([Form])
  /// A mark that only names something: `∂f/∂x`, `f′(x)`, `∇f`.
  case label(Label)
  /// What is left out of a list: `f(x₁, …, x₁₀₀₀)`.
  case ellipsis
}

extension Form {
  /// A term of a sum with its sign.
  package struct Term: Hashable, Sendable {
    package var isNegative: Bool
    package var form: Form

    package static func plus(_ form: Form) -> Term { Term(isNegative: false, form: form) }
    package static func minus(_ form: Form) -> Term { Term(isNegative: true, form: form) }
  }

  /// A factor of a product, and how it is joined to the one before it.
  package struct Factor: Hashable, Sendable {
    /// The ways of joining a factor.
    package enum Joint: Hashable, Sendable {
      /// Side by side; it gets a sign all the same where that would read otherwise.
      case implied
      /// With a sign.
      case explicit
      /// Behind a slash, as in a/b/c, where one slash follows another.
      case over
    }

    package var joint: Joint
    package var form: Form

    package init(joint: Joint, form: Form) { (self.joint, self.form) = (joint, form) }

    package static func implied(_ form: Form) -> Factor { Factor(joint: .implied, form: form) }
    package static func explicit(_ form: Form) -> Factor { Factor(joint: .explicit, form: form) }
  }

  /// A function and its arguments, with an exponent that stands on the name: `sin²(x)`.
  package struct Application: Hashable, Sendable {
    /// The name as in the function's row.
    package var function: String
    package var arguments: [Form]
    /// Written without brackets where that reads back, as in `ln x`.
    package var isBare = false
    /// Whether an exponent may stand on the name.
    package var takesExponent = true

    package init(_ function: String, _ arguments: [Form], isBare: Bool = false, takesExponent: Bool = true) {
      (self.function, self.arguments) = (function, arguments)
      (self.isBare, self.takesExponent) = (isBare, takesExponent)
    }

    /// Whether it is `d/dx`, which takes all factors that follow.
    var isDerivative: Bool { Form.derivativeHead(function) != nil }
  }

  /// How `∂/∂` begins in ASCII where a variable is called d, so that `d/dx` would be a quotient.
  static let partialBesideD = #"\partial/\partial "#

  /// What stands before the variable in the name of a derivative; nil for other functions.
  static func derivativeHead(_ function: String) -> String? {
    ["d/d", "∂/∂", partialBesideD].first { function.hasPrefix($0) }
  }

  /// Brackets that mean something.
  package enum Enclosure: Hashable, Sendable { case absolute, floor, ceiling }

  /// A relation and its right-hand side.
  package struct Comparison: Hashable, Sendable {
    package var relation: Relation
    package var form: Form

    package init(_ relation: Relation, _ form: Form) { (self.relation, self.form) = (relation, form) }
  }

  /// The relations that formulas compare with.
  package enum Relation: Hashable, Sendable, CaseIterable {
    case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  }

  /// A value and the condition it stands under.
  package struct Case: Hashable, Sendable {
    package var condition: Form
    package var value: Form

    package init(_ condition: Form, _ value: Form) { (self.condition, self.value) = (condition, value) }
  }

  /// `Σᵢ₌₁¹⁰ xᵢ²`: what is repeated, and over which index.
  package struct Repetition: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case sum, product }
    package var kind: Kind
    package var index: Name
    package var lower: Form
    package var upper: Form
    package var body: Form

    package init(_ kind: Kind, index: Name, from lower: Form, to upper: Form, _ body: Form) {
      (self.kind, self.index, self.lower, self.upper, self.body) = (kind, index, lower, upper, body)
    }
  }

  /// Names of what is derived from a function.
  package enum Label: Hashable, Sendable {
    /// `f(x, y)`.
    case function(String, [Form])
    /// `∂f/∂x`, and `∂²f/∂x∂y` with two.
    case partial(String, by: [Form])
    /// `f′(x)`, `f″(x)`; the argument may be left out.
    case prime(String, order: Int, of: [Form])
    /// `∇f`.
    case gradient(String)
  }

  /// An integer; a negative one gets its minus in front.
  package static func integer(_ value: Int) -> Form {
    let digits: Form = .number(String(value.magnitude), isApproximate: false)
    return value < 0 ? .negative(digits) : digits
  }

  /// A variable by its canonical name.
  package static func variable(_ name: String) -> Form { .name(Name(name)) }
}

/// A name taken apart: the letter or word, and its subscripts.
///
///     Name("rho_c_0")   // stem "rho", subscripts ["c", "0"]
package struct Name: Hashable, Sendable {
  /// The letter or word, in ASCII: `x`, `lambda`, `speed`.
  package let stem: String
  /// What stands below it, in order; mostly nothing or one number.
  package let subscripts: [String]

  /// Takes a canonical name apart at its underscores.
  package init(_ canonical: String) {
    let parts = canonical.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    (stem, subscripts) = (parts.first ?? canonical, Array(parts.dropFirst()))
  }

  /// The name in ASCII, as variables have it.
  package var canonical: String { ([stem] + subscripts).joined(separator: "_") }
}
