// The functions that C and Swift have for numbers, for expressions; `Function.all` has the others.
//
//     let (x, y) = (Expr("x"), Expr("y"))
//     sin(x) * exp(-y)                                  // sin x · e^(−y)
//     Function.named("softplus").map { .call($0, [x]) } // softplus(x)

/// A base to an exponent, as `Expr.power`.
public func pow(_ base: Expr, _ exponent: Expr) -> Expr { .power(base, exponent) }

/// e to a power.
public func exp(_ exponent: Expr) -> Expr { .power(.constant(.e), exponent) }

/// The square root, a^(1/2).
public func sqrt(_ x: Expr) -> Expr { x.squareRoot }

/// The sine.
public func sin(_ x: Expr) -> Expr { .call(.sin, [x]) }

/// The cosine.
public func cos(_ x: Expr) -> Expr { .call(.cos, [x]) }

/// The tangent.
public func tan(_ x: Expr) -> Expr { .call(.tan, [x]) }

/// The angle from −π/2 to π/2 that has this sine.
public func asin(_ x: Expr) -> Expr { .call(.arcsin, [x]) }

/// The angle from 0 to π that has this cosine.
public func acos(_ x: Expr) -> Expr { .call(.arccos, [x]) }

/// The angle between −π/2 and π/2 that has this tangent.
public func atan(_ x: Expr) -> Expr { .call(.arctan, [x]) }

/// The hyperbolic sine.
public func sinh(_ x: Expr) -> Expr { .call(.sinh, [x]) }

/// The hyperbolic cosine.
public func cosh(_ x: Expr) -> Expr { .call(.cosh, [x]) }

/// The hyperbolic tangent.
public func tanh(_ x: Expr) -> Expr { .call(.tanh, [x]) }

/// The number that has this hyperbolic sine.
public func asinh(_ x: Expr) -> Expr { .call(.asinh, [x]) }

/// The number from 0 on that has this hyperbolic cosine.
public func acosh(_ x: Expr) -> Expr { .call(.acosh, [x]) }

/// The number that has this hyperbolic tangent.
public func atanh(_ x: Expr) -> Expr { .call(.atanh, [x]) }

/// The natural logarithm, printed ln.
public func log(_ x: Expr) -> Expr { .call(.ln, [x]) }

/// The logarithm to the base 2.
public func log2(_ x: Expr) -> Expr { .call(.log2, [x]) }

/// The logarithm to the base 10.
public func log10(_ x: Expr) -> Expr { .call(.log10, [x]) }

/// The cube root, of negative numbers too.
public func cbrt(_ x: Expr) -> Expr { .call(.cbrt, [x]) }

/// The absolute value.
public func abs(_ x: Expr) -> Expr { .call(.abs, [x]) }

/// The greatest whole number that is not above.
public func floor(_ x: Expr) -> Expr { .call(.floor, [x]) }

/// The least whole number that is not below.
public func ceil(_ x: Expr) -> Expr { .call(.ceil, [x]) }

/// The error function.
public func erf(_ x: Expr) -> Expr { .call(.erf, [x]) }

/// The angle from the positive x-axis to the point (x, y), between −π and π.
public func atan2(_ y: Expr, _ x: Expr) -> Expr { .call(.atan2, [y, x]) }

/// The length of the vector (x, y).
public func hypot(_ x: Expr, _ y: Expr) -> Expr { .call(.hypot, [x, y]) }
