import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

let x = Expr("x")
let y = Expr("y")
let z = Expr("z")

extension Variable: ExpressibleByStringLiteral {
  /// The variable of that name.
  public init(stringLiteral name: String) { self.init(name) }
}

/// The call of a row by its name; where there is no such row, a variable that no test declares.
func call(_ name: String, _ arguments: Expr...) -> Expr {
  Function.all.first { $0.name == name }.map { .call($0, arguments) } ?? Expr("row_\(name)_missing")
}

/// How far apart two results are, in units of the last place of the larger; 0 for the same bits and for two NaNs.
func ulps(_ a: Double, _ b: Double) -> Double {
  if a == b || (a.isNaN && b.isNaN) { return 0 }
  guard a.isFinite, b.isFinite else { return .infinity }
  return (a - b).magnitude / max(a.magnitude, b.magnitude).ulp
}

/// Whether two results agree up to a part of the size of what was added up on the way.
func agree(_ a: Double, _ b: Double, within tolerance: Double, size: Double = 1) -> Bool {
  if a == b || (a.isNaN && b.isNaN) { return true }
  return (a - b).magnitude <= tolerance * max(a.magnitude, b.magnitude, size)
}

/// The members x_1 … x_n.
func members(_ count: Int) -> [Variable] { (1...count).map { Family("x").member($0) } }

/// The sum or product over i of a body written with the element x[i + c].
func fold(_ kind: Fold.Kind, _ range: ClosedRange<Int>, _ body: ((Int) -> Expr, Expr) -> Expr) -> Expr {
  let index = Variable.openIndex("i")
  let element = { Expr.element(Family("x"), Index(index, offset: $0)) }
  return .fold(
    kind, index: index, from: range.lowerBound, through: range.upperBound, body(element, .variable(index)))
}
