/// The answer of `check`.
struct CheckAnswer: Encodable {
  struct Component: Encodable {
    var variable: String
    var given: String
    var expected: String
    /// `right`, `wrong` or `undecided`.
    var verdict = ""
    /// `symbolic` or `values`, of what is right.
    var evidence: String?
    /// At how many points values agree.
    var points: Int?
    /// The counter-example: the letters, their values, the two values of the component.
    var letters: [String]?
    var at: [JSONNumber]?
    var given_value: JSONNumber?
    var expected_value: JSONNumber?
  }

  struct Hint: Encodable {
    var kind: String
    var term: String
    var variable: String
    var message: String
  }

  var schema = "nabla.check.1"
  var formula: String
  var variables: [String]
  var right: Bool
  var components: [Component]
  var hints: [Hint]
  var notes: [NoticeAnswer]?
}

/// The answer of `taylor`.
struct TaylorAnswer: Encodable {
  struct Term: Encodable {
    /// Of the displacements from the point, in the order of the variables.
    var exponents: [Int]
    var coefficient: String
    /// Missing where letters stand in the coefficient.
    var value: JSONNumber?
  }

  var schema = "nabla.taylor.1"
  var formula: String
  var variables: [String]
  var point: [JSONNumber]
  var order: Int
  var polynomial: String
  var terms: [Term]
  var notes: [NoticeAnswer]?
}

/// The answer of `tangent`.
struct TangentAnswer: Encodable {
  var schema = "nabla.tangent.1"
  var formula: String
  var variables: [String]
  var point: [JSONNumber]
  /// With its point: 9 + 6(x - 3).
  var tangent: String
  /// Multiplied out: 6x - 9.
  var expanded: String
  var value: String
  var slopes: [String]
  var notes: [NoticeAnswer]?
}

/// The answer of `implicit`.
struct ImplicitAnswer: Encodable {
  struct Derivative: Encodable {
    var by: String
    var first: String
    var second: String?
    /// The values at the point.
    var value: JSONNumber?
    var second_value: JSONNumber?
  }

  struct Mixed: Encodable {
    var by: [String]
    var second: String
    var second_value: JSONNumber?
  }

  var schema = "nabla.implicit.1"
  var equation: String
  var variables: [String]
  var dependent: String
  var derivatives: [Derivative]
  /// The second derivatives by two different variables.
  var mixed: [Mixed]?
  var checked: CheckedAnswer
  /// What must not be zero.
  var divisor: String
  var point: [JSONNumber]?
  /// Whether the point satisfies the equation.
  var on_curve: Bool?
  var status: String?
  var notes: [NoticeAnswer]?
}

/// The answer of `critical`.
struct CriticalAnswer: Encodable {
  struct Point: Encodable {
    var kind: String
    var x: [JSONNumber]
    var f: JSONNumber
    /// Missing where the coordinates are only known in digits.
    var exact: [String]?
    /// The coordinates as they were solved, each in terms of others.
    var relations: [String]?
    var exact_f: String?
    /// Empty where there is no gradient.
    var eigenvalues: [JSONNumber]
    /// Whether the formula bends there, so that there is no gradient; missing elsewhere.
    var corner: Bool?
  }

  struct Search: Encodable {
    var starts: Int
    var box: [[JSONNumber]]
  }

  var schema = "nabla.critical.1"
  var formula: String
  var variables: [String]
  var points: [Point]
  /// Lines and planes of critical points: the coordinates in terms of variables that may have any value.
  var families: [[String]]
  /// What is 0 on lines and curves without a gradient on which f has one value.
  var ridges: [String]?
  /// Curves of critical points: all expressions of a list are 0.
  var curves: [[String]]
  /// Whether there are no others.
  var complete: Bool
  /// A point around which the gradient is 0.
  var flat: [JSONNumber]?
  /// Where f has a value, no derivative and no extremum.
  var without_slope: [String]?
  /// The parts that jump; at their jumps nothing is looked for.
  var jumps: [String]?
  /// How it was searched where algebra did not solve the gradient.
  var search: Search?
  var notes: [NoticeAnswer]?
}

/// The answer of `grad --order`.
struct DerivativesAnswer: Encodable {
  struct Derivative: Encodable {
    var by: [String]
    var derivative: String
    var value: JSONNumber?
  }

  var schema = "nabla.derivatives.1"
  var formula: String
  var variables: [String]
  var order: Int
  var derivatives: [Derivative]
  var checked: CheckedAnswer
  var point: [JSONNumber]?
  var status: String?
  var notes: [NoticeAnswer]?
}

/// The answer of `grad --direction`.
struct DirectionAnswer: Encodable {
  var schema = "nabla.direction.1"
  var formula: String
  var variables: [String]
  var direction: [String]
  /// The direction with length 1.
  var unit: [String]
  var derivative: String
  var checked: CheckedAnswer
  var point: [JSONNumber]?
  var value: JSONNumber?
  var status: String?
  var notes: [NoticeAnswer]?
}

/// The answer of `grad --jacobian`.
struct JacobianAnswer: Encodable {
  var schema = "nabla.jacobian.1"
  var formulas: [String]
  var variables: [String]
  /// A row for each formula, a column for each variable.
  var jacobian: [[String]]
  /// Of a square one.
  var determinant: String?
  var checked: CheckedAnswer
  var point: [JSONNumber]?
  var value: [[JSONNumber]]?
  var status: String?
  var notes: [NoticeAnswer]?
}
