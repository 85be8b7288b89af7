/// What one step of a tape does with its operands a, b, c, d.
enum StepCode: UInt8, Sendable {
  case add, subtract, multiply, divide, negate
  /// a·b + c, a·b − c and c − a·b, each rounded twice, as the steps that they stand for.
  case multiplyAdd, multiplySubtract, subtractMultiple
  /// a·b + c·d, a·b − c·d and (a·b)·c.
  case productSum, productDifference, product3
  /// ((a·b)·c)·d, (a·b)·(c·d) and (a·b)².
  case product4, productOfProducts, squaredProduct
  /// a·b·c + d, a·b·c − d and d − a·b·c.
  case product3Add, product3Subtract, subtractProduct3
  /// a·b·c + d·e, a·b·c − d·e and d·e − a·b·c; a·b·c + d·e·f and a·b·c − d·e·f.
  case product3AddProduct, product3SubtractProduct, productSubtractProduct3, product3Sum, product3Difference
  /// −(a·b) and −(a·b·c).
  case negatedProduct, negatedProduct3
  case weigh, share, select
  /// a/b without a look at 0, −(a/b), (a·b)/c, a/(b·c) and (a/b)·c.
  case ratio, negatedRatio, productRatio, ratioOfProduct, ratioTimes
  case squareRoot, absolute, minimum, maximum, sign, floor
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  case exponential, logarithm, sine, cosine, tangent, hyperbolicTangent
  /// The sine into the result and the cosine into b.
  case sineCosine
  /// ln(1 + eᵃ) into the result and its derivative into b.
  case softplusSigmoid
  /// a·b into the result, then c·d into e; a + b and a − b; a/b and −((a/b)·c).
  case twoProducts, sumAndDifference, ratioAndProduct
  /// a/b into the result, as `divide` has it, c/b into e and −((a/b)·(c/b)) into f.
  case quotientAndSlopes
  case logarithmOfOnePlus, exponentialMinusOne, sigmoid, softplus
  case hyperbolicSine, hyperbolicCosine, hyperbolicSecant, secant, arctangent
  case cubeRoot, power, oddPower, evenPower
  /// A function's own closure.
  case unary, binary, ternary
  /// One step for a stretch of results: `inner` says which.
  case run
  /// c + a₁ + a₂ + … and c + a₁·b₁ + a₂·b₂ + …, from the left; the result is the last sum.
  case addAll, multiplyAddAll
  /// A sum or product over an index, its reverse sweep, and both at once.
  case loop, reverseLoop, loopWithSweep
}

/// One step of a tape: operands and results are slots of one memory.
struct Step: Sendable {
  var code: StepCode
  /// What a run does, `count` times.
  var inner: StepCode = .add
  /// Which operands move along with the results of a run; the others stand still.
  var moving: UInt8 = 0
  /// In lanes: what the kernel may take for granted.
  var traits = LaneTraits.none
  /// The place of the closure or of the loop.
  var function: Int32
  var count: Int32 = 1
  var result: Int32 = 0
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
  var d: Int32 = 0
  /// The operands by their places.
  subscript(operand place: Int) -> Int32 {
    get {
      switch place {
      case 0: a
      case 1: b
      case 2: c
      case 3: d
      case 4: e
      default: f
      }
    }
    set {
      switch place {
      case 0: a = newValue
      case 1: b = newValue
      case 2: c = newValue
      case 3: d = newValue
      case 4: e = newValue
      default: f = newValue
      }
    }
  }
  /// A fifth and a sixth operand, or a second and a third result, stand where others have a closure and a count.
  var e: Int32 {
    get { function }
    set { function = newValue }
  }
  var f: Int32 {
    get { count }
    set { count = newValue }
  }
}

extension StepCode {
  /// Whether b is where a second result goes.
  var hasTwoResults: Bool { self == .sineCosine || self == .softplusSigmoid }

