import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Programs while they are built.
@Suite struct ScopeTests {
  /// However many operations an operand has, each stands in the program once; also beside constants alone.
  @Test func anOperationStandsInAProgramOnce() {
    let scope = Scope(foldsConstants: false)
    let x = scope.input(.variable(0))
    let sine = scope.emit(.sine, x)
    let one = scope.constant(1)
    let others = (1...40).map { scope.input(.variable($0)) } + [one, x, sine]
    var found: [Value] = []
    for _ in 0..<2 {
      for (place, operand) in [sine, x, one].enumerated() {
        for (number, other) in others.enumerated() {
          let value = scope.emit(.add, operand, other)
          let quotient = scope.emit(.divide, other, operand)
          let select = scope.emit(.select, operand, other, one)
          for (offset, result) in [value, quotient, select].enumerated() {
            let index = (place * others.count + number) * 3 + offset
            if index < found.count {
              #expect(result == found[index])
            } else {
              found.append(result)
            }
          }
        }
      }
    }
    #expect(Set(scope.instructions).count == scope.instructions.count)
    #expect(scope.emit(.sine, x) == sine)
  }

  /// Where the derivative of a function is a function, the sweep writes what the template would.
  @Test func slopesThatAreFunctionsAreThoseOfTheTemplate() throws {
    var names: Set<String> = []
    for function in Function.all where function.arity == 1 {
      let template = DerivativeTemplate(function, for: nil)
      guard let slope = template.slope else { continue }
      names.insert(function.name)
      let scope = Scope()
      let (u, w) = (scope.input(.variable(0)), scope.input(.variable(1)))
      var compiler = try Compiler(variables: ["x", "y"], limits: .standard)
      template.known.restart([u, u])
      let (isNegative, value) = try compiler.scaled(w, by: template.partials[0], in: scope, template.known)
      let count = scope.instructions.count
      #expect(scope.weigh(w, compiler.call(slope.function, u, in: scope)) == value, "\(function.name)")
      #expect(isNegative == slope.isNegative && scope.instructions.count == count, "\(function.name)")
    }
    #expect(names.isSuperset(of: ["sin", "cos", "sinh", "cosh", "softplus"]), "\(names)")
  }
}
