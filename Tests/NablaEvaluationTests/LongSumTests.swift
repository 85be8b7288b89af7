import NablaBasics
import Testing

@testable import NablaAlgebra
@testable import NablaEvaluation

/// Sums of many equal terms run as one stretch: each operand moves along or stays, and the value is that of the terms.
@Suite struct LongSumTests {
  private static let count = 100
  /// Each of a function's operands moves with the terms or stays, a constant or the last variable.
  private static let letters = members(count + 1)

  /// A function of three arguments that nothing else is made of: clamp is min and max, if a choice.
  private static let mixture = Function(
    "mixture", .ternary { $0 * $1 + $2 }, derivative: .partials { u, _ in [u[1], u[0], 1] }, summary: "",
    example: ("", ""))

  private static let functions:
    [(arity: Int, make: @Sendable ([Expr]) -> Expr, value: @Sendable ([Double]) -> Double)] =
      (Function.all + [mixture]).compactMap { function in
        switch function.value {
        case .unary: nil
        case .binary(let f): (2, { .call(function, $0) }, { f($0[0], $0[1]) })
        case .ternary(let f): (3, { .call(function, $0) }, { f($0[0], $0[1], $0[2]) })
        }
      }

  @Test(arguments: 0..<functions.count) func operandsMoveOrStay(place: Int) throws {
    let (arity, make, value) = Self.functions[place]
    let point = (0...Self.count).map { 0.35 + 0.03 * Double($0 * 7 % 101) }
    let last = Expr.variable(Self.letters[Self.count])
    // Two digits of 3 for each operand: 0 moves, 1 is a constant, 2 the last variable.
    for kinds in 0..<Int(Libm.pow(3, Double(arity))) {
      let kind = (0..<arity).map { kinds / Int(Libm.pow(3, Double($0))) % 3 }
      guard kind.contains(0) else { continue }
      let terms = (0..<Self.count).map { term -> (Expr, Double) in
        let operands = kind.enumerated().map { operand, kind -> (Expr, Double) in
          let moving = (term + 7 * operand) % Self.count
          switch kind {
          case 0: return (.variable(Self.letters[moving]), point[moving])
          case 1: return ((0.5 + 0.25 * Double(operand)).exact, 0.5 + 0.25 * Double(operand))
          default: return (last, point[Self.count])
          }
        }
        return (make(operands.map(\.0)), value(operands.map(\.1)))
      }
      let sum = terms.reduce(0) { $0 + $1.1 }
      let function = try CompiledFunction(.sum(terms.map(\.0)), variables: Self.letters)
      let found = function(point)
      #expect(
        found == sum || (found - sum).magnitude <= 1e-12 * terms.reduce(0) { $0 + $1.1.magnitude }
          || sum.isNaN && found.isNaN,
        "\(make([x, y, z].prefix(arity).map { $0 }).debugText), \(kind): \(found), not \(sum)")
    }
  }
}