  /// How many operands are read.
  var arity: Int {
    switch self {
    case .negate, .squareRoot, .absolute, .sign, .floor, .exponential, .logarithm, .sine, .cosine, .tangent,
      .sineCosine, .softplusSigmoid, .hyperbolicTangent, .logarithmOfOnePlus, .exponentialMinusOne, .sigmoid,
      .softplus,
      .hyperbolicSine,
      .hyperbolicCosine, .hyperbolicSecant, .secant, .arctangent, .cubeRoot, .unary:
      1
    case .add, .subtract, .multiply, .divide, .weigh, .share, .minimum, .maximum, .less, .lessOrEqual,
      .greater, .greaterOrEqual, .equal, .notEqual, .power, .oddPower, .evenPower, .binary, .ratio,
      .negatedRatio, .negatedProduct, .squaredProduct, .sumAndDifference:
      2
    case .multiplyAdd, .multiplySubtract, .subtractMultiple, .product3, .select, .ternary, .negatedProduct3,
      .productRatio, .ratioOfProduct, .ratioTimes, .ratioAndProduct, .quotientAndSlopes:
      3
    case .productSum, .productDifference, .product4, .productOfProducts, .product3Add, .product3Subtract,
      .subtractProduct3, .twoProducts:
      4
    case .product3AddProduct, .product3SubtractProduct, .productSubtractProduct3: 5
    case .product3Sum, .product3Difference: 6
    case .run, .addAll, .multiplyAddAll, .loop, .reverseLoop, .loopWithSweep: 0
    }
  }
}

extension StepCode {
  /// What one result costs, in additions, roughly.
  var work: Double {
    switch self {
    case .twoProducts, .sumAndDifference: 2
    case .divide, .share, .ratio, .negatedRatio, .productRatio, .ratioOfProduct, .ratioTimes, .squareRoot: 3
    case .ratioAndProduct: 4
    case .quotientAndSlopes: 7
    case .exponential, .logarithm, .sine, .cosine, .tangent, .hyperbolicTangent, .sineCosine,
      .softplusSigmoid, .logarithmOfOnePlus, .exponentialMinusOne, .sigmoid, .softplus, .hyperbolicSine,
      .hyperbolicCosine, .hyperbolicSecant, .secant, .arctangent:
      10
    case .cubeRoot, .power, .oddPower, .evenPower, .unary, .binary, .ternary: 30
    default: 1
    }
  }

  /// The steps of the functions that have one; each computes what the row's closure does.
  static let ofFunctions: [String: StepCode] = [
    "min": .minimum, "max": .maximum, "sign": .sign, "floor": .floor, "<": .less, "<=": .lessOrEqual,
    ">": .greater, ">=": .greaterOrEqual, "==": .equal, "!=": .notEqual, "log1p": .logarithmOfOnePlus,
    "expm1": .exponentialMinusOne, "sigmoid": .sigmoid, "softplus": .softplus, "sinh": .hyperbolicSine,
    "cosh": .hyperbolicCosine, "sech": .hyperbolicSecant, "sec": .secant, "arctan": .arctangent,
  ]

  /// The step of an operation; nil where it is a function's closure or a loop.
  init?(_ opcode: Opcode) {
    switch opcode {
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .negate: self = .negate
    case .squareRoot: self = .squareRoot
    case .cubeRoot: self = .cubeRoot
    case .exponential: self = .exponential
    case .logarithm: self = .logarithm
    case .sine: self = .sine
    case .cosine: self = .cosine
    case .tangent: self = .tangent
    case .hyperbolicTangent: self = .hyperbolicTangent
    case .absolute: self = .absolute
    case .power: self = .power
    case .oddPower: self = .oddPower
    case .evenPower: self = .evenPower
    case .select: self = .select
    case .weigh: self = .weigh
    case .share: self = .share
    case .unary, .binary, .ternary, .loop, .reverseLoop, .held: return nil
    }
  }
}
